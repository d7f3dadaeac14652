"""The press wording screen: what may be said, asked and must not be said, on the shipped city, a made-up one and an empty one."""

import pytest

SCREEN = "pages/screens/words.py"


def quotes(test):
    return [each.value for each in test.code]


def test_a_sentence_keeps_its_qualifier_and_is_copied_with_its_source(xuchang, show):
    said = quotes(show(xuchang, SCREEN, project="reading_spaces"))
    (visits,) = [one for one in said if "148万" in one]
    sentence, source = visits.split("\n")
    assert "超过148万人次" in sentence
    assert "2019年3月21日" in sentence
    assert source.startswith("（来源：") and "2019年3月21日" in source


def test_computed_sentences_are_shown_only_when_asked_for(xuchang, show):
    without = quotes(show(xuchang, SCREEN, project="community_standardisation"))
    asked = quotes(show(xuchang, SCREEN, project="community_standardisation", computed="1"))
    assert not [one for one in without if "推算" in one]
    assert [one for one in asked if "111.0%" in one and "推算" in one]


def test_a_search_leaves_the_sentences_that_hold_its_words(xuchang, show):
    said = quotes(show(xuchang, SCREEN, project="community_standardisation", q="东城区 44个"))
    assert len(said) == 1


def test_questions_are_answered_by_sentences_or_by_not_published_with_the_way_to_the_list(xuchang, show, crawl):
    test = show(xuchang, SCREEN, project="community_standardisation", part="ask")
    found = crawl(test)
    assert [one for one in quotes(test) if "群众满意度未公布" in one]
    assert [each for each in test.markdown if "未公布清单" in each.value and "part=absences" in each.value]
    (built,) = [one for key, one in found.items() if key.startswith("line_answer_ask_built")]
    assert "118个" in built.text
    assert len(built.cites) == 3


def test_a_conflict_stands_under_what_must_not_be_said_with_both_versions(xuchang, show, crawl):
    assert not [one for one in quotes(show(xuchang, SCREEN, project="minsheng_365")) if "1120" in one or "579" in one]
    said = crawl(show(xuchang, SCREEN, project="minsheng_365", part="unsaid"))["list_unsaid"].text
    assert "1120项" in said and "579项" in said


def test_a_made_up_city_says_so_in_every_copy(tiny, show):
    said = quotes(show(tiny, SCREEN))
    assert said
    assert all(one.startswith("【模拟数据】") for one in said)


def test_the_frame_is_english_and_the_sentences_stay_chinese(xuchang, show):
    test = show(xuchang, SCREEN, project="reading_spaces", lang="en")
    assert test.title[0].value == "Press wording"
    assert [one for one in quotes(test) if "超过148万人次" in one]


@pytest.mark.parametrize("part", ["say", "ask", "unsaid"])
def test_an_empty_city_says_why_there_is_nothing(empty, show, crawl, part):
    said = crawl(show(empty, SCREEN, part=part))["empty_words"].text
    assert "python -m etl" in said


def test_a_project_without_numbers_says_why(rich, show, crawl):
    found = crawl(show(rich, SCREEN, project="silent"))
    assert "empty_words" in found
