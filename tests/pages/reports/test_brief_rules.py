"""Each rule of a briefing broken once: a city where the claim must stand, and one where it must not."""

from __future__ import annotations

import csv

import pytest

from etl.build import build
from etl.release.schema import FACTS, REFERENCE, STATEMENTS
from pages.reports.message import message_text
from pages.wording import briefs as told

from ..conftest import fact, write_rows, write_tiny, year  # noqa: TID252

TARGET = {"measure": "target"}
PLAN = {"measure": "plan"}
DONE_2018 = [fact(1, "12个", "12", **year(2018)), fact(2, "10个", "10", **TARGET, **year(2018))]
DONE_2017 = [fact(3, "8个", "8", **year(2017)), fact(4, "9个", "9", **TARGET, **year(2017))]
PLAN_2019 = [fact(5, "9个", "9", **PLAN, **year(2019))]


def absence(indicator="built", place="city", of=2017, **more):
    days = {"period_start": f"{of}-01-01", "period_end": f"{of}-12-31"} if of else {}
    return {"indicator": indicator, "place": place, "state": "not_published", "reason": "没有公布", **days, **more}


def problem(text, attribute="problem", subject="east"):
    return {
        "seq": 1, "subject_kind": "place", "subject": subject, "attribute": attribute, "text": text, "as_of": "2018-12-31", "locator": "p.1",
    }  # fmt: skip


@pytest.fixture
def city(tmp_path):
    """A way to make a city of a few facts: the tiny one's reference tables, with rows changed and added."""
    made = iter(range(9))

    def make(facts, *, statements=(), changed=None, sentences=(), **added):
        folder = write_tiny(tmp_path / str(next(made)) / "data")
        home = folder / "sources" / "2018-12-31-halls"
        write_rows(home / "facts.csv", FACTS, facts)
        write_rows(home / "statements.csv", STATEMENTS, list(statements))
        (folder / "sources" / "2018-06-30-hearsay" / "facts.csv").unlink()
        write_rows(folder / "sources" / "2018-06-30-hearsay" / "facts.csv", FACTS, [])
        attributes = [{"attribute": each, "name": each, "definition": "口径"} for each in ("problem", "next_step")]
        for name, rows in {"absences": [], "attributes": attributes, "sentences": list(sentences), **added}.items():
            path, table = folder / "reference" / f"{name}.csv", REFERENCE[name]
            before = list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.exists() else []
            kept = [] if name in ("absences", "identities") else before
            write_rows(path, table, [*kept, *rows])
        path = folder / "reference" / "indicators.csv"
        rows = [
            row | (changed or {}).get(row["indicator"], {})
            for row in csv.DictReader(path.read_text("utf-8").splitlines())
        ]
        write_rows(path, REFERENCE["indicators"], rows)
        build(folder)
        return folder

    return make


def rules(brief):
    return [said.rule for section in brief.sections for said in section.paragraphs]


def words(brief, heading):
    return "".join(said.text for section in brief.sections if section.heading == heading for said in section.paragraphs)


FIRST, OVER = told.RULES["first_over"], told.RULES["over_target"]
PROBLEMS, STEPS = told.HEADINGS[2], told.HEADINGS[3]


def test_first_time_is_said_where_every_year_before_is_known_and_not_where_one_is_declared_missing(city, brief_of):
    known = rules(brief_of(city([*DONE_2018, *DONE_2017]), "leader"))
    assert FIRST in known
    assert OVER not in known
    unknown = rules(brief_of(city([*DONE_2018, DONE_2017[0]], absences=[absence(measure="target")]), "leader"))
    assert OVER in unknown
    assert FIRST not in unknown


def test_first_time_looks_at_years_that_the_briefing_does_not_ask_for(city, brief_of):
    over = [DONE_2017[0] | {"value": "12", "as_printed": "12个"}, DONE_2017[1]]
    assert FIRST in rules(brief_of(city([*DONE_2018, *DONE_2017]), "leader", "", "2018"))
    assert FIRST not in rules(brief_of(city([*DONE_2018, *over]), "leader", "", "2018"))


def test_a_plan_is_open_only_while_nothing_of_its_time_is_known_in_any_breakdown_or_place_inside(city, brief_of):
    for more, is_open in (
        ([], True),
        ([fact(6, "2个", "2", breakdown="works:new", **year(2019))], False),
        ([fact(6, "2个", "2", place="east", **year(2019))], False),
        ([fact(6, "2个", "2", indicator="visits", unit="人次", place="city", **year(2019))], True),
        ([fact(6, "2个", "2", **year(2018))], True),
    ):
        assert (told.RULES["open_plan"] in rules(brief_of(city([*PLAN_2019, *more]), "leader"))) == is_open, more


def test_a_plan_is_not_open_where_an_identity_ties_an_actual_number_of_its_time_to_it(city, brief_of):
    tie = {
        "identity": "within", "name": "不超过计划", "kind": "bound", "relation": "<=", "severity": "show",
        "left": "visits{place=city;period=2019}", "right": "built{measure=plan;place=city;period=2019}",
    }  # fmt: skip
    other = {"changed": {"visits": {"unit": "个"}}}
    spent = fact(6, "2个", "2", indicator="visits", **year(2019))
    assert told.RULES["open_plan"] in rules(brief_of(city([*PLAN_2019, spent], **other), "leader"))
    assert told.RULES["open_plan"] not in rules(
        brief_of(city([*PLAN_2019, spent], identities=[tie], **other), "leader")
    )
    before = spent | year(2018)
    earlier = tie | {"left": "visits{place=city;period=2018}"}
    assert told.RULES["open_plan"] in rules(
        brief_of(city([*PLAN_2019, before], identities=[earlier], **other), "leader")
    )


def test_a_plan_of_which_some_months_are_known_is_under_way(city, brief_of):
    half = {"period_start": "2019-01-01", "period_end": "2019-06-30", "as_of": "2019-06-30"}
    plan = [
        fact(5, "3个", "3", place="east", **PLAN, **year(2019)),
        fact(7, "4个", "4", place="west", **PLAN, **year(2019)),
    ]
    found = rules(brief_of(city([*plan, fact(6, "2个", "2", place="east", **half)]), "press"))
    assert found.count(told.RULES["under_way"]) == 1
    assert found.count(told.RULES["open_plan"]) == 1


def test_a_request_names_the_kind_and_the_breakdown_that_is_missing_never_what_is_published(city, brief_of):
    split = {
        "breakdown": "detail:kind",
        "dimension": "detail",
        "dimension_name": "细分",
        "item": "kind",
        "name": "按类型",
        "position": 3,
    }
    visits = [fact(7, "1607人次", "1607", unit="人次", indicator="visits", as_of="2018-12-31")]
    gaps = [absence("visits", of=None, breakdown="detail:kind", measure="actual"), absence(of=2019, measure="actual")]
    folder = city([*PLAN_2019, *visits], absences=gaps, breakdowns=[split], changed={"built": {"done_word": "建成"}})
    brief = brief_of(folder, "press")
    asked = [
        said.text for section in brief.sections for said in section.paragraphs if said.rule == told.RULES["request"]
    ]
    assert asked == ["请有关单位补充公布或说明：甲市2019年礼堂建成数、甲市人次数按类型分列的数。"]
    said = words(brief, PROBLEMS)
    assert "甲市2019年的礼堂建成数未公布。" in said
    assert "礼堂数未公布" not in said
    assert {row[4].text for row in brief.tasks.rows} == {"礼堂建成数", "人次数按类型分列的数"}


def test_published_problems_and_findings_come_first_and_gaps_last(city, brief_of):
    behind = [fact(1, "9个", "9", **year(2018)), DONE_2018[1]]
    brief = brief_of(city(behind, statements=[problem("场地小")], absences=[absence(measure="target")]), "leader")
    section = next(each for each in brief.sections if each.heading == PROBLEMS)
    assert [said.rule for said in section.paragraphs] == [
        told.RULES["problem"], told.RULES["behind"], told.RULES["not_published"],
    ]  # fmt: skip
    assert section.paragraphs[0].text == "东区：场地小（甲市《halls》，2018年12月31日）。"
    assert section.paragraphs[1].text == "2018年，甲市的礼堂数为9个，为目标10个的90.0%（推算）。"


def test_without_a_published_problem_nobody_says_that_there_is_none(city, brief_of):
    brief = brief_of(city(DONE_2018), "leader")
    assert words(brief, PROBLEMS) == "已录入文件未载问题。"
    assert words(brief, STEPS) == "已录入文件未载下一步安排。"
    for text in (words(brief, PROBLEMS), words(brief, STEPS)):
        assert "没有" not in text
    told_of = brief_of(
        city(DONE_2018, statements=[problem("场地小"), problem("再建", "next_step") | {"seq": 2}]), "leader"
    )
    assert "未载" not in words(told_of, PROBLEMS) + words(told_of, STEPS)
    assert "东区：再建" in words(told_of, STEPS)


def test_a_problem_that_was_out_later_or_is_of_another_place_is_not_told(city, brief_of):
    folder = city([fact(1, "6个", "6", place="west", **year(2018))], statements=[problem("场地小")])
    assert "场地小" in words(brief_of(folder, "leader"), PROBLEMS)
    assert "场地小" not in words(brief_of(folder, "district", "north"), PROBLEMS)
    assert "场地小" in words(brief_of(folder, "district", "east"), PROBLEMS)


BY_PLACE = {
    "sentence": "by_place", "project": "halls", "position": 1, "shows": "built{place=parts:city;measure=plan;period=2019}",
    "template": "{{ a.period }}全市计划建设的礼堂中，{{ a.listed }}。", "kind": "fact",
}  # fmt: skip


def test_a_place_s_briefing_says_its_own_number_and_not_those_of_others(city, brief_of):
    plan = [
        fact(5, "6个", "6", place="east", **PLAN, **year(2019)),
        fact(7, "4个", "4", place="south", **PLAN, **year(2019)),
    ]
    folder = city(plan, sentences=[BY_PLACE])
    assert "东区6个、南县4个" in words(brief_of(folder, "press"), STEPS)
    own = brief_of(folder, "district", "east")
    assert words(own, STEPS).startswith("按计划，2019年东区的礼堂数为6个。")
    assert "南县" not in "".join(said.text for section in own.sections for said in section.paragraphs)


def test_what_is_known_of_a_place_is_not_cut_before_what_lies_in_it_or_matters_less(city, brief_of):
    street = {"place": "street", "name": "一街道", "kind": "subdistrict", "parent": "east", "sums": "yes"}
    below = [fact(at, f"{at}个", str(at), place="street", **year(1990 + at)) for at in range(10, 30)]
    visits = [fact(40, "3人次", "3", unit="人次", indicator="visits", place="east", as_of="2018-12-31")]
    own = [fact(at, f"{at}个", str(at), place="east", **year(1990 + at)) for at in range(50, 52)]
    brief = brief_of(city([*below, *visits, *own], places=[street]), "district", "east")
    said = words(brief, told.HEADINGS[0]) + words(brief, told.HEADINGS[1])
    assert "东区的人次数为3人次" in said
    assert "东区的礼堂数为50个" in said
    assert said.index("东区的礼堂数为50个") < said.index("一街道的礼堂数")


def test_what_a_place_has_no_part_in_is_told_first_of_it(city, brief_of):
    total = {
        "identity": "all_of_it", "name": "各地之和", "kind": "sum", "relation": "=", "severity": "show",
        "left": "sum(built{measure=plan;place=parts:city;period=2019})", "right": "built{measure=plan;place=city;period=2019}",
    }  # fmt: skip
    apart = absence(place="north", of=2019, measure="plan") | {"state": "not_in_plan", "follows_from": "all_of_it"}
    plan = [fact(5, "6个", "6", place="east", **PLAN, **year(2019)), fact(7, "6个", "6", **PLAN, **year(2019))]
    brief = brief_of(city(plan, absences=[apart], identities=[total]), "district", "north")
    assert words(brief, told.HEADINGS[0]) == "北县不在2019年礼堂数的计划之内。"
    assert told.RULES["not_in_plan"] in rules(brief)


def test_a_message_carries_what_a_row_says_matters_and_no_trifle(city, brief_of):
    facts = [*DONE_2018, fact(7, "3人次", "3", unit="人次", indicator="visits", as_of="2018-12-31")]
    built = message_text(brief_of(city(facts, changed={"built": {"priority": "1"}}), "leader"))
    assert "12个" in built
    assert "3人次" not in built
    visits = message_text(brief_of(city(facts, changed={"visits": {"priority": "1"}}), "leader"))
    assert "3人次" in visits
    assert "12个" not in visits
    neither = message_text(brief_of(city(facts), "leader"))
    assert "12个" in neither


def test_a_published_rate_stands_in_its_cell_and_a_computed_one_says_so(city, brief_of):
    rate = {
        "indicator": "share", "name": "公布的完成率", "unit": "%", "kind": "ratio", "polarity": "up", "sums": "no", "definition": "口径",
        "position": 9, "project": "halls",
    }  # fmt: skip
    fits = {
        "identity": "fits", "name": "相符", "kind": "ratio", "relation": "=", "severity": "show",
        "left": "100 * built{measure=actual;place=city;period=2018} / built{measure=target;place=city;period=2018}",
        "right": "share{place=city;period=2018}",
    }  # fmt: skip
    printed = fact(8, "120%", "120", unit="%", indicator="share", **year(2018))
    computed = brief_of(city(DONE_2018), "leader").sections[0].tables[0]
    published = (
        brief_of(city([*DONE_2018, printed], indicators=[rate], identities=[fits]), "leader").sections[0].tables[0]
    )
    column = computed.columns.index(told.RATE)
    assert computed.rows[0][column].text == "120.0%（推算）"
    assert published.rows[0][column].text == "120%"


def test_the_newest_year_is_told_before_older_ones(city, brief_of):
    spent = [
        fact(at, f"{at}人次", str(at), unit="人次", indicator="visits", **(year(of) | {"as_of": None}))
        for at, of in ((7, 2017), (8, 2018))
    ]
    spent[0] |= {"as_of": "2018-12-31"}
    said = words(brief_of(city(spent), "leader"), told.HEADINGS[1])
    assert "8人次" in said
    assert "7人次" not in said


def until(seq, month, day, count, *, of=2018, start=1):
    time = {
        "period_start": f"{of}-{start:02}-01",
        "period_end": f"{of}-{month:02}-{day}",
        "as_of": f"{of}-{month:02}-{day}",
    }
    return fact(seq, f"{count}个", str(count), place="east", **time)


def test_of_a_series_within_a_year_only_the_last_number_is_told(city, brief_of):
    def told_of(*facts):
        brief = brief_of(city(list(facts)), "district", "east")
        said = words(brief, told.HEADINGS[0]) + words(brief, told.HEADINGS[1])
        return [count for count in (4, 5, 7, 9, 11) if f"为{count}个" in said]

    april, may, half = until(7, 4, 30, 5), until(8, 5, 31, 7), until(9, 6, 30, 11)
    june, year_before = until(10, 6, 30, 4, start=6), until(6, 12, 31, 9, of=2017)
    assert told_of(april, may) == [7]
    assert told_of(april, may, half, june, year_before) == [9, 11]


def test_a_briefing_about_a_year_has_the_cards_of_that_year(city, brief_of):
    facts = [*DONE_2018, *DONE_2017]
    titles = [
        {
            "headline": f"in_{of}",
            "position": at,
            "title": f"{of}年建成",
            "shows": f"built{{place=city;measure=actual;period={of}}}",
        }
        for at, of in enumerate((2017, 2018), 5)
    ]
    folder = city(facts, headlines=titles)

    def cards(period):
        (table,) = brief_of(folder, "leader", "", period).sections[0].tables
        return {row[0].text for row in table.rows}

    assert {"2017年建成", "2018年建成"} <= cards("")
    assert "2017年建成" in cards("2017")
    assert "2018年建成" not in cards("2017")


def test_a_gap_without_any_target_is_never_said_to_lack_one(city, brief_of, release_of):
    from pages.queries.headlines import evidence

    named = [
        {
            "project": "halls",
            "name": "礼堂",
            "level": "item",
            "position": 1,
            "evidence": "built{measure=actual;place=city;period=2018}",
        }
    ]
    for gaps, missing in (
        ([], False),
        ([absence(of=2018, measure="target")], True),
        ([absence(of=2017, measure="target")], False),
    ):
        folder = city([DONE_2018[0]], absences=gaps)
        path = folder / "reference" / "projects.csv"
        others = [row for row in csv.DictReader(path.read_text("utf-8").splitlines()) if row["project"] != "halls"]
        write_rows(path, REFERENCE["projects"], [*({"definition": "口径"} | row for row in named), *others])
        build(folder)
        assert [line.is_target_missing for line in evidence(release_of(folder))] == [missing]
