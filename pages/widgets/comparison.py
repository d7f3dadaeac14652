"""What the compare screen shows: a panel where numbers may stand side by side, the reasons and the numbers where they may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from etl.model import ComparedMark, Mark
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.analysis.comparison import APART, arranged, side_by_side
from pages.analysis.ratios import per_head, shares
from pages.analysis.reasons import Comparison, Reason, Refusal, year_of
from pages.charts.bars import bars_side_by_side
from pages.charts.drawing import Drawing
from pages.queries.cautions import cautions_on
from pages.queries.compared import compared_marks, first_of, populations, series, shares_computed, whole_of
from pages.queries.data_quality import checks
from pages.queries.numbers import cited_ids, names
from pages.queries.peers import peers
from pages.widgets import escaped
from pages.widgets.links import show_link
from pages.widgets.panel import checked_citations, panel, show_numbers_table
from pages.widgets.screen import this_screen
from pages.widgets.sections import charts_row
from pages.wording.catalog import _
from pages.wording.compared import compared_note, compared_title, labelled_marks, reason_text, series_title
from pages.wording.literal import joined, markup
from pages.wording.marks import WordedMark, place_label, worded
from pages.wording.sources import source_line

Asked = tuple[str, str, str, str, str, str]
"""Whose parts, indicator, measure, time, view and order, as the link says them."""

GAPS = ("nothing_published", "only_one", "no_population", "no_total", "not_exhausted")
"""Reasons that lie in something nobody has published."""


@dataclass(frozen=True)
class Answer:
    """A comparison in words: what a panel shows, or (with ``reasons``) why there is none and the numbers it would be about.

    ``is_gap`` says that something unpublished is among the reasons.
    """

    title: str
    marks: tuple[WordedMark, ...]
    note: str = ""
    reasons: tuple[str, ...] = ()
    is_gap: bool = False


def show_comparisons(parent: str, indicators: Sequence[str], measure: str, time: str, *, view: str, sort: str) -> None:
    """One comparison for each indicator, beside each other; one that a caution keeps apart from those before it is refused."""
    release = this_screen().release
    shown: tuple[str, ...] = ()
    with charts_row() if len(indicators) > 1 else st.container(key="charts"):
        for indicator in indicators:
            answer = places_in_words(release, (parent, indicator, measure, time, view, sort), shown)
            _show(indicator, answer)
            shown += () if answer.reasons else cited_ids(answer.marks)


def show_peers(code: str) -> None:
    """The numbers of one group of peers, each with its year."""
    _show(code, peers_in_words(this_screen().release, code))


def _show(key: str, answer: Answer) -> None:
    if answer.reasons:
        _show_reasons(key, answer)
        return
    chart = drawing(this_screen().release, answer.marks, this_screen().is_dark)
    panel(key=f"compared_{key}", title=answer.title, chart=chart, marks=answer.marks, note=answer.note)


def _show_reasons(key: str, answer: Answer) -> None:
    release = this_screen().release
    there = [mark for mark in answer.marks if mark.value is not None]
    with st.container(key=f"{'line' if there else 'empty'}_{key}", border=True):
        escaped.markdown(markup("#### {}", answer.title))
        escaped.markdown(markup(":gray-badge[{}]", _("not compared")))
        escaped.markdown(joined("\n", (markup("- {}", reason) for reason in answer.reasons)))
        if there:
            cited = checked_citations(key, there, release)
            show_numbers_table(there, is_brief=True)
            escaped.caption(source_line(cited))
        if answer.is_gap:
            show_link(_("What is not published"), "sources", {"part": "absences"})


@cached_query
def places_in_words(release: Release, asked: Asked, shown: tuple[str, ...]) -> Answer:
    """The comparison over the parts of a place, beside others that have ``shown`` these observations."""
    parent, indicator, measure, time, view, sort = asked
    own = [row for row in series(release) if (row.parent, row.number.indicator) == (parent, indicator)]
    if not own:
        title = names(release, "indicators").get(indicator, indicator)
        return Answer(title, (), "", (reason_text(Reason("no_such_series")),))
    is_other = not [row for row in own if (row.number.measure, row.time) == (measure, time)]
    if is_other:
        nearest = first_of([row for row in own if row.number.measure == measure] or own)
        measure, time = nearest.number.measure, nearest.time
    marks = compared_marks(release, parent, indicator, measure, time)
    whole = whole_of(release, parent, indicator, measure, time)
    result = _compared(release, marks, view, parent=parent, whole=whole)
    apart = _apart(release, shown, cited_ids(marks))
    if apart or isinstance(result, Refusal):
        return _refused(marks, (*apart, *(result.reasons if isinstance(result, Refusal) else ())))
    return _answer(
        result,
        view,
        by_value=sort == "value",
        whole=whole,
        remark=_("not of the chosen kind and time: it has none") if is_other else "",
    )


@cached_query
def peers_in_words(release: Release, code: str) -> Answer:
    """The comparison of a group of peers."""
    marks = next(group.marks for group in peers(release) if group.code == code)
    result = side_by_side(marks, cautions=cautions_on(release, cited_ids(marks)))
    return _refused(marks, result.reasons) if isinstance(result, Refusal) else _answer(result, "value")


def _answer(
    result: Comparison, view: str, *, by_value: bool = True, whole: Mark | None = None, remark: str = ""
) -> Answer:
    placed = arranged(result, by_value=by_value)
    note = _("; ").join(filter(None, [remark, compared_note(placed, result, view, whole=whole)]))
    return Answer(compared_title(placed, result, view), labelled_marks(placed, result), note)


@cached_query
def drawing(_release: Release, marks: tuple[WordedMark, ...], dark: bool) -> Drawing:
    """The bars of a comparison."""
    return Drawing.of(bars_side_by_side(marks=marks, dark=dark))


def _compared(
    release: Release, marks: Sequence[ComparedMark], view: str, *, parent: str, whole: ComparedMark | None
) -> Comparison | Refusal:
    told = cautions_on(release, cited_ids([*marks, whole] if whole and view == "share" else marks))
    if view == "share":
        computed = shares_computed(release, {parent, *(mark.place for mark in marks)})
        return shares(marks, total=whole, checks=checks(release), cautions=told, computed=computed)
    if view == "per_head":
        years = [year for mark in marks if mark.value is not None and (year := year_of(mark))]
        people = populations(release, parent, max(years, default=None))
        of_all = next((mark for mark in people if mark.place == parent), None)
        of_parts = [mark for mark in people if mark.place != parent]
        return per_head(marks, populations=of_parts, whole=of_all, cautions=told)
    return side_by_side(marks, cautions=told)


def _apart(release: Release, shown: Sequence[str], ids: Sequence[str]) -> tuple[Reason, ...]:
    """The cautions in which numbers already shown meet these."""
    alone = {caution.caution for part in (shown, ids) for caution in cautions_on(release, part)}
    return tuple(
        Reason("caution", (caution.name, caution.reason))
        for caution in cautions_on(release, [*shown, *ids])
        if caution.kind in APART and caution.caution not in alone
    )


def _refused(marks: Sequence[ComparedMark], reasons: Sequence[Reason]) -> Answer:
    title = series_title(marks[0]) if marks else ""
    is_gap = any(reason.rule in GAPS for reason in reasons)
    told = tuple(map(reason_text, reasons))
    return Answer(title, worded(marks, place_label), "", told, is_gap)
