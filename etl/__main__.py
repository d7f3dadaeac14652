"""``python -m etl``: everything that happens to data outside the screens. Results on stdout, all else on stderr."""

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from etl import output
from etl.build import ENGINE, MEMORY, STEPS, build, make_tables
from etl.desk.adopt import About, adopt
from etl.desk.attach import attach
from etl.desk.indicator_proposals import propose
from etl.desk.new_city import new_city
from etl.desk.new_source import new_source
from etl.desk.source_desk import numbers_to_check, verify_source, withdraw
from etl.errors import LivelihoodError, NoRelease, Refused, Where, refused
from etl.extract import extract
from etl.handwritten import parsed_date, parsed_moment
from etl.model import CheckResult
from etl.readers.document import DocumentText, read_document, read_file
from etl.readers.facts import source_folders
from etl.release.export import export
from etl.release.schema import dictionary
from etl.release.tables import LAPTOP, PUBLIC, Release, Who, data_folder, now, open_release
from etl.verify import exit_code, verify

REFUSED = 2
stderr = Console(stderr=True, soft_wrap=True, highlight=False, markup=False)


app = typer.Typer(
    help="民生实事数据：读取、对账、发布。", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)

Folder = Annotated[Path | None, typer.Option("--data", help="数据文件夹；默认取 LIVELIHOOD_DATA，否则 data/。")]
TextFile = Annotated[str, typer.Argument(metavar="FILE", help="TXT、DOCX、XLSX、PDF（有文字层）或网页；- 读标准输入。")]
Memory = Annotated[str, typer.Option("--memory", help="在本机读取门禁日志最多用多少内存，放不下的暂存磁盘。")]
Engine = Annotated[
    str,
    typer.Option("--engine", help="用什么读取门禁日志：duckdb（本机），或 spark://主机:7077（已有的 Spark 集群）。"),
]
Source = Annotated[str, typer.Argument(help="来源：sources/ 下的文件夹名。")]
Parsed = TypeVar("Parsed")
Options = ParamSpec("Options")


@contextmanager
def _refusals() -> Iterator[None]:
    """Errors become their Chinese message on stderr and exit code 2, never a traceback."""
    try:
        yield
    except LivelihoodError as error:
        stderr.print(str(error))
        if isinstance(error, Refused) and error.problems:
            stderr.print(f"共{len(error.problems)}处问题；已发布的数据没有变动。")
        raise typer.Exit(REFUSED) from error


def command(name: str) -> Callable[[Callable[Options, None]], Callable[Options, None]]:
    """Makes a function a command of this name, with its errors told as ``_refusals`` does."""
    return lambda run: app.command(name)(_refusals()(run))


@contextmanager
def _progress_bar(*columns: MofNCompleteColumn) -> Iterator[Callable[[str, int | None, int | None], None]]:
    """A bar on stderr that goes when the work is done; it is told what is being done, how much of it is, and of how much."""
    shown = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), *columns, TimeElapsedColumn())
    with Progress(*shown, console=stderr, transient=True) as bar:
        task = bar.add_task("")
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)


@contextmanager
def _build_progress() -> Iterator[Callable[[str], None]]:
    with _progress_bar() as update:
        yield lambda step: update(step, STEPS.index(step) if step in STEPS else None, len(STEPS))


@command("build")
def build_command(data: Folder = None, memory: Memory = MEMORY, engine: Engine = ENGINE) -> None:
    """读取全部来源，对账，发布新的数据表；有问题则全部列出，原有发布不变。"""
    with _build_progress() as progress:
        built = build(data or data_folder(), progress, memory, engine)
    stderr.print(output.built_tables(built))
    typer.echo(built.release)


@command("check")
def check_command(data: Folder = None) -> None:
    """对账而不发布：逐条列出恒等关系的结论。全部成立为0，有应示的不符或冲突为1，有应阻的不符或错误为2。"""
    home = data or data_folder()
    with _build_progress() as progress:
        tables = make_tables(home, source_folders(home), progress)
    _print(typer.echo, output.check_lines(tables.checks))
    _print(stderr.print, map(str, tables.problems))
    failed = any(CheckResult(result).passes is False for result in tables.checks["verdict"])
    raise typer.Exit(REFUSED if tables.problems else int(failed))


@command("attach")
def attach_command(
    source: Source,
    file: Annotated[Path, typer.Argument(help="文件。")],
    edition: Annotated[bool, typer.Option("--edition", help="接受同一文件的另一版本，逐数核对。")] = False,
    data: Folder = None,
) -> None:
    """收下来源的原文，核对 SHA-256 和其中每个数；原文留在本机，不进 git。"""
    attached = attach(data or data_folder(), source, file, edition=edition)
    if edition:
        stderr.print(
            f"已作为另一版本收下：{attached.digest}。核对无误后，可把 source.toml 的 sha256 改为它，并将 verified 改为 true。"
        )
    typer.echo(f"{attached.found} of {attached.total}")


@command("extract")
def extract_command(
    file: TextFile,
    form: Annotated[Literal["csv", "json"], typer.Option("--format", help="csv 或 json。")] = "csv",
    published_on: Annotated[str, typer.Option(help="发布日期，如 2019-03-21；“今年”“目前”由它推定。")] = "",
    data: Folder = None,
) -> None:
    """读出一篇文字里的每个数：数值、单位、限定词、性质、地区、指标、时间；不需要先构建。"""
    _, document = _read_document(file)
    found = extract(document.text, data or data_folder(), published_on=_day("--published-on", published_on))
    cells = [document.cell_at(candidate.start) for candidate in found] if document.cells else []
    result = output.candidates_csv(found, cells) if form == "csv" else output.candidates_json(found, cells)
    typer.echo(result, nl=form == "json")
    stderr.print(output.candidates_summary(document.text, found))


@command("verify")
def verify_command(
    file: Annotated[str, typer.Argument(metavar="DRAFT", help="稿件：TXT、DOCX、XLSX、PDF 或网页；- 读标准输入。")],
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="text 或 json。")] = "text",
    allow_uncovered: Annotated[bool, typer.Option("--allow-uncovered", help="未覆盖的数不算不通过。")] = False,
    as_of: Annotated[
        str, typer.Option("--as-of", help="按哪个时刻可公开的数来核，如 2026-03-01 09:00；默认此刻。")
    ] = "",
    written_on: Annotated[str, typer.Option("--written-on", help="稿件日期；默认取最近一次公布的日期。")] = "",
    trace: Annotated[bool, typer.Option("--trace", help="每个数写明是哪条规则定的。")] = False,
    who: Annotated[
        Literal["laptop", "public"], typer.Option("--who", help="laptop 可见未到公开时间的数；public 只见已公开的。")
    ] = "laptop",
    data: Folder = None,
) -> None:
    """逐个核对稿件里的数：0为全部一致，1为有不一致或未覆盖，2为读不了。"""
    _, document = _read_document(file)
    release = _release(data or data_folder(), LAPTOP if who == "laptop" else PUBLIC, _moment("--as-of", as_of))
    findings = verify(release, document.text, written_on=_day("--written-on", written_on))
    result = (
        output.findings_json(findings)
        if form == "json"
        else output.findings_text(findings, document.text, release, trace=trace)
    )
    if result:
        typer.echo(result)
    synthetic = "，模拟数据" if release.synthetic else ""
    stderr.print(f"{output.findings_summary(findings)}（发布批次 {release.id}{synthetic}）。")
    raise typer.Exit(exit_code(findings, allow_uncovered=allow_uncovered))


@command("adopt")
def adopt_command(
    file: TextFile,
    source: Annotated[str, typer.Option("--as", help="来源：日期-发布者-主题，如 2019-03-21-xuchang-reading。")],
    title: Annotated[str, typer.Option(help="标题；默认取正文第一行。")] = "",
    publisher: Annotated[str, typer.Option(help="发布单位，必须写明；原文没有印就写“报名未印”。")] = "",
    place: Annotated[str, typer.Option(help="地区编号或名称；默认为本市。")] = "",
    published_on: Annotated[str, typer.Option(help="发布日期；默认取来源名称中的日期。")] = "",
    proposals: Annotated[
        Path | None,
        typer.Option("--accept-proposed", help="接受这张表里拟定的指标（python -m etl propose 生成，人已填好方向）。"),
    ] = None,
    data: Folder = None,
) -> None:
    """收下一篇公报：读出的数写成来源，对账、发布；还缺内容的数留在 waiting.csv 待人补齐，一个也不能录入就什么也不写。"""
    with _build_progress() as progress:
        raw, document = _read_document(file)
        about = About(title, publisher, place, _day("--published-on", published_on))
        home = data or data_folder()
        adopted = adopt(home, source, raw, document.text, about, proposals=proposals, progress=progress)
    _print(stderr.print, output.adopted_lines(adopted))
    typer.echo(adopted.path)


@command("propose")
def propose_command(
    file: TextFile,
    published_on: Annotated[str, typer.Option(help="发布日期，如 2019-03-21；要与录入时的相同。")],
    data: Folder = None,
) -> None:
    """给一篇公报里缺指标的数拟定指标：名称、单位、类别；写到标准输出，供人改名、删行、填方向，再交给 adopt --accept-proposed。"""
    _, document = _read_document(file)
    day = _day("--published-on", published_on) or now().date()
    found = propose(document.text, data or data_folder(), day)
    typer.echo(output.proposals_csv(found), nl=False)
    stderr.print(output.proposals_summary(found))


@command("verify-source")
def verify_source_command(
    source: Source,
    by: Annotated[str, typer.Option("--by", help="谁核对的：姓名。")] = "",
    seq: Annotated[str, typer.Option("--seq", help="核对无误的数的序号，如 1,2,5-8。")] = "",
    every: Annotated[bool, typer.Option("--all", help="每个数都已对照原文核对无误。")] = False,
    data: Folder = None,
) -> None:
    """逐个数对照原文：不带 --seq 和 --all 时列出每个数和它在原文中的前后文；全部核对无误后，来源标为已核对并发布。"""
    home = data or data_folder()
    numbers = numbers_to_check(home, source)
    told = "--seq", seq, "序号看不懂", "如 1,2,5-8"
    seqs = {number.seq for number in numbers} if every else _parsed(_numbers_of_ranges, *told)
    if not seqs:
        _print(typer.echo, map(output.number_to_check, numbers))
        stderr.print(f"共{len(numbers)}个数，已核对{sum(bool(number.checked_by) for number in numbers)}个。")
        stderr.print(
            f"核对无误的，请写序号：python -m etl verify-source {source} --by 姓名 --seq 1,2,5-8；全部无误用 --all"
        )
        return
    with _build_progress() as progress:
        verified = verify_source(home, source, seqs, by=by, on=now().date(), progress=progress)
    stderr.print(output.verified_summary(verified))
    typer.echo(verified.release or f"{verified.confirmed} of {len(numbers)}")


@command("withdraw")
def withdraw_command(
    source: Source,
    by: Annotated[str, typer.Option("--by", help="谁撤回的：姓名。")] = "",
    reason: Annotated[str, typer.Option("--reason", help="为什么撤回；它会一直留在“来源与口径”里。")] = "",
    data: Folder = None,
) -> None:
    """整篇撤回一个来源：它的数不再进任何表，文件夹移到 withdrawn/，谁、何时、为何撤回留在历史里。"""
    with _build_progress() as progress:
        taken = withdraw(data or data_folder(), source, by=by, reason=reason, at=now(), progress=progress)
    stderr.print(
        f"已撤回 {taken.source} 的{taken.numbers}个数，发布批次 {taken.release} 生效。同一份文件可以重新录入。"
    )
    typer.echo(taken.path)


@command("new-source")
def new_source_command(
    name: Annotated[str, typer.Argument(help="日期-发布者-主题，如 2019-03-21-xuchang-reading。")],
    title: Annotated[str, typer.Option(help="标题。")] = "",
    publisher: Annotated[str, typer.Option(help="发布单位。")] = "",
    place: Annotated[str, typer.Option(help="地区编号或名称。")] = "",
    document: Annotated[Path | None, typer.Option(help="原文文件，用来登记 SHA-256。")] = None,
    data: Folder = None,
) -> None:
    """新建一个来源文件夹，带好表头。"""
    path = new_source(data or data_folder(), name, title=title, publisher=publisher, place=place, document=document)
    typer.echo(path)


@command("new-city")
def new_city_command(
    name: Annotated[str, typer.Argument(help="城市、省或区县的名称，如 新乡市。")],
    code: Annotated[str, typer.Option("--code", help="行政区划代码：省两位，市四位或六位，区县六位。")],
    to: Annotated[Path, typer.Option("--to", help="新数据文件夹，须为空或不存在。")],
    data: Folder = None,
) -> None:
    """新建一个城市（或省、区县）的数据文件夹：按代码列好区县，带好单位，其余各表只有表头，可立即构建和打开。"""
    path = new_city(name, code, to, like=data or data_folder())
    stderr.print(f"请核对 {path}/city.toml 和 reference/places.csv（编号由拼音得来），然后：")
    _print_next_steps(path)


@command("demo")
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

    with _progress_bar(MofNCompleteColumn()) as update:
        made = make(to, seed, EVENTS if events is None else events, update)
    stderr.print(f"示范市（模拟数据）：{made.files} 个文件，门禁日志 {made.rows} 行。然后：")
    _print_next_steps(to)


@command("export")
def export_command(
    to: Annotated[Path, typer.Option("--to", help="写到哪个文件夹。")],
    release: Annotated[str | None, typer.Option(help="发布批次；默认为当前。")] = None,
    data: Folder = None,
) -> None:
    """导出全部数据表：CSV（带 BOM）和 datapackage.json。"""
    _print(typer.echo, map(str, export(open_release(LAPTOP, now(), release, folder=data), to)))


@command("describe")
def describe_command() -> None:
    """数据字典：每个文件、每张表、每一列的含义（Markdown，写到标准输出）。"""
    typer.echo(dictionary())


def _print(write: Callable[[str], None], lines: Iterable[str]) -> None:
    for line in lines:
        write(line)


def _print_next_steps(folder: Path) -> None:
    stderr.print(f"  python -m etl build --data {folder}\n  LIVELIHOOD_DATA={folder} streamlit run app.py")
    typer.echo(folder)


def _read_document(file: str) -> tuple[bytes, DocumentText]:
    if file == "-":
        raw = sys.stdin.buffer.read()
        document = read_document(raw, "标准输入")
    else:
        raw, document = read_file(Path(file))
    _print(stderr.print, (f"注意：{note}。" for note in document.notes))
    return raw, document


def _release(home: Path, who: Who, moment: dt.datetime) -> Release:
    """The release in force; one is built on the way where there is none, as the screens do."""
    try:
        return open_release(who, moment, folder=home)
    except NoRelease:
        stderr.print("还没有数据表，先构建一次。")
        with _build_progress() as progress:
            build(home, progress)
        return open_release(who, moment, folder=home)


def _parsed(parse: Callable[[str], Parsed], option: str, text: str, what: str, expected: str) -> Parsed:
    try:
        return parse(text)
    except ValueError as error:
        raise refused("E-110", Where(option), what, text, expected) from error


def _day(option: str, text: str) -> dt.date | None:
    return _parsed(parsed_date, option, text, "日期无效", "存在的日期，如 2019-03-21") if text else None


def _moment(option: str, text: str) -> dt.datetime:
    return _parsed(parsed_moment, option, text, "时间无效", "如 2026-03-01 或 2026-03-01 09:00") if text else now()


def _numbers_of_ranges(text: str) -> set[int]:
    """The numbers of 1,2,5-8; ValueError for anything else."""
    numbers: set[int] = set()
    for part in filter(None, text.replace("，", ",").replace("、", ",").replace("—", "-").split(",")):
        first, _, last = part.strip().partition("-")
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers


if __name__ == "__main__":
    app()
