"""The tables of a briefing: headline numbers, what is behind, what is not published, and the 督办 list.

Nothing is computed here but one share, done of due, which is marked 推算.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from etl.model import Absence, Card, Measure, Number, Qualifier, State
from pages.queries.briefs import BriefRows
from pages.queries.numbers import LEAST, cited_ids
from pages.queries.plans import BEHIND, TARGET, PlanVariance
from pages.reports.brief import CitedText, Table, cited_text, clean, sources_of
from pages.wording import briefs as told
from pages.wording.dates import day_text, period_text, time_text
from pages.wording.marks import mark_text
from pages.wording.numbers import number_text, per_cent_text
from pages.wording.sentences import missing_name
from pages.wording.states import state_word

BESIDE = 2
DASH = CitedText("—")


def cards_table(rows: BriefRows, by_id: Mapping[str, Number]) -> tuple[Table, ...]:
    """One row a headline card, a number with several versions with all of them in its cell; no table without a card."""
    made, told_numbers = [], list[Number]()
    for card in rows.cards:
        if card.shown:
            others = [number for number in card.compared_with if not number.derived][:BESIDE]
            made.append(_card(card, others, _rate(rows, card.shown[0], by_id)))
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


def _rate(rows: BriefRows, shown: Number, by_id: Mapping[str, Number]) -> Number | None:
    """The per cent of the plan or target: the published one where there is one, else the computed one."""
    return by_id.get(rows.rates.get(shown.number_id, "")) or _share(shown, by_id)


def _share(shown: Number, by_id: Mapping[str, Number]) -> Number | None:
    """The per cent of the target of the same place and time that the release itself computed."""
    if shown.measure != Measure.ACTUAL:
        return None
    for number in by_id.values():
        if number.derived and number.unit == "%" and number.place == shown.place:
            others = [by_id.get(each) for each in number.observation_ids if each != shown.number_id]
            is_of_shown = len(others) == 1 == len(number.observation_ids) - 1
            if is_of_shown and others[0] and _is_target(others[0], shown):
                return number
    return None


def _is_target(number: Number, shown: Number) -> bool:
    same = attrgetter("indicator", "place", "period")
    return number.measure in (Measure.TARGET, Measure.PLAN) and bool(same(number) == same(shown))


def behind_of(rows: BriefRows) -> list[PlanVariance]:
    """What is behind, the widest gap first."""
    return [found for found in rows.lagging if found.rule == BEHIND]


def lagging_table(rows: BriefRows, most: int) -> tuple[Table, ...]:
    """What is behind, with who answers for it; no table when nothing is."""
    behind = behind_of(rows)[:most]
    if not behind:
        return ()
    made = tuple(
        (
            cited_text(found.number.place_name),
            cited_text(found.responsible_name or told.NOBODY),
            cited_text(found.number.indicator_name),
            *_against(found),
            cited_text(time_text(found.number)),
        )
        for found in behind
    )
    ids = {each for found in behind for each in found.number.observation_ids}
    return (Table(told.LAGGING_TITLE, told.LAGGING, made, (2, 3, 3, 2.2, 1.6, 1.9, 2.6), "", sources_of(rows, ids)),)


def against_said(found: PlanVariance) -> CitedText:
    """The words behind a number that is behind or over: what was due and the share of it, with the ids these rest on."""
    due, _done, share = _against(found)
    word = told.TARGET if found.against == TARGET else told.NODE
    text = told.against_text(word, due.text.removeprefix(word), per_cent_text(found.share_pct))
    return CitedText(text, due.number_ids, share.observation_ids)


def _against(found: PlanVariance) -> tuple[CitedText, CitedText, CitedText]:
    """What was due, what is done, the share of it."""
    number, held = found.number, (found.against_id,) if found.against == TARGET else ()
    exact = replace(number, value=found.planned, value_high=None, step=None, qualifier=Qualifier.EXACT)
    return (
        CitedText(
            f"{told.TARGET if held else told.NODE}{number_text(exact)}", (found.against_id,), held, value=found.planned
        ),
        CitedText(clean(mark_text(number)), (number.number_id,), number.observation_ids, value=number.value),
        CitedText(
            f"{per_cent_text(found.share_pct)}（推算）",
            (number.number_id, found.against_id),
            (*number.observation_ids, *held),
            value=found.share_pct,
        ),
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
    made = tuple(
        (
            cited_text(missing_name(gap)),
            cited_text(gap.place_name),
            cited_text(_when_missing(gap)),
            cited_text(state_word(gap.state)),
        )
        for gap in missing[:most]
    )
    rest = told.REST if len(missing) > most else ""
    return (Table(told.ABSENT_TITLE, told.ABSENT, made, (4, 5, 3, 1.6), "", rest),)


def task_table(rows: BriefRows) -> Table | None:
    """The task list by responsible organisation: what is behind, contested or not published, all of it; None when there is nothing."""
    days = [number.as_of or number.period_end for number in rows.numbers if not number.derived]
    day = _next_return(max(filter(None, days), default=None), rows.return_day)
    due = CitedText(day_text(day), value=day)
    made = [*_behind_tasks(rows, due), *_conflict_tasks(rows, due), *_missing_tasks(rows, due)]
    made.sort(key=lambda row: (row[0].text, row[2].text))
    numbered = tuple((CitedText(str(at), value=Decimal(at)), *row) for at, row in enumerate(made, 1))
    return Table(told.TASKS_TITLE, told.TASKS, numbered, (1, 3, 3, 2, 4, 3, 2, 2, 2, 3, 2, 4)) if numbered else None


def _behind_tasks(rows: BriefRows, due: CitedText) -> list[tuple[CitedText, ...]]:
    return [
        (
            cited_text(found.responsible_name or told.NOBODY),
            cited_text(found.lead_name or told.NOBODY),
            CitedText(told.RULES["behind"]),
            cited_text(found.number.indicator_name),
            cited_text(found.number.place_name),
            *_against(found),
            cited_text(time_text(found.number)),
            due,
            cited_text(f"{found.number.number_id};{found.against_id}"),
        )
        for found in behind_of(rows)
    ]


def _conflict_tasks(rows: BriefRows, due: CitedText) -> list[tuple[CitedText, ...]]:
    made: list[tuple[CitedText, ...]] = []
    by_id = {number.number_id: number for number in rows.numbers}
    for conflict in rows.conflicts:
        own = [by_id[each] for each in conflict.number_ids]
        lead = cited_text(rows.leads.get(own[0].project) or told.NOBODY)
        versions = cited_text("；".join(f"{number.indicator_name}{mark_text(number)}" for number in own), own)
        ids = cited_text(";".join(conflict.number_ids))
        place, when = cited_text(own[0].place_name), cited_text(time_text(own[0]))
        made.append((lead, lead, CitedText(told.RULES["conflict"]), versions, place, DASH, DASH, DASH, when, due, ids))
    return made


def _missing_tasks(rows: BriefRows, due: CitedText) -> list[tuple[CitedText, ...]]:
    made: list[tuple[CitedText, ...]] = []
    for absence in rows.absences:
        if absence.state == State.NOT_PUBLISHED:
            lead, state = (
                cited_text(rows.leads.get(absence.project) or told.NOBODY),
                cited_text(state_word(absence.state)),
            )
            what, place, when = (
                cited_text(missing_name(absence)),
                cited_text(absence.place_name),
                cited_text(_when_missing(absence)),
            )
            made.append((lead, lead, state, what, place, DASH, state, DASH, when, due, DASH))
    return made


def _when_missing(absence: Absence) -> str:
    return period_text(absence.period_start, absence.period_end) or "—"


def _next_return(day: dt.date | None, return_day: int) -> dt.date | None:
    """The next day on which the units report, after ``day``."""
    if day is None:
        return None
    month = day if day.day < return_day else day.replace(day=1) + dt.timedelta(days=32)
    return month.replace(day=return_day)
