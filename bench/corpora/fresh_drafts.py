"""The drafts of bench/corpora/fresh, whose format its README describes."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

DRAFTS = Path(__file__).with_name("fresh") / "drafts.txt"
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
