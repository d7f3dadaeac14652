"""What is computed from numbers that stand side by side: their share of a whole, and how many they are per 10,000 people.

Both are 推算, and both are refused where they would say more than was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from etl.model import Caution, Check, CheckResult, Qualifier, State
from etl.rules.interval import point, qualifier_of
from pages.analysis.comparison import side_by_side
from pages.analysis.reasons import Comparison, Reason, Refusal, Row, conflicts, forbidden, interval_of, valued, year_of
from pages.wording.rows import rows_of

PERSON = "人"
PER_PEOPLE, PER_PEOPLE_UNIT = Decimal(10_000), "/万人"
PLACES = Decimal("0.000001")
PER_CENT = "%"
SHARE_STEP = Decimal("0.1")
SIGNIFICANT = 2
"""Digits behind the first that a number per head keeps."""

ZONE = "functional_zone"
COUNTED = ("stock", "flow", "cumulative")
CENSUS_LAG = 1
"""Years by which a population may be older than the number it divides: the figure at the end of last year is the usual one."""


def shares(
    rows: pd.DataFrame,
    *,
    total: Row | None,
    checks: Sequence[Check],
    cautions: Sequence[Caution],
    computed: pd.DataFrame,
) -> Comparison | Refusal:
    """Each row as per cent of ``total``, 推算 - only where the rows that have a value make up the whole of it.

    They do where a check of exactly these numbers holds, or where exact numbers add up to the exact total.  A share the release
    itself computed (``computed``: NUMBER_COLUMNS) stands under its own id, any other under the id of its part.
    """
    beside = side_by_side(rows, cautions=cautions)
    every, numbers = rows_of(rows), valued(rows)
    found = [
        *(beside.reasons if isinstance(beside, Refusal) else ()),
        *_not_summed(numbers),
        *forbidden(cautions, ("do_not_add",)),
    ]
    found += list(_not_whole(numbers, total, checks)) if not found else []
    if found or isinstance(beside, Refusal) or total is None:
        return Refusal(tuple(found))
    own = {frozenset(row["observation_ids"].split(";")): row for row in rows_of(computed) if row["unit"] == PER_CENT}
    made = [_share(row, total, own) if row["value"] is not None else row for row in every]
    return Comparison(_table(made, rows), beside.is_ranked, beside.carries_year, beside.limits)


def per_head(
    rows: pd.DataFrame, *, populations: pd.DataFrame, whole: Row | None, cautions: Sequence[Caution]
) -> Comparison | Refusal:
    """Each row per 10,000 people of that very place, 推算 - only with a population that has a source and a year.

    ``populations`` are the rows of the population indicator for the same places, ``whole`` that of the place they are parts of.
    A functional zone is carved out of statutory districts, so beside them it stands only where the populations show that nobody is
    counted twice.  Rows without a population keep no value and say why.
    """
    beside = side_by_side(rows, cautions=cautions)
    every, numbers = rows_of(rows), valued(rows)
    people = {row["place"]: row for row in rows_of(populations) if row["value"] is not None}
    found = [
        *(beside.reasons if isinstance(beside, Refusal) else ()), *_not_summed(numbers),
        *forbidden(cautions, ("misleading",)), *_no_people(numbers, rows_of(populations), people),
        *_not_people(people.values()), *_stale(numbers, people), *_zones(numbers, rows_of(populations), people, whole),
    ]  # fmt: skip
    if found or isinstance(beside, Refusal):
        return Refusal(tuple(dict.fromkeys(found)))
    why = {row["place"]: str(row["reason"]) for row in rows_of(populations)}
    made = [
        _ratio(row, people.get(row["place"]), why.get(row["place"], "")) if row["value"] is not None else row
        for row in every
    ]
    table = _table(made, rows)
    again = side_by_side(table, cautions=cautions)
    return (
        again if isinstance(again, Refusal) else Comparison(table, again.is_ranked, beside.carries_year, again.limits)
    )


def _not_summed(numbers: Sequence[Row]) -> Iterator[Reason]:
    if any(row["indicator_kind"] not in COUNTED or not row["is_summed"] for row in numbers):
        yield Reason("not_a_count")


def _not_whole(numbers: Sequence[Row], total: Row | None, checks: Sequence[Check]) -> Iterator[Reason]:
    if total is None or not total["value"]:
        yield Reason("no_total")
        return
    yield from conflicts([total])
    ids = {str(row["number_id"]) for row in (*numbers, total)}
    results = {check.result for check in checks if check.kind == "sum" and set(check.observation_ids) == ids}
    added = sum((row["value"] for row in numbers), start=Decimal(0))
    is_equal = added == total["value"] and all(row["qualifier"] == Qualifier.EXACT for row in numbers)
    if CheckResult.VIOLATED in results:
        yield Reason("sum_violated", (str(added), str(total["value"]), str(total["unit_name"])))
    elif total["qualifier"] != Qualifier.EXACT or not (is_equal or CheckResult.HOLDS in results):
        yield Reason("not_exhausted", (str(added), str(total["value"]), str(total["unit_name"])))


def _share(row: Row, total: Row, own: Mapping[frozenset[str], Row]) -> Row:
    parents = f"{row['observation_ids']};{total['observation_ids']}"
    given = own.get(frozenset(parents.split(";")))
    value = (100 * row["value"] / total["value"]).quantize(PLACES)
    interval = point(Decimal(100)) * interval_of(row) / interval_of(total)
    return dict(row) | {
        "number_id": given["number_id"] if given else row["number_id"], "observation_ids": parents, "derived": True,
        "value": value, "value_high": None, "step": SHARE_STEP, "unit": PER_CENT, "unit_name": PER_CENT,
        "formula": given["formula"] if given else f"100 * {row['number_id']} / {total['number_id']}",
        "qualifier": qualifier_of(interval, value, SHARE_STEP), "told": row,
    }  # fmt: skip


def _no_people(numbers: Sequence[Row], asked: Sequence[Row], people: Mapping[str, Row]) -> Iterator[Reason]:
    if not asked:
        yield Reason("no_population_indicator")
    elif not any(row["place"] in people for row in numbers):
        why = dict.fromkeys(str(row["reason"]) for row in asked if row["reason"])
        yield Reason("no_population", (str(asked[0]["indicator_name"]), *why))


def _not_people(people: Iterable[Row]) -> Iterator[Reason]:
    if any(
        row["indicator_kind"] != "stock" or row["unit"] != PERSON or not row["verified"] or row["value"] <= 0
        for row in people
    ):
        yield Reason("not_a_population")


def _stale(numbers: Sequence[Row], people: Mapping[str, Row]) -> Iterator[Reason]:
    for row in numbers:
        of, at = year_of(row), year_of(people[row["place"]]) if row["place"] in people else None
        if row["place"] in people and (of is None or at is None or not 0 <= of - at <= CENSUS_LAG):
            yield Reason("population_year", (str(row["place_name"]), str(at or "?"), str(of or "?")))


def _zones(
    numbers: Sequence[Row], asked: Sequence[Row], people: Mapping[str, Row], whole: Row | None
) -> Iterator[Reason]:
    """Beside districts a zone is fair only where nobody is counted twice: what is known adds up to the whole, or to less of it
    while somewhere a population is missing.
    """
    zones = [str(row["place_name"]) for row in numbers if row["place_kind"] == ZONE]
    if not zones or len(zones) == len(numbers) or not people:
        return
    counted = sum((row["value"] for row in people.values()), start=Decimal(0))
    is_open = len(people) < len(asked)
    if (
        whole is None
        or whole["value"] is None
        or not (counted < whole["value"] if is_open else counted == whole["value"])
    ):
        yield Reason("zone_population", tuple(zones))


def _ratio(row: Row, people: Row | None, why: str) -> Row:
    if people is None:
        return dict(row) | dict.fromkeys(("number_id", "observation_ids", "as_printed"), "") | {
            "value": None, "state": State.NOT_PUBLISHED, "reason": why,
        }  # fmt: skip
    value = PER_PEOPLE * row["value"] / people["value"]
    step = Decimal(1).scaleb(value.adjusted() - SIGNIFICANT) if value else Decimal(1)
    interval = point(PER_PEOPLE) * interval_of(row) / interval_of(people)
    return dict(row) | {
        "unit": f"{row['unit']}{PER_PEOPLE_UNIT}",
        "observation_ids": f"{row['observation_ids']};{people['observation_ids']}", "derived": True,
        "value": value.quantize(PLACES), "value_high": None, "step": step,
        "formula": f"10000 * {row['number_id']} / {people['number_id']}",
        "qualifier": qualifier_of(interval, value, step), "told": row, "population": people,
    }  # fmt: skip


def _table(rows: Sequence[Row], like: pd.DataFrame) -> pd.DataFrame:
    columns = [*like.columns, *(name for name in ("told", "population") if any(name in row for row in rows))]
    return pd.DataFrame([{name: row.get(name) for name in columns} for row in rows], columns=columns, dtype=object)
