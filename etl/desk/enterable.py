"""Which numbers of a document can be entered as they are, and what each of the others lacks: the rules of every source, asked early.

Nothing is written.  A build asks the same again; here each fault is reported beside its number, so that one number that is not ready
does not keep the others out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from etl.desk.proposed import kinds_of, missing, with_repeats
from etl.errors import Problem, Refused
from etl.handwritten import LINE, typed
from etl.harmonise import harmonise, subject_of
from etl.readers.facts import SourceFolder, read_source, source_folders
from etl.reference import Reference
from etl.release.schema import FACTS
from etl.rows import DeclaredAbsence, Observation, ProposedNumber
from etl.rules.absences import absences, contradictions

_FILE = "facts.csv"


def enterable(
    rows: Sequence[ProposedNumber], source: SourceFolder, folder: Path, reference: Reference
) -> tuple[list[ProposedNumber], list[ProposedNumber]]:
    """The rows that can be entered from ``source``, and the pending ones, each with ``missing``; both in reading order.

    Raises Refused where the source itself is described wrongly.
    """
    entered: list[ProposedNumber] = []
    pending: list[ProposedNumber] = []
    kinds = kinds_of(reference)
    for row in rows:
        lacks = "；".join(missing(row, entered, kinds))
        (pending if lacks else entered).append(replace(row, missing=lacks))
    taken, absent = published_already(folder, reference), absences(reference)
    while faults := _faults(entered, source, reference, taken, absent):
        pending += [replace(row, missing=faults[row.seq]) for row in entered if row.seq in faults]
        entered = with_repeats([row for row in entered if row.seq not in faults])
    return entered, sorted(pending, key=lambda row: int(row.seq))


def published_already(folder: Path, reference: Reference) -> Mapping[tuple[object, ...], Observation]:
    """What a number speaks of -> the observation that says it, over all sources of ``folder``."""
    sources = filter(None, (read_source(path)[0] for path in source_folders(folder)))
    return {subject_of(row): row for row in harmonise(list(sources), reference)[0].observations}


def _faults(
    rows: Sequence[ProposedNumber],
    source: SourceFolder,
    reference: Reference,
    taken: Mapping[tuple[object, ...], Observation],
    absent: Sequence[DeclaredAbsence],
) -> dict[str, str]:
    """Sequence number -> what is wrong with that row."""
    label = f"sources/{source.name}/{_FILE}"
    lined = [{**row.cells(), LINE: line} for line, row in enumerate(rows, start=2)]
    facts, problems = typed(lined, FACTS, label)
    described = SourceFolder(source.name, source.about, list(map(Observation.of, facts)))
    found, wrong = harmonise([described], reference)
    problems += wrong
    about = [problem for problem in problems if problem.where.file != label]
    if about:
        raise Refused(about)
    faults: dict[str, list[str]] = {}
    for problem in problems:
        faults.setdefault(rows[problem.where.row - 2].seq, []).append(describe_problem(problem))
    for row in found.observations:
        for clash in _clashes(row, absent, taken):
            faults.setdefault(str(row.seq), []).append(clash)
    return {seq: "；".join(dict.fromkeys(texts)) for seq, texts in faults.items()}


def describe_problem(problem: Problem) -> str:
    """What is wrong, what was found, what was expected and what to do, in one line."""
    found = f"“{problem.found}”" if problem.found else ""
    expected = f"应为{problem.expected}" if problem.expected else ""
    return "，".join(filter(None, [f"{problem.what}{found}", expected, problem.remedy]))


def _clashes(
    row: Observation, absent: Sequence[DeclaredAbsence], taken: Mapping[tuple[object, ...], Observation]
) -> Iterator[str]:
    other = taken.get(subject_of(row))
    if other:
        same = "数值相同" if other.value == row.value else f"那里是{other.as_printed}"
        yield f"{other.observation_id} 已录入同一个数，{same}：改正请写 corrections.toml，说法不一请写 variant 和 conflict"
    for problem in contradictions(absent, [row]):
        if problem.code != "E-203":
            yield f"absences.csv 第{problem.where.row}行说它未公布：已公布就删去那一行"
