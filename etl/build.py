"""The pipeline: sources -> readers -> harmonise -> corrections -> derive -> check -> publish, as one short function.

Tables are a pure function of the files below the data folder: the same inputs give the same bytes, in whatever order they are read.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pandas as pd
from pandera.errors import SchemaErrors

from etl.errors import Problem, Refused, Where
from etl.handwritten import LEAVES_OUT
from etl.harmonise import harmonise, observation_id
from etl.model import Row as BaseRow
from etl.readers.facts import read_source, read_withdrawn, source_folders, withdrawn_folders
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

Made = TypeVar("Made")
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
    before, city, inputs = current(folder), tables.city, input_hashes(folder, tables.hashes)
    about = {"city": asdict(city), "synthetic": city.synthetic, "code": code_version(), "inputs": inputs}
    release = publish(folder, tables.frames, about)
    return Built(release, release != before, tables)


def make_tables(
    folder: Path,
    sources: Sequence[Path],
    progress: Progress = lambda step: None,
    memory: str = MEMORY,
    engine: str = ENGINE,
    withdrawn: Sequence[Path] | None = None,
    vocabulary: Path | None = None,
) -> Tables:
    """All tables of ``folder`` from the given source folders, and everything that is wrong with them. ``withdrawn`` are the folders
    of what was taken back, ``vocabulary`` the folder whose reference tables hold; without them those that lie in ``folder``."""
    problems: list[Problem] = []

    def result_of(made: tuple[Made, Sequence[Problem]]) -> Made:
        problems.extend(made[1])
        return made[0]

    progress(STEPS[0])
    city, reference = result_of(read_city(folder)), result_of(read_reference(vocabulary or folder))
    progress(STEPS[1])
    read = [source for path in sources if (source := result_of(read_source(path)))]
    taken_back = result_of(read_withdrawn(withdrawn_folders(folder) if withdrawn is None else withdrawn))
    usage: Usage | None = None
    outlines: Sequence[BoundaryRow] = ()
    unread = {problem.where.file for problem in problems if problem.code in LEAVES_OUT}
    logs = [source for source in read if source.about.kind == GATE_LOG]
    if logs and not unread & {PLACES, FACILITIES}:
        from etl.usage.counting import count_usage  # noqa: PLC0415 - no city without logs waits for its engine

        usage = result_of(count_usage(folder, logs, reference, city, memory, progress, engine))
    progress(STEPS[2])
    found = result_of(harmonise(read, reference))
    problems += _city_problems(city, reference)
    if PLACES not in unread:
        from etl.boundaries import boundaries  # noqa: PLC0415 - loads map libraries, which no screen needs to start

        outlines = result_of(boundaries(folder, city, reference))
    entered = {observation_id(source.name, row.seq) for source in read for row in source.facts if row.is_observation}
    problems += dangling(reference, {"observations": entered, "sources": {source.name for source in read}})
    absent = absences(reference)
    problems += contradictions(absent, found.observations)
    problems += [*sentence_problems(reference), *title_problems(reference)]
    problems[:] = [problem for problem in problems if not _is_echo(problem, reference, unread)]
    progress(STEPS[3])
    continuous = [row.unit for row in reference.rows(UnitRow) if row.continuous]
    operands = Operands(found.observations, reference.places, continuous)
    derived = result_of(derive(reference, operands))
    progress(STEPS[4])
    checks = result_of(check(reference, operands))
    if usage:
        checks += result_of(usage.checks(reference, operands))
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


def _is_echo(problem: Problem, reference: Reference, unread: Collection[str]) -> bool:
    """Whether a word is unknown only because its own row, or the file it stands in, was left out for a defect already told."""
    home = problem.listed_in
    if home.startswith("sources/"):
        home = f"sources/{problem.found.partition('#')[0]}/"
    is_unread = bool(home) and any(file.startswith(home) for file in unread)
    return problem.code == "E-201" and (is_unread or problem.found in reference.rejected)


def _frame(name: str, rows: Rows) -> pd.DataFrame:
    kinds = {column: COLUMNS[column].kind.dtype for column in TABLES[name].columns}
    return pd.DataFrame({column: pd.Series(_cells(rows, column), dtype=kind) for column, kind in kinds.items()})


def _cells(rows: Rows, column: str) -> list[Any]:
    """A column of ``rows``; a tuple of ids becomes one text."""
    is_typed = bool(rows) and not isinstance(rows[0], Mapping)
    read: Callable[[Any], Any] = attrgetter(column) if is_typed else itemgetter(column)
    cells = list(map(read, rows))
    return [";".join(cell) for cell in cells] if cells and isinstance(cells[0], tuple) else cells


def _city_problems(city: City, reference: Reference) -> list[Problem]:
    named = {"place": [city.place] if city.place else [], "order": city.order, "tiles": city.tiles}
    return [
        Problem("E-201", Where("city.toml", column=column), "未知地区", place, f"{PLACES} 中的编号", listed_in=PLACES)
        for column, places in named.items()
        for place in places
        if place not in reference.ids["places"]
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
                case, check = str(failure["failure_case"]), str(failure["check"])
                problems.append(Problem("E-302", where, "不符合表的约定", case, check))
    return problems


def input_hashes(folder: Path, known: Mapping[Path, str]) -> dict[str, str]:
    """Relative path -> SHA-256 of every file a build of ``folder`` may read; the ``known`` ones are not hashed again."""
    files = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    inputs = {name: path for name, path in files.items() if name.parts[0] not in NOT_INPUTS}
    return {name.as_posix(): known.get(path) or sha256(path) for name, path in inputs.items()}


def code_version() -> str:
    """12 hex digits over the source files and tables of words of this package, so that a release names the code that made it."""
    here = Path(__file__).parent
    files = sorted([*here.rglob("*.py"), *here.rglob("*.csv")])
    text = "".join(f"{path.relative_to(here).as_posix()}:{sha256(path)}\n" for path in files)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
