"""What must not be done with numbers, and which displays it concerns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain, permutations, product

from etl.language import in_words
from etl.model import Caution, Number
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.selectors import parse_selector
from pages.queries.numbers import numbers_by_id

SHOWN = 6
"""So many of the numbers a caution names are shown with it."""

NEVER_TOGETHER = ("do_not_compare", "different_definition", "different_year")
"""Kinds of caution whose operands may not stand in one chart."""


@cached_query
def cautions(release: Release) -> tuple[Caution, ...]:
    """The cautions that name numbers of this release, in their table's order."""
    return tuple(caution for caution, _operands in _with_operands(release))


@cached_query
def cautions_touching(release: Release, observation_ids: Iterable[str]) -> tuple[Caution, ...]:
    """The cautions that name at least one of these observations."""
    asked = set(observation_ids)
    return tuple(caution for caution in cautions(release) if not asked.isdisjoint(caution.observation_ids))


@cached_query
def cautioned_numbers(
    release: Release, observation_ids: Iterable[str]
) -> tuple[tuple[Caution, tuple[Number, ...]], ...]:
    """The cautions that touch these observations, each with the numbers it names, those asked about first, at most SHOWN."""
    asked = set(observation_ids)
    return tuple(
        (caution, numbers_by_id(release, sorted(caution.observation_ids, key=lambda each: each not in asked)[:SHOWN]))
        for caution in cautions_touching(release, asked)
    )


def cautions_on(release: Release, observation_ids: Iterable[str]) -> tuple[Caution, ...]:
    """The cautions that a display of just these observations must carry: its numbers meet in them. A caution about one
    thing concerns every display of it; one about several only a display of at least two of them."""
    meeting = cautions_meeting(release, observation_ids)
    return tuple(caution for caution in cautions(release) if caution.caution in meeting) if meeting else ()


def cautions_meeting(release: Release, observation_ids: Iterable[str]) -> frozenset[str]:
    """The ids of the cautions of cautions_on."""
    naming = _operands_naming(release)
    met = Counter(caution for caution, _ in {one for each in observation_ids for one in naming.get(each, ())})
    needed = {caution.caution: min(2, len(operands)) for caution, operands in _with_operands(release)} if met else {}
    return frozenset(caution for caution, count in met.items() if count >= needed[caution])


@cached_query
def pairs_apart(release: Release) -> frozenset[tuple[str, str]]:
    """Pairs of observations that may not stand in one chart, in both directions."""
    apart = (operands for caution, operands in _with_operands(release) if caution.kind in NEVER_TOGETHER)
    pairs = (pair for operands in apart for pair in permutations(operands, 2))
    return frozenset(chain.from_iterable(product(*pair) for pair in pairs))


def may_stand_together(observation_ids: Collection[str], apart: Collection[tuple[str, str]]) -> bool:
    """Whether no caution keeps two of these observations apart."""
    return not any((one, other) in apart for one in observation_ids for other in observation_ids)


@cached_query
def _with_operands(release: Release) -> tuple[tuple[Caution, tuple[tuple[str, ...], ...]], ...]:
    """Each caution with the ids that each of its operands names; cautions naming nothing at all are left out."""
    index, found = release.index, []
    for row in release.rows("cautions"):
        named = []
        for text in filter(None, map(str.strip, row["operands"].split("|"))):
            rows = index.numbers_by_id([text]) if "#" in text else index.numbers(parse_selector(text))
            named.append(tuple(each.number_id for each in rows if not each.derived))
        if any(named):
            name, reason, ids = in_words(row, "name"), in_words(row, "reason"), tuple(dict.fromkeys(chain(*named)))
            found.append((Caution(row["caution"], row["kind"], name, reason, ids), tuple(named)))
    return tuple(found)


@cached_query
def _operands_naming(release: Release) -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Observation -> each operand that names it, as the caution's id and the operand's position there."""
    naming: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for caution, operands in _with_operands(release):
        for position, ids in enumerate(operands):
            for each in ids:
                naming[each].append((caution.caution, position))
    return {each: tuple(operands) for each, operands in naming.items()}
