"""The lists of the sources screen, its definitions and terms, and all tables to take away.  Each says what it would hold when it is empty."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from etl import model
from etl.release.export import table_csv, table_parquet
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.data_quality import superseded
from pages.queries.documents import is_attached, withdrawn_sources
from pages.queries.numbers import names, numbers_by_id
from pages.queries.observations import listed_numbers
from pages.reports.download import package_json, table_rows, table_xlsx, tables_xlsx, tables_zip
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.choose import choose_one, choose_row
from pages.widgets.links import OBSERVATION, address, show_link
from pages.widgets.panel import checked_citations, show_files, show_numbers_table
from pages.widgets.profile import show_standards
from pages.widgets.screen import this_screen
from pages.widgets.sections import document_link, show_empty, show_section, source_link
from pages.wording import lists, tables
from pages.wording.catalog import _
from pages.wording.literal import in_markdown, link, markup
from pages.wording.states import outcome_colour, result_word


@cached_query
def numbers_in_words(release: Release, chosen: Mapping[str, str], search: str) -> pd.DataFrame:
    """The numbers that fit all filters and the search (pages.queries.observations), as the list shows them."""
    return lists.listed_table(listed_numbers(release, chosen, search), names(release, "sources"))


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


def show_documents(documents: Sequence[model.Source]) -> None:
    """The sources of this city, and those that were taken back."""
    release = this_screen().release
    if withdrawn := withdrawn_sources(release):
        told = escaped.expander(_("Taken back: {count}").format(count=len(withdrawn)))
        with told, st.container(key="list_withdrawn"):
            escaped.caption(_("Their numbers are in no table and on no screen; that they were here stays."))
            escaped.table(lists.withdrawn_table(withdrawn))
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
        escaped.table(lists.document_table(documents, attached))


@shown_once
def show_checks(checks: Sequence[model.Check]) -> None:
    """Every check with its result, its numbers and the reason, what needs attention first."""
    if not checks:
        show_empty(
            key="checks",
            title=_("No check yet"),
            why=_("No rule stands in reference/identities.csv."),
            fill=_("A row there (a sum, a ratio, a bound) is checked in every build."),
        )
        return
    rows = lists.check_table(checks)
    badges = [markup(":{}-badge[{}]", outcome_colour(each.result), result_word(each.result)) for each in checks]
    links = [source_link(check.observation_ids) for check in checks]
    with st.container(key="list_checks"):
        escaped.table(rows, behind={_("Verdict"): badges, _("Source"): links})


@shown_once
def show_conflicts(conflicts: Sequence[model.Conflict]) -> None:
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
def show_absences(absences: Sequence[model.Absence]) -> None:
    """What is expected and not there: 未公布 is a value; and what was declared absent and has been published since, as history."""
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
        escaped.table(lists.absence_table(absences))
    if since := superseded(release):
        checked_citations("superseded", [absence.number for absence in since], release)
        links = {_("Source"): [source_link([absence.number.number_id]) for absence in since]}
        show_section("superseded", _("Published since"), lists.superseded_table(since), links=links)


@shown_once
def show_statements(statements: Sequence[model.Statement]) -> None:
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
        escaped.table(lists.statement_table(statements))


def show_definitions(indicators: Sequence[model.Indicator]) -> None:
    """What every indicator means, with a link to its numbers."""
    if not indicators:
        show_empty(
            key="definitions",
            title=_("No indicator yet"),
            why=_("No row stands in reference/indicators.csv."),
            fill=_("An indicator needs a definition there, and exactly one unit."),
        )
        return
    links = [link(_("its numbers"), address("sources", {"indicator": each.indicator})) for each in indicators]
    about = _("{count} indicators; a derived one says 推算 and its formula.").format(count=len(indicators))
    show_section(
        "definitions", _("Definitions"), tables.definition_table(indicators), links={_("Numbers"): links}, about=about
    )


def show_glossary(terms: Sequence[model.Term]) -> None:
    """The words of the field, with the document each is taken from."""
    if not terms:
        show_empty(
            key="glossary",
            title=_("No term yet"),
            why=_("No row stands in reference/definitions.csv."),
            fill=_("A word that people ask about belongs there, with its meaning in our own words."),
        )
        return
    links = [document_link(each.source, each.source_title) if each.source_title else in_markdown("") for each in terms]
    show_section("glossary", _("Terms"), tables.glossary_table(terms), links={_("Source"): links})


def show_standards_list(standards: Sequence[model.Standard]) -> None:
    """Every standard with where and when it is in force, and the screen that holds numbers against them."""
    if not standards:
        show_empty(
            key="standards",
            title=_("No standard yet"),
            why=_("No row stands in reference/standards.csv."),
            fill=_("Standards stand in reference/standards.csv, each with its place, its years and its source."),
        )
        return
    show_standards(standards)
    show_link(_("Numbers held against them"), "compare", {"part": "standards"})


def show_tables() -> None:
    """All tables to take away at once, and one of them in the format that is wanted."""
    release = this_screen().release
    show_files(
        "tables",
        {
            "zip": lambda: tables_zip(release),
            "xlsx": lambda: tables_xlsx(release),
            "json": lambda: package_json(release),
        },
        labels={"zip": _("All tables (zip)"), "xlsx": _("All tables (XLSX)"), "json": "datapackage.json"},
    )
    names = tables.table_names()
    rows = table_rows(release)
    name = choose_one(
        "table", _("One table"), {each: f"{names.get(each, each)}（{each}）" for each in rows}, default=next(iter(rows))
    )
    show_files(
        name,
        {
            "csv": lambda: table_csv(release, name),
            "xlsx": lambda: table_xlsx(release, name),
            "parquet": lambda: table_parquet(release, name),
        },
        labels={"parquet": _("Download {format}").format(format="Parquet")},
    )
    escaped.caption(_("Outlines of places are left out: they may be exported only with a review number of their own."))
    show_section("tables", _("Contents"), tables.contents_table(rows))
