"""Why a briefing cannot become a file, said to the person who asked for it."""

from __future__ import annotations

from etl.errors import LivelihoodError

FONTS = (
    "FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Songti SC", "AR PL UMing CN",
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
)  # fmt: skip
"""Families that draw Chinese, those of official documents first."""


class NoChineseFont(LivelihoodError):
    """This machine has no font that draws Chinese."""

    def __init__(self, form: str) -> None:
        super().__init__(
            f"E-704 本机没有中文字体，不能生成 {form}。缺少的字体，装其中任一种即可：{'、'.join(FONTS)}（Debian、Ubuntu：apt-get install fonts-noto-cjk）。"
        )


class NoChart(LivelihoodError):
    """The briefing has no chart that can be drawn."""

    def __init__(self) -> None:
        super().__init__(
            "E-705 这份简报没有可画的图：所选地区、时段没有两个以上可比的已公布数。请换一个地区或时段，或选其他格式。"
        )
