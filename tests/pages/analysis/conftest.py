"""Rows as the rules of comparison read them: one plain number, changed cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from etl.model import Caution
from pages.queries.compared import COMPARED_COLUMNS

PLAIN: Mapping[str, Any] = {
    "part": "shown", "state": "done", "reason": "", "derived": False, "value_high": None, "step": Decimal(1), "unit": "个",
    "unit_name": "个", "qualifier": "exact", "measure": "actual", "indicator": "halls", "indicator_name": "礼堂数",
    "period_start": dt.date(2018, 1, 1), "period_end": dt.date(2018, 12, 31), "as_of": dt.date(2018, 12, 31), "breakdown": "",
    "breakdown_name": "", "variant": "", "conflict": "", "verified": True, "as_printed": "", "formula": "", "indicator_kind": "flow",
    "polarity": "up", "is_summed": True, "is_continuous": False, "place_kind": "district", "parent": "city",
}  # fmt: skip


def number(place: str, value: int | str | None, **changed: Any) -> dict[str, Any]:
    own = {
        "place": place, "place_name": f"{place}区", "place_short": place, "rank": ord(place[0]),
        "value": None if value is None else Decimal(value), "number_id": f"s#{place}", "observation_ids": f"s#{place}",
    }  # fmt: skip
    return {**PLAIN, **own, **changed}


def table(*rows: Mapping[str, Any]) -> pd.DataFrame:
    columns = [*COMPARED_COLUMNS, *(name for name in ("within", "scope") if any(name in row for row in rows))]
    return pd.DataFrame([{name: row.get(name) for name in columns} for row in rows], columns=columns, dtype=object)


def cautions(*kinds: str) -> tuple[Caution, ...]:
    return tuple(Caution(kind, kind, f"{kind}!", "因为", ()) for kind in kinds)


@pytest.fixture
def of() -> Callable[..., dict[str, Any]]:
    return number


@pytest.fixture
def rows() -> Callable[..., pd.DataFrame]:
    return table


@pytest.fixture
def told() -> Callable[..., tuple[Caution, ...]]:
    return cautions
