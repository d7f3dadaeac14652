"""Remembers what was read: the bytes of each file by its stat, and each file's partial results by the hash of its content.

Partial results lie in shards, one folder of Parquet files for each batch that was read; the index names the file numbers each
holds. Both are only ever a saving: a build with an empty cache gives the same tables. They lie in the git-ignored inbox, for they hold
event ids and salted hashes of cards.
"""

import json
import secrets
import shutil
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from etl.readers.gate_log_file import Content, Layout, look

INBOX = "inbox"
INDEX = "index.json"
SEEN = "seen.json"
SETTLED_SECONDS = 2
"""A file changed within so many seconds of being read may change again within the same tick of the clock."""
DAY_SECONDS = 24 * 3600
SMALL_ROWS = 1_000_000
MOST_SMALL = 24
"""So many small shards are put together into one."""


@dataclass(frozen=True)
class Entry:
    """What was kept of one file: its number in the shards, its shard, and how many rows the engine found in it."""

    number: int
    shard: str
    rows: int


class Cache:
    """The cache of one data folder and engine. Nothing is written before ``save``, but for shards, which nobody reads before."""

    def __init__(self, folder: Path, home: str = "gate_log") -> None:
        self.home = folder / INBOX / home
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        stored = _json(self.home / INDEX)
        self.salt: str = stored.get("salt") or secrets.token_hex(8)
        self.next: int = stored.get("next", 1)
        self.entries = {key: Entry(*entry) for key, entry in stored.get("files", {}).items()}
        self.readers: dict[str, Any] = stored.get("readers", {})
        self._mine: set[str] = set()
        whole = {entry.shard for entry in self.entries.values() if (self.home / entry.shard).is_dir()}
        self.entries = {key: entry for key, entry in self.entries.items() if entry.shard in whole}

    def number(self) -> int:
        """A file number that was never used here."""
        self.next += 1
        return self.next - 1

    def shard(self) -> Path:
        """A new folder to write partial results into."""
        path = self.home / uuid.uuid4().hex[:12]
        path.mkdir(mode=0o700)
        self._mine.add(path.name)
        return path

    def paths(self, partial: str) -> list[Path]:
        """The files that hold ``partial`` of every entry."""
        shards = sorted({entry.shard for entry in self.entries.values()})
        return [self.home / shard / f"{partial}.parquet" for shard in shards]

    def small(self) -> list[str]:
        """The shards to put together into one, [] while they are few."""
        rows: dict[str, int] = {}
        for entry in self.entries.values():
            rows[entry.shard] = rows.get(entry.shard, 0) + entry.rows
        found = sorted(shard for shard, count in rows.items() if count < SMALL_ROWS)
        return found if len(found) > MOST_SMALL else []

    def save(self) -> None:
        """Puts the index in force and clears shards that it does not name; those of a build that may still run stay for a day."""
        before = {entry[1] for entry in _json(self.home / INDEX).get("files", {}).values()}
        files = {key: [entry.number, entry.shard, entry.rows] for key, entry in sorted(self.entries.items())}
        _write(self.home / INDEX, {"salt": self.salt, "next": self.next, "files": files, "readers": self.readers})
        named = {entry.shard for entry in self.entries.values()}
        for path in self.home.iterdir():
            left = time.time() - path.stat().st_mtime > DAY_SECONDS
            if path.is_dir() and path.name not in named and (left or path.name in before | self._mine):
                shutil.rmtree(path, ignore_errors=True)


class Seen:
    """Tells what a file's bytes are, without reading them again while its size and times stay the same."""

    def __init__(self, cache: Cache) -> None:
        self._path = cache.home / SEEN
        stored = _json(self._path)
        layouts = [
            Layout(**layout | {name: tuple(part) for name, part in layout.items() if isinstance(part, list)})
            for layout in stored.get("layouts", ())
        ]
        self._known = {
            path: (tuple(stat), Content(facts[0], facts[1], facts[2], layouts[layout]))
            for path, (stat, facts, layout) in stored.get("files", {}).items()
        }
        self._now: dict[str, tuple[tuple[int, ...], Content]] = {}

    def look(self, path: Path, read: Callable[[Path], Content] = look) -> Content:
        """The content of ``path``; raises what ``read`` raises."""
        stat = path.stat()
        state = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
        known = self._known.get(str(path))
        content = known[1] if known and known[0] == state else read(path)
        if known or time.time_ns() - max(state[1:]) > SETTLED_SECONDS * 10**9:
            self._now[str(path)] = (state, content)
        return content

    def save(self) -> None:
        """Remembers the files looked at this time, and no others."""
        layouts = sorted({content.layout for _, content in self._now.values()}, key=repr)
        place = {layout: number for number, layout in enumerate(layouts)}
        files = {
            path: [stat, [content.sha256, content.rows, content.encoding], place[content.layout]]
            for path, (stat, content) in sorted(self._now.items())
        }
        if self._now != self._known:
            _write(self._path, {"layouts": [asdict(layout) for layout in layouts], "files": files})


def _json(path: Path) -> dict[str, Any]:
    """What stands in a file of our own; {} for a missing or broken one, which only means more work."""
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    beside = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    beside.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
    beside.replace(path)
