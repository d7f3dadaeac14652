"""Plan, target, standard or actual."""

from datetime import date

import pytest

from etl.reading.bulletin import read_bulletin

SAID = {
    "plan": ["今年计划新建3个社区。", "拟改造3个小区。", "明年将再投入3亿元。", "要建成3座书房。", "今年实施10件民生实事。", "到2025年，覆盖率达到90%。",
             "即建设100个运动场。", "下一步，加强管理。新增泊位300个。", "2024年工作安排\n\n新建书房10座。", "年底前再建5处。", "原定20个。", "五、下步措施\n\n新建书房10座。",
             "要筹集住房40套。", "确定了9类31件民生实事。"],
    "target": ["力争新增泊位3000个。", "超额完成建设73个社区的目标任务。", "确保满意度95%以上。", "年度目标是120个。", "全市应建社区站60处。", "电梯改造任务70部。", "满意度须达95%。"],
    "standard": ["每座面积不少于50平方米。", "规定办公用房一般不少于500平方米。", "60岁以上老人免费。", "“15分钟生活圈”", "24小时自助书吧",
                 "单座建筑面积50平方米。", "审批时限为12个工作日。", "3日内办结。", "低保标准为690元。", "按照现行规定，人数占三分之二以上。", "表2 房间设置标准\n\n阅览室100平方米"],
    "actual": ["建成81个社区。", "完成年度目标任务的108.6%。", "占全年计划的60.4%。", "高标准建成81个。", "最低生活保障标准提高8.5%。", "将社区划分为7个网格。",
               "主要有3个做法。", "2024年工作回顾\n\n新建书房10座。", "累计接待148万人次。", "改革开放40周年。", "向上争取资金2亿元。", "村医每周上门3次。", "每座年收入6万元。", "应建60处，实建64处。",
               "表2 房间设置标准\n\n二、资金情况\n\n投入资金4万元。"],
}  # fmt: skip


PAIRS = {
    "a_class_limit": ("面积不足1000平方米的20个社区完成改造。", ["standard", "actual"], "该社区租用400多平方米的门面房。", ["actual"]),
    "a_task_with_its_outcome": ("其中，15个养老院建设已完成8个。", ["plan", "actual"], "8个养老院已验收。", ["actual"]),
    "an_item_of_a_programme": ("今年民生实事涉及7个方面，共32项。", ["plan", "plan"], "今年民生实事已完成32项。", ["actual"]),
    "an_amount_in_force": ("将低保标准由每人每月500元提高到每人每月600元。", ["standard", "plan"], "全市低保对象人均收入每月600元。", ["actual"]),
    "its_column": ("表一\n序号\t项目\t年度目标\t完成数\n1\t新增床位\t120张\t96张\n2\t改造公厕\t40座\t41座\n", ["target", "actual"] * 2, "新增床位120张，改造公厕41座。", ["actual"] * 2),
    "an_estimate_of_what_is_over": ("预计2022年全市人均收入5.2万元。", ["actual"], "预计2024年全市人均收入5.2万元。", ["plan"]),
    "still_to_come": ("80%的面积将用来服务群众。", ["plan"], "80%的面积已用来服务群众。", ["actual"]),
    "an_outcome": ("原计划建成20个，结果建成22个。", ["plan", "actual"], "原计划建成20个，力争建成22个。", ["plan", "target"]),
    "an_announced_list": ("甲市2023年民生实事项目公布\n\n一、托育。包括建成托育园6所。", ["plan"], "甲市2022年民生实事项目全部完成\n\n一、托育。包括建成托育园6所。", ["actual"]),
    "its_paragraph": ("2023年，我们将推进教育。新建小学3所。", ["plan"], "2023年，我们将推进教育。已新建小学3所。", ["actual"]),
    "an_outcome_of_a_plan": ("甲区帮扶的13个村计划脱贫48户。", ["actual", "plan"], "甲区计划帮扶13个村，脱贫48户。", ["plan", "plan"]),
    "what_each_shall_do": ("明年每个街镇启动1个试点。", ["plan"], "每个街镇配备1名社工。", ["standard"]),
    "once_it_is_done": ("项目建成后，可新增泊位500个。", ["plan"], "项目建成后，已接待2万人。", ["actual"]),
    "what_is_done_of_a_plan": ("今年计划改造120个，完工102个。", ["plan", "actual"], "今年计划改造120个，惠及2万户。", ["plan", "plan"]),
    "what_has_passed_of_a_plan": ("今年计划投资12亿元，1月投资2亿元。", ["plan", "actual"], "今年计划投资12亿元，上半年投资2亿元。", ["plan", "plan"]),
    "what_is_built_on": ("明年在现有15家的基础上，再建12家。", ["actual", "plan"], "明年计划再建12家。", ["plan"]),
    "words_that_hold_a_plan": ("人均预期寿命78.5岁。", ["actual"], "预期新增泊位78个。", ["plan"]),
    "what_was_built_once_more": ("今年我市再建成社区44个，面貌一新。", ["actual"], "今年我市再建社区44个。", ["plan"]),
    "what_is_free": ("为10万名妇女免费筛查。", ["actual"], "前30分钟免费。", ["standard"]),
    "what_is_made_sure": ("确保了总产量294万吨。", ["actual"], "确保总产量294万吨。", ["target"]),
}  # fmt: skip


@pytest.mark.parametrize("rule", PAIRS)
def test_a_rule_takes_its_example_and_leaves_its_neighbour(rule: str) -> None:
    example, told, neighbour, told_there = PAIRS[rule]
    for text, measures in ((example, told), (neighbour, told_there)):
        found = read_bulletin(text, published_on=date(2023, 2, 12))
        assert [one.measure for one in found if one.confidence >= 0.5] == measures, text


def test_a_title_says_what_its_text_says() -> None:
    found = read_bulletin(
        "甲区投资2亿元升级20个社区\n\n今年，甲区将投入2亿元，为20个社区改造升级。", published_on=date(2023, 5, 12)
    )
    assert {one.measure for one in found} == {"plan"}
    found = read_bulletin(
        "甲区投资2亿元升级20个社区\n\n去年，甲区投入2亿元，升级20个社区。", published_on=date(2023, 5, 12)
    )
    assert {one.measure for one in found} == {"actual"}


@pytest.mark.parametrize(("measure", "text"), [(measure, text) for measure, texts in SAID.items() for text in texts])
def test_its_words_tell_what_a_number_says(measure: str, text: str) -> None:
    assert [one.measure for one in read_bulletin(text, published_on=date(2023, 10, 12))][-1] == measure


def test_a_later_clause_keeps_the_plan_and_a_deed_ends_it() -> None:
    found = read_bulletin("年初计划改造120个小区，惠及2万户，实际完成134个。")
    assert [one.measure for one in found] == ["plan", "plan", "actual"]


def test_a_plan_named_as_the_base_of_a_share_is_one() -> None:
    found = read_bulletin("完成投资22亿元，占年度计划30亿元的73.3%。")
    assert [one.measure for one in found] == ["actual", "plan", "actual"]


def test_what_each_has_reaches_as_far_as_the_semicolon() -> None:
    found = read_bulletin("每座面积50平方米，藏书3000册；接待读者2万人次。")
    assert [one.measure for one in found] == ["standard", "standard", "actual"]
