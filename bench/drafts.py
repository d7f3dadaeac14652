"""How well press drafts are checked: mistakes caught, false alarms, true numbers left uncovered, seconds. ``python -m bench.drafts``

The corpus (bench/corpora/drafts) was written before the checker and blind to it, and the checker is built blind to the
corpus: by default only scores are printed. ``--reveal`` prints drafts that went wrong; what has been looked at is no longer blind.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.corpora.drafts.corpus import TRUE, Draft, Gold, shipped_drafts, unseen_drafts
from bench.corpora.drafts.mutations import CAUGHT
from bench.corpora.drafts.scores import (
    AS_OF,
    PAGE,
    PASSED,
    STRANGER,
    Checked,
    Checker,
    Result,
    check,
    folder_of,
    kind_scores,
    true_score,
)
from etl.build import build
from etl.release.publish import current
from etl.release.tables import LAPTOP, Release, open_release
from etl.verify import verify


def seconds_per_page(drafts: Sequence[Draft], checker: Checker, release: Release) -> float:
    """Median seconds for a text of 3,000 characters made of true drafts, over five texts."""
    texts, text = [], ""
    for draft in (draft for draft in drafts if draft.kind == TRUE):
        text += draft.text + "\n\n"
        if len(text) >= PAGE:
            texts.append(text[:PAGE])
            text = ""
    checker(release, texts[0])
    return statistics.median(_seconds(checker, one, release) for one in texts[:5])


def _seconds(checker: Checker, text: str, release: Release) -> float:
    start = time.perf_counter()
    checker(release, text)
    return time.perf_counter() - start


def percent(part: int, whole: int) -> str:
    """A share to a tenth of a per cent."""
    return f"{100 * part / whole:5.1f}%" if whole else "    –"


def report(city: str, checked: Sequence[Checked], hidden: Sequence[Checked], seconds: float) -> Iterator[str]:
    """The lines printed for one city; ``hidden`` are its drafts checked by someone without the right to see embargoed numbers."""
    true, kinds = true_score(checked), kind_scores(checked)
    drafts, caught = sum(one.drafts for one in kinds.values()), sum(one.caught for one in kinds.values())
    yield f"== {city}: {len(checked)} drafts, {drafts} of them with one mistake"
    yield f"mistakes caught            {percent(caught, drafts)}  (goal >= 95%)"
    yield f"false alarms, true numbers {percent(true.alarms, true.numbers)}  of {true.numbers} (goal <= 2%)"
    yield f"uncovered, true numbers    {percent(true.uncovered, true.numbers)}  (goal <= 5%); not listed {percent(true.unlisted, true.numbers)}"
    yield f"same verdict word          {percent(true.same_label, true.numbers)}; rests on its own observations {percent(true.same_observations, true.numbers)}"
    for name, (right, numbers) in true.others.items():
        yield f"{name:<26} {percent(right, numbers)}  of {numbers} numbers that must be so"
    told = [verdict for one in hidden for gold, verdict in one.told("true") if gold.verdict == "embargoed"]
    if told:
        yield f"embargoed, to a stranger   {percent(told.count('uncovered'), len(told))}  of {len(told)} uncovered, as if not there"
    yield f"idioms and dates listed    {true.beside} results on no number, {true.beside_alarms} of them alarms (goal 0)"
    yield f"seconds per {PAGE} characters {seconds:6.3f}  (goal < 1)"
    yield f"{'mistake':<28}{'drafts':>7}{'caught':>9}{'any':>9}{'apt':>9}  missed as"
    for kind, one in kinds.items():
        shares = "".join(f"{percent(part, one.drafts):>9}" for part in (one.caught, one.any_caught, one.apt))
        missed = ", ".join(f"{verdict} {count}" for verdict, count in one.missed_as.items())
        yield f"{kind:<28}{one.drafts:>7}{shares}  {missed}"


def reveal(checked: Sequence[Checked], count: int) -> Iterator[str]:
    """The first ``count`` drafts that went wrong, with what was expected and said."""
    for one in [one for one in checked if any(_is_wrong(gold, row) for gold, row in one.found) or one.beside][:count]:
        yield f"\n-- {one.draft.name} ({one.draft.kind})\n{one.draft.text}"
        for gold, row in one.found:
            if _is_wrong(gold, row):
                yield f"   {gold.as_printed}: want {sorted(gold.acceptable)}, got {dict(row) if row else 'nothing'}"
        yield from (f"   no number: {dict(row)}" for row in one.beside)


def _is_wrong(gold: Gold, row: Result | None) -> bool:
    verdict = row["verdict"] if row else "unlisted"
    if gold.role == "culprit":
        return verdict not in CAUGHT
    wanted = PASSED if gold.verdict in PASSED else gold.acceptable
    return gold.role == "true" and verdict not in wanted


def main() -> None:
    """Measures the checker on both cities."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--city", choices=tuple(AS_OF), help="only this one")
    parser.add_argument("--seed", type=int, default=0, help="another draw of the same templates")
    parser.add_argument("--reveal", type=int, default=0, metavar="N", help="print N drafts that went wrong")
    said = parser.parse_args()
    for city in [said.city] if said.city else AS_OF:
        with tempfile.TemporaryDirectory() as home:
            folder = folder_of(city, Path(home))
            make = shipped_drafts if city == "shipped" else unseen_drafts
            drafts = make(build(folder).tables.frames, said.seed)
            release = current(folder)
            seen, hidden = (open_release(who, AS_OF[city], release, folder=folder) for who in (LAPTOP, STRANGER))
            checked = [check(draft, verify, seen) for draft in drafts]
            embargoed = [draft for draft in drafts if any(gold.verdict == "embargoed" for gold in draft.golds)]
            strange = [check(draft, verify, hidden) for draft in embargoed if draft.kind == TRUE]
            print("\n".join(report(city, checked, strange, seconds_per_page(drafts, verify, seen))))
            print("\n".join(reveal(checked, said.reveal)))


if __name__ == "__main__":
    main()
