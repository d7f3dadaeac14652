"""A template writes numbers whole: there is no way to one without its qualifier."""

import pytest

from etl.rules.templates import Slot, SlotValue, TemplateFault, filled, forbidden_pieces, literal_pieces

VISITS = Slot((SlotValue(text="超过3万人次", amount="超过3万人次", place="甲市", when="截至2018年12月31日"),))
PLANS = Slot((SlotValue(text="6个", place="东区", when="2019年"), SlotValue(text="3个", place="西区", when="2019年")))


def test_a_slot_writes_its_number_and_what_it_speaks_of():
    made = filled("{{ a.when }}，{{ a.place }}累计接待{{ a }}。", {"a": VISITS})
    assert made == "截至2018年12月31日，甲市累计接待超过3万人次。"


def test_several_numbers_are_written_with_what_tells_them_apart():
    assert filled("{{ a.when }}：{{ a }}。", {"a": PLANS}) == "2019年：东区6个、西区3个。"
    assert filled("{% for n in a %}{{ n.place }}；{% endfor %}", {"a": PLANS}) == "东区；西区；"


@pytest.mark.parametrize("part", ["value", "digits", "qualifier", "unit", "number"])
def test_a_slot_has_no_part_of_a_number_to_offer(part):
    with pytest.raises(TemplateFault):
        filled(f"{{{{ a.{part} }}}}", {"a": VISITS})


@pytest.mark.parametrize(
    "template",
    [
        "{{ a|replace('超过', '') }}", "{{ a.text[2:] }}", "{{ a.text.strip('超过') }}", "{{ a + a }}", "{{ a ~ 'x' }}", "{{ 3 }}",
        "{% set b = a %}", "{% include 'x' %}", "{% macro m() %}{% endmacro %}", "{{ range(9) }}",
    ],
)  # fmt: skip
def test_what_could_change_a_number_is_named(template):
    assert forbidden_pieces(template)


def test_loops_and_conditions_are_allowed():
    allowed = "{% for n in a %}{% if not loop.first %}、{% endif %}{{ n }}{% endfor %}{% if a.period == a.when %}x{% else %}y{% endif %}"
    assert forbidden_pieces(allowed) == []


def test_the_inside_of_python_is_out_of_reach():
    with pytest.raises(TemplateFault):
        filled("{{ a.__class__ }}", {"a": VISITS})


def test_a_template_that_cannot_be_read_says_so():
    with pytest.raises(TemplateFault, match="模板写法有误"):
        filled("{{ a.", {"a": VISITS})


def test_the_words_of_a_template_are_those_outside_its_tags():
    assert literal_pieces("共{{ a }}，{% if a.place == '甲市' %}全市{% endif %}") == ["共", "，", "'甲市'", "全市"]
