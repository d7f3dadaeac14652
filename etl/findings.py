"""What became of a draft's numbers, as JSON for programs and as lines for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from etl.extract import number
from etl.model import Verdict
from etl.reading.draft import Finding
from etl.reading.sentences import cited_title
from etl.release.tables import Release


def as_json(findings: Sequence[Finding]) -> str:
    """A JSON list in reading order; ``value`` is a text without exponent, so that no reader rounds it."""
    return json.dumps([asdict(one) | {"value": number(one.value)} for one in findings], ensure_ascii=False, indent=1)


def as_text(findings: Sequence[Finding], text: str, release: Release) -> str:
    """One paragraph per number: line, number, verdict, what should stand there, why, and the sources with their day."""
    sources = _sources(release)
    return "\n".join(line for one in findings for line in _paragraph(one, text, sources))


def _paragraph(one: Finding, text: str, sources: Mapping[str, str]) -> Iterator[str]:
    row = text.count("\n", 0, one.start) + 1
    yield f"第{row}行  {''.join(text[one.start : one.end].split())}  {one.verdict.word}"
    if one.expected:
        yield f"    应为：{one.expected}"
    if one.reason:
        yield f"    {one.reason}"
    for cited in dict.fromkeys(sources[each] for each in one.observations if each in sources):
        yield f"    来源：{cited}"


def _sources(release: Release) -> dict[str, str]:
    """Observation -> title and publisher of its source with the day the number speaks of."""
    about = {row["source"]: row for row in release.table("sources").to_dict("records")}
    rows = release.table("observations").to_dict("records")
    return {str(row["observation_id"]): _cited(row, about[row["source"]]) for row in rows}


def _cited(row: Mapping[Any, Any], source: Mapping[Any, Any]) -> str:
    day = row["as_of"] or row["period_end"]
    unchecked = "" if source["verified"] else "，未核对原文"
    return f"{source['publisher']}{cited_title(source['title'])}{f'，截至{day}' if day else ''}{unchecked}"


def summary(findings: Sequence[Finding]) -> str:
    """How many numbers got which verdict, gravest first: 共12个数：不一致2、一致10."""
    if not findings:
        return "没有读到可以核对的数"
    counted = Counter(one.verdict for one in findings)
    told = "、".join(f"{verdict.word}{counted[verdict]}" for verdict in Verdict if counted[verdict])
    return f"共{len(findings)}个数：{told}"
