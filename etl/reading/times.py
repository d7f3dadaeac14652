"""When a number holds: the period it covers and the day it speaks of, as far as its paragraph says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.reading.dates import Period
from etl.reading.layout import Layout

_UNTIL = re.compile("截至|截止到?|到$|止")
_NOW = re.compile("截至目前|目前|截至发稿|眼下|现有|现已")
_COMPARED = re.compile("[比较与同]$")


@dataclass(frozen=True)
class When:
    """First and last day of the period a number covers, and the day a stock speaks of; None where the text is silent."""

    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None


def when(parts: Layout, periods: Sequence[Period], at: int, published_on: date | None) -> When:
    """Return the time of the number at ``at``: that of its clause, else of its sentence, else of its paragraph before it."""
    text = parts.text
    sentence, paragraph = parts.sentence(at), parts.paragraph(at)
    starts = [period.start for period in periods]
    named = [
        period
        for period in periods[bisect_left(starts, paragraph.start) : bisect_left(starts, at)]
        if period.first and not _is_compared(text, period)
    ]
    if not named:
        return When(as_of=published_on)
    nearest = named[-1]
    if _UNTIL.search(text[max(paragraph.start, nearest.start - 3) : nearest.start]):
        covered = next((period for period in reversed(named[:-1]) if period.start >= sentence.start), None)
        start = covered.first if covered else None
        return When(start, nearest.last if covered else None, nearest.last)
    if _NOW.search(text, nearest.end, at):
        return When(as_of=published_on)
    return When(nearest.first, nearest.last, published_on)


def _is_compared(text: str, period: Period) -> bool:
    """Tell whether the period is only what another is compared with: 比上年, 较去年同期."""
    return bool(_COMPARED.search(text[: period.start][-1:])) or text.startswith(("同期", "末", "相比"), period.end)
