"""The corpus of press drafts itself: its marks stand where they say, its truths are true, its mistakes are mistakes.

Values are read here by a small reader of its own and computed with fractions from the facts as entered, so that a slip of the
generator cannot hide behind the generator.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

import cn2an
import pytest

from bench.corpora.drafts.corpus import TRUE, by_kind, shipped_drafts, unseen_drafts
from bench.corpora.drafts.made_up import HERE, write_city
from bench.corpora.drafts.mutations import CAUGHT, KINDS
from bench.corpora.drafts.scores import KEYS, check, kind_scores, true_score
from etl.build import make_tables
from etl.readers.facts import source_folders

DATA = Path(__file__).resolve().parents[3] / "data"
PASSES = {"match", "derived_match", "uncovered"}
CITIES = {"shipped": ("xuchang", shipped_drafts), "unseen": ("unseen", unseen_drafts)}


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folders = {"shipped": DATA, "unseen": write_city(tmp_path_factory.mktemp("made_up"))}
    return {city: make_tables(folder, source_folders(folder)) for city, folder in folders.items()}


@pytest.fixture(scope="module")
def drafts(tables):
    return {city: make(tables[city].frames) for city, (_, make) in CITIES.items()}


@pytest.fixture(scope="module")
def everything(drafts):
    return [draft for found in drafts.values() for draft in found]


@pytest.fixture(scope="module")
def by_name(everything):
    return {draft.name: draft for draft in everything}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NUMERAL = re.compile(r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+")
FIXED = re.compile("半|成|五六|1-2|至(?!少)")
FLOOR = re.compile(r"超过|超|逾|多|余|不少于|不低于|不小于|至少|以上")


def value_of(printed):
    """Value and size of the last printed digit, in the printed unit's base."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", printed))
    found = NUMERAL.search(text.replace("百分之", ""))[0]
    digits = found if found[0].isdigit() else str(cn2an.cn2an(found, "smart"))
    rest = text.replace("百分之", "").split(found, 1)[1]
    scale = Fraction(10**8 if "亿" in rest else 10**4 if "万" in rest else 10 if "成" in rest else 1)
    decimals = len(digits.partition(".")[2])
    zeros = 0 if decimals else len(digits) - len(digits.rstrip("0"))
    return Fraction(digits) * scale, Fraction(10) ** (zeros - decimals) * scale


def computed(row, value):
    """A row of derived.csv worked out from the values of its facts."""
    left = [value(key) for key in row["left"].split("+")]
    right = [value(key) for key in row["right"].split("+") if key]
    a, b = sum(left), sum(right)
    return {
        "sum": lambda: a, "difference": lambda: a - b, "share": lambda: a / b * 100, "growth": lambda: a / b * 100 - 100,
        "multiple": lambda: a / b, "mean": lambda: a / b, "product": lambda: a * b,
    }[row["op"]]()  # fmt: skip


@pytest.fixture(scope="module")
def truths(tables):
    """City -> key of a fact or computed number -> its value, worked out here."""
    from etl.rules.selectors import chosen

    found = {}
    for city, (folder, _) in CITIES.items():
        frames = tables[city].frames
        facts = {
            row["key"]: Fraction(chosen(frames["observations"], frames["places"], row["selector"])["value"].iloc[0])
            for row in rows_of(HERE / folder / "facts.csv")
        }
        derived = {row["key"]: computed(row, facts.__getitem__) for row in rows_of(HERE / folder / "derived.csv")}
        found[city] = facts | derived
    return found


@pytest.mark.parametrize("city", CITIES)
def test_the_tables_behind_the_corpus_are_sound(tables, city):
    assert not tables[city].problems


def test_there_are_enough_drafts_of_every_kind(drafts):
    shipped, unseen = by_kind(drafts["shipped"]), by_kind(drafts["unseen"])
    assert shipped.total() >= 600
    assert unseen.total() >= 150
    assert min(shipped[kind] for kind in KINDS) >= 12
    assert sum(unseen[kind] > 0 for kind in KINDS) >= 20
    assert shipped[TRUE] >= 300
    assert unseen[TRUE] >= 80


def test_true_sentences_come_in_many_wordings(drafts):
    templates = {city: {name for draft in found for name in draft.templates} for city, found in drafts.items()}
    assert len(templates["shipped"]) >= 60
    assert len(templates["unseen"]) >= 40
    seen = rows_of(HERE / "xuchang" / "patterns.csv") + rows_of(HERE / "xuchang" / "sentences.csv")
    unseen = rows_of(HERE / "unseen" / "patterns.csv") + rows_of(HERE / "unseen" / "sentences.csv")
    assert len({row["text"] for row in seen} & {row["text"] for row in unseen}) <= 3


def test_every_mark_prints_what_it_says(everything):
    assert not [
        (draft.name, gold.as_printed)
        for draft in everything
        for gold in draft.golds
        if draft.text[gold.start : gold.end] != gold.as_printed or not gold.as_printed.strip()
    ]


def test_marks_stand_in_reading_order_and_apart(everything):
    for draft in everything:
        ends = [0, *(gold.end for gold in draft.golds)]
        assert all(end <= gold.start for end, gold in zip(ends, draft.golds, strict=False)), draft.name


def test_no_slot_is_left_open(everything):
    assert not [draft.name for draft in everything if re.search(r"[{}|]|，，|。。|，。", draft.text)]


def test_names_are_unique(everything, by_name):
    assert len(by_name) == len(everything)


def test_drafts_are_the_same_for_the_same_seed(tables, drafts):
    assert unseen_drafts(tables["unseen"].frames) == drafts["unseen"]
    assert unseen_drafts(tables["unseen"].frames, seed=1) != drafts["unseen"]


def test_every_mutation_changes_the_text_and_says_which_number_is_false(everything, by_name):
    for draft in everything:
        if draft.kind != TRUE:
            assert draft.text != by_name[draft.of].text, draft.name
            assert by_name[draft.of].kind == TRUE
            assert draft.culprits, draft.name


def test_a_true_draft_holds_no_false_number(everything):
    assert not [draft.name for draft in everything if draft.kind == TRUE and draft.culprits]


def test_what_may_be_said_of_a_false_number_is_never_a_pass():
    assert not [kind for kind, (_, acceptable) in KINDS.items() if acceptable & PASSES or not acceptable <= CAUGHT]


def test_every_verdict_is_expected_somewhere(everything):
    expected = {gold.verdict for draft in everything for gold in draft.golds if gold.role == "true"}
    assert expected == {"match", "derived_match", "conflict", "uncovered", "embargoed"}


def test_true_numbers_name_observations_of_the_release(tables, drafts):
    for city, found in drafts.items():
        known = set(tables[city].frames["observations"]["observation_id"])
        named = [gold for draft in found for gold in draft.golds if gold.role == "true" and gold.verdict != "uncovered"]
        assert all(gold.observations and set(gold.observations) <= known for gold in named)


@pytest.mark.parametrize("city", CITIES)
def test_true_numbers_are_true_to_their_printed_digits(drafts, truths, city):
    wrong = []
    for draft in drafts[city]:
        for gold in draft.golds:
            if (
                gold.role != "true"
                or gold.key not in truths[city]
                or re.search("半|五六|1-2|至(?!少)", gold.as_printed)
            ):
                continue
            (told, step), true = value_of(gold.as_printed), truths[city][gold.key]
            floor, below = FLOOR.search(gold.as_printed), re.search("近|不到|不足", gold.as_printed)
            fine = told <= true if floor else told >= true if below else abs(told - true) <= step / 2
            wrong += [] if fine else [(draft.name, gold.as_printed, float(true))]
    assert not wrong


@pytest.mark.parametrize("city", CITIES)
def test_a_rounded_number_keeps_two_significant_digits(drafts, truths, city):
    for draft in drafts[city]:
        for gold in draft.golds:
            if gold.role == "true" and gold.key in truths[city] and not FIXED.search(gold.as_printed):
                told, step = value_of(gold.as_printed)
                is_share = re.search("[%％百]", gold.as_printed)
                assert told == truths[city][gold.key] or told / (1 if is_share and step > 1 else step) >= 10, gold


NUMERIC_KINDS = {
    "wan_for_yi", "wan_dropped", "decimal_shifted", "digits_transposed", "rounded_too_far", "superseded_told_as_current",
    "wrong_share", "wrong_sum", "wrong_difference", "wrong_growth", "wrong_mean", "swapped_parts", "swapped_years",
    "actual_and_target_swapped",
}  # fmt: skip


def test_a_number_told_wrong_has_another_value(drafts, truths):
    same = [
        (draft.name, gold.as_printed)
        for city, found in drafts.items()
        for draft in found
        if draft.kind in NUMERIC_KINDS
        for gold in draft.culprits
        if value_of(gold.as_printed)[0] == truths[city][gold.key]
    ]
    assert not same


def test_a_number_rounded_up_after_a_word_for_more_is_above_the_truth(drafts, truths):
    for city, found in drafts.items():
        for draft in found:
            if draft.kind == "rounded_up_after_more":
                assert all(value_of(gold.as_printed)[0] > truths[city][gold.key] for gold in draft.culprits), draft.name


def test_a_dropped_qualifier_is_gone_and_an_added_one_is_there(everything):
    words = re.compile(r"超|逾|多|余|不少|不低|不小|至少|以上|近|不到|不足")
    for draft in everything:
        for gold in draft.culprits:
            if draft.kind == "qualifier_dropped":
                assert not words.search(gold.as_printed), gold
            if draft.kind == "qualifier_added":
                assert words.match(gold.as_printed), gold


def test_a_mistake_adds_and_loses_no_known_number(everything, by_name):
    for draft in everything:
        if draft.kind != TRUE:
            before = Counter(gold.key for gold in by_name[draft.of].golds if gold.key)
            after = Counter(gold.key for gold in draft.golds if gold.key)
            assert after == before, draft.name


def test_all_digits_outside_marks_are_dates_names_or_asides(everything):
    asides = sorted((row["text"] for row in rows_of(HERE / "asides.csv")), key=len, reverse=True)
    allowed = re.compile(r"20\d\d(?:—20\d\d)?年|\d{1,2}月(?:\d{1,2}日)?|民生365工程")
    for draft in everything:
        text = draft.text
        for gold in reversed(draft.golds):
            text = text[: gold.start] + "〇" + text[gold.end :]
        for aside in asides:
            text = text.replace(aside, "")
        assert not re.search(r"[0-9０-９]", allowed.sub("", text)), draft.name


def test_idioms_dates_and_names_are_sprinkled_over_many_drafts(everything):
    words = ("最后一公里", "一应俱全", "第七次", "“十四五”", "0374-", "三五好友", "五湖四海", "16:30")
    assert all(sum(word in draft.text for draft in everything) >= 10 for word in words)


def said(gold, verdict):
    told = {"start": gold.start, "end": gold.end, "as_printed": gold.as_printed, "verdict": verdict}
    return dict.fromkeys(KEYS, "") | told | {"observations": list(gold.observations)}


def test_a_checker_that_knows_every_mark_scores_full(drafts):
    def knows(draft):
        return lambda release, text: [said(gold, min(gold.acceptable)) for gold in draft.golds]

    checked = [check(draft, knows(draft), None) for draft in drafts["unseen"]]
    true = true_score(checked)
    assert true.confirmed == true.same_label == true.same_observations == true.numbers > 200
    assert not true.beside
    assert all(right == numbers for right, numbers in true.others.values())
    assert all(one.caught == one.apt == one.drafts for one in kind_scores(checked).values())


def test_a_checker_that_passes_everything_catches_nothing(drafts):
    def passes(draft):
        return lambda release, text: [said(gold, "match") for gold in draft.golds]

    scores = kind_scores([check(draft, passes(draft), None) for draft in drafts["unseen"]])
    assert not any(one.any_caught for one in scores.values())


def test_a_checker_that_sees_nothing_leaves_all_unlisted(drafts):
    true = true_score([check(draft, lambda release, text: [], None) for draft in drafts["unseen"]])
    assert true.unlisted == true.numbers
