"""A briefing as PDF, set by typst: no browser, no office, in the fonts of pages/charts/fonts.
Everything said reaches typst as data, so that no name can become markup.  brief.typ beside this file is the layout."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from etl.release.export import SYNTHETIC
from pages.charts.fonts import BOLD, PACKAGED, Fonts, font_folders, set_in
from pages.charts.form import drawn
from pages.charts.to_svg import to_svg
from pages.reports.brief import Brief, Chart, CitedText, Section, Table
from pages.reports.kit import LONG_AGO

LAYOUT = Path(__file__).with_name("brief.typ")
SCALES = (1.0, 0.94, 0.88, 0.82)  # sizes of text tried until a briefing keeps to its number of pages
PAGES = {"leader": 1, "district": 2}

Json: TypeAlias = "str | bool | float | Sequence[Json] | Mapping[str, Json]"
"""What the template of a document is given."""


def pdf_bytes(brief: Brief, fonts: Fonts = PACKAGED) -> bytes:
    """The briefing as PDF, set smaller where its audience's number of pages asks for it.
    The same briefing gives the same bytes on every machine unless ``fonts`` uses the machine's own."""
    from typst import Compiler  # noqa: PLC0415 - only when a PDF is asked for

    only_packaged = not fonts.uses_system
    compiler = Compiler(LAYOUT, root=LAYOUT.parent, font_paths=font_folders(), ignore_system_fonts=only_packaged)
    families = {"fonts": fonts.body, "heads": fonts.heads, "bold": BOLD}
    midnight = dt.datetime.combine(brief.day or LONG_AGO, dt.time(), dt.UTC)
    most = PAGES.get(brief.audience)
    made = b""
    count = len(brief.charts())
    attempts = [(at, scale) for at in range(count, -1, -1) for scale in (SCALES if at < 2 else SCALES[:2])]
    for charts, scale in attempts if most else [(count, 1.0)]:  # charts go first, from the last one on
        inputs = {"brief": json.dumps(_told(brief, charts, fonts) | families | {"scale": scale}, ensure_ascii=False)}
        set_here: Any = compiler.compile(sys_inputs=inputs, format="pdf", timestamp=int(midnight.timestamp()))
        made = bytes(set_here)
        if most is None or page_count(made) <= most:
            break
    return made


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2  # noqa: PLC0415

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _told(brief: Brief, charts: int, fonts: Fonts) -> dict[str, Json]:
    numerals = "一二三四五六七八九"
    drawn_here = brief.charts()[:charts]
    return {
        "title": brief.title, "city": brief.city, "about": list(brief.about), "synthetic": brief.synthetic,
        "made_up": f"【{SYNTHETIC}】本市为虚构，所有数字均非任何单位公布",
        "foot": " ｜ ".join(filter(None, [brief.city, brief.as_of, f"发布批次 {brief.release_id}"])),
        "sections": [_section(f"{numerals[at]}、", section, brief, drawn_here, fonts) for at, section in enumerate(brief.sections)],
        "sources": [f"[{source.note}] {source.text}" for source in brief.sources],
        "rules": f"选取规则：{'；'.join(brief.rules)}。" if brief.rules else "",
    }  # fmt: skip


def _section(number: str, section: Section, brief: Brief, charts: Sequence[Chart], fonts: Fonts) -> dict[str, Json]:
    pictures = [_picture(chart) for chart in section.charts if chart in charts]
    width = 0.74 if brief.audience in PAGES else 0.9
    return {
        "heading": f"{number}{section.heading}",
        "paragraphs": [_said(said, brief) for said in section.paragraphs],
        "tables": [_table(table) for table in section.tables],
        "charts": [{"svg": set_in(picture, fonts), "width": width} for picture in pictures],
    }


def _said(said: CitedText, brief: Brief) -> dict[str, str]:
    notes = brief.notes_of(said.observation_ids)
    return {"text": said.text, "rule": said.rule, "notes": f"[{','.join(map(str, notes))}]" if notes else ""}


def _table(table: Table) -> dict[str, Json]:
    return {
        "title": table.title, "unit": table.unit, "source": table.source, "columns": list(table.columns), "widths": list(table.widths),
        "rows": [[said.text for said in row] for row in table.rows],
    }  # fmt: skip


def _picture(chart: Chart) -> str:
    figure = drawn(form=chart.form, marks=chart.marks)
    return to_svg(figure, title=chart.title.text, above=[chart.note], below=[chart.source])
