"""The briefing of an audience from its small tables: which sentence stands where, which table, which chart - by the rules it prints.

Sentences are the press desk's; nothing is computed here but shares, which are marked 推算.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from pages.charts.svg import printable
from pages.queries.briefs import BY_PLACE, MARKED_CHART, BriefRows
from pages.reports.brief import Brief, Chart, Said, Section, Source, Table
from pages.wording import briefs as told
from pages.wording.catalog import words
from pages.wording.dates import day_text
from pages.wording.findings import chart_note, finding
from pages.wording.marks import mark_text, worded
from pages.wording.numbers import measure_word, number_text, per_cent_text
from pages.wording.rows import rows_of
from pages.wording.sentences import Sentence, sentences
from pages.wording.sources import source_line, source_text
from pages.wording.states import state_word
from pages.wording.times import time_text

_ = words("zh")
OWN = 10_000
"""Sentences that somebody wrote stand before this position."""

PER_PROJECT = {"leader": 1, "press": 5, "planner": 2, "district": 3}
SENTENCES = {"leader": 4, "press": 24, "planner": 10, "district": 12}
OVER = {"leader": 1, "press": 6, "planner": 3, "district": 3}
PROBLEMS = {"leader": 2, "press": 12, "planner": 6, "district": 5}
STEPS = {"leader": 2, "press": 6, "planner": 6, "district": 3}
ROWS = {"leader": 4, "press": 12, "planner": 12, "district": 8}
"""How much of each an audience is given; the task list of the workbook has all of it."""

Row = Mapping[str, Any]


def composed(rows: BriefRows) -> Brief:
    """The briefing: four sections, endnotes for every source, the rules of choice, the task list."""
    return _Desk(rows).brief()


class _Desk:
    """One briefing being written: every sentence is said once."""

    def __init__(self, rows: BriefRows) -> None:
        self.rows = rows
        self.audience = rows.asked.audience
        self.by_id = {row["number_id"]: row for row in rows_of(rows.numbers)}
        self.position = {row["sentence"]: row["position"] for row in rows_of(rows.said)}
        self.sentences = sentences(rows.said)
        self.done: set[str] = set()
        self.told: set[str] = set()
        over = [row for row in rows_of(rows.lagging) if row["rule"] == "over_target"]
        self.over = sorted(over, key=lambda row: row["place"] != rows.place)

    def brief(self) -> Brief:
        sections = (self.overall(), self.progress(), self.problems(), self.steps())
        tasks = self.tasks()
        whole = self.rows
        ids = _observations(sections, tasks)
        cited = rows_of(whole.cited(pd.DataFrame({"observation_ids": [";".join(ids)]})))
        days = [row["as_of"] or row["period_end"] for row in self.by_id.values() if set(_split(row["observation_ids"])) & set(ids)]
        known = [day for day in days if day]
        as_of = f"数据截至{day_text(max(known), _)}" if known else "没有可用的数"
        scope = told.scope_line(whole.place_name, whole.asked.period, day_text(whole.asked.day, _))
        return Brief(
            audience=self.audience,
            title=_clean(told.title_of(self.audience, whole.place_name)),
            city=_clean(whole.city),
            place=_clean(whole.place_name),
            period=whole.asked.period,
            as_of=as_of,
            day=max((row["published_on"] for row in cited if row["published_on"]), default=None),
            release_id=whole.release_id,
            synthetic=whole.synthetic,
            about=(as_of, _clean(scope), f"发布批次：{whole.release_id}"),
            sections=sections,
            sources=tuple(
                Source(at, row["source"], _clean(source_text(row, _)), _split(row["observation_ids"])) for at, row in enumerate(cited, 1)
            ),
            rules=tuple(told.RULES_TOLD[rule] for rule in told.RULES if told.RULES[rule] in _rules(sections)),
            tasks=tasks,
        )  # fmt: skip

    def overall(self) -> Section:
        """The headline numbers: the first two as sentences, all of them as a table."""
        shown = [row for row in rows_of(self.rows.cards) if row["part"] == "shown"]
        over = {row["number_id"]: row["against_id"] for row in self.over}
        said = [self.said_of(row["number_id"], "over_target" if row["number_id"] in over else "", over.get(row["number_id"], "")) for row in shown[:2]]
        found = tuple(each for each in said if each is not None)
        cards = self.cards()
        return Section(told.HEADINGS[0], found or (() if cards else (Said(told.NOTHING),)), cards)

    def cards(self) -> tuple[Table, ...]:
        """One row a headline card; a number with several versions has them all in its cell."""
        made, ids = [], set()
        for name in dict.fromkeys(self.rows.cards["headline"]):
            own = [row for row in rows_of(self.rows.cards) if row["headline"] == name]
            shown = [row for row in own if row["part"] == "shown"]
            if shown:
                made.append(self._card(shown, [row for row in own if row["part"] == "beside" and not row["derived"]]))
                ids |= {each for row in own for each in _split(row["observation_ids"])}
        if not made:
            return ()
        return (Table(told.CARDS_TITLE, told.CARDS, tuple(made), (3.2, 2.2, 3, 1.8, 2.6), "", self.source_of(ids)),)

    def _card(self, shown: Sequence[Row], beside: Sequence[Row]) -> tuple[Said, ...]:
        apart = "（口径不一）" if shown[0]["conflict"] else ""
        other = "；".join(f"{_when_else(row, shown[0])}{mark_text(row, _)}" for row in beside[:2])
        share = self._share(shown[0])
        return (
            _said(shown[0]["title"], ()),
            _said(f"{'／'.join(mark_text(row, _) for row in shown)}{apart}", shown),
            _said(other or "—", beside[:2]),
            _said(str(number_text(share | {"derived": False}, _)), [share]) if share else Said("—"),
            _said(time_text(shown[0], _), ()),
        )

    def _share(self, shown: Row) -> dict[str, Any] | None:
        """The per cent of the target of the same place and time that the release itself computed."""
        if shown["measure"] != "actual":
            return None
        for row in self.by_id.values():
            if row["derived"] and row["unit"] == "%" and row["place"] == shown["place"]:
                others = [self.by_id.get(each) for each in _split(row["observation_ids"]) if each != shown["number_id"]]
                if len(others) == len(_split(row["observation_ids"])) - 1 and all(each and _is_target(each, shown) for each in others):
                    return dict(row)
        return None

    def progress(self) -> Section:
        """What passed its target first, then the projects in their order; the charts."""
        over = [row for row in self.over if row["number_id"] not in self.told]
        said = [self.said_of(row["number_id"], "over_target", row["against_id"]) for row in over[: OVER[self.audience]]]
        found = [each for each in said if each is not None]
        found += [_sentence(each) for each in self._by_project()][: SENTENCES[self.audience] - len(found)]
        charts = tuple(self.chart(*each) for each in self.rows.charts)
        return Section(told.HEADINGS[1], tuple(found) or (Said(told.NOTHING),), (), charts)

    def _by_project(self) -> Iterable[Sentence]:
        groups: dict[str, list[Sentence]] = {}
        for each in self.sentences:
            if each.kind == "fact" and not each.is_conflict and self._tells_results(each) and not set(each.number_ids) <= self.told:
                groups.setdefault(each.project, []).append(each)
        for own in groups.values():
            for each in sorted(own, key=self._weight)[: PER_PROJECT[self.audience]]:
                self.done.add(each.sentence)
                self.told |= set(each.number_ids)
                yield each

    def _tells_results(self, each: Sentence) -> bool:
        rows = [self.by_id[number] for number in each.number_ids if number in self.by_id]
        return any(row["measure"] == "actual" for row in rows)

    def _weight(self, each: Sentence) -> tuple[Any, ...]:
        rows = [self.by_id[number] for number in each.number_ids if number in self.by_id]
        latest = max(((row["as_of"] or row["period_end"] or dt.date.min) for row in rows), default=dt.date.min)
        return (
            not any(row["place"] == self.rows.place for row in rows),
            self.position[each.sentence] >= OWN,
            any(row["breakdown"] for row in rows),
            -latest.toordinal(),
            -max((_days(row) for row in rows), default=0),
            self.position[each.sentence],
        )

    def problems(self) -> Section:
        """What is behind, what is contested, what is not published."""
        most = PROBLEMS[self.audience]
        behind = [row for row in rows_of(self.rows.lagging) if row["rule"] == "behind"]
        said = [self.said_of(row["number_id"], "behind") for row in behind[:1]]
        contested = [each for each in self.sentences if each.is_conflict and each.kind == "conflict"]
        missing = sorted((each for each in self.sentences if each.kind == "absence"), key=lambda each: self._state(each) != "not_published")
        found = [each for each in said if each is not None]
        found += [_sentence(each, "conflict") for each in contested[:most]]
        found += [_sentence(each, self._state(each)) for each in missing[: min(most, 3)]]
        tables = (*self._lagging(behind), *self._absent())
        return Section(told.HEADINGS[2], tuple(found) or (Said(told.NO_PROBLEM),), tables)

    def _state(self, each: Sentence) -> str:
        return next((str(row["state"]) for row in rows_of(self.rows.said) if row["sentence"] == each.sentence), "not_published")

    def _lagging(self, behind: Sequence[Row]) -> tuple[Table, ...]:
        if not behind:
            return ()
        rows = tuple(
            (
                _said(row["place_name"], ()), _said(row["responsible_name"] or "未定", ()), _said(row["indicator_name"], ()),
                *self._against(row), _said(time_text(row, _), ()),
            )
            for row in behind[: ROWS[self.audience]]
        )  # fmt: skip
        ids = {each for row in behind[: ROWS[self.audience]] for each in _split(row["observation_ids"])}
        return (Table(told.LAGGING_TITLE, told.LAGGING, rows, (2, 3, 3, 2.2, 1.6, 1.9, 2.6), "", self.source_of(ids)),)

    def _against(self, row: Row) -> tuple[Said, Said, Said]:
        """What was due, what is done, the share of it."""
        is_target = row["against"] == "target"
        due = number_text(dict(row) | {"value": row["planned"], "value_high": None, "step": None, "qualifier": "exact"}, _)
        held = (row["against_id"],) if is_target else ()
        both = (*_split(row["observation_ids"]), *held)
        return (
            Said(f"{told.TARGET if is_target else told.NODE}{due}", (row["against_id"],), held),
            _said(mark_text(dict(row) | {"measure": "actual"}, _), [row]),
            Said(per_cent_text(row["share_pct"]), (row["number_id"], row["against_id"]), both),
        )

    def _absent(self) -> tuple[Table, ...]:
        rows = rows_of(self.rows.absences)
        if self.audience == "leader" or not rows:
            return ()
        made = tuple(
            (
                _said(_what(row), ()), _said(row["place_name"], ()), _said(time_text(row | {"as_of": None}, _) or "—", ()), Said(state_word(row["state"], _)),
            )
            for row in rows[: ROWS[self.audience]]
        )  # fmt: skip
        rest = "" if len(rows) <= len(made) else "其余见系统“未公布清单”和表格文件的督办清单"
        return (Table(told.ABSENT_TITLE, told.ABSENT, made, (4, 5, 3, 1.6), "", rest),)

    def steps(self) -> Section:
        """Plans without a result, and what the organisations are asked for."""
        most = STEPS[self.audience]
        plans = [each for each in self.sentences if each.kind == "fact" and not each.is_conflict and self._is_open_plan(each)]
        found = [_sentence(each, "open_plan") for each in sorted(plans, key=self._weight_of_plan)[:most]]
        asked = [Said(_clean(text), rule=told.RULES["request"]) for text in self._requests()]
        return Section(told.HEADINGS[3], (*found, *asked[:most]) or (Said(told.NO_STEP),))

    def _is_open_plan(self, each: Sentence) -> bool:
        done = {_thing(row) for row in self.by_id.values() if row["measure"] == "actual"}
        rows = [self.by_id[number] for number in each.number_ids if number in self.by_id]
        return bool(rows) and all(row["measure"] == "plan" and row["period_end"] and _thing(row) not in done for row in rows)

    def _weight_of_plan(self, each: Sentence) -> tuple[Any, ...]:
        rows = [self.by_id[number] for number in each.number_ids if number in self.by_id]
        return -max(row["period_end"].toordinal() for row in rows), *self._weight(each)

    def _requests(self) -> list[str]:
        wanted: dict[str, dict[str, None]] = {}
        for row in rows_of(self.rows.absences):
            if row["state"] == "not_published":
                wanted.setdefault(row["lead_name"], {})[row["indicator_name"]] = None
        contested = {str(row["identity_name"]): str(row["lead_name"]) for row in rows_of(self.rows.conflicts)}
        settled = [told.agree_text(lead, name) for name, lead in contested.items()]
        return [*settled, *(told.request_text(lead, list(names)) for lead, names in wanted.items())]

    def tasks(self) -> Table | None:
        """The task list by responsible organisation: what is behind, contested or not published, all of it."""
        due = day_text(_next_return(self._latest(), self.rows.return_day), _)
        made = [*self._behind_tasks(due), *self._conflict_tasks(due), *self._missing_tasks(due)]
        made.sort(key=lambda row: (row[0].text, row[2].text))
        if not made:
            return None
        numbered = tuple((Said(str(at)), *row) for at, row in enumerate(made, 1))
        return Table(told.TASKS_TITLE, told.TASKS, numbered, (1, 3, 3, 2, 4, 3, 2, 2, 2, 3, 2, 4))

    def _behind_tasks(self, due: str) -> list[tuple[Said, ...]]:
        return [
            (
                _said(row["responsible_name"] or "未定", ()), _said(row["lead_name"] or "未定", ()), Said("落后"),
                _said(row["indicator_name"], ()), _said(row["place_name"], ()), *self._against(row), _said(time_text(row, _), ()), Said(due),
                _said(";".join((row["number_id"], row["against_id"])), ()),
            )
            for row in rows_of(self.rows.lagging)
            if row["rule"] == "behind"
        ]  # fmt: skip

    def _conflict_tasks(self, due: str) -> list[tuple[Said, ...]]:
        made = []
        for name in dict.fromkeys(self.rows.conflicts["identity_name"]):
            own = [row for row in rows_of(self.rows.conflicts) if row["identity_name"] == name]
            said = "；".join(f"{row['indicator_name']}{mark_text(row, _)}" for row in own)
            made.append(
                (
                    _said(own[0]["lead_name"] or "未定", ()), _said(own[0]["lead_name"] or "未定", ()), Said(told.RULES["conflict"]),
                    _said(said, own), _said(own[0]["place_name"], ()), Said("—"), Said("—"), Said("—"), _said(time_text(own[0], _), ()), Said(due),
                    _said(";".join(row["number_id"] for row in own), ()),
                )
            )  # fmt: skip
        return made

    def _missing_tasks(self, due: str) -> list[tuple[Said, ...]]:
        return [
            (
                _said(row["lead_name"] or "未定", ()), _said(row["lead_name"] or "未定", ()), Said(state_word(row["state"], _)),
                _said(_what(row), ()), _said(row["place_name"], ()), Said("—"), Said(state_word(row["state"], _)), Said("—"), _said(time_text(row | {"as_of": None}, _), ()), Said(due), Said("—"),
            )
            for row in rows_of(self.rows.absences)
            if row["state"] == "not_published"
        ]  # fmt: skip

    def _latest(self) -> dt.date:
        days = [row["as_of"] or row["period_end"] for row in self.by_id.values() if row["published_on"]]
        return max(filter(None, days), default=dt.date.min)

    def said_of(self, number_id: str, rule: str = "", beside: str = "") -> Said | None:
        """The first sentence that tells this number, and if there is one also that of ``beside``; None where it has been said already."""
        fitting = [each for each in self.sentences if number_id in each.number_ids and each.kind in ("fact", "conflict")]
        both = [each for each in fitting if beside in each.number_ids]
        for each in (both or fitting)[:1]:
            if each.sentence not in self.done:
                self.done.add(each.sentence)
                self.told |= set(each.number_ids)
                return _sentence(each, rule or ("conflict" if each.is_conflict else ""))
        return None

    def chart(self, chart: Row, marks: pd.DataFrame, cited: pd.DataFrame, cautions: Sequence[str]) -> Chart:
        """A chart with its finding, its note and its sources; what cannot be told safely is not told."""
        cleaned = marks.assign(**{name: [_clean(each) for each in marks[name]] for name in ("place_name", "place_short", "breakdown_name")})
        shown = worded(cleaned, chart["form"], _)
        care = [name if self.rows.is_sayable(name) else told.CARE_ELSEWHERE for name in cautions]
        note = "；".join(dict.fromkeys([chart_note(shown, dict(chart) | {"note": ""}, _), *care]))
        return Chart(chart["chart"], self._finding(chart, shown), chart["form"], shown, _clean(note), _clean(source_line(cited, _)))

    def _finding(self, chart: Row, marks: pd.DataFrame) -> Said:
        rows = [row for row in rows_of(marks) if row["part"] == "shown" and row["value"] is not None]
        if chart["form"] != BY_PLACE:
            said = finding(marks, chart, _)
            if said != chart["title"] and self.rows.is_sayable(said):
                return _said(said, [row for row in rows_of(marks) if row["value"] is not None])
            return _said(chart["title"], ())
        if chart["chart"].startswith(MARKED_CHART):
            own = next((row for row in rows if row["place"] == self.rows.place), None)
            said_here = self._anew(own["number_id"]) if own else None
            return _title(said_here) if said_here else _said(chart["title"], ())
        return self._leading(rows) or self._whole(marks) or _said(chart["title"], ())

    def _leading(self, rows: Sequence[Row]) -> Said | None:
        """The first of the places, where one is first and every number is exact; a sentence that tells several of them goes before."""
        ids = {row["number_id"] for row in rows}
        several = [each for each in self.sentences if len(ids & set(each.number_ids)) > 1 and each.kind == "fact"]
        if several:
            return _title(_sentence(several[0]))
        top = max(rows, key=lambda row: row["value"])
        is_first = [row["value"] for row in rows].count(top["value"]) == 1 and all(row["qualifier"] == "exact" for row in rows)
        said = self._anew(top["number_id"])
        return _title(said, told.FIRST_OF_PLACES) if said and is_first and len(said.number_ids) == 1 else None

    def _whole(self, marks: pd.DataFrame) -> Said | None:
        """What is said of the whole that stands beside its parts."""
        for row in rows_of(marks):
            said = self._anew(row["number_id"]) if row["part"] == "beside" and row["number_id"] else None
            if said is not None:
                return _title(said)
        return None

    def _anew(self, number_id: str) -> Said | None:
        """The shortest sentence that tells this number, whether it has been said or not."""
        found = [each for each in self.sentences if number_id in each.number_ids and each.kind in ("fact", "derived")]
        return _sentence(min(found, key=lambda each: (len(each.number_ids), len(each.text)))) if found else None

    def source_of(self, ids: Iterable[str]) -> str:
        """The source line of a table."""
        cited = self.rows.cited(pd.DataFrame({"observation_ids": [";".join(sorted(ids))]}))
        return _clean(source_line(cited, _)) if len(cited) else ""


def _sentence(each: Sentence, rule: str = "") -> Said:
    return Said(_clean(each.text), each.number_ids, each.observation_ids, told.RULES.get(rule, ""))


def _title(said: Said, more: str = "") -> Said:
    """A sentence as a title: without its full stop."""
    return Said(said.text.removesuffix("。") + more, said.number_ids, said.observation_ids)


def _said(text: Any, rows: Sequence[Row]) -> Said:
    ids = tuple(dict.fromkeys(each for row in rows for each in _split(row["observation_ids"])))
    return Said(_clean(text), tuple(row["number_id"] for row in rows), ids)


def _clean(text: Any) -> str:
    return printable(str(text or ""))


def _split(ids: Any) -> tuple[str, ...]:
    return tuple(filter(None, str(ids or "").split(";")))


def _what(row: Row) -> str:
    """What is not there: indicator, breakdown, and its kind where it is no actual number."""
    kind = measure_word(row["measure"], _)
    return " · ".join(filter(None, (row["indicator_name"], row["breakdown_name"]))) + (f"（{kind}）" if kind else "")


def _days(row: Row) -> int:
    return (row["period_end"] - row["period_start"]).days if row["period_start"] and row["period_end"] else 0


def _when_else(row: Row, shown: Row) -> str:
    """The time of a number beside another, where it differs."""
    return "" if time_text(row, _) == time_text(shown, _) else time_text(row, _)


def _is_target(row: Row, shown: Row) -> bool:
    same = ("indicator", "place", "period_start", "period_end")
    return row["measure"] in ("target", "plan") and all(row[name] == shown[name] for name in same)


def _thing(row: Row) -> tuple[Any, ...]:
    return row["indicator"], row["place"], row["period_start"], row["period_end"]


def _next_return(day: dt.date, return_day: int) -> dt.date | None:
    """The next day on which the units report, after ``day``."""
    if day == dt.date.min:
        return None
    month = day if day.day < return_day else (day.replace(day=1) + dt.timedelta(days=32))
    return month.replace(day=return_day)


def _observations(sections: Iterable[Section], tasks: Table | None) -> list[str]:
    found: list[str] = []
    for section in sections:
        found += [each for said in section.paragraphs for each in said.observation_ids]
        for table in section.tables:
            found += [each for row in table.rows for said in row for each in said.observation_ids]
        for chart in section.charts:
            found += [each for row in rows_of(chart.marks) for each in _split(row["observation_ids"])]
    found += [each for row in (tasks.rows if tasks else ()) for said in row for each in said.observation_ids]
    return list(dict.fromkeys(found))


def _rules(sections: Iterable[Section]) -> set[str]:
    found = {said.rule for section in sections for said in section.paragraphs if said.rule}
    return found | ({told.RULES["behind"]} if any(t.title == told.LAGGING_TITLE for s in sections for t in s.tables) else set())
