"""Checks of gate logs: every row has its place, the parts add up to the whole, and published numbers fit. Nothing is adjusted.

Which published indicators count what a log counts is data: ``[published]`` in source.toml, indicator = "visits" or "loans + returns".
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from etl.errors import Problem, Where, unknown
from etl.model import CheckResult, Measure
from etl.readers.facts import SourceFolder
from etl.reference import Reference, line_of
from etl.rows import CheckRow, FacilityRow, Observation, ProjectRow
from etl.rules.derive import latest
from etl.rules.formula import Operands
from etl.rules.interval import point
from etl.usage.account import Account
from etl.usage.records import DayVisits, HourVisits, MonthVisits, QuarantineRow
from etl.usage.rows import COUNTS

Why = tuple[str, str]
MOST_QUARANTINED = Decimal("0.01")
"""Share of the rows of a log above which a build is refused, where its source.toml says nothing."""


@dataclass(frozen=True)
class Usage:
    """What gate logs come to: rows of the tables, what became of the rows of each source, the hashes of all log files, and the days that
    some file covers."""

    sources: Sequence[SourceFolder] = ()
    daily: Sequence[DayVisits] = ()
    hourly: Sequence[HourVisits] = ()
    monthly: Sequence[MonthVisits] = ()
    accounts: Sequence[Account] = ()
    hashes: Mapping[Path, str] = field(default_factory=dict)
    days: frozenset[dt.date] = frozenset()

    @property
    def tables(self) -> Mapping[str, Sequence[NamedTuple]]:
        """The rows by table of the release."""
        return {
            "visits_daily": self.daily,
            "visits_hourly": self.hourly,
            "visits_monthly": self.monthly,
            "quarantine": self.quarantine,
        }

    @property
    def quarantine(self) -> list[QuarantineRow]:
        """The reasons for which rows are not counted, by source and file."""
        return [row for account in self.accounts for row in account.quarantine]

    def problems(self) -> Iterator[Problem]:
        """A problem for each source whose rows do not add up, or of which too many are quarantined; such a build publishes nothing."""
        most = {source.name: source.about.max_quarantined_share for source in self.sources}
        for account in self.accounts:
            share = most[account.source]
            yield from account.problems(MOST_QUARANTINED if share is None else Decimal(str(share)))

    def checks(self, reference: Reference, operands: Operands) -> tuple[list[CheckRow], list[Problem]]:
        """Rows of ``checks`` about these logs; problems for a ``[published]`` that names what nobody knows."""
        published, problems = _published(self.sources, reference)
        rows = [*map(_accounted, self.accounts), _parts(self)]
        for indicator, counts in sorted(published.items()):
            sums = _sums(self.daily, counts, indicator, reference)
            found = [
                _compared(row, sums, self.days, operands)
                for row in operands.observations
                if row.indicator == indicator and row.measure == Measure.ACTUAL and row.verified and not row.breakdown
            ]
            rows += _rows_of_indicator(indicator, found, reference)
        return rows, problems


@dataclass(frozen=True)
class Compared:
    """One published number against the log: ``logged`` is null where the log does not cover it, and ``why`` says so."""

    observation: Observation
    logged: int | None
    holds: bool
    why: Why = ("", "")


def _published(sources: Sequence[SourceFolder], reference: Reference) -> tuple[dict[str, list[str]], list[Problem]]:
    found: dict[str, list[str]] = {}
    problems = []
    for source in sources:
        where = Where(f"sources/{source.name}/source.toml", column="published")
        for indicator, said in (source.about.published or {}).items():
            counts = [part.strip() for part in str(said).split("+")]
            if indicator not in reference.indicator_of:
                problems.append(unknown(where, "指标", indicator, reference.indicator_of, "reference/indicators.csv"))
            elif not set(counts) <= set(COUNTS):
                problems.append(Problem("E-110", where, "看不懂", str(said), f"{'、'.join(COUNTS)}，或用 + 相加"))
            else:
                found[indicator] = counts
    return found, problems


Sums = Mapping[str, Sequence[tuple[dt.date, int]]]
"""Place -> what a log counts there, day by day."""


def _sums(daily: Sequence[DayVisits], counts: Sequence[str], indicator: str, reference: Reference) -> Sums:
    """The sums of ``counts`` over the facilities whose project is of the same branch as the indicator's."""
    places = {row.place: row.parent for row in reference.places}
    projects = {row.project: row.parent for row in reference.rows(ProjectRow)}
    project = reference.indicator_of[indicator].project
    facilities = {row.facility: row for row in reference.rows(FacilityRow)}
    wanted = [COUNTS.index(name) for name in counts]
    sums = defaultdict[str, list[tuple[dt.date, int]]](list)
    for row in daily:
        about = facilities[row.facility]
        branches = line_of(project, projects), line_of(about.project, projects)
        if not project or about.project in branches[0] or project in branches[1]:
            value = sum(row.counts[position] for position in wanted)
            for place in line_of(about.place, places):
                sums[place].append((row.day, value))
    return sums


def _compared(row: Observation, sums: Sums, days: frozenset[dt.date], operands: Operands) -> Compared:
    first, last = row.period_start, row.period_end or row.as_of
    if not first or not last:
        why = "公布的数没有写明起止日期", "the published number does not say its first and last day"
        return Compared(row, None, False, why)
    if missing := [day for day in days_between(first, last) if day not in days]:
        why = f"缺{len(missing)}天的日志，如{missing[0]}", f"{len(missing)} days of logs are missing, as {missing[0]}"
        return Compared(row, None, False, why)
    logged = sum(value for day, value in sums.get(row.place, ()) if first <= day <= last)
    return Compared(row, logged, operands.interval(row).meets(point(Decimal(logged))))


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Each day from ``first`` to ``last``."""
    return (first + dt.timedelta(days=number) for number in range((last - first).days + 1))


def _rows_of_indicator(indicator: str, found: Sequence[Compared], reference: Reference) -> Iterator[CheckRow]:
    about = reference.indicator_of[indicator]
    name_en = f"Published “{about.name_en}” fits the gate logs" if about.name_en else ""
    identity = _identity(f"gate_log/{indicator}", f"公布的“{about.name}”与门禁日志相符", name_en)
    untestable = [number for number in found if number.logged is None]
    if holding := [number for number in found if number.holds]:
        many = "" if len(holding) == 1 else f"{len(holding)}个数："
        logged = many + _listed([str(number.logged) for number in holding])
        why = ("日志逐日相加，在公布数的精度之内", "the days of the logs add up within the printed precision")
        yield _row(identity, CheckResult.HOLDS, many + _printed(holding), logged, why, holding)
    for number in found:
        if number.logged is not None and not number.holds and number.observation.value is not None:
            why_en = "the sum of the logs is outside what was published; the logs are not adjusted"
            why = ("日志合计不在公布数的范围之内；日志不作调整", why_en)
            row = _row(identity, CheckResult.VIOLATED, _printed([number]), str(number.logged), why, [number])
            yield replace(row, difference=number.observation.value - number.logged)
    if untestable:
        reasons, reasons_en = map(dict.fromkeys, zip(*(number.why for number in untestable), strict=True))
        why = ("；".join(reasons), "; ".join(reasons_en))
        yield _row(identity, CheckResult.NOT_TESTABLE, _printed(untestable), "", why, untestable)
    if not found:
        why = ("没有公布这个指标的数", "no number of this indicator was published")
        yield _row(identity, CheckResult.NOT_TESTABLE, "", "", why)


def _printed(numbers: Sequence[Compared]) -> str:
    return _listed([number.observation.as_printed for number in numbers])


def _listed(texts: Sequence[str]) -> str:
    return "、".join(texts) if len(texts) <= 3 else f"{texts[0]} … {texts[-1]}"


def _identity(identity: str, name: str, name_en: str, severity: str = "show") -> CheckRow:
    return CheckRow(
        identity=identity, name=name, name_en=name_en, kind="sum", severity=severity, verdict=CheckResult.NOT_TESTABLE
    )


def _row(
    identity: CheckRow, result: CheckResult, left: str, right: str, why: Why, numbers: Sequence[Compared] = ()
) -> CheckRow:
    """The row of an identity; ``why`` is the reason in Chinese and English, ``numbers`` the published ones it rests on."""
    return replace(
        identity,
        verdict=result,
        left_value=left,
        right_value=right,
        parents=tuple(sorted(number.observation.observation_id for number in numbers)),
        reason=why[0],
        reason_en=why[1],
        release_at=latest(number.observation.release_at for number in numbers),
    )


def _accounted(account: Account) -> CheckRow:
    identity = _identity(
        f"gate_log/rows/{account.source}",
        "门禁日志每一行都有去处：收到等于采用、隔离与略过之和",
        "Every row of the gate logs is accepted, quarantined or ignored",
        "block",
    )
    parts = [account.accepted, account.quarantined.total(), account.ignored.total()]
    reasons = [f"{reason} {many}" for reason, many in sorted((account.quarantined + account.ignored).items())]
    result = CheckResult.HOLDS if account.balances else CheckResult.VIOLATED
    right = f"{' + '.join(map(str, parts))} → {sum(parts)}"
    reason = f"采用、隔离、略过；{'、'.join(reasons)}" if reasons else "全部采用"
    reason_en = f"accepted, kept apart, ignored; {', '.join(reasons)}" if reasons else "all accepted"
    return _row(identity, result, str(account.rows_in), right, (reason, reason_en))


def _parts(visits: Usage) -> CheckRow:
    """Whether, in every month, facilities and districts add up to the city, and days to hours."""
    identity = _identity(
        "gate_log/parts",
        "门禁日志逐座之和、分区之和等于全市，逐日之和等于分时之和",
        "Gate logs by space and by district add up to the city, days to hours",
        "block",
    )
    days, hours = sum(row.visits for row in visits.daily), sum(row.visits for row in visits.hourly)
    spaces = sum(sum(row.counts) for row in visits.monthly if row.facility)
    every = sum(sum(row.counts) for row in visits.daily)
    wrong = [f"{month}：{difference}" for month, difference in _uneven(visits.monthly)]
    if days != hours:
        wrong.append(f"逐日{days}，分时{hours}")
    if spaces != every:
        wrong.append(f"逐月{spaces}，逐日{every}")
    why = ("；".join(wrong[:3]), "sums differ") if wrong else ("逐月逐项相等", "equal in every month")
    return _row(identity, CheckResult.VIOLATED if wrong else CheckResult.HOLDS, str(days), str(hours), why)


def _uneven(months: Sequence[MonthVisits]) -> Iterator[tuple[dt.date, str]]:
    """Months in which the places do not add up to the spaces: each visit counts once for its district and once for the city."""
    counts = defaultdict[tuple[bool, dt.date, str], list[int]](list)
    for row in months:
        for name, count in zip(COUNTS, row.counts, strict=True):
            counts[bool(row.facility), row.period_start, name].append(count)
    for month, name in sorted({(month, name) for _, month, name in counts}):
        spaces, places = sum(counts[True, month, name]), sum(counts[False, month, name])
        largest = max(counts[False, month, name], default=0)
        if largest != spaces or places not in (spaces, 2 * spaces):
            yield month, f"{name} 逐座{spaces}，各地{places - largest}，全市{largest}"
