from decimal import Decimal

import pytest

from etl.build import make_tables
from etl.errors import FormulaError
from etl.readers.facts import source_folders
from etl.rules.formula import evaluate, parse_formula
from tests.etl.conftest import CityFolder, operands_of


@pytest.fixture(scope="module")
def operands(tmp_path_factory):
    city = CityFolder(tmp_path_factory.mktemp("city"))
    tables = make_tables(city.write(), source_folders(city.path))
    assert not tables.problems
    return operands_of(tables)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("floor_area / 2 + 1", "7251"),
        ("2 * (floor_area - 500)", "28000"),
        ("100 * mean_area / floor_area", "8.331034"),
        ("sum(halls_built{place=parts:city})", "12"),
        ("halls_built{place=east} - halls_built{place=west}", "2"),
    ],
)
def test_a_formula_gives_its_arithmetic(operands, formula, value):
    (outcome,) = evaluate([formula], operands)
    assert outcome.values[0].quantize(Decimal("0.000001")) == Decimal(value)


def test_operands_meet_only_at_the_same_place(operands):
    places = [outcome.place for outcome in evaluate(["halls_built{measure=actual}"], operands)]
    assert places == ["city", "east", "west"]
    assert [outcome.place for outcome in evaluate(["floor_area / halls_built"], operands)] == ["city"]


def test_an_outcome_names_every_observation_it_rests_on(operands):
    (outcome,) = evaluate(["floor_area / halls_built"], operands)
    assert [parent.split("#")[1] for parent in outcome.parents] == ["4", "1"]


def test_numbers_of_different_years_do_not_meet_unless_pinned(city):
    city.fact(4).update(period_start="2017-01-01", period_end="2017-12-31", as_of="2017-12-31")
    tables = make_tables(city.write(), source_folders(city.path))
    operands = operands_of(tables)
    assert evaluate(["floor_area / halls_built"], operands) == []
    assert len(evaluate(["floor_area{period=2017} / halls_built{place=city}"], operands)) == 1


def test_a_zero_denominator_gives_no_outcome(operands):
    assert evaluate(["floor_area / (halls_built - 12)"], operands) == []


@pytest.mark.parametrize("text", ["", "1 +", "(a", "a b", "sum(a + b)", "a $ b", "sum(1)"])
def test_what_is_no_formula_is_refused_in_words(text):
    with pytest.raises(FormulaError, match=r"[\u4e00-\u9fff]"):
        parse_formula(text)


def test_a_part_of_a_place_gives_one_outcome_for_each_part_and_none_for_the_whole(operands):
    outcomes = evaluate(["100 * halls_built{place=parts:city} / halls_built{place=city}"], operands)
    assert [(outcome.place, round(outcome.values[0], 1)) for outcome in outcomes] == [
        ("east", Decimal("58.3")),
        ("west", Decimal("41.7")),
    ]
