"""The words of what became of the rows of a gate log: reason codes as sentences, the account of every row."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from etl.model import LogAccount, QuarantinedRows
from pages.wording.catalog import _
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


def account_table(accounts: Iterable[LogAccount]) -> pd.DataFrame:
    """One row per source of logs: rows in, and what became of them."""
    return pd.DataFrame(
        [
            {
                _("Log"): account.title,
                _("Rows in"): _many(account.rows_in),
                _("Accepted"): _many(account.accepted),
                _("Kept apart"): _many(account.quarantined),
                _("Ignored (replaced or repeated files)"): _many(account.ignored),
                _("Adds up"): result_word(account.result),
            }
            for account in accounts
        ]
    )


def account_finding(accounts: Iterable[LogAccount]) -> str:
    """How many rows came in and what share of those that count is kept apart."""
    rows = [(each.accepted, each.quarantined or 0) for each in accounts if each.accepted is not None]
    apart = sum(quarantined for _accepted, quarantined in rows)
    counted = sum(accepted for accepted, _quarantined in rows) + apart
    share = f"{100 * apart / counted:.2f}%" if counted else "—"
    return _("Every row has its place: {count} counted, {apart} kept apart ({share})").format(
        count=_many(counted - apart), apart=_many(apart), share=share
    )


def quarantine_table(rows: Iterable[QuarantinedRows]) -> pd.DataFrame:
    """One row per log and reason: how many rows in how many files, and the first of them."""
    return pd.DataFrame(
        [
            {
                _("Reason"): reason_word(apart.reason),
                _("Rows"): _many(apart.rows),
                _("Files"): _many(apart.files),
                _("First example"): _("{file}, row {row}, column {column}").format(
                    file=apart.file, row=apart.row, column=apart.column or "—"
                ),
                _("What stood there"): apart.found or "—",
                _("Log"): apart.title,
            }
            for apart in rows
        ]
    )


def _many(count: int | None) -> str:
    return "—" if count is None else str(count)
