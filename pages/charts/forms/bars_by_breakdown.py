"""Bars of the items of a breakdown, in its own order; the title tells items of one number together."""

from __future__ import annotations

from itertools import groupby

from etl.language import is_chinese
from pages.charts.bars import horizontal_bars
from pages.charts.form import Form, Marks
from pages.wording.catalog import _
from pages.wording.marks import Mark, mark_text

GROUPS = 3
"""More than this many different numbers make no title."""


def _label(mark: Mark) -> str:
    return str(mark["breakdown_name"] or mark["indicator_name"])


def _items(marks: Marks) -> str:
    """甲区 · 座数 · 方式：新建、改建各5个 - items of one number together, where that leaves at most GROUPS groups."""
    ranked = sorted(marks.shown, key=lambda row: -row["value"])
    groups = [(text, list(rows)) for text, rows in groupby(ranked, key=mark_text)]
    if len(groups) > GROUPS:
        return ""
    joint = "、" if is_chinese() else ", "
    each = _("{items} {number} each")
    said = [
        (each if len(rows) > 1 else _("{items} {number}")).format(
            items=joint.join(str(row["breakdown_name"]) for row in rows), number=text
        )
        for text, rows in groups
    ]
    return _("{title}: {items}").format(title=marks.title, items=_("; ").join(said))


FORM = Form(label=_label, build=horizontal_bars, finding=_items)
