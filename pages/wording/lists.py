"""The lists of the sources screen as tables of text, columns in the screen's language; what became of every row of a gate log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from etl import model
from pages.wording.catalog import _
from pages.wording.dates import day_text, period_text, time_text
from pages.wording.marks import mark_text
from pages.wording.numbers import digits_text
from pages.wording.states import kind_word, measure_label, result_word, state_word


def listed_table(numbers: Sequence[model.Number], titles: Mapping[str, str]) -> pd.DataFrame:
    """One row per number, as the list of the sources screen shows it; ``titles`` are those of the sources."""
    return pd.DataFrame(
        {
            _("Number"): mark_text(number),
            _("As printed"): number.as_printed or "—",
            _("Indicator"): number.indicator_name,
            _("Place"): number.place_name,
            _("Period"): time_text(number),
            _("Breakdown"): number.breakdown_name,
            _("Kind"): measure_label("" if number.derived else number.measure),
            _("Document"): titles.get(number.source, ""),
            _("Id"): number.number_id,
        }
        for number in numbers
    )


def document_table(documents: Sequence[model.Source], attached: Collection[str]) -> pd.DataFrame:
    """One row per source; the documents of those ``attached`` are here."""
    return pd.DataFrame(
        {
            _("Document"): source.title,
            _("Publisher"): source.publisher,
            _("Published"): day_text(source.published_on),
            _("Numbers"): str(source.numbers),
            _("Checked"): _("yes") if source.verified else _("not checked against the document"),
            _("Attached"): _("yes") if source.source in attached else _("no"),
            _("Folder"): source.source,
        }
        for source in documents
    )


def withdrawn_table(withdrawn: Sequence[model.WithdrawnSource]) -> pd.DataFrame:
    """Sources that were taken back: what, how many numbers, when, by whom and why."""
    return pd.DataFrame(
        {
            _("Document"): source.title,
            _("Publisher"): source.publisher,
            _("Published on"): day_text(source.published_on),
            _("Numbers"): str(source.numbers),
            _("Taken back on"): day_text(source.withdrawn_at.date()),
            _("By"): source.withdrawn_by,
            _("Why"): source.reason,
            _("Folder"): source.source,
        }
        for source in withdrawn
    )


def check_table(checks: Iterable[model.Check]) -> pd.DataFrame:
    """One row per check: what must hold, the numbers on both sides, the result in a word, and why."""
    return pd.DataFrame(
        {
            _("Verdict"): result_word(check.result),
            _("Check"): check.name,
            _("Rule"): kind_word(check.kind),
            _("Left"): check.left_value,
            _("Right"): check.right_value,
            _("Difference"): "" if check.difference is None else digits_text(check.difference, None),
            _("Tolerance"): "" if check.tolerance is None else digits_text(check.tolerance, None),
            _("Reason"): check.reason,
        }
        for check in checks
    )


def absence_table(absences: Iterable[model.Absence]) -> pd.DataFrame:
    """One row per declared absence and place."""
    return pd.DataFrame(
        {
            _("State"): state_word(absence.state),
            _("Project"): absence.project_name,
            _("Indicator"): absence.indicator_name,
            _("Place"): absence.place_name,
            _("Period"): period_text(absence.period_start, absence.period_end),
            _("Breakdown"): absence.breakdown_name,
            _("Kind"): measure_label(absence.measure) if absence.measure else "",
            _("Reason"): absence.reason,
        }
        for absence in absences
    )


def superseded_table(since: Sequence[model.SupersededAbsence]) -> pd.DataFrame:
    """One row per absence that a later number took the place of: the number now, and what was said then."""
    return pd.DataFrame(
        {
            _("Indicator"): absence.number.indicator_name,
            _("Place"): absence.number.place_name,
            _("Period"): time_text(absence.number),
            _("Number"): mark_text(absence.number),
            _("Declared absent on"): day_text(absence.declared_on),
            _("Reason"): absence.reason,
        }
        for absence in since
    )


def statement_table(statements: Sequence[model.Statement]) -> pd.DataFrame:
    """One row per published fact that is not a number."""
    return pd.DataFrame(
        {
            _("About"): each.subject_name,
            _("Property"): each.attribute_name,
            _("Content"): each.text,
            _("As of"): day_text(each.as_of),
            _("Document"): each.source_title,
        }
        for each in statements
    )


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


def account_table(accounts: Iterable[model.LogAccount]) -> pd.DataFrame:
    """One row per source of logs: rows in, and what became of them."""
    return pd.DataFrame(
        {
            _("Log"): account.title,
            _("Rows in"): _many(account.rows_in),
            _("Accepted"): _many(account.accepted),
            _("Kept apart"): _many(account.quarantined),
            _("Ignored (replaced or repeated files)"): _many(account.ignored),
            _("Adds up"): result_word(account.result),
        }
        for account in accounts
    )


def account_finding(accounts: Iterable[model.LogAccount]) -> str:
    """How many rows came in and what share of those that count is kept apart."""
    rows = [(each.accepted, each.quarantined or 0) for each in accounts if each.accepted is not None]
    apart = sum(quarantined for _accepted, quarantined in rows)
    counted = sum(accepted for accepted, _quarantined in rows) + apart
    share = f"{100 * apart / counted:.2f}%" if counted else "—"
    told = _("Every row has its place: {count} counted, {apart} kept apart ({share})")
    return told.format(count=_many(counted - apart), apart=_many(apart), share=share)


def quarantine_table(rows: Iterable[model.QuarantinedRows]) -> pd.DataFrame:
    """One row per log and reason: how many rows in how many files, and the first of them."""
    return pd.DataFrame(
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
    )


def _many(count: int | None) -> str:
    return "—" if count is None else str(count)
