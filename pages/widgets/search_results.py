"""What a search found: numbers as cards with links to where they come from and where they stand, all else as short lists."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from etl.model import NumberInPassing, NumberResult, ReferenceRow, Source, Statement
from pages.analysis.search import Found, Hit, found, spelled_out
from pages.analysis.search_index import NAMED, NARROWING, Index
from pages.queries.citations import sources
from pages.queries.documents import statements_of
from pages.queries.searchable import absence_results, incidental_results, number_results, reference_results
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import address, show_link, show_sources_link
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.widgets.sections import document_link, screen_links, show_empty, show_section
from pages.wording.catalog import _
from pages.wording.literal import Markdown, in_markdown, joined, link, markup
from pages.wording.marks import mark_text
from pages.wording.screens import screen_names
from pages.wording.search_results import (
    check_marks,
    count_text,
    gap_hit_table,
    group_names,
    in_passing_text,
    left_aside_text,
    printed_text,
    reference_text,
    source_hit_table,
    statement_hit_table,
    subject_text,
    understood_text,
)

SCREEN, PARAM = "search", "q"
MOST_NUMBERS = 12
MOST_OTHERS = 8
OWN_SCREEN = {"place": ("district", "place"), "project": ("project", "project")}
"""Kind -> the screen that tells everything about one, and its parameter; the others are lists of the sources screen."""


def show_found(index: Index, line: str) -> None:
    """Everything that ``line`` finds, the best group first; nothing found: the nearest names."""
    result = found(index, line)
    if not result.hits:
        show_nothing(result, line)
        return
    called = {f"{entry.kind}:{entry.key}": entry.names[0] for entry in index.entries if entry.kind in NAMED}
    if told := understood_text(result.asked, called):
        escaped.caption(told)
    if result.left_aside:
        escaped.caption(left_aside_text(result.left_aside))
    groups: dict[str, list[Hit]] = {}
    for hit in result.hits:
        groups.setdefault(hit.entry.kind, []).append(hit)
    kinds = group_names()
    written = spelled_out(result)
    for kind, hits in groups.items():
        _show_group(kind, kinds[kind], hits, written or line)


def show_nothing(result: Found, line: str) -> None:
    """That nothing fits, the nearest names to try, and where unpublished things are listed."""
    show_empty(
        key="hits",
        title=_("Nothing found"),
        why=_("Neither a number nor a name fits “{line}”.").format(line=line),
        fill=_("Perhaps it has not been published:") if not result.near else _("Nearest questions and names:"),
        links={} if result.near else {_("What is not published"): "absences"},
    )
    show_examples(result.near)


def show_examples(lines: Sequence[str], title: str = "") -> None:
    """Lines to search for, each as a link."""
    if title:
        escaped.caption(title)
    with st.container(horizontal=True, key="examples"):
        for line in lines:
            show_link(line, SCREEN, {PARAM: line})


def _show_group(kind: str, title: str, hits: Sequence[Hit], line: str) -> None:
    release = this_screen().release
    keys = tuple(hit.entry.key for hit in hits[: MOST_NUMBERS if kind == "number" else MOST_OTHERS])
    about = count_text(len(keys), hits)
    if kind == "number":
        _show_numbers(title, about, number_results(release, keys))
        if about:
            show_link(_("All of them in the list of numbers"), "sources", {PARAM: line})
    elif kind == "absence":
        gaps = absence_results(release, keys)
        show_section("found_absence", title, gap_hit_table(gaps), about=about)
        show_link(_("What is not published"), "sources", {"part": "absences"})
    elif kind == "incidental":
        _show_numbers_in_passing(title, about, incidental_results(release, keys))
    elif kind == "source":
        known = sources(release)
        _show_sources(title, about, [known[key] for key in keys])
    elif kind == "statement":
        statements = {statement.statement_id: statement for statement in statements_of(release)}
        _show_statements(title, about, [statements[key] for key in keys])
    else:
        _show_named(kind, title, about, reference_results(release, kind, keys))


@shown_once
def _show_numbers_in_passing(title: str, about: str, numbers: Sequence[NumberInPassing]) -> None:
    """Numbers that have nothing to do with a project, each with the link to where it is printed; nothing to take away."""
    with st.container(key="list_found_incidental"):
        escaped.heading(title, " · ".join(filter(None, [_("Printed, but no number of a livelihood project."), about])))
        lines = [
            markup("- {} · {}", in_passing_text(number), document_link(number.source, _("source")))
            for number in numbers
        ]
        escaped.markdown(joined("\n", lines))


@shown_once
def _show_named(kind: str, title: str, about: str, rows: Sequence[ReferenceRow]) -> None:
    """Places, projects, indicators or terms as a list, which a telephone folds better than a table."""
    with st.container(key=f"list_found_{kind}"):
        escaped.heading(title, about)
        lines = [
            joined(" · ", filter(None, [markup("- **{}**", name), reference_text(row), _numbers_link(kind, row.code)]))
            for name, row in zip(_named(kind, rows), rows, strict=True)
        ]
        escaped.markdown(joined("\n", lines))


def _show_sources(title: str, about: str, hits: Sequence[Source]) -> None:
    before = {_("Document"): [document_link(each.source, each.title) for each in hits]}
    show_section("found_source", title, source_hit_table(hits), before=before, about=about)


def _show_statements(title: str, about: str, hits: Sequence[Statement]) -> None:
    links = {_("Source"): [document_link(each.source, _("source")) for each in hits]}
    show_section("found_statement", title, statement_hit_table(hits), links=links, about=about)


def _named(kind: str, rows: Sequence[ReferenceRow]) -> list[Markdown]:
    codes, names = [row.code for row in rows], [row.name for row in rows]
    if kind in OWN_SCREEN:
        return screen_links(*OWN_SCREEN[kind], codes, names)
    if kind == "indicator":
        return screen_links("sources", "indicator", codes, names)
    return [in_markdown(name) for name in names]


def _numbers_link(kind: str, code: str) -> Markdown:
    return link(_("its numbers"), address("sources", {kind: code})) if kind in NARROWING else in_markdown("")


@shown_once
def _show_numbers(title: str, about: str, results: Sequence[NumberResult]) -> None:
    checked_citations("search", [result.number for result in results], this_screen().release)
    escaped.heading(title, about)
    for result in results:
        _show_number(result)


def _show_number(result: NumberResult) -> None:
    number = result.number
    with st.container(key=f"line_hit_{number.number_id}", border=True, gap="small"):
        escaped.markdown(markup("**{}** · {}", mark_text(number), subject_text(number)))
        checks = [markup(":{}-badge[{}] {}", *mark) for mark in check_marks(result.checks)]
        escaped.caption(joined("  \n", [printed_text(number, result.cited), *checks]))
        names = screen_names()
        with st.container(horizontal=True, key=f"actions_hit_{number.number_id}"):
            show_sources_link(_("source"), [number.number_id])
            checked_with = dict.fromkeys(each for check in result.checks for each in check.observation_ids)
            if others := [each for each in checked_with if each != number.number_id]:
                show_sources_link(_("checked with"), others)
            for screen in result.screens:
                if screen in names:
                    show_link(names[screen], screen)
            if result.project:
                show_link(result.project_name, "project", {"project": result.project})
            show_link(number.place_name, "district", {"place": number.place})
