"""The briefing of an audience from its small tables: which sentence stands where, by rules that the briefing itself prints.
Sentences are the press desk's; how much of everything an audience is given stands in the tables below."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from etl.language import CHINESE, in_language
from etl.model import Absence, Measure, Number, QuotableSentence, State
from pages.charts.form import form_of
from pages.queries.briefs import DISTRICT, LEADER, NEXT_STEP, PLANNER, PRESS, PROBLEM, BriefRows
from pages.queries.numbers import LEAST, cited_ids
from pages.queries.plans import BEHIND, OPEN, TARGET, UNDER_WAY, PlanVariance
from pages.reports import brief_tables
from pages.reports.brief import Brief, CitedText, Section, Source, Table, cited_sentence, clean
from pages.wording import briefs as told
from pages.wording.dates import day_text
from pages.wording.sentences import missing_name, missing_where, period_text
from pages.wording.sources import source_text

PER_PROJECT = {LEADER: 1, PRESS: 5, PLANNER: 2, DISTRICT: 3}
SENTENCES = {LEADER: 4, PRESS: 24, PLANNER: 10, DISTRICT: 16}
OVER = {LEADER: 1, PRESS: 6, PLANNER: 3, DISTRICT: 3}
MOST_CHARTS = {LEADER: 2, PRESS: 4, PLANNER: 6, DISTRICT: 4}
CONFLICTS = {LEADER: 2, PRESS: 12, PLANNER: 6, DISTRICT: 5}
MISSING = {LEADER: 2, PRESS: 3, PLANNER: 3, DISTRICT: 3}
TOLD = {LEADER: 2, PRESS: 6, PLANNER: 4, DISTRICT: 6}
STEPS = {LEADER: 2, PRESS: 6, PLANNER: 6, DISTRICT: 3}
ROWS = {LEADER: 4, PRESS: 12, PLANNER: 12, DISTRICT: 8}
"""How much an audience is given; the task list of the workbook has all of it."""


@in_language(CHINESE)
def compose_brief(rows: BriefRows) -> Brief:
    """The briefing: four sections, a source for every number, the rules of choice, the task list."""
    composer = BriefComposer(rows)
    sections = (composer.overall(), composer.progress(), composer.problems(), composer.steps())
    tasks = brief_tables.task_table(rows)
    ids = _observations(sections, tasks)
    cited = rows.cited(ids)
    used = [number for number in rows.numbers if not set(ids).isdisjoint(number.observation_ids)]
    latest = max(filter(None, (number.as_of or number.period_end for number in used)), default=None)
    as_of = f"数据截至{day_text(latest)}" if latest else told.NO_DAY
    scope = told.scope_line(rows.place_name, rows.asked.period, day_text(rows.asked.day))
    return Brief(
        audience=rows.asked.audience,
        title=clean(told.TITLES[rows.asked.audience].format(place=rows.place_name)),
        city=clean(rows.city),
        as_of=as_of,
        day=max((each.published_on for each in cited if each.published_on), default=None),
        release_id=rows.release_id,
        synthetic=rows.synthetic,
        about=(as_of, clean(scope), f"发布批次：{rows.release_id}"),
        sections=sections,
        sources=tuple(
            Source(at, each.source, clean(source_text(each)), each.observation_ids) for at, each in enumerate(cited, 1)
        ),
        rules=_rules_told(sections),
        tasks=tasks,
    )  # fmt: skip


class BriefComposer:
    """One briefing being written: every sentence is said once."""

    def __init__(self, rows: BriefRows) -> None:
        self.rows, self.audience = rows, rows.asked.audience
        self.by_id = {number.number_id: number for number in rows.numbers}
        self.telling: dict[str, list[QuotableSentence]] = defaultdict(list)
        for each in rows.said:
            for number in each.number_ids:
                self.telling[number].append(each)
        over = [found for found in rows.lagging if found.rule != BEHIND]
        over.sort(key=lambda found: found.number.place != rows.place)
        self.over = {found.number.number_id: found for found in over}
        self.told: set[str] = set()

    def overall(self) -> Section:
        """The headline numbers: the first two as sentences, all of them as a table; and the plans that a place has no part in."""
        shown = [number.number_id for card in self.rows.cards for number in card.shown]
        found = [self.text_of(each) for each in dict.fromkeys(shown[:2])]
        found += [self._say(each, State.NOT_IN_PLAN) for each, gap in self._gaps() if self._is_out_of_plan(gap)]
        cards = brief_tables.cards_table(self.rows, self.by_id)
        nothing = () if cards else (CitedText(told.NOTHING),)
        return Section(told.HEADINGS[0], tuple(filter(None, found)) or nothing, cards)

    def progress(self) -> Section:
        """What passed its target first, then the projects in their order; the charts."""
        over = [each for each in self.over if each not in self.told][: OVER[self.audience]]
        found = list(filter(None, map(self.text_of, over)))
        found += self._by_project(SENTENCES[self.audience] - len(found))
        drawable = [each for each in self.rows.charts if form_of(each[0].form).build]
        charts = tuple(
            brief_tables.chart_of(self.rows, self.rows.said, *each) for each in drawable[: MOST_CHARTS[self.audience]]
        )
        is_known = any(number.measure == Measure.ACTUAL for number in self.rows.numbers)
        nothing = CitedText(told.NO_MORE if is_known else told.NO_PROGRESS)
        return Section(told.HEADINGS[1], tuple(found) or (nothing,), (), charts)

    def problems(self) -> Section:
        """What was published as a problem, what is behind, what is contested; what is not published comes last."""
        found = self._published(PROBLEM)
        worst = brief_tables.behind_of(self.rows)[:1]
        found += filter(None, (self.text_of(each.number.number_id, behind=each) for each in worst))
        contested = [each for each in self.rows.said if each.kind == "conflict"]
        found += [self._say(each, "conflict") for each in contested[: CONFLICTS[self.audience]]]
        found += [self._say(each, gap.state) for each, gap in self._absences()[: MISSING[self.audience]]]
        most = ROWS[self.audience]
        absent = () if self.audience == LEADER else brief_tables.absent_table(self.rows, most)
        tables = (*brief_tables.lagging_table(self.rows, most), *absent)
        return Section(told.HEADINGS[2], tuple(found) or (CitedText(told.NO_PROBLEM),), tables)

    def steps(self) -> Section:
        """Published next steps, plans without a result and those under way, and what the organisations are asked for."""
        most, found = STEPS[self.audience], self._published(NEXT_STEP)
        facts = [each for each in self.rows.said if each.kind == "fact" and not each.is_conflict]
        plans = [
            (each, state)
            for each, state in zip(facts, map(self._plan_state, facts), strict=True)
            if state == OPEN or (state == UNDER_WAY and not set(each.number_ids) <= self.told)
        ]
        plans.sort(key=lambda plan: (-self._period_end(plan[0]), *self._weight(plan[0])))
        found += [self._say(each, state) for each, state in plans[:most]]
        asked = [CitedText(clean(text), rule=told.RULES["request"]) for text in self._requests()[:most]]
        return Section(told.HEADINGS[3], (*found, *asked) or (CitedText(told.NO_STEP),))

    def text_of(self, number_id: str, behind: PlanVariance | None = None) -> CitedText | None:
        """The sentence that tells this number and, where it is held against a target or a node, that too; None where it has been told already, unless it is behind."""
        against = behind or self.over.get(number_id)
        target = against.against_id if against and against.against == TARGET else ""
        fitting = [each for each in self.telling[number_id] if each.kind in ("fact", "conflict")]
        both = [each for each in fitting if target in each.number_ids]
        alone = [each for each in fitting if target not in each.number_ids]
        for each in ((alone if behind else both) or fitting)[:1]:
            if behind or not set(each.number_ids) <= self.told:
                self.told |= set(each.number_ids)
                made = self._say(each, against.rule if against else "conflict" if each.is_conflict else "")
                return (
                    _with_more(made, brief_tables.against_said(against)) if against and (behind or not both) else made
                )
        return None

    def _say(self, each: QuotableSentence, rule: str = "") -> CitedText:
        return replace(cited_sentence(each, rule), priority=self._priority(each))

    def _published(self, attribute: str) -> list[CitedText]:
        """The problems or next steps that documents state themselves, each text once."""
        said = {
            each.text: told.STATEMENT.format(subject=each.subject_name, text=each.text, source=source_text(source))
            for each, source in reversed(self.rows.told)
            if each.attribute == attribute
        }
        texts = list(reversed(said.values()))[: TOLD[self.audience]]
        return [CitedText(clean(text), rule=told.RULES[attribute]) for text in texts]

    def _by_project(self, most: int) -> list[CitedText]:
        """Sentences of what is done, by project: of each the first few.  A place's own come before those of what lies in it, and
        while there is room none of them is left out, but of a series within one year the last number alone is told."""
        groups: dict[str, list[QuotableSentence]] = defaultdict(list)
        passed = {each.sentence for each in self._passed()}
        facts = [each for each in self.rows.said if each.kind == "fact" and not each.is_conflict]
        for each in facts:
            is_done = any(number.measure == Measure.ACTUAL for number in self._numbers(each))
            if is_done and each.sentence not in passed:
                groups[each.project].append(each)
        is_place, cap = bool(self.rows.asked.place), PER_PROJECT[self.audience]
        offered = [
            (self._is_elsewhere(each), self._is_trivial(each), at >= cap, self._priority(each), order, at, each)
            for order, own in enumerate(groups.values())
            for at, each in enumerate(
                sorted((each for each in own if not set(each.number_ids) <= self.told), key=self._weight)
            )
            if is_place or at < cap
        ]
        ranked = sorted(offered, key=lambda one: one[:-1] if is_place else one[1:-1])[:most]
        found = sorted(ranked, key=lambda one: (one[0] and is_place, one[4], one[5]))
        self.told |= {number for one in found for number in one[-1].number_ids}
        return [self._say(one[-1]) for one in found]

    def _passed(self) -> list[QuotableSentence]:
        """General sentences of a number that a later one, or one of a longer time, of the same thing and year has passed: 1月至5月 beside 1月至6月."""
        series: dict[tuple[Hashable, int], list[QuotableSentence]] = defaultdict(list)
        for each in self.rows.said:
            numbers = self._numbers(each) if each.kind == "fact" and each.is_general else []
            if len(numbers) == 1 and _latest(numbers[0]) > dt.date.min:
                series[_thing(numbers[0]), _latest(numbers[0]).year].append(each)
        last = {
            id(max(own, key=lambda each: (_latest(self._numbers(each)[0]), _days(self._numbers(each)[0]))))
            for own in series.values()
        }
        return [each for own in series.values() for each in own if id(each) not in last]

    def _priority(self, each: QuotableSentence) -> int:
        told_of: Sequence[Number | Absence] = self._numbers(each) or [said for slot in each.slots for said in slot]
        return min(self.rows.priority.get(said.indicator, LEAST) for said in told_of)

    def _is_trivial(self, each: QuotableSentence) -> bool:
        """Whether nobody said that it matters: no priority, or one part of a number that nobody wrote a sentence for."""
        is_part = each.is_general and any(number.breakdown for number in self._numbers(each))
        return is_part or self._priority(each) == LEAST

    def _is_elsewhere(self, each: QuotableSentence) -> bool:
        """Whether no number of it is of the place itself, but of one that lies in it."""
        return not any(number.place == self.rows.place for number in self._numbers(each))

    def _weight(self, each: QuotableSentence) -> tuple[bool, int, bool, bool, int, int, int]:
        """The place itself first, then what matters, what somebody wrote, unbroken numbers, the latest, the longest period."""
        numbers, told_of = self._numbers(each), (self._is_elsewhere(each), self._priority(each), each.is_general)
        longest = max(map(_days, numbers), default=0)
        is_part = any(number.breakdown for number in numbers)
        return *told_of, is_part, -self._period_end(each), -longest, each.position

    def _gaps(self) -> list[tuple[QuotableSentence, Absence]]:
        """The sentences that say what is not there."""
        return [(each, gap) for each in self.rows.said if (gap := each.absence)]

    def _absences(self) -> list[tuple[QuotableSentence, Absence]]:
        """What is not there, 未公布 before other states; then as missing_weight has it."""
        found = [(each, gap) for each, gap in self._gaps() if not self._is_out_of_plan(gap)]
        weight = brief_tables.missing_weight
        found.sort(key=lambda pair: (pair[1].state != State.NOT_PUBLISHED, *weight(self.rows, pair[1])))
        return found

    def _is_out_of_plan(self, gap: Absence) -> bool:
        """Of a briefing about one place, whether it is known to have no part in a plan: that is knowledge, no gap."""
        return bool(self.rows.asked.place) and gap.state == State.NOT_IN_PLAN and self.rows.place in gap.places

    def _plan_state(self, each: QuotableSentence) -> str:
        """OPEN or UNDER_WAY where a sentence speaks of such plans alone, else nothing."""
        states = {self.rows.plans.get(number, "") for number in each.number_ids}
        if not states <= {OPEN, UNDER_WAY}:
            return ""
        return OPEN if states == {OPEN} else UNDER_WAY if states else ""

    def _period_end(self, each: QuotableSentence) -> int:
        return max((_latest(number).toordinal() for number in self._numbers(each)), default=0)

    def _numbers(self, each: QuotableSentence) -> list[Number]:
        """Its numbers that may be used."""
        return [self.by_id[number] for number in each.number_ids if number in self.by_id]

    def _requests(self) -> list[str]:
        leads = self.rows.leads
        contested = {each.name: leads.get(self.by_id[each.number_ids[-1]].project, "") for each in self.rows.conflicts}
        wanted: dict[str, dict[str, None]] = defaultdict(dict)
        for gap in sorted(self.rows.absences, key=lambda gap: brief_tables.missing_weight(self.rows, gap)):
            if gap.state == State.NOT_PUBLISHED:
                when = period_text(gap.period_start, gap.period_end)
                wanted[leads.get(gap.project, "")][f"{missing_where(gap)}{when}{missing_name(gap)}"] = None
        settled = [told.AGREE.format(organisation=lead or told.SOMEBODY, what=name) for name, lead in contested.items()]
        return [*settled, *(told.request_text(lead, list(names)) for lead, names in wanted.items())]


def _with_more(said: CitedText, more: CitedText) -> CitedText:
    """A sentence with more words before its full stop, and the ids those rest on."""
    return replace(
        said, text=f"{said.text.removesuffix('。')}，{more.text}。",
        number_ids=tuple(dict.fromkeys((*said.number_ids, *more.number_ids))),
        observation_ids=tuple(dict.fromkeys((*said.observation_ids, *more.observation_ids))),
    )  # fmt: skip


_thing = attrgetter("indicator", "place", "breakdown", "measure", "variant")


def _latest(number: Number) -> dt.date:
    """The last day a number covers, else the day it stood at."""
    return number.last_day or dt.date.min


def _days(number: Number) -> int:
    start, end = number.period
    return (end - start).days if start and end else 0


def _observations(sections: Iterable[Section], tasks: Table | None) -> list[str]:
    """Every observation that something in the briefing rests on, in order of appearance."""
    found: list[str] = []
    for section in sections:
        found += [each for said in section.paragraphs for each in said.observation_ids]
        found += [each for table in section.tables for each in _cited_by(table)]
        found += [each for chart in section.charts for each in cited_ids(chart.marks)]
    return list(dict.fromkeys([*found, *(_cited_by(tasks) if tasks else ())]))


def _cited_by(table: Table) -> list[str]:
    return [each for row in table.rows for said in row for each in said.observation_ids]


def _rules_told(sections: Iterable[Section]) -> tuple[str, ...]:
    """The rules that chose something, each with what it means."""
    used = {said.rule for section in sections for said in section.paragraphs}
    if any(table.title == told.LAGGING_TITLE for section in sections for table in section.tables):
        used.add(told.RULES["behind"])
    return tuple(text for rule, text in told.RULES_TOLD.items() if told.RULES[rule] in used)
