"""Queries give small tables that carry observation ids, on a full city and on an empty one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from etl.language import spoken
from etl.rules.selectors import split_selectors
from pages.queries.chart_specs import charts_of, marks_of
from pages.queries.data_quality import absences, checks, conflicts, counts
from pages.queries.documents import citations, documents, marked_document, passage, statements_of
from pages.queries.headlines import headlines, title_numbers
from pages.queries.numbers import numbers_by_id, numbers_of
from pages.queries.observations import amounts_in, filter_options, listed_numbers, related

HALLS = "2018-12-31-halls"


@pytest.fixture
def full(tiny, release_of):
    return release_of(tiny)


@pytest.fixture
def bare(empty, release_of):
    return release_of(empty)


@pytest.fixture
def shipped(xuchang, release_of):
    return release_of(xuchang)


def chart(release, name):
    return next(each for each in charts_of(release, "overview") if each.chart == name)


def test_every_number_carries_the_observations_it_rests_on(full):
    known = set(full.table("observations")["observation_id"])
    for number in numbers_of(full):
        assert set(number.observation_ids) <= known
        assert number.derived == (number.number_id not in known)


def test_an_empty_city_gives_empty_tables_with_their_columns(bare):
    assert numbers_of(bare) == ()
    lists = (
        charts_of(bare, "overview"),
        headlines(bare),
        title_numbers(headlines(bare)),
        listed_numbers(bare, {}),
        checks(bare),
        conflicts(bare),
        absences(bare),
        documents(bare),
        statements_of(bare),
    )
    assert lists == ((),) * 9
    assert set(counts(bare).values()) == {0}


def test_a_card_without_its_number_is_there(full):
    cards = headlines(full)
    assert [card.card for card in cards] == ["done", "plan", "visits", "two", "missing"]
    assert cards[-1].numbers == ()


def test_the_title_takes_what_is_done_and_what_is_planned(full):
    assert [number.measure for _card, number in title_numbers(headlines(full))] == ["actual", "plan"]


def test_a_chart_by_place_has_every_place_and_its_state_by_value_then_order(full):
    marks = marks_of(full, chart(full, "parts"))
    shown = [mark for mark in marks if mark.part == "shown"]
    assert [mark.place for mark in shown] == ["east", "west", "zone", "north", "south"]
    assert [mark.state for mark in shown] == ["planned", "planned", "planned", "not_in_plan", "not_published"]
    assert shown[2].value == 0


def test_a_gap_that_nobody_declared_is_not_taken_for_unpublished(full):
    asked = split_selectors("built{measure=target;place=parts:city;period=2019}")
    undeclared = replace(chart(full, "parts"), shows=tuple(asked))
    assert {mark.state for mark in marks_of(full, undeclared)[:-1]} == {"undeclared"}


def test_a_breakdown_keeps_its_own_order(full):
    assert [mark.breakdown for mark in marks_of(full, chart(full, "works"))] == ["works:new", "works:old"]


def test_shipped_charts_have_no_undeclared_gap(shipped):
    for row in charts_of(shipped, "overview"):
        assert "undeclared" not in {mark.state for mark in marks_of(shipped, row)}


def test_shipped_headlines_all_have_their_number_from_a_checked_source_without_conflict(shipped):
    cards = headlines(shipped)
    assert all(card.shown for card in cards)
    assert all(number.verified and not number.conflict for card in cards for number in card.shown)


def test_citations_have_one_row_a_source_and_nothing_for_unknown_ids(full):
    found = citations(full, [f"{HALLS}#1", f"{HALLS}#2", "2018-06-30-hearsay#1", "nobody#1"])
    assert [each.source for each in found] == [HALLS, "2018-06-30-hearsay"]
    assert [each.observation_ids for each in found] == [(f"{HALLS}#1", f"{HALLS}#2"), ("2018-06-30-hearsay#1",)]


def test_numbers_by_id_keep_the_order_asked_for(full):
    found = numbers_by_id(full, [f"{HALLS}#3", "nobody", f"{HALLS}#1"])
    assert [number.number_id for number in found] == [f"{HALLS}#3", f"{HALLS}#1"]


@pytest.mark.parametrize("search", ["3.6万", "36000", "36,000", "超过3.6万人次", "三万六千"])
def test_ten_thousands_and_digits_find_the_same_number(full, search):
    assert [number.value for number in listed_numbers(full, {}, search)] == [Decimal(36000)]


@pytest.mark.parametrize(("search", "found"), [("东区", 1), ("礼堂数 东区", 1), ("没有这样的", 0), ("", 13)])
def test_words_narrow_the_list(full, search, found):
    assert len(listed_numbers(full, {}, search)) == found


def test_a_search_for_two_numbers_is_a_search_for_words():
    assert amounts_in("2个3个") == set()


def test_filters_narrow_and_a_project_holds_its_parts(full):
    assert len(listed_numbers(full, {"place": "east", "measure": "plan"})) == 1
    whole = listed_numbers(full, {"project": "halls"})
    assert {number.project for number in whole} == {"halls", "hall_works"}
    works = listed_numbers(full, {"project": "hall_works"})
    assert {number.breakdown for number in works} == {"works:new", "works:old"}


def test_options_are_only_what_some_number_has(full):
    options = filter_options(full)
    assert "north" not in options["place"]
    assert set(options["measure"]) == {"actual", "target", "plan"}


def test_what_rests_on_a_number_and_what_it_rests_on(full):
    (rate,) = related(full, f"{HALLS}#1")
    assert rate.indicator == "rate"
    assert [number.number_id for number in related(full, rate.number_id)] == [f"{HALLS}#1", f"{HALLS}#2"]
    assert related(full, "nobody") == ()


def test_conflicts_hold_every_version(full):
    (conflict,) = conflicts(full)
    assert [number.variant for number in numbers_by_id(full, conflict.number_ids)] == ["one", "two"]
    assert (conflict.identity, conflict.name) == ("two_versions", "两种说法")
    assert counts(full)["conflict"] == 1


def test_what_needs_attention_comes_first(full):
    assert [check.result for check in checks(full)] == ["conflict", "holds"]


def test_an_absence_of_many_places_is_one_row(shipped):
    rows = absences(shipped)
    assert len(rows) < len(shipped.table("absences"))
    assert any("、" in absence.place_name for absence in rows)


def test_a_document_that_is_not_attached_has_no_passage(full):
    assert marked_document(full, HALLS) == []
    assert passage(full, HALLS, 1) == []


def test_names_fall_back_to_chinese_where_english_is_missing(full):
    assert {number.place_name for number in spoken("en", numbers_of, full)} >= {"East", "零点区"}


def test_an_attached_document_is_cut_at_its_numbers(tiny, release_of, tmp_path, monkeypatch):
    release = release_of(tiny)
    text = "前文\n\n本年共建 12 个，目标 10 个。\n\n后文"
    monkeypatch.setattr(type(release), "document", lambda self, source: text if source == HALLS else None)
    monkeypatch.setattr(type(release), "spans", lambda self, source: {1: (9, 13), 2: (17, 21)})
    pieces = marked_document(release, HALLS)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.role] == [text[9:13], text[17:21]]
    around = passage(release, HALLS, 1)
    assert [piece.text for piece in around if piece.role] == [text[9:13]]
    assert "前文" not in "".join(piece.text for piece in around)
    assert "后文" not in "".join(piece.text for piece in around)
