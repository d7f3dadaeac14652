"""sentences.csv is checked in the build: unknown names, templates that cannot be filled, and what would not be safe to say."""

from dataclasses import asdict, replace

import pytest

from etl.reference import Reference
from etl.rows import PlaceRow, SentenceRow
from etl.rules.sentences import general_rows, row_problems, sentence_rows, star_pins

BUILT = "built{measure=actual;place=city;period=2018}"
PLAN = "built{measure=plan;place=city;period=2019}"
TARGET = "built{measure=target;place=city;period=2018}"


def reference(*rows):
    return Reference(
        {
            "places": [dict.fromkeys(PlaceRow.__dataclass_fields__, "") | {"place": "city", "name": "甲市"}],
            "indicators": [{"indicator": "built", "name": "礼堂数"}],
            "sentences": list(map(asdict, rows)),
        }
    )


def row(template, shows=BUILT, beside="", kind="fact"):
    return SentenceRow(
        line=7,
        sentence="one",
        project="",
        position=1,
        shows=shows,
        compared_with=beside,
        template=template,
        kind=kind,
        note="",
    )


def problems(*args, **kwargs):
    one = row(*args, **kwargs)
    return list(row_problems(one, reference(one)))


def codes(*args, **kwargs):
    return sorted({problem.code for problem in problems(*args, **kwargs)})


def test_a_careful_sentence_has_no_problem():
    assert problems("{{ a.when }}，{{ a.place }}建成礼堂{{ a }}。") == []
    assert problems("{{ a.when }}，全市计划再建礼堂{{ a }}。", PLAN) == []
    assert problems("{{ a.period }}，{{ a.place }}目标任务{{ b }}，建成{{ a }}。", BUILT, TARGET) == []


def test_a_problem_says_file_row_and_column():
    (problem,) = problems("{{ a.when }}，{{ a.place }}建成。")
    assert (problem.where.file, problem.where.row, problem.where.column) == ("reference/sentences.csv", 7, "template")
    assert "{{ a }}" in str(problem)


def test_only_a_standard_is_told_as_one():
    assert problems("按{{ a.as_of }}公布的标准，{{ a.place }}礼堂{{ a }}。", BUILT.replace("actual", "standard")) == []


@pytest.mark.parametrize("shows", ["halls{measure=actual}", "built{place=nowhere}"])
def test_a_selector_names_what_is_there(shows):
    assert codes("{{ a.when }}，{{ a.place }}{{ a }}。", shows) == ["E-201"]


@pytest.mark.parametrize("shows", ["built{when=2018}", "*{measure=done}", "*{colour=red}", "*built"])
def test_a_selector_can_be_read(shows):
    assert codes("{{ a.when }}，{{ a.place }}{{ a }}。", shows) == ["E-204"]


@pytest.mark.parametrize("template", ["{{ a.", "{{ b }}", "{{ a.value }}", "{{ a.digits }}万", "{% for n in a %}"])
def test_a_template_that_cannot_be_filled_is_refused(template):
    assert codes(template) == ["E-217"]


@pytest.mark.parametrize("cut", ["{{ a|replace('超过', '') }}", "{{ a.text[2:] }}", "{{ a.amount + '' }}"])
def test_a_template_that_cuts_a_number_is_refused(cut):
    assert codes("{{ a.when }}，{{ a.place }}建成" + cut) in (["E-217"], ["E-217", "E-218"], ["E-218"])


@pytest.mark.parametrize("number", ["12个", "３座", "十二个", "三成"])
def test_a_template_names_no_number_itself(number):
    assert codes("{{ a.when }}，{{ a.place }}建成{{ a }}，其中" + number + "。") == ["E-218"]


@pytest.mark.parametrize(
    "words", ["超过{{ a }}", "近{{ a }}", "不少于{{ a }}", "{{ a }}多", "{{ a }}以上", "{{ a }}左右"]
)
def test_a_template_adds_no_qualifier(words):
    assert codes("{{ a.when }}，{{ a.place }}建成" + words + "。") == ["E-218"]


@pytest.mark.parametrize(
    ("template", "shows", "kind"),
    [
        ("{{ a.when }}，{{ a.place }}建成礼堂{{ a }}。", PLAN, "fact"),
        ("{{ a.when }}，{{ a.place }}计划建成礼堂达{{ a }}。", PLAN, "fact"),
        ("{{ a.when }}，{{ a.place }}建成礼堂{{ a }}。", TARGET, "fact"),
        ("{{ a.when }}，{{ a.place }}完成率{{ a }}。", BUILT, "derived"),
        ("{{ a.place }}建成礼堂{{ a }}。", BUILT, "fact"),
        ("{{ a.when }}，建成礼堂{{ a }}。", BUILT, "fact"),
        ("{{ a.when }}，{{ a.place }}礼堂{{ a }}。", "*{measure=plan}", "fact"),
        ("按{{ a.as_of }}公布的标准，{{ a.place }}礼堂{{ a }}。", BUILT, "fact"),
        ("按{{ a.period }}的标准，{{ a.place }}礼堂{{ a }}。", "built{place=city}", "fact"),
    ],
)  # fmt: skip
def test_a_sentence_says_plan_target_computed_when_and_where(template, shows, kind):
    assert codes(template, shows, kind=kind) == ["E-219"]


def test_a_place_may_be_written_out():
    assert problems("{{ a.when }}，甲市建成礼堂{{ a }}。") == []


def test_questions_and_what_is_never_said_need_no_number():
    assert problems("今年建成了多少？", kind="question") == []
    assert problems("口诀整句引用，不拆成数字。", kind="never") == []
    assert codes("建成了12个吗？", kind="question") == ["E-218"]


def test_every_general_sentence_passes_its_own_checks():
    for one in general_rows():
        assert list(row_problems(one, reference())) == [], one.sentence


def test_there_is_a_general_sentence_for_every_kind_of_number():
    asked = [star_pins(one.shows) for one in general_rows() if one.kind != "question"]
    assert {pins["measure"] for pins in asked if "measure" in pins} == {"actual", "plan", "target", "standard"}
    assert {"derived": "yes"} in asked
    assert {"conflict": "yes"} in asked
    assert {pins["state"] for pins in asked if "state" in pins} == {
        "not_published",
        "not_in_sources",
        "not_in_plan",
        "not_applicable",
    }


def test_a_citys_own_row_takes_the_place_of_the_general_one():
    own = row("{{ a.when }}，{{ a.place }}{{ a.subject }}计{{ a }}。", "*{measure=actual}")
    own = replace(own, sentence="general_actual")
    said = {one.sentence: one.template for one in sentence_rows(reference(own))}
    assert said["general_actual"] == own.template
    assert len(said) == len(general_rows())
