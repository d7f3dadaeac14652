"""What the index of a release selects: the numbers that selectors and ids name, typed, in the tables' order, and none too early."""

import datetime as dt
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import product

import pandas as pd
import pytest

from etl.build import build
from etl.errors import BrokenRelease
from etl.release.index import (
    INDEX,
    INDEXED,
    AbsenceRow,
    Index,
    NumberRow,
    PlaceTime,
    index_in_memory,
    write_index,
)
from etl.release.publish import is_whole
from etl.release.tables import LAPTOP, PUBLIC, now, open_release
from etl.rules.selectors import Subject, chosen, matcher, parse_selector
from tests.etl.conftest import DEFAULTS, SOURCE, YEAR, CityFolder

LATER, UNCHECKED = "2020-01-31-city-halls", "2020-02-28-city-halls"
EVE = dt.datetime(2030, 3, 1, 8, 59, 59)
MORNING = dt.datetime(2030, 3, 1, 9, 0)
YEAR_2018 = (dt.date(2018, 1, 1), dt.date(2018, 12, 31))


def halls(path):
    """Halls built in 2018 and (public in 2030) in 2019, a share by breakdown, and words without a date; 2019 was declared absent once; a zone adds to nothing."""
    city = CityFolder(path)
    city.reference["indicators"][0]["project"] = "halls"
    city.reference["places"].append(
        {"place": "zone", "name": "新区", "kind": "district", "parent": "city", "sums": "no"}
    )
    city.reference["breakdowns"] = [
        {"breakdown": f"way:{item}", "dimension": "way", "dimension_name": "方式", "item": item, "name": item}
        for item in ("new", "rebuilt")
    ]
    city.reference["absences"] = [
        {"indicator": "halls_built", "place": "parts:city", "period_start": "2019-01-01", "period_end": "2019-12-31", "measure": "actual",
         "state": "not_published", "reason": "未分区", "as_of": "2018-12-31"}
    ]  # fmt: skip
    hall = {**DEFAULTS, "unit": "个", "indicator": "halls_built", "project": "halls"}
    city.facts[SOURCE] += [
        {**hall, "seq": 7, "as_printed": "4个", "value": "4", "place": "city", "breakdown": "way:new", **YEAR},
        {**hall, "seq": 8, "as_printed": "8个", "value": "8", "place": "city", "breakdown": "way:rebuilt", **YEAR},
        {**hall, "seq": 9, "as_printed": "3个", "value": "3", "place": "city", "time_as_printed": "以前"},
        {**hall, "seq": 10, "as_printed": "15个", "value": "15", "place": "city", "measure": "plan", **YEAR},
        {
            **DEFAULTS,
            "seq": 11,
            "as_printed": "90%",
            "value": "90",
            "unit": "%",
            "indicator": "used_share",
            "place": "zone",
            **YEAR,
        },
    ]
    return city


def with_later(city):
    city.write()
    city.facts = {
        LATER: [
            {**DEFAULTS, "seq": 1, "as_printed": "6个", "value": "6", "unit": "个", "indicator": "halls_built", "place": "east",
             "period_start": "2019-01-01", "period_end": "2019-12-31", "release_at": "2030-03-01 09:00"},
            {**DEFAULTS, "seq": 2, "as_printed": "40000人次", "value": "40000", "unit": "人次", "indicator": "visits", "place": "city",
             "as_of": "2019-12-31", "release_at": "2030-03-01 09:00"},
        ]
    }  # fmt: skip
    city.about["published_on"] = "2020-01-31"
    city.write()
    hall = city.facts[LATER][0] | {"place": "city", "value": "5", "as_printed": "5个", "release_at": ""}
    city.facts = {UNCHECKED: [hall | {"period_start": "2017-01-01", "period_end": "2017-12-31"}]}
    city.about |= {"published_on": "2020-02-28", "verified": "false"}
    return city.write()


@pytest.fixture(scope="module")
def folder(made_once):
    return made_once("halls", lambda path: build(with_later(halls(path))))


def index_for(folder, who=LAPTOP, moment=EVE):
    return open_release(who, moment, folder=folder).index


def seqs(rows):
    return [row.number_id.removeprefix(SOURCE) for row in rows]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("halls_built", ["#1", "#2", "#3", "#10", f"{LATER}#1"]),
        ("halls_built{measure=actual; period=2018}", ["#1", "#2", "#3"]),
        ("halls_built{measure=plan}", ["#10"]),
        ("halls_built{place=parts:city; period=2018}", ["#2", "#3"]),
        ("used_share{place=zone}", ["#11"]),
        ("used_share{place=parts:city}", []),
        ("halls_built{place=east}", ["#2", f"{LATER}#1"]),
        ("halls_built{place=nowhere}", []),
        ("halls_built{breakdown=way:*}", ["#7", "#8"]),
        ("halls_built{breakdown=way:new}", ["#7"]),
        ("halls_built{breakdown=wa:*}", []),
        ("halls_built{as_of=none; place=city}", ["#9"]),
        ("halls_built{as_of=2018-12-31; place=city; measure=actual}", ["#1"]),
        ("halls_built{period=none}", []),
        ("visits{period=none}", ["#6", f"{LATER}#2"]),
        (f"visits{{source={SOURCE}}}", ["#6"]),
        (f"halls_built{{source={UNCHECKED}}}", [f"{UNCHECKED}#1"]),
        ("halls_built{measure=actual; place=city; period=latest}", ["#1"]),
        ("visits_per_hall", ["visits_per_hall@city@2018-12-31", "visits_per_hall@city@2019-12-31"]),
        ("visits_per_hall{measure=actual}", []),
        ("unheard_of", []),
    ],
)
def test_a_selector_names_its_numbers_in_the_order_of_the_tables(folder, selector, expected):
    assert seqs(index_for(folder).numbers(parse_selector(selector))) == expected


def test_a_printed_number_is_all_of_its_row(folder):
    assert index_for(folder).numbers(parse_selector("visits{as_of=2018-12-31}")) == [
        NumberRow(
            number_id=f"{SOURCE}#6",
            observation_ids=(f"{SOURCE}#6",),
            derived=False,
            value=Decimal(36000),
            value_high=None,
            step=Decimal(1000),
            unit="人次",
            qualifier="more_than",
            measure="actual",
            project="",
            indicator="visits",
            place="city",
            period_start=None,
            period_end=None,
            as_of=dt.date(2018, 12, 31),
            time_as_printed="",
            breakdown="",
            variant="",
            conflict="",
            verified=True,
            source=SOURCE,
            as_printed="超过3.6万人次",
            keyword="",
            locator="p.1",
            published_on=dt.date(2018, 12, 31),
            formula="",
            read_by="numeral",
            corrected="",
            note="",
            embargoed=False,
        )
    ]


def test_a_computed_number_has_its_parents_and_no_source(folder):
    (number,) = index_for(folder).numbers_by_id(["visits_per_hall@city@2018-12-31"])
    assert number.derived
    assert number.observation_ids == (f"{SOURCE}#6", f"{SOURCE}#1")
    assert (number.value, number.step, number.qualifier) == (Decimal(3000), Decimal(1), "more_than")
    assert (number.measure, number.source, number.as_printed, number.published_on) == ("", "", "", None)
    assert number.formula == "visits / halls_built{measure=actual; period=2018}"


def test_ids_give_their_numbers_in_their_own_order_and_unknown_ones_nothing(folder):
    asked = [f"{SOURCE}#3", "nothing#1", "visits_per_hall@city@2018-12-31", f"{SOURCE}#1", f"{SOURCE}#3"]
    found = [row.number_id for row in index_for(folder).numbers_by_id(asked)]
    assert found == [f"{SOURCE}#3", "visits_per_hall@city@2018-12-31", f"{SOURCE}#1", f"{SOURCE}#3"]
    assert index_for(folder).numbers_by_id([]) == []


def test_there_may_be_more_ids_than_sqlite_takes_parameters(folder):
    index = index_for(folder)
    asked = [*(f"nobody#{number}" for number in range(33_000)), f"{SOURCE}#1"]
    index.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)
    assert seqs(index.numbers_by_id(asked)) == ["#1"]


def test_times_are_told_once_for_each_place(folder):
    day = dt.date(2018, 12, 31)
    assert index_for(folder).times(parse_selector("halls_built{breakdown=way:*}")) == [
        PlaceTime("city", *YEAR_2018, day)
    ]
    assert index_for(folder).times(parse_selector("halls_built{place=parts:city}")) == [
        PlaceTime("east", *YEAR_2018, day),
        PlaceTime("west", *YEAR_2018, day),
        PlaceTime("east", dt.date(2019, 1, 1), dt.date(2019, 12, 31), None),
    ]


def test_times_at_places_are_those_of_checked_numbers_with_a_date_and_of_printed_ones_by_a_day(folder):
    index, day = index_for(folder), dt.date(2018, 12, 31)
    first = PlaceTime("east", *YEAR_2018, day)
    second = PlaceTime("east", dt.date(2019, 1, 1), dt.date(2019, 12, 31), None)
    assert index.times_at(places=["east"]) == [first, second]
    assert index.times_at(places=["east"], printed_by=dt.date(2020, 1, 30)) == [first]
    assert index_for(folder, PUBLIC).times_at(places=["east"]) == [first]
    assert index.times_at(measures=["plan"]) == [PlaceTime("city", *YEAR_2018, day)]
    assert all(time.period_end or time.as_of for time in index.times_at(places=["city"]))


def test_numbers_of_places_projects_and_sources_are_those_that_meet_every_choice(folder):
    index = index_for(folder)
    assert seqs(index.numbers_of(places=["west", "north"])) == ["#3"]
    assert seqs(index.numbers_of(projects=["halls"], places=["city"])) == ["#7", "#8", "#9", "#10"]
    assert seqs(index.numbers_of(sources=[LATER])) == [f"{LATER}#1", f"{LATER}#2"]
    assert seqs(index.numbers_of(indicators=["floor_area", "mean_area"])) == ["#4", "#5"]
    assert seqs(index.numbers_of(number_ids=[f"{SOURCE}#5", f"{SOURCE}#4", "nobody"])) == ["#4", "#5"]
    assert seqs(index.numbers_of(places=["city"], measures=["plan"])) == ["#10"]
    assert index.numbers_of(places=[]) == []
    assert [row.number_id for row in index.computed_from(f"{SOURCE}#6")] == ["visits_per_hall@city@2018-12-31"]
    assert index.values("measure") == ["actual", "plan", ""]
    assert len(index.numbers_of()) == 16


def absent(place):
    return AbsenceRow(
        project="",
        indicator="halls_built",
        place=place,
        period_start=dt.date(2019, 1, 1),
        period_end=dt.date(2019, 12, 31),
        breakdown="",
        measure="actual",
        state="not_published",
        reason="未分区",
        reason_en="",
        follows_from="",
        as_of=dt.date(2018, 12, 31),
        note="",
    )


@pytest.mark.parametrize(
    ("who", "moment", "numbers", "places"),
    [
        (PUBLIC, EVE, 13, ["east", "west", "north"]),
        (PUBLIC, MORNING, 16, ["west", "north"]),
        (LAPTOP, EVE, 16, ["west", "north"]),
        (LAPTOP, MORNING, 16, ["west", "north"]),
    ],
)
def test_before_its_moment_a_number_is_there_for_nobody_without_the_right_in_no_selection(
    folder, who, moment, numbers, places
):
    release = open_release(who, moment, folder=folder)
    index, hidden = release.index, f"{LATER}#1"
    sees = numbers == 16
    assert len(index.numbers_of()) == numbers
    assert [row.number_id for row in index.numbers_by_id([hidden])] == [hidden] * sees
    assert [row.number_id for row in index.numbers(parse_selector("halls_built{period=2019}"))] == [hidden] * sees
    assert [time.place for time in index.times(parse_selector("halls_built{period=2019}"))] == ["east"] * sees
    assert [row.embargoed for row in index.numbers_by_id([hidden])] == [moment == EVE] * sees
    assert index.absences_of(indicators=["halls_built"]) == [absent(place) for place in places]
    tables = [release.table("observations")["observation_id"], release.table("derived")["derived_id"]]
    assert [row.number_id for row in index.numbers_of()] == [each for ids in tables for each in ids]
    assert [row.place for row in index.absences_of()] == list(release.table("absences")["place"])


@pytest.mark.parametrize("who", [LAPTOP, PUBLIC])
@pytest.mark.parametrize("place", ["", "place=city", "place=parts:city"])
def test_whatever_is_pinned_a_selector_names_what_it_names_in_the_tables(folder, who, place):
    release = open_release(who, EVE, folder=folder)
    places, observations = release.table("places"), release.table("observations").to_dict("records")
    pins = [
        ["", "measure=actual", "measure=plan"],
        ["", "period=none", "period=2018", "period=latest"],
        ["", "as_of=none", "as_of=2018-12-31"],
        ["", "breakdown=none", "breakdown=way:*", "breakdown=*"],
        ["", f"source={SOURCE}", f"source={UNCHECKED}"],
    ]
    found = 0
    for pinned in product(*pins):
        selector = parse_selector(f"halls_built{{{'; '.join(filter(None, [place, *pinned]))}}}")
        accepts = matcher(selector, places)
        named = [row["observation_id"] for row in observations if accepts(Subject(*map(row.get, Subject._fields)))]
        assert [row.number_id for row in release.index.numbers(selector)] == named, selector.text
        found += bool(named)
    assert found > 30


@pytest.mark.parametrize("who", [LAPTOP, PUBLIC])
def test_every_selector_of_the_shipped_data_names_what_it_names_in_the_tables(shipped_city, who):
    release = open_release(who, now(), folder=shipped_city)
    places, observations, derived = (release.table(name) for name in ("places", "observations", "derived"))
    blank = derived.assign(measure="", source="")
    texts = {
        text.strip()
        for name in ("headlines", "charts", "sentences")
        for column in ("shows", "compared_with")
        for cell in release.table(name)[column]
        for text in cell.split("|")
        if text.strip() and "*{" not in text
    }
    assert len(texts) > 50
    for text in sorted(texts):
        named = [*chosen(observations, places, text)["observation_id"], *chosen(blank, places, text)["derived_id"]]
        assert [row.number_id for row in release.index.numbers(parse_selector(text))] == named, text


def test_the_index_of_the_shipped_data_has_each_cell_of_the_tables(shipped_city):
    release = open_release(LAPTOP, now(), folder=shipped_city)
    every = pd.DataFrame(release.index.numbers_of())
    for name, renamed in (("observations", "observation_id"), ("derived", "derived_id")):
        frame = release.table(name).rename(columns={renamed: "number_id", "in_conflict": "conflict"})
        own = every[every["derived"] == (name == "derived")]
        for column in set(frame.columns) & set(every.columns):
            assert [None if each != each else each for each in own[column]] == list(frame[column]), (name, column)  # noqa: PLR0124 - NaT


def test_the_same_tables_give_the_same_bytes_when_made_and_when_read_again(city, tmp_path):
    build(city.write())
    release = open_release(LAPTOP, now(), folder=city.path)
    write_index(tmp_path / "again", {name: release.table(name) for name in INDEXED})
    assert (tmp_path / "again").read_bytes() == (city.path / "tables" / release.id / INDEX).read_bytes()


@pytest.mark.parametrize(
    "ask",
    [
        lambda index: index.numbers(parse_selector("halls_built{place=city; measure=actual}")),
        lambda index: index.numbers(parse_selector(f"halls_built{{place=parts:city; source={SOURCE}}}")),
        lambda index: index.times(parse_selector("halls_built{place=city; period=2018}")),
        lambda index: index.numbers_by_id([f"{SOURCE}#1", f"{SOURCE}#2"]),
        lambda index: index.numbers_of(indicators=["floor_area"], places=["city"]),
    ],
)
def test_a_selection_takes_no_more_steps_when_there_are_more_other_numbers(folder, ask):
    release = open_release(LAPTOP, EVE, folder=folder)
    tables = {name: release.table(name) for name in INDEXED}

    def steps(others):
        row = tables["observations"].iloc[[0]]
        more = [row.assign(observation_id=f"{SOURCE}#x{at}", indicator=f"other_{at % 20}") for at in range(others)]
        grown = tables | {"observations": pd.concat([tables["observations"], *more])}
        index = Index(index_in_memory(grown), EVE, sees_embargoed=True)
        taken = []
        index.connection.set_progress_handler(lambda: taken.append(1), 1)
        assert ask(index)
        return len(taken)

    assert steps(others=600) < 1.5 * steps(others=200)


def test_nobody_can_write_into_it(folder):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index_for(folder).connection.execute("DELETE FROM numbers")


def test_a_damaged_index_is_refused_and_the_next_build_mends_it(city):
    release = build(city.write()).release
    path = city.path / "tables" / release / INDEX
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not is_whole(path.parent)
    with pytest.raises(BrokenRelease, match="索引"):
        _ = open_release(LAPTOP, now(), folder=city.path).index
    assert build(city.path).release == release
    assert is_whole(path.parent)
    assert len(open_release(LAPTOP, now(), folder=city.path).index.numbers_of()) == 7


def test_a_release_made_before_there_were_indexes_selects_the_same_and_the_next_build_adds_one(city):
    release = build(city.write()).release
    home = city.path / "tables" / release
    manifest = json.loads((home / "manifest.json").read_text("utf-8"))
    del manifest["index"]
    (home / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (home / INDEX).unlink()
    index = open_release(LAPTOP, now(), folder=city.path).index
    assert seqs(index.numbers(parse_selector("halls_built{place=parts:city}"))) == ["#2", "#3"]
    assert not (home / INDEX).exists()
    build(city.path)
    assert (home / INDEX).exists()


def test_many_threads_may_select_at_once(folder):
    index, selector = index_for(folder), parse_selector("halls_built{period=2018}")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: seqs(index.numbers(selector)), range(400)))
    assert found == [["#1", "#2", "#3", "#10"]] * 400
