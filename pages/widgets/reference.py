"""The parts of the sources screen that explain: definitions, terms, and all tables to take away."""

from __future__ import annotations

from collections.abc import Sequence

from etl.model import Indicator, Standard, Term
from etl.release.export import table_csv, table_parquet
from pages.reports.download import package_json, table_rows, table_xlsx, tables_xlsx, tables_zip
from pages.widgets import escaped
from pages.widgets.choose import choose_one
from pages.widgets.downloads import show_files
from pages.widgets.links import address, show_link
from pages.widgets.profile import show_standards
from pages.widgets.screen import this_screen
from pages.widgets.sections import document_link, show_empty, show_section
from pages.wording.catalog import _
from pages.wording.literal import in_markdown, link
from pages.wording.tables import contents_table, definition_table, glossary_table, table_names


def show_definitions(indicators: Sequence[Indicator]) -> None:
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
        "definitions", _("Definitions"), definition_table(indicators), links={_("Numbers"): links}, about=about
    )


def show_glossary(terms: Sequence[Term]) -> None:
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
    show_section("glossary", _("Terms"), glossary_table(terms), links={_("Source"): links})


def show_standards_list(standards: Sequence[Standard]) -> None:
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
    names = table_names()
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
    show_section("tables", _("Contents"), contents_table(rows))
