"""Every state, check result, measure, qualifier and verdict has a word in both languages, and what became of something its colour."""

from pathlib import Path

import pytest

from etl.language import in_language, spoken
from etl.model import CheckResult, Measure, Qualifier, State, Verdict
from pages.analysis.comparison import Judgement
from pages.wording.compared import judgement_colour, judgement_words
from pages.wording.drafts import verdict_words
from pages.wording.intake import qualifier_names
from pages.wording.states import measure_label, measure_names, outcome_colour, result_word, state_word

TABLES = {Measure: measure_names, Qualifier: qualifier_names, Verdict: verdict_words, Judgement: judgement_words}
WORDS = {State: state_word, CheckResult: result_word}
CSS = Path(__file__).parents[3] / "pages" / "widgets" / "theme.css"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("codes", [*TABLES, *WORDS], ids=lambda codes: codes.__name__)
def test_every_member_has_a_word_in_each_language(codes, lang):
    with in_language(lang):
        told = TABLES[codes]() if codes in TABLES else {member: WORDS[codes](member) for member in codes}
    assert set(told) == set(codes)
    assert len(set(told.values())) == len(codes)
    assert all(any("一" <= letter <= "鿿" for letter in word) == (lang == "zh") for word in told.values())


def test_a_computed_number_has_no_measure_and_says_so():
    assert [spoken("en", measure_label, each) for each in ("", "plan")] == ["computed", "plan"]


def test_what_fails_is_red_what_passes_blue_and_the_rest_grey():
    assert {str(result): outcome_colour(result) for result in CheckResult} == {
        "holds": "blue", "violated": "red", "conflict": "red", "not_testable": "gray",
    }  # fmt: skip
    assert {str(verdict): outcome_colour(verdict) for verdict in Verdict} == {
        "match": "blue", "derived_match": "blue", "uncovered": "gray", "embargoed": "red", "conflict": "red", "mismatch": "red",
        "other_definition": "red", "qualifier_lost": "red",
    }  # fmt: skip
    assert [judgement_colour(each) for each in Judgement] == ["red", "gray", "blue"]


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict.passes is not False])
def test_the_mark_of_what_is_not_wrong_has_its_own_style(verdict):
    """A mark without a style of its own is red."""
    assert f"mark.{verdict}" in CSS.read_text("utf-8")
