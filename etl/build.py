"""The pipeline: sources -> readers -> harmonise -> corrections -> derive -> check -> publish, as one short function.

Tables are a pure function of the files below the data folder: the same inputs give the same bytes, in whatever order they are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
from pandera.errors import SchemaErrors

from etl.boundaries import boundaries
from etl.errors import Problem, Refused, Where
from etl.handwritten import LEAVES_OUT
from etl.harmonise import harmonise, observation_id
from etl.model import Row as BaseRow
from etl.readers.facts import SourceFolder, read_source, read_withdrawn, source_folders, withdrawn_folders
from etl.reference import City, Reference, dangling, read_city, read_reference
from etl.release.publish import current, publish, sha256
from etl.release.schema import COLUMNS, TABLES, contract
from etl.rows import BoundaryRow, UnitRow
from etl.rules.absences import absences, contradictions, superseded
from etl.rules.check import blocking, broken_absences, check
from etl.rules.derive import derive
from etl.rules.formula import Operands
from etl.rules.sentences import sentence_problems, sentence_rows, title_problems

if TYPE_CHECKING:
    from etl.usage.reconciled import Usage

Progress = Callable[[str], None]
Rows = Sequence[Mapping[str, Any]] | Sequence[BaseRow] | Sequence[NamedTuple]
GATE_LOG, PLACES, FACILITIES = "gate_log", "reference/places.csv", "reference/facilities.csv"
MEMORY, ENGINE = "2GB", "duckdb"
NOT_INPUTS = ("tables", "attached", "inbox")
STEPS = ("读取城市和参照表", "读取来源", "统一口径", "推算", "对账", "发布")


@dataclass(frozen=True)
class Tables:
    """What a build makes before it is published. ``problems`` not empty means that it may not be."""

    city: City
    frames: Mapping[str, pd.DataFrame]
    problems: Sequence[Problem]
    hashes: Mapping[Path, str] = field(default_factory=dict)

    @property
    def checks(self) -> pd.DataFrame:
        """The verdicts."""
        return self.frames["checks"]


@dataclass(frozen=True)
class Built:
    """What a build did: the release now in force, whether it is a new one, and its tables."""

    release: str
    is_new: bool
    tables: Tables


def build(folder: Path, progress: Progress = lambda step: None, memory: str = MEMORY, engine: str = ENGINE) -> Built:
    """Builds and publishes the tables of ``folder``; raises Refused, with every problem, and then leaves CURRENT as it is.

    ``memory`` is how much the reading of gate logs may take, such as 2GB; ``engine`` is what reads them: duckdb or spark://host:port.
    """
    return published(folder, make_tables(folder, source_folders(folder), progress, memory, engine), progress)


def published(folder: Path, tables: Tables, progress: Progress = lambda step: None) -> Built:
    """Makes ``tables`` the release in force; raises Refused, and leaves CURRENT as it is, when anything is wrong with them."""
    if tables.problems:
        raise Refused(tables.problems)
    progress(STEPS[5])
    before = current(folder)
    release = publish(folder, tables.frames, _about(folder, tables))
    return Built(release, release != before, tables)


def make_tables(
    folder: Path,
    sources: Sequence[Path],
    progress: Progress = lambda step: None,
    memory: str = MEMORY,
    engine: str = ENGINE,
    withdrawn: Sequence[Path] | None = None,
) -> Tables:
    """All tables of ``folder`` from the given source folders, and everything that is wrong with them.

    ``withdrawn`` are the folders of what was taken back; without them those that lie in ``folder``.
    """
    progress(STEPS[0])
    city, problems = read_city(folder)
    reference, wrong = read_reference(folder)
    problems += wrong
    progress(STEPS[1])
    read, wrong = _read_all(sources)
    problems += wrong
    taken_back, wrong = read_withdrawn(withdrawn_folders(folder) if withdrawn is None else withdrawn)
    problems += wrong
    usage: Usage | None = None
    outlines: Sequence[BoundaryRow] = ()
    unread = {problem.where.file for problem in problems if problem.code in LEAVES_OUT}
    if not unread & {PLACES, FACILITIES}:
        usage, wrong = _usage(folder, read, reference, city, memory, engine, progress)
        problems += wrong
    progress(STEPS[2])
    found, wrong = harmonise(read, reference)
    problems += wrong
    problems += _city_problems(city, reference)
    if PLACES not in unread:
        outlines, wrong = boundaries(folder, city, reference)
        problems += wrong
    problems += dangling(reference, _entered_ids(read))
    absent = absences(reference)
    problems += contradictions(absent, found.observations)
    problems += [*sentence_problems(reference), *title_problems(reference)]
    problems = [problem for problem in problems if not _is_echo(problem, reference, unread)]
    progress(STEPS[3])
    continuous = [row.unit for row in reference.rows(UnitRow) if row.continuous]
    operands = Operands(found.observations, reference.places, continuous)
    derived, wrong = derive(reference, operands)
    problems += wrong
    progress(STEPS[4])
    checks, wrong = check(reference, operands)
    problems += wrong
    if usage:
        found_checks, wrong = usage.checks(reference, operands)
        checks += found_checks
        problems += wrong
    if not problems:
        problems += [*blocking(checks), *broken_absences(absent, checks)]
    absent, published_since = superseded(absent, found.observations)
    rows: dict[str, Rows] = {
        **reference.tables,
        "observations": found.observations,
        "figures": found.figures,
        "statements": found.statements,
        "sources": found.sources,
        "derived": derived,
        "checks": checks,
        "absences": absent,
        "superseded_absences": published_since,
        "boundaries": outlines,
        "withdrawn": taken_back,
        **(usage.tables if usage else {}),
        "sentences": sentence_rows(reference),
    }
    frames = {name: _frame(name, rows.get(name, ())) for name in TABLES}
    if not problems:
        problems += _contract_problems(frames)
    return Tables(city, frames, problems, usage.hashes if usage else {})


def _usage(
    folder: Path,
    sources: Sequence[SourceFolder],
    reference: Reference,
    city: City,
    memory: str,
    engine: str,
    progress: Progress,
) -> tuple[Usage | None, list[Problem]]:
    """What gate logs come to, None without any: a city without them never waits for the engine to be imported."""
    logs = [source for source in sources if source.about.kind == GATE_LOG]
    if not logs:
        return None, []
    from etl.usage.counting import count_usage  # noqa: PLC0415

    return count_usage(folder, logs, reference, city, memory, progress, engine)


def _read_all(folders: Sequence[Path]) -> tuple[list[SourceFolder], list[Problem]]:
    sources, problems = [], []
    for path in folders:
        source, wrong = read_source(path)
        sources += [source] if source else []
        problems += wrong
    return sources, problems


def _is_echo(problem: Problem, reference: Reference, unread: Collection[str]) -> bool:
    """Whether a word is unknown only because its own row, or the file it stands in, was left out for a defect already told."""
    home = problem.listed_in
    if home.startswith("sources/"):
        home = f"sources/{problem.found.partition('#')[0]}/"
    is_unread = bool(home) and any(file.startswith(home) for file in unread)
    return problem.code == "E-201" and (is_unread or problem.found in reference.rejected)


def _entered_ids(sources: Sequence[SourceFolder]) -> dict[str, set[str]]:
    """What reference tables may name of sources, rows that are left out for a defect already told among them."""
    entered = {observation_id(source.name, row.seq) for source in sources for row in source.facts if row.is_observation}
    return {"observations": entered, "sources": {source.name for source in sources}}


def _frame(name: str, rows: Rows) -> pd.DataFrame:
    """A table of ``rows`` with the columns and types of its contract, in the order of ``rows``."""
    cells = {
        column: pd.Series(_cells(rows, column), dtype=COLUMNS[column].kind.dtype) for column in TABLES[name].columns
    }
    return pd.DataFrame(cells)


def _cells(rows: Rows, column: str) -> list[Any]:
    """A column of ``rows``; a tuple of ids becomes one text."""
    is_typed = bool(rows) and not isinstance(rows[0], Mapping)
    read: Callable[[Any], Any] = attrgetter(column) if is_typed else itemgetter(column)
    cells = list(map(read, rows))
    return [";".join(cell) for cell in cells] if cells and isinstance(cells[0], tuple) else cells


def _city_problems(city: City, reference: Reference) -> list[Problem]:
    known = reference.ids["places"]
    named = (
        [("place", city.place)] * bool(city.place)
        + [("order", place) for place in city.order]
        + [("tiles", place) for place in city.tiles]
    )
    return [
        Problem("E-201", Where("city.toml", column=column), "未知地区", place, f"{PLACES} 中的编号", listed_in=PLACES)
        for column, place in named
        if place not in known
    ]


def _contract_problems(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """What breaks the contract of its table; one without rows cannot, for :func:`_frame` made its columns and types."""
    problems = []
    for name, frame in frames.items():
        if frame.empty:
            continue
        try:
            contract(TABLES[name]).validate(frame, lazy=True)
        except SchemaErrors as error:
            for failure in error.failure_cases.to_dict("records"):
                where = Where(f"表 {name}", int(failure["index"] or 0), str(failure["column"]))
                problems.append(
                    Problem("E-302", where, "不符合表的约定", str(failure["failure_case"]), str(failure["check"]))
                )
    return problems


def _about(folder: Path, tables: Tables) -> dict[str, Any]:
    city, inputs = tables.city, input_hashes(folder, tables.hashes)
    return {"city": asdict(city), "synthetic": city.synthetic, "code": code_version(), "inputs": inputs}


def input_hashes(folder: Path, known: Mapping[Path, str] | None = None) -> dict[str, str]:
    """Relative path -> SHA-256 of every file a build of ``folder`` may read; the ``known`` ones are not hashed again."""
    hashed = known or {}
    files = (
        path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] not in NOT_INPUTS
    )
    return {path.relative_to(folder).as_posix(): hashed.get(path) or sha256(path) for path in sorted(files)}


def code_version() -> str:
    """12 hex digits over the source files and tables of words of this package, so that a release names the code that made it."""
    here = Path(__file__).parent
    text = "".join(
        f"{path.relative_to(here).as_posix()}:{sha256(path)}\n"
        for path in sorted([*here.rglob("*.py"), *here.rglob("*.csv")])
    )
    return hashlib.sha256(text.encode()).hexdigest()[:12]
