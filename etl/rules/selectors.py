"""A selector names observations by what they speak of: ``communities{measure=plan; place=parts:xuchang; period=2019}``.

Selectors stand in reference tables (identities, formulas of derived indicators, headline cards, charts), so that no rule
needs Python. What is not pinned matches anything, with two exceptions that keep sums honest: without ``breakdown=`` only
unbroken numbers match, and without ``source=`` only numbers of verified sources. A third follows from the documents: what they
call former, without any date, is a number of no current state and answers only ``as_of=none``.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from etl.errors import FormulaError
from etl.model import Measure
from etl.release.schema import SUBJECT_COLUMNS

NONE = "none"
RELATIVE = frozenset({"latest", "latest_year", "latest_years", "years", "same", "within", "previous"})
"""Words for a time that follows the numbers (see etl.rules.latest); they may stand in reference data that screens show, not in formulas."""
KEYS = ("measure", "place", "period", "as_of", "breakdown", "variant", "source")
PATTERN = re.compile(r"(?P<indicator>[a-z][a-z0-9_]*)\s*(?:\{(?P<pins>[^{}]*)\})?")

_YEAR = re.compile(r"\d{4}")
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


def named(places: pd.DataFrame, place: str) -> list[str]:
    """The place ids that ``place`` stands for: itself, or with ``parts:`` the parts of a place."""
    kind, sign, parent = place.partition(":")
    return parts_of(places, parent) if sign and kind == "parts" else [place]


NAMING = (*SUBJECT_COLUMNS, "time_as_printed", "source", "verified")
"""The columns a selector looks at."""


def is_undated(row: Mapping[str, Any]) -> bool:
    """Whether ``row`` has words for its time and no date at all (以前): it is shown, and is never today's number."""
    return bool(row.get("time_as_printed")) and not any(row[day] for day in ("period_start", "period_end", "as_of"))


def chosen(observations: pd.DataFrame, places: pd.DataFrame, selector: str | Selector) -> pd.DataFrame:
    """The rows of ``observations`` that ``selector`` names, in their order; FormulaError for text that is no selector."""
    accepts = matcher(parse_selector(selector) if isinstance(selector, str) else selector, places)
    cells = zip(*(observations[column] for column in NAMING), strict=True)
    return observations.loc[[accepts(dict(zip(NAMING, row, strict=True))) for row in cells]]


def matcher(selector: Selector, places: pd.DataFrame) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a row (with the columns NAMING) is one that ``selector`` names."""
    pins = selector.pins
    wanted: list[tuple[str, Callable[[Any], bool]]] = [("indicator", _is(selector.indicator))]
    if "source" not in pins:
        wanted.append(("verified", bool))
    if pins.get("period", "") not in ("", *RELATIVE):
        start, end = period_of(pins["period"])
        wanted += [("period_start", _is(start)), ("period_end", _is(end))]
    if pins.get("as_of", "") not in ("", *RELATIVE):
        wanted.append(("as_of", _is(None if pins["as_of"] == NONE else dt.date.fromisoformat(pins["as_of"]))))
    if "place" in pins:
        wanted.append(("place", frozenset(named(places, pins["place"])).__contains__))
    wanted.append(("breakdown", _in_breakdown(pins.get("breakdown", NONE))))
    wanted += [(key, _is(pins[key])) for key in ("measure", "variant", "source") if key in pins]
    wants_undated = pins.get("as_of") == NONE
    return lambda row: all(fits(row[column]) for column, fits in wanted) and (wants_undated or not is_undated(row))


def _is(wanted: object) -> Callable[[Any], bool]:
    return lambda found: bool(found == wanted)


def _in_breakdown(value: str) -> Callable[[Any], bool]:
    dimension, _, item = value.partition(":")
    if item == "*":
        return lambda found: str(found).startswith(f"{dimension}:")
    return _is("" if value == NONE else value)
