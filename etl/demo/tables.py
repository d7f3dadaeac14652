"""Reference tables of the made-up city: those of city/reference as they are, with the rows that the cast and course add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etl.demo.cast import Cast, Community, Space
from etl.demo.course import milestones, plans
from etl.demo.design import CITY, Design, rows
from etl.demo.target import Target
from etl.release.schema import REFERENCE

Row = Mapping[str, Any]


def write_reference(target: Target, design: Design, cast: Cast, observations: Mapping[str, str]) -> None:
    """Writes every reference table; a standard's ``=source/key`` becomes the observation that prints it."""
    more: Mapping[str, Sequence[Row]] = {
        "places": list(_places(design, cast)),
        "breakdowns": list(_breakdowns(design, cast)),
        "facilities": [*_premises(design, cast), *_spaces(design, cast)],
        "plans": list(plans(design)),
        "milestones": list(milestones(design, cast)),
    }
    for name, table in REFERENCE.items():
        path = CITY / "reference" / f"{name}.csv"
        own: list[Row] = [*(rows(path) if path.exists() else ()), *more.get(name, ())]
        if name == "standards":
            own = [{**row, "observation": observations[row["observation"].removeprefix("=")]} for row in own]
        numbered = [{"position": position, **row} for position, row in enumerate(own, start=1)]
        target.table(table.columns, _fitting(numbered, table.columns), "reference", f"{name}.csv")


def _fitting(rows_: Sequence[Row], columns: Sequence[str]) -> Iterator[Row]:
    return ({name: row[name] for name in columns if name in row} for row in rows_)


def _words(one: Community | Space, design: Design) -> dict[str, str]:
    number = sum(map(ord, one.stem.text)) % 180 + 1
    return {
        "stem": one.stem.text,
        "pinyin": one.stem.pinyin.capitalize(),
        "district": design.name(one.district.place),
        "number": str(number),
    }


def _places(design: Design, cast: Cast) -> Iterator[Row]:
    said = design.said["community"]
    for one in cast.communities:
        words = _words(one, design)
        yield {
            "place": one.place,
            "name": said["name"].format(**words),
            "name_en": said["name_en"].format(**words),
            "short_name": one.stem.text,
            "kind": "community",
            "parent": one.district.place,
            "sums": "no",
            "note": said["note"].format(year=one.year),
        }


def _premises(design: Design, cast: Cast) -> Iterator[Row]:
    said = design.said["community"]
    for one in cast.communities:
        words = _words(one, design)
        yield {
            **_located(one, design),
            "facility": f"{one.stem.pinyin}_premises",
            "name": said["premises"].format(**words),
            "name_en": said["premises_en"].format(**words),
            "project": said["project"],
            "place": one.place,
            "address": said["address" if one.done_on else "site"].format(**words),
            "opened_on": one.accepted_on or "",
            "note": said["note"].format(year=one.year),
        }


def _spaces(design: Design, cast: Cast) -> Iterator[Row]:
    said = design.said["space"]
    for one in cast.spaces:
        words = _words(one, design)
        yield {
            **_located(one, design),
            "facility": one.facility,
            "name": said["name"].format(**words),
            "name_en": said["name_en"].format(**words),
            "project": said["project"],
            "place": one.district.place,
            "address": said["address"].format(**words),
            "opened_on": one.opened_on,
            "note": said["note"],
        }


def _located(one: Community | Space, design: Design) -> dict[str, Any]:
    return {"lon": one.point[0], "lat": one.point[1], "crs": design.said["crs"]}


def _breakdowns(design: Design, cast: Cast) -> Iterator[Row]:
    said = design.said["space"]
    for position, one in enumerate(cast.spaces, start=1):
        words = _words(one, design)
        yield {
            "breakdown": f"{said['dimension']}:{one.facility}",
            "dimension": said["dimension"],
            "dimension_name": said["dimension_name"],
            "dimension_name_en": said["dimension_name_en"],
            "item": one.facility,
            "name": said["name"].format(**words),
            "name_en": said["name_en"].format(**words),
            "position": position,
        }
