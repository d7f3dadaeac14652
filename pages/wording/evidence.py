"""A project's line of evidence: its numbers as one sentence, and the one word that sums up how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from etl.language import is_chinese
from etl.model import Measure, Number, Qualifier
from pages.wording.catalog import _
from pages.wording.dates import as_of_text, time_text
from pages.wording.marks import mark_text

variant_of = attrgetter("variant")


def evidence_text(numbers: Sequence[Number], elsewhere: Sequence[str] = ()) -> str:
    """The numbers of one project's line in a sentence.

    Places other than the city (``elsewhere``) are named in front; the versions of a conflict stand side by side, none of them alone.
    Numbers of one time say it once, behind them.
    """
    versions = [list(group) for _variant, group in groupby(sorted(numbers, key=variant_of), key=variant_of)]
    said = _(" / ").join(_said(version) for version in versions)
    front = _(", ").join(elsewhere)
    return _("{place}: {said}").format(place=front, said=said) if front else said


def _said(numbers: Sequence[Number]) -> str:
    by_indicator = [list(group) for _name, group in groupby(numbers, key=attrgetter("indicator_name"))]
    by_time = [(when, list(own)) for when, own in groupby(by_indicator, key=_shared_time)]
    return _("; ").join(_at(when, _("; ").join(_of_one_indicator(group) for group in own)) for when, own in by_time)


def _shared_time(numbers: Sequence[Number]) -> str:
    """The time of an indicator with one number; several say their own."""
    first = numbers[0]
    is_whole = first.period_start and first.period_end
    return "" if len(numbers) > 1 else time_text(first) if is_whole else as_of_text(first) or time_text(first)


def _at(when: str, said: str) -> str:
    return _("{title} ({period})").format(title=said, period=when) if when else said


def _of_one_indicator(numbers: Sequence[Number]) -> str:
    gap = "" if is_chinese() else " "
    is_timed = len(numbers) > 1
    texts = [gap.join(filter(None, [time_text(each) if is_timed else "", mark_text(each)])) for each in numbers]
    return f"{numbers[0].indicator_name}{gap}{_(', ').join(texts)}"


def evidence_state(numbers: Sequence[Number], *, is_target_missing: bool = False) -> tuple[str, str]:
    """Colour and word for how a project stands; a conflict before all, then the target, then whether it is only planned.

    Only a target of the same indicator, place and period as what was done is held against it; without one there is no verdict, and
    no word unless somebody declared that it was not published: what has no target is not said to lack one.
    """
    if any(number.conflict for number in numbers):
        return "red", _("conflicting definitions")
    for target in (number for number in numbers if number.measure == Measure.TARGET):
        for done in numbers:
            if done.measure == Measure.ACTUAL and _thing(done) == _thing(target):
                return _against(done, target)
    if numbers and all(number.measure == Measure.PLAN for number in numbers):
        return "blue", _("plan")
    return "gray", _("no target published") if is_target_missing else ""


_thing = attrgetter("indicator", "place", "period_start", "period_end", "breakdown")


def _against(done: Number, target: Number) -> tuple[str, str]:
    if done.value is None or target.value is None:
        raise ValueError("a number without a value is held against nothing")
    if done.value > target.value:
        return "blue", _("above target")
    if done.value == target.value:
        return "blue", _("target met")
    return ("gray", _("as of now")) if done.qualifier != Qualifier.EXACT else ("red", _("below target"))
