"""The communities and reading spaces of the made-up city: names, points, sizes, days. Everything here follows from the seed."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.demo.design import Design, District, Numbers
from etl.demo.outline import Point, scattered


@dataclass(frozen=True)
class Stem:
    """Two invented characters that names are made of, and how they are read."""

    text: str
    pinyin: str


@dataclass(frozen=True)
class Community:
    """One community: built in a past year, or planned for the plan year with ``due_on`` (None: no monthly nodes) and ``done_on``."""

    place: str
    stem: Stem
    district: District
    year: int
    point: Point
    due_on: dt.date | None
    done_on: dt.date | None
    accepted_on: dt.date | None
    households: int
    residents: int
    areas: Mapping[str, int]


@dataclass(frozen=True)
class Space:
    """One reading space."""

    facility: str
    stem: Stem
    district: District
    point: Point
    opened_on: dt.date
    area: int
    seats: int


@dataclass(frozen=True)
class Cast:
    """All communities and reading spaces, by district and year."""

    communities: tuple[Community, ...]
    spaces: tuple[Space, ...]


def cast_city(design: Design, polygons: Mapping[str, Any], seed: int) -> Cast:
    """The cast of the city for ``seed``; every community and every space lies in the land its district administers."""
    stems = _stems(design, random.Random(f"{seed}/names"))
    communities: list[Community] = []
    spaces: list[Space] = []
    for district in design.districts:
        chance = random.Random(f"{seed}/{district.place}")
        polygon = polygons[district.place]
        wanted = sum(district.built.values()) + district.planned + sum(district.spaces)
        points = iter(scattered(polygon, district.anchor, district.spread, wanted, chance))
        communities += _communities(design, district, points, stems, chance)
        spaces += _spaces(design, district, points, stems, chance)
    return Cast(tuple(communities), tuple(spaces))


def _stems(design: Design, chance: random.Random) -> Iterator[Stem]:
    halves = [[row for row in design.tables["stems"] if row["position"] == position] for position in ("1", "2")]
    pairs = [
        Stem(one["stem"] + other["stem"], one["pinyin"] + other["pinyin"]) for one in halves[0] for other in halves[1]
    ]
    chance.shuffle(pairs)
    return iter(pairs)


def _communities(
    design: Design, district: District, points: Iterator[Point], stems: Iterator[Stem], chance: random.Random
) -> Iterator[Community]:
    days = [(year, None, day, _accepted(day, chance)) for year, day in _past_days(design, district, chance)]
    for year, due_on, done_on, accepted_on in [*days, *_planned_days(design, district, chance)]:
        stem = next(stems)
        households = chance.randrange(1150, 4200)
        yield Community(
            place=f"{stem.pinyin}_community",
            stem=stem,
            district=district,
            year=year,
            point=next(points),
            due_on=due_on,
            done_on=done_on,
            accepted_on=accepted_on,
            households=households,
            residents=round(households * chance.uniform(2.1, 3.1)),
            areas={row["centre"]: _area(int(row["typical"]), chance) for row in design.tables["centres"]},
        )


def _area(typical: int, chance: random.Random) -> int:
    """Mostly above the floors, now and then below: those are what a planner looks for."""
    return max(12, round(typical * chance.gauss(1.05, 0.22)))


def _past_days(design: Design, district: District, chance: random.Random) -> list[tuple[int, dt.date]]:
    """Year and day of completion of what was built in the past years, thicker where design/years.csv is steep."""
    shares = [int(row["share"]) for row in design.tables["years"]]
    weights = [after - before for before, after in zip([0, *shares], shares, strict=False)]
    days = []
    for year, many in district.built.items():
        months = sorted(chance.choices(range(1, 13), weights, k=many))
        days += [(year, dt.date(year, month, chance.randint(3, 27))) for month in months]
    return days


def _accepted(day: dt.date, chance: random.Random) -> dt.date:
    return day + dt.timedelta(days=chance.randint(12, 48))


UNACCEPTED = ("done_not_accepted", "silent")
"""Cases in which nothing is known to have been accepted."""

Planned = tuple[int, dt.date | None, dt.date | None, dt.date | None]


def _planned_days(design: Design, district: District, chance: random.Random) -> Iterator[Planned]:
    """Due, done and accepted day of each planned community, so that their counts are the schedule's month by month."""
    year = int(design.said["plan_year"])
    for number in range(1, district.planned + 1):
        due, done = _reached(district.due, number), _reached(district.done, number)
        due_on = dt.date(year, due, calendar.monthrange(year, due)[1]) if due else None
        done_on = dt.date(year, done, chance.randint(3, 27)) if done else None
        accepted_on = _accepted(done_on, chance) if done_on and district.case not in UNACCEPTED else None
        yield year, due_on, done_on, accepted_on if accepted_on and accepted_on <= design.data_to else None


def _reached(course: Sequence[int], number: int) -> int | None:
    """The first month in which a cumulative course reaches ``number``, counted from 1; None when it never does."""
    return next((month for month, count in enumerate(course, start=1) if count >= number), None)


def _spaces(
    design: Design, district: District, points: Iterator[Point], stems: Iterator[Stem], chance: random.Random
) -> Iterator[Space]:
    for many, (first, last) in zip(district.spaces, design.said["opened"], strict=True):
        opened = sorted(first + dt.timedelta(days=chance.randint(0, (last - first).days)) for _ in range(many))
        for opened_on in opened:
            stem = next(stems)
            area = chance.randrange(48, 190)
            yield Space(
                f"{stem.pinyin}_reading",
                stem,
                district,
                next(points),
                opened_on,
                area,
                round(area * chance.uniform(0.28, 0.42)),
            )


def cast_numbers(design: Design, cast: Cast) -> Numbers:
    """What registers say of each community and space, and of the spaces by district and city."""
    numbers: Numbers = {}
    for community in cast.communities:
        numbers |= {
            f"households@{community.place}": Decimal(community.households),
            f"residents@{community.place}": Decimal(community.residents),
        }
        numbers |= {f"area_{centre}@{community.place}": Decimal(area) for centre, area in community.areas.items()}
    for space in cast.spaces:
        numbers |= {f"seats@{space.facility}": Decimal(space.seats), f"floor@{space.facility}": Decimal(space.area)}
    for place in [*(district.place for district in design.districts), design.city]:
        own = [space for space in cast.spaces if place in (space.district.place, design.city)]
        numbers[f"seats@{place}"] = Decimal(sum(space.seats for space in own))
        numbers[f"floor@{place}"] = Decimal(sum(space.area for space in own))
        numbers[f"spaces@{place}"] = Decimal(len(own))
    for day in design.said["counted"]:
        opened = sum(space.opened_on <= day for space in cast.spaces)
        numbers[f"spaces@{design.city}@{day:%Y-%m}"] = Decimal(opened)
    return numbers
