"""The tables of a briefing: headline numbers, what is behind, what is not published, and the 督办 list; and its charts, each with what
it finds as its title - a sentence that may be said, or the plain name of the chart.
Nothing is computed here but one share, done of due, which is marked 推算."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from etl.model import Absence, Axis, Card, Mark, Measure, Number, Qualifier, QuotableSentence, State
from pages.charts.form import finding, note_of, worded_marks
from pages.queries.briefs import PEER_RANK, BriefRows
from pages.queries.chart_specs import ChartSpec
from pages.queries.numbers import LEAST, cited_ids
from pages.queries.plans import BEHIND, TARGET, PlanVariance
from pages.reports.brief import Chart, CitedText, Table, cited_sentence, cited_text, clean, sources_of
from pages.wording import briefs as told
from pages.wording.dates import day_text, period_text, time_text
from pages.wording.marks import mark_text
from pages.wording.numbers import number_text, per_cent_text
from pages.wording.sentences import missing_name, sentence_text
from pages.wording.sources import source_line
from pages.wording.states import state_word
from pages.wording.titles import named_title

BESIDE = 2
DASH = CitedText("—")


def cards_table(rows: BriefRows, by_id: Mapping[str, Number]) -> tuple[Table, ...]:
    """One row a headline card, a number with several versions with all of them in its cell; no table without a card."""
    made, told_numbers = [], list[Number]()
    for card in rows.cards:
        if card.shown:
            others = [number for number in card.compared_with if not number.derived][:BESIDE]
            published_rate = by_id.get(rows.rates.get(card.shown[0].number_id, ""))
            made.append(_card(card, others, published_rate or _share(card.shown[0], by_id)))
            told_numbers += [*card.shown, *others]
    if not made:
        return ()
    source = sources_of(rows, cited_ids(told_numbers))
    return (Table(told.CARDS_TITLE, told.CARDS, tuple(made), (3.2, 2.2, 3, 1.8, 2.6), "", source),)


def _card(card: Card, beside: Sequence[Number], share: Number | None) -> tuple[CitedText, ...]:
    when = time_text(card.shown[0])
    others = [f"{'' if time_text(number) == when else time_text(number)}{mark_text(number)}" for number in beside]
    apart = told.APART if card.shown[0].conflict else ""
    return (
        cited_text(card.title),
        cited_text(f"{'／'.join(map(mark_text, card.shown))}{apart}", card.shown),
        cited_text("；".join(others), beside) if others else DASH,
        cited_text(number_text(share), [share]) if share else DASH,
        cited_text(when),
    )


def _share(shown: Number, by_id: Mapping[str, Number]) -> Number | None:
    """The per cent of the target of the same place and time that the release itself computed."""
    if shown.measure != Measure.ACTUAL:
        return None
    same, planned = attrgetter("indicator", "place", "period"), (Measure.TARGET, Measure.PLAN)
    for number in by_id.values():
        if number.derived and number.unit == "%" and number.place == shown.place:
            others = [by_id.get(each) for each in number.observation_ids if each != shown.number_id]
            target = others[0] if len(others) == 1 == len(number.observation_ids) - 1 else None
            if target and target.measure in planned and same(target) == same(shown):
                return number
    return None


def behind_of(rows: BriefRows) -> list[PlanVariance]:
    """What is behind, the widest gap first."""
    return [found for found in rows.lagging if found.rule == BEHIND]


def lagging_table(rows: BriefRows, most: int) -> tuple[Table, ...]:
    """What is behind, with who answers for it; no table when nothing is."""
    behind = behind_of(rows)[:most]
    if not behind:
        return ()
    made = []
    for found in behind:
        names = (found.number.place_name, found.responsible_name or told.NOBODY, found.number.indicator_name)
        made.append((*map(cited_text, names), *_against(found), cited_text(time_text(found.number))))
    ids = {each for found in behind for each in found.number.observation_ids}
    widths = (2, 3, 3, 2.2, 1.6, 1.9, 2.6)
    return (Table(told.LAGGING_TITLE, told.LAGGING, tuple(made), widths, "", sources_of(rows, ids)),)


def against_said(found: PlanVariance) -> CitedText:
    """The words behind a number that is behind or over: what was due and the share of it, with the ids these rest on."""
    due, _done, share = _against(found)
    word = told.TARGET if found.against == TARGET else told.NODE
    text = told.AGAINST.format(word=word, due=due.text.removeprefix(word), share=per_cent_text(found.share_pct))
    return CitedText(text, due.number_ids, share.observation_ids)


def _against(found: PlanVariance) -> tuple[CitedText, CitedText, CitedText]:
    """What was due, what is done, the share of it."""
    number, held = found.number, (found.against_id,) if found.against == TARGET else ()
    exact = replace(number, value=found.planned, value_high=None, step=None, qualifier=Qualifier.EXACT)
    due = f"{told.TARGET if held else told.NODE}{number_text(exact)}"
    share = f"{per_cent_text(found.share_pct)}（推算）"
    ids, observations = (number.number_id, found.against_id), number.observation_ids
    return (
        CitedText(due, ids[1:], held, value=found.planned),
        CitedText(clean(mark_text(number)), ids[:1], observations, value=number.value),
        CitedText(share, ids, (*observations, *held), value=found.share_pct),
    )


def missing_weight(rows: BriefRows, absence: Absence) -> tuple[bool, int, bool, bool, int]:
    """What gaps are sorted by: those of the place itself first, what matters, results before plans, whole numbers, the newest."""
    priority = rows.priority.get(absence.indicator, LEAST)
    end = absence.period_end or dt.date.min
    is_intended = absence.measure not in (None, Measure.ACTUAL)
    return rows.place not in absence.places, priority, is_intended, bool(absence.breakdown), -end.toordinal()


def absent_table(rows: BriefRows, most: int) -> tuple[Table, ...]:
    """What is expected and not there, with its state; it says when it is not all of it.  What is known not to be planned comes first."""
    missing = sorted(rows.absences, key=lambda each: (each.state != State.NOT_IN_PLAN, *missing_weight(rows, each)))
    if not missing:
        return ()
    cells = ((missing_name(gap), gap.place_name, _when_missing(gap), state_word(gap.state)) for gap in missing[:most])
    made = tuple(tuple(map(cited_text, row)) for row in cells)
    rest = told.REST if len(missing) > most else ""
    return (Table(told.ABSENT_TITLE, told.ABSENT, made, (4, 5, 3, 1.6), "", rest),)


def task_table(rows: BriefRows) -> Table | None:
    """The task list by responsible organisation: what is behind, contested or not published, all of it; None when there is nothing."""
    days = [number.as_of or number.period_end for number in rows.numbers if not number.derived]
    day = max(filter(None, days), default=None)
    if day:  # the next day on which the units report
        month = day if day.day < rows.return_day else day.replace(day=1) + dt.timedelta(days=32)
        day = month.replace(day=rows.return_day)
    due = CitedText(day_text(day), value=day)
    made = sorted(_tasks(rows, due), key=lambda row: (row[0].text, row[2].text))
    numbered = tuple((CitedText(str(at), value=Decimal(at)), *row) for at, row in enumerate(made, 1))
    return Table(told.TASKS_TITLE, told.TASKS, numbered, (1, 3, 3, 2, 4, 3, 2, 2, 2, 3, 2, 4)) if numbered else None


def _tasks(rows: BriefRows, due: CitedText) -> Iterator[tuple[CitedText, ...]]:
    """What is behind, contested or not published, and who answers for it."""
    for found in behind_of(rows):
        number, leads = found.number, (found.responsible_name or told.NOBODY, found.lead_name or told.NOBODY)
        texts = (*leads, told.RULES["behind"], number.indicator_name, number.place_name)
        ids = cited_text(f"{number.number_id};{found.against_id}")
        yield *map(cited_text, texts), *_against(found), cited_text(time_text(number)), due, ids
    by_id = {number.number_id: number for number in rows.numbers}
    for conflict in rows.conflicts:
        own = [by_id[each] for each in conflict.number_ids]
        lead = cited_text(rows.leads.get(own[0].project) or told.NOBODY)
        versions = cited_text("；".join(f"{number.indicator_name}{mark_text(number)}" for number in own), own)
        ids = cited_text(";".join(conflict.number_ids))
        place, when = cited_text(own[0].place_name), cited_text(time_text(own[0]))
        yield lead, lead, CitedText(told.RULES["conflict"]), versions, place, DASH, DASH, DASH, when, due, ids
    for absence in rows.absences:
        if absence.state == State.NOT_PUBLISHED:
            names = (rows.leads.get(absence.project) or told.NOBODY, state_word(absence.state), missing_name(absence))
            lead, state, what = map(cited_text, names)
            place, when = cited_text(absence.place_name), cited_text(_when_missing(absence))
            yield lead, lead, state, what, place, DASH, state, DASH, when, due, DASH


def _when_missing(absence: Absence) -> str:
    return period_text(absence.period_start, absence.period_end) or "—"


def chart_of(rows: BriefRows, sentences: Sequence[QuotableSentence], chart: ChartSpec, marks: Sequence[Mark]) -> Chart:
    """One chart with its finding, its note, its sources; a caution whose words hold numbers nobody can check is only pointed to."""
    printable = []
    for mark in marks:
        named = replace(mark, place_name=clean(mark.place_name), place_short=clean(mark.place_short))
        item, indicator = clean(mark.breakdown_name), clean(mark.indicator_name)
        printable.append(replace(named, breakdown_name=item, indicator_name=indicator))
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
        return _shortest(sentences, next((mark for mark in shown if mark.place == rows.place), None)) or plain
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
