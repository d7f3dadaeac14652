"""What a search found: numbers as cards with links to where they come from and where they stand, all else as short lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from etl.model import Source, Statement
from pages.analysis.search import Found, Hit, found, spelled_out
from pages.analysis.search_index import NAMED, NARROWING, Index
from pages.queries.citations import sources
from pages.queries.documents import statements_of
from pages.queries.numbers import records
from pages.queries.searchable import absence_results, incidental_results, number_results, reference_results
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.empty import show_empty
from pages.widgets.links import address, show_link, show_sources_link
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.widgets.sections import document_links, screen_links, show_section
from pages.wording.catalog import _
from pages.wording.literal import Markdown, in_markdown, joined, link, markup
from pages.wording.marks import mark_text
from pages.wording.screens import screen_names
from pages.wording.search_results import (
    check_marks,
    count_text,
    gap_hit_table,
    group_names,
    incidental_texts,
    left_aside_text,
    printed_text,
    reference_texts,
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
        rows = number_results(release, keys)
        _show_numbers(title, about, rows)
        if about:
            show_link(_("All of them in the list of numbers"), "sources", {PARAM: line})
    elif kind == "absence":
        gaps = absence_results(release, keys)
        show_section("found_absence", title, gap_hit_table(gaps), about=about)
        show_link(_("What is not published"), "sources", {"part": "absences"})
    elif kind == "incidental":
        _show_lines(kind, title, about, incidental_texts(incidental_results(release, keys)), keys)
    elif kind == "source":
        known = sources(release)
        _show_sources(title, about, [known[key] for key in keys])
    elif kind == "statement":
        told = {each.statement_id: each for each in statements_of(release)}
        _show_statements(title, about, [told[key] for key in keys])
    else:
        rows = reference_results(release, kind, keys)
        _show_named(kind, title, about, rows)


@shown_once
def _show_lines(kind: str, title: str, about: str, lines: Sequence[str], keys: Sequence[str]) -> None:
    """Numbers that have nothing to do with a project, each with the link to where it is printed; nothing to take away."""
    with st.container(key=f"list_found_{kind}"):
        escaped.heading(title, " · ".join(filter(None, [_("Printed, but no number of a livelihood project."), about])))
        sources = document_links([key.partition("#")[0] for key in keys], [_("source")] * len(keys))
        escaped.markdown(joined("\n", (markup("- {} · {}", *each) for each in zip(lines, sources, strict=True))))


@shown_once
def _show_named(kind: str, title: str, about: str, rows: pd.DataFrame) -> None:
    """Places, projects, indicators or terms as a list, which a telephone folds better than a table."""
    with st.container(key=f"list_found_{kind}"):
        escaped.heading(title, about)
        lines = [
            joined(" · ", filter(None, [markup("- **{}**", name), told, numbers]))
            for name, told, numbers in zip(_named(kind, rows), reference_texts(rows), _lists(kind, rows), strict=True)
        ]
        escaped.markdown(joined("\n", lines))


def _show_sources(title: str, about: str, hits: Sequence[Source]) -> None:
    before = {_("Document"): document_links([each.source for each in hits], [each.title for each in hits])}
    show_section("found_source", title, source_hit_table(hits), before=before, about=about)


def _show_statements(title: str, about: str, hits: Sequence[Statement]) -> None:
    links = {_("Source"): document_links([each.source for each in hits], [_("source")] * len(hits))}
    show_section("found_statement", title, statement_hit_table(hits), links=links, about=about)


def _named(kind: str, rows: pd.DataFrame) -> list[Markdown]:
    if kind in OWN_SCREEN:
        return screen_links(*OWN_SCREEN[kind], list(rows["code"]), list(rows["name"]))
    if kind == "indicator":
        return screen_links("sources", "indicator", list(rows["code"]), list(rows["name"]))
    return [in_markdown(name) for name in rows["name"]]


def _lists(kind: str, rows: pd.DataFrame) -> list[Markdown]:
    if kind not in NARROWING:
        return [in_markdown("")] * len(rows)
    return [link(_("its numbers"), address("sources", {kind: code})) for code in rows["code"]]


@shown_once
def _show_numbers(title: str, about: str, rows: pd.DataFrame) -> None:
    release = this_screen().release
    checked_citations("search", rows.assign(label=rows["indicator_name"]), release)
    escaped.heading(title, about)
    for number in records(rows):
        _show_number(number)


def _show_number(number: dict[str, Any]) -> None:
    with st.container(key=f"line_hit_{number['number_id']}", border=True, gap="small"):
        escaped.markdown(markup("**{}** · {}", mark_text(number), subject_text(number)))
        checks = [markup(":{}-badge[{}] {}", *mark) for mark in check_marks(number["checks"])]
        escaped.caption(joined("  \n", [printed_text(number), *checks]))
        names = screen_names()
        with st.container(horizontal=True, key=f"actions_hit_{number['number_id']}"):
            show_sources_link(_("source"), [number["number_id"]])
            if others := _checked_with(number):
                show_sources_link(_("checked with"), others)
            for screen in filter(None, number["screens"].split(";")):
                if screen in names:
                    show_link(names[screen], screen)
            if number["project"]:
                show_link(number["project_name"], "project", {"project": number["project"]})
            show_link(number["place_name"], "district", {"place": number["place"]})


def _checked_with(number: dict[str, Any]) -> list[str]:
    ids = (each for check in number["checks"] for each in check.observation_ids)
    return [each for each in dict.fromkeys(ids) if each != number["number_id"]]
