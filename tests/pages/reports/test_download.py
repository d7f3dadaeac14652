"""A download opens in what people have, says where it comes from, and runs nothing."""

import io
import re
import struct
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl
import pytest

from etl.language import spoken
from pages.charts.form import drawn, finding, form_of, forms, note_of, worded_marks
from pages.charts.palette import DARK
from pages.charts.to_svg import is_printable
from pages.queries.chart_marks import charts_of, marks_of
from pages.queries.citations import citations
from pages.queries.numbers import cited_ids
from pages.reports.download import csv_bytes, file_name, marks_xlsx, svg_text
from pages.reports.picture import png_bytes

HOSTILE = "=cmd|' /C calc'!A0"
TEXT = "{http://www.w3.org/2000/svg}text"


@pytest.fixture(params=["xuchang", "tiny"])
def release(request, release_of):
    return release_of(request.getfixturevalue(request.param))


def charts(release):
    for chart in charts_of(release, "overview"):
        if not form_of(chart.form).build:
            continue
        marks = worded_marks(marks_of(release, chart), chart.form)
        if cited_ids(marks):
            yield chart, marks, citations(release, cited_ids(marks))


def said(svg):
    root = ElementTree.fromstring(svg)
    return [" ".join("".join(line.itertext()) for line in each) for each in root.iter(TEXT)]


def test_a_workbook_opens_with_exact_numbers_and_no_formula(release):
    for chart, marks, cited in charts(release):
        hostile = [replace(mark, place_name=HOSTILE, label=HOSTILE) for mark in marks]
        book = openpyxl.load_workbook(io.BytesIO(marks_xlsx(hostile, cited, release, title=HOSTILE, note="@注")))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
        assert [cell.value for cell in cells if cell.value == HOSTILE]
        heads, *rows = book["准确值"].iter_rows(values_only=True)
        values = [row[heads.index("value")] for row in rows]
        assert [None if each is None else Decimal(str(each)) for each in values] == [mark.value for mark in marks], (
            chart.chart
        )
        assert {row[heads.index("release")] for row in rows} == {release.id}


def test_beside_each_number_as_shown_stands_its_value_and_days_are_days(tiny, release_of):
    release = release_of(tiny)
    marks, cited = next(each[1:] for each in charts(release) if each[0].chart == "visits")
    book = openpyxl.load_workbook(io.BytesIO(marks_xlsx(marks, cited, release, title="题")))
    sheet = book["如屏幕所示"]
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == "指标")
    columns = {cell.value: cell.column for cell in sheet[first]}
    rows = {sheet.cell(at, columns["数值"]).value: at for at in range(first + 1, sheet.max_row + 1)}
    value = sheet.cell(rows["超过3.6万人次"], columns["数值（基本单位）"])
    assert (value.value, value.data_type, value.number_format) == (36000, "n", "0")
    assert columns["数值（基本单位）"] == columns["数值"] + 1
    assert sheet.cell(rows["超过3.6万人次"], columns["单位"]).value == "人次"
    dated = [cell for row in book["来源"].iter_rows(min_row=2) for cell in row if cell.is_date]
    assert {cell.value.date().isoformat() for cell in dated} == {
        str(day) for day in {day for each in cited for day in (each.published_on, each.as_of)}
    }
    assert {cell.number_format for cell in dated} == {"yyyy-mm-dd"}


def test_a_workbook_names_its_sources_and_when_it_is_made_up(release):
    _, marks, cited = next(charts(release))
    book = openpyxl.load_workbook(io.BytesIO(marks_xlsx(marks, cited, release, title="题")))
    assert book.sheetnames == ["如屏幕所示", "准确值", "来源"]
    assert [row[0] for row in book["来源"].iter_rows(min_row=2, values_only=True)] == [each.title for each in cited]
    top = " ".join(str(cell.value) for row in book["如屏幕所示"].iter_rows(max_row=6) for cell in row if cell.value)
    assert "来源" in top
    assert ("模拟数据" in top) == release.synthetic
    assert ("模拟数据" in (book["准确值"].oddHeader.center.text or "")) == release.synthetic


def test_a_picture_carries_title_unit_source_day_release_and_every_number(release):
    for chart, marks, cited in charts(release):
        title, note = finding(marks, chart.form, chart.title), note_of(marks, chart.form, chart.note)
        drawing = drawn(form=chart.form, marks=marks, dark=False)
        texts = said(svg_text(drawing, cited, release, title=title, note=note))
        whole = re.sub(r"\s", "", "".join(texts))
        for wanted in (title, note, "来源：", release.id, *(mark.text for mark in marks if "\n" not in mark.text)):
            assert re.sub(r"\s", "", wanted) in whole, (chart.chart, wanted)
        assert ("模拟数据" in whole) == release.synthetic


def test_a_picture_in_english_says_simulated_in_both_languages(tiny, release_of):
    release = release_of(tiny)
    chart, marks, cited = next(charts(release))
    drawing = drawn(form=chart.form, marks=marks, dark=False)
    text = " ".join(said(spoken("en", svg_text, drawing, cited, release, title="Title")))
    assert "模拟数据" in text
    assert "Simulated data" in text


def test_a_picture_of_a_dark_screen_is_printed_in_light_colours(release):
    for chart, marks, cited in charts(release):
        drawing = drawn(form=chart.form, marks=marks, dark=True)
        svg = svg_text(drawing, cited, release, title="题").lower()
        assert not [colour for colour in vars(DARK).values() if colour.lower() in svg]


def test_a_picture_is_the_same_whichever_theme_the_screen_has(release):
    for chart, marks, cited in charts(release):
        both = [
            svg_text(drawn(form=chart.form, marks=marks, dark=dark), cited, release, title="题")
            for dark in (True, False)
        ]
        assert both[0] == both[1]


def test_hostile_names_are_shown_as_they_are(tiny, release_of):
    release = release_of(tiny)
    chart, marks, cited = next(each for each in charts(release) if each[0].chart == "parts")
    drawing = drawn(form=chart.form, marks=marks, dark=False)
    svg = svg_text(drawing, cited, release, title="</script>\x00\x08&<b>")
    assert "<img" not in svg
    assert "</script>" not in svg
    assert any("<img" in text for text in said(svg))
    assert any("</script>&<b>" in text for text in said(svg))


@pytest.mark.parametrize("form", [form for form in forms() if form_of(form).build])
def test_every_form_of_chart_can_be_printed(form, tiny, release_of):
    _, marks, cited = next(charts(release_of(tiny)))
    drawing = drawn(form=form, marks=marks, dark=False)
    assert is_printable(drawing)
    assert said(svg_text(drawing, cited, release_of(tiny), title="题"))


def test_a_png_has_its_size_300_dpi_and_letters_instead_of_boxes(release):
    chart, marks, cited = next(charts(release))
    svg = svg_text(drawn(form=chart.form, marks=marks, dark=False), cited, release, title="测试")
    png = png_bytes(svg)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", png[16:24])
    assert wide == 1920
    assert high == 2 * int(re.search(r'width="960" height="(\d+)"', svg)[1])
    assert png[37:41] == b"pHYs"
    assert struct.unpack(">II", png[41:49]) == (11811, 11811)
    assert png != png_bytes(svg.replace("测试", "试测"))


def test_a_csv_keeps_exact_digits_and_no_formula(release):
    _, marks, cited = next(charts(release))
    text = csv_bytes([replace(mark, place_name=HOSTILE) for mark in marks], cited, release).decode("utf-8-sig")
    assert f"'{HOSTILE}" in text
    assert release.id in text


def test_a_file_is_called_for_what_it_is(release):
    assert file_name("parts", release, "png").endswith(f"parts-{release.id}.png")
    assert file_name("parts", release).startswith("模拟数据-") == release.synthetic


def test_a_map_without_a_review_number_leaves_the_house_as_tiles(xuchang, release_of):
    from pages.queries.boundaries import MapRequest
    from pages.widgets.maps import exportable_map, small_drawing

    release = release_of(xuchang)
    request = MapRequest("standardised_communities", "plan", "2019")
    assert not is_printable(small_drawing(release, request, "map_by_place", dark=False).figure())
    exported = exportable_map(release, request).figure()
    assert is_printable(exported)
    svg = svg_text(exported, citations(release, []), release, title="题")
    assert "<polygon" not in svg
    assert "计划20个" in " ".join(said(svg))


def test_a_place_without_a_number_leaves_no_empty_column_for_upper_ends(tiny, release_of):
    release = release_of(tiny)
    marks, cited = next(each[1:] for each in charts(release) if each[0].chart == "parts")
    assert None in [mark.value for mark in marks]

    def heads(shown):
        sheet = openpyxl.load_workbook(io.BytesIO(marks_xlsx(shown, cited, release, title="题")))["如屏幕所示"]
        return {cell.value for row in sheet.iter_rows() for cell in row}

    assert "区间上端" not in heads(marks)
    assert "区间上端" in heads([replace(marks[0], value_high=marks[0].value + 2), *marks[1:]])
