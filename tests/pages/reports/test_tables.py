"""All tables to take away: the files open, hold the same rows, and say what they are."""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal

import frictionless
import openpyxl
import pyarrow.parquet as pq
import pytest

from etl.language import spoken
from etl.release.export import export, exported_tables
from etl.release.schema import COLUMNS, TABLES
from pages.reports.tables import table_rows, table_xlsx, tables_xlsx, tables_zip
from pages.wording.tables import table_names


@pytest.fixture(scope="module", params=["xuchang", "tiny", "empty"])
def release(request, release_of):
    return release_of(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def archive(release):
    return zipfile.ZipFile(io.BytesIO(tables_zip(release)))


def csv_rows(archive, name):
    return list(csv.DictReader(io.StringIO(archive.read(f"csv/{name}.csv").decode("utf-8-sig"))))


def test_the_archive_holds_every_table_twice_and_what_they_mean(archive):
    assert archive.testzip() is None
    wanted = {f"csv/{name}.csv" for name in exported_tables()} | {
        f"parquet/{name}.parquet" for name in exported_tables()
    }
    assert set(archive.namelist()) == wanted | {"README.txt", "csv/datapackage.json", "tables.xlsx", "dictionary.md"}
    assert "boundaries" not in " ".join(archive.namelist())


def test_csv_and_parquet_hold_the_same_rows(archive, release):
    counts = table_rows(release)
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


def test_a_made_up_city_says_so_in_every_file(archive, release):
    assert ("模拟数据" in archive.read("README.txt").decode("utf-8-sig")) == release.synthetic
    for name in exported_tables():
        columns = pq.read_table(io.BytesIO(archive.read(f"parquet/{name}.parquet"))).column_names
        assert ("模拟数据" in columns) == release.synthetic


def test_the_same_release_gives_the_same_archive(release, archive):
    again = zipfile.ZipFile(io.BytesIO(tables_zip(release)))
    assert [each.CRC for each in archive.infolist()] == [each.CRC for each in again.infolist()]


def test_the_workbook_has_a_sheet_a_table_and_no_formula(release):
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx(release)), read_only=False)
    assert book.sheetnames == ["目录", *exported_tables(), "列的含义"]
    for sheet in book:
        assert not [
            cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink
        ]
    counts = {row[1]: int(row[2]) for row in book["目录"].iter_rows(values_only=True) if row[1] in exported_tables()}
    assert counts == table_rows(release)
    assert all(book[name].max_row == counts[name] + 1 for name in exported_tables())


def test_numbers_and_days_of_every_table_are_numbers_and_days_as_printed(release):
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx(release)))
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


def test_one_table_explains_its_columns(release):
    book = openpyxl.load_workbook(io.BytesIO(table_xlsx(release, "places")))
    assert book.sheetnames == ["地区", "列的含义"]
    assert [row[1] for row in book["列的含义"].iter_rows(min_row=2, values_only=True)] == list(TABLES["places"].columns)


def test_numbers_printed_in_passing_stay_inside(archive):
    assert not [row for row in csv_rows(archive, "figures") if row["role"] == "incidental"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_has_a_name(lang):
    assert set(exported_tables()) == set(spoken(lang, table_names))
