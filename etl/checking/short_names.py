"""Places of a draft that only its city's tables tell: short names, and the city that 全市 stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.checking.published import PublishedData
from etl.reading.layout import Span
from etl.reading.lexicon import any_of
from etl.reading.place_names import COMMUNITY, ZONES, Mention

_SHORT = 4
_BEFORE_A_NAME = "，。；：、！？\n（“‘《——和与及在由是比较中为对占"
_CITY_LEVEL = 2
_AGAIN = 2
_DISTRICT = 3


def short_names(
    text: str, told: Sequence[Mention], dates: Sequence[Span], published: PublishedData
) -> Iterator[Mention]:
    """Yield short names that lead a clause or stand in an enumeration: 甲山计划再建20个, 甲山、乙水两地, 经开3个.

    The short name of a city or province wins over a community that nobody knows (甲省社区).
    """
    short = {alias: one for one in published.places for alias in one.aliases if len(alias) < _SHORT or alias in ZONES}
    cut = {name[:-1]: one for name, one in short.items() if len(name) > 2 and name[-1:] in "区县市"}
    short = {**cut, **short}
    if not short:
        return
    taken = [Span(one.start, one.end) for one in told if one.name in published.place_named or one.level < COMMUNITY]
    ends = {span.end for span in (*dates, *(Span(one.start, one.end) for one in told))}
    for found in re.finditer(f"{any_of(short)}(?![路街道巷桥村乡镇大园高中小])", text):
        start, end = found.span()
        free = not start or start in ends or text[start - 1] in _BEFORE_A_NAME
        if found.group() in cut and found.group() not in published.place_named:
            free = free and bool(re.match("[0-9、：]", text[end : end + 1]))
        if free and not any(start < span.end and span.start < end for span in taken):
            name = short[found.group()].name
            yield Mention(start, end, name, _DISTRICT if name[-1:] in "区县旗" else _CITY_LEVEL)


def city_of(named: Sequence[Mention], published: PublishedData) -> str:
    """Return the city a draft speaks for: the one whose tables these are, unless another alone is named again and again."""
    only = only_city(named, published)
    others = [one for one in named if not one.own and published.place_named.get(one.name)]
    speaks_of_itself = any(one.own for one in named)
    return only if only and (not speaks_of_itself or len(others) > _AGAIN) else published.home


def only_city(named: Sequence[Mention], published: PublishedData) -> str:
    """Return the one city that the places named lie in; "" for none or several."""
    ids = {published.place_named.get(one.name, "") for one in named if not one.own}
    cities = {published.city_of(one) for one in ids} - {""}
    return cities.pop() if len(cities) == 1 else ""
