"""The words of the district screen: what a place is, and how it stands among its peers."""

from __future__ import annotations

from collections.abc import Iterable

from etl.language import is_chinese
from etl.model import Alias, Mark, Qualifier, RelatedPlace
from pages.wording.catalog import _, listed
from pages.wording.dates import day_text
from pages.wording.marks import mark_text
from pages.wording.states import place_kind_word
from pages.wording.times import time_text

ZONE = "functional_zone"


def place_lines(about: RelatedPlace) -> list[str]:
    """What stands below a place's name: kind and code, where a zone lies, its other names with their days, a remark."""
    facts = [
        place_kind_word(about.kind),
        _("administrative code {code}").format(code=about.code) if about.code else "",
        _zone(about),
    ]
    names = listed(_alias(each) for each in about.aliases)
    lines = [
        " · ".join(filter(None, facts)),
        _("also called: {names}").format(names=names) if names and is_chinese() else "",
        about.note if is_chinese() else "",
    ]
    return list(filter(None, lines))


def _zone(about: RelatedPlace) -> str:
    if about.located_in_name:
        return _("lies in {place}").format(place=about.located_in_name)
    return _("no statutory division; no document entered here says which one it lies in") if about.kind == ZONE else ""


def _alias(other: Alias) -> str:
    days = [
        _("from {day}").format(day=day_text(other.valid_from)) if other.valid_from else "",
        _("until {day}").format(day=day_text(other.valid_to)) if other.valid_to else "",
    ]
    said = _(", ").join(filter(None, days))
    return _("{title} ({period})").format(title=other.alias, period=said) if said else other.alias


def peer_rank_finding(marks: Iterable[Mark], place: str) -> str:
    """礼堂数（2019年）：东区计划6个，3地有数，居第1 - the rank only among exact numbers; a place without a number has its state."""
    shown = [mark for mark in marks if mark.part == "shown"]
    valued = [mark for mark in shown if mark.value is not None]
    own = next(mark for mark in shown if mark.place == place)
    first = valued[0]
    parts = [f"{own.place_name}{'' if is_chinese() else ' '}{mark_text(own)}"]
    parts.append(_("{count} of {places} places have a number").format(count=len(valued), places=len(shown)))
    if own.value is not None and all(mark.qualifier == Qualifier.EXACT for mark in valued):
        ahead = len([mark for mark in valued if mark.amount > own.value])
        same = len([mark for mark in valued if mark.value == own.value])
        rank = _("number {rank}") if same == 1 else _("number {rank}, level with others")
        parts.append(rank.format(rank=ahead + 1))
    indicator = _("{title} ({period})").format(title=first.indicator_name, period=time_text(first))
    return _("{title}: {items}").format(title=indicator, items=_(", ").join(parts))
