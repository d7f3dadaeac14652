"""Marks as the rules of comparison read them: one plain number, changed cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from etl.model import Caution, ComparedMark

PLAIN = ComparedMark(
    step=Decimal(1), unit="个", unit_name="个", qualifier="exact", measure="actual", indicator="halls", indicator_name="礼堂数",
    period_start=dt.date(2018, 1, 1), period_end=dt.date(2018, 12, 31), as_of=dt.date(2018, 12, 31), verified=True,
    indicator_kind="flow", polarity="up", is_summed=True, place_kind="district", parent="city",
)  # fmt: skip


def number(place: str, value: int | str | None, **changed: Any) -> ComparedMark:
    own = {
        "place": place, "place_name": f"{place}区", "place_short": place, "rank": ord(place[0]),
        "value": None if value is None else Decimal(value), "number_id": f"s#{place}", "observation_ids": (f"s#{place}",),
    }  # fmt: skip
    return ComparedMark.of(PLAIN, **own | changed)


def cautions(*kinds: str) -> tuple[Caution, ...]:
    return tuple(Caution(kind, kind, f"{kind}!", "因为", ()) for kind in kinds)


@pytest.fixture
def of() -> Callable[..., ComparedMark]:
    return number


@pytest.fixture
def told() -> Callable[..., tuple[Caution, ...]]:
    return cautions
