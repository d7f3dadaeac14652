"""What may be printed is what the public sees: for every reader, just before an embargo ends and at its end."""

import csv
import datetime as dt
import shutil

import pytest

from etl.build import build
from etl.release.schema import FACTS
from etl.release.tables import LAPTOP, PUBLIC, open_release
from pages.queries.briefs import BriefRequest, brief_rows
from pages.queries.numbers import numbers_of
from pages.queries.press_questions import press_questions
from pages.queries.quotable_numbers import printable_numbers, quotable_in_general, quotable_numbers
from pages.reports.compose_brief import compose_brief
from pages.reports.message import message_text

SOURCE = "2018-12-31-halls"
END = dt.datetime(2099, 3, 1, 9, 0)
BEFORE = END - dt.timedelta(seconds=1)
EMBARGOED = {f"{SOURCE}#1", f"{SOURCE}#4", "rate@city@2018-01-01/2018-12-31"}
"""The number of halls built, what a district plans, and the rate computed from the first."""


@pytest.fixture(scope="module")
def folder(tiny, tmp_path_factory):
    """The tiny city; two of its numbers are embargoed, one of them under a computed rate and a sum."""
    copy = tmp_path_factory.mktemp("embargoed") / "data"
    shutil.copytree(tiny, copy, ignore=shutil.ignore_patterns("tables"))
    path = copy / "sources" / SOURCE / "facts.csv"
    facts = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    for fact in facts:
        if fact["seq"] in ("1", "4"):
            fact["release_at"] = END.isoformat(sep=" ", timespec="minutes")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FACTS.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(facts)
    build(copy)
    return copy


def ids(rows) -> set[str]:
    return {row.number_id for row in rows}


def told(release) -> list[object]:
    """Everything that is made to be printed."""
    brief = compose_brief(brief_rows(release, BriefRequest("press")))
    lines = [said.text for section in brief.sections for said in section.paragraphs]
    sayable = [quotable_numbers(release), press_questions(release), quotable_in_general(release, ())]
    return [printable_numbers(release), *sayable, lines, message_text(brief)]


def test_the_reader_with_all_rights_sees_embargoed_numbers_marked_and_the_public_sees_none(folder):
    seen, public = (numbers_of(open_release(who, BEFORE, folder=folder)) for who in (LAPTOP, PUBLIC))
    assert {number.number_id for number in seen} - {number.number_id for number in public} == EMBARGOED
    assert {number.number_id for number in seen if number.embargoed} == EMBARGOED
    assert not any(number.embargoed for number in public)


def test_what_may_be_printed_is_the_same_for_every_reader_before_the_moment_and_at_it(folder):
    for moment in (BEFORE, END):
        assert told(open_release(LAPTOP, moment, folder=folder)) == told(open_release(PUBLIC, moment, folder=folder))


def test_an_embargoed_number_and_what_is_computed_from_it_may_be_printed_from_its_moment_on(folder):
    before, after = (printable_numbers(open_release(LAPTOP, moment, folder=folder)) for moment in (BEFORE, END))
    assert ids(after) - ids(before) == EMBARGOED
    assert ids(before) <= ids(after)


def test_the_mark_goes_at_the_moment_for_a_reader_whose_answers_are_remembered(folder):
    for moment, marked in ((BEFORE, EMBARGOED), (END, set()), (BEFORE, EMBARGOED)):
        found = numbers_of(open_release(LAPTOP, moment, folder=folder))
        assert {number.number_id for number in found if number.embargoed} == marked


def test_a_briefing_tells_the_number_from_its_moment_on_and_not_a_second_before(folder):
    before, after = (" ".join(told(open_release(LAPTOP, moment, folder=folder))[-2]) for moment in (BEFORE, END))
    assert "12个" not in before
    assert "12个" in after
