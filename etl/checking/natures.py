"""What a number of a draft is told as: done, planned, aimed at, laid down - and how surely.

The reader of bulletins decides for one of them; a draft is checked, so here it also counts whether its words would fit another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from etl.checking.rounding import PrintedNumber
from etl.checking.times import Moment
from etl.reading.bulletin import Candidate
from etl.reading.layout import Layout, Span
from etl.reading.lexicon import any_of, words

_SMALL = tuple("两三四五六七八九")
_SUMMED_UP = re.compile("[^，。；、0-9]{0,6}(?:合计|之和|相加|加起来|共计|总计)")
_SPAN_OF_TIME = re.compile(
    "多?[建装修改增投]|来|间(?!接)|里|[^，。；、0-9]{0,6}(?:共|累计|合计|总|平均|翻|建成|增加|增长|减少|新增|完成)"
)
_TOOK = re.compile("(?:用时?|历时|耗时|花费?|仅|只|为期|需要?|不到|长达|缩短[到至为]?)了?(?:近|约|短短)?$(?!\n)")
_DONE = re.compile(
    "建成|完成|竣工|落成|已|了|实际|投用|投入使用|建好|交付|通过验收|办结|实现|共(?:计|)(?:投入|完成|整合|发放|筹集)|先后"
)
_SUPPOSED = re.compile("如果|若(?!干)|一旦|假如|假设|(?<![接等招款看对期亟优])待|届时|完成后|建成后")
_SURELY = re.compile("已|(?<![为除])了(?!解)|实际|投入使用|投用|竣工|交付")
_MODAL = re.compile("将|会|若|如果|有望|届时|可|待|后")
_PREPARED = re.compile(
    "(?:选址|规划|立项|招标|设计|方案|前期|任务|开工|动工|启动)[^，。；0-9]{0,4}(?:已|全部|均|都|基本)[^，。；0-9]{0,8}"
)
_ACTED = re.compile(
    "加装|扩建|改建|修建|兴建|新建|增设|新增|投放|发放|救助|资助|治理|整治|疏浚|更换|升级|开通|新开|修复|硬化|栽植|绿化|培训|改造|建起|建设(?![^，。；0-9]{0,4}(?:任务|计划|目标|标准))"
)
_FLOOR = re.compile("(?:下限|底线|最低|起码)[^，。；0-9]{0,8}$(?!\n)")
_FLOORS = re.compile("(?:下限|底线|最低标准)[^，。；0-9]{0,6}：[^。；]*$(?!\n)")
_FLOOR_BEHIND = re.compile("的?(?:下限|底线|最低)")
_CEILING = re.compile("(?:上限|最高|封顶|最多)[^，。；0-9]{0,4}$(?!\n)")
_BASE = re.compile("[^，。；、0-9]{0,10}[中里](?!心)")
SHARED_OUT = re.compile("占[^，。；0-9]{0,12}$(?!\n)")
_AIM_BEFORE = re.compile("(?:目标|任务)(?:任务)?(?:数|值)?[为是的]?$(?!\n)")
_AIM_NEXT = re.compile("的?(?:年度|全年|建设|既定|总|预定|年初)?(?:目标|任务)")
SETTING = re.compile("计划|(?<!模)拟|预计|将|要|目标|任务|力争|争取|确保|安排|规划|再建(?!成)|若|如果")


@dataclass(frozen=True)
class Natures:
    """The words of one draft in its ``parts``; ``plain`` is its text without dates and names, ``day`` when it was written."""

    parts: Layout
    plain: str
    day: date | None

    def is_past(self, sentence: Span, core: int, moment: Moment) -> bool:
        """Whether a number taken for planned because of its time alone speaks of a time that has passed."""
        said = self.parts.text[sentence.start : core]
        passed = bool(moment.here and moment.last and self.day and moment.last <= self.day)
        return passed and not SETTING.search(said)

    def is_supposed(self, sentence: Span, clause: Span, core: int) -> bool:
        """Whether a number is told under a condition (若全部完成), and its own clause does not say that it is so."""
        own = self.parts.text[clause.start : core]
        if _DONE.search(own) and not _MODAL.search(own):
            return False
        return bool(_SUPPOSED.search(self.parts.text, sentence.start, core))

    def of(self, one: Candidate, clause: Span, sentence: Span, core: int, stop: int) -> tuple[str, bool, bool]:
        """Return the measure, whether the words would fit another as well, and whether they say that it is done."""
        text = self.parts.text
        here = _PREPARED.sub("", text[clause.start : core] + text[stop : clause.end][:12])
        done = bool(_DONE.search(here))
        base = bool(_BASE.match(text, stop)) or (
            bool(SHARED_OUT.search(text[clause.start : core])) and text[stop : stop + 1] == "的"
        )
        if one.measure != "target" and (
            _AIM_NEXT.match(text, stop) or (one.measure == "actual" and _AIM_BEFORE.search(text[clause.start : core]))
        ):
            return "target", False, False
        earlier = text[sentence.start : clause.start]
        segment = self.parts.segment(core)
        told_here = text[segment.start : core] + text[stop : clause.end][:12]
        if (
            one.measure in ("plan", "target")
            and segment.start > sentence.start
            and done
            and not SETTING.search(told_here)
        ):
            return "actual", False, True
        if one.measure == "plan" and _SURELY.search(here) and not SETTING.search(text[sentence.start : core] + here):
            return "actual", False, True
        if one.measure != "actual" and _DONE.search(earlier) and not done and not SETTING.search(here):
            return one.measure, True, True
        if one.measure != "actual":
            return one.measure, base or (done and not SETTING.search(here)), done
        earlier = text[sentence.start : core]
        own = text[clause.start : core]
        acts = _acts().search(own if re.search("[一-鿿]{2}", self.plain[clause.start : core]) else earlier)
        neutral = (not done and (not acts or bool(SETTING.search(earlier)))) or bool(_SUPPOSED.search(earlier))
        return "actual", neutral or base, done


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(f"{any_of([*words('actual'), *words('act')])}|{_ACTED.pattern}")


def laid_down(told: PrintedNumber, before: str, said: str, behind: str) -> str:
    """Return the qualifier of a number that is told as a lower or upper limit: 下限为350平方米, 350平方米的下限, 下限：便民80平方米."""
    if told.qualifier != "exact" or told.unit in ("%", "倍", "百分点"):
        return told.qualifier
    if _FLOOR.search(before) or _FLOORS.search(said) or _FLOOR_BEHIND.match(behind):
        return "at_least"
    return "up_to" if _CEILING.search(before) else "exact"


def is_a_span(before: str, told: PrintedNumber, behind: str) -> bool:
    """Tell whether a duration only names a stretch of time, a small number what is summed up: 两年共建成, 两类合计."""
    if told.unit in ("年", "月", "天"):
        return told.qualifier == "exact" and not _TOOK.search(before) and bool(_SPAN_OF_TIME.match(behind))
    return told.as_printed[:1] in _SMALL and bool(_SUMMED_UP.match(behind))
