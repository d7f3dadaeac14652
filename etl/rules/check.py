"""Evaluates every identity against the observations: reconciliation in the open, with the numbers and the reason.

A result is never a matter of taste: intervals follow from how numbers were printed (etl.rules.interval), so ``holds`` means that the
printed numbers can all be true together, and ``violated`` that they cannot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from etl.errors import Problem, Where
from etl.model import CheckResult
from etl.reference import Reference
from etl.rows import CheckRow, DeclaredAbsence, IdentityRow, Observation
from etl.rules.derive import latest
from etl.rules.formula import Node, Operands, Outcome, evaluate, parse_formula
from etl.rules.interval import Interval

_RELATIONS = {
    "=": ("相等", "equal"),
    "<=": ("左不大于右", "left is not more than right"),
    ">=": ("左不小于右", "left is not less than right"),
}


def check(reference: Reference, operands: Operands) -> tuple[list[CheckRow], list[Problem]]:
    """One row of ``checks`` for each identity (and each place it applies to); problems for identities that say nothing."""
    rows: list[CheckRow] = []
    problems: list[Problem] = []
    for identity in reference.identities:
        if identity.kind == "conflict":
            rows.append(_conflict(identity, operands.observations))
        elif identity.left and identity.right and identity.relation:
            rows += _compared(identity, operands)
        else:
            where = Where("reference/identities.csv", identity.line, "left")
            expected = "left、relation、right 都要有"
            problems.append(Problem("E-214", where, "恒等关系没有写全", identity.identity, expected))
    return rows, problems


def _row(identity: IdentityRow, verdict: CheckResult, chinese: str, english: str) -> CheckRow:
    return CheckRow.of(identity.cells() | {"verdict": verdict, "reason": chinese, "reason_en": english})


def _compared(identity: IdentityRow, operands: Operands) -> list[CheckRow]:
    outcomes = evaluate([identity.left, identity.right], operands)
    if outcomes:
        return [_result(identity, outcome) for outcome in outcomes]
    leaves = [leaf.selector for side in (identity.left, identity.right) for leaf in parse_formula(side).leaves()]
    absent = [selector.text for selector in dict.fromkeys(leaves) if selector and not operands.rows(selector)]
    why = "各数的地区、时间对不上，或分母为零", "places or times of the numbers do not meet, or a denominator is zero"
    if absent:
        why = f"没有这些数：{'、'.join(absent)}", f"these numbers are not there: {', '.join(absent)}"
    return [_row(identity, CheckResult.NOT_TESTABLE, *why)]


def _result(identity: IdentityRow, outcome: Outcome) -> CheckRow:
    (left, right), (first, second) = outcome.values, outcome.intervals
    holds = {"=": first.meets(second), "<=": first.can_be_below(second), ">=": second.can_be_below(first)}
    told, told_en = _RELATIONS[identity.relation]
    verdict, why = CheckResult.HOLDS, (told, told_en)
    if not holds[identity.relation]:
        spans = f"{_span(first, ' to ', 'open')}, right is {_span(second, ' to ', 'open')}"
        why = f"应{told},但左为{_span(first)},右为{_span(second)}", f"should hold: {told_en}; but left is {spans}"
        verdict = CheckResult.VIOLATED
    elif not (first.is_point and second.is_point):
        why = f"{told}(在印刷精度和限定词允许的范围内)", f"{told_en} (within printed precision and qualifiers)"
    half, other = first.half_width, second.half_width
    return replace(
        _row(identity, verdict, *why),
        left_value=_told(outcome.rows[0], left, identity.left),
        right_value=_told(outcome.rows[1], right, identity.right),
        difference=_rounded(left - right),
        tolerance=None if half is None or other is None else _rounded(half + other),
        parents=outcome.parents,
        release_at=latest(row.release_at for side in outcome.rows for row in side),
    )


def _told(rows: Sequence[Observation], value: Decimal, formula: str) -> str:
    """``37 + 81 = 118``: the operands of a sum and what they make; for other formulas the value with its operands."""
    numbers = [row.as_printed for row in rows]
    if len(numbers) == 1 and parse_formula(formula).sign in ("pick", "sum"):
        return numbers[0]
    return f"{(' + ' if _only_adds(parse_formula(formula)) else '、').join(numbers)} → {_rounded_text(value)}"


def _only_adds(node: Node) -> bool:
    return node.selector is not None or (node.sign == "+" and all(map(_only_adds, node.sides)))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))


def _rounded_text(value: Decimal) -> str:
    return format(_rounded(value), "f").rstrip("0").rstrip(".")


def _span(interval: Interval, to: str = "至", unbounded: str = "不限") -> str:
    low, high = (unbounded if end is None else _rounded_text(end) for end in (interval.low, interval.high))
    return low if interval.is_point else f"{low}{to}{high}"


def _conflict(identity: IdentityRow, observations: Sequence[Observation]) -> CheckRow:
    """Whether the variants tied by a conflict still say different things; they are told side by side, never averaged."""
    tied = [row for row in observations if row.conflict == identity.identity]
    if not tied:
        return _row(identity, CheckResult.NOT_TESTABLE, "没有观测值写着这个冲突", "no observation names this conflict")
    by_variant = groupby(sorted(tied, key=lambda row: row.variant), key=lambda row: row.variant)
    sides = ["、".join(row.as_printed for row in rows) for _variant, rows in by_variant]
    values: dict[tuple[str, ...], set[Decimal | None]] = {}
    for row in tied:
        values.setdefault((row.indicator, row.place, row.breakdown, row.measure), set()).add(row.value)
    verdict, why = CheckResult.HOLDS, ("各种说法已一致", "the versions agree by now")
    if any(len(different) > 1 for different in values.values()):
        chinese = "口径不一：两种说法并列，不取平均，不单独作为头条"
        english = "definitions differ: both stand side by side, never averaged, never a headline alone"
        verdict, why = CheckResult.CONFLICT, (chinese, english)
    return replace(
        _row(identity, verdict, *why),
        left_value=sides[0],
        right_value=" / ".join(sides[1:]),
        parents=tuple(row.observation_id for row in tied),
        release_at=latest(row.release_at for row in tied),
    )


def broken_absences(absences: Sequence[DeclaredAbsence], checks: Sequence[CheckRow]) -> Iterator[Problem]:
    """An absence that follows from an identity is only as good as the identity: a problem for each that no longer holds."""
    results = {row.identity: row.verdict for row in checks}
    for row in absences:
        if row.follows_from and results.get(row.follows_from) != CheckResult.HOLDS:
            where = Where("reference/absences.csv", row.line, "follows_from")
            wanted, remedy = CheckResult.HOLDS, "依据不成立，就不能说不在计划"
            yield Problem("E-213", where, "所依据的恒等关系不成立", row.follows_from, wanted, remedy)


def blocking(checks: Sequence[CheckRow]) -> Iterator[Problem]:
    """A problem for each violated identity whose severity is block: nothing is published then."""
    for row in checks:
        if row.verdict == CheckResult.VIOLATED and row.severity == "block":
            where = Where("reference/identities.csv", column=row.identity)
            found, remedy = f"{row.left_value} 对 {row.right_value}", f"{row.reason}；涉及 {';'.join(row.parents)}"
            yield Problem("E-301", where, f"对账不符：{row.name}", found, remedy=remedy)
