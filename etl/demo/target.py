"""The folder the demonstration city is written to: only an empty one, or one that this command made, and nothing outside it."""

import csv
import datetime as dt
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from etl.errors import Problem, Refused, Where

MARK = "demo.json"
"""Marks a folder as made by this command and lists what it wrote, so that a second run removes exactly that."""

Json: TypeAlias = "str | int | Sequence[Json] | Mapping[str, Json]"


class Target:
    """Writes files below one folder and remembers their names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[str] = []
        self._before = _files_of_an_earlier_run(folder)
        self._write_mark({"files": self._before})

    def subfolder(self, *parts: str) -> Path:
        """A folder below the target, made if need be."""
        path = self.folder.joinpath(*parts)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def note(self, path: Path) -> None:
        """Remembers a file that somebody else wrote below the target."""
        self.written.append(path.relative_to(self.folder).as_posix())

    def bytes(self, content: bytes, *parts: str) -> None:
        """Writes one file."""
        path = self.subfolder(*parts[:-1]) / parts[-1]
        path.write_bytes(content)
        self.note(path)

    def text(self, content: str, *parts: str) -> None:
        """Writes one UTF-8 file, its line ends as they are."""
        self.bytes(content.encode(), *parts)

    def json(self, content: Json, *parts: str) -> None:
        """Writes one JSON file."""
        self.text(json_text(content), *parts)

    def finish(self, settings: Mapping[str, Json]) -> None:
        """Removes what an earlier run wrote and this one did not, and writes the mark with ``settings``."""
        for name in set(self._before) - set(self.written):
            path = self.folder / name
            path.unlink(missing_ok=True)
            for parent in path.relative_to(self.folder).parents:
                home = self.folder / parent
                if home != self.folder and home.is_dir() and not any(home.iterdir()):
                    home.rmdir()
        self._write_mark({**settings, "files": sorted(self.written)})

    def _write_mark(self, content: Json) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / MARK).write_text(json_text(content), "utf-8", newline="\n")


def json_text(content: Json) -> str:
    """``content`` as JSON, Chinese left readable."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, str | int | dt.date]]) -> str:
    """A CSV with exactly ``columns``; a row without one of them leaves it empty."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _files_of_an_earlier_run(folder: Path) -> list[str]:
    """The files an earlier run wrote into ``folder``, none for a new one; Refused for a folder that holds anything else."""
    if folder.exists() and not folder.is_dir():
        raise Refused([Problem("E-601", Where(str(folder)), "不是文件夹", remedy="请换一个文件夹")])
    if not folder.exists() or not any(folder.iterdir()):
        return []
    try:
        files = json.loads((folder / MARK).read_text("utf-8"))["files"]
        city = tomllib.loads((folder / "city.toml").read_text("utf-8")) if (folder / "city.toml").exists() else {}
    except (OSError, ValueError, KeyError, TypeError):
        files, city = None, {}
    if not isinstance(files, list) or city.get("synthetic", True) is not True:
        remedy = "示范市只写入空文件夹，或先前由本命令生成的示范市文件夹；请换一个文件夹"
        raise Refused([Problem("E-601", Where(str(folder)), "文件夹不是空的，也不是示范市", remedy=remedy)])
    return [str(name) for name in files if not Path(str(name)).is_absolute() and ".." not in Path(str(name)).parts]
