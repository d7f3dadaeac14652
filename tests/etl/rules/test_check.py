from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.build import make_tables
from etl.readers.facts import source_folders
from etl.reference import read_reference
from etl.rules.check import check
from tests.etl.conftest import CityFolder, operands_of

D = Decimal


def verdicts(city: CityFolder) -> dict[str, str]:
    tables = make_tables(city.write(), source_folders(city.path))
    return dict(zip(tables.checks["identity"], tables.checks["verdict"], strict=True))


def test_a_sum_and_a_mean_that_fit_hold(city):
    assert verdicts(city) == {"halls_sum": "holds", "mean_holds": "holds"}


def test_a_check_shows_its_numbers_and_where_they_come_from(city):
    tables = make_tables(city.write(), source_folders(city.path))
    row = tables.checks.iloc[0]
    assert row["left_value"] == "12个"
    assert row["right_value"] == "7个 + 5个 → 12"
    assert [parent.split("#")[1] for parent in row["parents"].split(";")] == ["1", "2", "3"]
    assert row["tolerance"] == 0


def test_a_sum_that_does_not_fit_stops_the_build_and_names_its_numbers(city):
    city.fact(3).update(as_printed="6个", value="6")
    tables = make_tables(city.write(), source_folders(city.path))
    (problem,) = tables.problems
    assert problem.code == "E-301"
    assert "左为12,右为13" in str(problem)


def test_a_shown_identity_is_published_with_its_red_verdict(city):
    city.fact(5).update(as_printed="1300平方米", value="1300")
    tables = make_tables(city.write(), source_folders(city.path))
    assert not tables.problems
    assert verdicts(city)["mean_holds"] == "violated"


def test_a_missing_operand_is_not_testable_and_says_what_is_missing(city):
    city.facts = {name: [row for row in rows if row["seq"] != 5] for name, rows in city.facts.items()}
    tables = make_tables(city.write(), source_folders(city.path))
    row = tables.checks.iloc[1]
    assert row["verdict"] == "not_testable"
    assert "mean_area" in row["reason"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seq=st.sampled_from([1, 2, 3]), change=st.sampled_from([-1, 1]))
def test_an_exact_sum_catches_a_change_of_the_last_printed_digit_in_any_operand(tmp_path_factory, seq, change):
    city = CityFolder(tmp_path_factory.mktemp("city"))
    city.reference["identities"][0]["severity"] = "show"
    value = int(city.fact(seq)["value"]) + change
    city.fact(seq).update(as_printed=f"{value}个", value=str(value))
    assert verdicts(city)["halls_sum"] == "violated"


@pytest.mark.parametrize(
    ("seq", "as_printed", "value", "expected"),
    [
        # 14,450..14,550 m2 over 12 halls is 1204.17..1212.5, so a printed mean may be 1204 (up to 1204.5) .. 1213 (from 1212.5)
        (5, "1204平方米", "1204", "holds"),
        (5, "1203平方米", "1203", "violated"),
        (5, "1213平方米", "1213", "holds"),
        (5, "1214平方米", "1214", "violated"),
        # 12 x 1207.5..1208.5 is 14,490..14,502, so the area printed to 100 m2 is 1.45万 and no other
        (4, "1.44万平方米", "14400", "violated"),
        (4, "1.46万平方米", "14600", "violated"),
    ],
)
def test_a_ratio_is_held_to_exactly_what_its_printing_allows(city, seq, as_printed, value, expected):
    city.fact(seq).update(as_printed=as_printed, value=value)
    assert verdicts(city)["mean_holds"] == expected


@pytest.mark.parametrize(("printed_floor", "expected"), [("58%以上", "holds"), ("59%以上", "violated")])
def test_a_published_floor_is_held_against_what_is_counted(city, printed_floor, expected):
    """7 of 12 is 58.33 %: 58 % 以上 is true, 59 % 以上 is not."""
    city.facts["2018-12-31-city-halls"].append(
        {
            **city.fact(5), "seq": 7, "as_printed": printed_floor, "value": printed_floor[:2], "unit": "%", "qualifier": "at_least",
            "indicator": "used_share",
        }
    )  # fmt: skip
    city.reference["identities"].append(
        {
            "identity": "floor", "name": "使用率", "kind": "bound", "relation": "=", "severity": "show", "left": "used_share",
            "right": "100 * halls_built{place=east} / halls_built{place=city}",
        }
    )  # fmt: skip
    assert verdicts(city)["floor"] == expected


@pytest.mark.parametrize(("relation", "expected"), [("<=", "violated"), (">=", "holds")])
def test_an_order_is_checked_in_its_own_direction(city, relation, expected):
    city.reference["identities"] = [
        {
            "identity": "order", "name": "次序", "kind": "bound", "relation": relation, "severity": "show",
            "left": "halls_built{place=city}", "right": "halls_built{place=east}",
        }
    ]  # fmt: skip
    assert verdicts(city) == {"order": expected}


def with_conflict(city: CityFolder, other: str) -> CityFolder:
    city.reference["identities"] = [
        {"identity": "two_versions", "name": "两种说法", "kind": "conflict", "severity": "show"}
    ]
    city.fact(1).update(variant="body", conflict="two_versions")
    rows = city.facts["2018-12-31-city-halls"]
    rows.append({**city.fact(1), "seq": 7, "as_printed": f"{other}个", "value": other, "variant": "box"})
    return city


def test_two_versions_of_one_number_are_a_conflict_shown_side_by_side(city):
    tables = make_tables(with_conflict(city, "15").write(), source_folders(city.path))
    assert not tables.problems
    row = tables.checks.iloc[0]
    assert (row["verdict"], row["left_value"], row["right_value"]) == ("conflict", "12个", "15个")


def test_versions_that_agree_are_no_conflict(city):
    assert verdicts(with_conflict(city, "12")) == {"two_versions": "holds"}


def test_what_is_computed_from_a_conflict_says_so_once_per_version(city):
    tables = make_tables(with_conflict(city, "15").write(), source_folders(city.path))
    derived = tables.frames["derived"]
    rows = derived[derived["indicator"] == "visits_per_hall"]
    assert list(rows["variant"]) == ["body", "box"]
    assert set(rows["in_conflict"]) == {"two_versions"}
    assert set(rows["qualifier"]) == {"more_than"}


def test_an_identity_half_written_is_refused(city):
    city.reference["identities"][1]["right"] = ""
    reference, _ = read_reference(city.write())
    tables = make_tables(city.path, source_folders(city.path))
    operands = operands_of(tables)
    _, problems = check(reference, operands)
    assert [problem.code for problem in problems] == ["E-214"]
