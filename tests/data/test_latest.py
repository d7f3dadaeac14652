"""A later bulletin that is adopted moves everything that speaks of now: headlines, charts, sentences, briefings, absences."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from etl.build import build
from etl.desk.new_source import write_rows
from etl.release.schema import FACTS
from etl.release.tables import LAPTOP, PUBLIC, open_release
from pages.queries.briefs import BriefRequest, brief_rows
from pages.queries.chart_specs import charts_of, marks_of
from pages.queries.districts import peer_rank_charts
from pages.queries.headlines import evidence, headlines
from pages.queries.projects import about_project
from pages.queries.quotable_numbers import quotable_numbers
from pages.wording.sentences import sentences

NAME = "2020-01-08-xuchang-bulletin"
TOML = """title = "2019年民生实事完成情况"
publisher = "许昌市人民政府"
published_on = 2020-01-08
dated_by = "测试"
place = "xuchang"
kind = "bulletin"
sha256 = ""
verified = {verified}
note = ""
"""
YEAR = {"period_start": "2019-01-01", "period_end": "2019-12-31"}
DAY = {"period_end": "2019-12-31"}
NEXT = {"period_start": "2020-01-01", "period_end": "2020-12-31"}
LATER = [
    ("45个", "45", "个", "exact", "actual", "standardised_communities", "xuchang", YEAR),
    ("44个", "44", "个", "exact", "target", "standardised_communities", "xuchang", YEAR),
    ("30个", "30", "个", "exact", "plan", "standardised_communities", "xuchang", NEXT),
    ("10个", "10", "个", "exact", "plan", "standardised_communities", "weidu", NEXT),
    ("20个", "20", "个", "exact", "plan", "standardised_communities", "yanling", NEXT),
    ("41座", "41", "座", "exact", "actual", "reading_spaces_open", "xuchang", {}),
    ("超过200万人次", "2000000", "人次", "more_than", "actual", "reading_visits", "xuchang", DAY),
]


def adopted(home, verified=True, release_at="", name=NAME, rows=LATER, day="2019-12-31"):
    folder = home / "sources" / name
    folder.mkdir(parents=True)
    told = TOML.format(verified=str(verified).lower()).replace(NAME[:10], name[:10])
    (folder / "source.toml").write_text(told, "utf-8")
    facts = []
    for seq, (printed, value, unit, qualifier, measure, indicator, place, time) in enumerate(rows, 1):
        facts.append(dict.fromkeys(FACTS.columns, "") | {
            "seq": str(seq), "as_printed": printed, "locator": "p.1", "value": value, "unit": unit, "qualifier": qualifier,
            "measure": measure, "project": "", "indicator": indicator, "place": place, "as_of": day,
            "role": "observation", "read_by": "numeral", "release_at": release_at,
        } | time)  # fmt: skip
    write_rows(folder / "facts.csv", FACTS, facts)
    build(home)


@pytest.fixture
def home(data_folder, tmp_path):
    copy = tmp_path / "data"
    shutil.copytree(data_folder, copy, ignore=shutil.ignore_patterns("tables", "attached", "inbox"))
    return copy


def seen(home, who=LAPTOP, moment=dt.datetime(2026, 1, 1)):
    return open_release(who, moment, folder=home)


def shown(release):
    return {(card.card, card.title): number.as_printed for card in headlines(release) for number in card.shown}


def beside(release, headline):
    return [number.as_printed for card in headlines(release) if card.card == headline for number in card.compared_with]


BEFORE = {
    ("communities_built", "2017—2018年建成规范化城市社区"): "118个",
    ("communities_last_year", "2018年建成规范化城市社区"): "81个",
    ("communities_plan", "2019年计划再建规范化城市社区"): "44个",
    ("reading_spaces", "智慧阅读空间"): "32座",
    ("reading_visits", "累计进入阅读、学习"): "超过148万人次",
}
AFTER = BEFORE | {
    ("communities_last_year", "2019年建成规范化城市社区"): "45个",
    ("communities_plan", "2020年计划再建规范化城市社区"): "30个",
    ("reading_spaces", "智慧阅读空间"): "41座",
    ("reading_visits", "累计进入阅读、学习"): "超过200万人次",
}
del (
    AFTER["communities_last_year", "2018年建成规范化城市社区"],
    AFTER["communities_plan", "2019年计划再建规范化城市社区"],
)


def test_headlines_move_and_say_from_what(home):
    build(home)
    assert shown(seen(home)) == BEFORE
    adopted(home)
    release = seen(home)
    assert shown(release) == AFTER
    assert beside(release, "communities_last_year") == ["44个", "81个"]
    assert "32座" in beside(release, "reading_spaces")
    assert beside(release, "reading_visits")[0] == "超过148万人次"


def test_an_unverified_bulletin_moves_nothing(home):
    adopted(home, verified=False)
    assert shown(seen(home)) == BEFORE


def test_an_embargoed_bulletin_moves_nothing_for_those_who_wait(home):
    adopted(home, release_at="2030-01-01")
    assert shown(seen(home, PUBLIC)) == BEFORE
    assert shown(seen(home, PUBLIC, dt.datetime(2030, 1, 2))) == AFTER


def test_charts_and_their_titles_move(home):
    adopted(home)
    charts = {chart.chart: chart.title for chart in charts_of(seen(home), "overview")}
    assert charts["communities_by_year"] == "许昌市规范化城市社区：2017年、2018年、2019年建成，2020年计划"
    # three of nine places have a number for 2020: the distribution stays with the year that half of them have
    assert charts["communities_plan_by_place"] == "许昌市2019年计划的44个规范化城市社区分布"


def test_sentences_move(home):
    adopted(home)
    told = {one.sentence: one.text for one in sentences(quotable_numbers(seen(home)))}
    assert told["spaces"] == "截至2019年12月31日，许昌市共有智慧阅读空间41座。"
    assert told["plan"] == "2020年，许昌市计划再建设规范化城市社区30个。"
    assert told["built_and_target"] == "2019年，许昌市规范化城市社区建设的目标任务是44个，实际建成45个。"


def test_the_line_of_a_project_moves(home):
    adopted(home)
    release = seen(home)
    assert about_project(release, "community_standardisation")
    (line,) = (line for line in evidence(release) if line.project == "community_standardisation")
    assert {number.as_printed for number in line.numbers} == {"45个", "44个", "30个"}


def absent(release, table="absences"):
    rows = release.table(table)
    return {
        (row["indicator"], row["place"], str(row["period_end"]), row["measure"]) for row in rows.to_dict("records")
    }  # fmt: skip


GAP = ("standardised_communities", "xuchang", "2019-12-31", "actual")


def test_a_later_number_supersedes_its_absence_which_stays_as_history(home):
    build(home)
    assert GAP in absent(seen(home))
    adopted(home)
    release = seen(home)
    assert GAP not in absent(release)
    (row,) = [row for row in release.table("superseded_absences").to_dict("records")
              if (row["indicator"], row["place"], row["measure"]) == ("standardised_communities", "xuchang", "actual")]  # fmt: skip
    assert row["superseded_by"] == f"{NAME}#1" and row["reason"]


def test_an_unverified_number_supersedes_nothing(home):
    adopted(home, verified=False)
    assert GAP in absent(seen(home))


def test_who_may_not_see_the_number_yet_still_sees_the_absence_and_no_trace_of_the_number(home):
    adopted(home, release_at="2030-01-01")
    before, after = seen(home, PUBLIC), seen(home, PUBLIC, dt.datetime(2030, 1, 2))
    assert GAP in absent(before) and GAP not in absent(before, "superseded_absences")
    assert GAP not in absent(after) and GAP in absent(after, "superseded_absences")
    assert set(before.table("absences")["hidden_from"]) == {None}
    assert NAME not in set(before.table("sources")["source"])
    assert NAME in set(after.table("sources")["source"])
    assert NAME in set(seen(home).table("sources")["source"])


def communities(place, value, measure, time):
    return (f"{value}个", str(value), "个", "exact", measure, "standardised_communities", place, time)


PLAN_OF_2019 = {"xuchang": 44, "weidu": 20, "dongcheng": 16, "yuzhou": 4, "xuchang_etdz": 3, "jianan": 1}
REVIEW = [communities(place, value, "plan", YEAR) for place, value in PLAN_OF_2019.items()]
BY_PLACE = [
    communities(place, value, "actual", YEAR) for place, value in (("weidu", 25), ("dongcheng", 16), ("yuzhou", 4))
]
NOW = ("standardised_communities", "reading_spaces_open", "reading_visits")
CORRECTED = [communities("xuchang", 44, "actual", YEAR), communities("weidu", 24, "actual", YEAR)]


def test_a_bulletin_that_prints_a_plan_again_goes_in_and_no_sum_counts_it_twice(home):
    adopted(home, name="2019-06-20-xuchang-review", rows=REVIEW, day="2019-06-20")
    release = seen(home)
    (check,) = [row for row in release.rows("checks") if row["identity"] == "plan_2019_by_place"]
    assert check["verdict"] == "holds"
    told = {one.sentence: one.text for one in sentences(quotable_numbers(release))}
    assert told["plan"] == "2019年，许昌市计划再建设规范化城市社区44个。"
    derived = [row["derived_id"] for row in release.rows("derived") if row["indicator"] == "plan_share_of_city"]
    assert len(derived) == len(set(derived)) == 5


def test_a_corrected_number_takes_the_place_of_the_first_wherever_something_is_said(home):
    adopted(home, rows=LATER[:2] + BY_PLACE)
    adopted(home, name="2020-03-20-xuchang-correction", rows=CORRECTED, day="2020-03-20")
    release = seen(home)
    assert shown(release)["communities_last_year", "2019年建成规范化城市社区"] == "44个"
    told = " ".join(one.text for one in sentences(quotable_numbers(release)))
    assert "实际建成44个" in told and "2019年，魏都区的规范化城市社区数为24个" in told
    assert "45个" not in told and "25个" not in told
    rates = {row["derived_id"]: row["value"] for row in release.rows("derived")}
    assert rates["communities_completion_rate@xuchang@2019-01-01/2019-12-31"] == 100
    (chart,) = [
        chart for chart in peer_rank_charts(release, "weidu")
        if chart.chart.endswith("standardised_communities_xuchang_actual")
    ]  # fmt: skip
    marks = {mark.place: mark.as_printed for mark in marks_of(release, chart) if mark.number_id}
    assert marks == {"weidu": "24个", "dongcheng": "16个", "yuzhou": "4个", "xuchang": "44个"}
    assert "45个" in set(release.table("observations")["as_printed"])


def test_a_briefing_says_what_was_newest_on_its_day_and_no_older_total_beside_a_newer(home):
    adopted(home, rows=LATER[:2] + LATER[5:] + BY_PLACE)
    adopted(home, name="2020-03-20-xuchang-correction", rows=CORRECTED, day="2020-03-20")

    def told(day):
        rows = brief_rows(seen(home), BriefRequest("press", day=day))
        return {number.as_printed for each in rows.said for number in each.numbers if number.indicator in NOW}

    before, after = told(dt.date(2020, 2, 1)), told(dt.date(2020, 4, 1))
    assert {"45个", "25个"} <= before and "24个" not in before
    assert "24个" in after and not {"45个", "25个"} & after
    assert "41座" in after and not {"32座", "超过148万人次"} & after
    assert {"32座", "超过148万人次"} <= told(dt.date(2019, 12, 1))
