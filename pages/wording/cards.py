"""The words of a headline card: the large number and the lines below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.language import is_chinese
from etl.model import Card, Measure, Number, Qualifier
from pages.wording.catalog import _
from pages.wording.dates import time_text
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
    if first is not None and number.indicator == first.indicator:
        where = number.place_name if number.place != first.place else time_text(number)
        name = number.breakdown_name or where
    else:
        name = number.breakdown_name or number.indicator_name
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
