"""The charts of a briefing: each with what it finds as its title - a sentence that may be said, or the plain name of the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.model import Axis, Mark, Number, Qualifier, QuotableSentence
from pages.charts.form import finding, note_of, worded_marks
from pages.queries.briefs import PEER_RANK, BriefRows
from pages.queries.chart_specs import ChartSpec
from pages.queries.numbers import cited_ids
from pages.reports.brief import Chart, CitedText, cited_sentence, cited_text, clean
from pages.wording import briefs as told
from pages.wording.sentences import sentence_text
from pages.wording.sources import source_line
from pages.wording.titles import named_title


def chart_of(rows: BriefRows, sentences: Sequence[QuotableSentence], chart: ChartSpec, marks: Sequence[Mark]) -> Chart:
    """One chart with its finding, its note, its sources; a caution whose words hold numbers nobody can check is only pointed to."""
    printable = [
        replace(
            mark,
            place_name=clean(mark.place_name),
            place_short=clean(mark.place_short),
            breakdown_name=clean(mark.breakdown_name),
            indicator_name=clean(mark.indicator_name),
        )
        for mark in marks
    ]
    worded = worded_marks(printable, chart.form)
    care = [name if rows.is_quotable(name) else told.CARE_ELSEWHERE for name in rows.cautions(marks)]
    note = "；".join(dict.fromkeys([note_of(worded, chart.form), *care]))
    source = clean(source_line(rows.cited(cited_ids(marks))))
    return Chart(chart.chart, _title(rows, sentences, chart, worded), chart.form, worded, clean(note), source)


def _title(
    rows: BriefRows, sentences: Sequence[QuotableSentence], chart: ChartSpec, marks: Sequence[Mark]
) -> CitedText:
    valued = [mark for mark in marks if mark.value is not None]
    shown = [mark for mark in valued if mark.part == "shown"]
    plain = cited_text(named_title(chart.title, marks, rows.place_name))
    if Axis.of(chart.form) is not Axis.PLACE:
        found = finding(marks, chart.form, chart.title)
        text = named_title(found, marks, rows.place_name)
        return cited_text(text, valued) if found != chart.title and rows.is_quotable(text) else plain
    if chart.chart.startswith(PEER_RANK):
        own = next((mark for mark in shown if mark.place == rows.place), None)
        return _shortest(sentences, own) or plain
    whole = next((mark for mark in marks if mark.part == "beside" and mark.number_id), None)
    return _leading(sentences, shown) or _shortest(sentences, whole) or plain


def _leading(sentences: Sequence[QuotableSentence], shown: Sequence[Mark]) -> CitedText | None:
    """A sentence that tells several of the places; else the first of them, where one is first and every number is exact."""
    ids = {mark.number_id for mark in shown}
    several = (each for each in sentences if each.kind == "fact" and len(ids.intersection(each.number_ids)) > 1)
    if leading := next(several, None):
        return _as_title(leading)
    top = max(mark.value for mark in shown if mark.value is not None)
    first = [mark.number_id for mark in shown if mark.value == top]
    is_exact = all(mark.qualifier == Qualifier.EXACT for mark in shown)
    alone = (each for each in sentences if each.number_ids == (first[0],) and each.kind == "fact")
    told_alone = next(alone, None) if len(first) == 1 and is_exact else None
    return _as_title(told_alone, told.FIRST_OF_PLACES) if told_alone else None


def _shortest(sentences: Sequence[QuotableSentence], number: Number | None) -> CitedText | None:
    kinds = ("fact", "derived")
    fitting = [each for each in sentences if number and number.number_id in each.number_ids and each.kind in kinds]
    shortest = min(fitting, key=lambda each: (len(each.number_ids), len(sentence_text(each).text)), default=None)
    return _as_title(shortest) if shortest else None


def _as_title(each: QuotableSentence, more: str = "") -> CitedText:
    made = cited_sentence(each)
    return CitedText(made.text.removesuffix("。") + more, made.number_ids, made.observation_ids)
