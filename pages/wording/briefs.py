"""The fixed words of briefings.  Official documents are Chinese whatever language the screen is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TITLES: Mapping[str, str] = {
    "leader": "{place}民生实事进展情况简报",
    "press": "{place}民生实事新闻口径",
    "planner": "{place}民生实事分地区情况",
    "district": "{place}民生实事画像",
}
HEADINGS = ("总体情况", "主要进展", "存在问题", "下一步")
"""The skeleton of a 简报 / 汇报."""

RULES: Mapping[str, str] = {
    "over_target": "首次超过目标",
    "behind": "差距最大",
    "conflict": "口径不一",
    "not_published": "未公布",
    "not_in_plan": "不在计划",
    "open_plan": "计划待完成",
    "request": "待办",
}
"""The closed list of rules by which a finding is chosen -> its word in the briefing."""

RULES_TOLD: Mapping[str, str] = {
    "over_target": "首次超过目标，指同一指标、同一地区此前没有超过目标，最近一期超过了",
    "behind": "差距最大，指最近一期的实际数与同期目标或当日计划节点之比由低到高，只比准确数",
    "conflict": "口径不一，指同一数有几种公布的说法，几种都列出",
    "not_published": "未公布，指应有而没有公布的数，不写成零，也不推测",
    "not_in_plan": "不在计划，指公布的分配数已合计为总数，此地没有份额",
    "open_plan": "计划待完成，指公布了计划、还没有同期实际数",
    "request": "待办，指由未公布、口径不一的事项列出，按牵头单位归并",
}

TARGET, NODE = "目标", "计划节点"
COMPUTED = "完成率（推算）"
CARDS_TITLE, CARDS = "主要指标", ("指标", "数", "对照", COMPUTED, "时间")
LAGGING_TITLE, LAGGING = (
    "与目标或计划节点有差距的事项",
    ("地区", "责任单位", "事项", "应完成", "已完成", COMPUTED, "时间"),
)
ABSENT_TITLE, ABSENT = "未公布与不在计划的事项", ("指标", "地区", "时间", "状态")
TASKS_TITLE = "督办清单"
TASKS = (
    "序号",
    "责任单位",
    "牵头单位",
    "事由",
    "事项",
    "地区",
    "应完成",
    "已完成",
    COMPUTED,
    "时间",
    "时限",
    "依据编号",
)

IN_NUMBERS = "{column}（数值）"
"""The column of a workbook that holds as numbers what the column before it writes."""

NOBODY, APART, NO_DAY = "未定", "（口径不一）", "没有可用的数"
REST = "其余见系统“未公布清单”和表格文件的督办清单"
NOTHING = "没有可用的已公布数。"
NO_PROBLEM = "按选取规则，没有发现落后、口径不一或未公布的事项。"
NO_STEP = "没有待完成的计划，也没有待补的事项。"
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


def agree_text(organisation: str, what: str) -> str:
    """What an organisation is asked to settle."""
    return f"请{organisation or '有关单位'}核实：{what}。"
