"""When a number holds."""

from datetime import date

import pytest

from etl.reading.bulletin import read_bulletin

PUBLISHED = date(2019, 3, 21)
HELD = {
    "2018年，全市建成81个。": ("2018-01-01", "2018-12-31", "2019-03-21"),
    "截至2018年9月30日，接待73万人次。": ("None", "None", "2018-09-30"),
    "2017年起步，截至目前，接待148万人次。": ("None", "None", "2019-03-21"),
    "今年计划再建44个。": ("2019-01-01", "2019-12-31", "2019-03-21"),
    "比上年增长8%。": ("None", "None", "2019-03-21"),
    "5个社区在2018年3月份已通过验收。": ("2018-03-01", "2018-03-31", "2019-03-21"),
    "2018年召开会议。\n\n全市有86个社区。": ("None", "None", "2019-03-21"),
}


@pytest.mark.parametrize(("text", "days"), HELD.items())
def test_the_time_of_a_number_is_the_nearest_one_said(text: str, days: tuple[str, str, str]) -> None:
    (found,) = [one for one in read_bulletin(text, published_on=PUBLISHED) if one.confidence >= 0.5]
    assert (str(found.period_start), str(found.period_end), str(found.as_of)) == days


OCTOBER = date(2026, 10, 12)
JANUARY_TO_SEPTEMBER = ("2026-01-01", "2026-09-30", "2026-10-12")
OF_A_PART_OF_THE_YEAR = {
    "2026年1月至9月，甲市新建成12个。": JANUARY_TO_SEPTEMBER,
    "2026年1-9月，甲市新建成12个。": JANUARY_TO_SEPTEMBER,
    "2026.1-9月，甲市新建成12个。": JANUARY_TO_SEPTEMBER,
    "1—9月，甲市新建成12个。": JANUARY_TO_SEPTEMBER,
    "前三季度，甲市新建成12个。": JANUARY_TO_SEPTEMBER,
    "一至三季度，甲市新建成12个。": JANUARY_TO_SEPTEMBER,
    "2026年甲市新建成12个（1月至9月）。": JANUARY_TO_SEPTEMBER,
    "上半年，甲市新建成12个。": ("2026-01-01", "2026-06-30", "2026-10-12"),
    "一季度，甲市新建成12个。": ("2026-01-01", "2026-03-31", "2026-10-12"),
    "3月份，甲市新建成12个。": ("2026-03-01", "2026-03-31", "2026-10-12"),
    "截至9月底，甲市建成12个。": ("None", "None", "2026-09-30"),
    "截至三季度末，甲市建成12个。": ("None", "None", "2026-09-30"),
    "9月末，甲市建成12个。": ("None", "None", "2026-09-30"),
    "截至9月底，今年甲市建成12个。": ("2026-01-01", "2026-09-30", "2026-09-30"),
    "今年截至9月底，甲市建成12个。": ("2026-01-01", "2026-09-30", "2026-09-30"),
}


@pytest.mark.parametrize(("text", "days"), OF_A_PART_OF_THE_YEAR.items())
def test_a_part_of_the_year_is_not_stored_as_the_whole(text: str, days: tuple[str, str, str]) -> None:
    (found,) = read_bulletin(text, published_on=OCTOBER)
    assert (str(found.period_start), str(found.period_end), str(found.as_of)) == days
    assert found.time_as_printed == ""


IN_WORDS = {
    "2025年以来，甲市建成12个。": "2025年以来",
    "自2026年3月以来，甲市建成12个。": "自2026年3月以来",
    "今年6月1日起，甲市建成12个。": "今年6月1日起",
    "自专项行动开展以来，甲市建成12个。": "自专项行动开展以来",
    "近年来，甲市建成12个。": "近年来",
    "三年来，甲市建成12个。": "三年来",
    "十四五期间，甲市建成12个。": "十四五期间",
    "目前，甲市建成12个。": "目前",
}


@pytest.mark.parametrize(("text", "words"), IN_WORDS.items())
def test_a_time_without_days_keeps_its_words_and_no_period_is_made_up(text: str, words: str) -> None:
    (found,) = read_bulletin(text, published_on=OCTOBER)
    assert (found.period_start, found.period_end, found.as_of, found.time_as_printed) == (None, None, OCTOBER, words)


def test_a_former_number_is_of_no_day() -> None:
    (found,) = read_bulletin("以前，社区用房只有200平方米。", published_on=OCTOBER)
    assert (found.period_start, found.as_of, found.time_as_printed) == (None, None, "以前")


def test_words_of_an_earlier_sentence_date_no_number_and_a_date_behind_them_does() -> None:
    silent, dated = read_bulletin("近年来，甲市重视民生。全市有86个社区。近年来，2025年建成7个。", published_on=OCTOBER)
    assert (silent.time_as_printed, silent.as_of) == ("", OCTOBER)
    assert (dated.time_as_printed, dated.period_end) == ("", date(2025, 12, 31))


def test_what_is_planned_for_the_whole_year_is_not_cut_at_the_day_of_counting() -> None:
    done, planned, of_the_year = read_bulletin(
        "截至9月底，建成12个，2026年计划建成20个。1—9月，全年计划投资30万元。", published_on=OCTOBER
    )
    assert str(done.as_of) == "2026-09-30"
    for plan in (planned, of_the_year):
        assert (str(plan.period_start), str(plan.period_end)) == ("2026-01-01", "2026-12-31")


TITLED = "甲市2026年1月至9月民生实事进展通报\n2026年10月12日\n\n一、社区\n新建成社区12个。{}民政局会同各区逐项核查，按月通报进度，问题较多的由专班督办。\n\n二、2025年情况\n新建成社区9个。\n"


def test_what_the_title_says_of_time_holds_until_a_heading_says_otherwise() -> None:
    of_title, of_heading = read_bulletin(TITLED.format(""), published_on=OCTOBER)
    assert (str(of_title.period_start), str(of_title.period_end)) == ("2026-01-01", "2026-09-30")
    assert (str(of_heading.period_start), str(of_heading.period_end)) == ("2025-01-01", "2025-12-31")


def test_a_plan_below_a_title_of_nine_months_has_no_period_of_its_own() -> None:
    _, plan, _ = read_bulletin(TITLED.format("计划新建社区20个。"), published_on=OCTOBER)
    assert (plan.measure, plan.period_start, plan.period_end) == ("plan", None, None)


def test_the_day_a_bulletin_prints_below_its_title_dates_no_number() -> None:
    (found,) = read_bulletin("甲市通报\n2026年10月9日\n\n新建成社区12个。\n", published_on=OCTOBER)
    assert (found.period_start, found.as_of) == (None, OCTOBER)


BY_ITS_TITLE = {
    "甲市实事进度表（截至10月31日）\n\n建成农村公路55公里。\n": ("None", "None", "2022-10-31"),
    "甲市实事项目9月份进展\n\n建成农村公路55公里。\n": ("None", "None", "2022-09-30"),
    "甲市实事：截至10月底新增公交线路\n\n今年，路面已铺设55公里。\n": ("None", "None", "2022-10-31"),
    "甲市召开9月份例会\n\n建成农村公路55公里。\n": ("2022-09-01", "2022-09-30", "2022-11-21"),
    "甲市实事进度表（截至10月31日）\n\n上半年建成农村公路55公里。\n": ("2022-01-01", "2022-06-30", "2022-11-21"),
    "甲市实事进度表（截至10月31日）\n\n今年计划建设农村公路55公里。\n": ("2022-01-01", "2022-12-31", "2022-11-21"),
}


@pytest.mark.parametrize(("text", "days"), BY_ITS_TITLE.items())
def test_the_closing_day_of_a_title_dates_what_is_done_and_has_no_day_of_its_own(
    text: str, days: tuple[str, str, str]
) -> None:
    (found,) = read_bulletin(text, published_on=date(2022, 11, 21))
    assert (str(found.period_start), str(found.period_end), str(found.as_of)) == days


def test_a_later_month_told_in_january_is_of_the_year_before_where_it_tells_what_was_done() -> None:
    texts = ("12月份，建成5个。", "12月份，计划建成5个。", "2019年12月份，计划建成5个。")
    found = [read_bulletin(text, published_on=date(2019, 1, 19))[0] for text in texts]
    assert [str(number.period_start) for number in found] == ["2018-12-01", "2019-12-01", "2019-12-01"]


def test_a_deadline_still_to_come_dates_nothing_that_is_done() -> None:
    text = "2019年，甲市新建12个；11月底前再建3个。已建成的接待5人。"
    found = read_bulletin(text, published_on=date(2019, 10, 9))
    assert str(found[-1].period_end) == "2019-12-31"


READ_AT_ITS_DAY = [
    ("到6月底，改造老旧小区20个。", date(2022, 1, 15), ("plan", "2022-06-01", "2022-06-30", "2022-01-15")),
    ("12月底前，改造老旧小区20个。", date(2022, 1, 15), ("plan", "2022-12-01", "2022-12-31", "2022-01-15")),
    ("3月至6月，新建20个。", date(2022, 1, 15), ("plan", "2022-03-01", "2022-06-30", "2022-01-15")),
    ("8月新建5个，9月又新建3个。", date(2022, 9, 20), ("actual", "2022-09-01", "2022-09-30", "2022-09-20")),
    ("甲市实事12月份进展\n\n建成12个。", date(2023, 1, 10), ("actual", "None", "None", "2022-12-31")),
    ("甲市实事9月份进展\n\n截至目前，已建成12个。", date(2022, 10, 12), ("actual", "None", "None", "2022-10-12")),
    (
        "甲市实事进度（截至10月31日）\n\n一、2021年工作回顾\n\n建成12个。",
        date(2022, 11, 5),
        ("actual", "2021-01-01", "2021-12-31", "2022-11-05"),
    ),
    (
        "关于贯彻落实2月9日会议精神进展情况的汇报\n\n已建成12个。",
        date(2022, 6, 5),
        ("actual", "None", "None", "2022-06-05"),
    ),
]


@pytest.mark.parametrize(("text", "day", "told"), READ_AT_ITS_DAY)
def test_neighbours_of_these_rules_keep_their_time(text: str, day: date, told: tuple[str, ...]) -> None:
    found = read_bulletin(text, published_on=day)[-1]
    assert (found.measure, str(found.period_start), str(found.period_end), str(found.as_of)) == told
