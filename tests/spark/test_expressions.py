"""Every expression of etl.usage on DuckDB and on a cluster, over random rows: the tables must be equal, types included."""

from __future__ import annotations

import datetime as dt
import inspect
from collections import namedtuple
from typing import Any

import ibis.expr.types as ir
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from etl.readers.gate_log_file import look
from etl.usage import merged, partials, rows
from etl.usage.engine import CannotRead

FIRST = dt.date(2026, 1, 5)
IDS = st.one_of(
    st.integers(1, 12).map(str),
    st.sampled_from(["007", " 7", "7.0", "1e3", "-3", "+5", "", "a-1", "A-1", "９", "9223372036854775807", "9223372036854775808", "0x1A", "1_000", "-0"]),
    st.integers(-(2**63), 2**63 - 1).map(str),
    st.text(max_size=6),
)  # fmt: skip
CLOCKS = st.sampled_from(
    ["12:00:00", "00:00:00", "23:59:59", "24:00:00", "9:07", "09:07", "9:7", "10:61:00", "10:00:00.250", "10:00:00.1234567",
     "10:00:00 ", "25:00", "12:00:00+08:00", "12:00:00Z", "", "8", "12:00:60"]
)  # fmt: skip
DAYS = st.one_of(
    st.dates(FIRST - dt.timedelta(3), FIRST + dt.timedelta(6)).map(str),
    st.sampled_from(["2026/1/5", "2026-1-05", "2026-02-29", "2026-02-30", "2026-13-01", "0002-01-01", "9999-12-31", "26-01-05", "20260105", "１２", "1900-02-29"]),
)  # fmt: skip
TIMES = st.one_of(
    st.builds("{} {}".format, DAYS, CLOCKS),
    st.builds("{}T{}".format, DAYS, CLOCKS),
    st.builds(" {} {}\t".format, DAYS, CLOCKS),
    st.sampled_from(
        ["", "昨天下午", "epoch", "now", "today", "infinity", "2026-01-05 12:00:00 ", "2026-01-05 12:00:00\n"]
    ),
    st.text(max_size=5),
)
SPACES = st.sampled_from(
    ["room_a", "甲书房", "room_b", "room_b", "room_c", "room_z", "", " room_a", "13800138000", "门 41010119900307123X"]
)
ACTIONS = st.sampled_from(["enter", "进馆", "borrow", "return", "card_issue", "unlock", "", "ENTER", "K00000708"])
NUMBERS = st.sampled_from(["1", "1", "2", "20", "21", "0", "-1", "1.5", "", " 3 ", "007", "99999", "1e1", "３", "二"])
CARDS = st.one_of(st.none(), st.integers(1, 9), st.sampled_from([2**63 - 1, -(2**63)]))
ODD = st.tuples(st.integers(0, 3), IDS, TIMES, SPACES, CARDS, ACTIONS, NUMBERS)
GOOD = st.tuples(
    st.integers(0, 3), st.integers(1, 40).map(str) | st.sampled_from(["x1", "x2", "x3"]),
    st.builds("{} {:02}:30:00".format, st.dates(FIRST, FIRST + dt.timedelta(4)), st.integers(0, 23)),
    st.sampled_from(["room_a", "甲书房", "room_c"]), CARDS, st.sampled_from(["enter", "borrow", "return", "card_issue"]),
    st.integers(1, 20).map(str),
)  # fmt: skip
ROWS = st.tuples(st.lists(ODD, min_size=30, max_size=120), st.lists(GOOD, min_size=40, max_size=150))

FILES = {
    "at": ("int32", [0, 1, 2, 3]),
    "file": ("int32", [11, 12, 13, 14]),
    "first": ("date", [FIRST, FIRST, None, FIRST + dt.timedelta(2)]),
    "last": ("date", [FIRST + dt.timedelta(4), FIRST, FIRST + dt.timedelta(5), FIRST + dt.timedelta(2)]),
    "before": ("int64", [-2, 10, 20, 30]),
}
KNOWN_SPACES = {
    "word": ("text", ["room_a", "甲书房", "room_b", "room_c"]),
    "space": ("int16", [0, 0, 1, 2]),
    "opened_on": ("date", [dt.date(2025, 6, 1), dt.date(2025, 6, 1), dt.date(2026, 1, 7), None]),
}
KNOWN_ACTIONS = {
    "word": ("text", ["enter", "进馆", "borrow", "return", "card_issue"]),
    "code": ("int8", [1, 1, 2, 3, 4]),
}
EARLIER = {"file": ("int32", [3, 3, 4, 5]), "id": ("int64", [1, 2, 2, 7])}
EARLIER_TEXTS = {"file": ("int32", [3, 5]), "id_text": ("text", ["x1", "a-1"])}
LIVE = {"file": ("int32", [5, 11, 12, 13, 4]), "position": ("int32", [2, 0, 3, 1, 4])}
MONTHS = {"file": ("int32", [11, 12, 13]), "month": ("date", [dt.date(2026, 1, 1)] * 3)}
WHOLES = {"space": ("int16", [0, 2, 0, 1, 2]), "whole": ("text", ["east", "west", "city", "city", "city"])}


def computed(engine: Any, drawn: list[tuple[Any, ...]]) -> dict[str, ir.Table]:
    """Every expression, each made of the tables that the same engine made before."""
    at, ids, times, spaces, cards, actions, numbers = zip(*drawn, strict=True)
    columns = {"at": ("int32", at), "event_id": ("text", ids), "ts": ("text", times), "space_id": ("text", spaces),
               "card_id": ("int64", cards), "action": ("text", actions), "n": ("text", numbers),
               "row": ("int64", range(len(drawn)))}  # fmt: skip
    given = {
        "files": FILES, "spaces": KNOWN_SPACES, "actions": KNOWN_ACTIONS, "earlier": EARLIER, "earlier_texts": EARLIER_TEXTS,
        "live": LIVE, "wanted": MONTHS, "wholes": WHOLES,
    }  # fmt: skip
    small = {name: engine.given(name, table) for name, table in given.items()}
    made: dict[str, ir.Table] = {}

    def keep(name: str, table: ir.Table) -> ir.Table:
        made[name] = engine.keep(name, table)
        return made[name]

    typed = keep("typed", rows.typed(engine.given("raw_rows", columns)))
    staged = keep("staged", rows.staged(typed, small["files"], small["spaces"], small["actions"]))
    cells = keep("cells", partials.cells(staged))
    found = keep("faults", partials.faults(staged))
    readers = keep("readers", partials.readers(staged))
    ids = keep("ids", partials.ids(staged))
    keep("texts", partials.texts(staged))
    keep("span", partials.span(ids))
    keep("counted", partials.counted(staged.filter(staged.fault == ""), ["space"]))
    claims = keep("claims", partials.claims(staged, small["earlier"], small["earlier_texts"]))
    ranked = keep("occurrences", merged.occurrences(claims, small["live"]))
    lost = keep("losers", merged.losers(ranked.filter(ranked.row.notnull())))
    settled = keep("settled", merged.settled(cells, lost, small["live"]))
    made["daily"] = merged.daily(settled)
    made["hourly"] = merged.hourly(settled)
    made["by_file"] = merged.by_file(settled)
    made["months"] = merged.months(settled)
    made["merged_faults"] = merged.faults(found, small["live"])
    made["distinct_readers"] = merged.distinct_readers(readers, lost, small["wanted"], small["wholes"])
    return made


ORDERED = ("daily", "hourly", "by_file", "merged_faults")


@settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(ROWS)
def test_every_expression_gives_equal_tables_on_both_engines(engines, drawn):
    odd, good = drawn
    ours = computed(engines["duckdb"], [*odd, *good])
    theirs = computed(engines["spark"], [*odd, *good])
    assert len(rows_of(engines["duckdb"], ours["ids"])) > 5
    for name, table in ours.items():
        assert kinds(theirs[name]) == kinds(table), name
        left, right = rows_of(engines["duckdb"], table), rows_of(engines["spark"], theirs[name])
        if name not in ORDERED:
            left, right = sorted(left, key=repr), sorted(right, key=repr)
        assert right == left, name


def rows_of(engine: Any, table: ir.Table) -> list[Any]:
    cells = namedtuple("cells", sorted(table.columns))
    return engine.records(table, cells)


def kinds(table: ir.Table) -> dict[str, str]:
    """Column -> type, without what engines call the precision of a time."""
    return {name: str(kind).split("(", maxsplit=1)[0].lstrip("!") for name, kind in table.schema().items()}


def test_no_expression_is_left_out():
    source = inspect.getsource(computed)
    for module in (rows, partials, merged):
        for name, made in inspect.getmembers(module, inspect.isfunction):
            if not name.startswith("_") and made.__module__ == module.__name__:
                assert f"{module.__name__.rpartition('.')[2]}.{name}(" in source, name


def test_a_row_with_too_many_cells_is_found_on_both_engines(engines, tmp_path):
    path = tmp_path / "2026-01-05.csv"
    path.write_text(
        "event_id,ts,space_id,action\n1,2026-01-05 12:00:00,a,enter\n2,2026-01-05 12:00:00,a,enter,7\n", "utf-8"
    )
    layout = look(path).layout
    for engine in engines.values():
        with pytest.raises(CannotRead):
            engine.keep("typed", rows.typed(engine.raw([path], layout)))
        with pytest.raises(CannotRead) as told:
            engine.check(path, layout)
        assert (told.value.row, told.value.columns) == (3, (4, 5))
