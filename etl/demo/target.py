"""The folder a made-up city is written to: only there, only into an empty one or one that this generator made, and cleanly."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from etl.errors import Problem, Refused, Where

MARK = "demo.json"
"""Marks a folder as made by this generator and lists what it wrote, so that a second run removes exactly that."""


class Target:
    """Writes files below one folder and remembers their names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[str] = []
        self._before = _claimed(folder)
        self._mark({"files": self._before})

    def home(self, *parts: str) -> Path:
        """A folder below the target, made if need be."""
        path = self.folder.joinpath(*parts)
        path.mkdir(parents=True, exist_ok=True)
        return path

    def note(self, path: Path) -> None:
        """Remembers a file that somebody else wrote below the target."""
        self.written.append(path.relative_to(self.folder).as_posix())

    def bytes(self, content: bytes, *parts: str) -> None:
        """Writes one file."""
        path = self.home(*parts[:-1]) / parts[-1]
        path.write_bytes(content)
        self.note(path)

    def text(self, content: str, *parts: str, encoding: str = "utf-8") -> None:
        """Writes one text file, its line ends as they are."""
        self.bytes(content.encode(encoding), *parts)

    def table(self, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *parts: str) -> None:
        """Writes a CSV with exactly ``columns``; what a row does not say stays empty."""
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.text(text.getvalue(), *parts)

    def finish(self, said: Mapping[str, Any]) -> None:
        """Removes what an earlier run wrote and this one did not, and writes the mark."""
        for name in set(self._before) - set(self.written):
            path = self.folder / name
            path.unlink(missing_ok=True)
            for parent in path.relative_to(self.folder).parents:
                home = self.folder / parent
                if home != self.folder and home.is_dir() and not any(home.iterdir()):
                    home.rmdir()
        self._mark({**said, "files": sorted(self.written)})

    def _mark(self, said: Mapping[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
        (self.folder / MARK).write_text(text, "utf-8", newline="\n")


def _claimed(folder: Path) -> list[str]:
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


def toml(said: Mapping[str, Any]) -> str:
    """Top-level keys as TOML; text, dates, numbers, yes/no and lists of text only."""
    return "".join(f"{name} = {_toml_value(value)}\n" for name, value in said.items())


def _toml_value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
