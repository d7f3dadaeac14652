"""What every screen shows under every control, and the bytes of every report and map page: recorded, and two recordings compared.

A redesign that means to change nothing is tried with it: ``python bench/record.py write FOLDER`` before and after, then
``python bench/record.py compare BEFORE AFTER``, which ends with 1 and the first differing lines where something changed.
Recorded are element trees with the whole JSON of their charts, on three cities (shipped, demonstration, new) at a fixed moment, as
the laptop sees them (the demonstration city also as the public does), in both languages and both themes.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

JOBS = ["shipped-laptop", "demonstration-laptop", "new-laptop", "demonstration-public"]
"""City and reader."""
MOMENT = "2026-11-28T12:00:00"
WIDE, NARROW = 6, 1
SEARCHED = "148万"
DRAFT = "全市共有社区497个，2019年计划建设44个，其中魏都区20个，阅读超过148万人次。"
Params = Mapping[str, str]


def main() -> None:
    """Writes a recording into a folder, or compares two and ends with 1 where they differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("jobs", nargs="*")
    both = commands.add_parser("compare")
    both.add_argument("before", type=Path)
    both.add_argument("after", type=Path)
    asked = parser.parse_args()
    if asked.command == "write":
        asked.folder.mkdir(parents=True, exist_ok=True)
        for job in asked.jobs or JOBS:
            write(job, asked.folder / f"{job}.json.z")
    elif differences := list(different(_read(asked.before), _read(asked.after))):
        print("\n".join(differences))
        sys.exit(1)


def write(job: str, to: Path) -> None:
    """Records one city as one reader sees it, in a process of its own: name of a view -> what it showed."""
    with tempfile.TemporaryDirectory(prefix="record-") as place, ProcessPoolExecutor(1) as pool:
        found = pool.submit(_recorded, Path(place) / "city", *job.split("-")).result()
    to.write_bytes(zlib.compress(json.dumps(found, ensure_ascii=False).encode(), 6))
    print(f"{job}: {len(found)} views", file=sys.stderr)


def different(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """A few lines for each view that is gone, new or shows something else."""
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if old is None or new is None:
            yield f"{name}: {'new' if old is None else 'gone'}"
            continue
        changed = [
            line
            for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
            if line[:2] not in ("--", "++", "@@")
        ]
        yield f"{name}: {len(changed)} lines"
        yield from (f"    {line[:400]}" for line in changed[:6])


def _read(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.json.z")):
        found |= json.loads(zlib.decompress(path.read_bytes()))
    return found


def _make(city: str, folder: Path) -> None:
    from etl.build import build
    from etl.demo.make import make
    from etl.desk.new_city import new_city

    if city == "shipped":
        shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("tables", "inbox", "attached"))
    elif city == "demonstration":
        make(folder, seed=1, events=30_000)
    else:
        new_city("郑州市", "410100", folder, like=ROOT / "data")
    build(folder)


def _recorded(folder: Path, city: str, reader: str) -> dict[str, str]:
    _make(city, folder)
    os.environ["LIVELIHOOD_DATA"] = str(folder)
    os.chdir(ROOT)
    _freeze(reader)
    found = {f"{city} {reader} release": _release(folder)}
    for name, shown in [*_screens(), *_reports(folder, reader), *_maps(folder, reader)]:
        found[f"{city} {reader} {name}"] = shown.replace(str(folder), "FOLDER")
    return found


OF_PLACE = re.compile(
    r"(?<=\$\$ID-)[0-9a-f]+|(?<=\$\$WIDGET-)[0-9a-f]+|(?<=/media/)[0-9a-f]+|(?<=deferredFileId\": \")[^\"]+|/component/[^\"]+"
)
"""What follows from where the program lies, or from chance."""

THEME = SimpleNamespace(type="light")


def _freeze(reader: str) -> None:
    """The moment and the asker that everything in this process sees."""
    import datetime as dt

    import streamlit as st

    from etl.release import tables

    type(st.context).theme = property(lambda _: THEME)
    _note_what_is_offered()
    tables.now = lambda: dt.datetime.fromisoformat(MOMENT)
    from pages.gate import who

    who.who_is_asking = lambda: tables.LAPTOP if reader == "laptop" else tables.PUBLIC


def _release(folder: Path) -> str:
    return (folder / "tables" / "CURRENT").read_text("utf-8")


def _screens() -> Iterator[tuple[str, str]]:
    """Each screen as it opens, with each choice it offers (at most WIDE of a control), and NARROW of those offered after one."""
    for screen in sorted(path.stem for path in (ROOT / "pages" / "screens").glob("*.py")):
        typed: list[Params] = (
            [{"text": DRAFT}] if screen == "draft" else [{"q": SEARCHED}] if screen == "search" else []
        )
        yield from (_seen(screen, params) for params in ({"lang": "en"}, {"present": "1"}, {"theme": "dark"}, *typed))
        yield _seen(screen, {})
        for first in _choices({}, WIDE):
            yield _seen(screen, first)
            yield from (_seen(screen, second) for second in _choices(first, NARROW))


def _seen(screen: str, params: Params) -> tuple[str, str]:
    return f"{screen}?{urlencode(sorted(params.items()))}", _tree(_run(screen, params))


def _run(screen: str, params: Params) -> Any:
    from streamlit.testing.v1 import AppTest

    THEME.type = params.get("theme", "light")
    OFFERED.clear()
    test = AppTest.from_file(f"{ROOT}/pages/screens/{screen}.py", default_timeout=120)
    for key, value in params.items():
        if key not in ("theme", "text"):
            test.query_params[key] = value
    test.run()
    if "text" in params:
        for area in test.text_area:
            area.set_value(params["text"])
        test.run()
    return test


def _choices(base: Params, most: int) -> list[Params]:
    """What the controls of the screen drawn last can put into the link: up to ``most`` codes of each, evenly chosen."""
    offered = {param: codes for param, codes in OFFERED.items() if param not in base}
    return [
        {**base, param: code}
        for param, codes in offered.items()
        for code in codes[:: max(1, len(codes) // most)][:most]
    ]


OFFERED: dict[str, list[str]] = {}
"""Parameter of the link -> the codes that the screen drawn last offered for it."""


def _note_what_is_offered() -> None:
    """Lets streamlit's controls note their codes as they are drawn: a finished run only knows the texts."""
    import streamlit as st

    def noting(real: Any, codes: Any) -> Any:
        def drawn(*args: Any, **kwargs: Any) -> Any:
            key = str(kwargs.get("key", ""))
            if key.startswith("choose_"):
                OFFERED[key.removeprefix("choose_")] = [str(code) for code in codes(*args)]
            return real(*args, **kwargs)

        return drawn

    for kind in ("selectbox", "segmented_control", "multiselect"):
        setattr(st, kind, noting(getattr(st, kind), lambda label, options, *rest: options))
    st.toggle = noting(st.toggle, lambda *args: ["1"])


def _tree(test: Any) -> str:
    """The elements in their order, one line each: kind, and the whole message."""
    from google.protobuf.json_format import MessageToDict

    lines = [f"exception {each.value}" for each in test.exception]

    def walk(node: Any, depth: int) -> None:
        proto = getattr(node, "proto", None)
        if proto is not None:
            said = json.dumps(_plain(MessageToDict(proto)), ensure_ascii=False, sort_keys=True)
            lines.append("  " * depth + f"{node.type} {OF_PLACE.sub('', said)}")
        for child in (getattr(node, "children", None) or {}).values():
            walk(child, depth + 1)

    walk(test._tree, 0)
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    """The value with every JSON text in it read, so that the order of its names does not matter."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, str) and value.startswith("{"):
        with suppress(ValueError):
            return _plain(json.loads(value))
    return value


def _reports(folder: Path, reader: str) -> Iterator[tuple[str, str]]:
    import datetime as dt

    from etl.release import tables
    from pages.queries.briefs import AUDIENCES, BriefRequest, brief_rows
    from pages.reports.compose_brief import compose_brief
    from pages.reports.files import FORMATS, brief_bytes, fonts_of, template_of

    who = tables.LAPTOP if reader == "laptop" else tables.PUBLIC
    release = tables.open_release(who, dt.datetime.fromisoformat(MOMENT), folder=folder)
    places = ["", *list(release.table("places")["place"])[1:5]]
    for audience in AUDIENCES:
        for place in places:
            for form in FORMATS:
                try:
                    brief = compose_brief(brief_rows(release, BriefRequest(audience, place, "", None)))
                    made = brief_bytes(brief, form, template=template_of(folder), fonts=fonts_of(folder))
                    said = made.decode() if form == "message" else hashlib.sha256(made).hexdigest()
                except Exception as error:
                    said = f"{type(error).__name__} {error}"
                yield f"report {audience} {place} {form}", said


def _maps(folder: Path, reader: str) -> Iterator[tuple[str, str]]:
    import datetime as dt

    from etl.release import tables
    from pages.gate.map_page import map_page
    from pages.queries.boundaries import MapRequest

    who = tables.LAPTOP if reader == "laptop" else tables.PUBLIC
    release = tables.open_release(who, dt.datetime.fromisoformat(MOMENT), folder=folder)
    for indicator in sorted(release.table("indicators")["indicator"]):
        for language, theme in (("zh", "light"), ("en", "dark")):
            page = map_page(release, MapRequest(indicator), language=language, is_dark=theme == "dark")
            yield f"map {indicator} {language} {theme}", hashlib.sha256(page.encode()).hexdigest()


if __name__ == "__main__":
    main()
