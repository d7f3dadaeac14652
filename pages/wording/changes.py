"""The words for what differs between two releases: which screen, which card or chart, what it said and what it would say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from etl.model import Absence, Change, Check, Number
from pages.wording.catalog import _
from pages.wording.marks import mark_text
from pages.wording.screens import screen_names
from pages.wording.states import result_word, state_word
from pages.wording.times import time_text

MOST = 4
"""Numbers told of one card, chart or sentence; the others are counted."""


def kind_names() -> Mapping[str, str]:
    """Kind of a change -> its word."""
    return {
        "headline": _("headline card"),
        "chart": _("chart"),
        "sentence": _("press wording"),
        "check": _("check"),
        "absence": _("declared absence"),
    }


def changes_line(changed: Sequence[Change]) -> str:
    """How many things change, by kind; that nothing does where nothing does."""
    if not changed:
        return _("No headline card, chart of a screen, press wording, check or declared absence changes.")
    names, counts = kind_names(), Counter(change.kind for change in changed)
    told = [_("{name}: {count}").format(name=names[kind], count=count) for kind, count in counts.items()]
    return _("Changes: {listed}").format(listed=_("; ").join(told))


def change_rows(changed: Sequence[Change]) -> list[dict[str, str]]:
    """The changes as rows of a table: screen, what, name, before, after."""
    screens, kinds = screen_names(), kind_names()
    return [
        {
            _("Screen"): screens.get(change.screen, change.screen),
            _("Kind of display"): kinds[change.kind],
            _("Name"): change.name,
            _("Before"): _side(change.old, change.old_row),
            _("After"): _side(change.new, change.new_row),
        }
        for change in changed
    ]


def number_line(number: Number) -> str:
    """One number with what it speaks of: 礼堂数，甲市，2018年：12个."""
    what = [number.indicator_name, number.place_name, number.breakdown_name, time_text(number)]
    return _("{what}: {number}").format(what=_(", ").join(filter(None, what)), number=mark_text(number))


def _side(numbers: Sequence[Number], row: Check | Absence | None) -> str:
    if isinstance(row, Check):
        sides = " / ".join(filter(None, (row.left_value, row.right_value)))
        return " ".join(filter(None, (result_word(row.result), sides)))
    if isinstance(row, Absence):
        return f"{row.place_name} {state_word(row.state)}"
    told = [_of_one(number) for number in numbers[:MOST]]
    if len(numbers) > MOST:
        told.append(_("and {count} more").format(count=len(numbers) - MOST))
    return _("; ").join(told) or "—"


def _of_one(number: Number) -> str:
    return " ".join(filter(None, (number.place_name, time_text(number), mark_text(number))))
