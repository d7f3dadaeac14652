"""A briefing as a message of at most 200 characters for a chat, and one chart of it as a picture to send along."""

from __future__ import annotations

from etl.errors import LivelihoodError
from etl.release.export import SYNTHETIC
from pages.charts.fonts import PACKAGED, Fonts
from pages.charts.form import drawn
from pages.charts.to_svg import is_printable, to_svg
from pages.queries.numbers import LEAST
from pages.reports.brief import Brief, Chart, CitedText
from pages.reports.kit import png_bytes


class NoChart(LivelihoodError):
    """The briefing has no chart that can be drawn."""

    def __init__(self) -> None:
        super().__init__(
            "E-705 这份简报没有可画的图：所选地区、时段没有两个以上可比的已公布数。请换一个地区或时段，或选其他格式。"
        )


LONGEST = 200
SOURCE = 60  # letters a source's name may take


def message_text(brief: Brief) -> str:
    """Title, the findings that matter most, the day, the source - never more than LONGEST characters, never half a sentence.
    What matters, the column ``priority`` of indicators.csv says; sentences without any such number stand in a message only where
    the briefing has no other."""
    front = f"{f'【{SYNTHETIC}】' if brief.synthetic else ''}{brief.title}："
    back = f"（{'；'.join(filter(None, [brief.as_of, _source(brief), brief.release_id]))}）"
    chosen: list[CitedText] = []
    for each in sorted(_findings(brief), key=lambda said: said.priority):
        if len(front) + sum(len(said.text) for said in (*chosen, each)) + len(back) <= LONGEST:
            chosen.append(each)
    return f"{front}{''.join(each.text for each in _findings(brief) if each in chosen)}{back}"


def _findings(brief: Brief) -> list[CitedText]:
    """The sentences that tell a number that matters, in the briefing's order; those that tell any number where none matters."""
    every = {said.text: said for section in brief.sections for said in section.paragraphs if said.observation_ids}
    telling = list(every.values())
    return [said for said in telling if said.priority < LEAST] or telling or list(brief.sections[0].paragraphs)


def card_png(brief: Brief, fonts: Fonts = PACKAGED) -> bytes:
    """The first chart that can be drawn, with its finding, its numbers, its sources and the release; NoChart where there is none."""
    chart = next((each for each in brief.charts() if is_printable(drawn(form=each.form, marks=each.marks))), None)
    if chart is None:
        raise NoChart
    return png_bytes(_card(brief, chart), fonts)


def _card(brief: Brief, chart: Chart) -> str:
    above = [f"【{SYNTHETIC}】" if brief.synthetic else "", chart.note]
    below = [chart.source, " ｜ ".join([brief.city, *brief.about])]
    return to_svg(drawn(form=chart.form, marks=chart.marks), title=chart.title.text, above=above, below=below)


def _source(brief: Brief) -> str:
    if not brief.sources:
        return ""
    first = brief.sources[0].text.partition("，")[0]
    named = first if len(first) <= SOURCE else f"{first[: SOURCE - 1]}…"
    return f"来源：{named}{'等' if len(brief.sources) > 1 else ''}"
