"""What the compare screen shows: a panel where numbers may stand side by side, the reasons and the numbers where they may not.

Numbers held against a standard are a list with the judgement of each, what misses it first, and why some are not judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from etl.model import ComparedMark, Mark, Number, Standard
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.analysis import comparison as analysis
from pages.analysis.ratios import per_head, shares
from pages.charts.bars import bars_side_by_side
from pages.queries import compared
from pages.queries.cautions import cautions_on
from pages.queries.data_quality import checks
from pages.queries.numbers import cited_ids, names
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.choose import choose_one
from pages.widgets.links import show_link
from pages.widgets.panel import build_drawing, checked_citations, panel, show_numbers_table
from pages.widgets.screen import this_screen
from pages.widgets.sections import charts_row, source_link
from pages.wording import compared as wording
from pages.wording.catalog import _
from pages.wording.literal import Markdown, joined, markup
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
    if not answer.reasons:
        chart = build_drawing(bars_side_by_side, answer.marks)
        panel(key=f"compared_{key}", title=answer.title, chart=chart, marks=answer.marks, note=answer.note)
        return
    there = [mark for mark in answer.marks if mark.value is not None]
    with st.container(key=f"{'line' if there else 'empty'}_{key}", border=True):
        escaped.markdown(markup("#### {}", answer.title))
        escaped.markdown(markup(":gray-badge[{}]", _("not compared")))
        escaped.markdown(joined("\n", (markup("- {}", reason) for reason in answer.reasons)))
        if there:
            cited = checked_citations(key, there, this_screen().release)
            show_numbers_table(there, is_brief=True)
            escaped.caption(source_line(cited))
        if answer.is_gap:
            show_link(_("What is not published"), "sources", {"part": "absences"})


@cached_query
def places_in_words(release: Release, asked: Asked, shown: tuple[str, ...]) -> Answer:
    """The comparison over the parts of a place, beside others that have ``shown`` these observations."""
    parent, indicator, measure, time, view, sort = asked
    own = [row for row in compared.series(release) if (row.parent, row.number.indicator) == (parent, indicator)]
    if not own:
        title = names(release, "indicators").get(indicator, indicator)
        return Answer(title, (), "", (wording.reason_text(analysis.Reason("no_such_series")),))
    is_other = not [row for row in own if (row.number.measure, row.time) == (measure, time)]
    if is_other:
        nearest = compared.first_of([row for row in own if row.number.measure == measure] or own)
        measure, time = nearest.number.measure, nearest.time
    marks = compared.compared_marks(release, parent, indicator, measure, time)
    whole = compared.whole_of(release, parent, indicator, measure, time)
    result = _compared(release, marks, view, parent=parent, whole=whole)
    apart = _apart(release, shown, cited_ids(marks))
    if apart or isinstance(result, analysis.Refusal):
        return _refused(marks, (*apart, *(result.reasons if isinstance(result, analysis.Refusal) else ())))
    remark = _("not of the chosen kind and time: it has none") if is_other else ""
    return _answer(result, view, by_value=sort == "value", whole=whole, remark=remark)


@cached_query
def peers_in_words(release: Release, code: str) -> Answer:
    """The comparison of a group of peers."""
    marks = next(group.marks for group in compared.peers(release) if group.code == code)
    result = analysis.side_by_side(marks, cautions=cautions_on(release, cited_ids(marks)))
    return _refused(marks, result.reasons) if isinstance(result, analysis.Refusal) else _answer(result, "value")


def _answer(
    result: analysis.Comparison, view: str, *, by_value: bool = True, whole: Mark | None = None, remark: str = ""
) -> Answer:
    placed = analysis.arranged(result, by_value=by_value)
    note = _("; ").join(filter(None, [remark, wording.compared_note(placed, result, view, whole=whole)]))
    return Answer(wording.compared_title(placed, result, view), wording.labelled_marks(placed, result), note)


def _compared(
    release: Release, marks: Sequence[ComparedMark], view: str, *, parent: str, whole: ComparedMark | None
) -> analysis.Comparison | analysis.Refusal:
    told = cautions_on(release, cited_ids([*marks, whole] if whole and view == "share" else marks))
    if view == "share":
        computed = compared.shares_computed(release, {parent, *(mark.place for mark in marks)})
        return shares(marks, total=whole, checks=checks(release), cautions=told, computed=computed)
    if view == "per_head":
        years = [year for mark in marks if mark.value is not None and (year := analysis.year_of(mark))]
        people = compared.populations(release, parent, max(years, default=None))
        of_all = next((mark for mark in people if mark.place == parent), None)
        of_parts = [mark for mark in people if mark.place != parent]
        return per_head(marks, populations=of_parts, whole=of_all, cautions=told)
    return analysis.side_by_side(marks, cautions=told)


def _apart(release: Release, shown: Sequence[str], ids: Sequence[str]) -> tuple[analysis.Reason, ...]:
    """The cautions in which numbers already shown meet these."""
    alone = {caution.caution for part in (shown, ids) for caution in cautions_on(release, part)}
    return tuple(
        analysis.Reason("caution", (caution.name, caution.reason))
        for caution in cautions_on(release, [*shown, *ids])
        if caution.kind in analysis.APART and caution.caution not in alone
    )


def _refused(marks: Sequence[ComparedMark], reasons: Sequence[analysis.Reason]) -> Answer:
    title = wording.series_title(marks[0]) if marks else ""
    told = tuple(map(wording.reason_text, reasons))
    return Answer(title, worded(marks, place_label), "", told, any(reason.rule in GAPS for reason in reasons))


FEW, MANY = 12, 100
"""Rows of a standard's table: where all standards stand on the screen, and where one was chosen."""


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """A number that could be held against a standard, what came of it, and why it is not judged."""

    number: ComparedMark
    judgement: analysis.Judgement
    why: str


@dataclass(frozen=True, slots=True)
class JudgedNumbers:
    """The numbers that could be held against one standard, whose own number is ``floor``; what misses it first."""

    standard: Standard
    floor: Number
    numbers: tuple[JudgedNumber, ...]


def show_judgements() -> bool:
    """Every standard that some number could be held against, or the one that is chosen; False where there is none."""
    every = {found.floor.number_id: found for found in judgements(this_screen().release)}
    names = {code: f"{found.standard.scope_name} · {found.standard.name}" for code, found in every.items()}
    chosen = choose_one("standard", _("Standard"), {"": _("all"), **names}) if len(names) > 1 else ""
    for code in [chosen] if chosen else names:
        _show_standard(code, every[code], MANY if chosen else FEW)
    return bool(every)


@shown_once
def _show_standard(code: str, found: JudgedNumbers, most: int) -> None:
    shown = found.numbers[:most]
    with st.container(key=f"line_standard_{code}", border=True):
        escaped.markdown(markup("#### {}", wording.standard_title(found.standard, found.floor)))
        escaped.markdown(wording.tally_text([row.judgement for row in found.numbers]))
        escaped.markdown(joined("\n", (_line(row, found.floor) for row in shown)))
        if len(shown) < (count := len(found.numbers)):
            escaped.caption(_("The first {shown} of {count} rows.").format(shown=len(shown), count=count))
        cited = checked_citations(code, [found.floor, *(row.number for row in shown)], this_screen().release)
        escaped.caption(source_line(cited))
        escaped.markdown(source_link([code]))


def _line(row: JudgedNumber, floor: Number) -> Markdown:
    source = source_link([row.number.number_id])
    text, word = wording.judgement_text(row.number, floor, row.why), wording.judgement_words()[row.judgement]
    return markup("- :{}-badge[{}] {} {}", wording.judgement_colour(row.judgement), word, text, source)


@cached_query
def judgements(release: Release) -> tuple[JudgedNumbers, ...]:
    """The numbers that could be held against each published standard, by standard."""
    found: dict[str, tuple[Standard, Number, list[JudgedNumber]]] = {}
    for standard, number, within in compared.standard_pairs(release):
        if floor := standard.number:
            about = cautions_on(release, (number.number_id, floor.number_id))
            result = analysis.judged(number, standard, within=within, cautions=about)
            judgement = result if isinstance(result, analysis.Judgement) else analysis.Judgement.NOT_JUDGED
            reasons = () if isinstance(result, analysis.Judgement) else result.reasons
            own = found.setdefault(floor.number_id, (standard, floor, []))
            own[2].append(JudgedNumber(number, judgement, _("; ").join(map(wording.reason_text, reasons))))
    order = list(analysis.Judgement)
    return tuple(
        JudgedNumbers(standard, floor, tuple(sorted(rows, key=lambda row: order.index(row.judgement))))
        for standard, floor, rows in found.values()
    )
