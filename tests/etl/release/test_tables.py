import datetime as dt
import json
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from etl.build import build
from etl.errors import BrokenRelease, NoRelease
from etl.release.publish import sha256
from etl.release.tables import LAPTOP, Who, now, open_release
from tests.etl.conftest import SOURCE, CityFolder

READER = Who("reader")
EVE = dt.datetime(2030, 3, 1, 8, 59)
MORNING = dt.datetime(2030, 3, 1, 9, 0)


def under_embargo(path):
    city = CityFolder(path)
    city.fact(6)["release_at"] = "2030-03-01 09:00"
    city.fact(5)["release_at"] = "2030-03-01 09:00"
    return city


@pytest.fixture
def embargoed(made_once):
    return under_embargo(made_once("embargoed", lambda folder: build(under_embargo(folder).write())))


def seen(city, who: Who, moment: dt.date) -> dict[str, set[str]]:
    release = open_release(who, moment, folder=city.path)
    return {
        "observations": {identity.split("#")[1] for identity in release.table("observations")["observation_id"]},
        "figures": {str(seq) for seq in release.table("figures")["seq"]},
        "derived": set(release.table("derived")["indicator"]),
        "checks": set(release.table("checks")["identity"]),
    }


def test_a_number_not_yet_public_is_nowhere_for_those_without_the_right(embargoed):
    found = seen(embargoed, READER, EVE)
    assert found["observations"] == found["figures"] == {"1", "2", "3", "4"}
    assert found["derived"] == set()
    assert found["checks"] == {"halls_sum"}


def test_it_appears_at_its_moment(embargoed):
    found = seen(embargoed, READER, MORNING)
    assert found["observations"] == {"1", "2", "3", "4", "5", "6"}
    assert found["derived"] == {"visits_per_hall"}
    assert found["checks"] == {"halls_sum", "mean_holds"}


def test_a_plain_date_means_its_first_moment(embargoed):
    assert "6" not in seen(embargoed, READER, dt.date(2030, 3, 1))["observations"]
    assert "6" in seen(embargoed, READER, dt.date(2030, 3, 2))["observations"]


def test_those_with_the_right_see_it_before(embargoed):
    assert "6" in seen(embargoed, LAPTOP, EVE)["observations"]


def test_a_source_can_be_embargoed_as_a_whole(city):
    city.about["release_at"] = '"2030-03-01"'
    city.statements = [
        {"seq": 1, "subject_kind": "place", "subject": "east", "attribute": "state", "text": "已选址", "locator": "p.1"}
    ]
    city.reference["attributes"] = [{"attribute": "state", "name": "状态"}]
    build(city.write())
    release = open_release(READER, EVE - dt.timedelta(days=1), folder=city.path)
    for name in ("observations", "figures", "statements", "sources", "derived", "checks"):
        assert release.table(name).empty, name
    assert not open_release(READER, EVE, folder=city.path).table("statements").empty


def test_the_text_of_a_document_is_closed_while_it_prints_a_hidden_number(embargoed):
    digest = "a" * 64
    embargoed.about["sha256"] = f'"{digest}"'
    build(embargoed.write())
    attached = embargoed.path / "attached" / digest
    attached.parent.mkdir()
    attached.write_text("超过3.6万人次", "utf-8")
    assert open_release(READER, EVE, folder=embargoed.path).document(SOURCE) is None
    assert open_release(READER, MORNING, folder=embargoed.path).document(SOURCE) == "超过3.6万人次"


def test_values_come_back_exact_and_nothing_is_nothing(city):
    build(city.write())
    observations = open_release(LAPTOP, now(), folder=city.path).table("observations").set_index("seq")
    assert observations.loc[1, "value"] == Decimal(12)
    assert str(observations.loc[1, "value"]) == "12"
    assert observations.loc[1, "value_high"] is None
    assert observations.loc[6, "period_start"] is None
    assert observations.loc[1, "breakdown"] == ""
    assert observations.loc[1, "period_start"] == dt.date(2018, 1, 1)


def test_a_table_handed_out_is_a_copy(city):
    build(city.write())
    release = open_release(LAPTOP, now(), folder=city.path)
    places = release.table("places")
    places.loc[:, "name"] = "改"
    assert "改" not in set(release.table("places")["name"])


def test_before_the_first_build_there_is_no_release(city):
    with pytest.raises(NoRelease, match="python -m etl build"):
        open_release(LAPTOP, now(), folder=city.write())


@pytest.mark.parametrize("name", ["../tables", "r000000000000", "..", "/etc"])
def test_a_name_that_is_no_release_opens_nothing(embargoed, name):
    with pytest.raises(NoRelease):
        open_release(LAPTOP, now(), name, folder=embargoed.path)


def test_a_damaged_table_is_refused_not_shown(city):
    release = build(city.write()).release
    path = city.path / "tables" / release / "places.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(BrokenRelease, match="places"):
        open_release(LAPTOP, now(), folder=city.path).table("places")


def test_an_older_release_can_be_opened_by_name(city):
    first = build(city.write()).release
    city.reference["places"][1]["name_en"] = "East Bank"
    second = build(city.write()).release
    assert first != second
    assert open_release(LAPTOP, now(), folder=city.path).id == second
    old = open_release(LAPTOP, now(), first, folder=city.path).table("places").set_index("place")
    assert old.loc["east", "name_en"] == ""


@pytest.mark.parametrize("lacking", ["a table", "a column"])
def test_a_release_of_an_older_version_is_told_to_be_built_anew(city, lacking):
    home = city.write() / "tables" / build(city.path).release
    if lacking == "a table":
        manifest = json.loads((home / "manifest.json").read_text("utf-8"))
        del manifest["tables"]["cautions"]
        (home / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    else:
        pq.write_table(pq.read_table(home / "places.parquet").drop_columns(["kind"]), home / "places.parquet")
    with pytest.raises(BrokenRelease, match="python -m etl build"):
        open_release(LAPTOP, now(), folder=city.path)


def test_a_release_with_a_former_column_name_is_read(city):
    city.reference["charts"] = [{"chart": "halls", "screen": "overview", "position": 1, "form": "bars_by_place", "title": "厅", "shows": "halls_built", "compared_with": "halls_built{place=city}"}]  # fmt: skip
    home = city.write() / "tables" / build(city.path).release
    table = pq.read_table(home / "charts.parquet")
    pq.write_table(
        table.rename_columns([{"compared_with": "beside"}.get(name, name) for name in table.column_names]),
        home / "charts.parquet",
    )
    manifest = json.loads((home / "manifest.json").read_text("utf-8"))
    manifest["tables"]["charts"]["sha256"] = sha256(home / "charts.parquet")
    (home / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    charts = open_release(LAPTOP, now(), folder=city.path).table("charts")
    assert list(charts["compared_with"]) == list(table.column("compared_with").to_pylist())
