"""What a declared absence is about, named so that nobody takes it for what is published: its kind and its breakdown are said.

Beside a published plan the words 礼堂数未公布 would be untrue; what is not published is 礼堂建成数.  Chinese throughout, as
sentences, requests and the task list are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.model import Measure

Row = Mapping[str, Any]

ACTUAL = "实际"
COUNT = "数"
"""How names of counts end; 计划数 and 建成数 say it already."""

PERSONS = ("人数", "户数")
"""Names of counts that lose their sense without 数."""

DIVIDED = ("按", "逐")
"""How the items of a breakdown begin that say by what the numbers are divided: 按月, 逐座."""


def missing_name(row: Row) -> str:
    """What a row of pages.queries.data_quality.absences says is not there: 礼堂计划数, 礼堂建成数, 投诉按月分列的数, 礼堂数中新建的数.

    An actual number is called by the indicator's ``done_word``, or 实际, only where the indicator is also planned (``is_planned``);
    otherwise its name says it.
    """
    name, item, measure = str(row["indicator_name"]), str(row["breakdown_name"] or ""), str(row["measure"])
    is_division = item.startswith(DIVIDED)
    word = Measure(measure).word if measure else ""
    kind = word or ("" if is_division else _actual(row))
    if item:
        return f"{name}{item}分列的{_counted(kind)}" if is_division else f"{_bare(name)}中{item}的{_counted(kind)}"
    if not kind:
        return name
    return f"{_bare(name)}{_counted(kind)}" if _bare(name) != name and kind != ACTUAL else f"{name}的{_counted(kind)}"


def _actual(row: Row) -> str:
    """The word for an actual number: none where there is no plan beside it; 实际 of a part, and where the name holds the own word."""
    if not row["is_planned"]:
        return ""
    word = str(row["done_word"] or "")
    return word if word and not row["breakdown_name"] and word not in str(row["indicator_name"]) else ACTUAL


def _bare(name: str) -> str:
    """The name without 数, where something is left that can stand alone."""
    return name if name.endswith(PERSONS) else name.removesuffix(COUNT)


def _counted(kind: str) -> str:
    return kind if kind == Measure.STANDARD.word else f"{kind}{COUNT}"


def missing_where(row: Row) -> str:
    """The place of an absence, of several the first: 东区, 东区等地."""
    first, others, _rest = str(row["place_name"]).partition("、")
    return f"{first}等地" if others else first
