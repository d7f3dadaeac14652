"""Files that people write by hand: one fault is told once, and what nobody sees changes nothing."""

import pytest

from etl.build import build, make_tables
from etl.handwritten import read_rows
from etl.readers.facts import source_folders
from etl.release.schema import FACTS, REFERENCE

from .conftest import SOURCE, CityFolder

FACTS_FILE = f"sources/{SOURCE}/facts.csv"


def without_first_cells(text: str) -> str:
    return "\n".join(line.partition(",")[2] for line in text.splitlines())


HEADERS = {
    "a misspelt name": (lambda text: text.replace(",note", ",nte", 1), ["缺少列“note”", "“nte”", "是否把“nte”改为“note”？"]),
    "a missing name": (without_first_cells, ["缺少列“", "请补上“"]),
    "a name twice": (lambda text: text.replace(",note", ",note,note", 1), ["列名重复“note”", "“note”只留一列"]),
    "a name more": (lambda text: text.replace(",note", ",note,摘录", 1), ["未识别的列“摘录”", "请删去或改名“摘录”"]),
    "no names": (lambda text: text.split("\n", 1)[1], ["第一行不是列名", "请在最上面加一行列名：", ",note"]),
    "a title above": (lambda text: f"甲市一览表,,,\n{text}", ["第一行不是列名", "甲市一览表", "列名在第2行，请删去它上面的行"]),
    "a title and a blank above": (lambda text: f"甲市一览表\n\n{text}", ["列名在第3行"]),
    "Chinese names": (lambda text: f"序号,原文,数值\n{text.split(chr(10), 1)[1]}", ["第一行不是列名", "序号、原文、数值"]),
}  # fmt: skip


def problems_of(city: CityFolder) -> list[str]:
    return list(map(str, make_tables(city.path, source_folders(city.path)).problems))


@pytest.mark.parametrize(
    "file", [FACTS_FILE, *(f"reference/{name}.csv" for name in ("places", "indicators", "units", "identities"))]
)
def test_one_wrong_title_row_gives_one_message(file, city):
    city.reference["standards"] = [
        {"indicator": "mean_area", "scope": "city", "valid_from": "2018-01-01", "name": "标准", "observation": f"{SOURCE}#5"}
    ]  # fmt: skip
    path = city.write() / file
    good = path.read_text("utf-8")
    assert not problems_of(city)
    for what, (edit, told) in HEADERS.items():
        path.write_text(edit(good), "utf-8")
        (problem,) = problems_of(city)
        assert f"{file} 第1行" in problem, what
        assert all(word in problem for word in told), (what, problem)


def test_a_misspelt_column_that_older_files_lack_is_told_too(city):
    path = city.write() / FACTS_FILE
    path.write_text(path.read_text("utf-8").replace("time_as_printed", "time_as_print", 1), "utf-8")
    (problem,) = problems_of(city)
    assert "未识别的列“time_as_print”" in problem
    assert "是否把“time_as_print”改为“time_as_printed”？" in problem


def test_columns_may_stand_in_any_order(city):
    before = build(city.write()).release
    path = city.path / FACTS_FILE
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(",".join([*row[5:], *row[:5]]) for row in rows), "utf-8")
    assert build(city.path).release == before


def test_a_wrong_title_row_hides_no_fault_of_another_file(city):
    city.fact(2).update(place="wset", qualifier="genau")
    city.fact(3)["unit"] = "m3"
    path = city.write() / "reference" / "places.csv"
    path.write_text(path.read_text("utf-8").replace("sums", "summs", 1), "utf-8")
    header, qualifier, unit = problems_of(city)
    assert "summs" in header
    assert "genau" in qualifier
    assert "m3" in unit


UNSEEN = "\u200b\u200c\u200d\u200e\u202a\u202c\u2060\u00ad\ufeff"


def test_what_nobody_sees_changes_no_release(city):
    city.fact(1).update(keyword="社区 礼堂", note="按年度")
    before = build(city.write())
    city.fact(1).update(keyword=f"\u00a0社{UNSEEN}区\u00a0礼堂{UNSEEN} ", note="按年度\u3000\u00a0")
    city.fact(2).update(place="东岸\u200b区\u00a0", as_printed="7\u200b个", value=" 7\ufeff")
    city.reference["places"][3]["name"] += "\u200d"
    city.about["publisher"] = '"甲\u200b市"'
    city.city = city.city.replace("甲市", "甲\u200c市")
    again = build(city.write())
    assert (again.release, again.is_new) == (before.release, False)
    assert "社区 礼堂" in set(again.tables.frames["observations"]["keyword"])


def test_an_invisible_character_in_a_column_name_or_before_a_quote_is_not_there(tmp_path):
    path = tmp_path / "place_aliases.csv"
    path.write_text('alias,pl\u200bace,valid_from,valid_to,note\n东岸县,east,,,\ufeff"一,二"\u200b\n', "utf-8")
    rows, problems = read_rows(path, REFERENCE["place_aliases"], "place_aliases.csv")
    assert not problems
    assert [(row["place"], row["note"]) for row in rows] == [("east", "一,二")]


def test_visible_characters_stay_as_they_are(tmp_path):
    path = tmp_path / "facts.csv"
    keyword = "“社区—礼堂”·①㎡"
    path.write_text(f"{','.join(FACTS.columns)}\n1,7个,{keyword}{',' * (len(FACTS.columns) - 3)}\n", "utf-8")
    rows, _ = read_rows(path, FACTS, "facts.csv")
    assert rows[0]["keyword"] == keyword


@pytest.mark.parametrize("table", ["headlines", "charts", "sentences"])
def test_a_former_column_name_is_read_and_refused_beside_the_present_one(table, tmp_path):
    described, path = REFERENCE[table], tmp_path / f"{table}.csv"
    header = ["beside" if name == "compared_with" else name for name in described.columns]
    path.write_text(f"{','.join(header)}\n{','.join('x' * len(header))}\n", "utf-8")
    (row,), problems = read_rows(path, described, f"reference/{table}.csv")
    assert not problems
    assert row["compared_with"] == "x"
    assert "beside" not in row
    path.write_text(f"{','.join([*header, 'compared_with'])}\n{','.join('x' * (len(header) + 1))}\n", "utf-8")
    rows, (problem,) = read_rows(path, described, f"reference/{table}.csv")
    assert rows == []
    assert f"reference/{table}.csv 第1行" in str(problem)
    assert "列名重复“beside”、“compared_with”" in str(problem)
    assert "“beside”、“compared_with”只留一列" in str(problem)
