"""What a number says: what was done (actual), is meant to be done (plan, target), or is laid down (standard).

Asked in this order: the number itself (10件民生实事, 60岁以上), its own clause, the clauses of the sentence before it, how the
paragraph opens, the heading above. Words that go with plans and deeds alike (完成, 建成) decide nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from etl.reading.compact import PARAGRAPH
from etl.reading.grammar import Reading
from etl.reading.layout import Layout
from etl.reading.lexicon import any_of, words
from etl.reading.times import Times

_PROGRAMME = re.compile(
    "(?:[0-9]+[件项])?[^，。；、0-9]{0,8}(?:民生|惠民|民心|为民)?(?:办)?实事(?!办理)|[^，。；、0-9]{0,4}民生工程"
)
_GOAL_BEHIND = re.compile("[^，。；、0-9]{0,20}的(?:年度|全年|总|建设)?(?:目标|任务)|(?:年度|全年)?任务[中里]")
_GOAL_BEFORE = re.compile(
    "(?:目标|任务)(?:任务)?(?:数|值|：|是|[均皆都]?为)|(?<![一-鿿]的)任务$(?!\n)|(?:年度|全年|建设|目标)任务[^，。；0-9%]{0,6}$(?!\n)|目标：?$(?!\n)"
)
_AIMED = re.compile("力争|(?<!向上)争取(?!到|资金|项目|上级|中央)|确保|须达|(?<![适对反响照])应(?:建|改|配|装|完成|治)")
_THE_GOAL_ITSELF = re.compile("(?P<goal>计划|目标|任务)$(?!\n)")
_HABIT = re.compile(
    "每[月周天日季][^，。；]{0,4}(?:支付|走|上门|挣|赚|花|接待|用|去|来|产|卖)|每[^，。；]{0,5}(?:收入|增收|产值)"
)
_BY_THE_RULES = re.compile("(?:按照?|根据|依据|依照)[^，。]{0,8}规定，$(?!\n)")
_RULES_HEADING = re.compile("(?:设置|建设|配置|配备|面积|补助|收费)标准[）]?$")
_CHAPTER = re.compile("[一二三四五六七八九十]+、")
_OF_THE_GOAL = re.compile("(?:完成|占|为|达到?|超)[^，。；]{0,10}(?:目标|任务|计划)[^，。；0-9]{0,6}的?(?:$|[0-9])")
_DONE_NOW = re.compile("已|实际|(?<![为除])了(?!解)")
_DONE = re.compile("(?<![为除])了(?!解)")
_LAID_DOWN = re.compile(
    "规定|原则上|年满|限[速高重宽]|一般(?!公共)|应当|必须|不得|时限|期限|期为|收费|票价|"
    "(?<![高对])标准(?!化|[^，。]{0,4}(?:提高|增长|上调|提升)$(?!\n))"
)
_CHARGED = re.compile("[^，。；0-9]{0,4}(?:免费|收费)")
_FLOOR = re.compile("不少于|不小于|不低于|不得|不应|不超过|≥|≤")
_EACH = re.compile("每(?![百千万年逢当])|单[座个处家]")
_PER_HEAD = re.compile("每[百千万]|[年月日]均|平均")
_COMES_NEXT = re.compile("[^，。：]{0,6}(?:下一?步|接下来|今后|明年|下半年(?:任务|工作|计划))[^，。]{0,10}[，：]")
_POINT = re.compile("第?[一二三四五六七八九十](?:是|，)|其[一二三四五]")
_FUTURE_HEADING = re.compile(
    "(?:安排|打算|部署|目标|任务|计划|思路|举措|展望|下一步|下一?步[^，。]{0,6}|重点工作)[：）]?$"
)
_PAST_HEADING = re.compile("回顾|完成|进展|总结|成效|情况")
_OPENING = re.compile("自助|开放|营业|不打烊|值班|值守|服务热线|全天候|无人值守|在线")
_CIRCLE = re.compile("[^。！？；，：“”0-9\n]{0,12}圈")
_LONGEST_HEADING = 24


@dataclass(frozen=True)
class Measures:
    """The words of one text, ready to be asked what a number says; headings are read once for each paragraph."""

    parts: Layout
    times: Times
    headings: dict[int, str] = field(default_factory=dict)

    def of(self, reading: Reading) -> str:
        """Return actual, plan, target or standard for one number of the text."""
        return (
            _told_by_itself(self.parts.text, reading)
            or _told_by_clause(self.parts, reading)
            or _told_before(self.parts, reading, ahead=self.times.is_ahead(reading.core))
            or _told_by_opening(self.parts, reading)
            or self._told_by_heading(self.parts.paragraph(reading.core).start)
            or ("standard" if _is_a_deadline(reading) else "actual")
        )

    def _told_by_heading(self, paragraph: int) -> str:
        """Return plan where the nearest heading above announces one (2024年工作安排) and none has ended it, standard below 设置标准
        as far as its chapter goes."""
        passed: list[int] = []
        at, is_elsewhere = paragraph, False
        while at > 0 and at not in self.headings:
            passed.append(at)
            above = self.parts.paragraph(at - 1)
            line = self.parts.text[above.start : above.end].strip(PARAGRAPH)
            at = above.start
            told_here = _told_by_line(line)
            if told_here:
                told = told_here.strip("-")
                break
            is_elsewhere = is_elsewhere or _CHAPTER.match(line) is not None
        else:
            told = self.headings.get(at, "")
        if told == "standard" and is_elsewhere:
            told = ""
        self.headings.update(dict.fromkeys(passed, told))
        return told


def _told_by_line(line: str) -> str:
    """Return plan or standard for a heading that announces either, "-" for one that looks back, "" for other lines."""
    if not _is_a_heading(line):
        return ""
    if _PAST_HEADING.search(line):
        return "-"
    return "plan" if _FUTURE_HEADING.search(line) else "standard" if _RULES_HEADING.search(line) else ""


def _is_a_heading(line: str) -> bool:
    return 0 < len(line) <= _LONGEST_HEADING and not line.endswith(("。", "！", "？", "；", "，"))


def _is_a_deadline(reading: Reading) -> bool:
    return reading.qualifier == "up_to" and reading.word is not None and reading.word.kind == "time"


def _told_by_itself(text: str, reading: Reading) -> str:
    word = reading.word
    if reading.unit in ("件", "项", "个", "类") and _PROGRAMME.match(text, reading.end):
        return "plan"
    if word and word.kind == "age" and reading.qualifier in ("at_least", "up_to", "range"):
        return "standard"
    if word and word.kind == "time" and _CIRCLE.match(text, reading.end):
        return "standard"
    if reading.unit == "小时" and _OPENING.search(text[max(0, reading.start - 6) : reading.end + 8]):
        return "standard"
    return "actual" if word and word.word == "周年" else ""


def _told_by_clause(parts: Layout, reading: Reading) -> str:
    before = parts.text[parts.clause(reading.core).start : reading.core]
    goal = _THE_GOAL_ITSELF.search(before) if parts.text[reading.end : reading.end + 1] == "的" else None
    if goal:
        return "plan" if goal["goal"] == "计划" else "target"
    if reading.unit != "%" and _GOAL_BEHIND.match(parts.text, reading.end):
        return "target"
    told = _told_by(before)
    if not told and (_LAID_DOWN.search(before) or _CHARGED.match(parts.text, reading.end)):
        return "standard"
    if _is_per_unit(before) and told in ("", "actual"):
        return "standard"
    return told


def _told_by(words_before: str) -> str:
    """Return what these words say of a number behind them; 完成目标任务的95% sets no target."""
    compared = _OF_THE_GOAL.search(words_before) is not None
    if _AIMED.search(words_before) or (not compared and _GOAL_BEFORE.search(words_before)):
        return "target"
    plans = [] if compared else [*_pattern("plan").finditer(words_before), *_will().finditer(words_before)]
    if plans and not _DONE_NOW.search(words_before, max(plan.end() for plan in plans)):
        return "plan"
    return "actual" if _pattern("actual").search(words_before) or _DONE.search(words_before) else ""


def _is_per_unit(words_before: str) -> bool:
    return bool(_EACH.search(words_before)) and not (_PER_HEAD.search(words_before) or _HABIT.search(words_before))


def _told_before(parts: Layout, reading: Reading, *, ahead: bool) -> str:
    """Return what the sentence said before, a day still to come included: a plan holds also for a floor, else a floor is a rule."""
    told = _told_by_earlier_clauses(parts, reading)
    if ahead or told in ("plan", "target"):
        return told if told in ("plan", "target") else "plan"
    return "standard" if _FLOOR.search(parts.text[reading.start : reading.core]) else told


def _told_by_earlier_clauses(parts: Layout, reading: Reading) -> str:
    """Return what they say, the nearest first; 每座 reaches as far as the semicolon, or until something is done."""
    sentence, segment = parts.sentence(reading.core), parts.segment(reading.core)
    clause = parts.clause(reading.core)
    here = parts.text[clause.start : reading.core]
    acted = _pattern("act").search(here) or _PER_HEAD.search(here)
    while clause.start > sentence.start:
        clause = parts.clause(clause.start - 1)
        said = parts.text[clause.start : clause.end]
        told = _told_by(said)
        if told or _BY_THE_RULES.search(said):
            return told or "standard"
        acted = acted or _pattern("act").search(said)
        if not acted and clause.start >= segment.start and _is_per_unit(said):
            return "standard"
    return ""


def _told_by_opening(parts: Layout, reading: Reading) -> str:
    """Return plan in a paragraph that opens with what comes next (下一步，...), and in the later points of a list of plans."""
    paragraph, sentence = parts.paragraph(reading.core), parts.sentence(reading.core)
    if _COMES_NEXT.match(parts.text, paragraph.start):
        return "plan"
    while sentence.start > paragraph.start and _POINT.match(parts.text, sentence.start):
        sentence = parts.sentence(sentence.start - 1)
        told = _told_by(parts.text[sentence.start : sentence.end])
        if told:
            return told if told == "plan" else ""
    return ""


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(any_of(words(kind)))


@cache
def _will() -> re.Pattern[str]:
    """Return what finds 将 and 要 as auxiliaries: 将再投入, 要建成, 将在; not 将甲纳入乙, 主要, 要求."""
    auxiliary = "(?:(?<!即)将(?!近)|(?<![主重需必纲摘只首概提扼机不])要(?![求素点么闻道是]))"
    return re.compile(f"{auxiliary}{any_of(words('adverb'))}*(?:{any_of(words('doing'))}|{any_of(words('going'))})")
