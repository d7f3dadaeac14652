"""Puts a release on disk so that a reader sees the old one or the new one, never a mixture, whenever the power fails.

A release is staged in a folder of its own, every file synced, the folder renamed to its id, and only then does the one line of
CURRENT change. The id is the start of the SHA-256 over the tables' hashes, so a build that changes nothing changes nothing here.
"""

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.release.index import INDEX, write_index
from etl.release.schema import COLUMNS, GEO, TABLES, Kind

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
STAGING = ".staging-"


def arrow_schema(name: str) -> pa.Schema:
    """The Parquet types of table ``name``, column descriptions included."""
    columns, fields = TABLES[name].columns, []
    for column in columns:
        kind, about = COLUMNS[column].kind, {"description": COLUMNS[column].en}
        stored = pa.decimal128(38, 9) if kind == Kind.DECIMAL else pa.type_for_alias(kind.arrow)
        fields.append(pa.field(column, stored, metadata=about))
    return pa.schema(fields, metadata=GEO if "geometry" in columns else None)


def sha256(path: Path) -> str:
    """64 lower-case hex digits of the file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def release_id(hashes: Mapping[str, str]) -> str:
    """``r`` and 12 hex digits over the tables' hashes alone."""
    told = "".join(f"{name}:{hashes[name]}\n" for name in sorted(hashes))
    return f"r{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def current(folder: Path) -> str | None:
    """Id of the release in force in ``folder``, None before the first one."""
    try:
        return (folder / "tables" / CURRENT).read_text("ascii").strip() or None
    except FileNotFoundError:
        return None


def publish(folder: Path, tables: Mapping[str, pd.DataFrame], about: Mapping[str, Any]) -> str:
    """Makes ``tables`` the release in force and returns its id. ``about`` goes into the manifest beside rows and hashes. Where that
    release is already in force nothing is written."""
    root = folder / "tables"
    root.mkdir(parents=True, exist_ok=True)
    _sweep(root)
    staged = root / f"{STAGING}{os.getpid()}-{uuid.uuid4().hex[:8]}"
    staged.mkdir()
    try:
        told: dict[str, dict[str, Any]] = {}
        for name, frame in sorted(tables.items()):
            path = staged / f"{name}.parquet"
            pq.write_table(arrow_table(frame, arrow_schema(name)), path, compression="zstd")
            told[name] = {"rows": len(frame), "sha256": _synced(path)}
        release = release_id({name: table["sha256"] for name, table in told.items()})
        before = current(folder)
        if before == release and is_whole(root / release):
            return release
        write_index(staged / INDEX, tables)
        index = {"sha256": _synced(staged / INDEX)}
        said = {"release": release, "previous": before, **about, "tables": told, "index": index}
        _write(staged / MANIFEST, json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True))
        _sync_folder(staged)
        _move(staged, root / release)
        _sync_folder(root)
        beside = root / f"{CURRENT}.{uuid.uuid4().hex[:8]}"
        _write(beside, release)
        beside.replace(root / CURRENT)
        _sync_folder(root)
        return release
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def is_whole(release: Path) -> bool:
    """Whether every table of a release folder, and its index, is there with the bytes its manifest names."""
    try:
        said = json.loads((release / MANIFEST).read_text("utf-8"))
        files = {f"{name}.parquet": table for name, table in said["tables"].items()} | {INDEX: said["index"]}
        return all(sha256(release / name) == file["sha256"] for name, file in files.items())
    except (OSError, ValueError, KeyError):
        return False


def arrow_table(frame: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """The columns of ``frame`` that ``schema`` names, with its types."""
    columns = [pa.array(list(frame[field.name]), type=field.type, from_pandas=True) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _synced(path: Path) -> str:
    """The hash of a file, once its bytes are on disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    return sha256(path)


def _write(path: Path, text: str) -> None:
    path.write_bytes(f"{text}\n".encode())
    _synced(path)


def _sync_folder(path: Path) -> None:
    if os.name != "posix":  # other systems cannot open a folder to sync it
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _move(staged: Path, home: Path) -> None:
    if is_whole(home):
        return
    if home.exists():
        home.rename(home.with_name(f"{STAGING}broken-{uuid.uuid4().hex[:8]}"))
    staged.rename(home)


def _sweep(root: Path) -> None:
    """Clears what builds that were killed left behind; a staging folder of a running process stays."""
    for path in root.glob(f"{STAGING}*"):
        owner = path.name.removeprefix(STAGING).split("-")[0]
        if not (owner.isdigit() and _is_running(int(owner))):
            shutil.rmtree(path, ignore_errors=True)
    for path in root.glob(f"{CURRENT}.*"):
        path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError as error:
        return not isinstance(error, ProcessLookupError)
    return True
