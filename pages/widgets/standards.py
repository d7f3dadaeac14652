"""Numbers held against their standards: the judgements of each standard as a list, what misses it first, and why some are not judged."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from etl.model import ComparedMark, Number, Standard
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.analysis.reasons import Judgement
from pages.analysis.standards import judged
from pages.queries.cautions import cautions_on
from pages.queries.standards import standard_pairs
from pages.widgets import escaped
from pages.widgets.cache import shown_once
from pages.widgets.choose import choose_one
from pages.widgets.panel import checked_citations
from pages.widgets.screen import this_screen
from pages.widgets.sections import source_link
from pages.wording.catalog import _
from pages.wording.compared import (
    judgement_colour,
    judgement_text,
    judgement_words,
    reason_text,
    standard_title,
    tally_text,
)
from pages.wording.literal import Markdown, joined, markup
from pages.wording.sources import source_line

FEW, MANY = 12, 100
"""Rows of a standard's table: where all standards stand on the screen, and where one was chosen."""


@dataclass(frozen=True, slots=True)
class JudgedNumber:
    """A number that could be held against a standard, what came of it, and why it is not judged."""

    number: ComparedMark
    judgement: Judgement
    why: str


@dataclass(frozen=True, slots=True)
class JudgedNumbers:
    """The numbers that could be held against one standard, whose own number is ``floor``; what misses it first."""

    standard: Standard
    floor: Number
    numbers: tuple[JudgedNumber, ...]


def show_judgements() -> bool:
    """Every standard that some number could be held against, or the one that is chosen; False where there is none."""
    every = {judged.floor.number_id: judged for judged in judgements(this_screen().release)}
    names = {code: f"{found.standard.scope_name} · {found.standard.name}" for code, found in every.items()}
    chosen = choose_one("standard", _("Standard"), {"": _("all"), **names}) if len(names) > 1 else ""
    for code in [chosen] if chosen else names:
        _show_standard(code, every[code], MANY if chosen else FEW)
    return bool(every)


@shown_once
def _show_standard(code: str, found: JudgedNumbers, most: int) -> None:
    shown = found.numbers[:most]
    with st.container(key=f"line_standard_{code}", border=True):
        escaped.markdown(markup("#### {}", standard_title(found.standard, found.floor)))
        escaped.markdown(tally_text([row.judgement for row in found.numbers]))
        escaped.markdown(joined("\n", (_line(row, found.floor) for row in shown)))
        if len(shown) < len(found.numbers):
            count = len(found.numbers)
            escaped.caption(_("The first {shown} of {count} rows.").format(shown=len(shown), count=count))
        cited = checked_citations(code, [found.floor, *(row.number for row in shown)], this_screen().release)
        escaped.caption(source_line(cited))
        escaped.markdown(source_link([code]))


def _line(row: JudgedNumber, floor: Number) -> Markdown:
    source = source_link([row.number.number_id])
    text, word = judgement_text(row.number, floor, row.why), judgement_words()[row.judgement]
    return markup("- :{}-badge[{}] {} {}", judgement_colour(row.judgement), word, text, source)


@cached_query
def judgements(release: Release) -> tuple[JudgedNumbers, ...]:
    """The numbers that could be held against each published standard, by standard."""
    found: dict[str, tuple[Standard, Number, list[JudgedNumber]]] = {}
    for standard, number, within in standard_pairs(release):
        if floor := standard.number:
            about = cautions_on(release, (number.number_id, floor.number_id))
            result = judged(number, standard, within=within, cautions=about)
            judgement = result if isinstance(result, Judgement) else Judgement.NOT_JUDGED
            reasons = () if isinstance(result, Judgement) else result.reasons
            own = found.setdefault(floor.number_id, (standard, floor, []))
            own[2].append(JudgedNumber(number, judgement, _("; ").join(map(reason_text, reasons))))
    order = list(Judgement)
    return tuple(
        JudgedNumbers(standard, floor, tuple(sorted(rows, key=lambda row: order.index(row.judgement))))
        for standard, floor, rows in found.values()
    )
