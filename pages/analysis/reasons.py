"""What a comparison gives: rows that may stand side by side, a judgement, or the reasons why not.

A reason is a code with the words of the data it speaks of; pages.wording.compared says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from etl.model import Caution
from etl.rules.interval import Interval, printed
from pages.wording.rows import rows_of

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reason:
    """Why something is refused, or told with care: the rule, and the words of the data it speaks of."""

    rule: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """No comparison; every reason that stands against it."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Comparison:
    """Rows that may stand side by side, with what must be said beside them.

    ``is_ranked`` says whether their order is known and means anything; ``carries_year`` that every label needs its year.
    """

    rows: pd.DataFrame
    is_ranked: bool
    carries_year: bool
    limits: tuple[Reason, ...] = ()


class Judgement(StrEnum):
    """What a number is to a standard, what to look at first in front."""

    BELOW = "below"
    NOT_JUDGED = "not_judged"
    MEETS = "meets"


def year_of(row: Row) -> int | None:
    """The year a number speaks of: that of its period's end, or of its day."""
    day = row["period_end"] or row["as_of"] or row["period_start"]
    return day.year if day else None


def interval_of(row: Row) -> Interval:
    """Every number that what is printed may stand for."""
    return printed(
        row["value"], row["value_high"], str(row["qualifier"]), row["step"], continuous=bool(row["is_continuous"])
    )


def is_never_above(one: Interval, other: Interval) -> bool:
    """Whether no number of ``one`` can be greater than one of ``other``."""
    return one.high is not None and other.low is not None and one.high <= other.low


def valued(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows that have a value."""
    return [row for row in rows_of(rows) if row["value"] is not None]


def forbidden(cautions: Sequence[Caution], kinds: Sequence[str]) -> Iterator[Reason]:
    """A reason for each caution of one of these kinds."""
    for caution in cautions:
        if caution.kind in kinds:
            yield Reason("caution", (caution.name, caution.reason))


def conflicts(numbers: Sequence[Row]) -> Iterator[Reason]:
    """A reason where one of the numbers has another printed version."""
    tied = [str(row["place_name"]) for row in numbers if row["conflict"]]
    if tied:
        yield Reason("conflict", tuple(tied))


def units(numbers: Sequence[Row]) -> Iterator[Reason]:
    """A reason where the numbers have several units."""
    found = dict.fromkeys(str(row["unit_name"]) for row in numbers)
    if len(found) > 1:
        yield Reason("different_unit", tuple(found))


def definitions(numbers: Sequence[Row]) -> Iterator[Reason]:
    """A reason where the numbers are of several indicators, or of several items of a breakdown."""
    names = dict.fromkeys(" · ".join(filter(None, (row["indicator_name"], row["breakdown_name"]))) for row in numbers)
    if len({(row["indicator"], row["breakdown"]) for row in numbers}) > 1:
        yield Reason("different_definition", tuple(names))
