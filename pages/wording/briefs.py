"""The fixed words of briefings, and the sheet a press office takes to a conference: what may be said, questions with answers, what must
not be said.  Official documents are Chinese whatever language the screen is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.model import Caution, NeverSaid, State
from pages.wording.sentences import Question, Sentence

TITLES: Mapping[str, str] = {
    "leader": "{place}民生实事进展情况简报",
    "press": "{place}民生实事新闻口径",
    "planner": "{place}民生实事分地区情况",
    "district": "{place}民生实事画像",
}
HEADINGS = ("总体情况", "主要进展", "存在问题", "下一步")  # the skeleton of a 简报 / 汇报
RULES_TOLD: Mapping[str, str] = {
    "first_over": "首次超过目标，指同一指标、同一地区以前各期的目标数和实际数都已知、都没有超过，最近一期超过了",
    "over_target": "超过目标，指最近一期的实际数大于同期目标数；以前各期有不知道的，不说首次",
    "behind": "差距最大，指最近一期的实际数与同期目标或当日计划节点之比由低到高，只比准确数",
    "problem": "公布的问题，指已录入文件自己说到的困难和问题",
    "conflict": "口径不一，指同一数有几种公布的说法，几种都列出",
    State.NOT_PUBLISHED: "未公布，指应有而没有公布的数，不写成零，也不推测",
    State.NOT_IN_PLAN: "不在计划，指公布的分配数已合计为总数，此地没有份额",
    "next_step": "公布的安排，指已录入文件自己说到的下一步",
    "open_plan": "计划待完成，指公布了计划，同期的实际数一个也没有，分组的也没有",
    "under_way": "计划进行中，指公布了计划，只有其中一部分时间的实际数",
    "request": "待办，指由未公布、口径不一的事项列出，按牵头单位归并",
}

RULES: Mapping[str, str] = {rule: told.partition("，指")[0] for rule, told in RULES_TOLD.items()}
"""The closed list of rules by which a finding is chosen -> its word in the briefing."""

TARGET, NODE = "目标", "计划节点"
RATE = "完成率"
"""The column of shares; a computed one says so in its cell, a published one stands as it was published."""
CARDS_TITLE, CARDS = "主要指标", ("指标", "数", "对照", RATE, "时间")
LAGGING_TITLE = "与目标或计划节点有差距的事项"
LAGGING = ("地区", "责任单位", "事项", "应完成", "已完成", RATE, "时间")
ABSENT_TITLE, ABSENT = "未公布与不在计划的事项", ("指标", "地区", "时间", "状态")
TASKS_TITLE = "督办清单"
TASKS = ("序号", "责任单位", "牵头单位", "事由", "事项", "地区", "应完成", "已完成", RATE, "时间", "时限", "依据编号")

IN_NUMBERS = "{column}（数值）"  # the column of a workbook that holds as numbers what the column before it writes

NOBODY, APART, NO_DAY = "未定", "（口径不一）", "没有可用的数"
REST = "其余见系统“未公布清单”和表格文件的督办清单"
NOTHING = "没有可用的已公布数。"
NO_PROGRESS, NO_MORE = "已录入文件未载实际数。", "除以上所列，已录入文件未载其他实际数。"
NO_PROBLEM = "已录入文件未载问题。"
NO_STEP = "已录入文件未载下一步安排。"
SOMEBODY = "有关单位"
AGREE, AGAINST = "请{organisation}核实：{what}。", "为{word}{due}的{share}（推算）"
STATEMENT = "{subject}：{text}（{source}）。"
"""What an organisation is asked to settle; what a number is held against; a published problem or next step with its source."""

CARE_ELSEWHERE = "慎用提示见系统“来源与口径”"
FIRST_OF_PLACES = "，在已公布的各地中居首"


def scope_line(place: str, period: str, known_on: str) -> str:
    """The filters, as the first page prints them."""
    known = f"{known_on}及以前公布的数" if known_on else "本批次全部可公开的数"
    return f"范围：{place} ｜ 时段：{f'{period}年' if period else '全部年份'} ｜ 取数：{known}"


def request_text(organisation: str, names: Sequence[str]) -> str:
    """What an organisation is asked to publish, at most three things by name."""
    listed = "、".join(names[:3])
    return f"请{organisation or SOMEBODY}补充公布或说明：{listed}{'等' if len(names) > 3 else ''}。"


QUOTABLE = ("fact", "derived")
"""Kinds of sentence that may be quoted; a conflict or an absence is told only where it is asked for."""

COMPUTED = "推算数不是公布数，未经同意不对外引用。"


@dataclass(frozen=True)
class Entry:
    """One entry: what is said or asked (``lead`` is the question), its lines, and the quiet lines below it (source, why)."""

    text: str
    below: tuple[str, ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class PressSheet:
    """A sheet: its title, the lines under it, its parts by heading."""

    title: str
    about: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Entry, ...]], ...]


def press_sheet(
    name: str,
    said: Sequence[Sentence],
    asked: Sequence[Question],
    unsaid: list[Entry],
    *,
    about: Iterable[str] = (),
) -> PressSheet:
    """The sheet of the project called ``name``; a part with nothing in it is left out. ``about`` says from which release, and 模拟数据."""
    parts = (
        ("可以这样说", tuple(Entry(one.text, _below(one)) for one in said if one.kind in QUOTABLE)),
        ("问答", tuple(map(_answered, asked))),
        ("不能说的", tuple(unsaid)),
    )
    return PressSheet(f"{name}新闻口径", tuple(filter(None, about)), tuple(part for part in parts if part[1]))


def unsaid_entries(
    said: Sequence[Sentence], never: Iterable[NeverSaid], cautions: Iterable[Caution], *, computed: bool
) -> list[Entry]:
    """What must not be said: conflicts (only with all their versions), rows of kind never, cautions with reasons, what is not published.
    ``computed`` is whether computed numbers have been asked for; otherwise they are named here."""
    entries = [
        Entry(one.text, ("只能同时写明各种说法，不单独引用其中之一", *_below(one))) for one in said if one.is_conflict
    ]
    entries += [Entry(each.text, tuple(filter(None, [each.reason]))) for each in never]
    entries += [Entry(f"{caution.name}。", tuple(filter(None, [caution.reason]))) for caution in cautions]
    entries += [Entry(one.text, (one.why,) if one.why else ()) for one in said if one.kind == "absence"]
    return entries if computed else [*entries, Entry(COMPUTED)]


def without_computed(said: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that rest on published numbers alone."""
    return [one for one in said if not one.is_derived]


def found(said: Sequence[Sentence], search: str) -> list[Sentence]:
    """The sentences that hold every word of ``search``; all of them without a word."""
    return [one for one in said if all(word in one.text for word in search.split())]


def prepared(said: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that somebody wrote for their numbers."""
    return [one for one in said if one.kind in QUOTABLE and not one.is_general]


def general(said: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that numbers have for want of one of their own."""
    return [one for one in said if one.kind in QUOTABLE and one.is_general]


def _answered(question: Question) -> Entry:
    below = dict.fromkeys(line for one in question.answers for line in _below(one))
    return Entry("".join(one.text for one in question.answers), tuple(below), question.text)


def _below(sentence: Sentence) -> tuple[str, ...]:
    """Its day and its sources in one line, and what to mind in another."""
    line = "；".join(filter(None, [sentence.as_of_text, sentence.citation and f"来源：{sentence.citation}"]))
    return tuple(filter(None, [line, sentence.why]))
