"""Each rule of the checker with a sentence it is for and a neighbour that must stay; the number in question stands in 【】."""

from __future__ import annotations

from datetime import date

import pytest

from etl.checking.draft import Finding, check_draft
from etl.checking.rules import RULES
from etl.release.tables import LAPTOP, now, open_release
from etl.verify import verify
from tests.etl.checking.test_draft import KNOWN, unmarked

MEANT = {
    "sum_below_a_part": "2023年，云汀市建成口袋公园26个；2024年建成67个，合计【41个】。",
    "another_deed": "2024年，云汀市拆除口袋公园【41个】。",
    "another_ratio": "截至2024年底，云汀市护理型养老床位的入住率为【63.2%】。",
    "part_told_as_its_whole": "2024年，云汀市为民生实事投入8.75亿元，其中口袋公园投入【8.75亿元】。",
    "whole_told_as_an_item": "截至2024年底，云汀市养老床位护理型【12480张】。",
    "aim_as_set": "2024年，云汀市确定建设口袋公园【38个】，年底建成41个。",
    "published_as_told": "2024年，云汀市建成口袋公园【41个】。",
    "old_as_new": "云汀市累计助餐服务【超过96万人次】。",
    "embargoed": "2025年，云汀市新增中小学学位【6400个】。",
    "in_conflict": "2024年，汀南区新开公交线路【12条】。",
    "worked_out": "2024年，云汀市建成口袋公园41个，比目标多【3个】。",
    "known_as_told": "云汀市2024年口袋公园目标完成率为【107.9%】。",
    "forbidden_sum": "汀南区平安志愿者2300人、义务巡防员1700人，队伍有【4000人】。",
    "qualifier_lost": "截至2024年底，云汀市累计助餐服务【215万人次】。",
    "worked_out_otherwise": "2024年，云汀市建成口袋公园41个，比目标多【8个】。",
    "computed_otherwise": "云汀市2024年口袋公园目标完成率为【120.9%】。",
    "nothing_works_out": "云汀市社区食堂已有64家，增长了【81%】。",
    "another_was_published": "截至2024年底，云汀市有养老床位【12840张】。",
    "published_elsewhere": "桐川县社区食堂有【21家】。",
    "declared_absent": "2024年，桐川县计划建设口袋公园【12个】。",
    "not_known": "云汀市有【12个】街道办事处。",
}
STAYS = {
    "sum_below_a_part": "2023年，云汀市建成口袋公园26个；2024年建成41个，合计【67个】。",
    "another_deed": "2024年，云汀市拆除违建后新建口袋公园【41个】。",
    "another_ratio": "截至2024年底，云汀市护理型床位占比为【63.2%】。",
    "part_told_as_its_whole": "2024年，云汀市为民生实事投入【8.75亿元】，其中口袋公园投入8.75亿元。",
    "whole_told_as_an_item": "截至2024年底，云汀市有养老床位【12480张】，其中护理型床位7890张。",
    "aim_as_set": "2024年，云汀市建成口袋公园【38个】，年度目标是41个。",
    "published_as_told": "2024年，云汀市建成口袋公园【44个】。",
    "old_as_new": "截至2024年6月底，云汀市累计助餐服务【超过96万人次】。",
    "embargoed": "2025年，云汀市计划新建口袋公园【50个】。",
    "in_conflict": "汀南区有社区食堂【21家】。",
    "worked_out": "2024年，云汀市建成口袋公园41个，比目标多【8个】。",
    "forbidden_sum": "汀南区有平安志愿者【2300人】。",
    "qualifier_lost": "截至2024年底，云汀市累计助餐服务【超过215万人次】。",
    "worked_out_otherwise": "2024年，云汀市建成口袋公园41个，比目标多【3个】。",
    "another_was_published": "截至2024年底，云汀市有养老床位【约1.25万张】。",
    "published_elsewhere": "汀南区有社区食堂【21家】。",
    "declared_absent": "2025年，桐川县计划建设口袋公园【9个】。",
    "not_known": "云汀市社区食堂已有【64家】。",
}


def marked(text: str) -> Finding:
    """What became of the number in 【】."""
    plain, ((start, end),) = unmarked(text)
    (found,) = [one for one in check_draft(plain, KNOWN) if one.start < end and start < one.end]
    return found


@pytest.mark.parametrize("rule", MEANT)
def test_a_rule_decides_what_it_is_for(rule):
    assert marked(MEANT[rule]).rule == rule


@pytest.mark.parametrize("rule", STAYS)
def test_a_rule_leaves_its_neighbour_alone(rule):
    assert marked(STAYS[rule]).rule != rule


OTHERS = {
    "a renewed road is no new one": "2024年，云汀市新建农村公路【186.5公里】。",
    "a thing of which the words say nothing": "截至2024年底，云汀市有幼儿园【64家】。",
    "a difference that a caution forbids": "汀南区平安志愿者2300人，比义务巡防员多【600人】。",
    "a bound told in the other direction": "截至2024年底，云汀市累计助餐服务【不到215万人次】。",
    "a floor told as a number": "云汀市规定，新建公厕面积【60平方米】。",
    "target and actual the wrong way round": "2024年，云汀市口袋公园建设目标【41个】，实际建成38个。",
}
SUPPOSED = "2025年，云汀市计划新建口袋公园50个，若【50个】全部建成，群众出门就能见绿。"


@pytest.mark.parametrize("kind", OTHERS)
def test_what_passed_as_right_does_not_pass(kind):
    assert not marked(OTHERS[kind]).verdict.passes


def test_a_plan_may_be_told_under_a_condition():
    assert marked(SUPPOSED).verdict.passes


def test_every_rule_says_what_it_is_for():
    assert all(rule.__doc__ for rule in RULES)


def test_a_number_told_by_the_word_in_which_another_name_differs_is_none(shipped_city):
    release = open_release(LAPTOP, now(), folder=shipped_city)
    sentence = "专项行动开展以来，魏都区矛调中心{}纠纷358起。"
    (received,) = verify(release, sentence.format("接待"), written_on=date(2019, 4, 1))
    (accepted,) = verify(release, sentence.format("受理"), written_on=date(2019, 4, 1))
    assert received.verdict.passes
    assert (accepted.verdict.passes, accepted.rule) == (False, "named_as_its_twin")
