"""A download opens in what people have, says where it comes from, and runs nothing."""

import csv
import io
import json
import re
import struct
import zipfile
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest

from etl.language import spoken
from etl.release.export import export, exported_tables
from etl.release.schema import COLUMNS, TABLES
from pages.charts.form import drawn, finding, form_of, forms, note_of, worded_marks
from pages.charts.palette import DARK
from pages.charts.to_svg import is_printable
from pages.queries.chart_specs import charts_of, marks_of
from pages.queries.documents import citations
from pages.queries.numbers import cited_ids
from pages.reports.download import (
    csv_bytes,
    file_name,
    marks_xlsx,
    svg_text,
    table_rows,
    table_xlsx,
    tables_xlsx,
    tables_zip,
)
from pages.reports.kit import png_bytes
from pages.wording.tables import table_names

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
        exported = re.sub(r"\s", "", "".join(texts))
        for wanted in (title, note, "来源：", release.id, *(mark.text for mark in marks if "\n" not in mark.text)):
            assert re.sub(r"\s", "", wanted) in exported, (chart.chart, wanted)
        assert ("模拟数据" in exported) == release.synthetic


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
    from pages.widgets.charts import exportable_map, small_drawing

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


@pytest.fixture(scope="module", params=["xuchang", "tiny", "empty"])
def exported(request, release_of):
    return release_of(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def archive(exported):
    return zipfile.ZipFile(io.BytesIO(tables_zip(exported)))


def csv_rows(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(f"csv/{name}.csv").decode("utf-8-sig"))))


def test_the_archive_holds_every_table_twice_and_what_they_mean(archive):
    assert archive.testzip() is None
    wanted = {f"csv/{name}.csv" for name in exported_tables()} | {
        f"parquet/{name}.parquet" for name in exported_tables()
    }
    assert set(archive.namelist()) == wanted | {"README.txt", "csv/datapackage.json", "tables.xlsx", "dictionary.md"}
    assert "boundaries" not in " ".join(archive.namelist())


def test_csv_and_parquet_hold_the_same_rows(archive, exported):
    counts = table_rows(exported)
    for name in exported_tables():
        rows = csv_rows(archive, name)
        table = pq.read_table(io.BytesIO(archive.read(f"parquet/{name}.parquet")))
        assert table.num_rows == len(rows) == counts[name]
        assert table.column_names[: len(TABLES[name].columns)] == list(TABLES[name].columns)
    exact = pq.read_table(io.BytesIO(archive.read("parquet/observations.parquet"))).column("value").to_pylist()
    assert exact == [Decimal(row["value"]) for row in csv_rows(archive, "observations")]


def test_the_package_describes_the_files_beside_it(archive):
    package = json.loads(archive.read("csv/datapackage.json"))
    assert {f"csv/{each['path']}" for each in package["resources"]} <= set(archive.namelist())


@pytest.mark.parametrize("name", ["xuchang", "demo"])
def test_frictionless_accepts_the_export_of_each_city(name, request, release_of, tmp_path):
    export(release_of(request.getfixturevalue(name)), tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert [task.name for task in report.tasks] == exported_tables()
    relations = csv.DictReader(io.StringIO((tmp_path / "identities.csv").read_text("utf-8-sig")))
    assert {row["relation"] for row in relations} <= {"=", "<=", ">=", ""}


def test_a_made_up_city_says_so_in_every_file(archive, exported):
    assert ("模拟数据" in archive.read("README.txt").decode("utf-8-sig")) == exported.synthetic
    for name in exported_tables():
        columns = pq.read_table(io.BytesIO(archive.read(f"parquet/{name}.parquet"))).column_names
        assert ("模拟数据" in columns) == exported.synthetic


def test_the_same_release_gives_the_same_archive(exported, archive):
    again = zipfile.ZipFile(io.BytesIO(tables_zip(exported)))
    assert [each.CRC for each in archive.infolist()] == [each.CRC for each in again.infolist()]


def test_the_workbook_has_a_sheet_a_table_and_no_formula(exported):
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx(exported)), read_only=False)
    assert book.sheetnames == ["目录", *exported_tables(), "列的含义"]
    for sheet in book:
        assert not [
            cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink
        ]
    counts = {row[1]: int(row[2]) for row in book["目录"].iter_rows(values_only=True) if row[1] in exported_tables()}
    assert counts == table_rows(exported)
    assert all(book[name].max_row == counts[name] + 1 for name in exported_tables())


def test_numbers_and_days_of_every_table_are_numbers_and_days_as_printed(exported):
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx(exported)))
    kinds = {"decimal": "n", "integer": "n", "float": "n", "date": "d", "moment": "d"}
    for name in exported_tables():
        for column in book[name].iter_cols():
            wanted = kinds.get(COLUMNS[column[0].value].kind, "") if column[0].value in COLUMNS else ""
            assert not wanted or {cell.data_type for cell in column[1:] if cell.value is not None} <= {wanted}, column[
                0
            ].value
    for row in book["observations"].iter_rows(min_row=2):
        cells = {head.value: cell for head, cell in zip(book["observations"][1], row, strict=True)}
        places = len(re.search(r"(?:\.(\d+))?$", f"{Decimal(str(cells['step'].value)):f}")[1] or "")
        assert cells["value"].number_format == ("0" if places == 0 else f"0.{'0' * places}")
    assert all(
        isinstance(row[2], int) for row in book["目录"].iter_rows(values_only=True) if row[1] in exported_tables()
    )


def test_one_table_explains_its_columns(exported):
    book = openpyxl.load_workbook(io.BytesIO(table_xlsx(exported, "places")))
    assert book.sheetnames == ["地区", "列的含义"]
    assert [row[1] for row in book["列的含义"].iter_rows(min_row=2, values_only=True)] == list(TABLES["places"].columns)


def test_numbers_printed_in_passing_stay_inside(archive):
    assert not [row for row in csv_rows(archive, "figures") if row["role"] == "incidental"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_has_a_name(lang):
    assert set(exported_tables()) == set(spoken(lang, table_names))
