"""Why a briefing cannot become a file, said to the person who asked for it."""

from __future__ import annotations

from etl.errors import LivelihoodError


class NoChart(LivelihoodError):
    """The briefing has no chart that can be drawn."""

    def __init__(self) -> None:
        super().__init__(
            "E-705 这份简报没有可画的图：所选地区、时段没有两个以上可比的已公布数。请换一个地区或时段，或选其他格式。"
        )
