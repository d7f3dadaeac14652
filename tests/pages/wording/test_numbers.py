"""Numbers keep the source's own precision and their qualifier."""

from decimal import Decimal

import pytest

from etl.language import spoken
from etl.model import Number
from pages.wording.numbers import digits_text, number_text, per_cent_text


def number(value, step, unit="个", qualifier="exact", high=None, derived=False):
    return Number(
        value=Decimal(value), value_high=high and Decimal(high), step=step and Decimal(step), unit=unit, unit_name=unit,
        qualifier=qualifier, derived=derived,
    )  # fmt: skip


PRINTED = {
    "超过148万人次": number("1480000", "10000", "人次", "more_than"),
    "超过14.23万册次": number("142300", "100", "册次", "more_than"),
    "1.37亿元": number("137000000", "1000000", "元"),
    "3.3亿元": number("330000000", "10000000", "元"),
    "5000万元": number("50000000", "10000", "元"),
    "27.66万m2": number("276600", "100", "m2"),
    "149597m2": number("149597", "1", "m2"),
    "30万个": number("300000", "10000"),
    "30.60万个": number("306000", "100"),
    "0个": number("0", "1"),
    "54.1%": number("54.1", "0.1", "%"),
    "不低于90%": number("90", "1", "%", "at_least"),
    "不少于500m2": number("500", "1", "m2", "at_least"),
    "不到40万个": number("400000", "10000", "个", "less_than"),
    "不超过7天": number("7", "1", "天", "up_to"),
    "约20天": number("20", "1", "天", "approx"),
    "500至600人": number("500", "100", "人", "range", "600"),
    "3.3万至3.5万人": number("33000", "1000", "人", "range", "35000"),
    "169.1万元（推算）": number("1691358.024691", "1", "元", derived=True),
    "94.6%（推算）": number("94.6484", "0.1", "%", derived=True),
    "162个（推算）": number("162", "1", derived=True),
    "2.44人（推算）": number("2.435737", "0.01", "人", derived=True),
}


@pytest.mark.parametrize("text", PRINTED)
def test_a_number_reads_as_it_was_printed(text):
    expected = text.replace("3.3万至3.5万", "3.3至3.5万")
    assert str(number_text(PRINTED[text])) == expected


def test_a_number_is_never_written_with_a_letter():
    assert str(spoken("en", number_text, PRINTED["超过148万人次"])) == "more than 1.48 million 人次"
    assert str(spoken("en", number_text, PRINTED["149597m2"])) == "149,597 m2"


def test_the_parts_stand_alone_for_a_card():
    parts = number_text(PRINTED["超过148万人次"])
    assert (parts.qualifier, parts.digits, parts.unit) == ("超过", "148", "万人次")


def test_a_share_has_one_decimal():
    assert per_cent_text(Decimal(36) / Decimal(44) * 100) == "81.8%"
    assert per_cent_text(Decimal("99.95")) == "100.0%"


def test_a_difference_keeps_its_own_digits():
    assert digits_text(Decimal("-0.0158"), None) == "-0.0158"
    assert digits_text(Decimal("18287"), None) == "18287"


@pytest.mark.parametrize(("lang", "said"), [("zh", "第1名"), ("en", "rank 1")])
def test_a_rank_is_a_place_in_an_order_and_not_an_amount(lang, said):
    rank = Number(value=Decimal(1), unit="ordinal", unit_name="位次", qualifier="exact")
    assert str(spoken(lang, number_text, rank)) == said
