"""The words of what became of the rows of a gate log: reason codes as sentences, the account of every row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pages.wording.catalog import _
from pages.wording.rows import rows_of
from pages.wording.states import result_word


def reason_word(code: str) -> str:
    """Why a row of a log is not counted (etl.usage.rows); an unknown code stands for itself."""
    return {
        "missing_id": _("no event id"),
        "bad_timestamp": _("time cannot be read"),
        "unknown_space": _("space not in facilities.csv"),
        "unknown_action": _("unknown action"),
        "n_out_of_range": _("number out of range"),
        "before_opening": _("before the space opened"),
        "in_future": _("later than the file may hold"),
        "clock_jump": _("earlier than the file may hold (clock wrong)"),
        "duplicate_id": _("event id seen before"),
    }.get(code, code)


def account_table(accounts: pd.DataFrame) -> pd.DataFrame:
    """One row per source of logs: rows in, and what became of them."""
    return pd.DataFrame(
        [
            {
                _("Log"): row["title"],
                _("Rows in"): _many(row["rows_in"]),
                _("Accepted"): _many(row["accepted"]),
                _("Kept apart"): _many(row["quarantined"]),
                _("Ignored (replaced or repeated files)"): _many(row["ignored"]),
                _("Adds up"): result_word(row["verdict"]),
            }
            for row in rows_of(accounts)
        ]
    )


def account_finding(accounts: pd.DataFrame) -> str:
    """How many rows came in and what share of those that count is kept apart."""
    rows = [row for row in rows_of(accounts) if row["accepted"] is not None]
    counted = sum(row["accepted"] + row["quarantined"] for row in rows)
    apart = sum(row["quarantined"] for row in rows)
    share = f"{100 * apart / counted:.2f}%" if counted else "—"
    return _("Every row has its place: {count} counted, {apart} kept apart ({share})").format(
        count=_many(counted - apart), apart=_many(apart), share=share
    )


def quarantine_table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per log and reason: how many rows in how many files, and the first of them."""
    return pd.DataFrame(
        [
            {
                _("Reason"): reason_word(row["reason"]),
                _("Rows"): _many(row["rows"]),
                _("Files"): _many(row["files"]),
                _("First example"): _example(row),
                _("What stood there"): row["found"] or "—",
                _("Log"): row["title"],
            }
            for row in rows_of(rows)
        ]
    )


def _example(row: Mapping[str, Any]) -> str:
    return _("{file}, row {row}, column {column}").format(file=row["file"], row=row["row"], column=row["column"] or "—")


def _many(count: Any) -> str:
    return "—" if count is None else str(int(count))
