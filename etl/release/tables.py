"""The one door: every screen, command, check, report and download reads the tables through :func:`open_release`.

Who asks and at what moment decides what is there: a number that may not be seen yet does not exist for the asker - not in
its table, nor in what was computed or checked from it, nor in the text of its document.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import sqlite3
from bisect import bisect_right
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.attached import Document, read_document
from etl.errors import BrokenRelease, NoRelease
from etl.reading.quantity import plain
from etl.reference import City
from etl.release.index import INDEX, INDEXED, Index, index_in_memory, open_index
from etl.release.publish import MANIFEST, current, sha256
from etl.release.schema import COLUMNS, TABLES, Kind

SEE_EMBARGOED = "see_embargoed"
CHINA = ZoneInfo("Asia/Shanghai")
NAME = re.compile(r"r[0-9a-f]{12}")
"""What a release may be called; anything else names no release, whatever path it spells."""


@dataclass(frozen=True)
class Who:
    """Someone who asks, with the rights they have."""

    name: str
    rights: frozenset[str] = frozenset()


LAPTOP = Who("laptop", frozenset({SEE_EMBARGOED}))
"""The one user of a laptop has all rights."""

PUBLIC = Who("public")
"""Anyone: sees what is public at the moment, and nothing else."""


def data_folder() -> Path:
    """The city's data folder: LIVELIHOOD_DATA, or ``data`` beside this package."""
    named = os.environ.get("LIVELIHOOD_DATA")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "data"


def now() -> dt.datetime:
    """This moment as the tables write moments: China Standard Time, to the second."""
    return dt.datetime.now(CHINA).replace(tzinfo=None, microsecond=0)


def open_release(
    who: Who, as_of: dt.date | dt.datetime, release: str | None = None, *, folder: Path | None = None
) -> Release:
    """The release in force (or the one named) as ``who`` may see it at ``as_of``; a plain date means its first moment. NoRelease when
    there is none; BrokenRelease when its files are not what its manifest says, or of a version that knew other columns."""
    home = folder or data_folder()
    name = release or current(home)
    if name is None or not NAME.fullmatch(name) or not (home / "tables" / name / MANIFEST).exists():
        raise NoRelease(str(home))
    if not _has_every_column(home / "tables" / name):
        raise BrokenRelease(f"发布批次 {name} 由别的版本的程序生成，缺表或缺列，请重新运行 python -m etl build")
    moment = as_of if isinstance(as_of, dt.datetime) else dt.datetime.combine(as_of, dt.time())
    return Release(home, name, who, moment)


class Release:
    """The tables of one release as one person may see them at one moment. Cheap to make; tables are read once per process."""

    def __init__(self, folder: Path, name: str, who: Who, moment: dt.datetime) -> None:
        self.folder = folder
        self.id = name
        self.who = who
        self.moment = moment
        self.manifest: Mapping[str, Any] = _manifest(folder / "tables" / name)

    def as_public(self) -> Release:
        """The same release at the same moment as everybody sees it: what may be printed."""
        return Release(self.folder, self.id, PUBLIC, self.moment)

    @cached_property
    def scope(self) -> Hashable:
        """What decides which rows are there and which of them are embargoed: two readers with equal scopes get equal answers. The
        day is part of it because answers tell what is late, the moment only as the number of embargoes that have ended by then."""
        ended = bisect_right(_embargo_ends(self.folder / "tables" / self.id), self.moment)
        return str(self.folder), self.id, self.who.rights, self.moment.date(), ended

    @property
    def city(self) -> City:
        """The city as it was described when this release was built."""
        return City.of(self.manifest["city"])

    @property
    def synthetic(self) -> bool:
        """Whether this city is made up, so that every screen and export must say 模拟数据."""
        return self.city.synthetic

    def table(self, name: str) -> pd.DataFrame:
        """A copy of table ``name`` without the rows this person may not see yet; KeyError for a name no release has. An absence is there
        as long as the number that supersedes it is not; a source as soon as one of its numbers or statements is."""
        frame = self._all(name)
        if "release_at" in frame and SEE_EMBARGOED not in self.who.rights:
            frame = frame.loc[[self._is_public(moment) for moment in frame["release_at"]]]
        if "hidden_from" in frame:
            sees_all = SEE_EMBARGOED in self.who.rights
            seen = (moment and (sees_all or self._is_public(moment)) for moment in frame["hidden_from"])
            frame = frame.loc[[not answered for answered in seen]]
            frame = frame.assign(hidden_from=None)  # when a number will be released is not for this person to know
        if name == "sources" and SEE_EMBARGOED not in self.who.rights:
            waiting = self._waiting_sources()
            frame = frame.loc[[source not in waiting for source in frame["source"]]]
        return frame.copy()

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of ``table(name)`` with dates and decimals as they are, missing ones as None."""
        return records(self.table(name))

    def texts(self, name: str, *columns: str) -> list[list[str]]:
        """Some columns of texts of ``table(name)``, row by row."""
        cells: list[list[str]] = self.table(name)[list(columns)].to_numpy(dtype=object).tolist()
        return cells

    @property
    def index(self) -> Index:
        """The numbers and absences of this release for selecting, as this person may see them; BrokenRelease where its file is damaged."""
        connection = _connection(self.folder / "tables" / self.id)
        return Index(connection, self.moment, sees_embargoed=SEE_EMBARGOED in self.who.rights)

    def _waiting_sources(self) -> set[str]:
        """The sources of which this person may see nothing yet: not even their titles."""
        holds, shown = (
            {source for each in ("figures", "statements") for source in table(each)["source"].unique()}
            for table in (self._all, self.table)
        )
        return holds - shown

    def document(self, source: str) -> str | None:
        """Text of the attached document of ``source``; None when there is none, or it prints a number not to be seen yet."""
        found = self._document(source)
        return found.text if found else None

    def spans(self, source: str) -> dict[int, tuple[int, int]]:
        """Where each number of ``source`` stands in its document: seq -> start, end; empty when the document is not to be had."""
        found = self._document(source)
        return dict(found.spans) if found else {}

    def _document(self, source: str) -> Document | None:
        here, row = (table[table["source"] == source] for table in map(self._all, ("figures", "sources")))
        if row.empty or len(self.table("figures").query("source == @source")) != len(here):
            return None
        numbers = list(here[["seq", "as_printed", "locator"]].itertuples(index=False, name=None))
        return read_document(self.folder, str(row["sha256"].iloc[0]), source, numbers)

    def _is_public(self, moment: dt.datetime | None) -> bool:
        return moment is None or moment <= self.moment

    def _all(self, name: str) -> pd.DataFrame:
        return _table(self.folder / "tables" / self.id, name)


@lru_cache(maxsize=32)
def _manifest(home: Path) -> Mapping[str, Any]:
    try:
        return dict(json.loads((home / MANIFEST).read_text("utf-8")))
    except ValueError as error:
        raise BrokenRelease(f"发布批次 {home.name} 的清单已损坏，请重新运行 python -m etl build") from error


@lru_cache(maxsize=32)
def _has_every_column(home: Path) -> bool:
    """Whether the release of ``home`` has what this version reads; a file that is missing or damaged is told when it is read."""
    made = _manifest(home)["tables"]
    for name, table in TABLES.items():
        with contextlib.suppress(OSError, pa.ArrowInvalid):
            names = pq.read_schema(home / f"{name}.parquet").names if name in made else ()
            if not set(table.columns) <= set(map(table.column_named, names)):
                return False
    return True


@lru_cache(maxsize=32)
def _embargo_ends(home: Path) -> tuple[dt.datetime, ...]:
    """The moments at which something in the release of ``home`` becomes public, in their order."""
    moments = [(name, column) for name in TABLES for column in ("release_at", "hidden_from")]
    columns = [_distinct(home, name, column) for name, column in moments if column in TABLES[name].columns]
    return tuple(sorted({moment for column in columns for moment in column if moment is not None}))


def _distinct(home: Path, name: str, column: str) -> list[dt.datetime | None]:
    try:
        return list(pq.read_table(home / f"{name}.parquet", columns=[column]).column(column).unique().to_pylist())
    except (OSError, pa.ArrowInvalid):
        return list(_table(home, name)[column])  # raises what says which file is damaged


@lru_cache(maxsize=32)
def _connection(home: Path) -> sqlite3.Connection:
    """One connection for the whole process. A release made before there were indexes gets one in memory."""
    made = _manifest(home).get("index")
    if made is None:
        return index_in_memory({name: _table(home, name) for name in INDEXED})
    path = home / INDEX
    if not path.exists() or sha256(path) != made["sha256"]:
        raise BrokenRelease(f"发布批次 {home.name} 的索引与清单不符，请重新运行 python -m etl build")
    return open_index(path)


def _table(home: Path, name: str) -> pd.DataFrame:
    return _frame(home / f"{name}.parquet", name, _manifest(home)["tables"][name]["sha256"])


@lru_cache(maxsize=256)
def _frame(path: Path, name: str, wanted: str) -> pd.DataFrame:
    if not path.exists() or sha256(path) != wanted:
        raise BrokenRelease(f"发布批次 {path.parent.name} 的表 {name} 与清单不符，请重新运行 python -m etl build")
    table = pq.read_table(path)
    table = table.rename_columns([TABLES[name].column_named(column) for column in table.column_names])
    columns = {}
    for column in TABLES[name].columns:
        kind, values = COLUMNS[column].kind, table.column(column).to_pylist()
        if kind == Kind.DECIMAL:
            values = [None if value is None else plain(value) for value in values]
        columns[column] = pd.Series(values, dtype=kind.dtype)
    return pd.DataFrame(columns)


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts, dates and decimals as they are, missing ones as None."""
    columns = [str(name) for name in rows.columns]
    cells = rows.to_numpy(dtype=object).tolist()  # at once: column by column costs ten times as much
    return [
        dict(zip(columns, [None if cell != cell else cell for cell in row], strict=True))  # noqa: PLR0124 - NaN and NaT alone do
        for row in cells
    ]
