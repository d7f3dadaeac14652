"""The folder of a city that does not exist, so that nothing can be tuned to the words of the shipped one.

Its tables stand beside this file with only the columns that matter; every other column is filled when the folder is written.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from etl.release.schema import FACTS, REFERENCE, STATEMENTS, Table

HERE = Path(__file__).parent
CITY = HERE / "unseen" / "city"
REFERENCE_NAMES = (
    "places", "place_aliases", "projects", "units", "indicators", "identities", "cautions", "absences",
)  # fmt: skip
ABOUT = 'name = "澜川市"\nname_en = "Lanchuan"\nplace = "lanchuan"\nsynthetic = true\n'


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV as they stand."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_city(folder: Path) -> Path:
    """Writes the made-up city below ``folder`` as people would write one; gives back ``folder``."""
    (folder / "reference").mkdir(parents=True, exist_ok=True)
    (folder / "city.toml").write_text(ABOUT, "utf-8")
    for name in REFERENCE_NAMES:
        rows = [_with_defaults(name, row, number) for number, row in enumerate(rows_of(CITY / f"{name}.csv"), 1)]
        _write(folder / "reference" / f"{name}.csv", REFERENCE[name], rows)
    observations = rows_of(CITY / "observations.csv")
    for source in rows_of(CITY / "sources.csv"):
        _write_source(folder / "sources" / source["folder"], source, observations)
    return folder


def _with_defaults(name: str, row: Mapping[str, str], number: int) -> dict[str, str]:
    filled = dict(row)
    if "position" in REFERENCE[name].columns:
        filled["position"] = str(number)
    if name == "indicators":
        filled["definition"] = f"{row['name']}，按年度统计"
    return filled


def _write_source(home: Path, source: Mapping[str, str], observations: Sequence[Mapping[str, str]]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    said = {name: source[name] for name in ("title", "publisher", "published_on", "place")}
    lines = [f'{name} = "{value}"' for name, value in said.items() if name != "published_on"]
    lines += [f"published_on = {said['published_on']}", 'kind = "bulletin"', f"verified = {source['verified']}"]
    (home / "source.toml").write_text("\n".join(lines) + "\n", "utf-8")
    own = [row for row in observations if row["source"] == source["source"]]
    _write(home / "facts.csv", FACTS, [_fact(row, source, seq) for seq, row in enumerate(own, 1)])
    _write(home / "statements.csv", STATEMENTS, [])


def _fact(row: Mapping[str, str], source: Mapping[str, str], seq: int) -> dict[str, str]:
    start, end, as_of = dates_of(row["time"])
    return {
        **{name: row[name] for name in row if name in FACTS.columns},
        "seq": str(seq), "locator": "p.1", "role": "observation", "read_by": "numeral",
        "period_start": start, "period_end": end, "as_of": as_of or source["published_on"],
    }  # fmt: skip


def dates_of(time: str) -> tuple[str, str, str]:
    """``2022`` a year, ``a/b`` a period, ``@d`` a stock on a day, ``-d`` a cumulative number up to a day: start, end, as of."""
    if time.startswith("@"):
        return "", "", time[1:]
    if time.startswith("-"):
        return "", time[1:], time[1:]
    start, _, end = time.partition("/")
    return (start, end, "") if end else (f"{time}-01-01", f"{time}-12-31", "")


def _write(path: Path, table: Table, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
