"""What an engine hands over, row by row; fields have the names of the columns of the expressions (``merged``, ``partials``)."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

Counts = tuple[int, int, int, int]
"""Visits, loans, returns and cards, as in COUNTS of ``etl.usage.rows``."""


class DayVisits(NamedTuple):
    """One row of visits_daily; ``space`` is the number of its facility."""

    space: int
    day: dt.date
    visits: int
    loans: int
    returns: int
    cards: int
    facility: str = ""

    @property
    def counts(self) -> Counts:
        """What was counted, in the order of COUNTS."""
        return self.visits, self.loans, self.returns, self.cards


class HourVisits(NamedTuple):
    """One row of visits_hourly; ``space`` is the number of its facility."""

    space: int
    weekday: int
    hour: int
    visits: int
    facility: str = ""


class MonthVisits(NamedTuple):
    """One row of visits_monthly: of a facility, or of a place where ``facility`` is empty."""

    place: str
    facility: str
    period_start: dt.date
    period_end: dt.date
    visits: int
    loans: int
    returns: int
    cards: int
    readers: Decimal | None

    @property
    def counts(self) -> Counts:
        """What was counted, in the order of COUNTS."""
        return self.visits, self.loans, self.returns, self.cards


class QuarantineRow(NamedTuple):
    """One row of quarantine: a reason for which rows of a file are not counted, with the first of them."""

    source: str
    file: str
    reason: str
    rows: int
    row: int
    column: str
    found: str


class FileFault(NamedTuple):
    """How many rows of a file (by its number) have a fault, and what stood in the first of them."""

    file: int
    fault: str
    rows: int
    row: int
    found: str | None


class Duplicate(NamedTuple):
    """A row that lost its id to one that was delivered before."""

    file: int
    row: int
    id: int | None
    id_text: str | None
    space: int
    day: dt.date
    card: str | None


class FileRows(NamedTuple):
    """A file by its number, and how many of its rows count where that is asked."""

    file: int
    rows: int = 0


class FileMonth(NamedTuple):
    """A month of which a file has rows."""

    file: int
    month: dt.date


class BatchFile(NamedTuple):
    """A file of a batch by its position: how many rows it has, and the number of the first in the batch."""

    at: int
    before: int
    rows: int


class IdSpan(NamedTuple):
    """The smallest and the largest id."""

    low: int | None
    high: int | None


class Readers(NamedTuple):
    """Distinct cards of a month in a space, or in a ``whole`` that spaces belong to."""

    month: dt.date
    space: int | None
    whole: str
    readers: int
