"""The words of a map: every state with its number, what hovering says, whose outlines these are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.language import in_language, language, spoken
from etl.model import MapCredit, State
from pages.queries.boundaries import MapRequest, map_credit, map_marks, mark_sources
from pages.wording.maps import MapMark, credit_text, legend_of, map_words, review_text, without_number


@pytest.fixture(params=["zh", "en"])
def marks(request, xuchang, release_of):
    release = release_of(xuchang)
    with in_language(request.param):
        marks = map_marks(release, MapRequest("standardised_communities", "plan", "2019"))
        yield map_words(marks, mark_sources(release, marks))


def test_the_legend_counts_every_state_and_names_the_empty_ones_too(marks):
    found = dict(legend_of(marks))
    assert list(found) == ["planned", "zero", "not_in_plan", "not_published"]
    assert [text.split("（")[-1].split("(")[-1][0] for text in found.values()] == ["5", "0", "4", "0"]


def test_hovering_tells_value_source_and_day_or_the_reason(marks):
    for shown in marks:
        if shown.value is None:
            assert shown.reason in shown.hover
        else:
            assert shown.text in shown.hover
            assert "2019" in shown.hover.split("\n")[-1]


def test_the_places_without_a_number_are_counted_those_in_no_plan_apart(marks):
    apart = {"zh": "9个地区中4个不在计划", "en": "4 of 9 places are not in the plan"}[language()]
    assert without_number(marks) == apart
    assert without_number([shown for shown in marks if shown.value is not None]) == ""
    first = next(shown for shown in marks if shown.value is None)
    unpublished = replace(first, state=State.NOT_PUBLISHED)
    missing = [unpublished if shown is first else shown for shown in marks]
    both = {
        "zh": "9个地区中3个不在计划；9个地区中1个没有数字", "en": "3 of 9 places are not in the plan; 1 of 9 places have no number",
    }[language()]  # fmt: skip
    assert without_number(missing) == both
    alone = [shown for shown in missing if shown.state != State.NOT_IN_PLAN]
    assert without_number(alone) == {"zh": "6个地区中1个没有数字", "en": "1 of 6 places have no number"}[language()]


def test_a_legend_of_nothing_still_explains_the_states():
    assert [state for state, _ in legend_of(())] == [
        "done", "zero", "not_in_plan", "not_published",
    ]  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_the_legend_explains_every_state_that_a_place_is_in(state):
    assert state in dict(legend_of([MapMark(state=state)]))


def test_the_legend_of_a_rate_tells_the_lowest_and_the_highest(marks):
    found = dict(legend_of(marks, rate=True))
    assert list(found) == ["rate", "zero", "not_in_plan", "not_published"]
    assert found["rate"] == {"zh": "计划1个至计划20个（5）", "en": "plan 1 units to plan 20 units (5)"}[language()]


def test_the_credit_line_says_internal_reference_or_the_review_number(xuchang, release_of):
    credit = map_credit(release_of(xuchang))
    assert credit_text(credit).startswith("内部参考；边界：高德")
    assert credit_text(replace(credit, review_number="豫S(1)")).startswith("审图号：豫S(1)；")
    assert spoken("en", review_text, "") == "For internal reference only"
    assert credit_text(MapCredit()) == ""
