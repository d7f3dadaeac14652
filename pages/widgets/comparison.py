"""What the compare screen shows: a panel where numbers may stand side by side, the reasons and the numbers where they may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.analysis.comparison import APART, arranged, side_by_side
from pages.analysis.ratios import per_head, shares
from pages.analysis.reasons import Comparison, Reason, Refusal, year_of
from pages.charts.compared import bars_side_by_side
from pages.charts.drawing import Drawing
from pages.queries.cautions import cautions_on
from pages.queries.compared import COMPARED_COLUMNS, compared_rows, first_of, populations, series, whole_of
from pages.queries.data_quality import checks
from pages.queries.numbers import cited_ids, from_frame, names, numbers_frame, records, table
from pages.queries.peers import peers
from pages.widgets import escaped
from pages.widgets.layout import charts_row
from pages.widgets.links import show_link
from pages.widgets.panel import checked_citations, panel, show_numbers_table
from pages.widgets.screen import this_screen
from pages.wording.catalog import _
from pages.wording.compared import compared_marks, compared_note, compared_title, reason_text, series_title
from pages.wording.literal import joined, markup
from pages.wording.marks import place_label, worded_frame, worded_from_frame
from pages.wording.sources import source_line

Asked = tuple[str, ...]
"""What was asked for, as the link says it."""


GAPS = ("nothing_published", "only_one", "no_population", "no_total", "not_exhausted")
"""Reasons that lie in something nobody has published."""


@dataclass(frozen=True)
class Answer:
    """A comparison in words: what a panel shows, or (with ``reasons``) why there is none and the numbers it would be about.

    ``is_gap`` says that something unpublished is among the reasons.
    """

    title: str
    marks: pd.DataFrame
    note: str = ""
    reasons: tuple[str, ...] = ()
    is_gap: bool = False


def show_comparisons(parent: str, indicators: Sequence[str], measure: str, time: str, *, view: str, sort: str) -> None:
    """One comparison for each indicator, beside each other; one that a caution keeps apart from those before it is refused."""
    release = this_screen().release
    shown: tuple[str, ...] = ()
    with charts_row() if len(indicators) > 1 else st.container(key="charts"):
        for indicator in indicators:
            asked = (parent, indicator, measure, time, view, sort)
            answer = places_in_words(release, asked, shown)
            _show(indicator, answer, asked, shown)
            shown += () if answer.reasons else cited_ids(from_frame(answer.marks))


def show_peers(code: str) -> None:
    """The numbers of one group of peers, each with its year."""
    release = this_screen().release
    answer = peers_in_words(release, code)
    _show(code, answer, (code,), ())


def _show(key: str, answer: Answer, asked: Asked, shown: tuple[str, ...]) -> None:
    release = this_screen().release
    if answer.reasons:
        _show_reasons(key, answer)
        return
    chart = drawing(release, asked, shown, this_screen().is_dark)
    panel(
        key=f"compared_{key}", title=answer.title, chart=chart, marks=worded_from_frame(answer.marks), note=answer.note
    )


def _show_reasons(key: str, answer: Answer) -> None:
    release = this_screen().release
    there = answer.marks[answer.marks["value"].notna()]
    with st.container(key=f"{'line' if len(there) else 'empty'}_{key}", border=True):
        escaped.markdown(markup("#### {}", answer.title))
        escaped.markdown(markup(":gray-badge[{}]", _("not compared")))
        escaped.markdown(joined("\n", (markup("- {}", reason) for reason in answer.reasons)))
        if len(there):
            cited = checked_citations(key, from_frame(there), release)
            show_numbers_table(worded_from_frame(there), is_brief=True)
            escaped.caption(source_line(cited))
        if answer.is_gap:
            show_link(_("What is not published"), "sources", {"part": "absences"})


@cached_query
def places_in_words(release: Release, asked: Asked, shown: tuple[str, ...]) -> Answer:
    """The comparison over the parts of a place."""
    parent, indicator, measure, time, view, sort = asked
    own = [row for row in records(series(release)) if (row["parent"], row["indicator"]) == (parent, indicator)]
    if not own:
        title = names(release, "indicators").get(indicator, indicator)
        return Answer(title, table([], COMPARED_COLUMNS), "", (reason_text(Reason("no_such_series")),))
    asked_for = [row for row in own if (row["measure"], row["time"]) == (measure, time)]
    other = not asked_for
    if other:
        nearest = first_of([row for row in own if row["measure"] == measure] or own)
        measure, time = nearest["measure"], nearest["time"]
    rows = compared_rows(release, parent, indicator, measure, time)
    whole = whole_of(release, parent, indicator, measure, time)
    result = _compared(release, rows, view, parent=parent, whole=whole)
    apart = _apart(release, shown, cited_ids(from_frame(rows)))
    if apart or isinstance(result, Refusal):
        reasons = (*apart, *(result.reasons if isinstance(result, Refusal) else ()))
        return _refused(rows, reasons)
    placed = arranged(result, by_value=sort == "value")
    marks = compared_marks(placed, result)
    note = compared_note(placed, result, view, whole=whole)
    told = _("; ").join(filter(None, [_("not of the chosen kind and time: it has none") if other else "", note]))
    return Answer(compared_title(placed, result, view), marks, told)


@cached_query
def peers_in_words(release: Release, code: str) -> Answer:
    """The comparison of a group of peers."""
    every = peers(release)
    rows = every[every["peers"] == code].drop(columns="peers")
    result = side_by_side(rows, cautions=cautions_on(release, cited_ids(from_frame(rows))))
    if isinstance(result, Refusal):
        return _refused(rows, result.reasons)
    placed = arranged(result, by_value=True)
    note = compared_note(placed, result, "value")
    return Answer(compared_title(placed, result, "value"), compared_marks(placed, result), note)


@cached_query
def drawing(release: Release, asked: Asked, shown: tuple[str, ...], dark: bool) -> Drawing:
    """The bars of a comparison."""
    peer = len(asked) == 1
    answer = peers_in_words(release, asked[0]) if peer else places_in_words(release, asked, shown)
    return Drawing.of(bars_side_by_side(marks=worded_from_frame(answer.marks), dark=dark))


def _compared(
    release: Release, rows: pd.DataFrame, view: str, *, parent: str, whole: dict[str, object] | None
) -> Comparison | Refusal:
    ids = list(cited_ids(from_frame(rows))) + (
        str(whole["observation_ids"]).split(";") if whole and view == "share" else []
    )
    told = cautions_on(release, ids)
    if view == "share":
        computed = numbers_frame(release)
        return shares(rows, total=whole, checks=checks(release), cautions=told, computed=computed[computed["derived"]])
    if view == "per_head":
        years = [year for row in records(rows) if row["value"] is not None and (year := year_of(row))]
        people = populations(release, parent, max(years, default=None))
        own = people[people["place"] == parent]
        of_all = records(own)[0] if len(own) else None
        return per_head(rows, populations=people[people["place"] != parent], whole=of_all, cautions=told)
    return side_by_side(rows, cautions=told)


def _apart(release: Release, shown: Sequence[str], ids: Sequence[str]) -> tuple[Reason, ...]:
    """The cautions in which numbers already shown meet these."""
    alone = {caution.caution for part in (shown, ids) for caution in cautions_on(release, part)}
    return tuple(
        Reason("caution", (caution.name, caution.reason))
        for caution in cautions_on(release, [*shown, *ids])
        if caution.kind in APART and caution.caution not in alone
    )


def _refused(rows: pd.DataFrame, reasons: Sequence[Reason]) -> Answer:
    title = series_title(records(rows)[0]) if len(rows) else ""
    is_gap = any(reason.rule in GAPS for reason in reasons)
    return Answer(title, worded_frame(rows, place_label), "", tuple(reason_text(reason) for reason in reasons), is_gap)
