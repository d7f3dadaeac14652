"""The words of a headline card, and of a project's line of evidence: its numbers as one sentence, and the one word for how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from etl.language import is_chinese
from etl.model import Card, Measure, Number, Qualifier
from pages.wording.catalog import _, run_on
from pages.wording.dates import as_of_text, time_text
from pages.wording.marks import mark_text
from pages.wording.numbers import NumberText, embargo_text, measure_word, number_text, per_cent_text


@dataclass(frozen=True)
class CardText:
    """One card: ``numbers`` is usually one; several printed versions of one thing all stand, with ``is_conflict``."""

    title: str
    kind: str
    numbers: tuple[NumberText, ...]
    lines: tuple[str, ...]
    is_conflict: bool = False


def card_text(card: Card) -> CardText:
    """The words of one card; no shown number gives no ``numbers``."""
    kinds = dict.fromkeys(measure_word(number.measure) for number in card.shown)
    kinds |= dict.fromkeys(_("Embargoed") for number in card.shown if number.embargoed)
    first = next(iter(card.shown), None)
    lines = [*(_line(number, first) for number in card.compared_with), card.note if is_chinese() else ""]
    return CardText(
        title=card.title,
        kind=_("/").join(filter(None, kinds)),
        numbers=tuple(map(number_text, card.shown)),
        lines=tuple(filter(None, lines)),
        is_conflict=any(number.conflict for number in card.shown),
    )


def _line(number: Number, first: Number | None) -> str:
    """A target with its percentage; a number of the indicator shown large by its period or place; another by its indicator's name."""
    text = f"{number_text(number)}{embargo_text(number)}"
    gap, colon = ("", "") if is_chinese() else (" ", ":")
    if first is not None and number.measure == Measure.TARGET:
        return _("; ").join(filter(None, [f"{_('target')}{gap}{text}", _percentage(first, number)]))
    name = number.breakdown_name or number.indicator_name
    if first is not None and number.indicator == first.indicator and not number.breakdown_name:
        name = number.place_name if number.place != first.place else time_text(number)
    return gap.join(filter(None, [f"{name}{colon}", measure_word(number.measure), text]))


def _percentage(actual: Number, target: Number) -> str:
    is_comparable = actual.unit == target.unit and actual.qualifier == target.qualifier == Qualifier.EXACT
    if not is_comparable or actual.measure != Measure.ACTUAL or not target.value or actual.value is None:
        return ""
    return _("{share} of the target (computed)").format(share=per_cent_text(100 * actual.value / target.value))


def overview_title(numbers: Iterable[tuple[Card, Number]]) -> str:
    """What the first headline numbers say, as one line: 2017—2018年建成规范化城市社区118个；2019年计划再建44个; ``""`` without any."""
    gap = "" if is_chinese() else ": "
    return _("; ").join(f"{card.title}{gap}{number_text(number)}" for card, number in numbers)


def evidence_text(numbers: Sequence[Number], elsewhere: Sequence[str] = ()) -> str:
    """The numbers of one project's line in a sentence.
    Places other than the city (``elsewhere``) are named in front; the versions of a conflict stand side by side, none of them alone.
    Numbers of one time say it once, behind them."""
    by_variant = groupby(sorted(numbers, key=attrgetter("variant")), key=attrgetter("variant"))
    versions = [list(group) for _variant, group in by_variant]
    said = _(" / ").join(_said(version) for version in versions)
    front = _(", ").join(elsewhere)
    return _("{place}: {said}").format(place=front, said=said) if front else said


def _said(numbers: Sequence[Number]) -> str:
    by_indicator = [list(group) for _name, group in groupby(numbers, key=attrgetter("indicator_name"))]
    by_time = [(when, list(own)) for when, own in groupby(by_indicator, key=_shared_time)]
    said = ((when, _("; ").join(map(_of_one_indicator, own))) for when, own in by_time)
    timed = _("{title} ({period})")
    return _("; ").join(timed.format(title=words, period=when) if when else words for when, words in said)


def _shared_time(numbers: Sequence[Number]) -> str:
    """The time of an indicator with one number; several say their own."""
    first = numbers[0]
    is_whole = first.period_start and first.period_end
    return "" if len(numbers) > 1 else time_text(first) if is_whole else as_of_text(first) or time_text(first)


def _of_one_indicator(numbers: Sequence[Number]) -> str:
    is_timed = len(numbers) > 1
    texts = [run_on(time_text(each) if is_timed else "", mark_text(each)) for each in numbers]
    return run_on(numbers[0].indicator_name, _(", ").join(texts))


def evidence_state(numbers: Sequence[Number], *, is_target_missing: bool = False) -> tuple[str, str]:
    """Colour and word for how a project stands; a conflict before all, then the target, then whether it is only planned.
    Only a target of the same indicator, place and period as what was done is held against it; without one there is no verdict, and
    no word unless somebody declared that it was not published: what has no target is not said to lack one."""
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
    if done.amount >= target.amount:
        return "blue", _("above target") if done.amount > target.amount else _("target met")
    return ("gray", _("as of now")) if done.qualifier != Qualifier.EXACT else ("red", _("below target"))
