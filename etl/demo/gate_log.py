"""Writes the gate logs, one file a day, and keeps the books: what was put in, what of it is good, what is wrong and why.

Days are made one after the other and forgotten, so memory does not grow with the size asked for. The first year comes as CSV,
then the machines were replaced and send Parquet; one day was delivered late, one was delivered short and corrected.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from etl.demo.cast import Space
from etl.demo.defects import Defect, Deliveries, defects_of, spread
from etl.demo.traffic import ACTIONS, Traffic

FIRST_ID = 1_000_000_000
WITHOUT_CARD = 0.4
"""Share of entries without a card: the door also opens for guests."""
MOST_READERS = 200_000
BOOKS = (0.52, 0.27, 0.13, 0.05, 0.03)
"""Chance of one to five books in one loan or return."""
CUT_OFF_HOUR = 15
"""When the day that was later corrected broke off."""

Ints = npt.NDArray[np.int64]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Delivery:
    """One file as it was delivered. ``replaces`` is the file it stands in for."""

    file: str
    day: dt.date
    delivered_on: dt.date
    replaces: str
    rows: int


@dataclass
class Books:
    """What the generator knows of its own logs. ``sums[space, day, action]`` adds up n of the good rows."""

    sums: Ints
    rows_in: int = 0
    accepted: int = 0
    superseded: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    across_files: int = 0
    deliveries: list[Delivery] = field(default_factory=list)


@dataclass(frozen=True)
class Words:
    """The texts that rows are put together from, as Arrow arrays to pick from."""

    spaces: Any
    actions: Any
    cards: Any


@dataclass(frozen=True)
class Day:
    """The good rows of a day, in order of time; ``card`` is -1 for none."""

    second: Ints
    space: Ints
    action: Ints
    n: Ints
    card: Ints


def write_logs(
    home: Path, traffic: Traffic, spaces: Sequence[Space], seed: int, special: Deliveries, half: int, progress: Progress
) -> Books:
    """Writes the day files of ``traffic`` into ``home`` (CSV before day ``half``, Parquet from then on) and returns the books."""
    events = int(traffic.counts.sum())
    planted = spread(traffic, spaces, events, seed, special)
    words = _words(spaces, events)
    books = Books(np.zeros(traffic.counts.shape, dtype=np.int64))
    good_rows = traffic.counts.sum(axis=(0, 2))
    starts = FIRST_ID + np.concatenate([[0], np.cumsum(good_rows + [len(one) for one in planted])])
    for position in range(traffic.days):
        chance = np.random.default_rng([seed, 3, position])
        day, start = traffic.day(position), int(starts[position])
        good = _good_rows(traffic, position, len(words.cards), chance)
        _book(books, good, position)
        wrong = defects_of(day, planted[position], spaces, traffic.first, chance)
        before = (int(starts[position - 1]), int(good_rows[position - 1])) if position else (0, 0)
        table = _table(_good_table(day, good, words, start), wrong, start, before, chance)
        _deliver(home, table, position, "csv" if position < half else "parquet", traffic, special, books)
        books.quarantined.update(one.reason for one in wrong)
        books.across_files += sum(one.twin == "before" for one in wrong)
        progress(books.accepted)
    return books


def _words(spaces: Sequence[Space], events: int) -> Words:
    readers = min(max(60, events // 40), MOST_READERS)
    numbers = pc.cast(pa.array(np.arange(1, readers + 1)), pa.string())
    cards = pc.binary_join_element_wise("K", pc.utf8_lpad(numbers, 8, "0"), "")
    return Words(pa.array([space.facility for space in spaces]), pa.array(ACTIONS), cards)


def _good_rows(traffic: Traffic, position: int, cards: int, chance: np.random.Generator) -> Day:
    counts = traffic.counts[:, position]
    many = int(counts.sum())
    flat = np.repeat(np.arange(counts.size), counts.ravel())
    hours = np.cumsum(traffic.hours[position])
    hour = np.searchsorted(hours, chance.random(many) * hours[-1], side="right")
    second = hour * 3600 + chance.integers(0, 3600, many)
    action = flat % len(ACTIONS)
    lends = (action == ACTIONS.index("borrow")) | (action == ACTIONS.index("return"))
    n = np.where(lends, 1 + np.searchsorted(np.cumsum(BOOKS)[:-1], chance.random(many), side="right"), 1)
    card = (chance.random(many) ** 2 * cards).astype(np.int64)
    card[(action == ACTIONS.index("enter")) & (chance.random(many) < WITHOUT_CARD)] = -1
    order = np.argsort(second, kind="stable")
    return Day(second[order], flat[order] // len(ACTIONS), action[order], n[order], card[order])


def _book(books: Books, good: Day, position: int) -> None:
    spaces, _, actions = books.sums.shape
    cells = np.bincount(good.space * actions + good.action, weights=good.n, minlength=spaces * actions)
    books.sums[:, position] = cells.reshape(spaces, actions).astype(np.int64)
    books.accepted += len(good.second)


def _table(
    good: pa.Table, wrong: Sequence[Defect], start: int, before: tuple[int, int], chance: np.random.Generator
) -> pa.Table:
    """The rows of one file, defective ones strewn in. A duplicate has the id of a good row of this file or the one before."""
    if not wrong:
        return good
    many = good.num_rows
    same = np.array([one.twin == "same" for one in wrong])
    twins = np.where(same, chance.integers(0, max(many, 1), len(wrong)), -1)
    picked = np.concatenate([np.arange(many), np.where(same, twins, many + np.arange(len(wrong)))])
    place = np.concatenate([np.arange(many), np.where(same, twins + 0.5, chance.uniform(0, many, len(wrong)))])
    whole = pa.concat_tables([good, _bad_rows(wrong, start + many, before, chance)])
    return whole.take(pa.array(picked[np.argsort(place, kind="stable")]))


def _good_table(day: dt.date, good: Day, words: Words, start: int) -> pa.Table:
    """The good rows as they are written, with the ids from ``start`` on."""
    midnight = np.datetime64(day, "s").astype(np.int64)
    return pa.table(
        {
            "event_id": pa.array(start + np.arange(len(good.second))),
            "ts": pc.cast(pa.array(midnight + good.second).cast(pa.timestamp("s")), pa.string()),
            "space_id": words.spaces.take(pa.array(good.space)),
            "card_id": words.cards.take(pa.array(good.card, mask=good.card < 0)),
            "action": words.actions.take(pa.array(good.action)),
            "n": pa.array(good.n),
        }
    )


def _bad_rows(wrong: Sequence[Defect], start: int, before: tuple[int, int], chance: np.random.Generator) -> pa.Table:
    """The defective rows with ids from ``start``; what repeats an id of the day before has one of its ``before`` (first, count)."""
    first, many = before
    ids = [
        first + int(chance.integers(many)) if one.twin == "before" else start + place for place, one in enumerate(wrong)
    ]
    return pa.table(
        {
            "event_id": pa.array(ids, pa.int64()),
            "ts": pa.array([one.ts for one in wrong]),
            "space_id": pa.array([one.space for one in wrong]),
            "card_id": pa.nulls(len(wrong), pa.string()),
            "action": pa.array([one.action for one in wrong]),
            "n": pa.array([one.n for one in wrong], pa.int64()),
        }
    )


def _deliver(
    home: Path, table: pa.Table, position: int, suffix: str, traffic: Traffic, special: Deliveries, books: Books
) -> None:
    day = traffic.day(position)
    if position == special.corrected:
        hour = pc.cast(pc.utf8_slice_codeunits(table.column("ts"), 11, 13), pa.int64())
        short = table.filter(pc.less(hour, CUT_OFF_HOUR))
        _write(home, f"{day}.{suffix}", short, day, day + dt.timedelta(days=1), "", books)
        books.superseded += short.num_rows
        _write(home, f"{day}.corrected.{suffix}", table, day, day + dt.timedelta(days=9), f"{day}.{suffix}", books)
    elif position == special.late:
        _write(home, f"{day}.late.{suffix}", table, day, day + dt.timedelta(days=24), "", books)
    else:
        _write(home, f"{day}.{suffix}", table, day, day + dt.timedelta(days=1), "", books)


def _write(
    home: Path, file: str, table: pa.Table, day: dt.date, delivered_on: dt.date, replaces: str, books: Books
) -> None:
    if file.endswith(".csv"):
        pyarrow.csv.write_csv(table, home / file, pyarrow.csv.WriteOptions(quoting_style="none", quoting_header="none"))
    else:
        pq.write_table(table, home / file, compression="zstd")
    books.rows_in += table.num_rows
    books.deliveries.append(Delivery(file, day, delivered_on, replaces, table.num_rows))


def expectations(books: Books, spaces: Sequence[Space]) -> Mapping[str, Any]:
    """What a reader of these logs must find; every row is accepted, quarantined with one reason, or ignored with one."""
    totals = books.sums.sum(axis=1)
    return {
        "files": len(books.deliveries),
        "rows_in": books.rows_in,
        "accepted": books.accepted,
        "quarantined": dict(sorted(books.quarantined.items())),
        "ignored": {"superseded_file": books.superseded},
        "duplicates_across_files": books.across_files,
        "totals": {action: int(total) for action, total in zip(ACTIONS, totals.sum(axis=0), strict=True)},
        "by_space": {
            space.facility: {action: int(total) for action, total in zip(ACTIONS, own, strict=True)}
            for space, own in zip(spaces, totals, strict=True)
        },
    }
