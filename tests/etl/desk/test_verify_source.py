"""A source counts as checked when somebody held every number of it against its document, and not before."""

import csv
import datetime as dt
import tomllib

import pytest

from etl.build import build
from etl.desk.adopt import About, adopt
from etl.desk.source_desk import numbers_to_check, verify_source
from etl.errors import Refused
from etl.release.publish import current
from etl.release.tables import LAPTOP, now, open_release

NAME = "2020-01-08-city-halls"
TEXT = "社区礼堂通报。\n\n2019年，甲市建成礼堂15个，其中东岸区9个、西岸区6个。\n"
ON = dt.date(2020, 2, 3)


@pytest.fixture
def folder(city):
    city.write()
    adopt(city.path, NAME, TEXT.encode(), TEXT, About(title="通报", publisher="甲市民政局"))
    return city.path


def confirm(folder, *seqs, by="王五", on=ON):
    return verify_source(folder, NAME, seqs, by=by, on=on)


def source(folder):
    return open_release(LAPTOP, now(), folder=folder).table("sources").set_index("source").loc[NAME]


def edit(folder, old, new):
    path = folder / "sources" / NAME / "facts.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_each_number_stands_within_its_words(folder):
    first, *_ = numbers_to_check(folder, NAME)
    assert (first.seq, first.printed, first.checked_by, first.differs) == (1, "15个", "", False)
    assert (first.before, first.behind) == ("社区礼堂通报。 2019年，甲市建成礼堂", "，其中东岸区9个、西岸区6个。")


def test_a_part_of_the_numbers_is_remembered_and_publishes_nothing(folder):
    release = current(folder)
    done = confirm(folder, 1, 3)
    assert (done.confirmed, done.left, done.release) == (2, [2], "")
    assert [one.checked_by for one in numbers_to_check(folder, NAME)] == ["王五", "", "王五"]
    assert current(folder) == release
    assert not source(folder)["verified"]
    assert build(folder).release == release


def test_with_the_last_number_it_is_verified_published_and_says_by_whom_and_when(folder):
    release = current(folder)
    confirm(folder, 1, 3)
    done = confirm(folder, 2, by="赵六", on=dt.date(2020, 2, 4))
    assert (done.confirmed, done.left, done.release) == (3, [], current(folder))
    assert current(folder) != release
    about = source(folder)
    assert (bool(about["verified"]), about["checked_by"], about["checked_on"]) == (
        True,
        "王五、赵六",
        dt.date(2020, 2, 4),
    )
    told = tomllib.loads((folder / "sources" / NAME / "source.toml").read_text("utf-8"))
    assert (told["verified"], told["checked_by"], told["title"]) == (True, "王五、赵六", "通报")
    with (folder / "sources" / NAME / "checked.csv").open(encoding="utf-8", newline="") as file:
        days = [(row["seq"], row["checked_by"], row["checked_on"]) for row in csv.DictReader(file)]
    assert days == [("1", "王五", "2020-02-03"), ("2", "赵六", "2020-02-04"), ("3", "王五", "2020-02-03")]


def test_a_number_that_was_edited_since_has_to_be_confirmed_again(folder):
    confirm(folder, 1, 2)
    edit(folder, ",9,,个", ",10,,个")
    assert [one.checked_by for one in numbers_to_check(folder, NAME)] == ["王五", "", ""]


def test_a_number_the_document_does_not_print_there_is_not_confirmed(folder):
    edit(folder, "9个", "8个")
    assert [one.differs for one in numbers_to_check(folder, NAME)] == [False, True, False]
    with pytest.raises(Refused, match="E-409") as refused:
        confirm(folder, 1, 2, 3)
    assert [(problem.found, problem.where.row) for problem in refused.value.problems] == [("9个", 3)]
    assert not (folder / "sources" / NAME / "checked.csv").exists()


@pytest.mark.parametrize(("seqs", "by", "told"), [((1, 9), "王五", "没有这个序号"), ((1,), " ", "--by")])
def test_an_unknown_number_and_a_nameless_checker_are_refused(folder, seqs, by, told):
    with pytest.raises(Refused, match=told):
        confirm(folder, *seqs, by=by)


def test_without_the_document_nothing_can_be_held_against_it(folder):
    for path in (folder / "attached").iterdir():
        path.unlink()
    with pytest.raises(Refused, match="attach"):
        numbers_to_check(folder, NAME)


def test_a_check_that_only_verified_numbers_break_stops_it_and_nothing_changes(folder):
    path = folder / "sources" / NAME
    text = path.joinpath("facts.csv").read_text("utf-8")
    path.joinpath("facts.csv").write_text(
        text.replace(",6,,个", ",7,,个").replace("numeral", "interpreted: 试"), "utf-8"
    )
    release, before = current(folder), path.joinpath("source.toml").read_bytes()
    with pytest.raises(Refused, match="E-301"):
        confirm(folder, 1, 2, 3)
    assert current(folder) == release
    assert path.joinpath("source.toml").read_bytes() == before
    assert not path.joinpath("checked.csv").exists()
    assert not list((folder / "inbox").iterdir())
