"""The words of how single spaces are used: what they are ranked by, why one has no rate, how new ones come into use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from pages.analysis.use_of_spaces import OpeningUse, RankedSpace, SpaceUse
from pages.wording.catalog import _
from pages.wording.dates import day_text, period_text
from pages.wording.marks import WordedMark
from pages.wording.numbers import digits_text
from pages.wording.usage import worded_rates

DAILY = ("per_day", "per_area")
"""What is a mean per day among what spaces are ranked by."""


def rank_options() -> Mapping[str, str]:
    """What the spaces can be ranked by (pages.queries.use_patterns.RANKS) -> its name."""
    return {
        "per_day": _("Visits a day"),
        "per_area": _("A day, per 100 m²"),
        "loans_per_100": _("Loans per 100 visits"),
        "visits": _("All visits"),
    }


def worded_spaces(spaces: Sequence[RankedSpace], by: str) -> tuple[WordedMark, ...]:
    """Ranked spaces with their words; a space without a rate says what is not published of it."""
    unit = _("loans") if by == "loans_per_100" else _("visits")
    labels = [ranked.space.facility.facility_name for ranked in spaces]
    marks = (ranked.mark for ranked in spaces)
    worded = worded_rates(marks, labels, rank_options()[by], unit, is_daily=by in DAILY)
    gaps = [_gap(ranked.space) for ranked in spaces]
    return tuple(
        replace(mark, reason=gap, text=gap) if mark.value is None else mark
        for mark, gap in zip(worded, gaps, strict=True)
    )


def spaces_finding(spaces: Sequence[RankedSpace], by: str) -> str:
    """Which space comes first, and how far the last one with a number lies behind."""
    marks = [mark for mark in worded_spaces(spaces, by) if mark.value is not None]
    if not marks:
        return _("No space has what this rate needs")
    first, last = marks[0], marks[-1]
    return _("{name}: most, {first}; {other}: least, {last}").format(
        name=first.label, first=first.text, other=last.label, last=last.text
    )


def spaces_note(spaces: Sequence[RankedSpace], by: str, shown: int) -> str:
    """The rule of the rate, how many spaces have none and why, how many of them the chart shows."""
    rules = {
        "per_day": _("Visits by the calendar days since the opening, or since the logs began; closed days count"),
        "per_area": _("Visits a day by the published floor area of the space, times 100"),
        "loans_per_100": _("Books lent by visits, times 100; returns do not count"),
        "visits": _("All visits in the logs; spaces opened later have had less time"),
    }
    gaps = [_gap(ranked.space) for ranked in spaces if ranked.mark.value is None]
    told = [_("{count} spaces: {gap}").format(count=gaps.count(gap), gap=gap) for gap in dict.fromkeys(gaps)]
    more = [_("the first {shown} of {count}, all in the table").format(shown=shown, count=len(spaces))]
    return _("; ").join([rules[by], *told, *(more if len(spaces) > shown else [])])


def spaces_table(spaces: Sequence[RankedSpace]) -> pd.DataFrame:
    """One row per space: since when it is open, its size, its days and rates; what is not published says so."""
    missing = _("not published")
    return pd.DataFrame(
        [
            {
                _("Facility"): space.facility.facility_name,
                _("Place"): space.facility.place_name,
                _("Opened"): day_text(space.facility.opened_on) or missing,
                _("Floor area (m²)"): digits_text(space.area.value, None)
                if space.area and space.area.value is not None
                else missing,
                _("Days with entries"): str(space.days_logged),
                _("All visits"): digits_text(Decimal(space.visits), None),
                _("Visits a day"): _rate(space.per_day),
                _("A day, per 100 m²"): _rate(space.per_area),
                _("Loans per 100 visits"): _rate(space.loans_per_100),
            }
            for space in (ranked.space for ranked in spaces)
        ]
    )


def worded_ramp(steps: Sequence[OpeningUse]) -> tuple[WordedMark, ...]:
    """The steps after an opening with their words."""
    labels = [
        _("Days {first} to {last} after opening").format(first=use.step.first, last=use.step.last) for use in steps
    ]
    marks = (use.mark for use in steps)
    return worded_rates(marks, labels, _("Share of what older spaces have on the same days"), "%")


def ramp_finding(steps: Sequence[OpeningUse]) -> str:
    """Where new spaces start and where they are after the last step."""
    marks = worded_ramp(steps)
    return _("New spaces start at {first} of what older ones have and reach {last} after {days} days").format(
        first=marks[0].text, last=marks[-1].text, days=steps[-1].step.last
    )


def ramp_note(steps: Sequence[OpeningUse]) -> str:
    """The rule of the measure and how many spaces it rests on."""
    return _(
        "Each space opened since the logs began, by what a space open before then had on average on the same days, so that season and "
        "holidays cancel; median of {count} spaces with 180 days. Sizes differ and are not evened out; the link is no proof of a cause."
    ).format(count=steps[0].step.spaces)


def span_text(spaces: Sequence[RankedSpace]) -> str:
    """From when to when the logs go."""
    return period_text(spaces[0].space.log_first, spaces[0].space.log_last) if spaces else ""


def _rate(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _gap(space: SpaceUse) -> str:
    return {"no_opening": _("no day of opening published"), "no_area": _("no floor area published")}.get(
        space.gap, _("no visits")
    )
