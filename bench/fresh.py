"""Scores the checker of drafts on tests/etl/reading/fresh, whose format its README describes.

python -m etl build && python bench/fresh.py [--reveal] [--only T07 T08]
"""

import argparse
import datetime as dt
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


from etl.release.tables import LAPTOP, now, open_release  # noqa: E402
from etl.verify import Finding, verify  # noqa: E402

DRAFTS = ROOT / "tests" / "etl" / "reading" / "fresh" / "drafts.txt"
PASSED = {"match", "derived_match"}
ALLOWED = {"": PASSED, "?": {"uncovered"}, "#": {"conflict"}, "~": PASSED | {"uncovered"}}
_MARK = re.compile(r"\{([^{}]*?)([?#~]?)\}")


@dataclass(frozen=True)
class Mark:
    start: int
    end: int
    printed: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class Draft:
    name: str
    kind: str
    written_on: dt.date
    text: str
    marks: tuple[Mark, ...]


def unmarked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its braces, and a mark for each pair of them."""
    plain, marks, last = "", [], 0
    for found in _MARK.finditer(text):
        plain += text[last : found.start()]
        start = len(plain)
        plain += found[1]
        marks.append(Mark(start, len(plain), found[1], frozenset(ALLOWED[found[2]])))
        last = found.end()
    return plain + text[last:], tuple(marks)


def mutated(true: Draft, number: int, line: str) -> Draft:
    """One mutation of a true draft; its marks are the culprits. Raises ValueError where `old` does not stand once."""
    kind, change, *named = (part.strip() for part in line.split("|"))
    old, _, new = (part.strip() for part in change.partition("=>"))
    if true.text.count(old) != 1:
        raise ValueError(f"{true.name}: {old} stands {true.text.count(old)} times")
    at = true.text.index(old)
    fresh, marks = unmarked(new)
    text = true.text.replace(old, fresh)
    marks = tuple(Mark(m.start + at, m.end + at, m.printed, m.allowed) for m in marks)
    for printed in named:
        if printed not in text:
            raise ValueError(f"{true.name}: {printed} does not stand in {text}")
        start = text.index(printed)
        marks += (Mark(start, start + len(printed), printed, frozenset()),)
    if not marks:
        raise ValueError(f"{true.name}: no culprit in {line}")
    return Draft(f"{true.name}.{number}", kind, true.written_on, text, marks)


def drafts(path: Path = DRAFTS) -> list[Draft]:
    """Every draft of the file: kind is `true`, `idioms` or the mutation's."""
    found = []
    for block in re.split(r"(?m)^(?=[TN]\d+ \d{4}-)", path.read_text("utf-8")):
        if not block.strip():
            continue
        head, *lines = block.strip("\n").split("\n")
        name, day = head.split()
        changes = [line[2:] for line in lines if line.startswith("- ")]
        text, marks = unmarked("\n".join(line for line in lines if not line.startswith("- ")).strip())
        kind = "true" if name.startswith("T") else "idioms"
        true = Draft(name, kind, dt.date.fromisoformat(day), text, marks)
        found += [true, *(mutated(true, n, change) for n, change in enumerate(changes, 1))]
    return found


def beside(findings: list[Finding], mark: Mark) -> list[Finding]:
    return [f for f in findings if f.start < mark.end and mark.start < f.end]


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "none"


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--reveal", action="store_true")
    arguments.add_argument("--only", nargs="*", default=[], help="names of drafts, such as T07")
    asked = arguments.parse_args()
    reveal = asked.reveal
    release = open_release(LAPTOP, now())
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[bool]] = {}
    for draft in drafts():
        if asked.only and draft.name.partition(".")[0] not in asked.only:
            continue
        findings = verify(release, draft.text, written_on=draft.written_on)
        if draft.kind == "idioms":
            counts["idioms"] += 1
            counts["idioms listed"] += bool(findings)
            if findings and reveal:
                print(draft.name, "LISTED", [(f.as_printed, f.verdict) for f in findings], draft.text)
            continue
        if draft.kind == "true":
            for mark in draft.marks:
                verdicts = {f.verdict for f in beside(findings, mark)}
                bad = verdicts - mark.allowed
                counts["numbers"] += 1
                counts["known"] += mark.allowed == PASSED
                counts["unlisted"] += not verdicts
                counts["uncovered"] += bad == {"uncovered"}
                counts["false"] += bool(bad - {"uncovered"})
                if (bad or not verdicts) and reveal:
                    reasons = [f.reason for f in beside(findings, mark)]
                    print(draft.name, mark.printed, sorted(bad) or "UNLISTED", reasons, "\n   ", draft.text)
            continue
        hits = [f for mark in draft.marks for f in beside(findings, mark)]
        caught = any(f.verdict not in PASSED | {"uncovered"} for f in hits)
        kinds.setdefault(draft.kind, Counter())[caught] += 1
        if not caught and reveal:
            print(draft.name, draft.kind, [(f.as_printed, f.verdict, f.reason) for f in hits], "\n   ", draft.text)
    for kind, tally in sorted(kinds.items()):
        print(f"{kind:20} {share(tally[True], tally.total())}")
    every = sum(kinds.values(), Counter())
    print("caught", share(every[True], every.total()))
    print("false alarms", share(counts["false"], counts["numbers"]))
    print("true but uncovered", share(counts["uncovered"], counts["known"]))
    print("unlisted", share(counts["unlisted"], counts["numbers"]))
    print("idiom texts with a listing", share(counts["idioms listed"], counts["idioms"]))


if __name__ == "__main__":
    main()
