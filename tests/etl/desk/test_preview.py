"""What a document would change is a release to be looked at, and leaves nothing behind."""

import datetime as dt

import pytest

from etl.build import build
from etl.desk.adopt import About
from etl.desk.preview import previewed
from etl.desk.proposals import proposals
from etl.errors import Refused
from etl.release.tables import LAPTOP, now, open_release

NAME = "2020-01-08-city-halls"
TEXT = "2019年，甲市建成礼堂15个。会议室配备投影仪30台。"
ABOUT = About(title="通报", publisher="甲市民政局", checked_by="王五")


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_release_is_there_while_it_is_looked_at_and_the_folder_stays_as_it_was(city):
    folder = city.write()
    build(folder)
    release = open_release(LAPTOP, now(), folder=folder)
    before, rows = files(folder), proposals(folder, TEXT, dt.date(2020, 1, 8))
    with previewed(release, NAME, TEXT.encode(), TEXT, ABOUT, rows=rows) as preview:
        assert preview.release.id != release.id
        assert (preview.release.who, preview.release.moment) == (release.who, release.moment)
        assert NAME in set(preview.release.table("observations")["source"])
        assert [row.as_printed for row in preview.entered] == ["15个"]
        assert [row.as_printed for row in preview.pending_rows] == ["30台"]
    assert files(folder) == before
    assert NAME not in set(open_release(LAPTOP, now(), folder=folder).table("observations")["source"])


def test_what_adopting_would_refuse_the_preview_refuses(city):
    folder = city.write()
    build(folder)
    release = open_release(LAPTOP, now(), folder=folder)
    before = files(folder)
    with pytest.raises(Refused, match="E-406"), previewed(release, NAME, b"x", TEXT, About(), rows=[]):
        pass
    assert files(folder) == before
