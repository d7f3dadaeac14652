"""What a search found: numbers as cards with links to where they come from and where they stand, all else as short lists."""

from collections.abc import Sequence

import streamlit as st

from etl.model import NumberInPassing, NumberResult, ReferenceRow
from pages.analysis.search import Hit, found, spelled_out
from pages.analysis.search_index import NAMED, NARROWING, Index
from pages.queries.documents import sources, statements_of
from pages.queries.searchable import absence_results, incidental_results, number_results, reference_results
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.links import address, show_link, show_sources_link
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.widgets.sections import document_link, show_empty, show_section
from pages.wording import search_results as wording
from pages.wording.catalog import _
from pages.wording.literal import in_markdown, joined, link, markup
from pages.wording.marks import mark_text
from pages.wording.screens import screen_names

SCREEN, PARAM = "search", "q"
MOST_NUMBERS = 12
MOST_OTHERS = 8
TOLD_ON = {"place": ("district", "place"), "project": ("project", "project"), "indicator": ("sources", "indicator")}
"""Kind -> the screen that tells about one, and its parameter."""


def show_found(index: Index, line: str) -> None:
    """Everything that ``line`` finds, the best group first; nothing found: the nearest names."""
    result = found(index, line)
    if not result.hits:
        show_empty(
            key="hits",
            title=_("Nothing found"),
            why=_("Neither a number nor a name fits “{line}”.").format(line=line),
            fill=_("Perhaps it has not been published:") if not result.near else _("Nearest questions and names:"),
            links={} if result.near else {_("What is not published"): "absences"},
        )
        show_examples(result.near)
        return
    called = {f"{entry.kind}:{entry.key}": entry.names[0] for entry in index.entries if entry.kind in NAMED}
    if told := wording.understood_text(result.asked, called):
        escaped.caption(told)
    if result.left_aside:
        escaped.caption(wording.left_aside_text(result.left_aside))
    groups: dict[str, list[Hit]] = {}
    for hit in result.hits:
        groups.setdefault(hit.entry.kind, []).append(hit)
    for kind, hits in groups.items():
        _show_group(kind, wording.group_names()[kind], hits, spelled_out(result) or line)


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
    about = wording.count_text(len(keys), hits)
    if kind == "number":
        _show_numbers(title, about, number_results(release, keys))
        if about:
            show_link(_("All of them in the list of numbers"), "sources", {PARAM: line})
    elif kind == "absence":
        show_section("found_absence", title, wording.gap_hit_table(absence_results(release, keys)), about=about)
        show_link(_("What is not published"), "sources", {"part": "absences"})
    elif kind == "incidental":
        _show_numbers_in_passing(title, about, incidental_results(release, keys))
    elif kind == "source":
        known = [sources(release)[key] for key in keys]
        before = {_("Document"): [document_link(each.source, each.title) for each in known]}
        show_section("found_source", title, wording.source_hit_table(known), before=before, about=about)
    elif kind == "statement":
        statements = {statement.statement_id: statement for statement in statements_of(release)}
        stated = [statements[key] for key in keys]
        links = {_("Source"): [document_link(each.source, _("source")) for each in stated]}
        show_section("found_statement", title, wording.statement_hit_table(stated), links=links, about=about)
    else:
        _show_named(kind, title, about, reference_results(release, kind, keys))


@shown_once
def _show_numbers_in_passing(title: str, about: str, numbers: Sequence[NumberInPassing]) -> None:
    """Numbers that have nothing to do with a project, each with the link to where it is printed; nothing to take away."""
    with st.container(key="list_found_incidental"):
        escaped.heading(title, " · ".join(filter(None, [_("Printed, but no number of a livelihood project."), about])))
        lines = [
            markup("- {} · {}", wording.in_passing_text(number), document_link(number.source, _("source")))
            for number in numbers
        ]
        escaped.markdown(joined("\n", lines))


@shown_once
def _show_named(kind: str, title: str, about: str, rows: Sequence[ReferenceRow]) -> None:
    """Places, projects, indicators or terms as a list, which a telephone folds better than a table."""
    with st.container(key=f"list_found_{kind}"):
        escaped.heading(title, about)
        lines = []
        for row in rows:
            screen, param = TOLD_ON.get(kind, ("", ""))
            name = link(row.name, address(screen, {param: row.code})) if screen else in_markdown(row.name)
            numbers = link(_("its numbers"), address("sources", {kind: row.code})) if kind in NARROWING else None
            lines.append(joined(" · ", filter(None, [markup("- **{}**", name), wording.reference_text(row), numbers])))
        escaped.markdown(joined("\n", lines))


@shown_once
def _show_numbers(title: str, about: str, results: Sequence[NumberResult]) -> None:
    checked_citations("search", [result.number for result in results], this_screen().release)
    escaped.heading(title, about)
    for result in results:
        _show_number(result)


def _show_number(result: NumberResult) -> None:
    number = result.number
    with st.container(key=f"line_hit_{number.number_id}", border=True, gap="small"):
        escaped.markdown(markup("**{}** · {}", mark_text(number), wording.subject_text(number)))
        checks = [markup(":{}-badge[{}] {}", *mark) for mark in wording.check_marks(result.checks)]
        escaped.caption(joined("  \n", [wording.printed_text(number, result.cited), *checks]))
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
