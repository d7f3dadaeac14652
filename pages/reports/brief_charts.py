"""The charts of a briefing: each with what it finds as its title - a sentence that may be said, or the plain name of the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.model import Axis, Mark, Qualifier
from pages.charts.form import finding, note_of, worded_marks
from pages.queries.briefs import PEER_RANK, BriefRows
from pages.queries.chart_specs import ChartSpec
from pages.queries.numbers import cited_ids
from pages.reports.brief import Chart, CitedText
from pages.reports.cited_text import cited_sentence, cited_text, clean
from pages.wording import briefs as told
from pages.wording.sentences import Sentence
from pages.wording.sources import source_line
from pages.wording.titles import named_title


def chart_of(rows: BriefRows, sentences: Sequence[Sentence], chart: ChartSpec, marks: Sequence[Mark]) -> Chart:
    """One chart with its finding, its note, its sources; a caution whose words hold numbers nobody can check is only pointed to."""
    shown = worded_marks([_clean(mark) for mark in marks], chart.form)
    care = [name if rows.is_quotable(name) else told.CARE_ELSEWHERE for name in rows.cautions(marks)]
    note = "；".join(dict.fromkeys([note_of(shown, chart.form), *care]))
    title = _title(rows, sentences, chart, shown)
    return Chart(
        chart.chart,
        title,
        chart.form,
        shown,
        clean(note),
        clean(source_line(rows.cited(cited_ids(marks)))),
    )


def _clean(mark: Mark) -> Mark:
    return replace(
        mark,
        place_name=clean(mark.place_name),
        place_short=clean(mark.place_short),
        breakdown_name=clean(mark.breakdown_name),
        indicator_name=clean(mark.indicator_name),
    )


def _title(rows: BriefRows, sentences: Sequence[Sentence], chart: ChartSpec, marks: Sequence[Mark]) -> CitedText:
    shown = [mark for mark in marks if mark.part == "shown" and mark.value is not None]
    plain = cited_text(named_title(chart.title, marks, rows.place_name))
    if Axis.of(chart.form) is not Axis.PLACE:
        found = finding(marks, chart.form, chart.title)
        text = named_title(found, marks, rows.place_name)
        is_found = found != chart.title and rows.is_quotable(text)
        return cited_text(text, [mark for mark in marks if mark.value is not None]) if is_found else plain
    if chart.chart.startswith(PEER_RANK):
        own = [mark for mark in shown if mark.place == rows.place]
        return (_shortest(sentences, own[0]) if own else None) or plain
    whole = next((mark for mark in marks if mark.part == "beside" and mark.number_id), None)
    return _leading(sentences, shown) or (_shortest(sentences, whole) if whole else None) or plain


def _leading(sentences: Sequence[Sentence], shown: Sequence[Mark]) -> CitedText | None:
    """A sentence that tells several of the places; else the first of them, where one is first and every number is exact."""
    ids = {mark.number_id for mark in shown}
    several = [each for each in sentences if each.kind == "fact" and len(ids & set(each.number_ids)) > 1]
    if several:
        return _as_title(several[0])
    top = max(shown, key=lambda mark: mark.amount)
    is_first = [mark.value for mark in shown].count(top.value) == 1 and all(
        mark.qualifier == Qualifier.EXACT for mark in shown
    )
    alone = [each for each in sentences if each.number_ids == (top.number_id,) and each.kind == "fact"]
    return _as_title(alone[0], told.FIRST_OF_PLACES) if alone and is_first else None


def _shortest(sentences: Sequence[Sentence], mark: Mark) -> CitedText | None:
    fitting = [each for each in sentences if mark.number_id in each.number_ids and each.kind in ("fact", "derived")]
    return _as_title(min(fitting, key=lambda each: (len(each.number_ids), len(each.text)))) if fitting else None


def _as_title(each: Sentence, more: str = "") -> CitedText:
    made = cited_sentence(each)
    return CitedText(made.text.removesuffix("。") + more, made.number_ids, made.observation_ids)
