"""A press draft held against a release: what became of each number, and how its sentence would be right.

A draft may be confidential and belongs to whoever pasted it, so nothing here is remembered for others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import pandas as pd

from etl.model import Verdict
from etl.reading.draft import Finding
from etl.release.tables import Release
from etl.verify import verify
from pages.queries.numbers import table

FINDING_COLUMNS = (
    "number", "start", "end", "as_printed", "verdict", "expected", "reason", "observation_ids", "before", "right", "behind",
)  # fmt: skip
"""One row per number of the draft in reading order, counted from 1.  ``before``, ``right`` and ``behind`` are the sentence as it would
be right, the number apart; empty where the number is right or nothing better is known."""

ROUNDS = 4
"""A number put right can make another one wrong; what does not settle in so many rounds is not offered."""
MENDABLE = (Verdict.MISMATCH, Verdict.QUALIFIER_LOST)
_COMPUTED = "（推算）"
_ENDS = re.compile(r"[。！？!?；;\n]")


def checked_draft(release: Release, text: str, written_on: dt.date | None = None) -> pd.DataFrame:
    """What became of each number of ``text``; FINDING_COLUMNS, no row for a text without numbers.

    A sentence is offered as right only after it was checked again as it would stand in the draft.
    """
    findings = verify(release, text, written_on=written_on)
    wanted = {at: one.expected.removesuffix(_COMPUTED) for at, one in enumerate(findings) if _can_be_mended(one)}
    mended, starts = _mended(text, findings, wanted)
    for _round in range(ROUNDS):
        passed = _passed(release, mended, written_on) if wanted else {}
        if all(passed.get(starts[at], False) for at in wanted):
            break
        wanted = {at: better for at, better in wanted.items() if passed.get(starts[at], False)}
        mended, starts = _mended(text, findings, wanted)
    else:
        wanted = {}
    rows = []
    for at, one in enumerate(findings):
        pieces = _sentence(mended, starts[at], starts[at] + len(wanted[at])) if at in wanted else ("", "", "")
        same = {name: getattr(one, name) for name in ("start", "end", "verdict", "expected", "reason")}
        as_printed, ids = "".join(text[one.start : one.end].split()), ";".join(one.observations)
        right = dict(zip(("before", "right", "behind"), pieces, strict=True))
        rows.append({"number": at + 1, **same, "as_printed": as_printed, "observation_ids": ids, **right})
    return table(rows, FINDING_COLUMNS)


def gravest_first(findings: pd.DataFrame) -> pd.DataFrame:
    """The same rows, the gravest verdict first, then in reading order; what nothing is known about before what passed."""
    verdicts = [Verdict(each) for each in findings["verdict"]]
    ranked = [len(Verdict) if verdict.passes else verdict.rank for verdict in verdicts]
    return findings.iloc[sorted(range(len(ranked)), key=ranked.__getitem__)]


def sample_drafts(release: Release) -> dict[str, str]:
    """File name -> text of the drafts that a made-up city brings along; a real city has none."""
    folder = release.folder / "drafts"
    if not release.synthetic or not folder.is_dir():
        return {}
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def _can_be_mended(one: Finding) -> bool:
    better = one.expected.removesuffix(_COMPUTED)
    return one.verdict in MENDABLE and bool(better) and "、" not in better and better != "".join(one.as_printed.split())


def _mended(text: str, findings: Sequence[Finding], wanted: dict[int, str]) -> tuple[str, list[int]]:
    """The text with every number in ``wanted`` (finding -> what should stand there) put right, and where each number now begins."""
    made, starts, at = "", [], 0
    for index, one in enumerate(findings):
        made += text[at : one.start]
        starts.append(len(made))
        made += wanted.get(index, text[one.start : one.end])
        at = one.end
    return made + text[at:], starts


def _passed(release: Release, text: str, written_on: dt.date | None) -> dict[int, bool]:
    """Where a number begins -> whether it passes now."""
    return {one.start: bool(one.verdict.passes) for one in verify(release, text, written_on=written_on)}


def _sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence around ``text[start:end]`` in three pieces: before it, itself, behind it."""
    first = max((mark.end() for mark in _ENDS.finditer(text, 0, start)), default=0)
    last = _ENDS.search(text, end)
    return text[first:start].lstrip(), text[start:end], text[end : last.end() if last else len(text)].rstrip()
