"""Which sentence speaks of which numbers - and which numbers may not be said at all."""

import csv
import datetime as dt
import shutil
from dataclasses import replace

import pytest

from etl.build import build
from etl.release.schema import FACTS, REFERENCE
from etl.release.tables import LAPTOP, open_release
from pages.queries.numbers import numbers_of
from pages.queries.press_questions import never_said, press_questions
from pages.queries.quotable_numbers import printable_numbers, quotable_numbers, sentences_about

SOURCE = "2018-12-31-halls"
BUILT = "built{measure=actual;place=city;period=2018}"
SAID = [
    {"sentence": "built", "project": "halls", "shows": BUILT, "compared_with": "built{measure=target;place=city;period=2018}", "kind": "fact",
     "template": "{{ a.period }}，{{ a.place }}目标任务{{ b }}，建成{{ a }}。", "note": "不含在建"},
    {"sentence": "gone", "project": "halls", "shows": "built{measure=actual;place=city;period=1999}", "kind": "fact",
     "template": "{{ a.period }}，{{ a.place }}建成{{ a }}。"},
    {"sentence": "half", "project": "halls", "shows": "built{place=city;period=2016;variant=one}", "kind": "fact",
     "template": "{{ a.period }}，{{ a.place }}建成{{ a }}。"},
    {"sentence": "silence", "project": "halls", "shows": "built{measure=plan;place=zone;period=2019}", "kind": "never",
     "template": "零点区单独的计划不说。", "note": "只有一个数"},
    {"sentence": "south", "project": "halls", "shows": "built{measure=plan;place=south;period=2019}", "kind": "absence",
     "template": "{{ a.place }}的计划还没有公布。"},
    {"sentence": "ask_built", "project": "halls", "shows": BUILT, "kind": "question", "template": "{{ a.period }}建成了多少？"},
    {"sentence": "ask_south", "project": "halls", "shows": "built{measure=plan;place=south;period=2019}", "kind": "question",
     "template": "{{ a.place }}计划多少？"},
    {"sentence": "ask_nothing", "project": "halls", "shows": "built{measure=actual;place=city;period=1999}", "kind": "question",
     "template": "那一年呢？"},
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tiny, tmp_path_factory):
    """The tiny city with sentences of its own, and a number that may be printed only in 2099."""
    copy = tmp_path_factory.mktemp("said") / "data"
    shutil.copytree(tiny, copy, ignore=shutil.ignore_patterns("tables"))
    rows = [{"position": at, **row} for at, row in enumerate(SAID, start=1)]
    write_rows(copy / "reference" / "sentences.csv", REFERENCE["sentences"], rows)
    path = copy / "sources" / SOURCE / "facts.csv"
    facts = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    late = {
        **facts[0],
        "seq": "13",
        "as_printed": "15个",
        "value": "15",
        "period_start": "2020-01-01",
        "period_end": "2020-12-31",
    }
    write_rows(path, FACTS, [*facts, late | {"release_at": "2099-01-01"}])
    build(copy)
    return copy


@pytest.fixture
def release(folder, release_of):
    return release_of(folder)


def write_rows(path, table, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def by_sentence(found):
    return {each.sentence: each for each in found}


def ids(found):
    return {number.number_id for each in found for number in each.numbers}


def test_a_sentence_has_its_numbers_in_slots_with_everything_a_number_has(release):
    built = by_sentence(quotable_numbers(release, "halls"))["built"]
    assert [[number.number_id for number in slot] for slot in built.slots] == [[f"{SOURCE}#1"], [f"{SOURCE}#2"]]
    assert [number.project_name for number in built.numbers] == ["礼堂", "礼堂"]
    assert (built.kind, built.why) == ("fact", "不含在建")
    assert [(source.publisher, source.title) for source in built.cited] == [("甲市", "halls")]


def test_a_number_without_a_row_has_a_general_sentence_and_one_with_a_row_has_none(release):
    said = by_sentence(quotable_numbers(release))
    assert f"general_actual:{SOURCE}#7" in said
    assert f"general_plan:{SOURCE}#3" in said
    assert f"general_actual:{SOURCE}#1" not in said
    assert f"general_target:{SOURCE}#2" not in said


def test_a_city_without_any_row_still_has_a_sentence_for_each_number_that_may_be_said(tiny, release_of):
    told = ids(quotable_numbers(release_of(tiny)))
    assert {each for each in told if each.startswith(SOURCE)} == {f"{SOURCE}#{seq}" for seq in range(1, 12)}


def test_what_is_said_of_a_project_is_what_all_sentences_say_of_it(release):
    every, own = quotable_numbers(release), {"hall_works"}
    about = [each for each in every if each.project in own or any(number.project in own for number in each.numbers)]
    assert quotable_numbers(release, "hall_works") == tuple(about)


def test_of_a_series_within_a_year_the_last_number_and_those_asked_for_have_a_general_sentence(release):
    (visits,) = printable_numbers(release, number_ids=[f"{SOURCE}#7"])
    months = [replace(visits, number_id=f"month#{at}", as_of=dt.date(2018, at, 1)) for at in (1, 2, 3)]
    assert [each.number_ids for each in sentences_about(release, months)] == [("month#1",), ("month#2",), ("month#3",)]
    assert [each.number_ids for each in sentences_about(release, months, asked=["month#1"])] == [
        ("month#1",),
        ("month#3",),
    ]
    assert [each.number_ids for each in sentences_about(release, months, asked=[], overtaken=["month#3"])] == [
        ("month#2",)
    ]


def test_own_sentences_come_first_and_in_their_order(release):
    said = list(by_sentence(quotable_numbers(release, "halls")))
    assert said[0] == "built"
    assert all(":" in name for name in said[1:])


def test_an_unchecked_source_never_becomes_a_sentence(release):
    told = quotable_numbers(release)
    assert not [each for each in told for number in each.numbers if "hearsay" in " ".join(number.observation_ids)]


def test_a_number_that_may_not_be_printed_yet_has_no_sentence_until_it_may(folder):
    before = quotable_numbers(open_release(LAPTOP, moment(2026), folder=folder))
    after = quotable_numbers(open_release(LAPTOP, moment(2100), folder=folder))
    assert f"{SOURCE}#13" not in ids(before)
    assert f"{SOURCE}#13" in ids(after)


def moment(year):
    from datetime import datetime

    return datetime(year, 1, 1)


def test_all_versions_of_a_conflict_stand_in_one_sentence_and_one_version_in_none(release):
    said = by_sentence(quotable_numbers(release))
    assert "half" not in said
    (told,) = (each for each in said.values() if each.is_conflict)
    assert told.number_ids == (f"{SOURCE}#10", f"{SOURCE}#11")
    assert told.kind == "conflict"


def test_a_row_whose_number_is_not_there_makes_no_sentence(release):
    assert "gone" not in by_sentence(quotable_numbers(release))


def test_what_is_never_said_has_no_sentence_and_stands_with_its_reason(release):
    assert f"{SOURCE}#6" not in ids(quotable_numbers(release))
    (never,) = never_said(release, "halls")
    assert (never.text, never.reason, never.observation_ids) == (
        "零点区单独的计划不说。",
        "只有一个数",
        (f"{SOURCE}#6",),
    )


def test_an_absence_is_told_as_such(release):
    absent = [each for each in quotable_numbers(release) if each.kind == "absence"]
    assert {(each.sentence.partition(":")[0], each.absence.state, each.absence.places) for each in absent} == {
        ("south", "not_published", ("south",)),
        ("general_not_in_plan", "not_in_plan", ("north",)),
    }
    assert ids(absent) == set()


def test_a_computed_number_is_marked(tiny, release_of):
    said = quotable_numbers(release_of(tiny))
    derived = [(each.kind, number.indicator) for each in said for number in each.numbers if number.derived]
    assert derived == [("derived", "rate")]


def test_a_computed_number_that_a_caution_warns_of_is_left_out(rich, release_of):
    assert "rate" in {number.indicator for number in numbers_of(release_of(rich))}
    assert "rate" not in {number.indicator for each in quotable_numbers(release_of(rich)) for number in each.numbers}


def test_a_project_is_asked_for_with_its_parts_and_an_unknown_one_has_nothing(release):
    assert f"{SOURCE}#8" in ids(quotable_numbers(release, "halls"))
    assert ids(quotable_numbers(release, "hall_works")) == {f"{SOURCE}#8", f"{SOURCE}#9"}
    assert quotable_numbers(release, "nowhere") == ()


def test_an_empty_city_has_nothing_to_say(empty, release_of):
    release = release_of(empty)
    assert quotable_numbers(release) == press_questions(release) == never_said(release) == ()


def test_a_question_names_the_sentence_that_answers_it(release):
    asked = {each.question: each for each in press_questions(release, "halls")}
    assert asked["ask_built"].answers == ("built",)
    assert asked["ask_south"].answers[0].startswith("south:")
    assert "ask_nothing" not in asked


def test_a_project_without_questions_is_asked_for_the_numbers_on_its_cards(tiny, release_of):
    asked = press_questions(release_of(tiny), "halls")
    assert asked
    assert all(each.question.startswith("general_question") for each in asked)
