"""The words of how single spaces are used: what they are ranked by, why one has no rate, how new ones come into use."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from pages.wording.catalog import _
from pages.wording.dates import day_text, period_text
from pages.wording.numbers import digits_text
from pages.wording.rows import rows_of
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


def worded_spaces(spaces: pd.DataFrame, by: str) -> pd.DataFrame:
    """Ranked spaces with ``label``, ``text`` and ``reason``; a space without a rate says what is not published of it."""
    units = {"loans_per_100": _("loans"), "visits": _("visits")}
    names = [row["facility_name"] for row in rows_of(spaces)]
    named = worded_rates(spaces, names, rank_options()[by], units.get(by, _("visits")), is_daily=by in DAILY)
    reasons = [_gap(row) if row["value"] is None else "" for row in rows_of(spaces)]
    texts = [reason or row["text"] for reason, row in zip(reasons, rows_of(named), strict=True)]
    return named.assign(
        reason=pd.Series(reasons, index=spaces.index, dtype=object),
        text=pd.Series(texts, index=spaces.index, dtype=object),
    )


def spaces_finding(spaces: pd.DataFrame, by: str) -> str:
    """Which space comes first, and how far the last one with a number lies behind."""
    rows = [row for row in rows_of(worded_spaces(spaces, by)) if row["value"] is not None]
    if not rows:
        return _("No space has what this rate needs")
    first, last = rows[0], rows[-1]
    return _("{name}: most, {first}; {other}: least, {last}").format(
        name=first["label"], first=first["text"], other=last["label"], last=last["text"]
    )


def spaces_note(spaces: pd.DataFrame, by: str, shown: int) -> str:
    """The rule of the rate, how many spaces have none and why, how many of them the chart shows."""
    rows = rows_of(spaces)
    rules = {
        "per_day": _("Visits by the calendar days since the opening, or since the logs began; closed days count"),
        "per_area": _("Visits a day by the published floor area of the space, times 100"),
        "loans_per_100": _("Books lent by visits, times 100; returns do not count"),
        "visits": _("All visits in the logs; spaces opened later have had less time"),
    }
    gaps = [_gap(row) for row in rows if row["value"] is None]
    told = [_("{count} spaces: {gap}").format(count=gaps.count(each), gap=each) for each in dict.fromkeys(gaps)]
    more = [_("the first {shown} of {count}, all in the table").format(shown=shown, count=len(rows))]
    return _("; ").join([rules[by], *told, *(more if len(rows) > shown else [])])


def spaces_table(spaces: pd.DataFrame) -> pd.DataFrame:
    """One row per space: since when it is open, its size, its days and rates; what is not published says so."""
    missing = _("not published")
    return pd.DataFrame(
        [
            {
                _("Facility"): row["facility_name"],
                _("Place"): row["place_name"],
                _("Opened"): day_text(row["opened_on"]) or missing,
                _("Floor area (m²)"): missing if row["area"] is None else digits_text(row["area"], None),
                _("Days with entries"): str(row["days_logged"]),
                _("All visits"): digits_text(Decimal(row["visits"]), None),
                _("Visits a day"): _rate(row["per_day"]),
                _("A day, per 100 m²"): _rate(row["per_area"]),
                _("Loans per 100 visits"): _rate(row["loans_per_100"]),
            }
            for row in rows_of(spaces)
        ]
    )


def worded_ramp(steps: pd.DataFrame) -> pd.DataFrame:
    """The steps after an opening with ``label`` and ``text``."""
    labels = [
        _("Days {first} to {last} after opening").format(first=row["first"], last=row["last"]) for row in rows_of(steps)
    ]
    return worded_rates(steps, labels, _("Share of what older spaces have on the same days"), "%")


def ramp_finding(steps: pd.DataFrame) -> str:
    """Where new spaces start and where they are after the last step."""
    rows = rows_of(worded_ramp(steps))
    return _("New spaces start at {first} of what older ones have and reach {last} after {days} days").format(
        first=rows[0]["text"], last=rows[-1]["text"], days=rows[-1]["last"]
    )


def ramp_note(steps: pd.DataFrame) -> str:
    """The rule of the measure and how many spaces it rests on."""
    return _(
        "Each space opened since the logs began, by what a space open before then had on average on the same days, so that season and "
        "holidays cancel; median of {count} spaces with 180 days. Sizes differ and are not evened out; the link is no proof of a cause."
    ).format(count=rows_of(steps)[0]["spaces"])


def span_text(spaces: pd.DataFrame) -> str:
    """From when to when the logs go."""
    rows = rows_of(spaces)
    return period_text(rows[0]["log_first"], rows[0]["log_last"]) if rows else ""


def _rate(value: Any) -> str:
    return "—" if value is None else f"{value:.1f}"


def _gap(row: Mapping[str, Any]) -> str:
    return {
        "no_opening": _("no day of opening published"),
        "no_area": _("no floor area published"),
    }.get(row["gap"], _("no visits"))
