"""Bars by place, the largest first; the title tells what the first two have together of the total."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.language import is_chinese
from etl.model import Qualifier
from etl.rules.interval import Interval, point, printed, qualifier_of
from pages.charts.bars import horizontal_bars
from pages.charts.form import Form, Marks
from pages.wording.catalog import _, listed
from pages.wording.marks import Mark, place_label, same_period
from pages.wording.numbers import PER_CENT, measure_word, number_text, per_cent_text, qualifier_word

SHARE_STEP = Decimal("0.1")
"""The last digit of a share."""


def _leading_places(marks: Marks) -> str:
    """甲区、乙区合计36个，占甲市计划44个的81.8%（推算） - only where the total is printed, the numbers are exact and these are the two
    largest: a third that equals the second is left out of no sentence, so then nothing is said.
    """
    shown = marks.shown
    total = next((row for row in marks.beside if _same_thing(row, shown[0])), None)
    if total is None or len(shown) < 3 or any(not _adds_up(row) for row in [*shown, total]):
        return ""
    first = sorted(shown, key=lambda row: -row["value"])[:3]
    if first.pop()["value"] == first[-1]["value"]:
        return ""
    value = sum((row["value"] for row in first), start=Decimal(0))
    joint = number_text({**first[0], "value": value})
    return _("{places}: {number} together, {share} of the {kind} {total} of {place} (computed)").format(
        place=total["place_name"],
        places=listed(row["place_name"] for row in first),
        number=joint,
        share=_share_text(first, total),
        kind=measure_word(total["measure"]),
        total=number_text(total),
    )


def _share_text(parts: Sequence[Mark], total: Mark) -> str:
    """The parts as per cent of the total; 约 where what their printing leaves open changes the digit shown."""
    share = 100 * sum((row["value"] for row in parts), start=Decimal(0)) / total["value"]
    left_open = point(Decimal(100)) * sum(map(_range, parts), start=point(Decimal(0))) / _range(total)
    is_approx = qualifier_of(left_open, share, SHARE_STEP) is Qualifier.APPROX
    word = qualifier_word(Qualifier.APPROX, PER_CENT) if is_approx else ""
    return ("" if is_chinese() else " ").join(filter(None, (word, per_cent_text(share))))


def _range(row: Mark) -> Interval:
    return printed(row["value"], None, row["qualifier"], row["step"], continuous=False)


def _adds_up(row: Mark) -> bool:
    """Whether a number may be added to others: an exact one that was counted - no share, nothing computed."""
    return row["qualifier"] == Qualifier.EXACT and row["unit"] != PER_CENT and not row["derived"]


def _same_thing(one: Mark, other: Mark) -> bool:
    return all(one[name] == other[name] for name in ("indicator", "measure", "unit")) and same_period(one, other)


FORM = Form(label=place_label, build=horizontal_bars, finding=_leading_places, header="地区")
