"""When a number holds: the period it covers and the day it speaks of, as far as its paragraph says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from etl.reading.dates import Period
from etl.reading.layout import Layout
from etl.reading.lexicon import words

_UNTIL = re.compile("截至|截止到?|到$|止")
_NOW = re.compile("截至目前|目前|截至发稿|眼下|现有|现已")


@dataclass(frozen=True)
class When:
    """First and last day of the period a number covers, and the day a stock speaks of; None where the text is silent."""

    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class Times:
    """The periods of one text, ready to be asked when a number holds."""

    parts: Layout
    periods: tuple[Period, ...]
    published_on: date | None

    def of(self, at: int) -> When:
        """Return the time of the number at ``at``: one named behind it in its clause, else the last of its paragraph before it."""
        nearest = self._behind(at) or self._before(at)
        if not nearest:
            return When(as_of=self.published_on)
        text = self.parts.text
        ahead = self.published_on and nearest.last and nearest.last > self.published_on
        if not ahead and _UNTIL.search(text[max(0, nearest.start - 3) : nearest.start]):
            covered = self._before(nearest.start)
            if not covered or covered.start < self.parts.sentence(at).start:
                return When(as_of=nearest.last)
            return When(covered.first, nearest.last, nearest.last)
        if nearest.start < at and _NOW.search(text, nearest.end, at):
            return When(as_of=self.published_on)
        return When(nearest.first, nearest.last, self.published_on)

    def is_ahead(self, at: int) -> bool:
        """Tell whether the sentence has named a day after publication before ``at``: 到2025年，覆盖率达到90%."""
        nearest = self._before(at)
        if not nearest or not nearest.first or nearest.start < self.parts.sentence(at).start:
            return False
        return self.published_on is not None and nearest.first > self.published_on

    @cached_property
    def _named(self) -> tuple[Period, ...]:
        return tuple(one for one in self.periods if one.first and not _is_compared(self.parts.text, one))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(one.start for one in self._named)

    def _before(self, at: int) -> Period | None:
        index = bisect_left(self._starts, at)
        return self._named[index - 1] if index and self._starts[index - 1] in self.parts.paragraph(at) else None

    def _behind(self, at: int) -> Period | None:
        """Return the date behind a number: 5个社区在2018年3月已通过验收."""
        index = bisect_left(self._starts, at)
        if index == len(self._named) or self._starts[index] not in self.parts.clause(at):
            return None
        return self._named[index] if self.parts.text[self._starts[index] - 1] in "在于" else None


def _is_compared(text: str, period: Period) -> bool:
    """Tell whether the period is only what another is compared with: 比上年, 较去年同期."""
    return text[period.start - 1 : period.start] in tuple("比较与同") or text.startswith(
        ("同期", "末", "相比"), period.end
    )


@cache
def kind_of_time(told: str) -> str:
    """Return what words without a date speak of: ``now`` (目前), ``since`` (自专项行动开展以来), ``former`` (以前), else ``span`` (连续两年).

    The first word of class ``time`` in ``told`` decides: 目前（今年年初全面普查） speaks of now.
    """
    found = [(told.find(word), kind) for word, kind in words("time").items() if word in told]
    return min(found)[1] if found else "span"
