"""A press draft held against a release: what became of each number, and how its sentence would be right.

A draft may be confidential and belongs to whoever pasted it, so nothing here is remembered for others.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from etl.checking.draft import Finding
from etl.model import CheckedNumber, Verdict
from etl.release.tables import Release
from etl.verify import verify

ROUNDS = 4
"""A number put right can make another one wrong; what does not settle in so many rounds is not offered."""
MENDABLE = (Verdict.MISMATCH, Verdict.QUALIFIER_LOST)
_COMPUTED = "（推算）"
_ENDS = re.compile(r"[。！？!?；;\n]")


def checked_draft(release: Release, text: str, written_on: dt.date | None = None) -> tuple[CheckedNumber, ...]:
    """What became of each number of ``text``, in reading order; nothing for a text without numbers. A sentence is
    offered as right only after it was checked again as it would stand in the draft."""
    findings = verify(release, text, written_on=written_on)
    wanted = {
        index: _better(finding)
        for index, finding in enumerate(findings)
        if finding.verdict in MENDABLE and _better(finding) not in ("", "".join(finding.as_printed.split()))
    }
    mended, starts = _mended(text, findings, wanted)
    for _round in range(ROUNDS):
        passed = _passed(release, mended, written_on) if wanted else {}
        right = {
            index: better
            for index, better in wanted.items()
            if any(passed.get(starts[index] + at, False) for at in range(len(better)))
        }
        if right == wanted:
            break
        wanted = right
        mended, starts = _mended(text, findings, wanted)
    else:
        wanted = {}
    return tuple(
        CheckedNumber(
            index + 1,
            finding.start,
            finding.end,
            "".join(text[finding.start : finding.end].split()),
            finding.verdict,
            finding.expected,
            finding.reason,
            finding.observations,
            *(_sentence(mended, starts[index], starts[index] + len(wanted[index])) if index in wanted else ()),
        )
        for index, finding in enumerate(findings)
    )


def gravest_first(checked: Sequence[CheckedNumber]) -> list[CheckedNumber]:
    """The same numbers, the gravest verdict first, then in reading order; what nothing is known about before what passed."""
    return sorted(checked, key=lambda number: len(Verdict) if number.verdict.passes else number.verdict.rank)


def sample_drafts(release: Release) -> dict[str, str]:
    """File name -> text of the drafts that a made-up city brings along; a real city has none."""
    folder = release.folder / "drafts"
    if not release.synthetic or not folder.is_dir():
        return {}
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))}


def _better(finding: Finding) -> str:
    """What should stand there instead; nothing where that is not one number."""
    better = finding.expected.removesuffix(_COMPUTED)
    return "" if "、" in better else better


def _mended(text: str, findings: Sequence[Finding], wanted: Mapping[int, str]) -> tuple[str, list[int]]:
    """The text with every number in ``wanted`` (finding -> what should stand there) put right, and where each number now begins."""
    made, starts, at = "", [], 0
    for index, finding in enumerate(findings):
        made += text[at : finding.start]
        starts.append(len(made))
        made += wanted.get(index, text[finding.start : finding.end])
        at = finding.end
    return made + text[at:], starts


def _passed(release: Release, text: str, written_on: dt.date | None) -> dict[int, bool]:
    """Where a number begins -> whether it passes now."""
    return {found.start: bool(found.verdict.passes) for found in verify(release, text, written_on=written_on)}


def _sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence around ``text[start:end]`` in three pieces: before it, itself, behind it."""
    first = max((mark.end() for mark in _ENDS.finditer(text, 0, start)), default=0)
    last = _ENDS.search(text, end)
    return text[first:start].lstrip(), text[start:end], text[end : last.end() if last else len(text)].rstrip()
