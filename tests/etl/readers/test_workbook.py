"""A workbook becomes typed rows and a text that keeps its tables; the 22 kinds of bad file get what each must get."""

import datetime as dt
import io
import re
import tracemalloc
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from etl.demo.log_plan import CITY
from etl.demo.sources import read_workbook as layout_of
from etl.errors import Refused
from etl.readers.document import read_document
from etl.readers.sheet import StoredCell, StoredSheet
from etl.readers.sheet_table import sheet_table
from etl.readers.stored_cells import stored_sheets
from etl.readers.workbook import Workbook, read_workbook, table_of, workbook_text

FILE = "进度.xlsx"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500
PLAIN = [["区县", "计划", "完成"], ["甲区", 20, 13], ["乙区", 4, 4]]


def book(rows=PLAIN, *, edit=lambda page: None, sheets=()):
    """The bytes of a workbook with one sheet 进度, and the names of further ones that hold the same."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = "进度"
    for name in ("", *sheets):
        page = made.create_sheet(name) if name else page
        for row in rows:
            page.append(row)
    edit(made.active)
    return saved(made)


def saved(made):
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def computed(raw, **results):
    """The same workbook as Excel would save it, with the result of each formula: C4='<v>17</v>'."""

    def put(content):
        for ref, result in results.items():
            content = re.sub(rf'(<c r="{ref}"[^>]*)(>)(<f>.*?</f>)<v></v>', rf"\1\2\3{result}", content)
        return content

    return edited(raw, "xl/worksheets/sheet1.xml", put)


def edited(raw, part, edit, **parts):
    """The same package with one part changed, and further parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, edit(content.decode()) if name == part else content)
        for name, content in parts.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


def book_of(raw):
    """The workbook as it is read without the child process, which takes its time."""
    return Workbook(FILE, tuple(sheet_table(stored, FILE) for stored in stored_sheets(raw, FILE)))


def sheet_of(raw, name="进度"):
    return next(sheet for sheet in book_of(raw).sheets if sheet.name == name)


def values(sheet):
    return [tuple(cell.value for cell in row) for row in sheet.rows]


def names(sheet):
    return [column.name for column in sheet.header]


def problems_of(raw, read=read_workbook):
    with pytest.raises(Refused) as refused:
        read(raw, FILE)
    for problem in refused.value.problems:
        assert problem.where.file == FILE
        assert problem.remedy
        assert re.search("[\u4e00-\u9fff]", problem.what)
    return refused.value.problems


def only(problems):
    (problem,) = problems
    return problem


def test_cells_come_back_typed_with_their_place_and_what_they_show():
    rows = [["区县", "完成", "占比", "日期"], ["甲区", 118, 0.541, dt.date(2018, 3, 21)]]

    def formats(page):
        page["B2"].number_format = '0"个"'
        page["C2"].number_format = "0.0%"

    sheet = sheet_of(book(rows, edit=formats))
    assert names(sheet) == ["区县", "完成", "占比", "日期"]
    assert values(sheet)[0][:3] == ("甲区", Decimal(118), Decimal("0.541"))
    assert values(sheet)[0][3] == dt.datetime(2018, 3, 21)
    assert [cell.text for cell in sheet.rows[0]] == ["甲区", "118个", "54.1%", "2018年3月21日"]
    assert [cell.ref for cell in sheet.rows[0]] == ["A2", "B2", "C2", "D2"]


# ---- kinds 1 to 8: the file as a whole ----


@pytest.mark.parametrize("read", [read_workbook, read_document])
def test_kind_1_an_empty_file_is_refused(read):
    assert only(problems_of(b"", read)).what == "文件为空"


@pytest.mark.parametrize("stream", ["Workbook", "Book"])
@pytest.mark.parametrize("read", [read_workbook, read_document])
def test_kind_2_an_old_xls_named_xlsx_is_told_to_be_saved_anew(read, stream):
    problem = only(problems_of(OLE + stream.encode("utf-16-le"), read))
    assert (problem.code, problem.remedy) == ("E-702", "请另存为 .xlsx")
    assert "旧版 Excel" in problem.what


@pytest.mark.parametrize(
    "raw", ["<html><table><tr><td>甲区</td></tr></table></html>".encode(), "区县,完成\n甲区,3\n".encode()]
)
def test_kind_3_a_page_or_a_csv_named_xlsx_is_no_workbook(raw):
    problem = only(problems_of(raw))
    assert problem.code == "E-701"
    assert problem.what.startswith("文件内容不是 Excel")


@pytest.mark.parametrize("read", [read_workbook, read_document])
def test_kind_4_half_an_upload_is_refused(read):
    raw = book()
    assert only(problems_of(raw[: len(raw) // 2], read)).code == "E-707"


def test_kind_4_a_sheet_that_ends_in_the_middle_is_refused():
    raw = edited(book(), "xl/worksheets/sheet1.xml", lambda content: content[: len(content) // 2])
    assert only(problems_of(raw)).code == "E-707"


@pytest.mark.parametrize("read", [read_workbook, read_document])
def test_kind_5_an_encrypted_file_is_refused(read):
    assert only(problems_of(OLE + "EncryptedPackage".encode("utf-16-le"), read)).what == "文件已加密"


@pytest.mark.parametrize(
    "part", ["xl__vbaProject_dot_bin", "xl__embeddings__oleObject1_dot_bin", "xl__macrosheets__sheet1_dot_xml"]
)
@pytest.mark.parametrize("read", [read_workbook, read_document])
def test_kind_6_macros_and_embedded_objects_are_refused(read, part):
    problem = only(problems_of(edited(book(), "", str, **{part: b"x"}), read))
    assert problem.code == "E-704"


@pytest.mark.parametrize("read", [read_workbook, read_document])
def test_kind_7_a_zip_bomb_is_refused_from_its_directory_and_never_unpacked(read):
    raw = edited(book(), "", str, xl__worksheets__sheet9_dot_xml=bytes(90_000_000))
    tracemalloc.start()
    assert only(problems_of(raw, read)).code == "E-705"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_kind_8_entities_and_a_dtd_are_refused_and_never_give_no_rows(part, encoding):
    bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]>'
    raw = edited(
        book(),
        part,
        lambda content: (bomb + content.removeprefix("<?xml version='1.0' encoding='UTF-8'?>")).encode(encoding),
    )
    assert only(problems_of(raw)).code == "E-706"


def test_an_xlsb_and_an_odf_table_are_told_what_they_are():
    def package(part):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as made:
            made.writestr(part, "x")
        return file.getvalue()

    assert only(problems_of(package("xl/workbook.bin"))).remedy == "请另存为 .xlsx"
    assert only(problems_of(package("content.xml"), read_document)).found == "ODF 文件"


# ---- kinds 9 to 15: cells, formulas, what is hidden ----


def test_kind_9_a_stale_dimension_hides_no_row():
    rows = [["区县", "完成"], *([f"甲{at}街", at] for at in range(2, 303))]
    raw = edited(
        book(rows),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace('<dimension ref="A1:B302"', '<dimension ref="A1:B1"'),
    )
    assert b'ref="A1:B1"' in zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml")
    assert len(sheet_of(raw).rows) == 301
    second = openpyxl.load_workbook(io.BytesIO(raw)).active
    assert sum(cell.value is not None for row in second.iter_rows(min_row=2) for cell in row) == 602


def test_kind_9_cells_that_one_reading_finds_and_the_other_does_not_are_refused():
    raw = edited(book(), "xl/worksheets/sheet1.xml", lambda content: content.replace('<c r="C3"', '<c r="B3"'))
    assert only(problems_of(raw)).code == "E-713"


def test_kind_10_a_reference_into_another_file_is_told_at_its_cell():
    raw = computed(book(edit=lambda page: page.__setitem__("C3", "=[1]汇总!B7")), C3="<v>4</v>")
    sheet = sheet_of(raw)
    problem = only(sheet.doubts)
    assert (problem.code, problem.where.row, problem.where.column, problem.where.sheet) == (
        "E-716",
        3,
        "C 完成",
        "进度",
    )
    assert values(sheet)[1] == ("乙区", Decimal(4), Decimal(4))


def test_kind_11_formulas_that_nobody_computed_are_refused_each_with_its_cell():
    rows = [*PLAIN, ["合计", "=SUM(B2:B3)", "=SUM(C2:C3)"]]
    problems = problems_of(book(rows))
    assert [(problem.code, problem.where.row, problem.where.column) for problem in problems] == [
        ("E-714", 4, "B 计划"),
        ("E-714", 4, "C 完成"),
    ]
    assert problems[0].what == "公式未计算"
    assert problems[0].found == "=SUM(B2:B3)"


def test_kind_11_a_formula_that_gave_an_empty_text_is_an_empty_cell():
    raw = edited(
        book(edit=lambda page: page.__setitem__("C3", '=IF(B3>9,1,"")')),
        "xl/worksheets/sheet1.xml",
        lambda content: re.sub(r'<c r="C3"[^>]*>', '<c r="C3" t="str">', content),
    )
    assert values(sheet_of(raw))[1] == ("乙区", Decimal(4), None)


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
def test_kind_12_an_error_value_is_told_at_its_cell_and_is_no_value(error):
    raw = edited(
        computed(book(edit=lambda page: page.__setitem__("C2", "=A9/0")), C2=f"<v>{error}</v>"),
        "xl/worksheets/sheet1.xml",
        lambda content: re.sub(r'<c r="C2"[^>]*>', '<c r="C2" t="e">', content),
    )
    sheet = sheet_of(raw)
    problem = only(sheet.doubts)
    assert (problem.code, problem.where.row, problem.where.column, problem.found) == ("E-715", 2, "C 完成", error)
    assert values(sheet)[0] == ("甲区", Decimal(20), None)


def test_kind_13_a_total_that_differs_from_its_parts_is_told_and_one_that_fits_is_recognised():
    raw = book([*PLAIN, ["合计", "=SUM(B2:B3)", "=SUM(C2:C3)"]])
    sheet = sheet_of(computed(raw, B4="<v>24</v>", C4="<v>19</v>"))
    problem = only(sheet.doubts)
    assert (problem.code, problem.where.row, problem.where.column) == ("E-717", 4, "C 完成")
    assert problem.found == "合计19，明细之和17，差2"
    assert sheet.notes == ("认出合计公式，与明细相符：1格",)
    assert sheet.rows[2][1].formula == "=SUM(B2:B3)"


def test_kind_13_any_other_formula_counts_as_its_saved_result():
    raw = book(edit=lambda page: page.__setitem__("C3", "=B3*1"))
    sheet = sheet_of(computed(raw, C3="<v>4</v>"))
    assert sheet.doubts == ()
    assert sheet.notes == ("公式取保存时算出的数：1格",)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_kind_14_a_hidden_sheet_is_asked_about_and_stays_out_of_the_text(state):
    def hide(page):
        page.parent["底稿"].sheet_state = state

    raw = book(sheets=["底稿"], edit=hide)
    problem = only(read_workbook(raw, FILE).doubts)
    assert (problem.code, problem.what, problem.found) == ("E-718", "存在隐藏工作表，是否导入", "底稿")
    assert values(sheet_of(raw, "底稿")) == values(sheet_of(raw))
    read = read_document(raw, FILE)
    assert read.text == "进度\n区县\t计划\t完成\n甲区\t20\t13\n乙区\t4\t4"
    assert "存在隐藏工作表" in read.notes[0]


def test_kind_15_hidden_rows_and_columns_are_read_and_counted():
    def hide(page):
        page.row_dimensions[3].hidden = True
        page.column_dimensions["B"].hidden = True
        page.auto_filter.ref = "A1:C3"

    sheet = sheet_of(book(edit=hide))
    assert values(sheet) == [("甲区", Decimal(20), Decimal(13)), ("乙区", Decimal(4), Decimal(4))]
    assert sheet.notes == ("有隐藏的行（1行），已读取", "有隐藏的列（1列），已读取")


# ---- kinds 16 to 22: sheets and headers ----


def test_kind_16_a_missing_sheet_is_told_with_those_that_are_there():
    with pytest.raises(Refused) as refused:
        table_of(book_of(book(sheets=["投资"])), "社区建设", ["区县"])
    problem = only(refused.value.problems)
    assert (problem.code, problem.what, problem.found) == ("E-719", "缺少工作表“社区建设”", "现有：进度、投资")


@pytest.mark.parametrize("other", ["进度 (2)", "进度（2）", "进 度", "进度副本"])
def test_kind_17_two_sheets_that_mean_the_same_are_refused(other):
    with pytest.raises(Refused) as refused:
        table_of(book_of(book(sheets=[other])), "进度", ["区县"])
    problem = only(refused.value.problems)
    assert (problem.code, problem.what, problem.found) == ("E-720", "重复工作表", f"进度、{other}")


def test_kind_18_a_header_below_a_title_and_a_unit_row_is_found_and_the_unit_is_read():
    rows = [["2018年社区建设进度表"], ["填报单位：甲市民政局", None, "单位：个"], *PLAIN]
    sheet = sheet_of(book(rows, edit=lambda page: page.merge_cells("A1:C1")))
    assert names(sheet) == ["区县", "计划", "完成"]
    assert sheet.unit == "个"
    assert [[cell.text for cell in row if cell.text] for row in sheet.above] == [
        ["2018年社区建设进度表"],
        ["填报单位：甲市民政局", "单位：个"],
    ]
    assert [row[0].ref for row in sheet.rows] == ["A4", "A5"]


def test_kind_19_two_levels_of_merged_headers_become_one():
    rows = [["区县", "2018年", None, "2019年", None], [None, "计划", "完成", "计划", "完成"], ["甲区", 20, 13, 5, 0]]

    def merge(page):
        for ref in ("A1:A2", "B1:C1", "D1:E1"):
            page.merge_cells(ref)

    sheet = sheet_of(book(rows, edit=merge))
    assert names(sheet) == ["区县", "2018年 计划", "2018年 完成", "2019年 计划", "2019年 完成"]
    assert values(sheet) == [("甲区", Decimal(20), Decimal(13), Decimal(5), Decimal(0))]
    assert sheet.faults == ()


def test_kind_19_a_merged_header_without_names_below_is_refused_with_its_range():
    rows = [["区县", "完成", None], ["甲区", 20, 13]]
    book_read = book_of(book(rows, edit=lambda page: page.merge_cells("B1:C1")))
    with pytest.raises(Refused) as refused:
        table_of(book_read, "进度", ["区县"])
    problem = only(refused.value.problems)
    assert (problem.code, problem.found) == ("E-721", "B1:C1")


def test_kind_19_a_header_merged_down_over_the_data_swallows_no_row_and_is_refused():
    rows = [["区县", "完成", "备注"], *([f"{letter}区", at] for at, letter in enumerate("甲乙丙丁"))]
    sheet = sheet_of(book(rows, edit=lambda page: page.merge_cells("C1:C5")))
    assert [row[0].value for row in sheet.rows] == ["甲区", "乙区", "丙区", "丁区"]
    assert [row[2].text for row in sheet.rows] == ["", "", "", ""]
    assert only(sheet.faults).what == "表头层数太多"


def test_kind_20_a_district_that_spans_rows_is_filled_down_and_recorded():
    rows = [["区县", "社区", "完成"], ["甲区", "东社区", 1], [None, "西社区", 0], ["乙区", "南社区", 1]]
    sheet = sheet_of(book(rows, edit=lambda page: page.merge_cells("A2:A3")))
    assert [row[0].value for row in sheet.rows] == ["甲区", "甲区", "乙区"]
    assert (sheet.rows[1][0].ref, sheet.rows[1][0].filled_from) == ("A3", "A2")
    assert sheet.notes == ("合并的单元格已逐行填上：1格",)


def test_kind_20_a_number_that_spans_rows_counts_once():
    rows = [["区县", "社区", "完成"], ["甲区", "东社区", 7], ["甲区", "西社区", None]]
    sheet = sheet_of(book(rows, edit=lambda page: page.merge_cells("C2:C3")))
    assert [row[2].value for row in sheet.rows] == [Decimal(7), None]
    assert sheet.notes == ("合并的单元格里是数、日期或公式，只记在第一行：1处",)


def test_kind_20_what_stands_unseen_below_a_merged_cell_is_told():
    rows = [["区县", "社区", "完成"], ["甲区", "东社区", 1], ["丙区", "西社区", 0]]
    raw = edited(
        book(rows),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
        ),
    )
    problem = only(sheet_of(raw).doubts)
    assert (problem.code, problem.where.row, problem.found) == ("E-725", 3, "丙区")


def test_kind_21_and_22_every_fault_of_a_header_is_told_at_once():
    rows = [["地区", "计划", "完成", "完成"], ["甲区", 20, 13, 13]]
    with pytest.raises(Refused) as refused:
        table_of(book_of(book(rows)), "进度", ["区县", "计划"])
    said = {problem.code: problem for problem in refused.value.problems}
    assert set(said) == {"E-722", "E-723"}
    assert said["E-722"].what == "缺少列“区县”"
    assert said["E-722"].found == "现有：地区、计划、完成、完成"
    assert (said["E-723"].what, said["E-723"].found) == ("列名重复“完成”", "C列、D列")


def test_kind_21_a_column_is_the_same_in_another_width():
    rows = [["区县", "完成（个）"], ["甲区", 20]]
    assert names(table_of(book_of(book(rows)), "进度", ["完成(个)"])) == ["区县", "完成（个）"]


# ---- what is read in another way than it stands ----


def test_full_width_digits_and_numbers_stored_as_text_are_numbers_and_are_counted():
    rows = [
        ["区县", "完成"],
        ["甲区", "１１８"],
        ["乙区", "\u00a0 1，480，000 "],
        ["丙区", "'12"],
        ["丁区", "0012"],
        ["戊区", "３个"],
    ]
    sheet = sheet_of(book(rows))
    assert [row[1].value for row in sheet.rows] == [Decimal(118), Decimal(1480000), Decimal(12), "0012", "3个"]
    assert sheet.rows[0][1].text == "１１８"
    assert sheet.notes == ("全角数字或字母已折成半角：2格", "以文本保存的数：3格")


def test_a_text_that_looks_like_a_formula_stays_a_text():
    made = openpyxl.Workbook()
    made.active.append(["说明", "完成"])
    made.active.append(["甲区", 3])
    made.active["A2"].value, made.active["A2"].data_type = "=SUM(B2)", "s"
    sheet = book_of(saved(made)).sheets[0]
    assert values(sheet) == [("=SUM(B2)", Decimal(3))]
    assert sheet.rows[0][0].formula == ""


def test_days_are_right_in_both_date_systems():
    for system in (False, True):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"date_1904": system}) as made:
            page = made.add_worksheet("进度")
            page.write_row(0, 0, ["区县", "完工"])
            page.write(1, 0, "甲区")
            page.write_datetime(1, 1, dt.datetime(2018, 3, 21), made.add_format({"num_format": "yyyy/m/d"}))
        assert values(sheet_of(file.getvalue())) == [("甲区", dt.datetime(2018, 3, 21))]


def test_a_column_with_content_and_without_a_name_is_told():
    rows = [["区县", "完成", None], ["甲区", 20, "迟报"]]
    problem = only(sheet_of(book(rows)).doubts)
    assert (problem.code, problem.where.column) == ("E-724", "C")


def test_formatted_empty_rows_cost_nothing():
    def far(page):
        for row in range(4, 3004):
            page.cell(row, 1).number_format = "0.00"

    assert len(sheet_of(book(edit=far)).rows) == 2


def test_cells_in_far_corners_and_a_merge_over_the_whole_sheet_are_no_trap():
    assert len(sheet_of(book(edit=lambda page: page.__setitem__("XFD1048576", 1))).rows) == 3
    raw = edited(
        book(),
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    assert only(problems_of(raw)).what == "合并的单元格太多"


def test_a_sheet_whose_part_is_missing_is_no_empty_sheet():
    raw = edited(book(), "xl/_rels/workbook.xml.rels", lambda content: content.replace("sheet1.xml", "sheet7.xml"))
    assert only(problems_of(raw)).code == "E-707"


def test_two_tabs_of_one_name_keep_the_cells_of_both():
    raw = edited(
        book(sheets=["投资"]), "xl/workbook.xml", lambda content: content.replace('name="投资"', 'name="进度"')
    )
    assert [len(sheet.rows) for sheet in book_of(raw).sheets] == [2, 2]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(
            "schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml"
        ),
        lambda content: re.sub(r' r="[A-Z]*\d+"', "", content),
        lambda content: re.sub(r"<(/?)(?=\w)", r"<\1x:", content).replace("xmlns=", "xmlns:x="),
    ],
)
def test_strict_files_cells_without_places_and_prefixed_tags_are_read_alike(change):
    assert values(sheet_of(edited(book(), "xl/worksheets/sheet1.xml", change))) == [
        ("甲区", Decimal(20), Decimal(13)),
        ("乙区", Decimal(4), Decimal(4)),
    ]


def test_a_number_too_large_to_be_one_is_an_error_value():
    raw = edited(book(), "xl/worksheets/sheet1.xml", lambda content: content.replace("<v>20</v>", "<v>1e999</v>"))
    assert only(sheet_of(raw).doubts).found == "#NUM!"


def test_styles_that_openpyxl_cannot_read_keep_no_number_out():
    raw = edited(
        book(), "xl/styles.xml", lambda content: content.replace("<fills", "<fills><oddity/></fills><fills", 1)
    )
    assert values(sheet_of(raw))[0] == ("甲区", Decimal(20), Decimal(13))


@pytest.mark.parametrize(
    ("name", "header", "unit", "rows"),
    [
        ("kehu", ["序号", "社区", "计划完工", "完工情况 完工日期", "完工情况 完工个数", "验收日期", "备注"], "个", 11),
        (
            "huanxiu",
            [
                "项目名称",
                "计量单位",
                "全年计划",
                *(f"2026年累计完成 {month}月" for month in range(1, 7)),
                "未达序时原因",
            ],
            "",
            2,
        ),
        ("yanlai", ["县区", "社区", "列入计划", "已完工", "备注"], "个、万元", 9),
    ],
)
def test_returns_of_the_demonstration_city_are_read_as_clerks_hand_them_in(name, header, unit, rows):
    sheet = book_of(layout_of(CITY / "handed_in" / f"{name}.toml").content()).sheets[0]
    assert names(sheet) == header
    assert sheet.unit == unit
    assert len(sheet.rows) == rows
    assert sheet.faults == sheet.doubts == ()


# ---- the text of a document ----


def test_a_workbook_is_a_document_whose_text_keeps_its_tables():
    rows = [["单位：个"], ["区县", "2018年", None], [None, "计划", "完成"], ["甲区", 20, 13], [None, 4, 4]]

    def merge(page):
        for ref in ("A2:A3", "B2:C2", "A4:A5"):
            page.merge_cells(ref)

    read = read_document(book(rows, edit=merge), FILE)
    assert read.text == "进度\n单位：个\n区县\t2018年 计划\t2018年 完成\n甲区\t20\t13\n甲区\t4\t4"


def test_each_number_of_the_text_knows_its_cell():
    read = read_document(book([["区县", "完成"], ["甲区", "建成12个\n其中新建3个"]], sheets=["投资"]), FILE)
    assert read.text.splitlines()[2] == "甲区\t建成12个 其中新建3个"
    assert read.cell_at(read.text.index("12")) == "进度!B2"
    assert read.cell_at(read.text.rindex("3个")) == "投资!B2"
    assert read.cell_at(0) == ""
    assert read.cell_at(read.text.index("\t")) == ""
    assert all(read.text[start:end].strip() for start, end, _ in read.cells)


def test_notes_of_a_workbook_name_file_sheet_row_and_column():
    raw = computed(book([*PLAIN, ["合计", 24, "=SUM(C2:C3)"]]), C4="<v>19</v>")
    assert read_document(raw, FILE).notes == (
        "E-717 进度.xlsx 工作表“进度” 第4行 “C 完成”列：合计行与明细不符；发现“合计19，明细之和17，差2”；应为=SUM(C2:C3)；"
        "请重新计算后保存，或核对明细",
    )


def test_notes_of_one_kind_are_told_a_few_times_and_then_counted():
    rows = [["区县", "完成"], *([f"{at}街", "x"] for at in range(9))]
    raw = edited(
        book(rows),
        "xl/worksheets/sheet1.xml",
        lambda content: re.sub(r'(<c r="B[2-9]\d?") t="\w+">.*?</c>', r'\1 t="e"><v>#N/A</v></c>', content),
    )
    notes = workbook_text(book_of(raw)).notes
    assert [note[:5] for note in notes] == ["E-715"] * 6
    assert notes[-1] == "E-715 工作表“进度”同类的另有3处"


PLACES = st.tuples(st.integers(1, 8), st.integers(1, 6))


@given(
    kinds=st.dictionaries(PLACES, st.sampled_from(["number", "text", "error"]), min_size=1),
    corners=st.lists(st.tuples(PLACES, PLACES), max_size=3),
)
def test_whatever_a_cell_shows_stands_in_the_text_or_is_told(kinds, corners):
    cells = tuple(
        StoredCell(
            row, column, kind, f"{row}00{column}", f"{row}00{column}" if kind == "number" else f"文{row}00{column}号"
        )
        for (row, column), kind in sorted(kinds.items())
    )
    merges = tuple((*first, *last) for first, last in corners if first[0] <= last[0] and first[1] <= last[1])
    sheet = sheet_table(StoredSheet("进度", "visible", cells, merges, (), ()), FILE)
    read = workbook_text(Workbook(FILE, (sheet,)))
    told = "".join(problem.found for problem in sheet.doubts)
    assert [cell.shown for cell in cells if cell.shown not in read.text + told] == []
    assert all(read.text[start:end].strip() for start, end, _ in read.cells)


def test_a_workbook_without_any_cell_has_no_text():
    assert only(problems_of(saved(openpyxl.Workbook()), read_document)).code == "E-712"


def test_the_text_of_a_sheet_without_a_table_is_its_lines():
    read = workbook_text(book_of(book([["甲市2018年建成礼堂12个。"], ["其中甲区3个。"]])))
    assert read.text == "进度\n甲市2018年建成礼堂12个。\n其中甲区3个。"
