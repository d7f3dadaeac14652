"""Sentences as a press office quotes them: the qualifier stays, a plan is a plan, the day and the source are told."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from etl.model import Absence, Caution, Citation, Measure, NeverSaid, Number, PressQuestion, QuotableSentence, State
from etl.rules.templates import TemplateFault
from pages.wording.briefs import found, general, prepared, press_sheet, unsaid_entries, without_computed
from pages.wording.sentences import (
    missing_name,
    missing_where,
    period_text,
    questions,
    quoted,
    sentence_text,
    sentences,
    when_text,
)

DAY = dt.date(2018, 12, 31)
SOURCE = Citation(
    source="s", title="通报", publisher="甲市", published_on=DAY, dated_by="", place="", kind="bulletin", sha256="", verified=True,
    checked_by="", checked_on=None, numbers=1, note="",
)  # fmt: skip
YEAR = {"period_start": dt.date(2018, 1, 1), "period_end": DAY}
PLAIN = Number(
    number_id="s#1", observation_ids=("s#1",), value=Decimal(12), step=Decimal(1), unit="个", unit_name="个", qualifier="exact",
    measure="actual", indicator_name="礼堂数", place_name="甲市", project_name="礼堂", as_of=DAY,
)  # fmt: skip
GAP = Absence(
    indicator="halls", indicator_name="礼堂数", project="halls", project_name="礼堂", places=("city",), place_name="甲市", **YEAR,
    breakdown="", breakdown_name="", measure=Measure.PLAN, state=State.NOT_PUBLISHED, reason="没有公布", done_word="",
    is_planned=True,
)  # fmt: skip


def sentence(*slots, **more):
    """A sentence of these numbers, each in a slot of its own; one of PLAIN without any."""
    plain = {
        "sentence": "one", "project": "halls", "position": 1, "kind": "fact", "why": "", "cited": (SOURCE,),
        "template": "{{ a.when }}，{{ a.place }}的{{ a.subject }}{{ a.verb }}{{ a }}。",
    }  # fmt: skip
    return QuotableSentence(**plain | {"slots": tuple((each,) for each in slots or (PLAIN,))} | more)


def text(template=None, **change):
    return sentence_text(sentence(replace(PLAIN, **change), **({"template": template} if template else {}))).text


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        ("exact", "礼堂数为12个"), ("more_than", "礼堂数超过12个"), ("at_least", "礼堂数不少于12个"), ("less_than", "礼堂数不到12个"),
        ("up_to", "礼堂数不超过12个"), ("approx", "礼堂数约12个"),
    ],
)  # fmt: skip
def test_every_qualifier_is_written(qualifier, words):
    assert words in text(qualifier=qualifier)


def test_a_range_keeps_both_ends():
    assert "礼堂数为12至15个" in text(qualifier="range", value_high=Decimal(15))


def test_what_a_number_is_per_may_be_told_by_the_template():
    assert text(unit_name="平方米/座", template="每座{{ a.amount }}") == "每座12平方米"
    assert text(unit_name="平方米/座", template="每座{{ a }}") == "每座12平方米/座"


def test_a_large_number_is_written_in_wan_with_its_own_precision():
    assert "超过148万人次" in text(
        value=Decimal(1480000), step=Decimal(10000), unit="人次", unit_name="人次", qualifier="more_than"
    )


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ((2018, 1, 1), (2018, 12, 31), "2018年"), ((2017, 1, 1), (2018, 12, 31), "2017年至2018年"),
        ((2018, 3, 1), (2018, 3, 31), "2018年3月"), ((2018, 1, 1), (2018, 6, 30), "2018年1月至6月"),
        ((2017, 7, 1), (2018, 2, 28), "2017年7月至2018年2月"), ((2018, 3, 5), (2018, 3, 5), "2018年3月5日"),
        ((2018, 3, 5), (2018, 4, 6), "2018年3月5日至2018年4月6日"), ((2018, 6, 1), None, "2018年6月以来"),
        ((2018, 1, 1), None, "2018年以来"), (None, (2018, 9, 30), "截至2018年9月30日"), (None, None, ""),
    ],
)  # fmt: skip
def test_a_period_is_told_in_words(start, end, period):
    assert period_text(start and dt.date(*start), end and dt.date(*end)) == period


def test_a_sentence_begins_with_its_period_else_with_its_day():
    assert when_text(YEAR["period_start"], DAY, dt.date(2019, 3, 21)) == "2018年"
    assert when_text(None, None, DAY) == "截至2018年12月31日"
    assert when_text(dt.date(2018, 6, 1), None, DAY) == "截至2018年12月31日"
    assert when_text(None, None, None) == ""


def test_a_sentence_carries_its_numbers_its_day_its_sources_and_what_to_mind():
    rate = replace(PLAIN, number_id="rate@city", observation_ids=("s#1", "s#2"), derived=True)
    cited = (SOURCE, replace(SOURCE, publisher="乙局", title="快报"))
    one = sentence_text(sentence(PLAIN, rate, template="{{ a }}{{ b }}", why="下限", cited=cited))
    assert one.number_ids == ("s#1", "rate@city")
    assert one.observation_ids == ("s#1", "s#2")
    assert one.as_of_text == "截至2018年12月31日"
    assert one.citation == "甲市《通报》，2018年12月31日；乙局《快报》，2018年12月31日"
    assert (one.is_derived, one.is_conflict, one.why) == (True, False, "下限")


def test_a_computed_number_is_called_so_by_its_template_and_not_twice():
    assert (
        text(derived=True, template="据公布数推算，{{ a.when }}为{{ a }}。")
        == "据公布数推算，截至2018年12月31日为12个。"
    )


def test_an_absence_has_no_number_and_says_plan_where_it_is_one():
    template = "{{ a.place }}{{ a.period }}的{{ a.subject }}未公布。"
    one = sentence_text(sentence(GAP, kind="absence", cited=(), template=template))
    assert one.text == "甲市2018年的礼堂计划数未公布。"
    assert (one.number_ids, one.citation) == ((), "")


def test_a_template_that_asks_for_an_empty_slot_is_refused():
    with pytest.raises(TemplateFault):
        sentence_text(sentence(template="{{ a }}{{ b }}", slots=((PLAIN,), ())))


def test_a_copied_sentence_takes_its_source_along_and_says_that_it_is_made_up():
    one = sentence_text(sentence())
    assert quoted(one) == "截至2018年12月31日，甲市的礼堂数为12个。\n（来源：甲市《通报》，2018年12月31日）"
    assert quoted(one, "模拟数据").startswith("【模拟数据】截至")


def test_a_question_is_answered_by_its_sentences_and_left_out_when_nothing_answers():
    said = sentences([sentence()])
    asked = [
        PressQuestion("ask", "建成了多少？", ((PLAIN,),), ("one",)),
        PressQuestion("ask_more", "还有呢？", ((PLAIN,),), ("two",)),
    ]
    (question,) = questions(asked, said)
    assert question.text == "建成了多少？"
    assert question.answers == tuple(said)


def several():
    return sentences(
        [
            sentence(),
            sentence(replace(PLAIN, place_name="东区"), sentence="general_actual:s#2"),
            sentence(replace(PLAIN, derived=True), sentence="computed", kind="derived"),
            sentence(replace(PLAIN, conflict="c"), sentence="two", kind="conflict"),
            sentence(GAP, sentence="none", kind="absence", why="没有公布"),
        ]
    )


def test_sentences_are_told_apart_and_found():
    said = several()
    assert [one.sentence for one in prepared(said)] == ["one", "computed"]
    assert [one.sentence for one in general(said)] == ["general_actual:s#2"]
    assert [one.sentence for one in prepared(without_computed(said))] == ["one"]
    assert [one.sentence for one in found(said, "东区 12")] == ["general_actual:s#2"]
    assert found(said, "") == said


def test_the_sheet_says_what_may_be_said_what_is_asked_and_what_not():
    said = several()
    never = [NeverSaid("口诀不拆。", "各有所指", ())]
    cautions = [Caution("overlap", "do_not_add", "不能相加", "可能重叠", ())]
    unsaid = unsaid_entries(said, never, cautions, computed=False)
    assert [entry.text for entry in unsaid][1:3] == ["口诀不拆。", "不能相加。"]
    assert "推算数" in unsaid[-1].text
    assert "推算数" not in unsaid_entries(said, never, cautions, computed=True)[-1].text
    sheet = press_sheet("礼堂", without_computed(said), [], unsaid, about=["甲市", ""])
    assert (sheet.title, sheet.about) == ("礼堂新闻口径", ("甲市",))
    assert [heading for heading, _ in sheet.parts] == ["可以这样说", "不能说的"]
    (first, second), _ = (entries for _, entries in sheet.parts)
    assert first.below == ("截至2018年12月31日；来源：甲市《通报》，2018年12月31日",)
    assert "东区" in second.text


GAP_NAMED = Absence(
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
    assert missing_name(replace(GAP_NAMED, **change)) == name


def test_several_places_are_told_by_the_first():
    assert missing_where(GAP_NAMED) == "东区"
    assert missing_where(replace(GAP_NAMED, place_name="东区、西区")) == "东区等地"
