"""What is behind and what passed its target: judged against the target of the same time or the node due that day, nothing else."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from etl.model import Number
from etl.release.index import AbsenceRow
from etl.release.schema import TABLES
from etl.release.tables import records
from pages.queries.plans import lagging

YEAR_2018 = (dt.date(2018, 1, 1), dt.date(2018, 12, 31))
YEAR_2017 = (dt.date(2017, 1, 1), dt.date(2017, 12, 31))
JUNE = dt.date(2018, 6, 30)


class City:
    """A stand-in with the few tables that are asked."""

    place = "city"

    def __init__(self, plans=(), absences=()):
        self.city = self.index = self
        self.absences = absences
        self.tables = {
            "places": [{"place": place, "parent": "city", "sums": True} for place in ("east", "west")],
            "indicators": [{"indicator": "halls", "polarity": "up"}, {"indicator": "complaints", "polarity": "down"}],
            "units": [],
            "plans": list(plans),
            "projects": [{"project": "works", "parent": "whole"}, {"project": "whole", "lead": "bureau"}],
            "organisations": [
                {"organisation": "bureau", "name": "局", "kind": "bureau", "place": "city"},
                {"organisation": "office", "name": "东区办", "kind": "government", "place": "east"},
            ],
        }

    def table(self, name):
        columns = TABLES[name].columns
        return pd.DataFrame([dict.fromkeys(columns, "") | row for row in self.tables[name]], columns=columns)

    def rows(self, name):
        return records(self.table(name))

    def absences_of(self, *, indicators):
        return [row for row in self.absences if row.indicator in indicators]


def number(value, place="east", measure="actual", period=YEAR_2018, **more):
    plain = {
        "number_id": f"{place}-{measure}-{period[1]}", "value": Decimal(value), "qualifier": "exact", "place": place, "measure": measure,
        "indicator": "halls", "project": "works", "unit": "个", "period_start": period[0], "period_end": period[1],
    }  # fmt: skip
    return Number(**plain | more)


def judged(numbers, plans=(), absences=(), known=()):
    found = lagging(City(plans, absences), numbers, known=known)
    return [(row.rule, row.number.place, row.planned) for row in found]


def test_a_number_below_its_target_is_behind_and_the_widest_gap_comes_first():
    rows = [number(9), number(10, measure="target"), number(2, "west"), number(4, "west", "target")]
    assert judged(rows) == [("behind", "west", 4), ("behind", "east", 10)]


@pytest.mark.parametrize(("value", "rule"), [(9, ["behind"]), (10, []), (11, ["over_target"])])
def test_the_verdict_follows_the_number(value, rule):
    assert [each[0] for each in judged([number(value), number(10, measure="target")])] == rule


BEFORE = [number(8, period=YEAR_2017), number(10, measure="target", period=YEAR_2017)]
NOW = [number(11), number(10, measure="target")]
FIRST, OVER = [("first_over", "east", 10)], [("over_target", "east", 10)]


def absent(measure, period=YEAR_2017, place="east"):
    return AbsenceRow("", "halls", place, *period, "", measure, "not_published", "没有公布", "", "", None, "")


def test_a_target_is_passed_for_the_first_time_where_every_earlier_period_is_known_and_below():
    assert judged([*BEFORE, *NOW]) == FIRST
    met = [number(10, period=YEAR_2017), BEFORE[1]]
    assert judged([*met, *NOW]) == FIRST


def test_a_target_passed_before_is_not_passed_for_the_first_time():
    assert judged([number(12, period=YEAR_2017), BEFORE[1], *NOW]) == OVER


def test_no_first_time_without_a_period_before():
    assert judged(NOW) == OVER


def test_no_first_time_where_an_earlier_target_or_result_is_missing_or_no_exact_number():
    assert judged([BEFORE[0], *NOW]) == OVER
    assert judged([BEFORE[1], *NOW]) == OVER
    assert judged([replace(BEFORE[0], qualifier="more_than"), BEFORE[1], *NOW]) == OVER
    assert judged([replace(BEFORE[0], conflict="two"), BEFORE[1], *NOW]) == OVER


def test_no_first_time_where_an_earlier_target_is_declared_not_published():
    year_2016 = (dt.date(2016, 1, 1), dt.date(2016, 12, 31))
    assert judged([*BEFORE, *NOW], absences=[absent("target", year_2016)]) == OVER
    assert judged([*BEFORE, *NOW], absences=[absent("target", year_2016, "parts:city")]) == OVER
    assert judged([*BEFORE, *NOW], absences=[absent("target", year_2016, "west")]) == FIRST


def test_no_first_time_over_a_year_that_nobody_speaks_of():
    year_2015 = (dt.date(2015, 1, 1), dt.date(2015, 12, 31))
    far = [number(8, period=year_2015), number(10, measure="target", period=year_2015)]
    assert judged([*far, *NOW]) == OVER


def test_a_first_time_is_judged_by_all_that_is_known_not_by_the_year_asked_for():
    assert judged(NOW, known=[*BEFORE, *NOW]) == FIRST
    assert judged(NOW, known=[number(12, period=YEAR_2017), BEFORE[1], *NOW]) == OVER


def test_a_number_is_held_against_the_node_due_on_its_day():
    plan = {"plan": "p", "indicator": "halls", "place": "east", "due_on": JUNE, "value": Decimal(4), "unit": "个"}
    rows = [number(2, period=(dt.date(2018, 1, 1), JUNE), as_of=JUNE)]
    assert judged(rows, [plan]) == [("behind", "east", 4)]
    assert judged(rows, [plan | {"due_on": dt.date(2018, 7, 31)}]) == []


@pytest.mark.parametrize(
    "more", [{"qualifier": "more_than"}, {"breakdown": "works:new"}, {"conflict": "two"}, {"indicator": "complaints"}]
)
def test_a_bound_a_part_a_contested_number_and_one_that_should_fall_are_not_judged(more):
    assert (
        judged(
            [
                number(9, **more),
                number(10, measure="target", **({"indicator": more["indicator"]} if "indicator" in more else {})),
            ]
        )
        == []
    )


def test_a_place_without_a_target_is_not_judged():
    assert judged([number(0)]) == []


def test_who_answers_is_the_place_s_government_else_the_lead_of_the_project():
    rows = [number(9), number(10, measure="target"), number(9, "west"), number(10, "west", "target")]
    found = lagging(City(), rows)
    assert {row.number.place: row.responsible_name for row in found} == {"east": "东区办", "west": "局"}
    assert {row.lead_name for row in found} == {"局"}
