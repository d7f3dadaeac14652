"""When a number speaks of: its period, or the day it stood at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.wording.catalog import Words
from pages.wording.dates import day_text, period_text


def time_text(number: Mapping[str, Any], _: Words) -> str:
    """The period a number covers, else the day it speaks of, else nothing."""
    return period_text(number["period_start"] or None, number["period_end"] or None, _) or as_of_text(number, _)


def as_of_text(number: Mapping[str, Any], _: Words) -> str:
    """截至2019年3月21日; nothing without a day."""
    day = number["as_of"] or None
    return _("as of {day}").format(day=day_text(day, _)) if day else ""
