"""The briefing of an audience from its small tables: which sentence stands where, by rules that the briefing itself prints.

Sentences are the press desk's; how much of everything an audience is given stands in the tables below.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pandas as pd

from pages.queries.briefs import DISTRICT, LEADER, PLANNER, PRESS, BriefRows
from pages.queries.lagging import OVER_TARGET
from pages.reports.brief import Brief, Said, Section, Source, Table
from pages.reports.brief_charts import chart_of
from pages.reports.brief_tables import NOT_PUBLISHED, absent_table, behind_of, cards_table, lagging_table, task_table
from pages.reports.saying import ZH, clean, sentence_said, split
from pages.wording import briefs as told
from pages.wording.dates import day_text
from pages.wording.rows import rows_of
from pages.wording.sentences import Sentence, sentences
from pages.wording.sources import source_text

PER_PROJECT = {LEADER: 1, PRESS: 5, PLANNER: 2, DISTRICT: 3}
SENTENCES = {LEADER: 4, PRESS: 24, PLANNER: 10, DISTRICT: 12}
OVER = {LEADER: 1, PRESS: 6, PLANNER: 3, DISTRICT: 3}
CONFLICTS = {LEADER: 2, PRESS: 12, PLANNER: 6, DISTRICT: 5}
MISSING = {LEADER: 2, PRESS: 3, PLANNER: 3, DISTRICT: 3}
STEPS = {LEADER: 2, PRESS: 6, PLANNER: 6, DISTRICT: 3}
ROWS = {LEADER: 4, PRESS: 12, PLANNER: 12, DISTRICT: 8}
"""How much an audience is given; the task list of the workbook has all of it."""


def composed(rows: BriefRows) -> Brief:
    """The briefing: four sections, a source for every number, the rules of choice, the task list."""
    desk = _Desk(rows)
    sections, tasks = desk.sections(), task_table(rows)
    ids = _observations(sections, tasks)
    cited = rows_of(rows.cited(pd.DataFrame({"observation_ids": [";".join(ids)]})))
    days = [
        row["as_of"] or row["period_end"]
        for row in desk.by_id.values()
        if set(split(row["observation_ids"])) & set(ids)
    ]
    latest = max(filter(None, days), default=None)
    as_of = f"数据截至{day_text(latest, ZH)}" if latest else told.NO_DAY
    scope = told.scope_line(rows.place_name, rows.asked.period, day_text(rows.asked.day, ZH))
    return Brief(
        audience=rows.asked.audience,
        title=clean(told.title_of(rows.asked.audience, rows.place_name)),
        city=clean(rows.city),
        place=clean(rows.place_name),
        period=rows.asked.period,
        as_of=as_of,
        day=max((row["published_on"] for row in cited if row["published_on"]), default=None),
        release_id=rows.release_id,
        synthetic=rows.synthetic,
        about=(as_of, clean(scope), f"发布批次：{rows.release_id}"),
        sections=sections,
        sources=tuple(
            Source(at, row["source"], clean(source_text(row, ZH)), split(row["observation_ids"])) for at, row in enumerate(cited, 1)
        ),
        rules=_rules_told(sections),
        tasks=tasks,
    )  # fmt: skip


class _Desk:
    """One briefing being written: every sentence is said once."""

    def __init__(self, rows: BriefRows) -> None:
        self.rows, self.audience = rows, rows.asked.audience
        self.by_id = {row["number_id"]: row for row in rows_of(rows.numbers)}
        about = {row["sentence"]: row for row in rows_of(rows.said)}
        self.position = {name: row["position"] for name, row in about.items()}
        self.state = {name: str(row["state"]) for name, row in about.items()}
        self.sentences = sentences(rows.said)
        self.telling: dict[str, list[Sentence]] = defaultdict(list)
        for each in self.sentences:
            for number in each.number_ids:
                self.telling[number].append(each)
        over = [row for row in rows_of(rows.lagging) if row["rule"] == OVER_TARGET]
        self.over = {
            row["number_id"]: row["against_id"] for row in sorted(over, key=lambda row: row["place"] != rows.place)
        }
        self.told: set[str] = set()

    def sections(self) -> tuple[Section, ...]:
        return self.overall(), self.progress(), self.problems(), self.steps()

    def overall(self) -> Section:
        """The headline numbers: the first two as sentences, all of them as a table."""
        shown = [row["number_id"] for row in rows_of(self.rows.cards) if row["part"] == "shown"]
        found = [self.said_of(each) for each in dict.fromkeys(shown[:2])]
        cards = cards_table(self.rows, self.by_id)
        return Section(told.HEADINGS[0], _kept(found) or (() if cards else (Said(told.NOTHING),)), cards)

    def progress(self) -> Section:
        """What passed its target first, then the projects in their order; the charts."""
        over = [each for each in self.over if each not in self.told][: OVER[self.audience]]
        found = list(_kept(self.said_of(each) for each in over))
        found += self._by_project(SENTENCES[self.audience] - len(found))
        charts = tuple(chart_of(self.rows, self.sentences, *each) for each in self.rows.charts)
        return Section(told.HEADINGS[1], tuple(found) or (Said(told.NOTHING),), (), charts)

    def problems(self) -> Section:
        """What is behind, what is contested, what is not published."""
        found = list(_kept(self.said_of(row["number_id"], "behind") for row in behind_of(self.rows)[:1]))
        contested = [each for each in self.sentences if each.kind == "conflict"]
        missing = [each for each in self.sentences if each.kind == "absence"]
        missing.sort(key=lambda each: self.state[each.sentence] != NOT_PUBLISHED)
        found += [sentence_said(each, "conflict") for each in contested[: CONFLICTS[self.audience]]]
        found += [sentence_said(each, self.state[each.sentence]) for each in missing[: MISSING[self.audience]]]
        most = ROWS[self.audience]
        absent = () if self.audience == LEADER else absent_table(self.rows, most)
        return Section(
            told.HEADINGS[2], tuple(found) or (Said(told.NO_PROBLEM),), (*lagging_table(self.rows, most), *absent)
        )

    def steps(self) -> Section:
        """Plans without a result, and what the organisations are asked for."""
        most, done = STEPS[self.audience], {_thing(row) for row in self.by_id.values() if row["measure"] == "actual"}
        plans = [
            each
            for each in self.sentences
            if each.kind == "fact" and not each.is_conflict and self._is_open(each, done)
        ]
        plans.sort(
            key=lambda each: (-max(row["period_end"].toordinal() for row in self._rows(each)), *self._weight(each))
        )
        found = [sentence_said(each, "open_plan") for each in plans[:most]]
        asked = [Said(clean(text), rule=told.RULES["request"]) for text in self._requests()[:most]]
        return Section(told.HEADINGS[3], (*found, *asked) or (Said(told.NO_STEP),))

    def said_of(self, number_id: str, rule: str = "") -> Said | None:
        """The sentence that tells this number and, where it passed a target, the target too; None where it has been told already."""
        target = self.over.get(number_id, "")
        fitting = [each for each in self.telling[number_id] if each.kind in ("fact", "conflict")]
        both = [each for each in fitting if target in each.number_ids]
        for each in (both or fitting)[:1]:
            if not set(each.number_ids) <= self.told:
                self.told |= set(each.number_ids)
                return sentence_said(each, rule or ("conflict" if each.is_conflict else OVER_TARGET if target else ""))
        return None

    def _by_project(self, most: int) -> list[Said]:
        groups: dict[str, list[Sentence]] = defaultdict(list)
        for each in self.sentences:
            if (
                each.kind == "fact"
                and not each.is_conflict
                and any(row["measure"] == "actual" for row in self._rows(each))
            ):
                groups[each.project].append(each)
        found: list[Said] = []
        for own in groups.values():
            fresh = [each for each in sorted(own, key=self._weight) if not set(each.number_ids) <= self.told]
            for each in fresh[: PER_PROJECT[self.audience]]:
                self.told |= set(each.number_ids)
                found.append(sentence_said(each))
        return found[:most]

    def _weight(self, each: Sentence) -> tuple[Any, ...]:
        """The place itself first, then what somebody wrote, unbroken numbers, the latest, the longest period."""
        rows = self._rows(each)
        latest = max((row["as_of"] or row["period_end"] or dt.date.min for row in rows), default=dt.date.min)
        return (
            not any(row["place"] == self.rows.place for row in rows),
            each.is_general,
            any(row["breakdown"] for row in rows),
            -latest.toordinal(),
            -max((_days(row) for row in rows), default=0),
            self.position[each.sentence],
        )

    def _is_open(self, each: Sentence, done: set[tuple[Any, ...]]) -> bool:
        rows = self._rows(each)
        return bool(rows) and all(
            row["measure"] == "plan" and row["period_end"] and _thing(row) not in done for row in rows
        )

    def _rows(self, each: Sentence) -> list[dict[str, Any]]:
        return [self.by_id[number] for number in each.number_ids if number in self.by_id]

    def _requests(self) -> list[str]:
        contested = {str(row["identity_name"]): str(row["lead_name"]) for row in rows_of(self.rows.conflicts)}
        wanted: dict[str, dict[str, None]] = defaultdict(dict)
        for row in rows_of(self.rows.absences):
            if row["state"] == NOT_PUBLISHED:
                wanted[row["lead_name"]][row["indicator_name"]] = None
        settled = [told.agree_text(lead, name) for name, lead in contested.items()]
        return [*settled, *(told.request_text(lead, list(names)) for lead, names in wanted.items())]


def _kept(found: Iterable[Said | None]) -> tuple[Said, ...]:
    return tuple(each for each in found if each is not None)


def _days(row: dict[str, Any]) -> int:
    start, end = row["period_start"], row["period_end"]
    return (end - start).days if start and end else 0


def _thing(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["indicator"], row["place"], row["period_start"], row["period_end"]


def _observations(sections: Iterable[Section], tasks: Table | None) -> list[str]:
    """Every observation that something in the briefing rests on, in order of appearance."""
    found: list[str] = []
    for section in sections:
        found += [each for said in section.paragraphs for each in said.observation_ids]
        found += [
            each for table in section.tables for row in table.rows for said in row for each in said.observation_ids
        ]
        found += [
            each for chart in section.charts for row in rows_of(chart.marks) for each in split(row["observation_ids"])
        ]
    found += [each for row in (tasks.rows if tasks else ()) for said in row for each in said.observation_ids]
    return list(dict.fromkeys(found))


def _rules_told(sections: Iterable[Section]) -> tuple[str, ...]:
    """The rules that chose something, each with what it means."""
    used = {said.rule for section in sections for said in section.paragraphs}
    if any(table.title == told.LAGGING_TITLE for section in sections for table in section.tables):
        used.add(told.RULES["behind"])
    return tuple(text for rule, text in told.RULES_TOLD.items() if told.RULES[rule] in used)
