"""What the checker offers where one number of a true sentence was changed: caught, the right number, another one, none.

    python bench/offers.py [FOLDER] [--each N] [-v]

The sentences are all that may be said of a city. One number of each is changed twice: a digit of it, and for a number of the same
unit out of another sentence. ``beside`` counts offers for the numbers that were left as they are. The fresh drafts
(``--fresh``) are changed as their corpus says; the right number is the one that stood there.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.corpora.fresh_drafts import drafts  # noqa: E402
from etl.checking.draft import Finding, check_draft  # noqa: E402
from etl.checking.published import PublishedData  # noqa: E402
from etl.reading.indicators import same_unit  # noqa: E402
from etl.reading.quantity import quantities  # noqa: E402
from etl.release.tables import LAPTOP, Release, now, open_release  # noqa: E402
from etl.verify import published_data_of, verify  # noqa: E402
from pages.queries.quotable_numbers import quotable_numbers  # noqa: E402
from pages.wording.sentences import sentences  # noqa: E402

Amount = tuple[Decimal, str]
DIGITS = "0123456789"


@dataclass(frozen=True)
class Changed:
    """A sentence with one number changed: where it stands, and what stood there."""

    kind: str
    text: str
    start: int
    end: int
    right: frozenset[Amount]


def amounts(text: str) -> frozenset[Amount]:
    """Every value with its unit that a text tells."""
    return frozenset((one.value, same_unit(one.unit)) for one in quantities(text))


def is_right(offered: str, right: frozenset[Amount]) -> bool:
    """Whether an offer is one of the right numbers, to the digits it has."""
    return all(
        any(abs(one.value - value) * 2 <= one.step and same_unit(one.unit) == unit for value, unit in right)
        or (one.value, same_unit(one.unit)) in right
        for one in quantities(offered)
    )


def another_digit(printed: str, chance: random.Random) -> str:
    """The same number with one digit changed; the first never becomes a zero."""
    places = [index for index, letter in enumerate(printed) if letter in DIGITS]
    at = chance.choice(places)
    others = [digit for digit in DIGITS if digit != printed[at] and (digit != "0" or at != places[0])]
    return printed[:at] + chance.choice(others) + printed[at + 1 :]


def changed_sentences(release: Release, known: PublishedData, each: int) -> Iterator[Changed]:
    """Every sentence with a number, changed in two ways; those of a conflict have no right number."""
    said = [one for one in sentences(quotable_numbers(release)) if one.number_ids and not one.is_conflict][::each]
    found = {
        one.text: [row for row in check_draft(one.text, known) if row.as_printed[:1] in f"{DIGITS}超不"] for one in said
    }
    of_unit: defaultdict[str, list[Finding]] = defaultdict(list)
    for rows in found.values():
        for row in rows:
            of_unit[row.unit].append(row)
    chance = random.Random(14)
    for text, rows in found.items():
        if not rows:
            continue
        row = chance.choice(rows)
        right = amounts(text[row.start : row.end])
        ways = {"digit": another_digit(text[row.start : row.end], chance)}
        others = [other.as_printed for other in of_unit[row.unit] if other.value != row.value]
        if others:
            ways["another's"] = chance.choice(others)
        for kind, told in ways.items():
            yield Changed(kind, f"{text[: row.start]}{told}{text[row.end :]}", row.start, row.start + len(told), right)


def tally(one: Changed, found: list[Finding]) -> Iterator[str]:
    """What became of one changed sentence, as words to count."""
    there = [row for row in found if row.start < one.end and one.start < row.end]
    yield "caught" if any(row.verdict.passes is False for row in there) else "missed"
    offered = [
        row.expected for row in there if row.expected and row.verdict.passes is False and row.verdict != "conflict"
    ]
    wrong = [text for text in offered if not is_right(text, one.right)]
    yield "another offered" if wrong else "right offered" if offered else "none offered"
    if any(
        row.expected and row.verdict.passes is False and row.verdict != "conflict" for row in found if row not in there
    ):
        yield "beside"


def of_city(folder: Path, each: int, *, tell: bool) -> Counter[tuple[str, str]]:
    """Counts for one city's own sentences."""
    release = open_release(LAPTOP, now(), folder=folder)
    known, counted = published_data_of(release), Counter[tuple[str, str]]()
    for one in changed_sentences(release, known, each):
        found = check_draft(one.text, known)
        told = list(tally(one, found))
        counted.update((one.kind, word) for word in told)
        if tell and {"another offered", "missed", "beside", "none offered"} & set(told):
            shown(one.text, found, told)
    return counted


def of_fresh(*, tell: bool) -> Counter[tuple[str, str]]:
    """Counts for the changed drafts of bench/corpora/fresh; the right number is what stood at the same place of the true draft."""
    release, counted, true = open_release(LAPTOP, now()), Counter[tuple[str, str]](), {}
    for draft in drafts():
        if draft.kind == "true":
            true[draft.name] = draft
        elif draft.kind != "idioms":
            source = true[draft.name.partition(".")[0]].text
            changes = SequenceMatcher(None, source, draft.text, autojunk=False).get_opcodes()
            found = verify(release, draft.text, written_on=draft.written_on)
            wrong = []
            for row in found:
                if not row.expected or row.verdict.passes is not False or row.verdict == "conflict":
                    continue
                there = [op for op in changes if op[3] <= row.end + 6 and row.start - 6 <= op[4] and op[0] != "delete"]
                stood = source[min(op[1] for op in there) : max(op[2] for op in there)] if there else ""
                first = max(0, source.find(stood) - 8)
                if not is_right(row.expected, amounts(source[first : first + len(stood) + 16])):
                    wrong.append(row)
            offered = any(row.expected and row.verdict.passes is False for row in found)
            word = "another offered" if wrong else "right offered" if offered else "none offered"
            counted["fresh", word] += 1
            if tell and wrong:
                shown(f"{draft.name} {draft.kind} {draft.text}", wrong, [source])
    return counted


def shown(text: str, found: list[Finding], told: list[str]) -> None:
    """Prints one sentence with what was found in it."""
    print(text, told)
    for row in found:
        print(f"      {row.as_printed} {row.verdict} [{row.expected}] {row.reason}")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("folder", nargs="?", type=Path, default=ROOT / "data")
    asked.add_argument("--each", type=int, default=1, help="only every n-th sentence")
    asked.add_argument("--fresh", action="store_true")
    asked.add_argument("-v", action="store_true")
    said = asked.parse_args()
    counted = of_fresh(tell=said.v) if said.fresh else of_city(said.folder, said.each, tell=said.v)
    for kind in sorted({kind for kind, _ in counted}):
        words = Counter({word: count for (other, word), count in counted.items() if other == kind})
        whole = sum(count for word, count in words.items() if word.endswith("offered"))
        print(
            f"{kind:10} of {whole:5}: "
            + ", ".join(f"{word} {100 * n / whole:.1f} %" for word, n in words.most_common())
        )


if __name__ == "__main__":
    main()
