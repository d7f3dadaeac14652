"""Tables in text: their cells, and what header, row and caption say of a number in them."""

import pytest

from etl.reading.bulletin import read_bulletin
from etl.reading.compact import compact
from etl.reading.layout import Cell, Layout, layout

TWO_LEVELS = "区县\t2023年\t\t2024年\t\n\t任务（个）\t完成（个）\t任务（个）\t完成（个）\n甲区\t4\t3\t6\t5\n乙县\t2\t2\t3\t1\n合计\t6\t5\t9\t6"
ONE_CELL_A_LINE = "序号\n项目\n任务（座）\n完成（座）\n备注\n1\n书房\n12\n9\n按期\n2\n公厕\n2\n5\n超额\n说明如下。"
WITHOUT_UNIT = "单位名称\t合计\t其中新增\n甲区\t12\t3\n乙区\t9\t1"


def cell_of(text: str, printed: str) -> tuple[Layout, Cell]:
    parts = layout(compact(text).text)
    cell = parts.cell(parts.text.index(printed))
    assert cell
    return parts, cell


def told(text: str, printed: str) -> tuple[list[str], list[str], str]:
    parts, cell = cell_of(text, printed)
    headers, row = ([parts.text[one.start : one.end] for one in spans] for spans in (cell.headers, cell.row))
    return headers, row, parts.text[cell.unit.start : cell.unit.end] if cell.unit else ""


def read(text: str) -> list[tuple[str, str]]:
    return [(one.as_printed, one.unit) for one in read_bulletin(text) if one.confidence >= 0.5]


TOLD = {
    "unit in the header": ("地区\t床位（张）\n甲区\t120\n乙区\t85", "85", (["床位（张）"], ["乙区"], "张")),
    "noun of the header": ("地区\t接待人次\t户数\n甲区\t120\t33\n乙区\t85\t44", "44", (["户数"], ["乙区"], "户")),
    "unit in the row": ("指标\t2023年\n床位（张）\t120\n面积（平方米）\t8500", "8500", (["2023年"], ["面积（平方米）"], "平方米")),
    "column of units": ("指标\t单位\t任务\n筛查\t人次\t2800\n改造\t户\t70", "70", (["任务"], ["改造"], "户")),
    "header over column of units": ("指标\t单位\t任务\t投资（万元）\n改造\t户\t70\t35\n筛查\t次\t8\t9", "35", (["投资（万元）"], ["改造"], "万元")),
    "caption": ("各区床位（单位：张）\n地区\t床位\n甲区\t120\n乙区\t85", "120", (["床位"], ["甲区"], "张")),
    "two levels": (TWO_LEVELS, "9", (["2024年", "任务（个）"], ["合计"], "个")),
    "merged cell of the row": ("类\t项\t个数（个）\n养老\t食堂\t12\n\t驿站\t34", "34", (["个数（个）"], ["养老", "驿站"], "个")),
    "section": ("项目\t任务（个）\n一、养老\n食堂\t12\n驿站\t34", "34", (["任务（个）"], ["一、养老", "驿站"], "个")),
    "strokes": ("|地区|任务（个）|\n|---|---|\n| 甲区 | 12 |\n| 乙区 | 34 |", "34", (["任务（个）"], ["乙区"], "个")),
    "blanks": ("地区    任务（个）\n甲区    12\n乙区      34", "34", (["任务（个）"], ["乙区"], "个")),
    "one cell a line": (ONE_CELL_A_LINE, "5", (["完成（座）"], ["公厕"], "座")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "printed", "expected"), TOLD.values(), ids=TOLD)
def test_a_cell_knows_its_header_its_row_and_its_unit(text: str, printed: str, expected: tuple[str, ...]) -> None:
    assert told(text, printed) == expected


def test_numbers_of_a_table_are_read_in_their_units_and_numbering_is_not() -> None:
    assert read(ONE_CELL_A_LINE) == [("12", "座"), ("9", "座"), ("2", "座"), ("5", "座")]
    assert read("序号\t项目\t单位\t任务\n1\t补贴\t元/月/人\t75\n2\t蓄水\t万元\t8") == [("75", "元/月/人"), ("8", "元")]


def test_numbers_of_a_table_without_units_are_candidates_nobody_is_sure_of() -> None:
    found = read_bulletin(WITHOUT_UNIT)
    assert [(one.as_printed, one.unit) for one in found] == [("12", ""), ("3", ""), ("9", ""), ("1", "")]
    assert all(one.confidence < 0.5 for one in found)


def test_lines_that_only_hold_a_tab_or_blanks_are_no_table() -> None:
    for text in (
        "来源：民政局\t2024年\n共建成12处。",
        "甲区建成  12个。\n乙区建成34个。",
        "\t甲区建成12处。\n\t乙区34处。",
    ):
        parts = layout(compact(text).text)
        assert not parts.cells


def test_a_title_or_heading_is_not_glued_to_the_line_below() -> None:
    wrapped = "全市建成书房12座 新增座位3400个 服务读者\n记者昨日从市文旅局获悉，今年以来我市已建成\n城市书房12座，新增阅读座位3400个，接待读者超过\n6万人次，开展活动320场，惠及居民1.2万人次\n以上，群众满意度提高1.4个百\n分点。\n下一步安排\n继续新建书房5座。"
    lines = compact(wrapped).text.split("\n")
    assert lines[0] == "全市建成书房12座新增座位3400个服务读者"
    assert "下一步安排" in lines[-2:][0]
    assert "超过6万人次" in lines[1] and "1.2万人次以上" in lines[1] and "1.4个百分点" in lines[1]


@pytest.mark.parametrize("text", ["接待读者超过\n6万人次", "接待读者6万人次\n以上", "提高1.4个百\n分点"])
def test_an_amount_torn_by_a_line_end_is_one(text: str) -> None:
    assert compact(text).text == text.replace("\n", "")


@pytest.mark.parametrize(
    "text", ["建成书房12座\n以上数据截至9月底", "完成投资突破\n2023年工作", "新建食堂12处\n改造公厕8座\n绿化公园3个"]
)
def test_a_list_and_a_new_sentence_stay_apart(text: str) -> None:
    assert compact(text).text == text


def test_a_column_of_growth_is_not_in_the_unit_of_its_row() -> None:
    table = "指标\t单位\t绝对数\t{}\n生产总值\t亿元\t3746.8\t2.1\n财政收入\t亿元\t246.8\t3.1\n"
    grown = read_bulletin(table.format("比上年增长"))
    assert [(str(one.value), one.unit) for one in grown if one.confidence >= 0.5] == [
        ("374680000000", "元"),
        ("24680000000", "元"),
    ]
    named = read_bulletin(table.format("比上年增长（%）"))
    assert [one.unit for one in named] == ["元", "%", "元", "%"]
