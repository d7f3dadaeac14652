"""Checking a press draft number by number against what is published.

Every number is bound to its subject by the words around it, then compared; what it gets is decided by the rules of
``etl.checking.rules``, one after the other. What may be known is decided before: the records hold only what this reader may see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from etl.checking.case import Case, Finding, open_book
from etl.checking.claims import read_draft
from etl.checking.offers import COMPUTED
from etl.checking.published import PublishedData
from etl.checking.rules import decided
from etl.reading.grammar import ORDINAL

__all__ = ["Finding", "check_draft"]


def check_draft(text: str, published: PublishedData, *, written_on: date | None = None) -> list[Finding]:
    """Return one finding for each number of ``text`` in reading order; dates and idioms are no numbers.

    What is offered instead is checked again as it would stand there, and not offered where it would not pass.
    ``written_on`` is the day 今年 and 目前 are read from; without it the day of the newest publication about the draft's city.
    An empty text gives an empty list.
    """
    found = _findings(text, published, written_on)
    offered = {index: one.expected.removesuffix(COMPUTED) for index, one in enumerate(found) if one.expected}
    if not offered:
        return found
    mended, starts = _mended(text, found, offered)
    passed = {one.start for one in _findings(mended, published, written_on) if one.verdict.passes}
    failed = {
        index for index, told in offered.items() if passed.isdisjoint(range(starts[index], starts[index] + len(told)))
    }
    return [replace(one, expected="") if index in failed else one for index, one in enumerate(found)]


def _findings(text: str, published: PublishedData, written_on: date | None) -> list[Finding]:
    book = open_book(published, read_draft(text, published, written_on))
    return _one_each([decided(case) for case in book.cases if _is_listed(case)])


def _is_listed(case: Case) -> bool:
    """Return whether a number is one to check: a place in an order (第一名) only where a rank is known to speak of."""
    return case.claim.told.unit != ORDINAL or bool(case.bound)


def _mended(text: str, found: Sequence[Finding], offered: Mapping[int, str]) -> tuple[str, list[int]]:
    """Return the text with what is offered for its findings, and where each finding then begins."""
    made, starts, at = "", [], 0
    for index, one in enumerate(found):
        made += text[at : one.start]
        starts.append(len(made))
        made += offered.get(index, text[one.start : one.end])
        at = one.end
    return made + text[at:], starts


def _one_each(found: Sequence[Finding]) -> list[Finding]:
    """Return the findings with those of one printed number (甲、乙各4个) joined: the gravest verdict, all observations."""
    joined: dict[tuple[int, int], Finding] = {}
    for one in found:
        before = joined.get((one.start, one.end))
        if before:
            worse = min(before, one, key=lambda finding: finding.verdict.rank)
            ids = tuple(dict.fromkeys((*before.observations, *one.observations)))
            joined[one.start, one.end] = replace(worse, observations=ids)
        else:
            joined[one.start, one.end] = one
    return list(joined.values())
