"""The files of a briefing: laid out as officials must, the same bytes each time, saying where they come from and what is made up."""

import dataclasses
import datetime as dt
import io
import re
import time
import zipfile
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pptx import Presentation
from pptx.util import Inches

from pages.charts.form import form_of, worded_marks
from pages.queries.chart_specs import charts_of, marks_of
from pages.reports import message
from pages.reports.brief import Chart, CitedText, Table
from pages.reports.docx import LETTERS, LINES, PITCH_PT, TEXT_PT, docx_bytes
from pages.reports.files import FORMATS, brief_bytes
from pages.reports.kit import archived, with_fixed_timestamps
from pages.reports.message import NoChart, card_png, message_text
from pages.reports.pdf import page_count, pdf_bytes
from pages.reports.pptx import pptx_bytes
from pages.reports.series import marks_table, native
from pages.reports.xlsx import xlsx_bytes

OFFICE = ("docx", "pptx", "xlsx")
HOSTILE = '=HYPERLINK("http://x")<b>&\'"</w:t>'
DIRTY = f"{HOSTILE}\x00\x0b\x1f"


@pytest.fixture(scope="module")
def leader(xuchang, brief_of):
    return brief_of(xuchang, "leader")


@pytest.fixture(scope="module")
def made_up(tiny, brief_of):
    return brief_of(tiny, "leader")


@pytest.fixture(scope="module")
def files(leader):
    return {form: brief_bytes(leader, form) for form in FORMATS}


@pytest.fixture(scope="module")
def made_up_files(made_up):
    return {form: brief_bytes(made_up, form) for form in FORMATS}


def test_the_same_briefing_gives_the_same_bytes_at_another_time(made_up, made_up_files):
    time.sleep(2.1)  # a zip tells times to two seconds
    for form, before in made_up_files.items():
        assert brief_bytes(made_up, form) == before, form


def test_no_file_carries_the_time_it_was_written(files, leader):
    for form in OFFICE:
        archive = zipfile.ZipFile(io.BytesIO(files[form]))
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        stamps = re.findall(rb"<dcterms:(?:created|modified)[^>]*>([^<]*)<", archive.read("docProps/core.xml"))
        assert {each.decode() for each in stamps} == {f"{leader.day}T00:00:00Z"}, form


def test_settling_reaches_the_workbook_inside_a_chart():
    core = b'<dcterms:created xsi:type="x">2026-01-02T03:04:05Z</dcterms:created>'
    inner = archived([("docProps/core.xml", core)])
    made = with_fixed_timestamps(archived([("ppt/embeddings/a.xlsx", inner)]))
    opened = zipfile.ZipFile(io.BytesIO(zipfile.ZipFile(io.BytesIO(made)).read("ppt/embeddings/a.xlsx")))
    assert b"2000-01-01T00:00:00Z" in opened.read("docProps/core.xml")


def test_the_first_page_says_day_filters_and_release(files, leader, said_in):
    first = {
        "docx": "".join(said_in["docx"](files["docx"])[:5]),
        "pptx": "".join(
            shape.text_frame.text
            for shape in Presentation(io.BytesIO(files["pptx"])).slides[0].shapes
            if shape.has_text_frame
        ),
        "xlsx": "".join(said_in["xlsx"](files["xlsx"])[:5]),
        "pdf": said_in["pdf"](files["pdf"])[0],
    }
    for form, text in first.items():
        for line in leader.about:
            assert "".join(line.split()) in "".join(text.split()), (form, line)


def test_every_sentence_cell_and_source_stands_in_every_document(files, leader, said_in):
    wanted = [said.text for section in leader.sections for said in section.paragraphs]
    wanted += [
        said.text for section in leader.sections for table in section.tables for row in table.rows for said in row
    ]
    wanted += [source.text for source in leader.sources]
    for form, read in said_in.items():
        whole = "".join("".join(read(files[form])).split())
        missing = [text for text in wanted if "".join(text.removesuffix("。").split()) not in whole]
        assert not missing, form


def test_simulated_data_stands_on_every_page_of_a_made_up_city(made_up_files, made_up):
    document = docx.Document(io.BytesIO(made_up_files["docx"]))
    assert document.settings.odd_and_even_pages_header_footer
    for section in document.sections:
        assert not section.different_first_page_header_footer
        assert all("模拟数据" in part.paragraphs[0].text for part in (section.header, section.even_page_header))
    for slide in Presentation(io.BytesIO(made_up_files["pptx"])).slides:
        assert any("模拟数据" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    for sheet in openpyxl.load_workbook(io.BytesIO(made_up_files["xlsx"])):
        assert "模拟数据" in sheet.oddHeader.center.text
    with_pages = _pages(made_up_files["pdf"])
    assert len(with_pages) == page_count(made_up_files["pdf"])
    assert all("模拟数据" in page for page in with_pages)
    assert "模拟数据" in message_text(made_up)
    assert "模拟数据" in message._card(made_up, made_up.charts()[0])


def _pages(made):
    import pypdfium2

    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_a_real_city_says_so_nowhere(files, said_in):
    assert not [form for form, read in said_in.items() if "模拟数据" in "".join(read(files[form]))]


def test_a_word_file_has_the_margins_sizes_and_lines_of_the_standard(files, leader):
    document = docx.Document(io.BytesIO(files["docx"]))
    page = document.sections[0]
    measured = [
        page.page_width,
        page.page_height,
        page.top_margin,
        page.left_margin,
        page.bottom_margin,
        page.right_margin,
    ]
    for found, wanted in zip(measured, (210, 297, 37, 28, 35, 26), strict=True):
        assert abs(found - Mm(wanted)) <= Mm(1)
    title, body = document.styles["公文标题"], document.styles["公文正文"]
    assert (title.font.size, body.font.size) == (Pt(22), Pt(16))
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("公文标题", "公文正文", "公文一级", "公文二级")
    }
    assert fonts == {
        "公文标题": "方正小标宋简体",
        "公文正文": "仿宋_GB2312",
        "公文一级": "黑体",
        "公文二级": "楷体_GB2312",
    }
    assert LINES * PITCH_PT <= TEXT_PT[1] < (LINES + 1) * PITCH_PT
    closer = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert LETTERS * (16 + closer) <= TEXT_PT[0] < (LETTERS + 1) * (16 + closer)
    assert body.paragraph_format.line_spacing == Pt(PITCH_PT)
    assert document.paragraphs[0].text == leader.title
    headings = [each.text for each in document.paragraphs if each.style.name == "公文一级"]
    assert headings == ["一、总体情况", "二、主要进展", "三、存在问题", "四、下一步"]
    assert all(run.font.size == Pt(14) for run in page.footer.paragraphs[0].runs)


def test_sources_are_real_endnotes_each_referred_to_once(files, leader):
    archive = zipfile.ZipFile(io.BytesIO(files["docx"]))
    text = archive.read("word/document.xml").decode()
    referred = re.findall(r'<w:endnoteReference[^>]* w:id="(\d+)"', text)
    assert sorted(referred, key=int) == [str(source.note) for source in leader.sources]
    assert archive.read("word/endnotes.xml").decode().count("<w:endnote ") == len(leader.sources) + 2


def test_slides_have_native_charts_with_the_marks_values_and_the_finding_as_title(files, leader):
    slides = Presentation(io.BytesIO(files["pptx"])).slides
    drawn = {
        slide.shapes.title.text_frame.text: shape.chart for slide in slides for shape in slide.shapes if shape.has_chart
    }
    assert list(drawn) == [chart.title.text for chart in leader.charts()]
    for chart in leader.charts():
        shown = [mark for mark in chart.marks if mark.part == "shown"]
        plot = drawn[chart.title.text].plots[0]
        values = [value for series in plot.series for value in series.values if value is not None]
        assert sorted(values) == sorted(float(mark.value) for mark in shown if mark.value is not None)
        assert len(plot.categories) == len(shown)


def test_every_slide_has_a_title_and_notes_with_the_release(files, leader):
    for slide in Presentation(io.BytesIO(files["pptx"])).slides:
        assert slide.shapes.title.text_frame.text
        assert leader.release_id in slide.notes_slide.notes_text_frame.text


def test_a_city_s_own_template_is_filled(leader):
    own = Presentation()
    own.slide_width = Inches(7)
    file = io.BytesIO()
    own.save(file)
    show = Presentation(io.BytesIO(pptx_bytes(leader, file.getvalue())))
    assert show.slide_width == Inches(7)
    assert show.slides[0].shapes.title.text_frame.text == leader.title


def test_a_place_without_a_number_says_why_in_a_native_chart_and_has_no_value(made_up):
    parts = next(chart for chart in made_up.charts() if chart.form == "bars_by_place")
    drawn = native(parts)
    silent = [at for at, name in enumerate(drawn.categories) if name.endswith(("（不在计划）", "（未公布）"))]
    assert len(silent) == 2
    assert all(series.values[at] is None for series in drawn.series for at in silent)
    zero = next(at for at, name in enumerate(drawn.categories) if name.startswith("零点区"))
    assert [series.values[zero] for series in drawn.series if series.values[zero] is not None] == [0]


def test_a_bound_is_written_out_in_a_native_chart_never_as_an_exact_number(tiny, release_of):
    row = next(each for each in charts_of(release_of(tiny), "overview") if each.chart == "visits")
    marks = worded_marks(marks_of(release_of(tiny), row), row.form)
    series = native(Chart("visits", CitedText("题"), row.form, marks)).series[0]
    assert series.number_format == ""
    assert "超过3.6万人次" in series.labels
    exact = native(
        Chart("visits", CitedText("题"), row.form, tuple(dataclasses.replace(mark, text="36000人次") for mark in marks))
    ).series[0]
    assert exact.number_format == '0"人次"'


def test_a_workbook_has_a_data_sheet_a_chart_number_formats_and_prints_on_one_page_width(files, leader):
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    charts = [name for name in book.sheetnames if name.startswith("图")]
    assert len(charts) == len(leader.charts())
    assert all(len(book[name]._charts) == 1 for name in charts)
    assert book.sheetnames[-3:] == ["督办清单", "来源", "选取规则"]
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    numbers = [
        cell for row in book[charts[0]].iter_rows() for cell in row if cell.data_type == "n" and cell.value is not None
    ]
    assert numbers
    assert all(cell.number_format != "General" for cell in numbers)


def as_read(cell):
    is_day = isinstance(cell, dt.datetime)
    return f"{cell.year}年{cell.month}月{cell.day}日" if is_day else str(cell)


@pytest.fixture(scope="module")
def numbered():
    """A briefing with one of each: an exact count, a bound, a share, a day, a text, and nothing."""
    columns = ("序号", "数", "完成率", "时限", "事项")
    rows = (
        (CitedText("1", value=Decimal(1)), CitedText("81个", value=Decimal(81)), CitedText("54.10%", value=Decimal("54.1")),
         CitedText("2019年4月25日", value=dt.date(2019, 4, 25)), CitedText("甲")),
        (CitedText("2", value=Decimal(2)), CitedText("超过148万人次", value=Decimal(1480000)), CitedText("—"), CitedText(""), CitedText("2019")),
    )  # fmt: skip
    return Table("表", columns, rows, (1, 2, 2, 2, 4))


def test_a_table_of_a_briefing_holds_numbers_as_numbers_and_days_as_days(numbered, made_up):
    section = dataclasses.replace(made_up.sections[0], paragraphs=(), tables=(numbered,), charts=())
    brief = dataclasses.replace(made_up, sections=(section,), tasks=numbered)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(brief)))
    for sheet in (book["简报"], book["表"]):
        (first,) = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == "序号"]
        grid = [sheet[at][:7] for at in range(first, first + 3)]
        assert [cell.value for cell in grid[0]] == [
            "序号",
            "数",
            "数（数值）",
            "完成率",
            "完成率（数值）",
            "时限",
            "事项",
        ]
        assert [cell.value for cell in grid[1]] == [1, "81个", 81, "54.10%", 54.1, dt.datetime(2019, 4, 25), "甲"]
        assert [cell.value or "" for cell in grid[2]] == [2, "超过148万人次", 1480000, "—", "", "", "2019"]
        assert [grid[1][at].number_format for at in (2, 4)] == ["0", "0.00"]
        assert "年" in grid[1][5].number_format


def test_the_tables_of_a_real_briefing_hold_a_number_beside_each_text_that_tells_one(leader):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(leader)))
    rows = list(book["简报"].iter_rows(values_only=True))
    heads = next(row for row in rows if row[0] == "指标")
    at = heads.index("数（数值）")
    held = {row[at - 1]: row[at] for row in rows if isinstance(row[at], int | float)}
    assert held["81个"] == 81
    assert held["超过148万人次"] == 1480000
    (due,) = {cell.value for cell in book["督办清单"][5] if cell.is_date}
    assert due == dt.datetime.combine(due.date(), dt.time())


def test_a_chart_s_target_stands_as_a_number_too(leader):
    for number, chart in enumerate(leader.charts(), 1):
        beside = [mark for mark in chart.marks if mark.part == "beside" and mark.value is not None]
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(leader)))[f"图{number}"]
        columns = {cell.value: cell.column - 1 for cell in sheet[6] if cell.value}
        found = {row[columns["编号"]]: row for row in sheet.iter_rows(values_only=True)}
        for mark in beside:
            assert found[mark.number_id][columns["对照的数值"]] == float(mark.value)


def test_the_task_list_reads_back_as_it_was_written_by_responsible_organisation(files, leader):
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["督办清单"]
    heads, *cells = sheet.iter_rows(min_row=4, values_only=True)
    kept = [at for at, head in enumerate(heads) if not head.endswith("（数值）")]
    rows = [tuple(as_read(row[at]) for at in kept) for row in (heads, *cells)]
    assert rows[0] == leader.tasks.columns
    assert rows[1:] == [tuple(said.text for said in row) for row in leader.tasks.rows]
    assert [row[1] for row in rows[1:]] == sorted(row[1] for row in rows[1:])


def test_a_leader_s_pdf_has_one_page_and_a_district_s_two(files, xuchang, tiny, brief_of):
    assert page_count(files["pdf"]) == 1
    assert page_count(pdf_bytes(brief_of(xuchang, "district", "weidu"))) <= 2


def test_hostile_names_and_control_characters_survive_as_text(made_up, said_in):
    chart = made_up.charts()[0]
    marks = tuple(dataclasses.replace(mark, label=HOSTILE) for mark in chart.marks)
    section = made_up.sections[1]
    dirty = dataclasses.replace(
        made_up, city=HOSTILE, title=HOSTILE,
        sections=(dataclasses.replace(section, paragraphs=(CitedText(HOSTILE),), charts=(dataclasses.replace(chart, marks=marks),)),),
    )  # fmt: skip
    for form, read in said_in.items():
        made = brief_bytes(dirty, form)
        assert "".join(HOSTILE.split()) in "".join("".join(read(made)).split()), form
    inner = zipfile.ZipFile(io.BytesIO(pptx_bytes(dirty)))
    book = next(inner.read(name) for name in inner.namelist() if name.endswith(".xlsx"))
    for workbook in (book, xlsx_bytes(dirty)):
        for sheet in openpyxl.load_workbook(io.BytesIO(workbook)):
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_a_title_that_looks_like_a_cell_is_the_title_of_its_chart(made_up):
    chart, section = made_up.charts()[0], made_up.sections[1]
    named = dataclasses.replace(section, charts=(dataclasses.replace(chart, title=CitedText("活力!A1区")),))
    book = zipfile.ZipFile(io.BytesIO(xlsx_bytes(dataclasses.replace(made_up, sections=(named,)))))
    drawn = book.read("xl/charts/chart1.xml").decode()
    assert "<c:f>活力" not in drawn
    assert "<a:t>活力!\u2060A1区</a:t>" in drawn


def test_control_characters_of_the_data_are_left_out(tiny, release_of):
    from pages.queries.briefs import BriefRequest, brief_rows
    from pages.reports.compose_brief import compose_brief

    rows = dataclasses.replace(brief_rows(release_of(tiny), BriefRequest("leader")), place_name=DIRTY, city=DIRTY)
    brief = compose_brief(rows)
    assert HOSTILE in brief.title
    assert not re.search("[\x00\x0b\x1f]", brief.title + brief.city + "".join(brief.about))
    assert docx_bytes(brief)


def test_a_briefing_without_a_chart_has_no_card(empty, brief_of):
    with pytest.raises(NoChart):
        card_png(brief_of(empty, "leader"))


def test_an_empty_city_s_briefing_can_be_written(empty, brief_of, said_in):
    for form, read in said_in.items():
        assert "没有可用的已公布数" in "".join(read(brief_bytes(brief_of(empty, "leader"), form))), form


def test_a_card_is_a_picture_with_title_number_and_source(files, leader):
    assert files["png"].startswith(b"\x89PNG")
    svg = message._card(leader, leader.charts()[0])
    whole = re.sub(r"<[^>]*>|\s", "", svg)
    assert "".join(leader.charts()[0].title.text.split()) in whole
    assert "来源：" in whole
    assert "81个" in whole


def test_every_form_of_chart_has_a_table(made_up):
    for chart in made_up.charts():
        assert form_of(chart.form).build
        assert len(marks_table(chart).rows) == len(chart.marks)
