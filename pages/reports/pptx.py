"""A briefing as slides: one finding a slide as its title, native charts that PowerPoint and WPS can restyle, notes with sources.
The city's own template may be dropped in: its first layout with a subtitle opens the deck, its barest layout with a title carries
the rest; fonts and colours of all text are the template's."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, TypeVar

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Length, Mm, Pt

from etl.release.export import SYNTHETIC
from pages.charts.palette import LIGHT
from pages.reports.brief import Brief, CitedText, Section, Table
from pages.reports.kit import office_bytes
from pages.reports.series import chart_ids, native
from pages.reports.slide_charts import add_chart, colour_of, set_font, write_text

WIDE = (Mm(338.7), Mm(190.5))
TITLE_LETTERS = 56  # so many letters of a finding stand in two lines
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
LINES_A_SLIDE, ROWS_A_SLIDE, SOURCES_A_SLIDE, SMALL, FEW = 6, 7, 16, 6, 2


def pptx_bytes(brief: Brief, template: bytes | None = None) -> bytes:
    """The briefing as .pptx, on the city's own ``template`` where there is one; the same briefing gives the same bytes."""
    deck = _Deck(brief, template)
    deck.opening()
    for section in brief.sections:
        deck.section(section)
    deck.sources()
    return office_bytes(deck.show, brief.day)


T = TypeVar("T")


class _Deck:
    """The presentation being filled."""

    def __init__(self, brief: Brief, template: bytes | None) -> None:
        self.brief = brief
        self.show = Presentation(io.BytesIO(template)) if template else Presentation()
        if template is None:
            self.show.slide_width, self.show.slide_height = WIDE
        self.is_own, self.bare = template is not None, _bare_layout(self.show)
        about = self.show.core_properties
        about.title, about.author, about.comments = brief.title, brief.city, " ｜ ".join(brief.about)
        self.height = self.show.slide_height or WIDE[1]
        self.left, self.width = Mm(16), Emu(self.show.slide_width - Mm(32))

    def _down(self, length: int) -> Emu:
        """A length of our own ground, as high as this ground is."""
        return Emu(round(length * self.height / WIDE[1]))

    def opening(self) -> None:
        """The first slide: title, day, filters, release."""
        sources = [source.text for source in self.brief.sources]
        slide = self._slide(self.brief.title, sources, (Mm(52), Mm(36), 40), layout=_opening_layout(self.show))
        for each in list(slide.placeholders):
            if each.placeholder_format.type not in TITLES:
                each._element.getparent().remove(each._element)
        self._text(slide, self.brief.about, Mm(92), Mm(60), 18, centred=True)

    def section(self, section: Section) -> None:
        """Its findings, the first as the title; a small table below them, others and the charts on slides of their own."""
        tables = list(section.tables)
        for part in _pages(section.paragraphs, LINES_A_SLIDE):
            first, *rest = part
            kicker = " · ".join(filter(None, (section.heading, first.rule)))
            slide = self._slide(first.text.removesuffix("。"), self._notes(part), (Mm(18), Mm(26), 26), kicker)
            lines = [f"• {said.rule}{'：' if said.rule else ''}{said.text}" for said in rest]
            self._text(slide, lines, Mm(48), Mm(120), 20)
            if tables and len(rest) < FEW and len(tables[0].rows) <= SMALL:
                self._table(slide, tables[0], tables.pop(0).rows, Mm(66))
        for table in tables:
            for rows in _pages(table.rows, ROWS_A_SLIDE):
                notes = self._notes([said for row in rows for said in row])
                slide = self._slide(table.title, notes, (Mm(14), Mm(20), 26), section.heading)
                self._table(slide, table, rows, Mm(38))
        for chart in section.charts:
            notes = [chart.note, *self._notes([CitedText("", (), chart_ids(chart))])]
            slide = self._slide(chart.title.text, notes, (Mm(16), Mm(24), 26), section.heading)
            place = (self.left, self._down(Mm(42)), self.width, self._down(Mm(122)))
            add_chart(slide, native(chart), place).name = chart.title.text
            self._text(slide, [chart.note, chart.source], Mm(164), Mm(18), 11)

    def sources(self) -> None:
        """The last slides: the documents, and how the findings were chosen."""
        lines = [f"[{source.note}] {source.text}" for source in self.brief.sources]
        for part in _pages([*lines, *(f"选取规则：{rule}" for rule in self.brief.rules)], SOURCES_A_SLIDE):
            slide = self._slide("来源与选取规则", (), (Mm(10), Mm(20), 28))
            self._text(slide, part, Mm(34), Mm(140), 14)

    def _table(self, slide: Any, table: Table, rows: Sequence[Sequence[CitedText]], top: Length) -> None:
        count, high = len(rows) + 1, self._down(Mm(11))
        box = (self.left, self._down(top), self.width, high * count)
        grid = slide.shapes.add_table(count, len(table.columns), *box).table
        for column, share in zip(grid.columns, table.widths, strict=True):
            column.width = Emu(round(self.width * share / sum(table.widths)))
        for row, cells in zip(grid.rows, (tuple(map(CitedText, table.columns)), *rows), strict=True):
            row.height = high
            for cell, said in zip(row.cells, cells, strict=True):
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                write_text(cell.text_frame.paragraphs[0], said.text, 14)
        self._text(slide, [" ".join(filter(None, (table.unit, table.source)))], Mm(172), Mm(8), 11)

    def _slide(
        self, title: str, notes: Sequence[str], place: tuple[Length, Length, int], kicker: str = "", layout: Any = None
    ) -> Any:
        """A slide with its title at ``place`` (top, height, size of letters) and the name of its part small above it."""
        slide = self.show.slides.add_slide(layout or self.bare)
        slide.shapes.title.text_frame.text = title
        told = [f"【{SYNTHETIC}】" if self.brief.synthetic else "", *notes, *self.brief.about]
        slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, told))
        if self.brief.synthetic:
            self._text(slide, [f"【{SYNTHETIC}】"], Mm(2), Mm(8), 14, centred=True)
        if kicker:
            self._text(slide, [kicker], Mm(9), Mm(9), 14)
        self._place_title(slide, *place)
        return slide

    def _place_title(self, slide: Any, top: Length, height: Length, size: int) -> None:
        """On our own ground the title gets its place and size; in a city's template it keeps the template's."""
        if self.is_own:
            return
        title = slide.shapes.title
        title.left, title.top, title.width, title.height = self.left, top, self.width, height
        title.text_frame.word_wrap, title.text_frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        title.text_frame.auto_size = MSO_AUTO_SIZE.NONE
        for paragraph in title.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT if top < Mm(50) else PP_ALIGN.CENTER
            for run in paragraph.runs:
                set_font(run, size if len(paragraph.text) <= TITLE_LETTERS else round(size * 0.72))
                run.font.bold, run.font.color.rgb = True, colour_of(LIGHT.done[1:])

    def _notes(self, said: Sequence[CitedText]) -> list[str]:
        """The sources of what a slide says, and its observations."""
        ids = tuple(dict.fromkeys(each for one in said for each in one.observation_ids))
        notes = self.brief.notes_of(ids)
        lines = [f"来源：{source.text}" for source in self.brief.sources if source.note in notes]
        rules = dict.fromkeys(f"选取规则：{one.rule}" for one in said if one.rule)
        return [*lines, *rules, *([f"观测值：{'；'.join(ids)}"] if ids else [])]

    def _text(
        self, slide: Any, lines: Sequence[str], top: Length, height: Length, size: int, *, centred: bool = False
    ) -> None:
        frame = slide.shapes.add_textbox(self.left, self._down(top), self.width, self._down(height)).text_frame
        frame.word_wrap = True
        for at, line in enumerate(filter(None, lines)):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(size * 0.4)
            paragraph.alignment = PP_ALIGN.CENTER if centred else PP_ALIGN.LEFT
            write_text(paragraph, line, size)


def _opening_layout(show: Any) -> Any:
    """The first layout with a title and a subtitle, else the first with a title."""
    for layout in show.slide_layouts:
        kinds = {each.placeholder_format.type for each in layout.placeholders}
        if kinds & set(TITLES) and PP_PLACEHOLDER.SUBTITLE in kinds:
            return layout
    return _bare_layout(show)


def _bare_layout(show: Any) -> Any:
    """The layout with a title and least else."""
    titled = [
        layout for layout in show.slide_layouts if {each.placeholder_format.type for each in layout.placeholders} & set(TITLES)
    ]  # fmt: skip
    return min(titled, key=lambda layout: len(layout.placeholders))


def _pages(rows: Sequence[T], most: int) -> list[Sequence[T]]:
    return [rows[at : at + most] for at in range(0, len(rows), most)]
