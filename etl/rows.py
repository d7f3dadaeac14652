"""The rows that people write and the pipeline works on, typed; a field has the name of its column.

A table that no rule looks into stays a table of cells (``etl.reference``); what screens read is typed in ``etl.model``.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from etl.model import Row, WithdrawnSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Row):
    """A row of a file that people write; ``line`` is where it stands there."""

    TABLE: ClassVar[str] = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCells(Written):
    """What rows of numbers, and of numbers that are not there, have in common."""

    project: str
    indicator: str
    place: str
    period_start: dt.date | None
    period_end: dt.date | None
    as_of: dt.date | None
    breakdown: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(NumberCells):
    """One number of one source: a row of facts.csv, and what is known of it once its words have their meaning. ``observation_id``
    is that of the observation it is or repeats, "" for a number printed in passing."""

    seq: int
    as_printed: str
    keyword: str
    locator: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    qualifier: str
    measure: str
    time_as_printed: str
    variant: str
    conflict: str
    read_by: str
    release_at: dt.datetime | None
    role: str = "observation"
    repeats: str = ""
    observation_id: str = ""
    source: str = ""
    step: Decimal | None = None
    published_on: dt.date | None = None
    verified: bool = False
    corrected: str = ""

    @property
    def embargoed(self) -> bool:
        """Whether it has a moment of release, whenever that is."""
        return self.release_at is not None

    @property
    def is_observation(self) -> bool:
        """Whether it is neither a repeat nor printed in passing."""
        return self.role == "observation"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow(Written):
    """One published fact that is not a number."""

    seq: int
    subject_kind: str
    subject: str
    attribute: str
    text: str
    project: str
    as_of: dt.date | None
    keyword: str
    locator: str
    release_at: dt.datetime | None
    note: str
    source: str = ""
    statement_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Written):
    """One entry of corrections.toml: what a cell must hold, what it is to hold, and why."""

    seq: int
    column: str
    expect: str | float | bool | dt.date
    value: str | float | bool | dt.date
    reason: str
    on: str | dt.date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow(Row):
    """What source.toml says; ``logs``, ``max_quarantined_share`` and ``published`` (indicator -> counts) only of a gate log."""

    title: str
    publisher: str
    kind: str
    verified: bool
    published_on: dt.date | None = None
    dated_by: str = ""
    place: str = ""
    sha256: str = ""
    checked_by: str = ""
    checked_on: dt.date | None = None
    release_at: dt.datetime | None = None
    note: str = ""
    logs: str | list[str] | None = None
    max_quarantined_share: float | None = None
    published: Mapping[str, str] | None = None
    source: str = ""
    numbers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Written):
    """One place; ``sums`` says that its numbers are part of its parent's."""

    TABLE = "places"
    place: str
    name: str
    short_name: str
    code: str
    kind: str
    parent: str
    sums: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRow(Written):
    """Another name of a place, with its days."""

    TABLE = "place_aliases"
    alias: str
    place: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def is_in_force(self, day: dt.date | None) -> bool:
        """Whether the place is called so on ``day``; no day is any."""
        start, end = self.valid_from, self.valid_to
        return day is None or ((start is None or start <= day) and (end is None or day <= end))


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymRow(Written):
    """A word that people type for something that is listed."""

    TABLE = "synonyms"
    subject_kind: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow(Written):
    """One livelihood project or part of one."""

    TABLE = "projects"
    project: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow(Written):
    """What is measured, in exactly one unit; a ``formula`` makes it derived."""

    TABLE = "indicators"
    indicator: str
    name: str
    name_en: str
    project: str
    unit: str
    kind: str
    formula: str
    position: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow(Written):
    """One unit or classifier."""

    TABLE = "units"
    unit: str
    continuous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow(Written):
    """One rule over observations."""

    TABLE = "identities"
    identity: str
    name: str
    name_en: str
    kind: str
    relation: str
    left: str
    right: str
    severity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredAbsence(NumberCells):
    """One expected number that is not there; ``hidden_from``, ``superseded_by`` and ``release_at`` are those of a later number."""

    TABLE = "absences"
    measure: str
    state: str
    reason: str
    reason_en: str
    follows_from: str
    hidden_from: dt.datetime | None = None
    superseded_by: str = ""
    release_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityRow(Written):
    """One reading space, one community centre ...; its point in ``crs`` where it is known."""

    TABLE = "facilities"
    facility: str
    name: str
    project: str
    place: str
    lon: float | None
    lat: float | None
    crs: str
    opened_on: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRow(Written):
    """A sentence, a question, or what is not to be said (``kind``)."""

    TABLE = "sentences"
    sentence: str
    project: str
    position: int
    shows: str
    compared_with: str
    template: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryRow(Row):
    """The outline of one place as WKB, with what must stand beside it."""

    place: str
    geometry: bytes
    crs: str
    credit: str
    credit_en: str
    licence: str
    review_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnRow(WithdrawnSource):
    """One source that was taken back, for the ``withdrawal``-th time."""

    withdrawal: int
    release_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow(Row):
    """One identity of one build: its result, both sides as told, and the observations it rests on (``parents``)."""

    identity: str
    name: str
    name_en: str
    kind: str
    severity: str
    verdict: str
    left_value: str = ""
    right_value: str = ""
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    parents: tuple[str, ...] = ()
    reason: str = ""
    reason_en: str = ""
    release_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedRow(NumberCells):
    """One computed number; ``parents`` are the observations it rests on, ``in_conflict`` the conflicts those stand in."""

    derived_id: str
    value: Decimal
    value_high: Decimal | None = None
    step: Decimal
    unit: str
    qualifier: str
    time_as_printed: str
    variant: str
    formula: str
    parents: tuple[str, ...]
    in_conflict: tuple[str, ...]
    verified: bool
    release_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class ProposedNumber(Row):
    """A number that may be entered: a row of facts.csv, each cell as the text that is written there. ``confidence`` is how sure the
    reader is that it is a number to enter, ``missing`` what a number that waits lacks."""

    seq: str
    as_printed: str
    keyword: str
    locator: str
    value: str
    value_high: str
    unit: str
    qualifier: str
    measure: str
    project: str
    indicator: str
    place: str
    period_start: str
    period_end: str
    as_of: str
    time_as_printed: str
    read_by: str
    role: str = "observation"
    repeats: str = ""
    breakdown: str = ""
    variant: str = ""
    conflict: str = ""
    release_at: str = ""
    note: str = ""
    confidence: float = 1
    missing: str = ""
