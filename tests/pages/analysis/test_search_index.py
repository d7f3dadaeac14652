"""Words are compared as people type them."""

import pytest

from pages.analysis.search_index import is_letters, plain, spellings


@pytest.mark.parametrize(
    ("typed", "compared"),
    [("１４８万", "148万"), (" Wei Du ", "weidu"), ("《规范化社区》，", "规范化社区"), ("54.1%", "54.1%"), ("？", "")],
)
def test_width_case_spaces_and_punctuation_do_not_count(typed, compared):
    assert plain(typed) == compared


def test_a_name_is_spelled_by_initials_and_in_full():
    assert {"gfhsq", "guifanhuashequ"} <= set(spellings("规范化社区"))


def test_a_character_with_two_sounds_has_both():
    assert {"cgs", "zgs", "changgeshi"} <= set(spellings("长葛市"))


def test_digits_in_a_name_stay():
    assert "ms365gc" in spellings("民生365工程")


@pytest.mark.parametrize("name", ["", "Weidu", "365"])
def test_what_has_no_chinese_character_has_no_pinyin(name):
    assert spellings(name) == ()


@pytest.mark.parametrize(
    ("text", "yes"), [("gfhsq", True), ("148", False), ("规范", False), ("a b", False), ("", False)]
)
def test_pinyin_is_letters_alone(text, yes):
    assert is_letters(text) == yes
