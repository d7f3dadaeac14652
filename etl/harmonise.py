"""Gives the words of every source their meaning: names become ids, rows become observations, figures, statements, sources; corrected
first, where corrections.toml says so.

All failures are collected; a row with a failure is left out of the result and named with file, row and column.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from operator import attrgetter

from etl.errors import Problem, Where, unknown
from etl.handwritten import PARSERS
from etl.model import Qualifier
from etl.readers.facts import SourceFolder
from etl.reading.quantity import NotAQuantity, read_quantity
from etl.reference import SUBJECT_TABLES, Reference
from etl.release.schema import COLUMNS, FACTS, SUBJECT_COLUMNS
from etl.rows import Correction, Observation, SourceRow, StatementRow

LONGEST_KEYWORD = 16
LOCATOR = re.compile(r"char:(?P<start>\d+)-(?P<end>\d+)|[^!]+![A-Z]+\d+|p\.\d+")
INTERPRETED = "interpreted"
_QUANTITY = attrgetter("value", "value_high", "unit", "qualifier")
CORRECTABLE = tuple(name for name in FACTS.columns if name not in ("seq", "as_printed", "locator"))
subject_of: Callable[[Observation], tuple[object, ...]] = attrgetter(*SUBJECT_COLUMNS)
"""What an observation speaks of; two that agree in it are two printings of one number."""


@dataclass(frozen=True)
class Harmonised:
    """The rows of the tables of the same names; ``figures`` are all printed numbers, repeats and incidentals too."""

    figures: list[Observation]
    statements: list[StatementRow]
    sources: list[SourceRow]

    @property
    def observations(self) -> list[Observation]:
        """The figures that are neither a repeat nor printed in passing."""
        return [row for row in self.figures if row.is_observation]


def harmonise(sources: Sequence[SourceFolder], reference: Reference) -> tuple[Harmonised, list[Problem]]:
    """Figures, statements and sources of all ``sources``, whatever order they come in, and all problems."""
    found = Harmonised([], [], [])
    problems: list[Problem] = []
    first: dict[tuple[object, ...], tuple[Observation, Where]] = {}
    for source in sorted(sources, key=lambda source: source.name):
        facts, wrong = _corrected(source)
        problems += wrong
        about, wrong = _source_row(source, reference)
        problems += wrong
        found.sources.append(about)
        by_seq = {str(row.seq): row for row in facts}
        for row in facts:
            where = Where(f"sources/{source.name}/facts.csv", row.line)
            resolved, wrong = _resolved(row, source, where, reference)
            wrong += list(_fact_problems(resolved, where, reference, by_seq))
            problems += wrong
            if wrong:
                continue
            resolved = replace(resolved, step=_printed_step(resolved))
            found.figures.append(resolved)
            if resolved.is_observation:
                problems += _key_problems(resolved, where, first)
        rows, wrong = _statements(source, reference)
        found.statements.extend(rows)
        problems += wrong
    return found, problems


def _corrected(source: SourceFolder) -> tuple[list[Observation], list[Problem]]:
    """The facts of ``source`` with its corrections applied; each touched row says so in ``corrected`` (old -> new, reason)."""
    rows = {row.seq: row for row in source.facts}
    problems = []
    for correction in source.corrections:
        where = Where(f"sources/{source.name}/corrections.toml", correction.line, str(correction.column))
        row = _applied(rows.get(correction.seq), correction, where)
        if isinstance(row, Observation):
            rows[row.seq] = row
        else:
            problems.append(row)
    return list(rows.values()), problems


def _applied(row: Observation | None, correction: Correction, where: Where) -> Observation | Problem:
    column, expect, value = correction.column, str(correction.expect), str(correction.value)
    if row is None:
        return Problem("E-205", where, "要更正的数不存在", str(correction.seq), "facts.csv 中的一个序号")
    if column not in CORRECTABLE:
        return Problem("E-205", where, "这一列不能更正", column, "、".join(CORRECTABLE))
    found = getattr(row, column)
    text = "" if found is None else str(found)
    if text != expect:
        remedy = "来源可能已自行改正，请核对后删去这条更正"
        return Problem("E-206", where, "原值已不是更正所针对的值", text, f"“{expect}”", remedy)
    try:
        cell = PARSERS[COLUMNS[column].kind](value)
    except (ValueError, ArithmeticError):
        return Problem("E-110", where, "格式不对", value, COLUMNS[column].zh)
    why = f"{column} 原为“{expect}”，更正为“{value}”：{correction.reason}（{correction.by}，{correction.on}）"
    return Observation.of(row.cells() | {column: cell, "corrected": ";".join(filter(None, [row.corrected, why]))})


def _source_row(source: SourceFolder, reference: Reference) -> tuple[SourceRow, list[Problem]]:
    place, problems = source.about.place, []
    if place:
        where = Where(f"sources/{source.name}/source.toml", column="place")
        place = reference.place_named(place, source.about.published_on) or ""
        problems = [] if place else [_unknown_place(where, source.about.place, reference)]
    return replace(source.about, source=source.name, place=place, numbers=len(source.facts)), problems


def _unknown_place(where: Where, word: str, reference: Reference) -> Problem:
    names = [*(row.name for row in reference.places), *(row.alias for row in reference.aliases)]
    return unknown(where, "地区", word, [*reference.ids["places"], *names], "reference/places.csv")


def _resolved(
    row: Observation, source: SourceFolder, where: Where, reference: Reference
) -> tuple[Observation, list[Problem]]:
    """The row with ids for names and what its source says of all, and a problem for each word that names nothing."""
    problems = []
    place = row.place and reference.place_named(row.place, row.period_end or row.as_of or source.about.published_on)
    if place is None:
        problems.append(_unknown_place(where.at("place"), row.place, reference))

    def id_of(column: str, word: str) -> str:
        table = COLUMNS[column].key_of
        ids, named = reference.ids[table], reference.named[table] if column in ("indicator", "project") else {}
        word = named.get(word, word)
        if word and word not in ids:
            problem = unknown(where.at(column), COLUMNS[column].zh, word, [*ids, *named], f"reference/{table}.csv")
            problems.append(problem)
        return word

    meant = {"observation": str(row.seq), "repeat": row.repeats}.get(row.role)
    resolved = replace(
        row,
        place=row.place if place is None else place,
        indicator=id_of("indicator", row.indicator),
        project=id_of("project", row.project),
        unit=id_of("unit", row.unit),
        breakdown=id_of("breakdown", row.breakdown),
        release_at=row.release_at or source.about.release_at,
        observation_id=observation_id(source.name, meant) if meant else "",
        source=source.name,
        published_on=source.about.published_on,
        verified=source.about.verified,
    )
    return resolved, problems


def _fact_problems(
    row: Observation, where: Where, reference: Reference, by_seq: Mapping[str, Observation]
) -> Iterator[Problem]:
    if row.value is None:
        remedy = "没有公布的数写进 absences.csv,不写进 facts.csv"
        yield Problem("E-109", where.at("value"), "不能为空", expected="数值", remedy=remedy)
        return
    yield from _quantity_problems(row, row.value, where)
    yield from _time_problems(row, where)
    yield from _tie_problems(row, where, reference, by_seq)
    if len(row.keyword) > LONGEST_KEYWORD:
        most, remedy = f"不超过{LONGEST_KEYWORD}字", "只留一个名词词组，不摘抄原文句子"
        yield Problem("E-207", where.at("keyword"), "过长", row.keyword, most, remedy)
    yield from _locator_problems(row.locator, where)
    if not row.is_observation:
        return
    for column, word in (("indicator", row.indicator), ("place", row.place)):
        if not word:
            remedy = "附带提到的数请把 role 写成 incidental"
            yield Problem("E-109", where.at(column), "观测值必须写明", expected=COLUMNS[column].zh, remedy=remedy)
    indicator = reference.indicator_of.get(row.indicator)
    if indicator and row.unit in reference.ids["units"] and indicator.unit != row.unit:
        unit, remedy = f"“{indicator.unit}”", f"指标“{indicator.name}”只有一个单位"
        yield Problem("E-208", where.at("unit"), "与指标的单位不一致", row.unit, unit, remedy)


def _locator_problems(locator: str, where: Where) -> Iterator[Problem]:
    if not LOCATOR.fullmatch(locator):
        yield Problem("E-110", where.at("locator"), "格式不对", locator, "char:起-止、表!格 或 p.页")


def _quantity_problems(row: Observation, value: Decimal, where: Where) -> Iterator[Problem]:
    is_range = row.qualifier == Qualifier.RANGE
    how, _, why = row.read_by.replace("：", ":").partition(":")
    if is_range != (row.value_high is not None):
        high, expected = str(row.value_high or ""), "仅当 qualifier 为 range 时填写"
        yield Problem("E-209", where.at("value_high"), "区间要有上端，其他限定词不能有", high, expected)
        return
    if is_range and row.value_high is not None and row.value_high <= value:
        yield Problem("E-209", where.at("value_high"), "上端不大于下端", str(row.value_high), f"大于{value}")
    if how not in ("numeral", INTERPRETED) or (how == INTERPRETED and not why.strip()):
        yield Problem("E-110", where.at("read_by"), "格式不对", row.read_by, "numeral 或 interpreted: 理由")
    elif how == "numeral" and not row.corrected:
        yield from _reading_problems(row, where)


def _reading_problems(row: Observation, where: Where) -> Iterator[Problem]:
    try:
        read = read_quantity(row.as_printed)
    except NotAQuantity as error:
        remedy = f"{error}；若确是这个数，read_by 写 interpreted: 理由"
        yield Problem("E-210", where.at("as_printed"), "读不出数", row.as_printed, remedy=remedy)
        return
    what, remedy = f"与原文写法“{row.as_printed}”不符", "请改正其一；若原文另有所指，read_by 写 interpreted: 理由"
    for column, written, printed in (
        ("value", row.value, read.value),
        ("value_high", row.value_high, read.value_high),
        ("qualifier", row.qualifier, read.qualifier),
    ):
        if printed != written:
            yield Problem("E-210", where.at(column), what, _shown(written), f"“{_shown(printed)}”", remedy)


def _shown(value: Decimal | str | None) -> str:
    return format(value, "f") if isinstance(value, Decimal) else value or ""


def _time_problems(row: Observation, where: Where) -> Iterator[Problem]:
    start, end = row.period_start, row.period_end
    if start and end and end < start:
        yield Problem("E-211", where.at("period_end"), "所属期止早于起", str(end), f"不早于{start}")
    if row.is_observation and not (start or end or row.as_of or row.time_as_printed):
        remedy = "原文没有印日期的，把原文的说法（如 以前）写进 time_as_printed"
        yield Problem("E-109", where.at("as_of"), "所属期和截至日至少填一个", expected="日期", remedy=remedy)


def _tie_problems(
    row: Observation, where: Where, reference: Reference, by_seq: Mapping[str, Observation]
) -> Iterator[Problem]:
    if (row.role == "repeat") != bool(row.repeats):
        what, expected = "重复的数要写明重复哪个序号，其他的不能写", "仅当 role 为 repeat 时填写"
        yield Problem("E-212", where.at("repeats"), what, row.repeats, expected)
    elif row.repeats:
        first = by_seq.get(row.repeats)
        if first is None or not first.is_observation:
            yield Problem("E-212", where.at("repeats"), "不是本来源中一个观测值的序号", row.repeats)
        elif _QUANTITY(first) != _QUANTITY(row):
            here, there = (f"{_shown(number.value)}{number.unit}" for number in (row, first))
            remedy = "值、单位、限定词都要一致"
            yield Problem("E-212", where.at("repeats"), "与它重复的数不相同", here, f"“{there}”", remedy)
    if row.conflict:
        conflicts = list(dict.fromkeys(rule.identity for rule in reference.identities if rule.kind == "conflict"))
        if row.conflict not in conflicts:
            yield unknown(where.at("conflict"), "口径冲突", row.conflict, conflicts, "reference/identities.csv")
        if not row.variant:
            yield Problem("E-109", where.at("variant"), "口径冲突的数要写明是哪种说法", expected="如 body、box")


def observation_id(source: str, seq: object) -> str:
    """The id of the observation that number ``seq`` of ``source`` is."""
    return f"{source}#{seq}"


def _printed_step(row: Observation) -> Decimal:
    """Size of the last printed digit in base units; 1 where the number is a word and prints no digit. A corrected value keeps the
    printed scale as long as it fits: 9826万 stays in 万."""
    try:
        step = read_quantity(row.as_printed).step
    except NotAQuantity:
        return Decimal(1)
    return step if row.value is not None and Context(prec=200).remainder(row.value, step) == 0 else Decimal(1)


def _key_problems(
    row: Observation, where: Where, first: dict[tuple[object, ...], tuple[Observation, Where]]
) -> Iterator[Problem]:
    other, there = first.setdefault(subject_of(row), (row, where))
    if there != where:
        values = f"{_shown(other.value)}、{_shown(row.value)}"
        same = "两处数值相同" if other.value == row.value else f"两处数值不同：{values}"
        what, expected = f"与 {there} 是同一个观测值，{same}", "每个观测值只有一行"
        remedy = "同一来源再次印出的写 role=repeat;说法不一的写 variant 和 conflict;改正的写 corrections.toml"
        yield Problem("E-203", where.at("indicator"), what, row.as_printed, expected, remedy)


def _statements(source: SourceFolder, reference: Reference) -> tuple[list[StatementRow], list[Problem]]:
    rows, problems = [], []
    for row in source.statements:
        where = Where(f"sources/{source.name}/statements.csv", row.line)
        table, subject = SUBJECT_TABLES[row.subject_kind], row.subject
        if table == "places":
            subject = reference.place_named(subject, row.as_of) or ""
        named = [("subject", table, row.subject if subject not in reference.ids[table] else "")]
        named += [("project", "projects", project) for project in row.project.split(";")]
        named += [("attribute", "attributes", row.attribute)]
        problems += [
            unknown(where.at(column), COLUMNS[column].zh, word, reference.ids[listed], f"reference/{listed}.csv")
            for column, listed, word in named
            if word and word not in reference.ids[listed]
        ]
        problems += _locator_problems(row.locator, where)
        name, moment = source.name, row.release_at or source.about.release_at
        rows.append(replace(row, subject=subject, source=name, statement_id=f"{name}#S{row.seq}", release_at=moment))
    return rows, problems
