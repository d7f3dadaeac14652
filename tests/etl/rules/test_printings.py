"""A number that a later source prints again, the same or revised, counts once, and by its newest printing."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from etl.model import Number
from etl.rows import Observation
from etl.rules.printings import newest_printings

FIRST = Number(
    "first",
    indicator="built",
    place="city",
    period_start=dt.date(2019, 1, 1),
    period_end=dt.date(2019, 12, 31),
    measure="actual",
    value=Decimal(46),
    qualifier="exact",
    verified=True,
    published_on=dt.date(2020, 1, 20),
)
LATER = replace(FIRST, number_id="later", value=Decimal(45), published_on=dt.date(2020, 3, 20))


def kept(*rows):
    return [row.number_id for row in newest_printings(rows)]


def test_the_newest_printing_of_a_period_counts():
    assert kept(FIRST, LATER) == kept(LATER, FIRST) == ["later"]


def test_what_differs_in_any_part_is_another_number():
    for column, other in (
        ("place", "east"), ("period_end", dt.date(2019, 6, 30)), ("measure", "plan"), ("breakdown", "works:new"), ("variant", "two"),
        ("time_as_printed", "上半年"), ("indicator", "planned"),
    ):  # fmt: skip
        assert kept(FIRST, replace(LATER, **{column: other})) == ["first", "later"], column


def test_numbers_of_a_day_stay_a_series():
    assert kept(*(replace(number, period_start=None, period_end=None) for number in (FIRST, LATER))) == [
        "first",
        "later",
    ]


def test_what_waits_for_its_release_and_what_nobody_checked_take_no_place():
    assert kept(FIRST, replace(LATER, embargoed=True)) == ["first"]
    assert kept(FIRST, replace(LATER, verified=False)) == ["first"]
    assert kept(FIRST) == ["first"]


def test_of_one_day_the_same_counts_once_and_a_disagreement_stays():
    same_day = replace(LATER, published_on=FIRST.published_on)
    assert kept(FIRST, replace(same_day, value=Decimal(46))) == ["first"]
    assert kept(FIRST, same_day) == ["first", "later"]


def test_an_observation_with_a_moment_of_release_takes_the_place_of_no_public_one():
    cells = dict.fromkeys(Observation.__dataclass_fields__) | {
        "seq": 1,
        "indicator": "built",
        "place": "city",
        "verified": True,
    }
    public = Observation.of(cells | {"period_start": dt.date(2019, 1, 1), "published_on": dt.date(2020, 1, 20)})
    later = replace(public, value=Decimal(45), published_on=dt.date(2020, 3, 20))
    assert newest_printings([public, later]) == [later]
    assert newest_printings([public, replace(later, release_at=dt.datetime(2030, 1, 1))]) == [public]
