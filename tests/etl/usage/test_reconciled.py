import subprocess
import sys

import pytest

from etl.build import build, make_tables
from etl.errors import Refused
from etl.readers.facts import source_folders
from etl.usage import counting
from etl.usage.records import HourVisits

from ..conftest import SOURCE  # noqa: TID252
from .conftest import event

MONTH = {"period_start": "2026-01-01", "period_end": "2026-01-31", "as_of": "2026-01-31"}


def published(gates, as_printed="超过30人次", value="30", qualifier="more_than", **cells):
    row = {
        "seq": 7,
        "as_printed": as_printed,
        "value": value,
        "unit": "人次",
        "qualifier": qualifier,
        "indicator": "visits",
        "place": "east",
    }
    gates.city.facts[SOURCE].append({**gates.city.fact(6), **row, **MONTH, **cells})
    gates.city.write()
    gates.about(published='[published]\nvisits = "visits"')
    gates.csv("2026-01.csv", [event(n, f"2026-01-{n % 31 + 1:02}", n=2) for n in range(20)])


def checks(gates):
    tables = make_tables(gates.folder, source_folders(gates.folder))
    assert not tables.problems
    return {row["identity"]: row for row in tables.checks.to_dict("records") if row["identity"].startswith("gate_log/")}


def test_a_published_lower_bound_that_the_log_reaches_holds_and_one_it_does_not_cover_is_not_testable(gates):
    published(gates)
    tables = make_tables(gates.folder, source_folders(gates.folder)).checks
    found = tables[tables["identity"] == "gate_log/visits"].set_index("verdict")
    held, open_ended = found.loc["holds"], found.loc["not_testable"]
    assert (held["left_value"], held["right_value"], held["parents"]) == ("超过30人次", "40", f"{SOURCE}#7")
    assert (open_ended["left_value"], open_ended["reason"]) == ("超过3.6万人次", "公布的数没有写明起止日期")


def test_a_published_number_that_the_log_does_not_reach_is_shown_as_violated_and_nothing_is_adjusted(gates):
    published(gates, "41人次", "41", "exact")
    tables = make_tables(gates.folder, source_folders(gates.folder))
    rows = tables.checks[tables.checks["identity"] == "gate_log/visits"]
    violated = rows[rows["verdict"] == "violated"].iloc[0]
    assert (violated["right_value"], int(violated["difference"])) == ("40", 1)
    assert tables.frames["visits_daily"]["visits"].sum() == 40
    assert not tables.problems


def test_every_row_and_every_part_is_accounted_for(gates):
    published(gates)
    found = checks(gates)
    rows = found[f"gate_log/rows/{gates.home.name}"]
    assert (rows["verdict"], rows["left_value"], rows["right_value"]) == ("holds", "20", "20 + 0 + 0 → 20")
    assert found["gate_log/parts"]["verdict"] == "holds"


@pytest.mark.parametrize(
    ("table", "is_wrong", "more_visits", "told"),
    [
        ("monthly", lambda row: row.place == "city", 1, "2026-01-01：visits 逐座40，各地40，全市41"),
        ("placed", lambda row: isinstance(row, HourVisits), -1, "逐日40，分时39"),
    ],
)
def test_parts_that_do_not_add_up_are_a_blocking_violation(gates, monkeypatch, table, is_wrong, more_visits, told):
    published(gates)
    whole = getattr(counting, table)

    def wrong(rows, *more):
        made = whole(rows, *more)
        place = next((place for place, row in enumerate(made) if is_wrong(row)), None)
        if place is not None:
            made[place] = made[place]._replace(visits=made[place].visits + more_visits)
        return made

    monkeypatch.setattr(counting, table, wrong)
    tables = make_tables(gates.folder, source_folders(gates.folder))
    row = next(row for row in tables.checks.to_dict("records") if row["identity"] == "gate_log/parts")
    assert (row["verdict"], row["severity"], row["reason"]) == ("violated", "block", told)
    assert tables.problems


@pytest.mark.parametrize(
    ("said", "told"), [('vists = "visits"', "是否“visits”？"), ('visits = "visit"', "visits、loans、returns、cards")]
)
def test_a_comparison_with_what_nobody_knows_is_told(gates, said, told):
    gates.csv("2026-01-05.csv", [event(1)])
    gates.about(published=f"[published]\n{said}")
    with pytest.raises(Refused, match=told):
        build(gates.folder)


def test_a_log_cannot_be_embargoed(gates):
    gates.csv("2026-01-05.csv", [event(1)])
    gates.about(release_at='"2026-05-01"')
    with pytest.raises(Refused, match="E-114"):
        build(gates.folder)


def test_a_city_without_logs_never_imports_the_engine(city):
    program = (
        "import sys; from pathlib import Path; from etl.build import build; build(Path(sys.argv[1]));"
        "assert not {'duckdb', 'ibis', 'sqlglot'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(city.write())], check=True, env={"PYTHONPATH": "."})
