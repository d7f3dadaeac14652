"""How well texts are read and drafts checked that nobody tuned on.

    python -m etl build && python bench/blind.py [--reveal] [blind | blind2]

For the texts: F1 of value, unit and qualifier, and of the figures found the share whose measure, place and time are right (time: of
those that have one). For the sentences: what of each kind was judged right, and what was offered in place of a wrong number.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.corpora.blind_scores import CORPORA, PARTS, faults, of_the_number, sentences, texts
from etl.checking.draft import Finding
from etl.reading.bulletin import read_bulletin
from etl.reading.compact import compact
from etl.reading.grammar import readings
from etl.reading.places import KnownPlace
from etl.reading.quantity import as_quantity
from etl.release.tables import LAPTOP, now, open_release
from etl.verify import verify


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reveal", action="store_true", help="print every miss")
    arguments.add_argument("corpora", nargs="*", default=CORPORA, help="which of the corpora; all without")
    chosen = arguments.parse_args()
    for corpus in chosen.corpora:
        print(corpus)
        score_texts(corpus, reveal=chosen.reveal)
        score_sentences(corpus, reveal=chosen.reveal)


def score_texts(corpus: str, *, reveal: bool) -> None:
    total: Counter[str] = Counter()
    for text in texts(corpus):
        read = read_bulletin(
            text.text,
            places=[KnownPlace("own", text.city, (), "")],
            published_on=text.published_on,
            city=text.city,
        )
        found = faults(text, read)
        scored = [figure for figure in text.figures if not figure.is_optional]
        one = Counter(
            {
                "figures": len(scored),
                "read": len([each for each in read if each.confidence >= 0.5]) - len(found["optional"]),
                "found": len(found["found"]),
                "dated": sum(any(figure.days) for figure, _ in found["found"]),
                **{part: len(found[part]) for part in PARTS},
            }
        )
        total += one
        print(_line(text.name, one))
        for part in PARTS if reveal else ():
            for figure, candidate in found[part]:
                print(f"    {part}: {figure} read as {candidate}")
    print(_line("all", total))


def _line(name: str, one: Counter[str]) -> str:
    right = one["found"] - one["number"]
    return (
        f"{name:24} F1 {_share(2 * right, one['figures'] + one['read'])}, measure {_share(one['found'] - one['measure'], one['found'])}, "
        f"place {_share(one['found'] - one['place'], one['found'])}, time {_share(one['dated'] - one['time'], one['dated'])} "
        f"({one['figures']} figures)"
    )


def score_sentences(corpus: str, *, reveal: bool) -> None:
    release = open_release(LAPTOP, now())
    judged: dict[str, Counter[str]] = {}
    for sentence in sentences(corpus):
        found = of_the_number(sentence, verify(release, sentence.text, written_on=sentence.written_on))
        passed = bool(found) and all(finding.verdict.passes for finding in found)
        is_right = bool(found) and all(finding.verdict in sentence.verdicts for finding in found)
        offered = [value for finding in found for value in _offered(finding)]
        one = judged.setdefault(sentence.kind, Counter())
        one["all"] += 1
        one["right"] += is_right
        one["passed"] += passed
        one["unlisted"] += not found
        one["uncovered"] += any(finding.verdict.passes is None for finding in found)
        one["may be offered"] += sentence.right is not None and not sentence.may_offer
        one["offered"] += sentence.right is not None and not sentence.may_offer and sentence.right in offered
        one["wrongly offered"] += bool(offered) and sentence.right not in offered
        if reveal and (not is_right or (offered and sentence.right not in offered)):
            print(f"  {sentence.name} {sentence.kind} {sentence.text} [{sentence.text[sentence.start : sentence.end]}]")
            print(
                f"      should be {sorted(sentence.verdicts)} {sentence.right}: {[(str(f.verdict), f.expected, f.reason) for f in found]}"
            )
    for kind, one in judged.items():
        print(f"{kind:18}", ", ".join(f"{name} {count}" for name, count in one.items()))


def _offered(finding: Finding) -> list[object]:
    """The values that a finding offers in place of the number told."""
    narrowed = compact(finding.expected)
    return [as_quantity(reading, narrowed).value for reading in readings(narrowed.text)]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "   none"


if __name__ == "__main__":
    main()
