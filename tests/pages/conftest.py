"""Three cities to look at - the shipped one, an empty one, a tiny full one - and a way to read what a screen shows."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from etl.build import build
from etl.reading.quantity import read_quantity
from etl.release.schema import FACTS, REFERENCE, STATEMENTS, Table
from etl.release.tables import LAPTOP, Release, now, open_release

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"^\$\$ID-[0-9a-f]+-(.*)$")
HOSTILE = '<img src=x onerror="alert(1)">*</script>'
"""A name as no city has it: it must be shown as it is."""

TINY: Mapping[str, list[dict[str, Any]]] = {
    "places": [
        {"place": "city", "name": "甲市", "name_en": "Alpha", "kind": "city", "sums": "no"},
        {"place": "east", "name": "东区", "name_en": "East", "kind": "district", "parent": "city", "sums": "yes"},
        {"place": "west", "name": HOSTILE, "kind": "district", "parent": "city", "sums": "yes"},
        {"place": "north", "name": "北县", "kind": "county", "parent": "city", "sums": "yes"},
        {"place": "south", "name": "南县", "kind": "county", "parent": "city", "sums": "yes"},
        {"place": "zone", "name": "零点区", "kind": "functional_zone", "parent": "city", "sums": "yes"},
    ],
    "projects": [
        {"project": "halls", "name": "礼堂", "level": "item", "position": 1},
        {"project": "hall_works", "name": "礼堂工程", "parent": "halls", "level": "part", "position": 2},
    ],
    "units": [
        {"unit": "个", "name": "个", "name_en": "halls", "continuous": "no", "scale": "个"},
        {"unit": "人次", "name": "人次", "name_en": "visits", "continuous": "no", "scale": "人次"},
        {"unit": "%", "name": "%", "name_en": "%", "continuous": "yes", "scale": "%"},
    ],
    "breakdowns": [
        {"breakdown": "works:new", "dimension": "works", "dimension_name": "方式", "item": "new", "name": "新建", "position": 1},
        {"breakdown": "works:old", "dimension": "works", "dimension_name": "方式", "item": "old", "name": "改建", "position": 2},
    ],
    "indicators": [
        {"indicator": "built", "name": "礼堂数", "project": "halls", "unit": "个", "kind": "flow", "polarity": "up", "sums": "yes"},
        {"indicator": "visits", "name": "人次数", "project": "halls", "unit": "人次", "kind": "cumulative", "polarity": "up", "sums": "yes"},
        {
            "indicator": "rate", "name": "完成率", "project": "halls", "unit": "%", "kind": "ratio", "polarity": "up", "sums": "no",
            "formula": "100 * built{measure=actual;period=2018} / built{measure=target;period=2018}",
        },
    ],
    "attributes": [{"attribute": "state", "name": "状态"}],
    "identities": [
        {
            "identity": "plan_sum", "name": "各地之和", "kind": "sum", "relation": "=", "severity": "show",
            "left": "sum(built{measure=plan;place=parts:city;period=2019})", "right": "built{measure=plan;place=city;period=2019}",
        },
        {"identity": "two_versions", "name": "两种说法", "kind": "conflict", "severity": "show"},
    ],
    "absences": [
        {
            "indicator": "built", "place": "north", "period_start": "2019-01-01", "period_end": "2019-12-31", "measure": "plan",
            "state": "not_in_plan", "reason": "已分完", "follows_from": "plan_sum",
        },
        {
            "indicator": "built", "place": "south", "period_start": "2019-01-01", "period_end": "2019-12-31", "measure": "plan",
            "state": "not_published", "reason": "没有公布",
        },
    ],
    "headlines": [
        {"headline": "done", "position": 1, "title": "2018年建成", "title_en": "Built in 2018",
         "shows": "built{measure=actual;place=city;period=2018}", "compared_with": "built{measure=target;place=city}"},
        {"headline": "plan", "position": 2, "title": "2019年再建", "shows": "built{measure=plan;place=city;period=2019}"},
        {"headline": "visits", "position": 3, "title": "累计接待", "shows": "visits{place=city;as_of=2018-12-31}", "compared_with": "rate"},
        {"headline": "two", "position": 4, "title": "两说", "shows": "built{place=city;period=2016}"},
        {"headline": "missing", "position": 5, "title": "没有的", "shows": "built{place=city;period=1999}"},
    ],
    "charts": [
        {"chart": "years", "screen": "overview", "position": 1, "form": "bars_by_period", "title": "各年",
         "shows": "built{measure=actual;place=city;period=2018} | built{measure=plan;place=city;period=2019}",
         "compared_with": "built{measure=target;place=city;period=2018}"},
        {"chart": "parts", "screen": "overview", "position": 2, "form": "bars_by_place", "title": "各地",
         "shows": "built{measure=plan;place=parts:city;period=2019}", "compared_with": "built{measure=plan;place=city;period=2019}"},
        {"chart": "visits", "screen": "overview", "position": 3, "form": "points_over_time", "title": "人次",
         "shows": "visits{place=city}", "compared_with": "visits{place=city;source=2018-06-30-hearsay}"},
        {"chart": "works", "screen": "overview", "position": 4, "form": "bars_by_breakdown", "title": "方式",
         "shows": "built{place=city;breakdown=works:*}"},
        {"chart": "nothing", "screen": "overview", "position": 5, "form": "bars_by_period", "title": "空图", "shows": "built{period=1999}"},
    ],
}  # fmt: skip


def year(of: int) -> dict[str, str]:
    return {"period_start": f"{of}-01-01", "period_end": f"{of}-12-31", "as_of": "2018-12-31"}


def fact(seq: int, as_printed: str, value: str, **more: Any) -> dict[str, Any]:
    plain = {
        "locator": "p.1", "qualifier": "exact", "measure": "actual", "role": "observation", "read_by": "numeral", "unit": "个",
        "project": "halls", "indicator": "built", "place": "city", "keyword": HOSTILE[:16],
    }  # fmt: skip
    return plain | {"seq": seq, "as_printed": as_printed, "value": value} | more


TINY_FACTS: Mapping[str, list[dict[str, Any]]] = {
    "2018-12-31-halls": [
        fact(1, "12个", "12", **year(2018)),
        fact(2, "10个", "10", measure="target", **year(2018)),
        fact(3, "9个", "9", measure="plan", **year(2019)),
        fact(4, "6个", "6", measure="plan", place="east", **year(2019)),
        fact(5, "3个", "3", measure="plan", place="west", **year(2019)),
        fact(6, "0个", "0", measure="plan", place="zone", **year(2019)),
        fact(7, "超过3.6万人次", "36000", unit="人次", qualifier="more_than", indicator="visits", as_of="2018-12-31"),
        fact(8, "7个", "7", breakdown="works:new", project="hall_works", **year(2018)),
        fact(9, "5个", "5", breakdown="works:old", project="hall_works", **year(2018)),
        fact(10, "4个", "4", variant="one", conflict="two_versions", **year(2016)),
        fact(11, "8个", "8", variant="two", conflict="two_versions", **year(2016)),
        fact(12, "100个", "100", role="incidental"),
    ],
    "2018-06-30-hearsay": [
        fact(1, "2万人次", "20000", unit="人次", indicator="visits", as_of="2018-06-30"),
    ],
}


def write_rows(path: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_tiny(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "city.toml").write_text(
        'name = "甲市"\nname_en = "Alpha"\nplace = "city"\nsynthetic = true\norder = ["east", "west", "north", "south", "zone"]\n',
        "utf-8",
    )
    for name, rows in TINY.items():
        filled = [{"position": 1, "definition": "口径"} | row for row in rows]
        columns = REFERENCE[name].columns
        write_rows(
            folder / "reference" / f"{name}.csv",
            REFERENCE[name],
            [{k: v for k, v in row.items() if k in columns} for row in filled],
        )
    for source, rows in TINY_FACTS.items():
        home = folder / "sources" / source
        write_rows(home / "facts.csv", FACTS, rows)
        verified = "false" if "hearsay" in source else "true"
        home.joinpath("source.toml").write_text(
            f'title = "{source[11:]}"\npublisher = "甲市"\npublished_on = {source[:10]}\nkind = "bulletin"\nverified = {verified}\n',
            "utf-8",
        )
        said = [
            {
                "seq": 1,
                "subject_kind": "project",
                "subject": "halls",
                "attribute": "state",
                "text": HOSTILE,
                "locator": "p.1",
            }
        ]
        write_rows(home / "statements.csv", STATEMENTS, said if "halls" in source else [])
    return folder


def copy_of_data(folder: Path) -> Path:
    """The shipped inputs without what builds, people and attachments left beside them."""
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("tables", "attached", "inbox"))
    return folder


def opened(folder: Path) -> Release:
    return open_release(LAPTOP, now(), folder=folder)


@pytest.fixture(scope="session", autouse=True)
def no_components() -> Iterator[None]:
    """AppTest looks through every installed package for components at each run, which costs more than any screen; we have none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_, **__: None)
        yield


@pytest.fixture(scope="session")
def xuchang(shipped_city: Path) -> Path:
    return shipped_city


@pytest.fixture(scope="session")
def tiny(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    return made_once("tiny", lambda folder: build(write_tiny(folder)))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty") / "data"
    folder.mkdir()
    (folder / "city.toml").write_text('name = "新市"\n', "utf-8")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def demo(demonstration_city: Path) -> Path:
    return demonstration_city


@pytest.fixture(params=["xuchang", "tiny", "empty"])
def city(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="session")
def release_of() -> Callable[[Path], Release]:
    return opened


@pytest.fixture(scope="session")
def copied() -> Callable[[Path], Path]:
    return copy_of_data


UNIQUE = "9713"
"""A number that nobody has."""


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_as_read(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="session")
def lenient(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped data in which a violated identity is shown instead of stopping the release."""
    folder = copy_of_data(tmp_path_factory.mktemp("lenient") / "data")
    for name, column, value in (("identities", "severity", "show"), ("absences", "follows_from", "")):
        path = folder / "reference" / f"{name}.csv"
        write_as_read(path, [row | {column: value} for row in rows_of(path)])
    build(folder)
    return folder


@pytest.fixture(scope="session")
def one_changed(lenient: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., tuple[Path, str]]:
    """``lenient`` with one observation, and the places that repeat it, changed to UNIQUE: the folder, built, and its id."""

    @cache
    def changed(indicator: str, place: str, printed: str) -> tuple[Path, str]:
        folder = tmp_path_factory.mktemp("changed") / "data"
        shutil.copytree(lenient, folder, ignore=shutil.ignore_patterns("tables"))
        path = folder / "sources" / "2019-03-21-xuchang-communities-and-reading" / "facts.csv"
        rows = rows_of(path)
        (one,) = (
            row for row in rows
            if row["role"] == "observation" and (row["indicator"], row["place"]) == (indicator, place) and printed in row["as_printed"]
        )  # fmt: skip
        for row in rows:
            if one["seq"] in (row["seq"], row["repeats"]):
                row["as_printed"] = re.sub(r"\d+(\.\d+)?", UNIQUE, row["as_printed"], count=1)
                row["value"] = str(read_quantity(row["as_printed"]).value)
        write_as_read(path, rows)
        build(folder)
        return folder, f"{path.parent.name}#{one['seq']}"

    return changed


@contextmanager
def looking_at(folder: Path) -> Iterator[None]:
    before = os.environ.get("LIVELIHOOD_DATA")
    os.environ["LIVELIHOOD_DATA"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("LIVELIHOOD_DATA") if before is None else os.environ.update(LIVELIHOOD_DATA=before)


def shown(folder: Path, script: str = "app.py", **params: str | list[str]) -> AppTest:
    """The screen that ``script`` draws for a city and a link, with the table behind every chart opened."""
    with looking_at(folder):
        test = AppTest.from_file(str(ROOT / script), default_timeout=600)
        for name, value in params.items():
            test.query_params[name] = value
        test.run()
        closed = [key for key in _keys_of_blocks(test.main) if key.startswith("table_")]
        if closed and not test.exception:
            for key in closed:
                test.session_state[key] = True
            test.run()
    assert not test.exception, [each.message for each in test.exception]
    return test


def _keys_of_blocks(block: Any) -> Iterator[str]:
    for child in block.children.values():
        if hasattr(child, "children"):
            named = KEY.match(getattr(child.proto, "id", "") or "")
            if named:
                yield named[1]
            yield from _keys_of_blocks(child)


@pytest.fixture(scope="session")
def show() -> Callable[..., AppTest]:
    return shown


@dataclass
class Display:
    """What one display says and which numbers it cites."""

    texts: list[str] = field(default_factory=list)
    cites: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


DISPLAYED = (
    "card_",
    "panel_",
    "line_",
    "detail_",
    "conflict_",
    "list_",
    "document",
    "synthetic",
    "empty_",
    "problems",
    "count_",
)
LINK = re.compile(r"\[[^\]]*\]\((?P<address>[^)]*)\)")


def displays(test: AppTest) -> dict[str, Display]:
    """Every display of a screen by its key; each row of a list is a display of its own (``list_checks:3``)."""
    found: dict[str, Display] = {}
    _walk(test.main, "", found)
    return found


def _walk(block: Any, key: str, found: dict[str, Display]) -> None:
    for child in block.children.values():
        if hasattr(child, "children"):
            named = KEY.match(getattr(child.proto, "id", "") or "")
            _walk(child, named[1] if named and named[1].startswith(DISPLAYED) else key, found)
            if named and named[1].startswith(DISPLAYED):
                found.setdefault(named[1], Display())
        elif key:
            _read(child, key, found)


def _read(element: Any, key: str, found: dict[str, Display]) -> None:
    if element.type in ("arrow_table", "table", "dataframe", "arrow_data_frame") or hasattr(
        element.proto, "arrow_data"
    ):
        for at, row in enumerate(element.value.astype(str).to_dict("records")):
            own = f"{key}:{at}" if key.startswith("list_") else key
            cells = "\n".join(f"{name}={cell}" for name, cell in row.items())
            _take(cells, found.setdefault(own, Display()))
            if "编号" in row and key == "list_numbers":
                found[own].cites.add(row["编号"])
        return
    display = found.setdefault(key, Display())
    if element.type == "plotly_chart":
        display.texts.append(
            json.dumps(json.loads(element.proto.spec)["data"])
            + str(json.loads(element.proto.spec)["layout"].get("annotations"))
        )
    elif element.type == "page_link":
        display.texts.append(element.proto.label)
        display.cites |= set(parse_qs(element.proto.query_string).get("observation", []))
    elif element.type == "metric":
        display.texts += [element.proto.label, element.proto.body]
    else:
        _take(str(getattr(element, "value", "") or ""), display)


def _take(text: str, display: Display) -> None:
    for match in LINK.finditer(text):
        display.cites |= set(parse_qs(match["address"].partition("?")[2]).get("observation", []))
    display.texts.append(LINK.sub("", text))


@pytest.fixture(scope="session")
def crawl() -> Callable[[AppTest], dict[str, Display]]:
    return displays


MORE: Mapping[str, list[dict[str, Any]]] = {
    "places": [
        {"place": "street", "name": "长街", "name_en": "Long Street", "kind": "subdistrict", "parent": "east", "sums": "yes"},
        {"place": "court", "name": "小院", "kind": "community", "parent": "street", "sums": "yes"},
    ],
    "place_aliases": [{"alias": "老东区", "place": "east", "valid_to": "2016-12-31"}],
    "organisations": [{"organisation": "office", "name": "东区办", "kind": "government", "place": "east"}],
    "projects": [
        {"project": "peace", "name": "调解", "level": "item", "position": 3, "list_year": "2018", "lead": "office", "definition": "调处纠纷"},
        {"project": "silent", "name": "无数项目", "level": "item", "position": 4},
        {"project": "silent_part", "name": "无数子项", "parent": "halls", "level": "part", "position": 5},
    ],
    "units": [{"unit": "件", "name": "件", "name_en": "cases", "continuous": "no", "scale": "件"}],
    "breakdowns": [
        {"breakdown": "works:gone", "dimension": "works", "dimension_name": "方式", "item": "gone", "name": "拆除", "position": 3},
        {"breakdown": "rooms:big", "dimension": "rooms", "dimension_name": "厅室", "item": "big", "name": "大厅", "position": 1},
        {"breakdown": "rooms:small", "dimension": "rooms", "dimension_name": "厅室", "item": "small", "name": "小室", "position": 2},
    ],
    "indicators": [
        {"indicator": "received", "name": "接待", "project": "peace", "unit": "件", "kind": "cumulative", "polarity": "none", "sums": "yes"},
        {"indicator": "accepted", "name": "受理", "project": "peace", "unit": "件", "kind": "cumulative", "polarity": "none", "sums": "yes"},
        {"indicator": "solved", "name": "调成", "project": "peace", "unit": "件", "kind": "cumulative", "polarity": "up", "sums": "yes"},
        {"indicator": "seats", "name": "座席", "project": "halls", "unit": "个", "kind": "stock", "polarity": "up", "sums": "yes"},
    ],
    "identities": [
        {"identity": "accepted_within", "name": "受理不超过接待", "kind": "bound", "relation": ">=", "severity": "show",
         "left": "received{place=east}", "right": "accepted{place=east}"},
        {"identity": "solved_within", "name": "调成不超过受理", "kind": "bound", "relation": "<=", "severity": "show",
         "left": "solved{place=east}", "right": "accepted{place=east}"},
        {"identity": "seats_within", "name": "座席不超过礼堂", "kind": "bound", "relation": "<=", "severity": "show",
         "left": "seats{place=court}", "right": "built{place=city;measure=actual;period=2018}"},
    ],
    "cautions": [
        {"caution": "hearsay", "kind": "do_not_compare", "name": "传闻不能比", "name_en": "Hearsay is not compared", "reason": "没有核对", "reason_en": "Not checked",
         "operands": "visits{place=city;as_of=2018-12-31}|visits{source=2018-06-30-hearsay}"},
        {"caution": "target", "kind": "misleading", "name": "目标不是结果", "reason": "只是目标", "operands": "built{place=city;measure=target}"},
        {"caution": "nobody", "kind": "misleading", "name": "没有的数", "reason": "没有", "operands": "built{period=1999}"},
    ],
    "absences": [
        {"indicator": "built", "place": "city", "period_start": "2018-01-01", "period_end": "2018-12-31", "breakdown": "works:gone",
         "measure": "actual", "state": "not_published", "reason": "拆除没有公布"},
        {"indicator": "seats", "place": "parts:city", "measure": "actual", "state": "not_published", "reason": "没有分地区数",
         "reason_en": "Not by place"},
    ],
    "standards": [
        {"indicator": "seats", "scope": "city", "valid_from": "2019-01-01", "valid_to": "2019-12-31", "observation": "2019-01-31-more#4",
         "name": "座席下限", "name_en": "Floor of seats"},
        {"indicator": "visits", "scope": "city", "valid_from": "2019-01-01", "name": "人次下限", "note": "没有公布"},
    ],
    "facilities": [{"facility": "old_hall", "name": "老礼堂", "project": "halls", "place": "court", "address": "长街1号"}],
}  # fmt: skip

MORE_FACTS = [
    fact(1, "10件", "10", unit="件", project="peace", indicator="received", place="east", as_of="2018-12-31"),
    fact(2, "8件", "8", unit="件", project="peace", indicator="accepted", place="east", as_of="2018-12-31"),
    fact(3, "4件", "4", unit="件", project="peace", indicator="solved", place="east", as_of="2018-12-31"),
    fact(4, "不少于30个", "30", qualifier="at_least", measure="standard", indicator="seats", **year(2019)),
    fact(5, "40个", "40", indicator="seats", place="court", as_of="2018-12-31"),
    fact(6, "5个", "5", **year(2017)),
    fact(7, "17个", "17", period_start="2017-01-01", period_end="2018-12-31", as_of="2018-12-31"),
    fact(8, "3个", "3", indicator="seats", breakdown="rooms:big", place="court", as_of="2018-12-31"),
    fact(9, "6个", "6", indicator="seats", breakdown="rooms:small", place="court", as_of="2018-12-31"),
    fact(10, "2个", "2", indicator="seats", breakdown="rooms:big", place="street", as_of="2018-12-31"),
]
MORE_SAID = [
    {"seq": 1, "subject_kind": "place", "subject": "court", "attribute": "state", "text": "已验收", "locator": "p.1", "as_of": "2018-12-31"},
    {"seq": 2, "subject_kind": "facility", "subject": "old_hall", "attribute": "state", "text": "开放", "locator": "p.1"},
    {"seq": 3, "subject_kind": "organisation", "subject": "office", "attribute": "state", "text": "成立", "locator": "p.1"},
    {"seq": 4, "subject_kind": "project", "subject": "silent", "attribute": "state", "text": "未开工", "locator": "p.1"},
    {"seq": 5, "subject_kind": "project", "subject": "silent", "attribute": "state", "text": "在选址", "locator": "p.1"},
]  # fmt: skip


@pytest.fixture(scope="session")
def rich(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny city with places below its districts, a funnel, standards, cautions, gaps in breakdowns and a facility."""
    folder = tmp_path_factory.mktemp("rich") / "data"
    shutil.copytree(tiny, folder, ignore=shutil.ignore_patterns("tables"))
    for name, rows in MORE.items():
        path, columns = folder / "reference" / f"{name}.csv", REFERENCE[name].columns
        before = list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.exists() else []
        filled = [{"position": 9, "definition": "口径"} | row for row in rows]
        write_rows(path, REFERENCE[name], before + [{k: v for k, v in row.items() if k in columns} for row in filled])
    home = folder / "sources" / "2019-01-31-more"
    write_rows(home / "facts.csv", FACTS, MORE_FACTS)
    write_rows(home / "statements.csv", STATEMENTS, MORE_SAID)
    home.joinpath("source.toml").write_text(
        'title = "more"\npublisher = "甲市"\npublished_on = 2019-01-31\nkind = "bulletin"\nverified = true\n', "utf-8"
    )
    build(folder)
    return folder
