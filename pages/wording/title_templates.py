"""Titles and notes that are templates of reference data, filled from what is shown: no typed number outlives the number."""

from __future__ import annotations

from collections.abc import Sequence

from etl.language import is_chinese
from etl.model import Measure, Number
from etl.rules.templates import SEPARATOR, Slot, SlotValue, filled
from pages.wording.dates import day_text
from pages.wording.numbers import number_text
from pages.wording.times import as_of_text, time_text


def title_of(template: str, shown: Sequence[Number], beside: Sequence[Number] = ()) -> str:
    """``template`` filled from the numbers shown and those they are compared with (etl.rules.titles); a text without slots stays as it is."""
    if "{" not in template:
        return template
    numbers = {"shown": shown, "beside": beside}
    numbers |= {measure: [number for number in shown if number.measure == measure] for measure in Measure}
    slots = {name: Slot(tuple(map(_slot_value, held))) for name, held in numbers.items()}
    text = filled(template, slots)
    return text if is_chinese() else text.replace(SEPARATOR, ", ")


def _slot_value(number: Number) -> SlotValue:
    return SlotValue(
        text=str(number_text(number)),
        place=number.place_name,
        indicator=number.indicator_name,
        breakdown=number.breakdown_name,
        when=time_text(number),
        period=time_text(number) if number.period_start or number.period_end else "",
        as_of=day_text(number.as_of) if as_of_text(number) else "",
    )
