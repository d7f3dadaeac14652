"""Indicators are proposed from the nouns of a document; none counts before a person has completed its row."""

import csv
import datetime as dt

import pytest

from etl.desk.adopt import About, adopt
from etl.desk.indicator_proposals import PROPOSALS, PROPOSED, propose
from etl.errors import Refused
from etl.release.publish import current
from etl.release.tables import LAPTOP, now, open_release

DAY = dt.date(2020, 1, 8)
NAME = "2020-01-08-city-parks"
ABOUT = About(title="通报", publisher="甲市民政局")
TEXT = "2019年，甲市新建口袋公园12所，其中东岸区7所。截至2019年12月31日，甲市有健身器材350套。\n"

NAMES = {
    "2019年，甲市新增公办学位1000个。": [("新增公办学位数", "个", "flow")],
    "2019年，甲市打通12条断头路。": [("断头路数", "条", "stock")],
    "2019年，甲市社区食堂已建成5家。": [("建成社区食堂数", "家", "flow")],
    "2019年，甲市惠及3.2万户。": [("惠及户数", "户", "flow")],
    "2019年底，甲市累计培训护理员900人。": [("培训护理员数", "人", "cumulative")],
    "2019年，甲市新建污水管网45公里。": [("新建污水管网", "公里", "flow")],
    "2019年，甲市空气优良率达到85%。": [("空气优良率", "%", "ratio")],
    "2019年，甲市民生支出1156亿元，增长9.3%。": [("民生支出", "元", "stock"), ("民生支出增长", "%", "ratio")],
    "2019年，甲市新建口袋公园12所，其中东岸区7所。": [("新建口袋公园数", "所", "flow")] * 2,
    "2019年甲市进度\n新建污水管网55公里。\n95%\n": [("新建污水管网", "公里", "flow"), ("污水管网进度", "%", "ratio")],
    "截至2019年底，甲市2个养老机构建设已完成1个（50%）。": [
        ("养老机构数", "个", "stock"),
        ("完成养老机构数", "个", "cumulative"),
    ],
    "2019年，甲市建成驿站2家，完成率200%。": [("建成驿站数", "家", "flow"), ("驿站完成率", "%", "ratio")],
    "2019年，甲市新增托位数540个。": [("新增托位数", "个", "flow")],
    "2019年，甲市建成12所。": [],
}
"""Text -> name, unit and kind of what is proposed, in reading order."""


@pytest.mark.parametrize("text", NAMES)
def test_a_name_comes_from_the_noun_and_the_verb_a_kind_by_rule(city, text):
    city.write()
    assert [(row["name"], row["unit"], row["kind"]) for row in propose(text, city.path, DAY)] == NAMES[text]


def test_a_proposal_is_marked_and_leaves_the_direction_to_a_person(city):
    city.write()
    first, part, other = propose(TEXT, city.path, DAY)
    assert first["note"] == part["note"] == PROPOSED == "拟定，未接受"
    assert "polarity" not in first
    assert first["indicator"] == part["indicator"] == "xinjiankoudaigongyuanshu"
    assert (first["sums"], other["definition"]) == ("yes", "原文：截至2019年12月31日，甲市有健身器材350套")


def test_what_is_known_already_is_not_proposed(city):
    city.write()
    assert propose("2019年，甲市建成礼堂15个。", city.path, DAY) == []


def completed(path, rows, **cells):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PROPOSALS.columns, restval="")
        writer.writeheader()
        writer.writerows(row | {"polarity": "up"} | cells for row in rows)
    return path


def taken(city, proposals):
    return adopt(city.path, NAME, TEXT.encode(), TEXT, ABOUT, proposals=proposals)


def test_accepted_indicators_come_in_with_their_units_and_numbers(city, tmp_path):
    city.write()
    table = completed(tmp_path / "拟定.csv", propose(TEXT, city.path, DAY))
    adopted = taken(city, table)
    assert (adopted.entered, adopted.pending_rows) == (3, [])
    release = open_release(LAPTOP, now(), folder=city.path)
    found = release.table("observations").query("source == @NAME")
    assert [(row.indicator, row.place, str(row.value), row.unit) for row in found.itertuples()] == [
        ("xinjiankoudaigongyuanshu", "city", "12", "所"),
        ("xinjiankoudaigongyuanshu", "east", "7", "所"),
        ("jianshenqicaishu", "city", "350", "套"),
    ]
    indicators = release.table("indicators").set_index("indicator")
    assert indicators.loc["jianshenqicaishu", ["name", "kind", "polarity"]].tolist() == ["健身器材数", "stock", "up"]
    assert indicators.loc["jianshenqicaishu", "note"] == f"由原文的名词拟定，录入 {NAME} 时接受"
    assert set(release.table("units")["unit"]) == {"个", "m2", "%", "人次", "所", "套"}


def test_a_row_renamed_is_entered_under_its_name_a_row_deleted_waits(city, tmp_path):
    city.write()
    first, part, _ = propose(TEXT, city.path, DAY)
    table = completed(tmp_path / "拟定.csv", [first, part], indicator="pocket_parks", name="口袋公园数")
    adopted = taken(city, table)
    assert [row.indicator for row in adopted.pending_rows] == [""]
    named = open_release(LAPTOP, now(), folder=city.path).table("indicators").set_index("indicator")["name"]
    assert named["pocket_parks"] == "口袋公园数"


BROKEN = {
    "no direction": ({"polarity": ""}, ["E-109", "第2行", "第3行", "第4行", "还没有写指标“新建口袋公园数”的方向"]),
    "no direction and a kind that does not exist": ({"polarity": "", "kind": "sum"}, ["E-109", "第2行 “kind”列"]),
    "a kind that does not exist": ({"kind": "sum"}, ["第2行 “kind”列", "第4行 “kind”列"]),
    "a unit nobody knows": ({"unit": "坨"}, ["E-201", "未知单位", "坨"]),
    "another document": ({"as_printed": "13所"}, ["第1个数与文件不符", "同一份文件", "第3个数与文件不符"]),
    "one id for two things": ({"indicator": "parks"}, ["与指标“parks”别处写的不一致", "第4行 “name”列"]),
}
"""What a person did to every row of the table -> what is told, all at once."""


@pytest.mark.parametrize("broken", BROKEN)
def test_every_defect_of_the_table_is_told_at_once_and_nothing_is_written(city, tmp_path, broken):
    city.write()
    before = {path: path.read_bytes() for path in (city.path / "reference").iterdir()}
    cells, told = BROKEN[broken]
    with pytest.raises(Refused) as refused:
        taken(city, completed(tmp_path / "拟定.csv", propose(TEXT, city.path, DAY), **cells))
    assert [words for words in told if words not in str(refused.value)] == []
    assert {path: path.read_bytes() for path in (city.path / "reference").iterdir()} == before
    assert current(city.path) is None


def test_a_table_that_is_not_there_is_told_with_what_makes_it(city, tmp_path):
    city.write()
    with pytest.raises(Refused, match="python -m etl propose"):
        taken(city, tmp_path / "拟定.csv")
