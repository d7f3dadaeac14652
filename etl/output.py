"""What the commands print: results as text for people, as CSV and JSON for programs. Nothing here reads a file."""

import csv
import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal

import pandas as pd

from etl.build import Built
from etl.checking.draft import Finding
from etl.checking.reasons import cited_title
from etl.desk.adopt import HOW_TO_PROPOSE, Adopted, lacks_indicators
from etl.desk.indicator_proposals import POLARITY, PROPOSALS
from etl.desk.source_desk import NumberToCheck, Verified
from etl.extract import SURE, number
from etl.model import CheckResult, Verdict
from etl.reading.bulletin import Candidate
from etl.release.tables import Release

CANDIDATE_COLUMNS = tuple(Candidate.__dataclass_fields__)
"""One row is one number at ``text[start:end]``, as ``Candidate`` describes it."""

CELL = "cell"
CHECK_COLUMNS = ("identity", "name", "left_value", "right_value", "reason")
UNVERIFIED = (
    "来源还没有核对：这些数不进指标卡、总览的图、对比、地图、口径句和简报，也不参加对账和推算；"
    "只在“来源与口径”、搜索、项目和地区页的数据列表和时间图里出现（都注明“未核对”），核稿时也会用到。"
)


def built_tables(built: Built) -> str:
    """Whether a build made a new release, and how many rows each table has."""
    rows = ", ".join(f"{name} {len(frame)}" for name, frame in built.tables.frames.items() if len(frame))
    return f"{'新发布' if built.is_new else '没有变化'}：{rows}"


def check_lines(checks: pd.DataFrame) -> Iterator[str]:
    """One line for each check: its result in words, the identity, both sides and the reason, separated by tabs."""
    words = (CheckResult(result).word for result in checks["verdict"])
    return map("\t".join, zip(words, *(checks[name] for name in CHECK_COLUMNS), strict=True))


def candidates_csv(candidates: Sequence[Candidate], cells: Sequence[str] = ()) -> str:
    """CANDIDATE_COLUMNS as CSV with one line for each number; the header alone where there is none.

    ``cells`` are, for a workbook, the ``sheet!cell`` of each number: one more column.
    """
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, [*CANDIDATE_COLUMNS, CELL] if cells else CANDIDATE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_candidate_rows(candidates, cells))
    return file.getvalue()


def proposals_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """Proposed indicators (etl.desk.indicator_proposals) as CSV with a byte-order mark, so that a spreadsheet opens it as it is."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, PROPOSALS.columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return f"\ufeff{file.getvalue()}"


def proposals_summary(rows: Sequence[Mapping[str, str]]) -> str:
    """How many indicators are proposed for how many numbers, and what a person has to do with them."""
    if not rows:
        return "没有要拟定的指标。"
    count = len({row["indicator"] for row in rows})
    how = f"请逐行核对名称、类别，填写 polarity（{POLARITY}），再用 adopt --accept-proposed 文件名 录入"
    return f"给{len(rows)}个数拟定了{count}个指标，都还没有接受：{how}。"


def candidates_json(candidates: Sequence[Candidate], cells: Sequence[str] = ()) -> str:
    """The same as a JSON list; values are texts, so that no reader rounds them, and null says that there is none."""
    return _json(_candidate_rows(candidates, cells))


def _candidate_rows(candidates: Sequence[Candidate], cells: Sequence[str]) -> list[dict[str, str | int | float | None]]:
    rows = [{name: _cell(getattr(candidate, name)) for name in CANDIDATE_COLUMNS} for candidate in candidates]
    return [row | {CELL: cell} for row, cell in zip(rows, cells, strict=True)] if cells else rows


def _cell(value: Decimal | dt.date | str | float | None) -> str | int | float | None:
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return round(value, 2) if isinstance(value, float) else value


def _json(rows: Sequence[Mapping[str, str | int | float | list[str] | None]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1)


def candidates_summary(text: str, candidates: Sequence[Candidate]) -> str:
    """How long the text is, how many numbers were read, how many of them have no unit, are a range upside down or may be none."""
    if not candidates:
        return f"{len(text)}字，没有读到数。"
    sure = sum(candidate.confidence >= SURE for candidate in candidates)
    bare = sum(not candidate.unit for candidate in candidates)
    reversed_ranges = sum(candidate.is_upside_down for candidate in candidates)
    unsure = len(candidates) - sure - bare - reversed_ranges
    told = (
        (bare, "{}个数没有单位"),
        (reversed_ranges, "{}个区间上下限颠倒"),
        (unsure, "另有{}个把握不大"),
    )
    also = "".join(f"，{words.format(count)}" for count, words in told if count)
    return f"{len(text)}字，读到{sure}个数{also}。"


def findings_json(findings: Sequence[Finding]) -> str:
    """A JSON list in reading order; ``value`` is a text without exponent, so that no reader rounds it."""
    return _json([asdict(finding) | {"value": number(finding.value)} for finding in findings])


def findings_text(findings: Sequence[Finding], text: str, release: Release, *, trace: bool = False) -> str:
    """A paragraph for each number: line, number, verdict, what should stand there, why, and the sources with their day.

    With ``trace`` also the rule that decided.
    """
    citations = _citations(release)
    return "\n".join(line for finding in findings for line in _finding_lines(finding, text, citations, trace=trace))


def _finding_lines(finding: Finding, text: str, citations: Mapping[str, str], *, trace: bool) -> Iterator[str]:
    line = text.count("\n", 0, finding.start) + 1
    rule = f"  [{finding.rule}]" if trace else ""
    yield f"第{line}行  {''.join(text[finding.start : finding.end].split())}  {finding.verdict.word}{rule}"
    if finding.expected:
        yield f"    应为：{finding.expected}"
    if finding.reason:
        yield f"    {finding.reason}"
    for citation in dict.fromkeys(citations[name] for name in finding.observations if name in citations):
        yield f"    来源：{citation}"


def _citations(release: Release) -> dict[str, str]:
    """Observation -> publisher and title of its source with the day the number speaks of."""
    sources = release.table("sources").set_index("source")
    titles = sources["publisher"] + sources["title"].map(cited_title)
    unchecked = sources["verified"].map({True: "", False: "，未核对原文"})
    observations = release.table("observations")
    columns = (observations[name] for name in ("observation_id", "source", "as_of", "period_end"))
    return {
        name: f"{titles[source]}{f'，截至{as_of or end}' if as_of or end else ''}{unchecked[source]}"
        for name, source, as_of, end in zip(*columns, strict=True)
    }


def findings_summary(findings: Sequence[Finding]) -> str:
    """How many numbers got which verdict, gravest first: 共12个数：不一致2、一致10."""
    if not findings:
        return "没有读到可以核对的数"
    counted = Counter(finding.verdict for finding in findings)
    words = "、".join(f"{verdict.word}{counted[verdict]}" for verdict in Verdict if counted[verdict])
    return f"共{len(findings)}个数：{words}"


def adopted_lines(adopted: Adopted) -> Iterator[str]:
    """What was entered, what waits and for what, what an unverified source is used for, and what can be done next."""
    yield f"录入{adopted.entered}个数，发布批次 {adopted.release}{'（新）' if adopted.is_new else ''}。"
    if adopted.pending_rows:
        waiting = adopted.path / "waiting.csv"
        yield f"另有{len(adopted.pending_rows)}个数还缺内容，留在 {waiting}，补齐后移入 facts.csv："
    for row in adopted.pending_rows:
        yield f"  {row.seq}  {row.as_printed}（{row.keyword}）：{row.missing}"
    if lacks_indicators(adopted.pending_rows):
        yield f"{HOW_TO_PROPOSE}（先撤回这一次录入的）。"
    yield UNVERIFIED
    yield f"逐个对照原文核对：python -m etl verify-source {adopted.source} --by 姓名"
    yield f"整篇撤回：python -m etl withdraw {adopted.source} --by 姓名 --reason 理由"


def number_to_check(entered: NumberToCheck) -> str:
    """One line: whether it is confirmed, the number as it was entered, and the words around it in the document."""
    row = entered.row
    period = "—".join(filter(None, (row["period_start"], row["period_end"])))
    time = row.get("time_as_printed") or period or row["as_of"]
    meaning = " ".join(filter(None, (row["indicator"], row["place"], row["measure"], row["value"], row["unit"], time)))
    state = f"已核对（{entered.checked_by}）" if entered.checked_by else "不符" if entered.differs else "未核对"
    text = f"…{entered.before}【{entered.printed}】{entered.behind}…" if entered.printed else row["locator"]
    return f"{row['seq']}\t{state}\t{row['as_printed']}\t{meaning}\t{text}"


def verified_summary(verified: Verified) -> str:
    """How many numbers of a source are confirmed, which are left, and the release in force once none is."""
    if not verified.left:
        return f"{verified.confirmed}个数全部核对无误，来源已标为已核对，发布批次 {verified.release} 生效。"
    left = "、".join(map(str, verified.left))
    return f"已核对{verified.confirmed}个数，还有{len(verified.left)}个：{left}。来源仍为未核对。"
