"""A number reads as its cell shows it; where that cannot be followed, as it is stored."""

import datetime as dt
from decimal import Decimal

import pytest

from etl.readers.shown_number import exact, shown_day, shown_number


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("118", "General", "118"),
        ("118", "@", "118"),
        ("118.50", "General", "118.5"),
        ("118", '0"个"', "118个"),
        ("118", '"约"0\\个', "约118个"),
        ("0.541", "0.0%", "54.1%"),
        ("0.5", "0%", "50%"),
        ("2.345", "0.00_ ", "2.35"),
        ("2.5", "0.0##", "2.5"),
        ("2.5", "0", "3"),
        ("1480000", "#,##0", "1,480,000"),
        ("1234.5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        ("-1234", "#,##0_);[Red](#,##0)", "-1,234"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        ("7", "000", "007"),
        ("0.5", ".00", "0.50"),
        ("3200", "[$¥-804]#,##0.00", "¥3,200.00"),
        ("1e300", "0.00", "1" + "0" * 300 + ".00"),
    ],
)
def test_a_number_reads_as_its_format_prints_it(value, number_format, shown):
    assert shown_number(Decimal(value), number_format) == shown


@pytest.mark.parametrize(
    "number_format",
    ['0!.0,"万"', "# ?/?", "0.00E+00", '[>=10000]0.0,"万";0', "000-0000", 'yyyy"年"', "[DBNum1]General"],
)
def test_a_format_that_is_not_followed_scales_nothing(number_format):
    assert shown_number(Decimal("148000.5"), number_format) == "148000.5"


def test_a_stored_number_has_the_digits_people_typed():
    assert exact(0.1 + 0.2) == Decimal("0.3")
    assert exact(27.66) == Decimal("27.66")
    assert exact(1480000) == Decimal(1480000)


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("yyyy/m/d", "2018年3月21日"),
        ('yyyy"年"m"月"d"日"', "2018年3月21日"),
        ('yyyy"年"m"月"', "2018年3月"),
        ("m-d", "2018年3月21日"),
        ("[$-804]yyyy-mm-dd hh:mm", "2018年3月21日 09:30"),
    ],
)
def test_a_day_reads_as_chinese_texts_print_it(number_format, shown):
    assert shown_day(dt.datetime(2018, 3, 21, 9, 30), number_format) == shown


def test_a_time_of_day_reads_as_hours_and_minutes():
    assert shown_day(dt.time(9, 5), "h:mm") == "09:05"
    assert shown_day(dt.timedelta(hours=30), "[h]:mm") == "30:00"
