"""The same work as etl.usage in pandas, as most people would write it: all rows in memory, vectorised throughout."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from by_duckdb import district, rows

ACTIONS = {"enter": "visits", "borrow": "loans", "return": "returns", "card_issue": "cards"}


def main(folder: Path, to: Path) -> None:
    source = next((folder / "sources").glob("*gate-log"))
    told = pd.DataFrame(rows(source / "delivery.csv"))
    told = told[~told["file"].isin(told["replaces"])].sort_values(["delivered_on", "file"]).reset_index(drop=True)
    frames = [
        pd.read_csv(source / "logs" / file, dtype=str, keep_default_na=False).assign(at=at)
        for at, file in enumerate(told["file"])
    ]
    log = pd.concat(frames, ignore_index=True)
    del frames
    places = {row["place"]: row["parent"] for row in rows(folder / "reference" / "places.csv")}
    facilities = pd.DataFrame(rows(folder / "reference" / "facilities.csv")).set_index("facility")
    moment = pd.to_datetime(log["ts"], format="%Y-%m-%d %H:%M:%S", errors="coerce")
    day, n = moment.dt.normalize(), pd.to_numeric(log["n"], errors="coerce")
    opened = pd.to_datetime(log["space_id"].map(facilities["opened_on"]), errors="coerce")
    filed = pd.to_datetime(log["at"].map(told["day"]))
    fault = pd.Series("", index=log.index)
    for name, wrong in {
        "clock_jump": day < filed, "in_future": day > filed, "before_opening": day < opened, "n_out_of_range": ~n.between(1, 20),
        "unknown_action": ~log["action"].isin(list(ACTIONS)), "unknown_space": ~log["space_id"].isin(facilities.index), "bad_timestamp": moment.isna(),
    }.items():  # fmt: skip
        fault[wrong] = name
    good = fault == ""
    fault[good & log["event_id"].where(good).duplicated() & good] = "duplicate_id"
    log = log.assign(day=day, hour=moment.dt.hour, n=n, fault=fault)
    wrong = log[fault != ""]
    wrong.groupby(["at", "fault"]).agg(rows=("n", "size"), found=("ts", "first")).to_parquet(to / "quarantine.parquet")
    log = log[fault == ""]
    home = {facility: district(place, places) for facility, place in facilities["place"].items()}
    log = log.assign(
        what=log["action"].map(ACTIONS),
        month=log["day"].dt.to_period("M").dt.start_time,
        district=log["space_id"].map(home),
    )
    daily = log.pivot_table(index=["space_id", "day"], columns="what", values="n", aggfunc="sum", fill_value=0)
    daily.to_parquet(to / "visits_daily.parquet")
    entries = log[log["what"] == "visits"]
    entries.groupby(["space_id", entries["day"].dt.day_of_week, "hour"])["n"].sum().to_frame().to_parquet(
        to / "visits_hourly.parquet"
    )
    used = log[log["card_id"] != ""]
    months, readers = [], 0
    for scope in ("space_id", "district", None):
        by = ["month", *([scope] if scope else [])]
        sums = log.pivot_table(index=by, columns="what", values="n", aggfunc="sum", fill_value=0)
        held = used.groupby(by)["card_id"].nunique()
        sums["readers"] = held[held >= 5]
        readers += int(sums["readers"].sum())
        months.append(sums.reset_index())
    pd.concat(months).to_parquet(to / "visits_monthly.parquet")
    print(len(log), *(int(daily[name].sum()) for name in ACTIONS.values()), readers)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
