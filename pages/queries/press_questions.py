"""What reporters ask, which sentences answer it, and what is not to be said: rows of sentences.csv that are no sentences themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.language import CHINESE, in_language
from etl.model import Absence, NeverSaid, Number, PlaceTime, PressQuestion, QuotableSentence
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rows import SentenceRow
from etl.rules.latest import resolved
from etl.rules.selectors import Selector, matcher, split_selectors
from etl.rules.sentences import star_pins
from pages.queries.data_quality import absences
from pages.queries.numbers import chosen_numbers, cited_ids
from pages.queries.observations import parts_of_projects
from pages.queries.projects import project_cards
from pages.queries.quotable_numbers import (
    is_named_by,
    printable_numbers,
    quotable_numbers,
    sentence_rows,
    sentences_about,
    without_revised,
)
from pages.queries.reference import projects

Said = tuple[QuotableSentence, Number | Absence]
"""What a sentence tells, with the sentence."""


@in_language(CHINESE)
def press_questions(release: Release, project: str = "") -> tuple[PressQuestion, ...]:
    """The questions about ``project`` and its parts (all projects for ``""``), in their order.

    A project without questions of its own is asked for the numbers on its cards. A question about something that is neither
    published nor declared absent is left out.
    """
    return _questions(release.as_public(), project)


@cached_query
def _questions(release: Release, project: str) -> tuple[PressQuestion, ...]:
    own = (_asked(release, row) for row in _rows(release, "question", project) if star_pins(row.shows) is None)
    return tuple(filter(None, own)) or tuple(_general(release, project))


def _asked(release: Release, question: SentenceRow) -> PressQuestion | None:
    """The question with the numbers that its selectors name, else the absences; None where there are none."""
    places, selectors = release.table("places"), split_selectors(question.shows)
    meant = {selector.indicator for selector in selectors}
    gaps = [absent for absent in absences(release) if absent.indicator in meant]
    said = without_revised(release, sentences_about(release, printable_numbers(release, indicators=meant), gaps))
    pairs = [(sentence, each) for sentence in said for slot in sentence.slots for each in slot]
    told = [each for _sentence, each in pairs if isinstance(each, Number)]

    def times(asked: Selector) -> list[PlaceTime]:
        meant = filter(matcher(asked, places), told)
        return [PlaceTime(each.place, each.period_start, each.period_end, each.as_of) for each in meant]

    slots, answers = [], dict[str, None]()
    for selector, dated in zip(selectors, resolved(selectors, times, places), strict=True):
        accepting = [matcher(each, places) for each in dated]
        numbers = [pair for pair in pairs if isinstance(pair[1], Number) and any(one(pair[1]) for one in accepting)]
        absent = matcher(selector, places)
        named = numbers or [pair for pair in pairs if isinstance(pair[1], Absence) and is_named_by(pair[1], absent)]
        first: dict[str, Number | Absence] = {}
        for sentence, each in named:
            first.setdefault(each.number_id if isinstance(each, Number) else sentence.sentence, each)
        slots.append(tuple(first.values()))
        answers |= dict.fromkeys(_answers(named))
    return PressQuestion(question.sentence, question.template, tuple(slots), tuple(answers)) if any(slots) else None


def _answers(named: Sequence[Said]) -> tuple[str, ...]:
    """The sentences that are about what is named, else those that mention it; a computed one only where there is no other."""
    facts = [pair for pair in named if pair[0].kind != "derived"] or named
    about = [sentence for sentence, said in facts if said in sentence.slots[0]] or [sentence for sentence, _ in facts]
    return tuple(dict.fromkeys(sentence.sentence for sentence in about))


def _general(release: Release, project: str) -> Iterator[PressQuestion]:
    stars = [(star_pins(row.shows), row) for row in sentence_rows(release) if row.kind == "question"]
    cards = project_cards(release, project) if project else ()
    said = quotable_numbers(release, project) if cards else ()
    for number in (number for card in cards for number in card.shown):
        row = next((row for pins, row in stars if pins and pins.get("measure") == number.measure), None)
        named = [(each, number) for each in said if number.number_id in each.number_ids]
        if row is not None and named:
            yield PressQuestion(f"{row.sentence}:{number.number_id}", row.template, ((number,),), _answers(named))


@cached_query
def never_said(release: Release, project: str = "") -> tuple[NeverSaid, ...]:
    """What somebody wrote is not to be said of ``project`` and its parts."""
    found = []
    for row in _rows(release, "never", project):
        numbers = (number for asked in split_selectors(row.shows) for number in chosen_numbers(release, [asked]))
        found.append(NeverSaid(row.template, row.note, cited_ids(numbers)))
    return tuple(found)


def _rows(release: Release, kind: str, project: str) -> list[SentenceRow]:
    within = parts_of_projects(release).get(project, {project})
    order = {each.project: each.position for each in projects(release).values()}
    rows = [row for row in sentence_rows(release) if row.kind == kind and (not project or row.project in within)]
    return sorted(rows, key=lambda row: (order.get(row.project, 0), row.position))
