"""A selector names observations by what they speak of: ``communities{measure=plan; place=parts:xuchang; period=2019}``.

Selectors stand in reference tables (identities, formulas of derived indicators, headline cards, charts), so that no rule
needs Python. What is not pinned matches anything, with two exceptions that keep sums honest: without ``breakdown=`` only
unbroken numbers match, and without ``source=`` only numbers of verified sources. A third follows from the documents: what they
call former, without any date, is a number of no current state and answers only ``as_of=none``.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from etl.errors import FormulaError
from etl.model import Measure, Number
from etl.rows import Observation, PlaceRow

NONE = "none"
RELATIVE = frozenset({"latest", "latest_year", "latest_years", "years", "same", "within", "previous"})
"""Words for a time that follows the numbers (see etl.rules.latest); they may stand in reference data that screens show, not in formulas."""
KEYS = ("measure", "place", "period", "as_of", "breakdown", "variant", "source")
PATTERN = re.compile(r"(?P<indicator>[a-z][a-z0-9_]*)\s*(?:\{(?P<pins>[^{}]*)\})?")

_YEAR = re.compile(r"\d{4}")
_IS_A_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Selector:
    """One parsed selector; ``pins`` are its key=value pairs as written."""

    text: str
    indicator: str
    pins: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def is_relative(self) -> bool:
        """Whether it names its time by what is there (latest), not by a date; etl.rules.latest turns it into one that names a date."""
        return bool({self.pins.get("period"), self.pins.get("as_of")} & RELATIVE)

    @property
    def names_printing(self) -> bool:
        """Whether it says which of several printings of a number is meant: its source or its day."""
        return bool({"source", "as_of"} & self.pins.keys())

    @property
    def pins_time(self) -> bool:
        """Whether it names its own time, so that it need not agree with its neighbours'."""
        return "period" in self.pins or "as_of" in self.pins


def parse_selector(text: str) -> Selector:
    """The selector written in ``text``; FormulaError says what is wrong with it."""
    match = PATTERN.fullmatch(text.strip())
    if not match:
        raise FormulaError(f"不是选择式：“{text}”；应写成 指标{{measure=plan; place=…; period=2019}}")
    pins: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in (match["pins"] or "").split(";"))):
        key, sign, value = (piece.strip() for piece in part.partition("="))
        if not sign or key not in KEYS or not value:
            raise FormulaError(f"选择式“{text}”中的“{part}”看不懂；可用的键：{'、'.join(KEYS)}")
        pins[key] = value
    return _checked(Selector(text.strip(), match["indicator"], pins))


def checked_selector(indicator: str, pins: Mapping[str, str]) -> Selector:
    """The selector of ``indicator`` with these pins; FormulaError where a measure or a period is none."""
    return _checked(selector_of(indicator, pins))


def _checked(selector: Selector) -> Selector:
    measure, period = selector.pins.get("measure", Measure.ACTUAL), selector.pins.get("period", NONE)
    if measure not in tuple(Measure):
        raise FormulaError(f"选择式“{selector.text}”中没有这种性质：“{measure}”；可用：{'、'.join(Measure)}")
    if period not in RELATIVE:
        period_of(period)
    as_of = selector.pins.get("as_of", NONE)
    if as_of not in (NONE, *RELATIVE) and not _IS_A_DAY.fullmatch(as_of):
        raise FormulaError(f"选择式“{selector.text}”中的日期看不懂：“{as_of}”；应写成 2019-03-21")
    return selector


def selector_of(indicator: str, pins: Mapping[str, str]) -> Selector:
    """The selector of ``indicator`` with these pins; no pin is an empty one."""
    return Selector(f"{indicator}{{{';'.join(f'{key}={value}' for key, value in pins.items())}}}", indicator, pins)


def split_selectors(cell: str) -> list[Selector]:
    """The selectors of a cell (of charts.csv, headlines.csv ...), which stand there separated by ``|``."""
    return [parse_selector(piece) for piece in cell.split("|") if piece.strip()]


def period_of(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of ``2018``, ``2017/2018``, ``2018-03``, ``2018-06-01/``, ``2018-01-01/2018-12-31`` or ``none``."""
    if text == NONE:
        return None, None
    first, sign, last = text.partition("/")
    try:
        return _day(first, last=False), _day(last if sign else first, last=True)
    except ValueError as error:
        raise FormulaError(f"时期“{text}”看不懂；可写 2018、2018-03、2017/2018 或 2018-01-01/2018-12-31") from error


def _day(text: str, *, last: bool) -> dt.date | None:
    if not text:
        return None
    if _YEAR.fullmatch(text):
        return dt.date(int(text), 12 if last else 1, 31 if last else 1)
    if match := _MONTH.fullmatch(text):
        year, month = map(int, match.groups())
        return dt.date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    return dt.date.fromisoformat(text)


def parts_of(places: pd.DataFrame, parent: str) -> list[str]:
    """Ids of the places whose numbers add up to ``parent``'s, in the order of the places table."""
    return list(places.loc[(places["parent"] == parent) & places["sums"], "place"])


def parts_parent(place: str) -> str:
    """Of ``parts:<place>`` that place, "" for the id of a place."""
    kind, _, parent = place.partition(":")
    return parent if kind == "parts" else ""


def named(places: pd.DataFrame, place: str) -> list[str]:
    """The place ids that ``place`` stands for: itself, or with ``parts:`` the parts of a place."""
    parent = parts_parent(place)
    return parts_of(places, parent) if parent else [place]


def places_named(places: Sequence[PlaceRow], place: str) -> list[str]:
    """The same of rows of places.csv."""
    parent = parts_parent(place)
    return [row.place for row in places if row.parent == parent and row.sums] if parent else [place]


class Subject(NamedTuple):
    """All that a selector looks at: what a number speaks of, where it comes from and whether it was checked."""

    indicator: str
    place: str
    period_start: dt.date | None
    period_end: dt.date | None
    as_of: dt.date | None
    breakdown: str
    measure: str
    variant: str
    time_as_printed: str
    source: str
    verified: bool


Named = Subject | Number | Observation


def is_undated(row: Named) -> bool:
    """Whether ``row`` has words for its time and no date at all (以前): it is shown, and is never today's number."""
    return bool(row.time_as_printed) and not (row.period_start or row.period_end or row.as_of)


def chosen(observations: pd.DataFrame, places: pd.DataFrame, selector: str | Selector) -> pd.DataFrame:
    """The rows of ``observations`` that ``selector`` names, in their order; FormulaError for text that is no selector."""
    accepts = matcher(parse_selector(selector) if isinstance(selector, str) else selector, places)
    cells = observations[list(Subject._fields)].itertuples(index=False, name=None)
    return observations.loc[[accepts(Subject._make(row)) for row in cells]]


def matcher(selector: Selector, places: pd.DataFrame) -> Callable[[Named], bool]:
    """Whether a number is one that ``selector`` names."""
    return accepting(selector, named(places, selector.pins.get("place", "")))


def accepting(selector: Selector, places: Collection[str]) -> Callable[[Named], bool]:
    """The same; ``places`` are the ids that the place of ``selector`` stands for."""
    pins, wants_undated = selector.pins, selector.pins.get("as_of") == NONE
    tests: list[Callable[[Named], bool]] = [lambda row: row.indicator == selector.indicator]
    if "place" in pins:
        ids = frozenset(places)
        tests.append(lambda row: row.place in ids)
    if pins.get("period", "") not in ("", *RELATIVE):
        period = period_of(pins["period"])
        tests.append(lambda row: (row.period_start, row.period_end) == period)
    if pins.get("as_of", "") not in ("", *RELATIVE):
        day = None if wants_undated else dt.date.fromisoformat(pins["as_of"])
        tests.append(lambda row: row.as_of == day)
    dimension, _, item = pins.get("breakdown", NONE).partition(":")
    if item == "*":
        tests.append(lambda row: row.breakdown.startswith(f"{dimension}:"))
    else:
        breakdown = "" if pins.get("breakdown", NONE) == NONE else pins["breakdown"]
        tests.append(lambda row: row.breakdown == breakdown)
    if "measure" in pins:
        tests.append(lambda row: row.measure == pins["measure"])
    if "variant" in pins:
        tests.append(lambda row: row.variant == pins["variant"])
    tests.append((lambda row: row.source == pins["source"]) if "source" in pins else (lambda row: row.verified))
    return lambda row: all(test(row) for test in tests) and (wants_undated or not is_undated(row))
