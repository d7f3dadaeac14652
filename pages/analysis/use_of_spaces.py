"""Fair numbers of how spaces are used: the mean of each weekday, rates per day and per square metre, how new spaces come into use.

What a rate needs and nobody has published (a day of opening, a floor area) is never put in: the rate is missing and says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from statistics import median

import pandas as pd

from pages.wording.rows import rows_of

PER_AREA = 100
"""Square metres that a rate per area speaks of."""
WINDOW, WINDOWS = 30, 6
"""Days of one step after an opening, and how many steps are looked at."""
RATE_COLUMNS = ("days", "per_day", "per_area", "loans_per_100", "gap")
RAMP_COLUMNS = ("window", "first", "last", "value", "spaces")


def by_weekday(visits: Mapping[dt.date, int]) -> dict[int, tuple[Decimal, int]]:
    """ISO weekday -> the mean of its days and how many there are."""
    groups: dict[int, list[int]] = {}
    for day, value in visits.items():
        groups.setdefault(day.isoweekday(), []).append(value)
    return {weekday: (Decimal(sum(own)) / len(own), len(own)) for weekday, own in sorted(groups.items())}


def rates(spaces: pd.DataFrame) -> pd.DataFrame:
    """``spaces`` (pages.queries.spaces.SPACE_COLUMNS) with RATE_COLUMNS; same rows, same order.

    ``days`` are the calendar days from the opening, or the first logged day where that is later, to the last logged one, closed days
    too; ``per_day`` visits by them, ``per_area`` that by 100 square metres, ``loans_per_100`` loans by 100 visits.  ``gap`` is
    ``no_opening`` or ``no_area`` where that is why a rate is None, ``""`` otherwise.
    """
    made = [row | _rates(row) for row in rows_of(spaces)]
    return pd.DataFrame(made, columns=[*spaces.columns, *RATE_COLUMNS], dtype=object)


def _rates(row: Mapping[str, object]) -> dict[str, object]:
    visits, loans = Decimal(str(row["visits"])), Decimal(str(row["loans"]))
    share = {"loans_per_100": 100 * loans / visits if visits else None}
    opened, first, last, area = row["opened_on"], row["log_first"], row["log_last"], row["area"]
    assert isinstance(first, dt.date)
    assert isinstance(last, dt.date)
    if not isinstance(opened, dt.date) or opened > last:
        return share | {"days": None, "per_day": None, "per_area": None, "gap": "no_opening"}
    days = (last - max(first, opened)).days + 1
    per_day = visits / days
    per_area = PER_AREA * per_day / area if isinstance(area, Decimal) and area else None
    return share | {
        "days": days,
        "per_day": per_day,
        "per_area": per_area,
        "gap": "" if per_area is not None else "no_area",
    }


def ramp_up(daily: pd.DataFrame, opened: Mapping[str, dt.date | None]) -> pd.DataFrame:
    """How spaces opened since the logs began came into use: one row per 30 days after opening, six of them; RAMP_COLUMNS.

    ``daily`` has facility, day and visits; ``opened`` is facility -> day of opening, None where none is published (such a space counts
    on neither side).  Each new space's visits in a step are divided by what a space open before the logs began had on average on the
    same days, so that season and holidays cancel; ``value`` is the median of these per cent over the ``spaces`` that have all steps.
    No rows where nothing can be compared.
    """
    empty = pd.DataFrame([], columns=list(RAMP_COLUMNS), dtype=object)
    if daily.empty:
        return empty
    first, last = daily["day"].min(), daily["day"].max()
    visits = daily.pivot_table(index="day", columns="facility", values="visits", aggfunc="sum", fill_value=0)
    visits = visits.reindex(
        pd.Index([first + dt.timedelta(days=at) for at in range((last - first).days + 1)]), fill_value=0
    )
    old = [each for each in visits.columns if (day := opened.get(each)) is not None and day <= first]
    new = {
        each: (day - first).days for each in visits.columns
        if (day := opened.get(each)) is not None and first < day <= last - dt.timedelta(days=WINDOW * WINDOWS - 1)
    }  # fmt: skip
    if not old or not new:
        return empty
    usual = visits[old].mean(axis=1).to_numpy()
    rows = []
    for window in range(WINDOWS):
        shares = []
        for facility, start in new.items():
            span = slice(start + window * WINDOW, start + (window + 1) * WINDOW)
            if base := float(usual[span].sum()):
                shares.append(100 * float(visits[facility].to_numpy()[span].sum()) / base)
        if shares:
            value = Decimal(str(median(shares))).quantize(Decimal("0.1"))
            rows.append(
                {
                    "window": window,
                    "first": window * WINDOW + 1,
                    "last": (window + 1) * WINDOW,
                    "value": value,
                    "spaces": len(shares),
                }
            )
    return pd.DataFrame(rows, columns=list(RAMP_COLUMNS), dtype=object)
