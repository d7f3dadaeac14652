"""A draft against the tiny city: verdict by verdict, and the sentence that would be right is checked before it is offered."""

from pages.queries.drafts import checked_draft, gravest_first, sample_drafts

WRONG = "甲市2018年建成礼堂31个。"


def test_a_text_without_numbers_gives_no_row(tiny, release_of):
    assert checked_draft(release_of(tiny), "一应俱全。") == ()


def test_the_right_sentence_has_the_published_number_and_the_rest_unchanged(tiny, release_of):
    (number,) = checked_draft(release_of(tiny), f"前一句。{WRONG}后一句。")
    assert number.verdict == "mismatch"
    assert (number.before, number.right, number.behind) == ("甲市2018年建成礼堂", "12个", "。")


def test_a_right_number_has_no_other_sentence(tiny, release_of):
    (number,) = checked_draft(release_of(tiny), WRONG.replace("31", "12"))
    assert number.verdict == "match"
    assert (number.before, number.right, number.behind) == ("", "", "")


def test_a_sentence_that_would_still_be_wrong_is_not_offered(tiny, release_of, monkeypatch):
    from pages.queries import drafts

    real = drafts.verify

    def stubborn(release, text, **more):
        return real(release, WRONG, **more)

    monkeypatch.setattr(drafts, "verify", stubborn)
    assert checked_draft(release_of(tiny), WRONG)[0].right == ""


def test_the_gravest_comes_first_and_what_passed_last(tiny, release_of):
    text = f"{WRONG.replace('31', '12')}\n\n另有投影仪77台。\n\n{WRONG}"
    verdicts = [number.verdict for number in gravest_first(checked_draft(release_of(tiny), text))]
    assert verdicts == ["mismatch", "uncovered", "match"]


def test_only_a_made_up_city_brings_drafts_to_try(xuchang, tiny, release_of):
    assert sample_drafts(release_of(xuchang)) == {}
    assert sample_drafts(release_of(tiny)) == {}
