"""``python -m pages.reports``: a briefing as a file, for a person or for cron. Progress and errors on stderr; errors end with 2."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from etl.errors import LivelihoodError, Problem, Refused, Where
from etl.release.tables import LAPTOP, data_folder, now, open_release
from pages.queries.briefs import AUDIENCES, BriefRequest, brief_rows
from pages.reports.brief import Brief
from pages.reports.compose_brief import compose_brief
from pages.reports.files import FORMATS, brief_bytes, fonts_of, template_of

REFUSED = 2
STEPS = ("读取发布批次", "选取要说的数", "写成简报", "排版成文件")
told = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def report(
    audience: Annotated[str, typer.Argument(help=f"给谁：{'、'.join(AUDIENCES)}。")],
    to: Annotated[Path, typer.Option("-o", "--output", help="写到哪个文件；- 为标准输出。")],
    form: Annotated[str, typer.Option("--format", help=f"格式：{'、'.join(FORMATS)}。")] = "docx",
    place: Annotated[str, typer.Option("--place", help="地区编号或名称；默认全市。")] = "",
    period: Annotated[str, typer.Option("--period", help="年份，如 2019；默认全部。")] = "",
    as_of: Annotated[str, typer.Option("--as-of", help="只用这一天及以前公布的数，如 2019-03-21。")] = "",
    release: Annotated[str | None, typer.Option("--release", help="发布批次；默认为当前。")] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="数据文件夹；默认取 LIVELIHOOD_DATA，否则 data/。")
    ] = None,
) -> None:
    """把一个发布批次写成简报：文稿、幻灯、表格、PDF、短消息或图卡。"""
    try:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=told, transient=True) as bar:
            task = bar.add_task("", total=len(STEPS))

            def step(name: str) -> None:
                bar.update(task, description=name, completed=STEPS.index(name))

            made = _made(step, audience, form, place, period, as_of, release, data)
        if str(to) == "-":
            sys.stdout.buffer.write(made)
        else:
            to.write_bytes(made)
            told.print(f"已写好：{to}（{len(made)}字节）")
    except LivelihoodError as error:
        told.print(str(error))
        raise typer.Exit(REFUSED) from error
    except OSError as error:
        told.print(f"E-706 不能写入“{to}”：{error.strerror or error}。请换一个可写的位置。")
        raise typer.Exit(REFUSED) from error


def _made(
    step: Callable[[str], None], audience: str, form: str, place: str, period: str, as_of: str, release: str | None, data: Path | None
) -> bytes:  # fmt: skip
    if form not in FORMATS:
        raise Refused([Problem("E-707", Where("--format"), "没有这种格式", form, "、".join(FORMATS))])
    if period and not (period.isdigit() and len(period) == 4):
        raise Refused([Problem("E-708", Where("--period"), "时段不是年份", period, "四位年份，如 2019")])
    step(STEPS[0])
    day = _day(as_of)
    moment = dt.datetime.combine(day, dt.time.max) if day else now()
    opened = open_release(LAPTOP, moment, release, folder=data or data_folder())
    step(STEPS[1])
    rows = brief_rows(opened, BriefRequest(audience, place, period, day))
    step(STEPS[2])
    brief: Brief = compose_brief(rows)
    step(STEPS[3])
    return brief_bytes(brief, form, template=template_of(opened.folder), fonts=fonts_of(opened.folder))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused([Problem("E-709", Where("--as-of"), "日期无效", text, "年-月-日，如 2019-03-21")]) from error


if __name__ == "__main__":
    app()
