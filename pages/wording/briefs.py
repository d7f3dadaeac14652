"""The fixed words of briefings.  Official documents are Chinese whatever language the screen is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.model import State

TITLES: Mapping[str, str] = {
    "leader": "{place}民生实事进展情况简报",
    "press": "{place}民生实事新闻口径",
    "planner": "{place}民生实事分地区情况",
    "district": "{place}民生实事画像",
}
HEADINGS = ("总体情况", "主要进展", "存在问题", "下一步")
"""The skeleton of a 简报 / 汇报."""

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
LAGGING_TITLE, LAGGING = (
    "与目标或计划节点有差距的事项",
    ("地区", "责任单位", "事项", "应完成", "已完成", RATE, "时间"),
)
ABSENT_TITLE, ABSENT = "未公布与不在计划的事项", ("指标", "地区", "时间", "状态")
TASKS_TITLE = "督办清单"
TASKS = ("序号", "责任单位", "牵头单位", "事由", "事项", "地区", "应完成", "已完成", RATE, "时间", "时限", "依据编号")

IN_NUMBERS = "{column}（数值）"
"""The column of a workbook that holds as numbers what the column before it writes."""

NOBODY, APART, NO_DAY = "未定", "（口径不一）", "没有可用的数"
REST = "其余见系统“未公布清单”和表格文件的督办清单"
NOTHING = "没有可用的已公布数。"
NO_PROGRESS, NO_MORE = "已录入文件未载实际数。", "除以上所列，已录入文件未载其他实际数。"
NO_PROBLEM = "已录入文件未载问题。"
NO_STEP = "已录入文件未载下一步安排。"
CARE_ELSEWHERE = "慎用提示见系统“来源与口径”"
FIRST_OF_PLACES = "，在已公布的各地中居首"


def title_of(audience: str, place: str) -> str:
    """What a briefing is called."""
    return TITLES[audience].format(place=place)


def scope_line(place: str, period: str, known_on: str) -> str:
    """The filters, as the first page prints them."""
    known = f"{known_on}及以前公布的数" if known_on else "本批次全部可公开的数"
    return f"范围：{place} ｜ 时段：{f'{period}年' if period else '全部年份'} ｜ 取数：{known}"


def request_text(organisation: str, names: Sequence[str]) -> str:
    """What an organisation is asked to publish, at most three things by name."""
    listed = "、".join(names[:3])
    return f"请{organisation or '有关单位'}补充公布或说明：{listed}{'等' if len(names) > 3 else ''}。"


def request_name(where: str, when: str, what: str) -> str:
    """One thing that is missing, as a request names it: 甲区2019年礼堂建成数."""
    return f"{where}{when}{what}"


def agree_text(organisation: str, what: str) -> str:
    """What an organisation is asked to settle."""
    return f"请{organisation or '有关单位'}核实：{what}。"


def against_text(word: str, due: str, share: str) -> str:
    """What a number is held against, behind the number itself: 为计划节点4个的50.0%（推算）."""
    return f"为{word}{due}的{share}（推算）"


def statement_text(subject: str, text: str, source: str) -> str:
    """A published problem or next step with where it stands, as every source is told."""
    return f"{subject}：{text}（{source}）。"
