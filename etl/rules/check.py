"""Evaluates every identity against the observations: reconciliation in the open, with the numbers and the reason.

A result is never a matter of taste: intervals follow from how numbers were printed (etl.rules.interval), so ``holds`` means that the
printed numbers can all be true together, and ``violated`` that they cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from etl.errors import Problem, Where
from etl.handwritten import LINE, Row
from etl.model import CheckResult
from etl.reference import Reference
from etl.rules.derive import latest
from etl.rules.formula import Node, Operands, Outcome, evaluate, parse_formula
from etl.rules.interval import Interval


def check(reference: Reference, operands: Operands) -> tuple[list[Row], list[Problem]]:
    """One row of ``checks`` for each identity (and each place it applies to); problems for identities that say nothing."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for identity in reference.tables["identities"]:
        problems += _said_nothing(identity)
        if identity["kind"] == "conflict":
            rows.append(_conflict(identity, operands.observations))
        elif identity["left"] and identity["right"] and identity["relation"]:
            rows += _compared(identity, operands)
    return rows, problems


def _said_nothing(identity: Row) -> Iterator[Problem]:
    where = Where("reference/identities.csv", identity[LINE], "left")
    if identity["kind"] != "conflict" and not (identity["left"] and identity["right"] and identity["relation"]):
        yield Problem("E-214", where, "恒等关系没有写全", identity["identity"], "left、relation、right 都要有")


def _row(identity: Row, **found: Any) -> Row:
    told = {name: identity[name] for name in ("identity", "name", "name_en", "kind", "severity")}
    empty = dict.fromkeys(("left_value", "right_value", "parents", "reason", "reason_en"), "")
    unknown = dict.fromkeys(("difference", "tolerance", "release_at"))
    return told | empty | unknown | found


def _compared(identity: Row, operands: Operands) -> list[Row]:
    outcomes = evaluate([identity["left"], identity["right"]], operands)
    if not outcomes:
        return [_row(identity, verdict=CheckResult.NOT_TESTABLE, **_missing(identity, operands))]
    return [_result(identity, outcome, operands) for outcome in outcomes]


def _why(chinese: str, english: str) -> dict[str, str]:
    """The reason of a result in both languages."""
    return {"reason": chinese, "reason_en": english}


def _missing(identity: Row, operands: Operands) -> dict[str, str]:
    leaves = [leaf.selector for side in ("left", "right") for leaf in parse_formula(identity[side]).leaves()]
    absent = [selector.text for selector in dict.fromkeys(leaves) if selector and not operands.rows(selector)]
    if absent:
        return _why(f"没有这些数：{'、'.join(absent)}", f"these numbers are not there: {', '.join(absent)}")
    return _why(
        "各数的地区、时间对不上，或分母为零", "places or times of the numbers do not meet, or a denominator is zero"
    )


def _result(identity: Row, outcome: Outcome, operands: Operands) -> Row:
    (left, right), (left_interval, right_interval) = outcome.values, outcome.intervals
    holds = {
        "=": left_interval.meets(right_interval),
        "<=": left_interval.can_be_below(right_interval),
        ">=": right_interval.can_be_below(left_interval),
    }[identity["relation"]]
    return _row(
        identity,
        verdict=CheckResult.HOLDS if holds else CheckResult.VIOLATED,
        left_value=_told(outcome.rows[0], left, operands, identity["left"]),
        right_value=_told(outcome.rows[1], right, operands, identity["right"]),
        difference=_rounded(left - right),
        tolerance=_tolerance(left_interval, right_interval),
        parents=";".join(outcome.parents),
        **_reason(identity["relation"], holds, left_interval, right_interval),
        release_at=latest(row["release_at"] for side in outcome.rows for row in side),
    )


def _told(rows: Sequence[Any], value: Decimal, operands: Operands, formula: str) -> str:
    """``37 + 81 = 118``: the operands of a sum and what they make; for other formulas the value with its operands."""
    numbers = [row["as_printed"] for row in rows]
    if len(numbers) == 1 and parse_formula(formula).sign in ("pick", "sum"):
        return str(numbers[0])
    return f"{(' + ' if _only_adds(parse_formula(formula)) else '、').join(numbers)} → {_plain(_rounded(value))}"


def _only_adds(node: Node) -> bool:
    return node.selector is not None or (node.sign == "+" and all(map(_only_adds, node.sides)))


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _tolerance(left: Interval, right: Interval) -> Decimal | None:
    """How far the nominal values may lie apart, as far as printing decides it; None where a side is open-ended."""
    widths = (left.half_width, right.half_width)
    return None if None in widths else _rounded(sum((width for width in widths if width is not None), start=Decimal(0)))


def _reason(relation: str, holds: bool, left: Interval, right: Interval) -> dict[str, str]:
    told = {"=": "相等", "<=": "左不大于右", ">=": "左不小于右"}[relation]
    told_en = {"=": "equal", "<=": "left is not more than right", ">=": "left is not less than right"}[relation]
    if holds and left.is_point and right.is_point:
        return _why(told, told_en)
    if holds:
        return _why(f"{told}(在印刷精度和限定词允许的范围内)", f"{told_en} (within printed precision and qualifiers)")
    return _why(
        f"应{told},但左为{_span(left)},右为{_span(right)}",
        f"should hold: {told_en}; but left is {_span(left, ' to ', 'open')}, right is {_span(right, ' to ', 'open')}",
    )


def _span(interval: Interval, to: str = "至", unbounded: str = "不限") -> str:
    if interval.is_point and interval.low is not None:
        return _plain(_rounded(interval.low))
    low = unbounded if interval.low is None else _plain(_rounded(interval.low))
    high = unbounded if interval.high is None else _plain(_rounded(interval.high))
    return f"{low}{to}{high}"


def _conflict(identity: Row, observations: pd.DataFrame) -> Row:
    """Whether the variants tied by a conflict still say different things; they are told side by side, never averaged."""
    tied = observations[observations["conflict"] == identity["identity"]]
    parents = ";".join(tied["observation_id"])
    if tied.empty:
        nothing = _why("没有观测值写着这个冲突", "no observation names this conflict")
        return _row(identity, verdict=CheckResult.NOT_TESTABLE, **nothing)
    sides = [
        "、".join(f"{row.as_printed}" for row in group.itertuples())
        for _, group in sorted(tied.groupby("variant"), key=lambda pair: str(pair[0]))
    ]
    differs = any(
        group["value"].nunique() > 1 for _, group in tied.groupby(["indicator", "place", "breakdown", "measure"])
    )
    return _row(
        identity,
        verdict=CheckResult.CONFLICT if differs else CheckResult.HOLDS,
        left_value=sides[0],
        right_value=" / ".join(sides[1:]),
        parents=parents,
        **(
            _why(
                "口径不一：两种说法并列，不取平均，不单独作为头条",
                "definitions differ: both stand side by side, never averaged, never a headline alone",
            )
            if differs
            else _why("各种说法已一致", "the versions agree by now")
        ),
        release_at=latest(tied["release_at"]),
    )


def broken_absences(absences: Sequence[Row], checks: Sequence[Row]) -> Iterator[Problem]:
    """An absence that follows from an identity is only as good as the identity: a problem for each that no longer holds."""
    results = {row["identity"]: row["verdict"] for row in checks}
    for row in absences:
        if row["follows_from"] and results.get(row["follows_from"]) != CheckResult.HOLDS:
            where = Where("reference/absences.csv", row[LINE], "follows_from")
            wanted, remedy = CheckResult.HOLDS, "依据不成立，就不能说不在计划"
            yield Problem("E-213", where, "所依据的恒等关系不成立", row["follows_from"], wanted, remedy)


def blocking(checks: Sequence[Row]) -> Iterator[Problem]:
    """A problem for each violated identity whose severity is block: nothing is published then."""
    for row in checks:
        if row["verdict"] == CheckResult.VIOLATED and row["severity"] == "block":
            where = Where("reference/identities.csv", column=row["identity"])
            found = f"{row['left_value']} 对 {row['right_value']}"
            yield Problem(
                "E-301", where, f"对账不符：{row['name']}", found, remedy=f"{row['reason']}；涉及 {row['parents']}"
            )
