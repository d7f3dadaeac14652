"""A briefing as PDF, set by typst: no browser, no office, but a Chinese font on this machine - or a message that names what is missing.

Everything said reaches typst as data, so that no name can become markup.  brief.typ beside this file is the layout.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from etl.errors import LivelihoodError
from etl.export import SYNTHETIC
from pages.charts.drawn import drawn
from pages.charts.printed import is_printable, printed
from pages.reports.archive import LONG_AGO
from pages.reports.brief import Brief, Chart, Said, Section, Table
from pages.reports.series import marks_table

LAYOUT = Path(__file__).with_name("brief.typ")
BODY = (
    "FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Songti SC", "AR PL UMing CN",
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip
HEAD = (
    "SimHei", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "STHeiti", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Noto Serif CJK SC", "SimSun",
)  # fmt: skip
SCALES = (1.0, 0.94, 0.88, 0.82)
"""Sizes of text tried in turn until a briefing keeps to its number of pages."""

PAGES = {"leader": 1, "district": 2}


class NoChineseFont(LivelihoodError):
    """This machine has no font that draws Chinese."""

    def __init__(self) -> None:
        names = "、".join(dict.fromkeys((*HEAD, *BODY)))
        super().__init__(
            f"本机没有可用的中文字体，不能生成 PDF。请安装下列字体中的任一种后重试：{names}（Debian/Ubuntu：apt-get install fonts-noto-cjk）。"
        )


def pdf_bytes(brief: Brief) -> bytes:
    """The briefing as PDF, set smaller where its audience's number of pages asks for it; NoChineseFont without a font for it.

    The same briefing gives the same bytes on machines with the same fonts.
    """
    from typst import Compiler  # noqa: PLC0415 - only when a PDF is asked for

    families = installed()
    fonts = {"fonts": [each for each in BODY if each in families], "heads": [each for each in HEAD if each in families]}
    if not fonts["fonts"]:
        raise NoChineseFont
    compiler = Compiler(LAYOUT, root=LAYOUT.parent)
    told = _told(brief) | fonts
    made = b""
    for scale in SCALES:
        inputs = {"brief": json.dumps(told | {"scale": scale}, ensure_ascii=False)}
        made = bytes(compiler.compile(sys_inputs=inputs, format="pdf", timestamp=_midnight(brief.day or LONG_AGO)))
        if page_count(made) <= PAGES.get(brief.audience, 99):
            break
    return made


@cache
def installed() -> frozenset[str]:
    """The families of fonts that typst finds on this machine."""
    from typst import Fonts  # noqa: PLC0415

    return frozenset(Fonts().families())


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2  # noqa: PLC0415

    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def _told(brief: Brief) -> dict[str, Any]:
    numerals = "一二三四五六七八九"
    return {
        "title": brief.title, "city": brief.city, "about": list(brief.about), "synthetic": brief.synthetic,
        "made_up": f"【{SYNTHETIC}】本市为虚构，所有数字均非任何单位公布",
        "foot": " ｜ ".join(filter(None, [brief.city, brief.as_of, f"发布批次 {brief.release_id}"])),
        "sections": [_section(f"{numerals[at]}、", section, brief) for at, section in enumerate(brief.sections)],
        "sources": [f"[{source.note}] {source.text}" for source in brief.sources],
        "rules": f"选取规则：{'；'.join(brief.rules)}。" if brief.rules else "",
    }  # fmt: skip


def _section(number: str, section: Section, brief: Brief) -> dict[str, Any]:
    return {
        "heading": f"{number}{section.heading}",
        "paragraphs": [_said(said, brief) for said in section.paragraphs],
        "tables": [_table(table) for table in section.tables]
        + [_table(marks_table(chart)) for chart in section.charts if _picture(chart) is None],
        "charts": [
            {"svg": picture, "width": 0.8 if brief.audience == "leader" else 1.0}
            for chart in section.charts
            if (picture := _picture(chart)) is not None
        ],
    }


def _said(said: Said, brief: Brief) -> dict[str, str]:
    notes = brief.notes_of(said.observation_ids)
    return {"text": said.text, "notes": f"[{','.join(map(str, notes))}]" if notes else ""}


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title, "unit": table.unit, "source": table.source, "columns": list(table.columns), "widths": list(table.widths),
        "rows": [[said.text for said in row] for row in table.rows],
    }  # fmt: skip


def _picture(chart: Chart) -> str | None:
    made = drawn(form=chart.form, marks=chart.marks)
    if not is_printable(made):
        return None
    return printed(made, title=chart.title.text, above=[chart.note], below=[chart.source])


def _midnight(day: dt.date) -> int:
    return int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())
