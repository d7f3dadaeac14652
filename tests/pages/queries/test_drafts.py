"""A draft against the tiny city: verdict by verdict, and the sentence that would be right is checked before it is offered."""

from pages.queries.drafts import FINDING_COLUMNS, checked_draft, gravest_first, sample_drafts

WRONG = "甲市2018年建成礼堂31个。"


def test_a_text_without_numbers_gives_no_row(tiny, release_of):
    found = checked_draft(release_of(tiny), "一应俱全。")
    assert tuple(found.columns) == FINDING_COLUMNS
    assert found.empty


def test_the_right_sentence_has_the_published_number_and_the_rest_unchanged(tiny, release_of):
    row = checked_draft(release_of(tiny), f"前一句。{WRONG}后一句。").iloc[0]
    assert row["verdict"] == "mismatch"
    assert (row["before"], row["right"], row["behind"]) == ("甲市2018年建成礼堂", "12个", "。")


def test_a_right_number_has_no_other_sentence(tiny, release_of):
    row = checked_draft(release_of(tiny), WRONG.replace("31", "12")).iloc[0]
    assert row["verdict"] == "match"
    assert (row["before"], row["right"], row["behind"]) == ("", "", "")


def test_a_sentence_that_would_still_be_wrong_is_not_offered(tiny, release_of, monkeypatch):
    from pages.queries import drafts

    real = drafts.verify

    def stubborn(release, text, **more):
        return real(release, WRONG, **more)

    monkeypatch.setattr(drafts, "verify", stubborn)
    assert checked_draft(release_of(tiny), WRONG).iloc[0]["right"] == ""


def test_the_gravest_comes_first_and_what_passed_last(tiny, release_of):
    text = f"{WRONG.replace('31', '12')}\n\n另有投影仪77台。\n\n{WRONG}"
    verdicts = list(gravest_first(checked_draft(release_of(tiny), text))["verdict"])
    assert verdicts == ["mismatch", "uncovered", "match"]


def test_only_a_made_up_city_brings_drafts_to_try(xuchang, tiny, release_of):
    assert sample_drafts(release_of(xuchang)) == {}
    assert sample_drafts(release_of(tiny)) == {}
