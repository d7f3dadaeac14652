"""``python -m etl``: everything that happens to data outside the screens. Results on stdout, all else on stderr."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from etl.build import ENGINE, MEMORY, STEPS, Built, Tables, build, make_tables
from etl.desk.adopt import About, Adopted, adopt
from etl.desk.attach import attach
from etl.desk.new_city import new_city
from etl.desk.new_source import new_source
from etl.desk.verify_source import NumberToCheck, numbers_to_check, verify_source
from etl.desk.withdraw import withdraw
from etl.errors import LivelihoodError, NoRelease, Problem, Refused, Where
from etl.extract import SURE, extract
from etl.extract import as_csv as candidates_csv
from etl.extract import as_json as candidates_json
from etl.findings import as_json as findings_json
from etl.findings import as_text as findings_text
from etl.findings import summary
from etl.handwritten import parsed_date, parsed_moment
from etl.readers.document import DocumentText, read_document, read_file
from etl.readers.facts import source_folders
from etl.release.dictionary import dictionary
from etl.release.export import export
from etl.release.tables import LAPTOP, PUBLIC, Release, Who, data_folder, now, open_release
from etl.verify import exit_code, verify

REFUSED = 2
app = typer.Typer(
    help="民生实事数据：读取、对账、发布。", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
told = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)

Folder = Annotated[Path | None, typer.Option("--data", help="数据文件夹；默认取 LIVELIHOOD_DATA，否则 data/。")]
UNVERIFIED = (
    "来源还没有核对：这些数不进指标卡、总览的图、对比、地图、口径句和简报，也不参加对账和推算；"
    "只在“来源与口径”、搜索、项目和地区页的数据列表和时间图里出现（都注明“未核对”），核稿时也会用到。"
)
VERDICT_WORDS = {"holds": "成立", "violated": "不符", "not_testable": "无法核对", "conflict": "口径冲突"}


@contextmanager
def _answering() -> Iterator[None]:
    """Errors become their Chinese message on stderr and exit code 2, never a traceback."""
    try:
        yield
    except LivelihoodError as error:
        told.print(str(error))
        problems = getattr(error, "problems", ())
        if problems:
            told.print(f"共{len(problems)}处问题；已发布的数据没有变动。")
        raise typer.Exit(REFUSED) from error


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=told, transient=True) as bar:
        task = bar.add_task("", total=len(STEPS))

        def step(name: str) -> None:
            bar.update(task, description=name, completed=STEPS.index(name) if name in STEPS else None)

        yield step


@app.command("build")
def build_command(
    data: Folder = None,
    memory: Annotated[
        str, typer.Option("--memory", help="在本机读取门禁日志最多用多少内存，放不下的暂存磁盘。")
    ] = MEMORY,
    engine: Annotated[
        str,
        typer.Option(
            "--engine", help="用什么读取门禁日志：duckdb（本机），或 spark://主机:7077（已有的 Spark 集群）。"
        ),
    ] = ENGINE,
) -> None:
    """读取全部来源，对账，发布新的数据表；有问题则全部列出，原有发布不变。"""
    with _answering(), _progress() as step:
        built = build(data or data_folder(), step, memory, engine)
    _report(built)


def _report(built: Built) -> None:
    rows = ", ".join(f"{name} {len(frame)}" for name, frame in built.tables.frames.items() if len(frame))
    told.print(f"{'新发布' if built.is_new else '没有变化'}：{rows}")
    typer.echo(built.release)


@app.command("check")
def check_command(data: Folder = None) -> None:
    """对账而不发布：逐条列出恒等关系的结论。全部成立为0，有应示的不符或冲突为1，有应阻的不符或错误为2。"""
    home = data or data_folder()
    with _answering(), _progress() as step:
        tables = make_tables(home, source_folders(home), step)
    for row in tables.checks.to_dict("records"):
        told_row = (
            VERDICT_WORDS[row["verdict"]],
            *(row[name] for name in ("identity", "name", "left_value", "right_value", "reason")),
        )
        typer.echo("\t".join(told_row))
    for problem in tables.problems:
        told.print(str(problem))
    raise typer.Exit(_verdict(tables))


def _verdict(tables: Tables) -> int:
    if tables.problems:
        return REFUSED
    return int(tables.checks["verdict"].isin(["violated", "conflict"]).any())


@app.command("attach")
def attach_command(
    source: Annotated[str, typer.Argument(help="来源：sources/ 下的文件夹名。")],
    file: Annotated[Path, typer.Argument(help="文件。")],
    edition: Annotated[bool, typer.Option("--edition", help="接受同一文件的另一版本，逐数核对。")] = False,
    data: Folder = None,
) -> None:
    """收下来源的原文，核对 SHA-256 和其中每个数；原文留在本机，不进 git。"""
    with _answering():
        attached = attach(data or data_folder(), source, file, edition=edition)
    if edition:
        told.print(
            f"已作为另一版本收下：{attached.digest}。核对无误后，可把 source.toml 的 sha256 改为它，并将 verified 改为 true。"
        )
    typer.echo(f"{attached.found} of {attached.total}")


class Rows(StrEnum):
    """How the numbers of a text are handed out."""

    CSV = "csv"
    JSON = "json"


class Told(StrEnum):
    """How findings are handed out."""

    TEXT = "text"
    JSON = "json"


class Asker(StrEnum):
    """Whose rights a draft is checked with."""

    LAPTOP = "laptop"
    PUBLIC = "public"


WHO: dict[Asker, Who] = {Asker.LAPTOP: LAPTOP, Asker.PUBLIC: PUBLIC}
TextFile = Annotated[str, typer.Argument(metavar="FILE", help="TXT、DOCX、PDF（有文字层）或网页；- 读标准输入。")]


@app.command("extract")
def extract_command(
    file: TextFile,
    form: Annotated[Rows, typer.Option("--format", help="csv 或 json。")] = Rows.CSV,
    published_on: Annotated[str, typer.Option(help="发布日期，如 2019-03-21；“今年”“目前”由它推定。")] = "",
    data: Folder = None,
) -> None:
    """读出一篇文字里的每个数：数值、单位、限定词、性质、地区、指标、时间；不需要先构建。"""
    with _answering():
        _, read = _document(file)
        found = extract(read.text, data or data_folder(), published_on=_day("--published-on", published_on))
    typer.echo(candidates_csv(found) if form is Rows.CSV else candidates_json(found), nl=form is Rows.JSON)
    sure = sum(one.confidence >= SURE for one in found)
    unsure = f"，另有{len(found) - sure}个把握不大" if len(found) > sure else ""
    told.print(f"{len(read.text)}字，读到{sure}个数{unsure}。" if found else f"{len(read.text)}字，没有读到数。")


@app.command("verify")
def verify_command(
    file: Annotated[str, typer.Argument(metavar="DRAFT", help="稿件：TXT、DOCX、PDF 或网页；- 读标准输入。")],
    form: Annotated[Told, typer.Option("--format", help="text 或 json。")] = Told.TEXT,
    allow_uncovered: Annotated[bool, typer.Option("--allow-uncovered", help="未覆盖的数不算不通过。")] = False,
    as_of: Annotated[
        str, typer.Option("--as-of", help="按哪个时刻可公开的数来核，如 2026-03-01 09:00；默认此刻。")
    ] = "",
    written_on: Annotated[str, typer.Option("--written-on", help="稿件日期；默认取最近一次公布的日期。")] = "",
    who: Annotated[
        Asker, typer.Option("--who", help="laptop 可见未到公开时间的数；public 只见已公开的。")
    ] = Asker.LAPTOP,
    data: Folder = None,
) -> None:
    """逐个核对稿件里的数：0为全部一致，1为有不一致或未覆盖，2为读不了。"""
    with _answering():
        _, read = _document(file)
        release = _release(data or data_folder(), WHO[who], _moment("--as-of", as_of))
        findings = verify(release, read.text, written_on=_day("--written-on", written_on))
    said = findings_json(findings) if form is Told.JSON else findings_text(findings, read.text, release)
    if said:
        typer.echo(said)
    told.print(f"{summary(findings)}（发布批次 {release.id}{'，模拟数据' if release.synthetic else ''}）。")
    raise typer.Exit(exit_code(findings, allow_uncovered=allow_uncovered))


@app.command("adopt")
def adopt_command(
    file: TextFile,
    source: Annotated[str, typer.Option("--as", help="来源：日期-发布者-主题，如 2019-03-21-xuchang-reading。")],
    title: Annotated[str, typer.Option(help="标题；默认取正文第一行。")] = "",
    publisher: Annotated[str, typer.Option(help="发布单位，必须写明；原文没有印就写“报名未印”。")] = "",
    place: Annotated[str, typer.Option(help="地区编号或名称；默认为本市。")] = "",
    published_on: Annotated[str, typer.Option(help="发布日期；默认取来源名称中的日期。")] = "",
    data: Folder = None,
) -> None:
    """收下一篇公报：读出的数写成来源，对账、发布；还缺内容的数留在 waiting.csv 待人补齐，一个也不能录入就什么也不写。"""
    home = data or data_folder()
    with _answering(), _progress() as step:
        raw, read = _document(file)
        about = About(title, publisher, place, _day("--published-on", published_on))
        adopted = adopt(home, source, raw, read.text, about, progress=step)
    _receipt(adopted)


def _receipt(adopted: Adopted) -> None:
    told.print(f"录入{adopted.entered}个数，发布批次 {adopted.release}{'（新）' if adopted.is_new else ''}。")
    if adopted.waiting:
        told.print(
            f"另有{len(adopted.waiting)}个数还缺内容，留在 {adopted.path / 'waiting.csv'}，补齐后移入 facts.csv："
        )
    for row in adopted.waiting:
        told.print(f"  {row['seq']}  {row['as_printed']}（{row['keyword']}）：{row['missing']}")
    told.print(UNVERIFIED)
    told.print(f"逐个对照原文核对：python -m etl verify-source {adopted.source} --by 姓名")
    told.print(f"整篇撤回：python -m etl withdraw {adopted.source} --by 姓名 --reason 理由")
    typer.echo(adopted.path)


@app.command("verify-source")
def verify_source_command(
    source: Annotated[str, typer.Argument(help="来源：sources/ 下的文件夹名。")],
    by: Annotated[str, typer.Option("--by", help="谁核对的：姓名。")] = "",
    seq: Annotated[str, typer.Option("--seq", help="核对无误的数的序号，如 1,2,5-8。")] = "",
    every: Annotated[bool, typer.Option("--all", help="每个数都已对照原文核对无误。")] = False,
    data: Folder = None,
) -> None:
    """逐个数对照原文：不带 --seq 和 --all 时列出每个数和它在原文中的前后文；全部核对无误后，来源标为已核对并发布。"""
    home = data or data_folder()
    with _answering():
        numbers = numbers_to_check(home, source)
        seqs = {one.seq for one in numbers} if every else _seqs(seq)
    if not seqs:
        for one in numbers:
            typer.echo(_in_its_text(one))
        told.print(f"共{len(numbers)}个数，已核对{sum(bool(one.checked_by) for one in numbers)}个。")
        told.print(
            f"核对无误的，请写序号：python -m etl verify-source {source} --by 姓名 --seq 1,2,5-8；全部无误用 --all"
        )
        return
    with _answering(), _progress() as step:
        verified = verify_source(home, source, seqs, by=by, on=now().date(), progress=step)
    if verified.left:
        told.print(
            f"已核对{verified.confirmed}个数，还有{len(verified.left)}个：{_listed(verified.left)}。来源仍为未核对。"
        )
    else:
        told.print(f"{verified.confirmed}个数全部核对无误，来源已标为已核对，发布批次 {verified.release} 生效。")
    typer.echo(verified.release or f"{verified.confirmed} of {len(numbers)}")


def _in_its_text(number: NumberToCheck) -> str:
    """One line: whether it is confirmed, the number as it was entered, and the words around it in the document."""
    row = number.row
    time = (
        row.get("time_as_printed") or "—".join(filter(None, (row["period_start"], row["period_end"]))) or row["as_of"]
    )
    meant = " ".join(filter(None, (row["indicator"], row["place"], row["measure"], row["value"], row["unit"], time)))
    mark = f"已核对（{number.checked_by}）" if number.checked_by else "不符" if number.differs else "未核对"
    text = f"…{number.before}【{number.printed}】{number.behind}…" if number.printed else row["locator"]
    return f"{row['seq']}\t{mark}\t{row['as_printed']}\t{meant}\t{text}"


def _seqs(said: str) -> set[int]:
    """The numbers of 1,2,5-8."""
    found: set[int] = set()
    try:
        for part in filter(None, said.replace("，", ",").replace("、", ",").replace("—", "-").split(",")):
            first, _, last = part.strip().partition("-")
            found |= set(range(int(first), int(last or first) + 1))
    except ValueError as error:
        raise Refused([Problem("E-110", Where("--seq"), "序号看不懂", said, "如 1,2,5-8")]) from error
    return found


def _listed(seqs: Sequence[int]) -> str:
    return "、".join(map(str, seqs))


@app.command("withdraw")
def withdraw_command(
    source: Annotated[str, typer.Argument(help="来源：sources/ 下的文件夹名。")],
    by: Annotated[str, typer.Option("--by", help="谁撤回的：姓名。")] = "",
    reason: Annotated[str, typer.Option("--reason", help="为什么撤回；它会一直留在“来源与口径”里。")] = "",
    data: Folder = None,
) -> None:
    """整篇撤回一个来源：它的数不再进任何表，文件夹移到 withdrawn/，谁、何时、为何撤回留在历史里。"""
    with _answering(), _progress() as step:
        taken = withdraw(data or data_folder(), source, by=by, reason=reason, at=now(), progress=step)
    told.print(f"已撤回 {taken.source} 的{taken.numbers}个数，发布批次 {taken.release} 生效。同一份文件可以重新录入。")
    typer.echo(taken.path)


def _document(file: str) -> tuple[bytes, DocumentText]:
    if file == "-":
        raw = sys.stdin.buffer.read()
        read = read_document(raw, "标准输入")
    else:
        raw, read = read_file(Path(file))
    for note in read.notes:
        told.print(f"注意：{note}。")
    return raw, read


def _release(home: Path, who: Who, moment: dt.datetime) -> Release:
    """The release in force; one is built on the way where there is none, as the screens do."""
    try:
        return open_release(who, moment, folder=home)
    except NoRelease:
        told.print("还没有数据表，先构建一次。")
        with _progress() as step:
            build(home, step)
        return open_release(who, moment, folder=home)


def _day(option: str, said: str) -> dt.date | None:
    try:
        return parsed_date(said) if said else None
    except ValueError as error:
        raise Refused([Problem("E-110", Where(option), "日期无效", said, "存在的日期，如 2019-03-21")]) from error


def _moment(option: str, said: str) -> dt.datetime:
    try:
        return parsed_moment(said) if said else now()
    except ValueError as error:
        raise Refused(
            [Problem("E-110", Where(option), "时间无效", said, "如 2026-03-01 或 2026-03-01 09:00")]
        ) from error


@app.command("new-source")
def new_source_command(
    name: Annotated[str, typer.Argument(help="日期-发布者-主题，如 2019-03-21-xuchang-reading。")],
    title: Annotated[str, typer.Option(help="标题。")] = "",
    publisher: Annotated[str, typer.Option(help="发布单位。")] = "",
    place: Annotated[str, typer.Option(help="地区编号或名称。")] = "",
    document: Annotated[Path | None, typer.Option(help="原文文件，用来登记 SHA-256。")] = None,
    data: Folder = None,
) -> None:
    """新建一个来源文件夹，带好表头。"""
    with _answering():
        path = new_source(data or data_folder(), name, title=title, publisher=publisher, place=place, document=document)
    typer.echo(path)


@app.command("new-city")
def new_city_command(
    name: Annotated[str, typer.Argument(help="城市名称，如 新乡市。")],
    code: Annotated[str, typer.Option("--code", help="行政区划代码，四位或六位。")],
    to: Annotated[Path, typer.Option("--to", help="新数据文件夹，须为空或不存在。")],
    data: Folder = None,
) -> None:
    """新建一个城市的数据文件夹：按代码列好区县，其余各表只有表头，可立即构建和打开。"""
    with _answering():
        path = new_city(name, code, to, like=data or data_folder())
    told.print(f"请核对 {path}/city.toml 和 reference/places.csv（编号由拼音得来），然后：")
    told.print(f"  python -m etl build --data {path}\n  LIVELIHOOD_DATA={path} streamlit run app.py")
    typer.echo(path)


@app.command("demo")
def demo_command(
    to: Annotated[Path, typer.Option("--to", help="写到哪个文件夹；须为空、不存在，或是先前生成的示范市。")],
    seed: Annotated[
        int,
        typer.Option(min=0, help="随机种子：只改变门禁日志和由它数出的数；同一种子、同样条数，得到同样的每一个字节。"),
    ] = 1,
    events: Annotated[int | None, typer.Option(help="门禁日志大约多少条；默认60万。")] = None,
) -> None:
    """生成示范市：全部为模拟数据的一座虚构城市，随后可构建和打开。"""
    from etl.demo.make import EVENTS, make  # noqa: PLC0415 - only this command makes a city

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with _answering(), Progress(*columns, console=told, transient=True) as bar:
        task = bar.add_task("")
        made = make(
            to,
            seed,
            EVENTS if events is None else events,
            lambda what, done, total: bar.update(task, description=what, completed=done, total=total),
        )
    told.print(f"示范市（模拟数据）：{made.files} 个文件，门禁日志 {made.rows} 行。然后：")
    told.print(f"  python -m etl build --data {to}\n  LIVELIHOOD_DATA={to} streamlit run app.py")
    typer.echo(to)


@app.command("export")
def export_command(
    to: Annotated[Path, typer.Option("--to", help="写到哪个文件夹。")],
    release: Annotated[str | None, typer.Option(help="发布批次；默认为当前。")] = None,
    data: Folder = None,
) -> None:
    """导出全部数据表：CSV（带 BOM）和 datapackage.json。"""
    with _answering():
        for path in export(open_release(LAPTOP, now(), release, folder=data), to):
            typer.echo(path)


@app.command("describe")
def describe_command() -> None:
    """数据字典：每个文件、每张表、每一列的含义（Markdown，写到标准输出）。"""
    typer.echo(dictionary())


if __name__ == "__main__":
    app()
