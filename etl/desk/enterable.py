"""Which numbers of a document can be entered as they are, what each of the others lacks, and what a person says to that.

Nothing is written.  A build asks the same rules again; here each fault is reported beside its number, so that one number that is not
ready does not keep the others out.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from etl.desk.proposed import kinds_of, lacking, missing, proposed, read_by, with_repeats
from etl.errors import Problem, Refused
from etl.handwritten import LINE, typed
from etl.harmonise import INTERPRETED, harmonise, subject_of
from etl.readers.facts import SourceFolder, read_source, source_folders
from etl.reading.compact import compact
from etl.reading.dates import periods
from etl.reference import Reference, read_city, read_reference
from etl.release.schema import FACTS
from etl.rows import DeclaredAbsence, Observation, ProposedNumber, SourceRow
from etl.rules.absences import absences, contradictions

EDITED = f"{INTERPRETED}: 录入时订正"
_JOINED = re.compile("[至到、—~～-]")


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
    sources = filter(None, (read_source(path)[0] for path in source_folders(folder)))
    taken = {subject_of(row): row for row in harmonise(list(sources), reference)[0].observations}
    absent = absences(reference)
    while faults := _faults(entered, source, reference, taken, absent):
        pending += [replace(row, missing=faults[row.seq]) for row in entered if row.seq in faults]
        entered = with_repeats([row for row in entered if row.seq not in faults])
    return entered, sorted(pending, key=lambda row: int(row.seq))


def _faults(
    rows: Sequence[ProposedNumber],
    source: SourceFolder,
    reference: Reference,
    taken: Mapping[tuple[object, ...], Observation],
    absent: Sequence[DeclaredAbsence],
) -> dict[str, str]:
    """Sequence number -> what is wrong with that row."""
    label = f"sources/{source.name}/facts.csv"
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


def proposals(folder: Path, text: str, published_on: dt.date) -> list[ProposedNumber]:
    """The numbers of ``text`` (etl.desk.proposed), by the reference tables of ``folder``."""
    return proposed(text, read_reference(folder)[0], published_on, read_city(folder)[0].name)


def joined_spans(rows: Sequence[ProposedNumber]) -> dict[tuple[int, int], list[str]]:
    """Where numbers stand -> the sequence numbers that stand there; 各4个 stands for several."""
    found: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        start, end = row.locator.removeprefix("char:").split("-")
        found.setdefault((int(start), int(end)), []).append(row.seq)
    return found


def chosen_row(row: ProposedNumber, edited: Mapping[str, str]) -> ProposedNumber:
    """``row`` as a person left it: their cells over the reader's, and how the number was read said anew where they changed it."""
    made = with_cells(replace(row, confidence=1), edited)
    is_read = (row.value, row.value_high, row.qualifier) == (made.value, made.value_high, made.qualifier)
    return made if is_read else replace(made, read_by=_read_by(made))


def with_cells(row: ProposedNumber, cells: Mapping[str, str]) -> ProposedNumber:
    """``row`` with other texts in some cells."""
    return ProposedNumber(**{**row.cells(), **cells})


def _read_by(row: ProposedNumber) -> str:
    try:
        high = Decimal(row.value_high) if row.value_high else None
        how = read_by(row.as_printed, Decimal(row.value), high, row.qualifier)
    except InvalidOperation:
        return EDITED
    return how if how == "numeral" else EDITED


def open_questions(folder: Path, rows: Sequence[ProposedNumber]) -> dict[str, list[str]]:
    """Sequence number -> what that row lacks and a person is asked for (etl.desk.proposed.QUESTIONS); whole rows are left out."""
    kinds = kinds_of(read_reference(folder)[0])
    asked = {row.seq: lacking(row, kinds) for row in rows if row.role != "incidental"}
    return {seq: lacks for seq, lacks in asked.items() if lacks}


def answered_row(row: ProposedNumber, answers: Mapping[str, str], published_on: dt.date) -> ProposedNumber:
    """``row`` with what a person answered to its open questions; an empty answer changes nothing."""
    given = {what: answer.strip() for what, answer in answers.items() if answer.strip()}
    when = time_cells(given.pop("time"), published_on) if "time" in given else {}
    return with_cells(row, {**given, **when})


def time_cells(words: str, published_on: dt.date) -> dict[str, str]:
    """The cells of facts.csv that a time in words fills: 2026年1月至9月 its two days, words that name no day themselves."""
    text = compact(words).text.strip()
    found = [period for period in periods(text, published_on) if period.first]
    between = zip([0, *(period.end for period in found)], [*(period.start for period in found), len(text)], strict=True)
    rest = _JOINED.sub("", "".join(text[end:start] for end, start in between))
    if not found or rest or found[0].first is None or found[-1].last is None or found[-1].last < found[0].first:
        return {"time_as_printed": text}
    return {"period_start": found[0].first.isoformat(), "period_end": found[-1].last.isoformat()}


def outlook(
    folder: Path, rows: Sequence[ProposedNumber], published_on: dt.date
) -> tuple[list[ProposedNumber], list[ProposedNumber]]:
    """Which of the chosen rows could be entered now, and which would wait and for what."""
    about = SourceRow(title="", publisher="", kind="bulletin", verified=False, published_on=published_on)
    source = SourceFolder(f"{published_on.isoformat()}-outlook", about)
    return enterable(with_repeats(rows), source, folder, read_reference(folder)[0])
