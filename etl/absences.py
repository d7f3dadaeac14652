"""What is expected and not there. ``parts:<place>`` in absences.csv stands for each part of a place, one row each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.errors import Problem, Where
from etl.handwritten import LINE, Row
from etl.reference import Reference


def absences(reference: Reference) -> list[Row]:
    """One row per expected number that is not there, ``parts:`` written out in the order of places.csv."""
    return [
        {**row, "place": place} for row in reference.tables["absences"] for place in _places(row["place"], reference)
    ]


def _places(word: str, reference: Reference) -> list[str]:
    kind, sign, parent = word.partition(":")
    if not sign or kind != "parts":
        return [word]
    return [row["place"] for row in reference.tables["places"] if row["parent"] == parent and row["sums"]]


def contradictions(absent: Sequence[Row], observations: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """A problem for each number that is both published and declared absent, and for each absence declared twice."""
    observed: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in observations:
        observed.setdefault(_key(row), []).append(row)
    seen: dict[tuple[Any, ...], int] = {}
    for row in absent:
        where = Where("reference/absences.csv", row[LINE], "indicator")
        for found in observed.get(_key(row), []):
            if not row["measure"] or found["measure"] == row["measure"]:
                told = f"{found['as_printed']}({found['observation_id']})"
                yield Problem(
                    "E-216",
                    where,
                    f"“{row['place']}”的这个数既已公布又被列为缺项",
                    told,
                    remedy="已公布就删去这一行；parts: 请改为逐个列出",
                )
        key = (*_key(row), row["measure"])
        if key in seen:
            yield Problem(
                "E-203",
                where,
                f"与第{seen[key]}行是同一个缺项（地区“{row['place']}”）",
                row["indicator"],
                remedy="请删去其中一行",
            )
        seen.setdefault(key, row[LINE])


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("indicator", "place", "period_start", "period_end", "breakdown"))
