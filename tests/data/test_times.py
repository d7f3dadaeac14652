"""Time is said as printed: no shipped number has a day that its document does not print, and nothing computed is sharper."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.rules.selectors import Subject, chosen, is_undated
from etl.verify import verify
from pages.queries.numbers import chosen_numbers
from pages.queries.quotable_numbers import quotable_numbers
from pages.wording.dates import time_text
from pages.wording.sentences import sentences

WEIDU, JIAXING, XUJI = (
    "2018-12-22-weidu-harmonious-district", "2012-05-15-jiaxing-community-premises", "2017-11-07-xuji-community-brand",
)  # fmt: skip
FORMER = f"{JIAXING}#25"


@pytest.fixture(scope="module")
def observations(release):
    return release.table("observations").set_index("observation_id")


@pytest.mark.parametrize(
    ("ids", "told", "as_of"),
    [
        ([f"{XUJI}#{seq}" for seq in (17, 18, 19, 20, 21, 22, 23, 24, 31, 32, 33)], "连续两年", dt.date(2017, 11, 7)),
        ([f"{WEIDU}#{seq}" for seq in (32, 33, 34)], "自专项行动开展以来（去年以来）", dt.date(2018, 12, 22)),
        ([f"{JIAXING}#{seq}" for seq in (11, 14, 15, 16, 17, 18)], "目前（今年年初全面普查）", dt.date(2012, 5, 15)),
        ([FORMER], "以前", None),
    ],
)
def test_words_without_a_date_stay_words(observations, ids, told, as_of):
    for row in observations.loc[ids].to_dict("records"):
        assert (row["time_as_printed"], row["period_start"], row["period_end"], row["as_of"]) == (
            told,
            None,
            None,
            as_of,
        )


def test_no_period_begins_on_a_day_that_was_counted_from_words(observations):
    guessed = {(2016, 1, 1), (2012, 1, 1), (2018, 6, 1)} | {(2017, 1, 1)}
    for row in observations[observations["time_as_printed"] != ""].to_dict("records"):
        start = row["period_start"]
        assert start is None or (start.year, start.month, start.day) not in guessed


def test_a_computed_number_is_no_sharper_in_time_than_its_operands(release, observations):
    for row in release.table("derived").to_dict("records"):
        parents = observations.loc[row["parents"].split(";")]
        if row["period_start"] is None and row["period_end"] is None:
            continue
        assert {row["period_start"]} <= set(parents["period_start"]) and {row["period_end"]} <= set(
            parents["period_end"]
        )
        for parent in parents.to_dict("records"):
            own = (parent["period_start"], parent["period_end"])
            is_day_inside = (
                own == (None, None) and parent["as_of"] <= row["period_end"] and not parent["time_as_printed"]
            )
            assert own == (row["period_start"], row["period_end"]) or is_day_inside or own[1] is not None, row[
                "derived_id"
            ]


def test_a_computed_number_keeps_the_words_of_its_operands(release):
    derived = release.table("derived").set_index("derived_id")
    assert derived.loc["households_plan_share@jianan@2018-11-07", "time_as_printed"] == "今年6月以来"
    assert derived.loc["premises_remainder@jiaxing@2012-05-15", "time_as_printed"] == "目前（今年年初全面普查）"
    assert derived.loc["communities_completion_rate@xuchang@2018-01-01/2018-12-31", "time_as_printed"] == ""


@pytest.mark.parametrize(
    ("selector", "told"),
    [
        ("minsheng_365_investment{place=weidu}", "连续两年（起止未载）"),
        ("poor_households{place=jianan}", "今年6月以来（起日未载，截至2018年11月7日）"),
        ("premises_area_mean{place=jiaxing}", "目前（今年年初全面普查），截至2012年5月15日"),
        ("community_premises_area{place=nanyang;as_of=none}", "以前（日期未载）"),
        ("standardised_communities{place=xuchang;measure=actual;period=2018}", "2018年"),
    ],
)
def test_the_words_are_shown_with_what_they_leave_open(release, selector, told):
    (number,) = chosen_numbers(release, selector)
    assert time_text(number) == told


def test_a_number_of_a_former_state_answers_no_selector_that_does_not_ask_for_it(release):
    table, places = release.table("observations"), release.table("places")
    assert is_undated(Subject(*table.set_index("observation_id").loc[FORMER, list(Subject._fields)]))
    assert FORMER not in set(chosen(table, places, "community_premises_area")["observation_id"])
    assert list(chosen(table, places, "community_premises_area{place=nanyang;as_of=none}")["observation_id"]) == [
        FORMER
    ]


def test_a_number_of_a_former_state_is_never_offered_for_quoting(release):
    told = [one for one in sentences(quotable_numbers(release)) if FORMER in one.observation_ids]
    assert told == []


@pytest.mark.parametrize(
    "draft",
    [
        "2012年，嘉兴市南杨社区工作服务用房面积200多平方米。",
        "南杨社区的社区用房有200多平方米，低于省定350平方米的标准。",
    ],
)
def test_no_draft_is_confirmed_by_a_number_of_a_former_state(release, draft):
    found = verify(release, draft)
    assert found[0].verdict not in ("match", "derived_match")
    assert FORMER not in {each for one in found for each in one.observations}
