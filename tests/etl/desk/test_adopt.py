"""A bulletin becomes a source of its own, or leaves no trace; what cannot be entered yet waits beside it and is not lost."""

import csv
import datetime as dt
import shutil
import tomllib

import pytest

from etl.build import build
from etl.desk.adopt import About, adopt, previewed
from etl.desk.enterable import proposals
from etl.errors import Refused
from etl.readers.document import read_document
from etl.release.publish import current
from etl.release.schema import FACTS
from etl.release.tables import LAPTOP, now, open_release

NAME = "2020-01-08-city-halls"
TEXT = "社区礼堂建设通报\n\n2019年，甲市建成礼堂15个。截至2019年12月31日，甲市累计接待超过5.2万人次。\n会议室配备投影仪30台。\n"
ABOUT = About(title="通报", publisher="甲市民政局")
HEADER = ",".join(FACTS.columns) + "\n"
SEEN = About(title="通报", publisher="甲市民政局", checked_by="王五")


def taken(city, text=TEXT, **more):
    raw = text.encode()
    return adopt(city.path, NAME, raw, text, more.pop("about", ABOUT), **more)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_numbers_of_a_bulletin_are_published_and_what_is_not_known_waits_beside_them(city):
    city.write()
    raw = TEXT.replace("\n", "\r\n").encode("gb18030")
    text = read_document(raw, "通报.txt").text
    title = 'a"\\\n<script>\x0b[x]'
    adopted = adopt(city.path, NAME, raw, text, About(title=title, publisher="甲市民政局"))
    release = open_release(LAPTOP, now(), folder=city.path)
    found = release.table("observations").query("source == @NAME")
    assert adopted.release == release.id == current(city.path)
    assert adopted.entered == len(found) == 2
    told = found.set_index("indicator")[["value", "qualifier", "place", "locator"]].to_dict("index")
    assert str(told["halls_built"]["value"]) == "15"
    assert (told["visits"]["qualifier"], str(told["visits"]["value"])) == ("more_than", "52000")
    assert [(row.as_printed, row.missing) for row in adopted.pending_rows] == [("30台", "缺指标：这是什么数？")]
    assert [row["as_printed"] for row in rows(adopted.path / "waiting.csv")] == ["30台"]
    assert [row["as_printed"] for row in rows(adopted.path / "facts.csv")] == ["15个", "超过5.2万人次"]
    about = release.table("sources").set_index("source").loc[NAME]
    assert (about["title"], bool(about["verified"])) == ('a"\\ <script> [x]', False)
    assert (city.path / "attached" / about["sha256"]).read_bytes() == raw
    assert release.document(NAME) == text
    assert [text[start:end] for start, end in release.spans(NAME).values()] == ["15个", "超过5.2万人次"]
    assert build(city.path).release == adopted.release
    with pytest.raises(Refused, match="E-405"):
        adopt(city.path, NAME.replace("halls", "again"), raw, text, ABOUT)


def test_a_sum_that_does_not_hold_publishes_nothing_and_leaves_no_trace(city):
    city.write()
    said = "2019年，甲市建成礼堂{}个，其中东岸区9个、西岸区5个。"
    with pytest.raises(Refused, match="E-301"):
        taken(city, said.format(15), about=SEEN)
    assert current(city.path) is None
    assert not (city.path / "sources" / NAME).exists()
    assert not list((city.path / "inbox").iterdir())
    assert not (city.path / "attached").exists()
    adopted = taken(city, said.format(14), about=SEEN)
    assert adopted.entered == 3
    told = tomllib.loads((adopted.path / "source.toml").read_text("utf-8"))
    assert (told["verified"], told["checked_by"], told["checked_on"]) == (True, "王五", now().date())


@pytest.mark.parametrize(
    "name", ["halls", "2020-13-40-city-halls", "../2020-01-08-city-halls", "2018-12-31-city-halls"]
)
def test_a_name_of_another_shape_or_taken_is_refused(city, name):
    city.write()
    with pytest.raises(Refused, match=r"E-110|E-403"):
        adopt(city.path, name, b"x", TEXT, ABOUT)


def test_a_source_that_appeared_meanwhile_is_neither_lost_nor_overwritten(city):
    city.write()
    other = city.path / "sources" / "2020-01-09-city-other"

    def meanwhile(step):
        if not other.exists():
            shutil.copytree(city.path / "sources" / "2018-12-31-city-halls", other)
            other.joinpath("facts.csv").write_text(HEADER, "utf-8")

    taken(city, progress=meanwhile)
    assert set(open_release(LAPTOP, now(), folder=city.path).table("sources")["source"]) >= {NAME, other.name}


def test_where_no_number_can_be_entered_nothing_is_written_and_each_lack_is_told(tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    with pytest.raises(Refused) as refused:
        adopt(folder, NAME, TEXT.encode(), TEXT, ABOUT)
    first, *lacks = refused.value.problems
    assert (first.code, first.what) == ("E-407", "没有一个数可以录入")
    assert "什么也没有写" in first.remedy
    assert [problem.where.file for problem in lacks] == ["第 1个数“15个”", "第 2个数“超过5.2万人次”", "第 3个数“30台”"]
    assert all("缺指标：这是什么数？" in problem.what for problem in lacks)
    assert not (folder / "sources").exists()
    assert not (folder / "attached").exists()
    assert current(folder) is None


def test_a_publisher_is_asked_for_and_never_made_up(city):
    city.write()
    with pytest.raises(Refused, match="--publisher") as refused:
        taken(city, about=About(title="通报", publisher="  "))
    assert [(problem.code, problem.where.file) for problem in refused.value.problems] == [("E-406", "发布单位")]
    assert not (city.path / "sources" / NAME).exists()


def test_a_part_of_the_year_is_stored_as_its_own_days(city):
    city.write()
    adopted = taken(city, "2019年1月至9月，甲市建成礼堂15个。")
    (row,) = rows(adopted.path / "facts.csv")
    assert (row["period_start"], row["period_end"]) == ("2019-01-01", "2019-09-30")


def test_the_words_of_a_time_without_days_are_stored_and_no_period(city):
    city.write()
    adopted = taken(city, "2019年3月以来，甲市建成礼堂15个。")
    (row,) = rows(adopted.path / "facts.csv")
    assert (row["period_start"], row["period_end"], row["as_of"]) == ("", "", "2020-01-08")
    assert row["time_as_printed"] == "2019年3月以来"


SHORT = "2019年，甲市建成礼堂15个。会议室配备投影仪30台。"


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_previewed_release_is_there_while_it_is_looked_at_and_the_folder_stays_as_it_was(city):
    folder = city.write()
    build(folder)
    release = open_release(LAPTOP, now(), folder=folder)
    before, chosen = files(folder), proposals(folder, SHORT, dt.date(2020, 1, 8))
    with previewed(release, NAME, SHORT.encode(), SHORT, SEEN, rows=chosen) as preview:
        assert preview.id != release.id
        assert (preview.who, preview.moment) == (release.who, release.moment)
        numbers = preview.table("observations")
        assert list(numbers.loc[numbers["source"] == NAME, "as_printed"]) == ["15个"]
    assert files(folder) == before
    assert NAME not in set(open_release(LAPTOP, now(), folder=folder).table("observations")["source"])


def test_what_adopting_would_refuse_the_preview_refuses(city):
    folder = city.write()
    build(folder)
    release = open_release(LAPTOP, now(), folder=folder)
    before = files(folder)
    with pytest.raises(Refused, match="E-406"), previewed(release, NAME, b"x", SHORT, About(), rows=[]):
        pass
    assert files(folder) == before
