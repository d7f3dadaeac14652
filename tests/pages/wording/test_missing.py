"""What is not there is named with its kind and its breakdown, so that nobody takes it for what is published."""

from dataclasses import replace

import pytest

from etl.model import Absence, Measure, State
from pages.wording.missing import missing_name, missing_where

GAP = Absence(
    indicator="halls", indicator_name="礼堂数", project="", project_name="", places=("east",), place_name="东区", period_start=None,
    period_end=None, breakdown="", breakdown_name="", measure=Measure.ACTUAL, state=State.NOT_PUBLISHED, reason="没有公布",
    done_word="建成", is_planned=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({}, "礼堂建成数"),
        ({"is_planned": False}, "礼堂数"),
        ({"done_word": ""}, "礼堂数的实际数"),
        ({"measure": Measure.PLAN}, "礼堂计划数"),
        ({"measure": Measure.TARGET}, "礼堂目标数"),
        ({"measure": Measure.STANDARD, "indicator_name": "礼堂面积"}, "礼堂面积的标准"),
        ({"indicator_name": "脱贫户数", "done_word": "脱贫"}, "脱贫户数的实际数"),
        ({"indicator_name": "脱贫户数", "measure": Measure.PLAN}, "脱贫户数的计划数"),
        ({"indicator_name": "受理投诉", "breakdown_name": "按投诉类型"}, "受理投诉按投诉类型分列的数"),
        ({"indicator_name": "受理投诉", "breakdown_name": "逐座", "measure": Measure.PLAN}, "受理投诉逐座分列的计划数"),
        ({"breakdown_name": "新建", "is_planned": False}, "礼堂中新建的数"),
        ({"breakdown_name": "新建"}, "礼堂中新建的实际数"),
    ],
)
def test_a_gap_is_named_with_its_kind_and_its_breakdown(change, name):
    assert missing_name(replace(GAP, **change)) == name


def test_several_places_are_told_by_the_first():
    assert missing_where(GAP) == "东区"
    assert missing_where(replace(GAP, place_name="东区、西区")) == "东区等地"
