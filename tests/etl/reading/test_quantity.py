"""The grammar of quantities: one table per word class, cn2an as the oracle for numerals."""

import csv
import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading.quantity import NotAQuantity, quantities, read_quantity

FIGURES = Path(__file__).parents[4] / "shared" / "figures" / "figures.csv"

NUMERALS = {
    "118": "118", "１１８": "118", "3.50": "3.5", "1,480,000": "1480000", "1，480，000": "1480000", "148万": "1480000",
    "14.23万": "142300", "1.37亿": "137000000", "1.2万亿": "1200000000000", "2亿5千万": "250000000", "1亿2000万": "120000000",
    "5千": "5000", "3百": "300", "一百一十八": "118", "一千零一": "1001", "两千三": "2300", "廿三": "23", "卅": "30",
    "叁拾贰": "32", "十": "10", "二十万": "200000", "一亿零五百万": "105000000", "五十四点一": "54.1", "一点五亿": "150000000",
    "二〇一九": "2019", "萬": None, "百姓": None, "千家万户": None,
}  # fmt: skip

UNITS = {
    "27.66万平方米": ("276600", "m2"), "350平米": ("350", "m2"), "350㎡": ("350", "m2"), "350m²": ("350", "m2"),
    "1.37亿元": ("137000000", "元"), "5000万元": ("50000000", "元"), "2亿5千万元": ("250000000", "元"), "3名": ("3", "人"),
    "两位": ("2", "人"), "3个月": ("3", "月"), "5个工作日": ("5", "工作日"), "40周年": ("40", "年"), "14.23万册次": ("142300", "册次"),
    "148万人次": ("1480000", "人次"), "86 个": ("86", "个"), "156\n户": ("156", "户"), "十五大类": ("15", "大类"), "6大板块": ("6", "个"),
    "12个方面": ("12", "个方面"), "每晚收费80块": ("80", "元"), "17块展板": ("17", "块"), "10万千瓦": ("100000", "千瓦"), "3千克": ("3", "千克"), "35微克/立方米": ("35", "微克/m3"), "6.0‰": ("6", "‰"), "2个千分点": ("2", "千分点"),
    "38支队伍": ("38", "支"), "3家电商企业": ("3", "家"), "1800元/人·月": ("1800", "元/人·月"), "一刻钟": ("15", "分钟"), "一个半小时": ("1.5", "小时"), "三年半": ("3.5", "年"), "半年": ("0.5", "年"),
    "2.3个百分点": ("2.3", "百分点"), "第十四期": ("14", "ordinal"), "首个": ("1", "ordinal"), "12部门": ("12", ""), "7中心": ("7", ""),
    "40处（座）": ("40", "处"), "120km": ("120", "公里"),
}  # fmt: skip

SHARES = {
    "54.1%": ("54.1", "exact"), "５４.１％": ("54.1", "exact"), "百分之五十四点一": ("54.1", "exact"), "百分之80": ("80", "exact"),
    "千分之三": ("0.3", "exact"), "八成五": ("85", "exact"), "一成半": ("15", "exact"), "近六成": ("60", "less_than"),
    "五分之三": ("60", "exact"), "三分之二": ("66.666667", "exact"), "一半": ("50", "approx"), "一半以上": ("50", "at_least"),
    "超过一半": ("50", "more_than"), "过半": ("50", "more_than"), "全覆盖": ("100", "exact"), "百分之百": ("100", "exact"),
    "80%以上": ("80", "at_least"), "增速为-3.5%": ("-3.5", "exact"),
}  # fmt: skip

QUALIFIERS = {
    "more_than": ["超过30个", "超30个", "逾30个", "突破30万人", "高于30个", "30多个", "30余个", "三十来个", "3万余份", "80多万元", "5个多月", "两年多",
                  "百余人", "超百家", "超过了30个", "不止30个"],
    "at_least": ["不少于30个", "不小于80平方米", "不低于30%", "不得低于350平方米", "至少30个", "至少建成3个", "30个以上", "60岁及以上", "≥30%"],
    "less_than": ["近30个", "将近30个", "接近30个", "不到30个", "不足30个", "低于30%", "少于30个", "近百名", "近40万"],
    "up_to": ["不超过30个", "至多30个", "最多可借10册", "30天以内", "7日内", "18岁以下", "≤30%"],
    "approx": ["约30个", "大约30个", "约占30%", "30个左右", "30岁上下"],
    "exact": ["30个", "达30个", "达到30个", "共30个", "累计30个", "仅30个", "附近30个", "预约30人次", "侦破30起", "商超30家", "突破30项技术瓶颈", "内设30个"],
}  # fmt: skip

RANGES = {
    "五六百人": ("500", "600", "人"), "十五六个": ("15", "16", "个"), "两三天": ("2", "3", "天"), "二三十户": ("20", "30", "户"),
    "1-2栋": ("1", "2", "栋"), "1—2栋": ("1", "2", "栋"), "3至5个": ("3", "5", "个"), "3个至5个": ("3", "5", "个"),
    "2-3万元": ("20000", "30000", "元"), "80万至100万元": ("800000", "1000000", "元"), "10%～15%": ("10", "15", "%"),
    "七八成": ("70", "80", "%"),
}  # fmt: skip

STEPS = {"148万": "10000", "27.66万平方米": "100", "118": "1", "54.1%": "0.1", "2亿5千万元": "10000000", "1.37亿元": "1000000",
         "百分之五十四点一": "0.1", "3.50米": "0.01", "2-3万元": "10000", "八成五": "1", "六成": "10"}  # fmt: skip


@pytest.mark.parametrize(("printed", "value"), NUMERALS.items())
def test_a_numeral_is_read_as_an_exact_decimal(printed: str, value: str | None) -> None:
    found = quantities(printed)
    assert [quantity.value for quantity in found] == ([] if value is None else [Decimal(value)])


@pytest.mark.parametrize(("printed", "wanted"), UNITS.items())
def test_a_unit_brings_the_value_into_base_units(printed: str, wanted: tuple[str, str]) -> None:
    quantity = read_quantity(printed)
    assert (quantity.value, quantity.unit) == (Decimal(wanted[0]), wanted[1])


@pytest.mark.parametrize(("printed", "wanted"), SHARES.items())
def test_a_share_in_words_or_signs_is_per_cent(printed: str, wanted: tuple[str, str]) -> None:
    quantity = read_quantity(printed)
    assert (quantity.value, quantity.unit, quantity.qualifier) == (Decimal(wanted[0]), "%", wanted[1])


@pytest.mark.parametrize(("qualifier", "printed"), [(key, text) for key, texts in QUALIFIERS.items() for text in texts])
def test_the_words_around_a_number_qualify_it(qualifier: str, printed: str) -> None:
    assert read_quantity(printed).qualifier == qualifier


@pytest.mark.parametrize(("printed", "wanted"), RANGES.items())
def test_a_range_keeps_both_ends(printed: str, wanted: tuple[str, str, str]) -> None:
    quantity = read_quantity(printed)
    assert (quantity.value, quantity.value_high, quantity.unit) == (Decimal(wanted[0]), Decimal(wanted[1]), wanted[2])
    assert quantity.qualifier == "range"


@pytest.mark.parametrize(("printed", "step"), STEPS.items())
def test_the_step_is_the_size_of_the_last_printed_digit(printed: str, step: str) -> None:
    assert read_quantity(printed).step == Decimal(step)


@pytest.mark.parametrize("vague", ["几十个", "数百名", "十几个", "几万人", "若干个", "三五球友"])
def test_a_vague_amount_is_no_quantity(vague: str) -> None:
    assert quantities(vague) == []


def test_growth_from_one_number_to_another_is_two_quantities() -> None:
    assert [quantity.value for quantity in quantities("馆舍从35个到50个")] == [35, 50]


@pytest.mark.parametrize("text", ["", "没有数字", "建成81个、计划73个"])
def test_what_is_not_exactly_one_quantity_is_refused_in_chinese(text: str) -> None:
    with pytest.raises(NotAQuantity, match="应当恰好有一个"):
        read_quantity(text)


def test_offsets_lead_back_to_the_print() -> None:
    text = "全区共有 8 6\u3000个社区，近１２万\n人参加"
    found = quantities(text)
    assert [text[quantity.start : quantity.end] for quantity in found][-1] == "近１２万\n人"
    assert [quantity.as_printed for quantity in found][-1] == "近１２万人"


@given(st.integers(min_value=0, max_value=10**15))
def test_what_cn2an_writes_is_read_back(number: int) -> None:
    for mode in ("low", "up"):
        printed = cn2an.an2cn(str(number), mode)
        assert read_quantity(f"共{printed}个").value == number, printed


@given(st.decimals(min_value=0, max_value=9999, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("", 1)]))
def test_arabic_digits_with_ten_thousands_are_exact(number: Decimal, scale: tuple[str, int]) -> None:
    quantity = read_quantity(f"{number:f}{scale[0]}元")
    assert quantity.value == number * scale[1]
    assert quantity.step == Decimal("0.01") * scale[1]


@given(st.integers(min_value=1000, max_value=10**12))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert read_quantity(f"{number:,}人次").value == read_quantity(f"{number}人次").value == number


@given(st.text(alphabet="一二三十百千万亿0123456789.%多余个年成分之半近至-第\n ，", max_size=40))
def test_any_string_is_read_without_error_and_in_order(text: str) -> None:
    found = quantities(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(0 <= quantity.start < quantity.end <= len(text) for quantity in found)


def test_reading_takes_time_in_proportion_to_the_text() -> None:
    text = "全市建成社区118个，投入1.37亿元，惠及超过148万人次，覆盖率95%以上。"

    def seconds(times: int) -> float:
        start = time.process_time()
        assert len(quantities(text * times)) == 4 * times
        return time.process_time() - start

    seconds(50)
    assert min(seconds(1600) for _ in range(3)) < 3 * 8 * max(min(seconds(200) for _ in range(3)), 0.01)


INTERPRETED = {"周二、周五", "每周二、周五"}
FROM_THE_SENTENCE = {"十分钟"}


@pytest.mark.skipif(not FIGURES.exists(), reason="../shared is not here")
def test_every_published_figure_is_read_from_its_own_print() -> None:
    with FIGURES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["as_printed"] not in INTERPRETED]
    assert len(rows) > 200
    for row in rows:
        quantity = read_quantity(row["as_printed"])
        high = None if quantity.value_high is None else str(quantity.value_high)
        assert (str(quantity.value), high or "") == (row["value"], row["value_high"]), row["as_printed"]
        if row["as_printed"] not in FROM_THE_SENTENCE:
            assert quantity.qualifier == row["qualifier"], row["as_printed"]


BOUNDS = {
    "不低于在岗教师的10%": "at_least", "最多收取30元": "up_to", "单日最高3万人次": "exact", "翻新近百辆": "less_than",
    "突破90家。新技术园": "more_than", "全市平均的10%": "exact",
}  # fmt: skip


@pytest.mark.parametrize(("text", "qualifier"), BOUNDS.items())
def test_a_bound_is_read_across_its_base_and_its_verb_and_an_observed_peak_is_none(text: str, qualifier: str) -> None:
    assert read_quantity(text).qualifier == qualifier
