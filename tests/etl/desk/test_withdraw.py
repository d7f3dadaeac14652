"""A source is taken back as a whole, with a reason that stays, or nothing changes at all."""

import datetime as dt

import pytest

from etl.build import build
from etl.desk.adopt import About, adopt
from etl.desk.source_desk import withdraw
from etl.errors import Refused
from etl.release.publish import current
from etl.release.tables import LAPTOP, PUBLIC, now, open_release

NAME = "2020-01-08-city-halls"
SHIPPED = "2018-12-31-city-halls"
TEXT = "2019年，甲市建成礼堂15个。会议室配备投影仪30台。"
ABOUT = About(title="通报", publisher="甲市民政局")
AT = dt.datetime(2020, 2, 3, 9, 30)


def adopted(city):
    return adopt(city.path, NAME, TEXT.encode(), TEXT, ABOUT)


def taken_back(city, name=NAME, **more):
    return withdraw(city.path, name, **{"by": "王五", "reason": "原文作废", "at": AT} | more)


def tables(city):
    return open_release(LAPTOP, now(), folder=city.path)


def test_its_numbers_go_and_its_history_stays(city):
    city.write()
    before = build(city.path).release
    adopted(city)
    done = taken_back(city)
    release = tables(city)
    assert set(release.table("observations")["source"]) == {SHIPPED}
    assert set(release.table("sources")["source"]) == {SHIPPED}
    (row,) = release.table("withdrawn").to_dict("records")
    assert (row["source"], row["title"], row["publisher"], row["numbers"]) == (NAME, "通报", "甲市民政局", 1)
    assert (row["withdrawn_by"], row["reason"], row["withdrawn_at"]) == ("王五", "原文作废", AT)
    assert (done.numbers, done.release) == (1, current(city.path))
    assert not (city.path / "sources" / NAME).exists()
    assert (city.path / "withdrawn" / NAME / "1" / "waiting.csv").exists()
    assert before != done.release
    assert build(city.path).release == done.release


def test_the_same_document_can_be_adopted_again_and_taken_back_again(city):
    city.write()
    for reason in ("一", "二"):
        adopted(city)
        taken_back(city, reason=reason, at=AT)
    again = adopted(city)
    assert set(tables(city).table("observations")["source"]) == {SHIPPED, NAME}
    assert again.entered == 1
    taken_back(city, reason="三", at=AT)
    assert sorted(path.name for path in (city.path / "withdrawn" / NAME).iterdir()) == ["1", "2", "3"]
    assert list(tables(city).table("withdrawn")["reason"]) == ["一", "二", "三"]


@pytest.mark.parametrize(("more", "asked"), [({"by": " "}, "--by"), ({"reason": ""}, "--reason")])
def test_who_and_why_must_be_given(city, more, asked):
    city.write()
    adopted(city)
    with pytest.raises(Refused, match=asked):
        taken_back(city, **more)
    assert (city.path / "sources" / NAME).is_dir()
    assert not (city.path / "withdrawn").exists()


def test_an_unknown_source_is_told_with_the_nearest(city):
    city.write()
    with pytest.raises(Refused, match="2018-12-31-city-halls"):
        taken_back(city, "2018-12-31-city-hall")


def test_a_source_that_a_reference_table_names_is_not_taken_back_and_nothing_changes(city):
    city.reference["standards"] = [
        {
            "indicator": "floor_area",
            "scope": "city",
            "valid_from": "2018-01-01",
            "name": "下限",
            "observation": f"{SHIPPED}#4",
        }
    ]
    city.write()
    release = build(city.path).release
    with pytest.raises(Refused, match="standards"):
        taken_back(city, SHIPPED)
    assert current(city.path) == release
    assert sorted(path.name for path in (city.path / "sources" / SHIPPED).iterdir()) == [
        "facts.csv",
        "source.toml",
        "statements.csv",
    ]
    assert not (city.path / "withdrawn").exists()
    assert not list((city.path / "inbox").iterdir())


def test_a_build_that_is_refused_at_the_last_moment_puts_it_back(city, monkeypatch):
    city.write()
    adopted(city)
    release = current(city.path)

    def refuse(*_):
        raise Refused([])

    monkeypatch.setattr("etl.desk.staged.published", refuse)
    with pytest.raises(Refused):
        taken_back(city)
    assert current(city.path) == release
    assert not (city.path / "sources" / NAME / "withdrawn.toml").exists()
    assert (city.path / "sources" / NAME / "facts.csv").exists()
    assert not (city.path / "withdrawn").exists()


def test_a_record_that_cannot_be_read_stops_the_build_and_says_which(city):
    city.write()
    adopted(city)
    path = taken_back(city).path / "withdrawn.toml"
    path.write_text(path.read_text("utf-8").replace('reason = "原文作废"', 'reason = ""'), "utf-8")
    with pytest.raises(Refused, match=f"withdrawn/{NAME}/1/withdrawn.toml"):
        build(city.path)


def test_what_is_under_embargo_stays_so_in_the_history(city):
    city.write()
    home = adopted(city).path / "source.toml"
    home.write_text(home.read_text("utf-8") + 'release_at = "2099-01-01"\n', "utf-8")
    taken_back(city)
    assert len(tables(city).table("withdrawn")) == 1
    assert open_release(PUBLIC, now(), folder=city.path).table("withdrawn").empty
