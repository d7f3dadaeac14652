"""Writes the gate logs, one file a day, and adds up what stands in them: how many rows, which are good, what is wrong and why.

Days are made one after the other and forgotten, so memory does not grow with the size asked for.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from etl.demo.defects import Defect, defects_of, plant_defects
from etl.demo.log_plan import ACTIONS, LogPlan, Traffic
from etl.demo.target import Json

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
class LogTotals:
    """What was written. ``sums[space, day, action]`` adds up n of the good rows."""

    sums: Ints
    rows_in: int = 0
    accepted: int = 0
    superseded: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    across_files: int = 0
    deliveries: list[Delivery] = field(default_factory=list)


@dataclass(frozen=True)
class Texts:
    """The texts that rows are put together from, as arrays to pick from."""

    spaces: pa.Array
    actions: pa.Array
    cards: pa.Array


@dataclass(frozen=True)
class Day:
    """The good rows of a day, in order of time; ``card`` is -1 for none."""

    second: Ints
    space: Ints
    action: Ints
    n: Ints
    card: Ints


def write_logs(home: Path, traffic: Traffic, plan: LogPlan, seed: int, progress: Progress) -> LogTotals:
    """Writes the day files of ``traffic`` into ``home`` and returns what they hold; ``progress`` is told the good rows so far."""
    planted = plant_defects(traffic, plan, seed)
    texts = _texts(plan, int(traffic.counts.sum()))
    totals = LogTotals(np.zeros(traffic.counts.shape, dtype=np.int64))
    good_rows = traffic.counts.sum(axis=(0, 2))
    starts = FIRST_ID + np.concatenate([[0], np.cumsum(good_rows + [len(defects) for defects in planted])])
    for position, day in enumerate(plan.days):
        chance = np.random.default_rng([seed, 3, position])
        start = int(starts[position])
        good = _good_rows(traffic, position, len(texts.cards), chance)
        spaces, _, actions = totals.sums.shape
        cells = np.bincount(good.space * actions + good.action, weights=good.n, minlength=spaces * actions)
        totals.sums[:, position] = cells.reshape(spaces, actions).astype(np.int64)
        totals.accepted += len(good.second)
        wrong = defects_of(day, planted[position], plan, chance)
        before = (int(starts[position - 1]), int(good_rows[position - 1])) if position else (0, 0)
        table = _table(_good_table(day, good, texts, start), wrong, start, before, chance)
        _deliver(home, table, day, plan, totals)
        totals.quarantined.update(defect.reason for defect in wrong)
        totals.across_files += sum(defect.twin == "before" for defect in wrong)
        progress(totals.accepted)
    return totals


def _texts(plan: LogPlan, events: int) -> Texts:
    readers = min(max(60, events // 40), MOST_READERS)
    numbers = pc.cast(pa.array(np.arange(1, readers + 1)), pa.string())
    cards = pc.binary_join_element_wise("K", pc.utf8_lpad(numbers, 8, "0"), "")
    return Texts(pa.array([space.facility for space in plan.spaces]), pa.array(ACTIONS), cards)


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


def _table(
    good: pa.Table, wrong: Sequence[Defect], start: int, before: tuple[int, int], chance: np.random.Generator
) -> pa.Table:
    """The rows of one file, defective ones strewn in. A duplicate has the id of a good row of this file or the one before."""
    if not wrong:
        return good
    many = good.num_rows
    same = np.array([defect.twin == "same" for defect in wrong])
    twins = np.where(same, chance.integers(0, max(many, 1), len(wrong)), -1)
    picked = np.concatenate([np.arange(many), np.where(same, twins, many + np.arange(len(wrong)))])
    place = np.concatenate([np.arange(many), np.where(same, twins + 0.5, chance.uniform(0, many, len(wrong)))])
    whole = pa.concat_tables([good, _bad_rows(wrong, start + many, before, chance)])
    return whole.take(pa.array(picked[np.argsort(place, kind="stable")]))


def _good_table(day: dt.date, good: Day, texts: Texts, start: int) -> pa.Table:
    """The good rows as they are written, with the ids from ``start`` on."""
    midnight = np.datetime64(day, "s").astype(np.int64)
    return pa.table(
        {
            "event_id": pa.array(start + np.arange(len(good.second))),
            "ts": pc.cast(pa.array(midnight + good.second).cast(pa.timestamp("s")), pa.string()),
            "space_id": texts.spaces.take(pa.array(good.space)),
            "card_id": texts.cards.take(pa.array(good.card, mask=good.card < 0)),
            "action": texts.actions.take(pa.array(good.action)),
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
            "ts": pa.array([defect.ts for defect in wrong]),
            "space_id": pa.array([defect.space for defect in wrong]),
            "card_id": pa.nulls(len(wrong), pa.string()),
            "action": pa.array([defect.action for defect in wrong]),
            "n": pa.array([defect.n for defect in wrong], pa.int64()),
        }
    )


def _deliver(home: Path, table: pa.Table, day: dt.date, plan: LogPlan, totals: LogTotals) -> None:
    suffix = "csv" if day < plan.parquet_from else "parquet"

    def write(file: str, rows: pa.Table, wait_days: int, replaces: str = "") -> None:
        if suffix == "csv":
            options = pyarrow.csv.WriteOptions(quoting_style="none", quoting_header="none")
            pyarrow.csv.write_csv(rows, home / file, options)
        else:
            pq.write_table(rows, home / file, compression="zstd")
        totals.rows_in += rows.num_rows
        totals.deliveries.append(Delivery(file, day, day + dt.timedelta(days=wait_days), replaces, rows.num_rows))

    if day == plan.corrected:
        hour = pc.cast(pc.utf8_slice_codeunits(table.column("ts"), 11, 13), pa.int64())
        short = table.filter(pc.less(hour, CUT_OFF_HOUR))
        totals.superseded += short.num_rows
        write(f"{day}.{suffix}", short, 1)
        write(f"{day}.corrected.{suffix}", table, 9, f"{day}.{suffix}")
    elif day == plan.late:
        write(f"{day}.late.{suffix}", table, 24)
    else:
        write(f"{day}.{suffix}", table, 1)


def expected_account(totals: LogTotals, plan: LogPlan) -> Mapping[str, Json]:
    """What a reader of these logs must find; every row is accepted, quarantined with one reason, or ignored with one."""
    by_space = totals.sums.sum(axis=1)
    return {
        "files": len(totals.deliveries),
        "rows_in": totals.rows_in,
        "accepted": totals.accepted,
        "quarantined": dict(sorted(totals.quarantined.items())),
        "ignored": {"superseded_file": totals.superseded},
        "duplicates_across_files": totals.across_files,
        "totals": _by_action(by_space.sum(axis=0)),
        "by_space": {space.facility: _by_action(sums) for space, sums in zip(plan.spaces, by_space, strict=True)},
    }


def _by_action(sums: Ints) -> Mapping[str, int]:
    return dict(zip(ACTIONS, sums.tolist(), strict=True))
