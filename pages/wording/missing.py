"""What a declared absence is about, named so that nobody takes it for what is published: its kind and its breakdown are said.

Beside a published plan the words 礼堂数未公布 would be untrue; what is not published is 礼堂建成数.  Chinese throughout, as
sentences, requests and the task list are.
"""

from __future__ import annotations

from etl.model import Absence, Measure

ACTUAL = "实际"
COUNT = "数"
"""How names of counts end; 计划数 and 建成数 say it already."""

PERSONS = ("人数", "户数")
"""Names of counts that lose their sense without 数."""

DIVIDED = ("按", "逐")
"""How the items of a breakdown begin that say by what the numbers are divided: 按月, 逐座."""


def missing_name(absence: Absence) -> str:
    """What is not there: 礼堂计划数, 礼堂建成数, 投诉按月分列的数, 礼堂数中新建的数.

    An actual number is called by the indicator's ``done_word``, or 实际, only where the indicator is also planned (``is_planned``);
    otherwise its name says it.
    """
    name, item = absence.indicator_name, absence.breakdown_name
    is_division = item.startswith(DIVIDED)
    word = absence.measure.word if absence.measure else ""
    kind = word or ("" if is_division else _actual(absence))
    if item:
        return f"{name}{item}分列的{_counted(kind)}" if is_division else f"{_bare(name)}中{item}的{_counted(kind)}"
    if not kind:
        return name
    return f"{_bare(name)}{_counted(kind)}" if _bare(name) != name and kind != ACTUAL else f"{name}的{_counted(kind)}"


def _actual(absence: Absence) -> str:
    """The word for an actual number: none where there is no plan beside it; 实际 of a part, and where the name holds the own word."""
    if not absence.is_planned:
        return ""
    word = absence.done_word
    return word if word and not absence.breakdown_name and word not in absence.indicator_name else ACTUAL


def _bare(name: str) -> str:
    """The name without 数, where something is left that can stand alone."""
    return name if name.endswith(PERSONS) else name.removesuffix(COUNT)


def _counted(kind: str) -> str:
    return kind if kind == Measure.STANDARD.word else f"{kind}{COUNT}"


def missing_where(absence: Absence) -> str:
    """The place of an absence, of several the first: 东区, 东区等地."""
    first, others, _rest = absence.place_name.partition("、")
    return f"{first}等地" if others else first
