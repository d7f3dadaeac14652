"""Numbers are printed so that the reader of numbers reads the same again."""

from decimal import Decimal

import pytest

from etl.demo.printing import lower_bound, plain, printed, scale_of
from etl.reading.quantity import read_quantity


@pytest.mark.parametrize(
    ("pattern", "value", "text"),
    [
        ("#个", "39", "39个"),
        ("超过#万人次", "539700", "超过53.97万人次"),
        ("#亿元", "135000000", "1.35亿元"),
        ("#万元", "26110000", "2611万元"),
        ("#.1%", "94", "94.0%"),
        ("七个中心", "7", "七个中心"),
    ],
)
def test_a_number_is_printed_as_people_write_it_and_read_back(pattern, value, text):
    assert printed(pattern, Decimal(value)) == text
    assert read_quantity(text).value == Decimal(value)


def test_the_scale_of_a_pattern_is_what_its_digits_count():
    assert [scale_of(pattern) for pattern in ("#个", "#万元", "#亿元", "七")] == [1, 10_000, 100_000_000, 1]


def test_plain_has_no_exponent_and_no_trailing_zero():
    assert [plain(Decimal(text)) for text in ("1.50", "1E+3", "100", "0")] == ["1.5", "1000", "100", "0"]


@pytest.mark.parametrize("total", [1, 70, 171, 271, 9_999, 10_000, 10_700, 10_701, 540_270])
def test_a_lower_bound_is_below_its_total(total):
    assert 0 <= lower_bound(total) < total
