"""What reporters ask, which sentences answer it, and what is not to be said: rows of sentences.csv that are no sentences themselves."""

from __future__ import annotations

from typing import Any

import pandas as pd

from etl.language import CHINESE, in_language
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rules.latest import resolved, times_in
from etl.rules.selectors import Subject, matcher, split_selectors
from etl.rules.sentences import split, star_pins
from etl.rules.templates import LETTERS
from pages.queries.numbers import NUMBER_COLUMNS, chosen_numbers_frame, records, table
from pages.queries.observations import parts_of_projects
from pages.queries.projects import project_cards
from pages.queries.quotable_numbers import QUOTABLE_COLUMNS, is_named_by, quotable_numbers
from pages.queries.reference import projects

QUESTION_COLUMNS = (*QUOTABLE_COLUMNS, "answers")
"""``answers`` are the ids of the sentences that answer a question."""

NEVER_COLUMNS = ("sentence", "project", "text", "reason", "observation_ids")

Row = dict[str, Any]


@in_language(CHINESE)
def press_questions(release: Release, project: str = "") -> pd.DataFrame:
    """One row per number (or absence) that a question about ``project`` and its parts asks for, in the questions' order; QUESTION_COLUMNS.

    A project without questions of its own is asked for the numbers on its cards. A question about something that is neither
    published nor declared absent is left out. Like ``quotable_numbers``, not to be asked through a cache.
    """
    return _questions(release.as_public(), project)


@cached_query
def _questions(release: Release, project: str) -> pd.DataFrame:
    said = records(quotable_numbers(release))
    own = [row for row in _rows(release, "question", project) if star_pins(row["shows"]) is None]
    found = [row for question in own for row in _asked(release, question, said)]
    if not found:
        found = _general(release, project, said)
    return table(found, QUESTION_COLUMNS)


def _asked(release: Release, question: Row, said: list[Row]) -> list[Row]:
    """The rows of ``said`` that a question's selectors name: numbers, else absences; each once, with the sentences they stand in."""
    found, places = [], release.table("places")
    selectors = split_selectors(question["shows"])
    numbers = [row for row in said if row["number_id"]]
    dated = resolved(selectors, times_in(table(numbers, NUMBER_COLUMNS), places), places)
    for letter, selector, meant in zip(LETTERS, selectors, dated, strict=False):
        accepts = [matcher(each, places) for each in meant]
        absent = matcher(selector, places)
        named = [row for row in numbers if any(one(Subject.of(row)) for one in accepts)] or [
            row for row in said if row["absence"] and is_named_by(row["absence"], absent)
        ]
        found += _with_answers(question, letter, named)
    return found


def _with_answers(question: Row, letter: str, named: list[Row]) -> list[Row]:
    """Each number once; it is answered by the sentences that are about it, else by those that mention it."""
    things = dict.fromkeys(row["number_id"] or row["sentence"] for row in named)
    answers = tuple(dict.fromkeys(row["sentence"] for row in _about(named)))
    first = {row["number_id"] or row["sentence"]: row for row in reversed(named)}
    own = {name: question[name] for name in ("sentence", "position", "project", "template", "kind")}
    return [{**first[thing], **own, "part": letter, "answers": answers} for thing in things]


def _about(named: list[Row]) -> list[Row]:
    facts = [row for row in named if row["kind"] != "derived"] or named
    return [row for row in facts if row["part"] == LETTERS[0]] or facts


def _general(release: Release, project: str, said: list[Row]) -> list[Row]:
    stars = [(star_pins(row["shows"]), row) for row in records(release.table("sentences")) if row["kind"] == "question"]
    cards = project_cards(release, project) if project else ()
    found = []
    for number in (number for card in cards for number in card.shown):
        row = next((row for pins, row in stars if pins and pins.get("measure") == number.measure), None)
        named = [one for one in said if one["number_id"] == number.number_id]
        if row is not None and named:
            own = row | {"sentence": f"{row['sentence']}:{number.number_id}", "project": project}
            found += _with_answers(own, LETTERS[0], named)
    return found


@cached_query
def never_said(release: Release, project: str = "") -> pd.DataFrame:
    """What somebody wrote is not to be said of ``project`` and its parts: what to do instead, and why; NEVER_COLUMNS."""
    found = []
    for row in _rows(release, "never", project):
        ids = [each for text in split(row["shows"]) for each in chosen_numbers_frame(release, text)["observation_ids"]]
        found.append(
            row | {"text": row["template"], "reason": row["note"], "observation_ids": ";".join(dict.fromkeys(ids))}
        )
    return table(found, NEVER_COLUMNS)


def _rows(release: Release, kind: str, project: str) -> list[Row]:
    within = parts_of_projects(release).get(project, {project})
    rows = [row for row in records(release.table("sentences")) if row["kind"] == kind]
    order = {each.project: each.position for each in projects(release).values()}
    chosen = [row for row in rows if not project or row["project"] in within]
    return sorted(chosen, key=lambda row: (order.get(row["project"], 0), row["position"]))
