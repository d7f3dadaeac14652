"""The data folder of a made-up city (模拟数据) of any size, for measuring how costs grow; its rows are invented here and nowhere kept.

Every place has a number of every indicator for every month. The first indicator of each project has a plan a year as well; of the last
one a district hands in nothing each December, which is declared absent. Enough reference rows stand beside them for every screen to
have something to show.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from etl.release.schema import FACTS, REFERENCE, STATEMENTS, Table

PER_PROJECT = 5
END_YEAR = 2025
"""The last month is December of this year."""

Row = Mapping[str, str]


@dataclass(frozen=True)
class Shape:
    """How large a city is: the city itself is one of its places, its other places are districts."""

    places: int
    indicators: int
    months: int


def shape(observations: int) -> Shape:
    """The shape with about so many observations: months grow fastest, then indicators, then places."""
    growth = observations / 1500
    places, indicators = round(10 * growth ** (1 / 6)), PER_PROJECT * round(3 * growth ** (1 / 3))
    return Shape(places, indicators, round(observations / (places * indicators)))


def write_city(folder: Path, size: Shape) -> None:
    """Writes the new data folder ``folder``; it builds without a problem, and all its sums hold."""
    districts = [f"district_{at}" for at in range(1, size.places)]
    tiles = "".join(f"{place} = [{at % 5}, {at // 5}]\n" for at, place in enumerate(districts))
    folder.mkdir(parents=True)
    (folder / "city.toml").write_text(
        'name = "模拟市"\nname_en = "Simulated City"\ncode = "990000"\nplace = "city"\nsynthetic = true\n'
        f"bounds = [100.0, 30.0, 101.0, 31.0]\norder = {districts}\nreturn_day = 25\n\n[tiles]\n{tiles}",
        "utf-8",
    )
    reference = {name: list(_rows(name, size)) for name in ROWS}
    for name, table in REFERENCE.items():
        _write(folder / "reference" / f"{name}.csv", table, reference.get(name, []))
    for number, (start, end) in enumerate(months(size.months)):
        home = folder / "sources" / f"{end}-simulated-returns"
        _write(home / "facts.csv", FACTS, list(_facts(size, number, start, end)))
        _write(home / "statements.csv", STATEMENTS, [_row(*STATEMENT, {})])
        (home / "source.toml").write_text(
            f'title = "模拟数据：{start.year}年{start.month}月各区返表"\npublisher = "模拟局"\npublished_on = {end}\n'
            'place = "city"\nkind = "workbook"\nverified = true\n',
            "utf-8",
        )


def months(count: int) -> list[tuple[dt.date, dt.date]]:
    """First and last day of the ``count`` months before the end of END_YEAR, oldest first."""
    firsts = [dt.date(END_YEAR + at // 12, at % 12 + 1, 1) for at in range(12 - count, 13)]
    return [(first, after - dt.timedelta(days=1)) for first, after in pairwise(firsts)]


STATEMENT = ("seq,subject_kind,subject,attribute,text,locator", "1,project,project_1,progress,按计划推进,p.1")
FACT = (
    "seq,as_printed,value,unit,keyword,locator,qualifier,measure,project,indicator,place,period_start,period_end,as_of,role,read_by",
    "{seq},{value}个,{value},个,第{at}项,p.1,exact,{measure},{project},indicator_{at},{place},{start},{end},{as_of},observation,numeral",
)
CITY, DISTRICT, PROJECT, LEADING, INDICATOR, SUMMED, ABSENT = range(7)
ROWS: Mapping[str, Sequence[tuple[int, str, str]]] = {
    "places": [
        (CITY, "place,name,name_en,code,kind,sums", "city,模拟市,Simulated City,990000,city,no"),
        (
            DISTRICT,
            "place,name,name_en,code,kind,parent,sums",
            "district_{at},第{at}区,District {at},9900{at:02},district,city,yes",
        ),
    ],
    "organisations": [(CITY, "organisation,name,name_en,kind,place", "bureau,模拟局,Simulated Bureau,bureau,city")],
    "projects": [
        (
            PROJECT,
            "project,name,name_en,level,list_year,lead,position,evidence",
            "{project},第{at}个项目,Project {at},item,2025,bureau,{at},{first}{{place=city;measure=actual;period=latest}}",
        )
    ],
    "units": [
        (CITY, "unit,name,continuous,scale", "个,个,no,count"),
        (CITY, "unit,name,continuous,scale", "%,%,yes,share"),
    ],
    "indicators": [
        (
            INDICATOR,
            "indicator,name,name_en,project,unit,sums,kind,polarity,definition,frequency,position,priority",
            "indicator_{at},第{at}项,Item {at},{project},个,yes,{kind},up,模拟口径,月,{at},{priority}",
        ),
        (
            PROJECT,
            "indicator,name,name_en,project,unit,sums,kind,polarity,definition,position,formula",
            "ratio_{at},第{at}比,Ratio {at},{project},%,no,ratio,up,模拟口径,1{at:03},100 * {second}{{measure=actual}} / {first}{{measure=actual}}",
        ),
    ],
    "attributes": [(CITY, "attribute,name,name_en,definition", "progress,进展,progress,项目到某日的状态")],
    "identities": [
        (
            SUMMED,
            "identity,name,name_en,kind,relation,severity,left,right",
            "sum_{at},第{at}项各区之和,Item {at} adds up,sum,=,block,"
            "indicator_{at}{{place=city;measure=actual}},sum(indicator_{at}{{place=parts:city;measure=actual}})",
        )
    ],
    "absences": [
        (
            ABSENT,
            "project,indicator,place,period_start,period_end,measure,state,reason,reason_en,as_of",
            "{project},indicator_{at},{place},{start},{end},actual,not_published,模拟的缺项,a simulated gap,{end}",
        )
    ],
    "definitions": [(CITY, "term,name_en,definition", "模拟口径,simulated definition,只用于测量")],
    "cautions": [
        (
            CITY,
            "caution,kind,operands,name,name_en,reason,reason_en",
            "not_added,do_not_add,indicator_1{{place=city}}|indicator_2{{place=city}},两项不能相加,Two items may overlap,可能重叠,they may overlap",
        )
    ],
    "headlines": [
        (
            LEADING,
            "headline,position,title,title_en,shows,compared_with",
            "headline_{at},{at},{{{{ shown.period }}}}新增,New in {{{{ shown.period }}}},"
            "{first}{{place=city;measure=actual;period=latest}},{first}{{place=city;measure=actual;period=previous}}",
        )
    ],
    "charts": [
        (
            PROJECT,
            "chart,screen,position,form,title,title_en,shows",
            "places_{at},{screen},{at},bars_by_place,{{{{ shown.place }}}}的进度,Progress of {{{{ shown.place }}}},"
            "{first}{{place=parts:city;measure=actual;period=latest}}",
        ),
        (
            PROJECT,
            "chart,screen,position,form,title,title_en,shows",
            "months_{at},{screen},{at},points_over_time,{{{{ shown.place }}}}的进度,Progress of {{{{ shown.place }}}},{first}{{place=city;measure=actual}}",
        ),
    ],
    "sentences": [
        (
            PROJECT,
            "sentence,project,position,shows,template,kind",
            "newest_{at},{project},{at},{first}{{place=city;measure=actual;period=latest}},{{{{ a.period }}}}，{{{{ a.place }}}}新增{{{{ a }}}}。,fact",
        )
    ],
}
"""Table -> for what each of its kinds of rows is written once, the columns that are filled, and what stands in them."""

Words = Mapping[str, str | int]


def _rows(table: str, size: Shape) -> Iterator[Row]:
    each: Mapping[int, Sequence[Words]] = {
        CITY: [{}],
        DISTRICT: [{"at": at} for at in range(1, size.places)],
        PROJECT: list(_projects(size)),
        LEADING: list(_projects(size))[:3],
        INDICATOR: [_indicator(at) for at in range(1, size.indicators + 1)],
        SUMMED: [_indicator(at) for at in range(1, size.indicators + 1) if at % PER_PROJECT],
        ABSENT: [
            {**_indicator(at), "place": f"district_{size.places - 1}", "start": str(start), "end": str(end)}
            for at in range(1, size.indicators + 1)
            for start, end in months(size.months)
            if _is_absent(at, end)
        ],
    }
    return (_row(columns, cells, words) for over, columns, cells in ROWS[table] for words in each[over])


def _row(columns: str, cells: str, words: Words) -> Row:
    return dict(zip(columns.split(","), cells.format(**words).split(","), strict=True))


def _projects(size: Shape) -> Iterator[Words]:
    """Every project with its first and second indicator; the first two are shown on the front page."""
    for at in range(1, size.indicators // PER_PROJECT + 1):
        first, second = (f"indicator_{(at - 1) * PER_PROJECT + number}" for number in (1, 2))
        screen = "overview" if at <= 2 else "project"
        yield {"at": at, "project": f"project_{at}", "first": first, "second": second, "screen": screen}


def _indicator(at: int) -> Words:
    is_first, is_stock = at % PER_PROJECT == 1, at % PER_PROJECT == 3
    return {
        "at": at,
        "project": f"project_{(at - 1) // PER_PROJECT + 1}",
        "kind": "stock" if is_stock else "flow",
        "priority": ("1" if at == 1 else "2") if is_first else "",
    }


def _is_absent(at: int, end: dt.date) -> bool:
    return at % PER_PROJECT == 0 and end.month == 12


def _facts(size: Shape, number: int, start: dt.date, end: dt.date) -> Iterator[Row]:
    """The numbers of one month, and in January (and in the first month) the plans of its year."""
    year = (dt.date(start.year, 1, 1), dt.date(start.year, 12, 31))
    seq = 0
    for at in range(1, size.indicators + 1):
        indicator = _indicator(at)
        values = [10 + (37 * at + 11 * place + 7 * number) % 90 for place in range(1, size.places)]
        is_planned = at % PER_PROJECT == 1 and (start.month == 1 or number == 0)
        for measure, times, days in [("plan", 12, year)] * is_planned + [("actual", 1, (start, end))]:
            for place, value in enumerate([sum(values), *values]):
                if measure == "actual" and place == size.places - 1 and _is_absent(at, end):
                    continue
                seq += 1
                is_stock = indicator["kind"] == "stock"
                words: dict[str, str | int] = {
                    **dict(zip(("start", "end", "as_of"), ("", "", end) if is_stock else (*days, ""), strict=True)),
                    "seq": seq,
                    "value": times * value,
                    "measure": measure,
                    "place": f"district_{place}" if place else "city",
                }
                yield _row(*FACT, {**indicator, **words})


def _write(path: Path, table: Table, rows: Sequence[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
