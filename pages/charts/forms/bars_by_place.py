"""Bars by place, the largest first; the title tells what the first two have together of the total."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from etl.model import Mark, Qualifier
from etl.rules.interval import Interval, point, printed, qualifier_of
from pages.charts.bars import horizontal_bars
from pages.charts.form import Form, Numbers
from pages.wording.catalog import _, listed, run_on
from pages.wording.marks import place_label
from pages.wording.numbers import PER_CENT, measure_word, number_text, per_cent_text, qualifier_word

SHARE_STEP = Decimal("0.1")  # the last digit of a share


def _leading_places(numbers: Numbers) -> str:
    """甲区、乙区合计36个，占甲市计划44个的81.8%（推算） - only where the total is printed, the numbers are exact and these are the two
    largest: a third that equals the second is left out of no sentence, so then nothing is said."""
    shown = numbers.shown
    total = next((mark for mark in numbers.beside if _thing(mark) == _thing(shown[0])), None)
    if total is None or len(shown) < 3 or not all(map(_adds_up, (*shown, total))):
        return ""
    *first, third = sorted(shown, key=lambda mark: -mark.amount)[:3]
    if third.value == first[-1].value:
        return ""
    joint = number_text(replace(first[0], value=_sum(first)))
    names, share = listed(mark.place_name for mark in first), _share_text(first, total)
    place, kind, whole = total.place_name, measure_word(total.measure), number_text(total)
    told = _("{places}: {number} together, {share} of the {kind} {total} of {place} (computed)")
    return told.format(place=place, places=names, number=joint, share=share, kind=kind, total=whole)


def _share_text(parts: Sequence[Mark], total: Mark) -> str:
    """The parts as per cent of the total; 约 where what their printing leaves open changes the digit shown."""
    share = 100 * _sum(parts) / total.amount
    left_open = point(Decimal(100)) * sum(map(_range, parts), start=point(Decimal(0))) / _range(total)
    is_approx = qualifier_of(left_open, share, SHARE_STEP) is Qualifier.APPROX
    return run_on(qualifier_word(Qualifier.APPROX, PER_CENT) if is_approx else "", per_cent_text(share))


def _sum(marks: Iterable[Mark]) -> Decimal:
    return sum((mark.amount for mark in marks), start=Decimal(0))


def _range(mark: Mark) -> Interval:
    return printed(mark.amount, None, mark.qualifier, mark.step, continuous=False)


def _adds_up(mark: Mark) -> bool:
    """Whether a number may be added to others: an exact one that was counted - no share, nothing computed."""
    return mark.qualifier == Qualifier.EXACT and mark.unit != PER_CENT and not mark.derived


_thing = attrgetter("indicator", "measure", "unit", "period")
"""What two numbers have in common of which one may be a part of the other."""


FORM = Form(label=place_label, build=horizontal_bars, finding=_leading_places, header="地区")
