"""Scores of a checker on the corpus of drafts: mistakes caught, false alarms, true numbers left uncovered.

A number's result is the one that overlaps it most. A mistake is caught where every number it made false has a verdict other than
match, derived_match and uncovered; a false alarm is such a verdict on a number that is true.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.corpora.drafts.corpus import TRUE, Draft, Gold
from bench.corpora.drafts.made_up import write_city
from bench.corpora.drafts.mutations import CAUGHT, KINDS
from etl.release.tables import Release, Who

ROOT = Path(__file__).resolve().parents[3]
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


def folder_of(city: str, home: Path) -> Path:
    """A data folder of its own for ``city`` below ``home``, so that no release of the checkout is touched."""
    if city == "unseen":
        return write_city(home / city)
    return Path(
        shutil.copytree(ROOT / "data", home / city, ignore=shutil.ignore_patterns("tables", "attached", "inbox"))
    )
