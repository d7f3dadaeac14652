"""The lists of the sources screen.  Each says what it would hold when it is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from etl.model import Absence, Check, Conflict, Source, Statement, SupersededAbsence, WithdrawnSource
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.data_quality import superseded
from pages.queries.documents import Segment, is_attached, withdrawn_sources
from pages.queries.numbers import names, numbers_by_id
from pages.queries.observations import listed_numbers
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.choose import choose_row
from pages.widgets.links import OBSERVATION, source_address
from pages.widgets.panel import checked_citations, show_numbers_table
from pages.widgets.screen import this_screen
from pages.widgets.sections import show_empty, show_section, source_link
from pages.widgets.source_desk import show_source_desk
from pages.wording.catalog import _
from pages.wording.intake import checked_line
from pages.wording.lists import (
    absence_table,
    check_table,
    document_table,
    listed_table,
    statement_table,
    superseded_table,
    withdrawn_table,
)
from pages.wording.literal import markup
from pages.wording.passages import passage_html
from pages.wording.states import outcome_colour, result_word


@cached_query
def numbers_in_words(release: Release, chosen: Mapping[str, str], search: str) -> pd.DataFrame:
    """The numbers that fit all filters and the search (pages.queries.observations), as the list shows them."""
    return listed_table(listed_numbers(release, chosen, search), names(release, "sources"))


def show_numbers(chosen: Mapping[str, str], search: str) -> None:
    """The list of the numbers that fit all filters and the search; choosing a row puts it into the link."""
    release = this_screen().release
    numbers = numbers_in_words(release, chosen, search)
    if numbers.empty:
        show_empty(
            key="numbers",
            title=_("No number matches"),
            why=_("Nothing has been entered yet, or no number fits all filters and the search."),
            fill=_("Clear a filter, or enter a document as a source."),
            command="python -m etl new-source …",
            links={_("What is not published"): "absences"},
        )
        return
    with st.container(key="list_numbers"):
        escaped.caption(_("{count} numbers; choose a row to see its source.").format(count=len(numbers)))
        choose_row(OBSERVATION, numbers, list(numbers[_("Id")]), alt=_("Numbers"))


def show_documents(documents: Sequence[Source]) -> None:
    """The sources of this city, and those that were taken back."""
    release = this_screen().release
    show_withdrawn(withdrawn_sources(release))
    if not documents:
        show_empty(
            key="documents",
            title=_("No document yet"),
            why=_("No document has been entered for this city."),
            fill=_("Make a folder for a document and enter its numbers in facts.csv, then build:"),
            command="python -m etl new-source …\npython -m etl build",
        )
        return
    with st.container(key="list_documents"):
        attached = {each.source for each in documents if is_attached(release, each.source)}
        escaped.table(document_table(documents, attached))


def show_document(source: Source, pieces: Sequence[Segment]) -> None:
    """One source: its data, and when it is attached its text with every number marked."""
    with st.container(key="document"):
        escaped.heading(source.title)
        for line in filter(None, (source.dated_by, source.note, checked_line(source))):
            escaped.caption(line)
        escaped.caption(f"SHA-256 {source.sha256 or '—'}")
        if not pieces:
            escaped.caption(
                _("The document is not attached here, so its passage cannot be shown. Whoever has it can attach it:")
            )
            st.code(f"python -m etl attach {source.source} FILE", language=None)
        else:
            escaped.caption(
                _("Marked: solid = observation (click for its data), dashed = repeat, dotted = incidental.")
            )
            st.html(passage_html(pieces, lambda each: source_address([each])))
    show_source_desk(source, has_text=bool(pieces))


def show_withdrawn(withdrawn: Sequence[WithdrawnSource]) -> None:
    """The sources that were taken back, with who, when and why; nothing where none was."""
    if not withdrawn:
        return
    with escaped.expander(_("Taken back: {count}").format(count=len(withdrawn))), st.container(key="list_withdrawn"):
        escaped.caption(_("Their numbers are in no table and on no screen; that they were here stays."))
        escaped.table(withdrawn_table(withdrawn))


@shown_once
def show_checks(checks: Sequence[Check]) -> None:
    """Every check with its result, its numbers and the reason, what needs attention first."""
    if not checks:
        show_empty(
            key="checks",
            title=_("No check yet"),
            why=_("No rule stands in reference/identities.csv."),
            fill=_("A row there (a sum, a ratio, a bound) is checked in every build."),
        )
        return
    rows = check_table(checks)
    badges = [markup(":{}-badge[{}]", outcome_colour(each.result), result_word(each.result)) for each in checks]
    links = [source_link(check.observation_ids) for check in checks]
    with st.container(key="list_checks"):
        escaped.table(rows, behind={_("Verdict"): badges, _("Source"): links})


@shown_once
def show_conflicts(conflicts: Sequence[Conflict]) -> None:
    """Every conflict with all its printed versions side by side, none of them preferred."""
    release = this_screen().release
    if not conflicts:
        show_empty(
            key="conflicts",
            title=_("No conflict"),
            why=_("No two published versions of one number contradict each other here, as far as entered."),
        )
        return
    for conflict in conflicts:
        numbers = numbers_by_id(release, conflict.number_ids)
        checked_citations(conflict.identity, numbers, release)
        with st.container(key=f"conflict_{conflict.identity}", border=True):
            escaped.heading(conflict.name, conflict.reason)
            variants = list(dict.fromkeys(number.variant for number in numbers))
            for version, (column, variant) in enumerate(zip(st.columns(len(variants)), variants, strict=True), start=1):
                with column:
                    escaped.markdown(markup("**{}**", _("Version {number}").format(number=version)))
                    show_numbers_table([number for number in numbers if number.variant == variant])


@shown_once
def show_absences(absences: Sequence[Absence]) -> None:
    """What is expected and not there: 未公布 is a value."""
    release = this_screen().release
    if not absences:
        show_empty(
            key="absences",
            title=_("Nothing declared as not published"),
            why=_("No row stands in reference/absences.csv."),
            fill=_("A number that was asked for and is not published belongs there, with its reason."),
        )
        return
    with st.container(key="list_absences"):
        escaped.caption(_("Never 0, never an estimate: these numbers are not in any document entered here."))
        escaped.table(absence_table(absences))
    _show_superseded(superseded(release))


def _show_superseded(since: Sequence[SupersededAbsence]) -> None:
    """What was declared absent and has been published since: the absence stays as history beside the number."""
    release = this_screen().release
    if since:
        checked_citations("superseded", [absence.number for absence in since], release)
        links = {_("Source"): [source_link([absence.number.number_id]) for absence in since]}
        show_section("superseded", _("Published since"), superseded_table(since), links=links)


@shown_once
def show_statements(statements: Sequence[Statement]) -> None:
    """Published facts that are not numbers."""
    if not statements:
        show_empty(
            key="statements",
            title=_("No statement yet"),
            why=_("No published fact without a number has been entered."),
            fill=_("statements.csv beside facts.csv holds them."),
        )
        return
    with st.container(key="list_statements"):
        escaped.table(statement_table(statements))
