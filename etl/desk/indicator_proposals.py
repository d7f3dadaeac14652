"""Indicators proposed for the numbers of a document that none is known for: the noun that is counted, its unit, its kind.

A proposal is a row of a table that a person reads, renames or deletes (``propose``); it is no indicator before that person has said in
it which direction is good (``polarity``, always left empty here) and hands it back (``adopt --accept-proposed``).
"""

import datetime as dt
import re
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl.desk.new_city import reading, unit_rows
from etl.desk.new_source import write_rows
from etl.desk.proposed import proposed, with_repeats
from etl.errors import Problem, Refused, Where
from etl.extract import SURE
from etl.handwritten import LINE, Row, read_rows, typed
from etl.model import Measure
from etl.reading.lexicon import any_of, unit_words, words
from etl.reference import Reference, read_city, read_reference
from etl.release.schema import REFERENCE, Table
from etl.rows import ProposedNumber

PROPOSALS = Table(
    "one number of a document without an indicator, and the indicator proposed for it",
    ("seq", "as_printed", "indicator", "name", "unit", "kind", "polarity", "sums", "definition", "note"),
    ("seq",),
    REFERENCE["indicators"].choices,
    must=frozenset({"definition"}),
)
"""Columns of the table that a person completes; rows with the same ``indicator`` are numbers of one indicator and say the same of it."""

PROPOSED = "拟定，未接受"
ACCEPTED = "由原文的名词拟定，录入 {source} 时接受"
POLARITY = "up 越多越好、down 越少越好、none 无方向；不要的数请删去整行"
RUNNING = "累计"
"""Before a number that has been summed up since a beginning."""

_SAME = ("name", "unit", "kind", "polarity", "sums")
_COUNTED = ("count", "people")
_SHORTEST, _LONGEST = 2, 14
_BREAK = re.compile("[，。；、：！？,;:!?\n\t|0-9]")
_ASIDE = re.compile("（[^（）]*）|[(][^()]*[)]|[“”《》\u3000 ]")
_HAN = re.compile("[\u4e00-\u9fff]+")
_ACTS = [word for word in words("act") if len(word) > 1 and word != RUNNING]
_VERBS = [word for kind in ("act", "doing", "verb") for word in words(kind) if word != RUNNING]
_FILLING = [word for kind in ("plan", "actual", "adverb", "link", "before") for word in words(kind)]
_BEFORE = [*_FILLING, "等", "的", "并", "各", "各类", "其中", "包括"]
_AFTER = [*_FILLING, "的", "各", "和", "及", "与"]
_ACT = re.compile(any_of(_ACTS))
_LEADING = re.compile(
    f"{any_of(set(_BEFORE) - set(_VERBS))}|[全我][国省市州县区]|(?P<verb>{any_of(word for word in _VERBS if len(word) > 1)})"
)
_TRAILING = re.compile(f"(?:{any_of(set(_AFTER) - set(_VERBS))}|(?P<verb>{any_of(_VERBS)}))$")


@dataclass(frozen=True)
class _Counted:
    """What a number counts, as far as the words beside it say: its noun, the verb of what was done to it, whether it sums up."""

    noun: str
    verb: str
    is_running: bool


def propose(text: str, folder: Path, published_on: dt.date) -> list[dict[str, str]]:
    """Rows of PROPOSALS for the numbers of ``text`` that lack an indicator and stand beside a noun; the others keep waiting."""
    reference, _ = read_reference(folder)
    taken = {
        key: (str(row["name"]), str(row["unit"]), str(row["kind"])) for key, row in reference.ids["indicators"].items()
    }
    places = {name for row in reference.places for name in (row.name, row.short_name) if len(name) > 1}
    found, last, end = [], "", 0
    before: dict[str, tuple[str, str]] = {}
    tasks: dict[int, str] = {}
    for row in proposed(text, reference, published_on, read_city(folder)[0].name):
        if row.confidence < SURE or row.role != "observation":
            continue
        after = end
        start, end = map(int, row.locator.removeprefix("char:").split("-"))
        counted, kind_of_unit = _counted(text, after, start, end, places), _unit_kind(row.unit)
        at = text.count("\n", 0, start)
        is_part = bool(counted.noun) and counted.noun in (*places, row.place)  # 礼堂14个，其中东岸区9个
        if counted.noun and kind_of_unit != "ratio" and not is_part:
            last = counted.noun
            tasks.setdefault(at, last)
        name, kind = _name(counted, row.unit, kind_of_unit), _kind(row, counted, kind_of_unit)
        if is_part:
            name, kind = before.get(row.unit, ("", kind))
        if kind_of_unit == "ratio" and name and (len(name) == _SHORTEST or _LEADING.match(name)):
            name = f"{last}{name}"  # 生产总值1.2万亿元，增长7.5%; 驿站2个，完成率200%
        elif kind_of_unit == "ratio" and not name and _stands_alone(text, start):
            task = tasks.get(at - 1) or _bare(_ASIDE.sub("", text.splitlines()[at - 1]).strip())[0] if at else ""
            name = f"{task}进度" if task else ""  # a share alone in its cell, behind its task
        before[row.unit] = name, kind
        if not row.indicator and name:
            found.append(_proposal(row, name, kind, _around(text, start, end), taken))
    return found


def _proposal(
    row: ProposedNumber, name: str, kind: str, around: str, taken: dict[str, tuple[str, str, str]]
) -> dict[str, str]:
    return {
        "seq": row.seq,
        "as_printed": row.as_printed,
        "indicator": _id((name, row.unit, kind), taken),
        "name": name,
        "unit": row.unit,
        "kind": kind,
        "sums": "no" if kind in ("ratio", "rank") else "yes",
        "definition": f"原文：{around}",
        "note": PROPOSED,
    }


def _stands_alone(text: str, start: int) -> bool:
    """Whether nothing stands before the number in its line or cell."""
    return not re.split("[\n\t|]", text[:start])[-1].strip()


def _around(text: str, start: int, end: int) -> str:
    """The sentence up to the number, its last 40 characters, and the word behind it."""
    behind = _HAN.match(text, end)
    before = re.split("[。；\n]", text[:start])[-1].strip()[-40:]
    return f"{before}{text[start : behind.end() if behind else end]}".replace("\n", "")


def _unit_kind(unit: str) -> str:
    return next((word.kind for word in unit_words().values() if word.unit == unit), "")


def _counted(text: str, after: int, start: int, end: int, places: Collection[str]) -> _Counted:
    """The noun right behind a number (8家卫生院), else the one before it in its clause (学位1000个), without the verbs around it.

    The clause begins behind the number before, which ends at ``after``.
    """
    breaks = _BREAK.finditer(_ASIDE.sub(_blank, text[:start]))
    first = max([min(after, start), *(found.end() for found in breaks)])
    clause = _ASIDE.sub("", text[first:start])
    behind = _HAN.match(text, end)
    before, verb = _bare(clause, places)
    noun = behind.group() if behind and not _LEADING.match(behind.group()) else ""
    while found := _TRAILING.search(noun):
        noun = noun[: found.start()]
    return _Counted(noun if _SHORTEST <= len(noun) <= _LONGEST else before, verb, RUNNING in clause)


def _blank(aside: re.Match[str]) -> str:
    return " " * len(aside.group())


def _bare(clause: str, places: Collection[str] = ()) -> tuple[str, str]:
    """The noun of a clause that ends at a number, without what was done to it (新建社区服务中心, 社区服务中心已建成), and that verb."""
    noun, verb = clause, ""
    while found := _TRAILING.search(noun):
        verb, noun = verb or _told(found), noun[: found.start()]
    if not verb and (act := _ACT.search(noun)) and len(noun) - act.end() != 1:
        verb, noun = act.group(), noun[act.end() :]
    if place := max((place for place in places if noun.startswith(place)), key=len, default=""):
        noun = noun.removeprefix(place).removeprefix("有")
    while (found := _LEADING.match(noun)) and len(noun) - found.end() != 1:  # 完成率 is a word
        verb, noun = verb or _told(found), noun[found.end() :]
    return (noun if _HAN.fullmatch(noun) and _SHORTEST <= len(noun) <= _LONGEST else ""), verb


def _told(found: re.Match[str]) -> str:
    """The verb found, but for 有, 为, 达 and their like, which say nothing of what was done."""
    verb = found["verb"] or ""
    return verb if len(verb) > 1 else ""


def _name(counted: _Counted, unit: str, kind_of_unit: str) -> str:
    """新增学位数, 接待读者人次, 惠及人数; "" where no noun is near."""
    if kind_of_unit == "ratio":
        return counted.noun
    ending = unit if unit.endswith("次") and len(unit) > 1 else "数" if kind_of_unit in _COUNTED else ""
    if not counted.noun and counted.verb and kind_of_unit == "people":
        ending = ending if ending == unit else f"{unit}{ending}"
        return counted.verb + ending
    return f"{counted.verb}{counted.noun.removesuffix(ending)}{ending}" if counted.noun else ""


def _kind(row: ProposedNumber, counted: _Counted, kind_of_unit: str) -> str:
    """ratio for shares, rank for places in an order, cumulative where 累计 stands before it, flow for what is done, else stock.

    What is done up to a day, without a first day, sums up as well: a flow could not be entered without its time.
    """
    if kind_of_unit == "ratio" or row.unit == "ordinal":
        return "rank" if row.unit == "ordinal" else "ratio"
    if counted.is_running:
        return "cumulative"
    if counted.verb and row.measure == Measure.ACTUAL and row.as_of and not (row.period_start or row.time_as_printed):
        return "cumulative"
    return "flow" if counted.verb or row.measure in (Measure.PLAN, Measure.TARGET) else "stock"


def _id(described: tuple[str, str, str], taken: dict[str, tuple[str, str, str]]) -> str:
    """An id for an indicator of this name, unit and kind: that of one that is ``taken`` by it, else a new one, which then is."""
    read = reading(described[0])[:40] or "indicator"
    every = (read if at == 1 else f"{read}_{at}" for at in range(1, len(taken) + 2))
    found = next(one for one in every if taken.get(one, described) == described)
    taken[found] = described
    return found


def accepted(path: Path, reference: Reference) -> list[Row]:
    """The rows of a table of proposals that a person has completed; raises Refused with every defect in it."""
    label = path.name
    lined, problems = read_rows(path, PROPOSALS, label)
    if not path.exists() or not (lined or problems):
        raise Refused(
            [Problem("E-407", Where(label), "没有一个拟定的指标", remedy="请先用 python -m etl propose 生成")]
        )
    unsaid = [row for row in lined if not row["polarity"]]
    for row in unsaid:
        what, where = f"还没有写指标“{row['name']}”的方向", Where(label, row[LINE], "polarity")
        problems.append(Problem("E-109", where, what, expected="up、down 或 none", remedy=POLARITY))
        row["polarity"] = "none"  # the rest of the row is looked at all the same; nothing is accepted
    rows, wrong = typed(lined, PROPOSALS, label)
    first: dict[str, Row] = {}
    known = {row["unit"] for row in [*reference.tables["units"], *unit_rows(())]}
    for row in rows:
        where = Where(label, row[LINE])
        same = reference.ids["indicators"].get(row["indicator"]) or first.setdefault(row["indicator"], row)
        remedy = "同一个指标请写得一样，不是同一个请换一个编号"
        for name in _SAME:
            if same[name] != row[name] and (name != "polarity" or not unsaid):
                what = f"与指标“{row['indicator']}”别处写的不一致"
                problems.append(Problem("E-208", where.at(name), what, str(row[name]), str(same[name]), remedy))
        if row["unit"] not in known:
            expected = "reference/units.csv 中已有的一行"
            problems.append(Problem("E-201", where.at("unit"), "未知单位", row["unit"], expected))
    if problems or wrong:
        raise Refused([*problems, *wrong])
    return rows


def write_vocabulary(folder: Path, to: Path, rows: Sequence[Row], source: str) -> None:
    """The reference tables of ``folder`` in the folder ``to``, with the accepted indicators and the units they need added."""
    shutil.copytree(folder / "reference", to / "reference")
    reference, _ = read_reference(folder)
    indicators, known = reference.ids["indicators"], {row["unit"] for row in reference.tables["units"]}
    new = {row["indicator"]: row for row in rows if row["indicator"] not in indicators}
    last = max((int(row["position"]) for row in indicators.values()), default=0)
    described = [
        {**row, "sums": "yes" if row["sums"] else "no", "position": str(at), "note": ACCEPTED.format(source=source)}
        for at, row in enumerate(new.values(), start=last + 1)
    ]
    added = {"indicators": described, "units": unit_rows(known, {row["unit"] for row in rows})}
    for name, more in added.items():
        path = to / "reference" / f"{name}.csv"
        before, problems = read_rows(path, REFERENCE[name], f"reference/{name}.csv")
        if problems:
            raise Refused(problems)
        if more:
            write_rows(path, REFERENCE[name], [*before, *more])


def with_accepted(numbers: Sequence[ProposedNumber], rows: Sequence[Row], label: str) -> list[ProposedNumber]:
    """The numbers of a document with the indicators accepted for them; raises Refused where a proposal is of another number."""
    by_seq, problems, indicators = {number.seq: number for number in numbers}, [], {}
    for row in rows:
        number = by_seq.get(str(row["seq"]))
        if number is None or number.as_printed != row["as_printed"] or number.unit != row["unit"]:
            found = f"{number.as_printed}（{number.unit}）" if number else "没有这个数"
            remedy = "这张表要由同一份文件、同一个发布日期生成；单位不能改"
            where = Where(label, row[LINE], "as_printed")
            told = f"{row['as_printed']}（{row['unit']}）"
            problems.append(Problem("E-208", where, f"第{row['seq']}个数与文件不符", told, found, remedy))
        indicators[str(row["seq"])] = row["indicator"]
    if problems:
        raise Refused(problems)
    return with_repeats([replace(number, indicator=indicators.get(number.seq, number.indicator)) for number in numbers])
