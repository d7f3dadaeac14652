"""Bars of the items of a breakdown, in its own order; the title tells items of one number together."""

from __future__ import annotations

from itertools import groupby

from etl.model import Mark
from pages.charts.bars import horizontal_bars
from pages.charts.form import Form, Numbers
from pages.wording.catalog import _, listed
from pages.wording.marks import mark_text

GROUPS = 3  # more than this many different numbers make no title


def _label(mark: Mark) -> str:
    return mark.breakdown_name or mark.indicator_name


def _items(numbers: Numbers) -> str:
    """甲区 · 座数 · 方式：新建、改建各5个 - items of one number together, where that leaves at most GROUPS groups."""
    ranked = sorted(numbers.shown, key=lambda mark: -mark.amount)
    groups = [(text, list(alike)) for text, alike in groupby(ranked, key=mark_text)]
    if len(groups) > GROUPS:
        return ""
    each, alone = _("{items} {number} each").format, _("{items} {number}").format
    named = [(listed(mark.breakdown_name for mark in alike), text, len(alike) > 1) for text, alike in groups]
    items = [(each if is_joint else alone)(items=names, number=text) for names, text, is_joint in named]
    return _("{title}: {items}").format(title=numbers.title, items=_("; ").join(items))


FORM = Form(label=_label, build=horizontal_bars, finding=_items)
