"""When a number holds."""

from datetime import date

import pytest

from etl.reading.bulletin import read_bulletin
from etl.reading.compact import compact
from etl.reading.dates import dates_of
from etl.reading.layout import layout
from etl.reading.sections import sections
from etl.reading.times import Times, When

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


YEAR_2018 = ("2018-01-01", "2018-12-31", "2019-01-19")
YEAR_2019 = ("2019-01-01", "2019-12-31", "2019-01-19")
END_OF_2018 = ("None", "None", "2018-12-31")
NO_TIME = ("None", "None", "2019-01-19")
KINDS_AND_NEIGHBOURS = {
    # January looks back, unless a plan or a deadline is told
    "全年建成5个。": YEAR_2018,
    "全年计划建成5个。": YEAR_2019,
    "四季度，建成5个。": ("2018-10-01", "2018-12-31", "2019-01-19"),
    "年底前，建成5个。": ("2019-12-31", "2019-12-31", "2019-01-19"),
    "1月份，建成5个。": ("2019-01-01", "2019-01-31", "2019-01-19"),
    # 截至 never points ahead
    "截至11月底，建成5个。": ("None", "None", "2018-11-30"),
    "截至1月10日，建成5个。": ("None", "None", "2019-01-10"),
    # the year of the sentence, of a title, of a heading, but not of its neighbour
    "2017年起步。2018年，3月建成5个。": ("2018-03-01", "2018-03-31", "2019-01-19"),
    "2016年起步，今年1月，建成5个。": ("2019-01-01", "2019-01-31", "2019-01-19"),
    "甲市2017年统计公报\n2019年1月10日\n\n年末床位5张。": ("None", "None", "2017-12-31"),
    "甲市2017年统计公报\n\n年末参保人数增长5%。": ("2017-01-01", "2017-12-31", "2019-01-19"),
    "工作报告\n\n一、2018年工作回顾\n\n（一）社区\n建成5个。": YEAR_2018,
    "工作报告\n\n一、2018年工作回顾\n\n平稳。\n\n二、面临的形势\n\n辖区有5个社区。": NO_TIME,
    "工作报告\n\n一、2018年工作回顾\n\n政策落地，11月、12月减税。建成5个。": YEAR_2018,
    "工作报告\n\n一、2018年工作回顾\n\n11月、12月，政策落地。建成5个。": ("2018-11-01", "2018-12-31", "2019-01-19"),
    # nothing is done in all of a year that goes on
    "2019年民生实事之社区\n\n辖区有5个社区。": NO_TIME,
    "2019年民生实事之社区\n\n计划新建5个社区。": YEAR_2019,
    # what dates only its own: a ceremony, a founding, a plan made early in the year, a rival, words of a clause, a bracket
    "2018年，接待读者。11月8日揭牌的书屋有5个座位。": YEAR_2018,
    "11月8日，接待读者5人。": ("2018-11-08", "2018-11-08", "2019-01-19"),
    "2018年，甲协会来到社区。成立于2002年的甲协会有5人。": YEAR_2018,
    "2018年年初计划的社区已建成5个。": NO_TIME,
    "2018年，建成社区，与2016年的水平持平，共5个。": YEAR_2018,
    "2018年建成社区，养老金水平连续14年提高，建成5个。": YEAR_2018,
    "2018年建成社区，养老金水平连续14年提高5%。": ("None", "None", "2019-01-19"),
    "2018年改造旧区（2016年立项），建成5个。": YEAR_2018,
    # a time behind the number, in its clause or the next
    "对社区5个，在今明两年完成改造。": ("2019-01-01", "2020-12-31", "2019-01-19"),
    # 目前 is now, also below a title
    "甲市2018年总结\n\n目前，建成5个。": NO_TIME,
}  # fmt: skip


@pytest.mark.parametrize(("text", "days"), KINDS_AND_NEIGHBOURS.items())
def test_kinds_of_time_and_the_neighbours_they_must_not_touch(text: str, days: tuple[str, str, str]) -> None:
    found = [one for one in read_bulletin(text, published_on=date(2019, 1, 19)) if one.confidence >= 0.5][-1]
    assert (str(found.period_start), str(found.period_end), str(found.as_of)) == days


def test_a_deadline_rules_its_own_part_of_a_sentence() -> None:
    text = "2025年，2个项目预计11月底前完成；计划援助30件，已完成20件。"
    last, plan, done = read_bulletin(text, published_on=date(2025, 10, 9))
    assert str(last.period_end) == "2025-12-31"
    assert (str(plan.period_start), str(plan.period_end)) == ("2025-01-01", "2025-12-31")
    assert str(done.period_end) == "2025-12-31"


def test_a_deadline_that_opens_a_sentence_rules_all_of_it() -> None:
    first, second = read_bulletin("到2025年，建成5个；建成3个。", published_on=date(2022, 10, 9))
    assert [str(one.period_start) for one in (first, second)] == ["2025-01-01", "2025-01-01"]


def test_what_is_planned_closes_with_no_day_of_counting_and_what_is_done_does() -> None:
    text = "2025年实施民生实事30项，其余截至9月底已完成19项。计划援助30件。"
    listed, done, plan = read_bulletin(text, published_on=date(2025, 10, 9))
    assert str(listed.period_start) == "2025-01-01"
    assert (done.period_start, str(done.as_of)) == (None, "2025-09-30")
    assert (str(plan.period_start), str(plan.period_end)) == ("2025-01-01", "2025-12-31")


def test_a_plan_does_not_take_the_past_of_an_earlier_sentence() -> None:
    done, plan = read_bulletin("2020年，建成5个。今后，计划再建3个。", published_on=date(2022, 10, 9))
    assert str(done.period_start) == "2020-01-01"
    assert plan.period_start is None


TABLE = "{}\n\n项目\t单位\t{}\t完成数\t完成时限\n社区\t个\t20\t12\t11月底\n公园\t座\t8\t6\t\n"
PROGRESS = "甲市2026年1—9月民生实事进度表"
NOTHING = ("None", "None")


@pytest.mark.parametrize(
    ("title", "header", "plan", "other_plan", "done"),
    [
        (
            PROGRESS,
            "年度目标",
            ("2026-01-01", "2026-12-31"),
            ("2026-01-01", "2026-12-31"),
            ("2026-01-01", "2026-09-30"),
        ),
        (PROGRESS, "本月目标", ("2026-11-01", "2026-11-30"), NOTHING, ("2026-01-01", "2026-09-30")),
        ("甲市民生实事进度表", "2025年目标", ("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-12-31"), NOTHING),
        ("甲市民生实事进度表", "目标", ("2026-11-01", "2026-11-30"), NOTHING, NOTHING),
    ],
)
def test_the_plan_of_a_row_is_of_its_header_or_the_year_of_the_title_else_of_the_deadline_in_its_row(
    title: str, header: str, plan: tuple[str, str], other_plan: tuple[str, str], done: tuple[str, str]
) -> None:
    text = TABLE.format(title, header)
    found = [_time(text, printed, is_planned=printed in ("20", "8")) for printed in ("20", "8", "12")]
    assert [(str(one.period_start), str(one.period_end)) for one in found] == [plan, other_plan, done]


def _time(text: str, cell: str, *, is_planned: bool) -> When:
    narrowed = compact(text).text
    parts = layout(narrowed)
    headings = sections(parts)
    at = narrowed.index(f"\t{cell}\t") + 1
    return Times(parts, headings, dates_of(parts, headings, OCTOBER), OCTOBER).of(
        at, at + len(cell), is_planned=is_planned
    )


def test_an_announced_programme_is_of_its_year_also_where_no_item_says_so() -> None:
    text = "甲市民生实事出炉\n\n1月11日，市人大会议票决产生今年民生实事。\n\n一、新建托育园6所。"
    found = read_bulletin(text, published_on=date(2023, 1, 12))[-1]
    assert (found.measure, found.period_start, found.period_end) == ("plan", date(2023, 1, 1), date(2023, 12, 31))
    found = read_bulletin(text.replace("出炉", "回顾"), published_on=date(2023, 1, 12))[-1]
    assert found.measure == "actual"


def test_a_title_with_a_comma_closes_what_stands_below_it() -> None:
    text = "甲市2020年民生实事进展（截至9月30日，快报）\n\n新建托育园6所。"
    assert read_bulletin(text, published_on=date(2020, 10, 12))[-1].as_of == date(2020, 9, 30)


LEADS = {
    # a lead sentence that counts nothing, or leads in a list, holds for what follows
    "甲市民生实事\n\n数据截至9月30日，由各单位报送。\n\n建成社区5个。": ("None", "None", "2026-09-30"),
    "甲市民生实事\n\n截至9月30日，各项进展如下：\n\n建成社区5个。": ("None", "None", "2026-09-30"),
    "甲市民生实事\n\n截至9月30日，建成公园3座。\n\n建成社区5个。": ("None", "None", "2026-10-12"),
    # an announcement's lead names the year of what it plans, not of what is done
    "甲市公告\n\n会议通过了2027年10件民生实事，现予公告。\n\n计划建成社区5个。": (
        "2027-01-01",
        "2027-12-31",
        "2026-10-12",
    ),
    "甲市公告\n\n会议通过了2027年10件民生实事，现予公告。\n\n已建成社区5个。": ("None", "None", "2026-10-12"),
    "甲市公告\n\n会议回顾了2025年10件民生实事。\n\n计划建成社区5个。": ("None", "None", "2026-10-12"),
    # of two years in a title the later one is what is planned
    "甲市2025年完成情况和2026年计划\n\n计划建成社区5个。": ("2026-01-01", "2026-12-31", "2026-10-12"),
    "甲市2025年完成情况和2026年计划\n\n建成社区5个。": ("2025-01-01", "2025-12-31", "2026-10-12"),
}


@pytest.mark.parametrize(("text", "days"), LEADS.items())
def test_the_lead_of_a_text_holds_below_it(text: str, days: tuple[str, str, str]) -> None:
    found = read_bulletin(text, published_on=OCTOBER)[-1]
    assert (str(found.period_start), str(found.period_end), str(found.as_of)) == days
