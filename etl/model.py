"""The types that every part shares. First the closed lists: a member is the code that stands in the tables, and knows what belongs to it; then
the rows that queries return."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, Self


class _Ranked(StrEnum):
    @property
    def rank(self) -> int:
        """Its position in the list, from 0."""
        return list(type(self)).index(self)


class State(_Ranked):
    """What there is of one number at a place: a value of some measure, or why there is none; in the order of legends and lists.

    ``undeclared`` is neither observed nor declared absent: a mistake in the data, shown as such and refused by a test on shipped data.
    """

    DONE = "done"
    PLANNED = "planned"
    TARGET = "target"
    STANDARD = "standard"
    NOT_IN_PLAN = "not_in_plan"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"
    NOT_IN_SOURCES = "not_in_sources"
    UNDECLARED = "undeclared"


class Measure(StrEnum):
    """What a number is to its subject; ``word`` is empty for an actual one, ``state`` that of a place with such a number."""

    word: str
    state: State

    ACTUAL = "actual", "", State.DONE
    PLAN = "plan", "计划", State.PLANNED
    TARGET = "target", "目标", State.TARGET
    STANDARD = "standard", "标准", State.STANDARD

    def __new__(cls, code: str, word: str = "", state: State = State.DONE) -> Self:
        """The member of a code."""
        member = str.__new__(cls, code)
        member._value_, member.word, member.state = code, word, state
        return member


class Qualifier(StrEnum):
    """How exactly a number is told."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    UP_TO = "up_to"
    APPROX = "approx"
    RANGE = "range"


class _Outcome(_Ranked):
    word: str
    passes: bool | None

    def __new__(cls, code: str, word: str = "", passes: bool | None = None) -> Self:
        """The member of a code."""
        member = str.__new__(cls, code)
        member._value_, member.word, member.passes = code, word, passes
        return member


class CheckResult(_Outcome):
    """What became of an identity in a build; ``passes`` is None where nothing could be compared."""

    HOLDS = "holds", "成立", True
    VIOLATED = "violated", "不符", False
    NOT_TESTABLE = "not_testable", "无法核对"
    CONFLICT = "conflict", "口径冲突", False

    @property
    def rank(self) -> int:
        """Its position where what needs attention comes first, from 0."""
        return (CheckResult.VIOLATED, CheckResult.CONFLICT, CheckResult.NOT_TESTABLE, CheckResult.HOLDS).index(self)


class Verdict(_Outcome):
    """What became of a number of a draft, the gravest first; ``passes`` is None where nothing is known to compare it with."""

    EMBARGOED = "embargoed", "禁发", False
    CONFLICT = "conflict", "冲突", False
    MISMATCH = "mismatch", "不一致", False
    OTHER_DEFINITION = "other_definition", "口径不同", False
    QUALIFIER_LOST = "qualifier_lost", "限定词不同", False
    MATCH = "match", "一致", True
    DERIVED_MATCH = "derived_match", "推算一致", True
    UNCOVERED = "uncovered", "未覆盖"


class Axis(StrEnum):
    """What the marks of a chart stand along: the end of the name of its form; any other form keeps the order of its selectors."""

    PLACE = "_by_place"
    PERIOD = "_by_period"
    BREAKDOWN = "_by_breakdown"
    TIME = "_over_time"
    STEPS = ""

    @classmethod
    def of(cls, form: str) -> Axis:
        """The axis of a form (``bars_by_place``, ``points_over_time``)."""
        return next(axis for axis in cls if form.endswith(axis))


class Period(NamedTuple):
    """The first and the last day of what a number covers; None where it is open, or has none."""

    start: dt.date | None
    end: dt.date | None

    @property
    def months(self) -> int:
        """How many months it has, to the nearest; 0 where it is open."""
        return round(((self.end - self.start).days + 1) * 12 / 365) if self.start and self.end else 0


@dataclass(frozen=True, slots=True)
class Number:
    """One printed or computed number, with the names of what it speaks of in the language in force.

    ``observation_ids`` are those it rests on: its own, or the parents of a computed one; ``place_short`` is the place's name on an axis,
    ``done_word`` the indicator's word for what is done; ``embargoed`` says that it is shown to who may see it, and to nobody else before
    its moment.  A number that a screen computes itself has no id; one that it counts in gate logs names them in ``logs``.
    """

    number_id: str = ""
    observation_ids: tuple[str, ...] = ()
    derived: bool = False
    value: Decimal | None = None
    value_high: Decimal | None = None
    step: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    measure: str = ""
    project: str = ""
    indicator: str = ""
    place: str = ""
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    as_of: dt.date | None = None
    time_as_printed: str = ""
    breakdown: str = ""
    variant: str = ""
    conflict: str = ""
    verified: bool = False
    source: str = ""
    as_printed: str = ""
    keyword: str = ""
    locator: str = ""
    published_on: dt.date | None = None
    formula: str = ""
    read_by: str = ""
    corrected: str = ""
    note: str = ""
    embargoed: bool = False
    unit_name: str = ""
    indicator_name: str = ""
    place_name: str = ""
    place_short: str = ""
    breakdown_name: str = ""
    done_word: str = ""
    project_name: str = ""
    logs: tuple[str, ...] = ()

    @property
    def is_undated(self) -> bool:
        """Whether it has words for its time and no date at all (以前): it is shown, and is never today's number."""
        return bool(self.time_as_printed) and not (self.period_start or self.period_end or self.as_of)

    @property
    def amount(self) -> Decimal:
        """Its value; ValueError where it has none."""
        if self.value is None:
            raise ValueError("a number without a value")
        return self.value

    @property
    def period(self) -> Period:
        """What it covers."""
        return Period(self.period_start, self.period_end)

    @property
    def last_day(self) -> dt.date | None:
        """The last day it covers, else the day it stood at."""
        return self.period_end or self.as_of


@dataclass(frozen=True, slots=True)
class Mark(Number):
    """A number as a chart shows it, or the place, item or period of a chart that has none (no id, no value), with the state that was
    declared and why; ``part`` is shown or beside."""

    part: str = "shown"
    state: State = State.DONE
    reason: str = ""

    @classmethod
    def of(cls, number: Number, **more: Any) -> Self:
        """The mark of a number: its state follows from its measure unless it is given."""
        given = {field.name: getattr(number, field.name) for field in fields(cls) if hasattr(number, field.name)}
        return cls(**{"state": Measure(number.measure or Measure.ACTUAL).state, **given, **more})


@dataclass(frozen=True, slots=True)
class ComparedMark(Mark):
    """A mark with what the rules of comparison ask of its indicator, unit and place; ``rank`` is the position of its place in
    administrative order, ``printed`` the number that a computed one was made from, ``population`` the people it was divided by."""

    indicator_kind: str = ""
    polarity: str = ""
    is_summed: bool = False
    is_continuous: bool = False
    place_kind: str = ""
    parent: str = ""
    rank: int = 0
    printed: Mark | None = None
    population: Number | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator of one measure and one time (``number``, without a place and a value) over the parts of a place: ``time`` is the
    time's code in a link, ``count`` how many parts ``of`` how many have a number."""

    parent: str
    parent_name: str
    number: Number
    time: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """The numbers that several cities have of one thing; ``code`` in a link."""

    code: str
    marks: tuple[ComparedMark, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A headline card: the numbers it shows large - several where published versions contradict each other, none where there is no
    such number - and those that stand below, compared with them."""

    card: str
    title: str
    note: str = ""
    position: int = 0
    shown: tuple[Number, ...] = ()
    compared_with: tuple[Number, ...] = ()

    @property
    def numbers(self) -> tuple[Number, ...]:
        """All of them, those shown large first."""
        return self.shown + self.compared_with


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a field has the name of its column."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The row with these cells, of which columns without a field are left out; TypeError for a field that has no cell and no default."""
        return cls(**{field.name: row[field.name] for field in fields(cls) if field.name in row})

    def cells(self) -> dict[str, Any]:
        """Column -> cell, to make another kind of row with more columns."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Check(Row):
    """One identity of one build; ``name`` and ``reason`` in the language in force, ``observation_ids`` those of both sides."""

    identity: str
    name: str
    kind: str
    result: CheckResult
    left_value: str
    right_value: str
    difference: Decimal | None
    tolerance: Decimal | None
    reason: str
    observation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Published versions of one number that contradict each other; ``number_ids`` are those of all versions, by indicator and variant."""

    identity: str
    name: str
    reason: str
    number_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """What must not be done with the numbers it names; ``name`` and ``reason`` in the language in force."""

    caution: str
    kind: str
    name: str
    reason: str
    observation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """An expected number that is not there, at all ``places`` where that is so for one reason; names in the language in force.
    ``is_planned`` says that a plan, a target or a standard of it is published or declared absent; ``done_word`` is the indicator's."""

    indicator: str
    indicator_name: str
    project: str
    project_name: str
    places: tuple[str, ...]
    place_name: str
    period_start: dt.date | None
    period_end: dt.date | None
    breakdown: str
    breakdown_name: str
    measure: Measure | None
    state: State
    reason: str
    done_word: str
    is_planned: bool


@dataclass(frozen=True, slots=True)
class SupersededAbsence:
    """What was declared absent on a day, with the number published since; ``reason`` in the language in force."""

    number: Number
    reason: str
    declared_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ComputedNumber:
    """A computed number with the definition of its indicator and the names of the cautions that its parents meet in."""

    number: Number
    definition: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that a project names: its printed numbers there, and how many statements and facilities."""

    place: str
    name: str
    parent_name: str
    number_ids: tuple[str, ...]
    statements: int
    facilities: int


@dataclass(frozen=True, slots=True)
class Standard(Row):
    """One floor or rule, at which place and when it is in force; ``number`` is None where none is published. Names in the language in force."""

    name: str
    indicator: str
    scope: str
    scope_name: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    note: str
    number: Number | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that one release shows otherwise than another (``kind``: headline, chart, sentence, check, absence): the numbers that
    only the one shows there (of a headline all that it shows), or the check or the absence, None where it is not there."""

    screen: str
    kind: str
    name: str
    old: tuple[Number, ...] = ()
    new: tuple[Number, ...] = ()
    old_row: Check | Absence | None = None
    new_row: Check | Absence | None = None


@dataclass(frozen=True, slots=True)
class LogAccount:
    """What became of the rows of one source of gate logs; None where its check does not say."""

    source: str
    title: str
    result: CheckResult
    rows_in: int | None
    accepted: int | None
    quarantined: int | None
    ignored: int | None


@dataclass(frozen=True, slots=True)
class QuarantinedRows(Row):
    """The rows of one source kept apart for one reason, in how many files, and where the first of them stands."""

    source: str
    title: str
    reason: str
    rows: int
    files: int
    file: str
    row: int
    column: str
    found: str


@dataclass(frozen=True, slots=True)
class CheckedNumber:
    """One number of a draft, the ``number``-th in reading order, at ``[start:end]``. ``expected`` is what should stand there; ``before``,
    ``right`` and ``behind`` are its sentence as it would be right, the number apart; all four are empty where nothing better is known."""

    number: int
    start: int
    end: int
    as_printed: str
    verdict: Verdict
    expected: str
    reason: str
    observation_ids: tuple[str, ...]
    before: str = ""
    right: str = ""
    behind: str = ""


class PlaceTime(NamedTuple):
    """A time for which a place has a number."""

    place: str
    period_start: dt.date | None
    period_end: dt.date | None
    as_of: dt.date | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a document: plain text (no ``role``), or a number with its role and the observation it is, if any."""

    text: str
    role: str = ""
    observation_id: str = ""


@dataclass(frozen=True, slots=True)
class Source(Row):
    """One document, workbook or log; ``numbers`` counts the numbers entered from it."""

    source: str
    title: str
    publisher: str
    published_on: dt.date | None
    dated_by: str
    place: str
    kind: str
    sha256: str
    verified: bool
    checked_by: str
    checked_on: dt.date | None
    numbers: int
    note: str


@dataclass(frozen=True, slots=True)
class Citation(Source):
    """A source as a display cites it: the latest day its numbers there speak of, and the observations; none of a log."""

    as_of: dt.date | None = None
    observation_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawnSource(Row):
    """One source that was taken back: when, by whom and why."""

    source: str
    title: str
    publisher: str
    published_on: dt.date | None
    numbers: int
    withdrawn_at: dt.datetime
    withdrawn_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Statement(Row):
    """One published fact that is not a number: subject, attribute, value as a short term; with the names of what it speaks of."""

    statement_id: str
    source: str
    source_title: str
    subject_kind: str
    subject: str
    subject_name: str
    attribute: str
    attribute_name: str
    text: str
    projects: tuple[str, ...]
    as_of: dt.date | None
    keyword: str
    note: str


@dataclass(frozen=True, slots=True)
class NumberResult:
    """One number that a search found, with its project (that of its indicator where it names none), the source of a printed one, the
    checks it takes part in, and the screens whose cards or charts show it."""

    number: Number
    project: str
    project_name: str
    cited: Source | None
    checks: tuple[Check, ...]
    screens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberInPassing(Row):
    """One number that a document prints but that has nothing to do with a project."""

    source: str
    source_title: str
    as_printed: str
    keyword: str
    value: Decimal | None
    value_high: Decimal | None
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One row of a reference table that a search found; ``about`` is its definition, or the place it lies in."""

    code: str
    name: str
    about: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Facility(Row):
    """One reading space, one community centre ..., with the names of its project and place; its point in ``crs`` where it is known."""

    facility: str
    facility_name: str
    project: str
    project_name: str
    place: str
    place_name: str
    address: str
    lon: float | None
    lat: float | None
    crs: str
    opened_on: dt.date | None
    note: str

    @property
    def has_point(self) -> bool:
        """Whether its point is known."""
        return self.lon is not None and self.lat is not None


LonLat = tuple[float, float]
"""Longitude and latitude in degrees, in WGS 84."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of one place: ``parts`` are polygons, each of rings (the outer one first, counter-clockwise; then holes, clockwise);
    ``label`` is a point well inside it and away from its neighbours' labels, ``hull`` the area within its outer rings, for order only.
    """

    place: str
    parts: tuple[tuple[tuple[LonLat, ...], ...], ...]
    label: LonLat
    hull: float


@dataclass(frozen=True, slots=True)
class MapCredit:
    """Whose outlines a map shows, under which licence, with which 审图号; empty texts where there are none."""

    credit: str = ""
    licence: str = ""
    review_number: str = ""


@dataclass(frozen=True, slots=True)
class Place(Row):
    """One place: the place one level up is its ``parent``, a zone that is no statutory division is ``located_in`` one."""

    place: str
    name: str
    code: str
    kind: str
    parent: str
    located_in: str
    note: str


@dataclass(frozen=True, slots=True)
class Alias(Row):
    """Another or former name of a place, with its days."""

    alias: str
    valid_from: dt.date | None
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class RelatedPlace(Place):
    """A place with those it lies in (code -> name, the nearest first), those that lie in it, and its other names."""

    lineage: Mapping[str, str]
    parts: Mapping[str, str]
    located_in_name: str
    aliases: tuple[Alias, ...]


@dataclass(frozen=True, slots=True)
class Project(Row):
    """One livelihood programme or a part of one; ``evidence`` are the selectors of its line of evidence."""

    project: str
    name: str
    parent: str
    list_years: tuple[str, ...]
    lead: str
    position: int
    evidence: str
    definition: str
    note: str


@dataclass(frozen=True, slots=True)
class RelatedProject(Project):
    """A project with the name of who leads it, the projects it is part of (code -> name, the widest first) and its parts."""

    lead_name: str
    parents: Mapping[str, str]
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Indicator(Row):
    """What is measured, in exactly one unit; a ``formula`` makes it derived. ``done_word`` is its word for what is done (建成, 投入),
    ``priority`` how much its numbers matter (1: first; LEAST where nobody said)."""

    indicator: str
    name: str
    project: str
    unit: str
    unit_name: str
    kind: str
    polarity: str
    sums: bool
    definition: str
    denominator: str
    formula: str
    position: int
    note: str
    done_word: str
    priority: int


@dataclass(frozen=True, slots=True)
class Term(Row):
    """One term of the field, with the document it is taken from."""

    term: str
    name_en: str
    definition: str
    source: str
    source_title: str
    note: str


@dataclass(frozen=True, slots=True)
class Organisation(Row):
    """One bureau, government or committee; ``place`` is where it is competent."""

    organisation: str
    name: str
    kind: str
    place: str


@dataclass(frozen=True)
class QuotableSentence:
    """A sentence that may be said: what fills the ``slots`` a, b, ... of its template - numbers, or the one absence it speaks of.
    ``why`` is what to mind when saying it, for an absence its reason; ``cited`` its sources, where they are asked for."""

    sentence: str
    project: str
    position: int
    template: str
    kind: str
    why: str
    slots: tuple[tuple[Number | Absence, ...], ...]
    cited: tuple[Citation, ...] = ()

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of all slots, each as often as it is there."""
        return tuple(said for slot in self.slots for said in slot if isinstance(said, Number))

    @cached_property
    def number_ids(self) -> tuple[str, ...]:
        """Their ids, each once."""
        return tuple(dict.fromkeys(number.number_id for number in self.numbers))

    @property
    def absence(self) -> Absence | None:
        """What it says is not there, where it is of that kind."""
        return next((said for slot in self.slots for said in slot if isinstance(said, Absence)), None)

    @property
    def is_general(self) -> bool:
        """Whether it is in general words, for want of a row of its own."""
        return ":" in self.sentence

    @property
    def is_conflict(self) -> bool:
        """Whether it tells versions that contradict each other."""
        return any(number.conflict for number in self.numbers)


@dataclass(frozen=True, slots=True)
class PressQuestion:
    """A question with what fills the slots a, b, ... of its template; ``answers`` are the ids of the sentences that answer it."""

    question: str
    template: str
    slots: tuple[tuple[Number | Absence, ...], ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeverSaid:
    """What is not to be said: what to do instead, and why."""

    text: str
    reason: str
    observation_ids: tuple[str, ...]
