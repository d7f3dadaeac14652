"""Computes the numbers that follow from published ones, by the formulas in indicators.csv. They live apart and say 推算."""

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from etl.errors import Problem, Where
from etl.model import Qualifier
from etl.reference import Reference
from etl.rows import DerivedRow, IndicatorRow
from etl.rules.formula import Operands, Outcome, evaluate
from etl.rules.interval import qualifier_of

PLACES = Decimal("0.000001")
"""Derived numbers keep six decimals; screens show fewer, by ``step``."""


def derive(reference: Reference, operands: Operands) -> tuple[list[DerivedRow], list[Problem]]:
    """One row of ``derived`` for each outcome of each formula, ordered as indicators.csv, and a problem for each ambiguity."""
    rows: dict[str, DerivedRow] = {}
    problems = []
    for indicator in reference.rows(IndicatorRow):
        for outcome in evaluate([indicator.formula], operands) if indicator.formula else ():
            row = _row(indicator, outcome, operands.continuous)
            if other := rows.get(row.derived_id):
                where = Where("reference/indicators.csv", indicator.line, "formula")
                what = f"推算“{indicator.name}”在同一地区、同一时间有不止一种算法"
                both = " | ".join(";".join(found.parents) for found in (other, row))
                remedy = "请在公式的选择式里写明 measure、period 或 variant"
                problems.append(Problem("E-215", where, what, both, remedy=remedy))
            rows[row.derived_id] = row
    return list(rows.values()), problems


_WHOLE = {Qualifier.AT_LEAST: ROUND_CEILING, Qualifier.MORE_THAN: ROUND_FLOOR}
"""How a bound of something counted becomes whole: at least 342.95 communities are at least 343, more than 10.5 are more than 10."""


def _row(indicator: IndicatorRow, outcome: Outcome, continuous: frozenset[str]) -> DerivedRow:
    value = outcome.values[0].quantize(PLACES)
    step = shown_step(value, indicator.unit)
    qualifier = qualifier_of(outcome.intervals[0], outcome.values[0], step)
    if indicator.unit not in continuous and qualifier in _WHOLE:
        value, step = value.to_integral_value(_WHOLE[qualifier]), Decimal(1)
    parents = outcome.rows[0]
    subject = (indicator.indicator, outcome.place, time_label(outcome), outcome.breakdown, outcome.variant)
    computed = {
        "derived_id": "@".join(filter(None, subject)),
        "value": value,
        "step": step,
        "qualifier": qualifier,
        "parents": outcome.parents,
        "in_conflict": tuple(sorted({row.conflict for row in parents if row.conflict})),
        "verified": all(row.verified for row in parents),
        "release_at": latest(row.release_at for row in parents),
    }
    return DerivedRow.of(indicator.cells() | vars(outcome) | computed)


def latest(moments: Iterable[dt.datetime | None]) -> dt.datetime | None:
    """The last of several moments, so that what rests on an embargoed number waits for it; None when all are public."""
    return max((moment for moment in moments if moment), default=None)


def time_label(outcome: Outcome) -> str:
    """The time of an outcome for its id: 2018-01-01/2018-12-31, or the day it speaks of."""
    start, end, as_of = outcome.period_start, outcome.period_end, outcome.as_of
    if start or (end and end != as_of):
        return f"{start or ''}/{end or ''}"
    return str(as_of or end or "")


def shown_step(value: Decimal, unit: str) -> Decimal:
    """The last digit worth showing: tenths of a per cent, whole numbers where it is whole or large, hundredths else."""
    if unit == "%":
        return Decimal("0.1")
    if value == value.to_integral_value() or abs(value) >= 1000:
        return Decimal(1)
    return Decimal("0.01") if abs(value) >= 1 else Decimal("0.001")
