"""The same work as etl.usage, written by hand in DuckDB's SQL for one layout of CSV: no cache, no other form, no message to anyone."""

from __future__ import annotations

import csv
import datetime as dt
import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa

MEMORY = "1700MB"
COLUMNS = (
    "{'event_id':'VARCHAR','ts':'VARCHAR','space_id':'VARCHAR','card_id':'VARCHAR','action':'VARCHAR','n':'VARCHAR'}"
)

TYPED = """
CREATE TABLE typed AS SELECT file_index::INT AS fno, event_id, TRY_CAST(event_id AS BIGINT) AS id,
  CASE WHEN ts LIKE '____-__-__ __:__:__' THEN TRY_CAST(ts AS TIMESTAMP) END AS moment,
  CASE WHEN TRY_CAST(ts AS TIMESTAMP) IS NULL THEN ts END AS bad_ts, space_id, action,
  CASE WHEN n = '1' THEN 1 WHEN regexp_full_match(n, '[0-9]{{1,4}}') THEN TRY_CAST(n AS SMALLINT) END::SMALLINT AS n,
  CASE WHEN card_id <> '' THEN hash(card_id) END AS card
FROM read_csv({files}, columns={columns}, header=false, skip=1, auto_detect=false, delim=',', quote='"', escape='"')
"""
STAGED = """
CREATE TABLE staged AS SELECT t.rowid AS row, t.fno, t.id, moment::DATE AS day, hour(moment)::TINYINT AS hour, f.facility, f.district,
  a.code, t.n, card, CASE WHEN t.id IS NULL THEN 'missing_id' WHEN moment IS NULL THEN 'bad_timestamp'
    WHEN f.facility IS NULL THEN 'unknown_space' WHEN a.code IS NULL THEN 'unknown_action'
    WHEN NOT coalesce(t.n BETWEEN 1 AND 20, false) THEN 'n_out_of_range' WHEN moment::DATE < f.opened_on THEN 'before_opening'
    WHEN moment::DATE > d.day THEN 'in_future' WHEN moment::DATE < d.day THEN 'clock_jump' ELSE '' END AS fault,
  CASE WHEN fault <> '' THEN coalesce(bad_ts, t.space_id) END AS found
FROM typed t JOIN files d USING (fno) LEFT JOIN facilities f ON t.space_id = f.facility LEFT JOIN actions a ON t.action = a.action
"""
LOST = """
CREATE TABLE lost AS SELECT row, fno, id FROM (
  SELECT row, fno, id, row_number() OVER (PARTITION BY id ORDER BY position, row) AS rank
  FROM staged JOIN files USING (fno)
  WHERE fault = '' AND id IN (SELECT id FROM staged WHERE fault = '' GROUP BY id HAVING count(*) > 1)) WHERE rank > 1
"""
GOOD = "(SELECT * FROM staged ANTI JOIN lost USING (row) WHERE fault = '')"
SUMS = ", ".join(
    f"sum(n) FILTER (code = {code}) AS {name}" for code, name in enumerate(("visits", "loans", "returns", "cards"), 1)
)
OUT = {
    "cells": f"SELECT facility, district, day, hour, {SUMS} FROM {GOOD} GROUP BY ALL",
    "visits_daily": "SELECT facility, day, sum(visits) v, sum(loans) l, sum(returns) r, sum(cards) c FROM cells GROUP BY ALL ORDER BY ALL",
    "visits_hourly": "SELECT facility, isodow(day) weekday, hour, sum(visits) v FROM cells GROUP BY ALL HAVING v > 0 ORDER BY ALL",
    "used": f"SELECT DISTINCT date_trunc('month', day) AS month, facility, district, card FROM {GOOD} WHERE card IS NOT NULL",
    "readers": "SELECT month, facility AS scope, count(*) readers FROM used GROUP BY ALL UNION ALL "
    "SELECT month, district, count(*) FROM (SELECT DISTINCT month, district, card FROM used) GROUP BY ALL UNION ALL "
    "SELECT month, '', count(*) FROM (SELECT DISTINCT month, card FROM used) GROUP BY ALL",
    "visits_monthly": "SELECT scope, month, v, l, r, c, CASE WHEN readers >= 5 THEN readers END readers FROM ("
    "SELECT scope, month, sum(visits) v, sum(loans) l, sum(returns) r, sum(cards) c FROM (SELECT unnest([facility, district, '']) AS scope, "
    "date_trunc('month', day) AS month, visits, loans, returns, cards FROM cells) GROUP BY ALL) LEFT JOIN readers USING (scope, month) ORDER BY ALL",
    "quarantine": "SELECT fno, fault, count(*) AS many, min(row) AS first, arg_min(found, row) AS shown FROM staged WHERE fault <> '' GROUP BY ALL "
    "UNION ALL SELECT fno, 'duplicate_id', count(*), min(row), arg_min(id::VARCHAR, row) FROM lost GROUP BY ALL ORDER BY ALL",
}


def main(folder: Path, to: Path) -> None:
    source = next((folder / "sources").glob("*gate-log"))
    with (source / "delivery.csv").open(encoding="utf-8") as file:
        told = list(csv.DictReader(file))
    replaced = {row["replaces"] for row in told}
    told = [row for row in told if row["file"] not in replaced]
    order = sorted(range(len(told)), key=lambda at: (told[at]["delivered_on"], told[at]["file"]))
    places = {row["place"]: row["parent"] for row in rows(folder / "reference" / "places.csv")}
    facilities = rows(folder / "reference" / "facilities.csv")
    with tempfile.TemporaryDirectory() as spill:
        con = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": spill})
        con.register("d", pa.table({"fno": range(len(told)), "day": [dt.date.fromisoformat(row["day"]) for row in told],
                                    "position": [order.index(at) for at in range(len(told))]}))  # fmt: skip
        con.register("f", pa.table({"facility": [row["facility"] for row in facilities],
                                    "district": [district(row["place"], places) for row in facilities],
                                    "opened_on": [dt.date.fromisoformat(row["opened_on"]) if row["opened_on"] else None for row in facilities]}))  # fmt: skip
        con.execute(
            "CREATE TABLE files AS SELECT fno::INT AS fno, day, position FROM d; CREATE TABLE facilities AS SELECT * FROM f"
        )
        con.execute(
            "CREATE TABLE actions AS SELECT * FROM (VALUES ('enter',1),('borrow',2),('return',3),('card_issue',4)) t(action, code)"
        )
        files = [str(source / "logs" / row["file"]) for row in told]
        con.execute(TYPED.format(files=files, columns=COLUMNS))
        con.execute(STAGED)
        con.execute("DROP TABLE typed")
        con.execute(LOST)
        for name, query in OUT.items():
            con.execute(f"CREATE TABLE {name} AS {query}")
            if name.startswith(("visits", "quarantine")):
                con.execute(f"COPY {name} TO '{to / name}.parquet' (FORMAT parquet)")
        good, lost = con.execute(
            "SELECT count(*) FILTER (fault = ''), (SELECT count(*) FROM lost) FROM staged"
        ).fetchone() or (0, 0)
        print(good - lost, *con.execute("SELECT sum(v), sum(l), sum(r), sum(c) FROM visits_daily").fetchone() or (),
              con.execute("SELECT sum(readers) FROM visits_monthly").fetchone()[0])  # type: ignore[index]  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def district(place: str, parents: dict[str, str]) -> str:
    while parents.get(parents.get(place, ""), ""):
        place = parents[place]
    return place


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
