"""Whether numbers may stand side by side: a small table, or the reasons why not.

Structure decides first (unit, definition, kind, time, whose place), then what a person wrote down in cautions.csv.  Nothing
here knows a place or an indicator.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

import pandas as pd

from etl.model import Caution, Qualifier
from pages.analysis.reasons import (
    Comparison,
    Reason,
    Refusal,
    Row,
    conflicts,
    definitions,
    forbidden,
    interval_of,
    is_never_above,
    units,
    valued,
    year_of,
)
from pages.wording.rows import rows_of

SAME_LENGTH = 3
"""Days by which two periods of one length differ: months have 28 to 31, years 365 or 366."""

APART = ("do_not_compare", "different_definition")
"""Kinds of caution that keep two numbers out of one chart; the other kinds concern what is computed from them."""

UNRANKED = ("no_direction", "order_unknown", "different_level", "own_definitions")
"""Limits that leave no order worth showing."""


def side_by_side(rows: pd.DataFrame, *, cautions: Sequence[Caution]) -> Comparison | Refusal:
    """``rows`` as they are, when they are of one unit, definition, kind and time, and no caution keeps two of them apart.

    ``rows`` has the columns of pages.queries.compared.COMPARED_COLUMNS, one row per place; those without a value are kept and
    never compared.  ``cautions`` are those in which numbers of the rows meet.  Numbers of places with different parents (a peer
    city) may speak of different years when each carries its own, and of different indicators where a caution of the kind
    different_year ties them.  Fewer than two values are a refusal.
    """
    numbers = valued(rows)
    found = [
        *_too_few(rows), *conflicts(numbers), *units(numbers), *_measures(numbers), *([] if _ties_years(cautions) else definitions(numbers)),
        *_times(numbers), *forbidden(cautions, APART),
    ]  # fmt: skip
    if found:
        return Refusal(tuple(found))
    limits = (*_limits(numbers), *_told(cautions))
    is_ranked = not any(limit.rule in UNRANKED for limit in limits)
    return Comparison(rows, is_ranked, _has_peers(numbers), limits)


def arranged(comparison: Comparison, *, by_value: bool) -> pd.DataFrame:
    """The rows largest first, those without a value behind; in administrative order (``rank``) where that is asked for, or where
    the order of the values is not known or means nothing.
    """
    rows = rows_of(comparison.rows)
    if by_value and comparison.is_ranked:
        rows.sort(key=lambda row: (row["value"] is None, -(row["value"] or Decimal(0)), row["rank"]))
    else:
        rows.sort(key=lambda row: row["rank"])
    return pd.DataFrame(rows, columns=comparison.rows.columns, dtype=object)


def _too_few(rows: pd.DataFrame) -> Iterator[Reason]:
    numbers = valued(rows)
    if not numbers:
        yield Reason("nothing_published", tuple(dict.fromkeys(str(why) for why in rows["reason"] if why)))
    elif len(numbers) == 1:
        yield Reason("only_one", (str(numbers[0]["place_name"]),))


def _measures(numbers: Sequence[Row]) -> Iterator[Reason]:
    measures = dict.fromkeys(str(row["measure"]) for row in numbers)
    if len(measures) > 1:
        yield Reason("different_measure", tuple(measures))


def _times(numbers: Sequence[Row]) -> Iterator[Reason]:
    lengths = {_days(row) for row in numbers if row["indicator_kind"] == "flow"} - {None}
    if lengths and max(filter(None, lengths)) - min(filter(None, lengths)) > SAME_LENGTH:
        yield Reason("different_length")
    undated = [str(row["place_name"]) for row in numbers if year_of(row) is None]
    if _has_peers(numbers) and undated:
        yield Reason("no_year", tuple(undated))
    years = sorted({year for row in numbers if (year := year_of(row))})
    if not _has_peers(numbers) and len(years) > 1:
        yield Reason("different_period", tuple(map(str, years)))


def _told(cautions: Sequence[Caution]) -> Iterator[Reason]:
    for caution in cautions:
        if caution.kind not in APART:
            yield Reason("with_care", (caution.name, caution.reason))


def _limits(numbers: Sequence[Row]) -> Iterator[Reason]:
    if any(row["polarity"] == "none" for row in numbers):
        yield Reason("no_direction")
    open_ended = [str(row["place_name"]) for row in numbers if row["qualifier"] != Qualifier.EXACT]
    if open_ended:
        yield Reason("bounds", tuple(open_ended))
    if any(_order_is_open(one, other) for one, other in combinations(numbers, 2)):
        yield Reason("order_unknown")
    if _has_peers(numbers) and len({row["place_kind"] for row in numbers}) > 1:
        yield Reason("different_level")
    if len({row["indicator"] for row in numbers}) > 1:
        yield Reason("own_definitions")
    if len({row["as_of"] for row in numbers if row["as_of"]}) > 1 and not _has_peers(numbers):
        yield Reason("different_days")


def _ties_years(cautions: Sequence[Caution]) -> bool:
    return any(caution.kind == "different_year" for caution in cautions)


def _has_peers(numbers: Sequence[Row]) -> bool:
    return len({row["parent"] for row in numbers}) > 1


def _days(row: Row) -> int | None:
    start, end = row["period_start"], row["period_end"]
    return (end - start).days if start and end else None


def _order_is_open(one: Row, other: Row) -> bool:
    """Whether what the printing leaves open could turn the order of two different numbers round."""
    if one["value"] == other["value"]:
        return not (one["qualifier"] == other["qualifier"] == Qualifier.EXACT)
    small, large = sorted((one, other), key=lambda row: Decimal(row["value"]))
    return not is_never_above(interval_of(small), interval_of(large))
