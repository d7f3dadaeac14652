"""How well press drafts are checked: mistakes caught, false alarms, true numbers left uncovered, seconds. ``python -m bench.drafts``

The corpus (tests/etl/reading/drafts) was written before the checker and blind to it, and the checker is built blind to the
corpus: by default only scores are printed. ``--reveal`` prints drafts that went wrong; what has been looked at is no longer blind.

A number's result is the one that overlaps it most. A mistake is caught where every number it made false has a verdict other than
match, derived_match and uncovered; a false alarm is such a verdict on a number that is true.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import shutil
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.build import build
from etl.release.publish import current
from etl.release.tables import LAPTOP, Release, Who, open_release
from etl.verify import verify
from tests.etl.reading.drafts.corpus import TRUE, Draft, Gold, shipped_drafts, unseen_drafts
from tests.etl.reading.drafts.made_up import write_city
from tests.etl.reading.drafts.mutations import CAUGHT, KINDS

ROOT = Path(__file__).resolve().parents[1]
ENTRY = "etl.verify.verify(release, text)"
KEYS = (
    "start", "end", "as_printed", "value", "unit", "qualifier", "verdict", "expected", "observations", "reason",
)  # fmt: skip
VERDICTS = frozenset(
    {"embargoed", "conflict", "mismatch", "other_definition", "qualifier_lost", "match", "derived_match", "uncovered"}
)
PASSED = frozenset({"match", "derived_match"})
STRANGER = Who("stranger")
AS_OF = {"shipped": dt.date(2020, 12, 31), "unseen": dt.date(2023, 5, 1)}
PAGE = 3000
"""Characters of the text that is timed."""

Result = Mapping[str, Any]
Checker = Callable[[Release, str], Sequence[Any]]


def results_of(found: Sequence[Any]) -> list[Result]:
    """Results as mappings, whether the checker gives mappings, dataclasses or plain objects; ValueError for other shapes."""
    rows = [_row(one) for one in found]
    for row in rows:
        missing = [key for key in KEYS if key not in row]
        if missing or row["verdict"] not in VERDICTS:
            raise ValueError(f"a result of {ENTRY} has verdict {row.get('verdict')!r} and lacks {missing}")
    return rows


def _row(one: Any) -> Result:
    if isinstance(one, Mapping):
        return one
    return dataclasses.asdict(one) if dataclasses.is_dataclass(one) else vars(one)


@dataclasses.dataclass(frozen=True)
class Checked:
    """One draft with its results: per marked number the result that overlaps it most, and the results that overlap none."""

    draft: Draft
    found: Sequence[tuple[Gold, Result | None]]
    beside: Sequence[Result]

    def told(self, role: str) -> Iterator[tuple[Gold, str]]:
        """Marked numbers of one role with their verdict; "unlisted" where the checker did not see the number."""
        return ((gold, row["verdict"] if row else "unlisted") for gold, row in self.found if gold.role == role)


def check(draft: Draft, checker: Checker, release: Release) -> Checked:
    """The results of one draft laid over its marks."""
    rows = results_of(checker(release, draft.text))
    found = [(gold, max(rows, key=lambda row: _overlap(gold, row), default=None)) for gold in draft.golds]
    kept = [(gold, row if row and _overlap(gold, row) else None) for gold, row in found]
    beside = [row for row in rows if not any(_overlap(gold, row) for gold in draft.golds)]
    return Checked(draft, kept, beside)


def _overlap(gold: Gold, row: Result) -> int:
    return max(0, min(gold.end, row["end"]) - max(gold.start, row["start"]))


@dataclasses.dataclass(frozen=True)
class TrueScore:
    """What was said of the numbers of true drafts: counts, and shares of them."""

    confirmed: int
    alarms: int
    uncovered: int
    unlisted: int
    same_label: int
    same_observations: int
    others: Mapping[str, tuple[int, int]]
    beside: int
    beside_alarms: int

    @property
    def numbers(self) -> int:
        """True numbers that follow from the tables."""
        return self.confirmed + self.alarms + self.uncovered + self.unlisted


def true_score(checked: Sequence[Checked]) -> TrueScore:
    """The score of the true drafts among ``checked``; ``others`` maps conflict, uncovered, embargoed to right and all."""
    said: Counter[str] = Counter()
    others: dict[str, list[bool]] = defaultdict(list)
    true = [one for one in checked if one.draft.kind == TRUE]
    for one in true:
        rows = {id(gold): row for gold, row in one.found}
        for gold, verdict in one.told("true"):
            if gold.verdict not in PASSED:
                others[gold.verdict].append(verdict == gold.verdict)
                continue
            said["alarms" if verdict in CAUGHT else "confirmed" if verdict in PASSED else verdict] += 1
            said["same_label"] += verdict == gold.verdict
            row = rows[id(gold)]
            said["same_observations"] += bool(row) and set(gold.observations) <= set(row["observations"])
    beside = [row["verdict"] for one in true for row in one.beside]
    return TrueScore(
        said["confirmed"], said["alarms"], said["uncovered"], said["unlisted"], said["same_label"], said["same_observations"],
        {name: (sum(right), len(right)) for name, right in sorted(others.items())},
        len(beside), sum(verdict in CAUGHT for verdict in beside),
    )  # fmt: skip


@dataclasses.dataclass(frozen=True)
class KindScore:
    """What became of one kind of mistake: drafts, those with every false number caught, with any, with an apt verdict."""

    drafts: int
    caught: int
    any_caught: int
    apt: int
    missed_as: Mapping[str, int]


def kind_scores(checked: Sequence[Checked]) -> dict[str, KindScore]:
    """Kind of mistake -> its score, in the order of KINDS."""
    scores = {}
    for kind in KINDS:
        verdicts = [list(one.told("culprit")) for one in checked if one.draft.kind == kind]
        if verdicts:
            missed = Counter(verdict for told in verdicts for _, verdict in told if verdict not in CAUGHT)
            scores[kind] = KindScore(
                len(verdicts),
                sum(all(verdict in CAUGHT for _, verdict in told) for told in verdicts),
                sum(any(verdict in CAUGHT for _, verdict in told) for told in verdicts),
                sum(all(verdict in gold.acceptable for gold, verdict in told) for told in verdicts),
                missed,
            )
    return scores


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


def folder_of(city: str, home: Path) -> Path:
    """A data folder of its own for ``city`` below ``home``, so that no release of the checkout is touched."""
    if city == "unseen":
        return write_city(home / city)
    return Path(
        shutil.copytree(ROOT / "data", home / city, ignore=shutil.ignore_patterns("tables", "attached", "inbox"))
    )


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
