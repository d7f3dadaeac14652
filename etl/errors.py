"""What went wrong, said so that the person who can mend it knows what to do.

A :class:`Problem` is data: where, what was found, what was expected, what to do. Nobody raises on the first one;
a build collects them all and raises :class:`Refused` once. Messages are Chinese because clerks read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process


@dataclass(frozen=True)
class Where:
    """A place in a file. ``row`` counts as a spreadsheet does: the header is row 1; 0 is the file as a whole."""

    file: str
    row: int = 0
    column: str = ""
    sheet: str = ""

    def at(self, column: str) -> Where:
        """The cell of ``column`` in the same row."""
        return replace(self, column=column)

    def __str__(self) -> str:
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        row, column = f"第{self.row}行" if self.row else "", f"“{self.column}”列" if self.column else ""
        return " ".join([self.file, *filter(None, (sheet, row, column))])


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: ``code`` is stable, ``found`` and ``expected`` are what to compare, ``remedy`` what to do.
    ``listed_in`` is, for a word that nobody knows, the file or folder in which a row should explain it."""

    code: str
    where: Where
    what: str
    found: str = ""
    expected: str = ""
    remedy: str = ""
    listed_in: str = ""

    def __str__(self) -> str:
        found, expected = f"发现“{self.found}”" if self.found else "", self.expected and f"应为{self.expected}"
        parts = filter(None, (found, expected, self.remedy))
        return "；".join([f"{self.code} {self.where}：{self.what}", *parts]) + "。"


class LivelihoodError(Exception):
    """Base of every error this project raises on purpose; its text may be shown to people."""


class Refused(LivelihoodError):
    """The input was refused; ``problems`` holds every reason, sorted by file, row and column."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.where.file, p.where.row, p.where.column, p.code)))
        super().__init__("\n".join(map(str, self.problems)))


def refused(code: str, where: Where, what: str, found: str = "", expected: str = "", remedy: str = "") -> Refused:
    """The error of an input that is refused for one reason."""
    return Refused([Problem(code, where, what, found, expected, remedy)])


class NoRelease(LivelihoodError):
    """No release has been built in this data folder yet."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"数据文件夹“{folder}”里还没有建好的数据表。请运行：python -m etl build")


class BrokenRelease(LivelihoodError):
    """A release is not what its manifest says: a file is missing or its bytes differ."""


class FormulaError(LivelihoodError):
    """A selector or formula that cannot be read."""


def nearest(found: str, known: Iterable[str]) -> str:
    """The known word most like ``found``, or ``""`` when none is near enough to be worth suggesting."""
    match = process.extractOne(found, list(known), scorer=fuzz.WRatio, score_cutoff=55) if found else None
    return str(match[0]) if match else ""


def suggestion(found: str, known: Iterable[str]) -> str:
    """A question for the known word most like ``found``, ``""`` when none is."""
    return f"是否“{near}”？" if (near := nearest(found, known)) else ""


def unknown(where: Where, what: str, found: str, known: Iterable[str], listed_in: str) -> Problem:
    """A word that its reference table does not hold, with the nearest one that it does."""
    remedy = f"{suggestion(found, known)}请改正，或在 {listed_in} 中增加一行"
    return Problem("E-201", where, f"未知{what}", found, f"{listed_in} 中已有的一行", remedy, listed_in)


def listing(words: Sequence[str]) -> str:
    """Words as a Chinese list."""
    return "、".join(words)
