"""Names of places never met before, cut out of a text by their ending: 市, 区, 县, 街道, 社区, 村, 开发区 ...

Chinese puts no blank before a name, so three things tell where it begins: punctuation, words that may stand before a name
(走进, 位于, 在), and the same name standing free elsewhere in the text. Kinds of places (老城区, 示范村) are no names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.reading.lexicon import any_of, words


@dataclass(frozen=True)
class Mention:
    """A place named at ``text[start:end]``; ``level`` is 0 for the country, 1 for a province, to 5 for a community or village.

    ``own`` is yes for words that name the text's own place (全市, 市委); ``firm`` is no for a short name without its ending;
    ``listed`` is yes where a number of its own, or another place, follows at once.
    """

    start: int
    end: int
    name: str
    level: int
    own: bool = False
    firm: bool = True
    listed: bool = False


LEVELS = {"国": 0, "省": 1, "市": 2, "州": 2, "盟": 2, "区": 3, "县": 3, "旗": 3, "镇": 4, "乡": 4, "道": 4, "村": 5}
COMMUNITY = 5
ZONES = tuple(words("zone"))
_NO_ENDING = "外内际场容值面域间貌落庄土愁亲音史志直份力略干级长定属子贤医里（("
_PEOPLE = "民(?!政|宗|生(?!活))"
ENDINGS = re.compile(
    f"{any_of(ZONES)}|街道(?![路两上边旁漂整干清绿亮面])(?:办事处|办)?|社区(?![内里])|自治[县州区旗]|[市县区镇村省旗](?![{_NO_ENDING}]|街道|{_PEOPLE}|(?<=县)城(?![东西南北中区管乡]))|"
    f"乡(?![{_NO_ENDING}村镇]|{_PEOPLE})"
)
_HANZI = re.compile(r"[一-鿿]*\Z")
_COUNTING = re.compile(
    r"[年月日个座名家处条]|一|[二三四五六七八九十两几多数各]+[个位名座家户所条处]\Z|.*(?:分钟|[式型性级化])\Z"
)
_SHARED = re.compile(
    "(?<![一-鿿])(?P<stems>[一-鿿]{2,3}(?:、[一-鿿]{2,3}){1,30})(?:[两三四五六七八九十]|[0-9]{1,2})个?"
    "(?P<kind>区|县|市|街道|社区|镇|乡)(?![一-鿿]?[里局委])"
)
_SHARED_BY_THE_LAST = re.compile(
    "(?:(?<![一-鿿])|(?<=其中))(?P<stems>[一-鿿]{2}(?:、[一-鿿]{2}){1,30})(?P<kind>区|县|镇|乡)(?=各|分别)"
)
_BARE_ZONE = re.compile(
    f"(?:(?<![一-鿿])|(?<=[在和与及])){any_of(ZONES)}(?=[0-9、，和与及各已共将有（])|(?<=[一-鿿]{{2}}市){any_of(ZONES)}"
)
_FARTHEST = 12
_LONGEST_FREE = 4
_LONGEST = {2: 4, 3: 4, 4: 5, 5: 7}
_LONGEST_ZONE = 8


def level_of(name: str) -> int:
    """Return the level a name's ending tells: 甲市 2, 甲社区 5."""
    if name.endswith("社区"):
        return COMMUNITY
    return 0 if name == "全国" else LEVELS.get(name[-1:], 3)


def guessed(text: str, taken: Sequence[Mention]) -> list[Mention]:
    """Return the places known by their ending alone, none over one of the sorted ``taken``.

    The free-standing ones are found first and help to cut out the others.
    """
    candidates = list(_candidates(text, taken))
    free = {one.name for one in candidates if one.free and _is_clean(one.stem)}
    often = Counter(one.stem[-size:] + one.ending for one in candidates for size in range(2, min(len(one.stem), 8) + 1))
    found = []
    for one in candidates:
        stem = _cut(one, free, often)
        if stem and stem + one.ending not in words("alone"):
            name = re.sub("街道?办(?:事处)?$", "街道", stem + one.ending)
            found.append(Mention(one.end - len(stem + one.ending), one.end, name, level_of(name)))
    return found


def bare_zones(text: str) -> Iterator[Mention]:
    """Yield zones that a city calls by their kind alone: 在高新区、经开区各建1座, 甲市经开区投资."""
    for found in _BARE_ZONE.finditer(text):
        yield Mention(found.start(), found.end(), found.group(), level_of(found.group()))


def sharing_an_ending(text: str) -> Iterator[Mention]:
    """Yield the places of an enumeration that ends in their kind: 桃源、滨湖、沙田三区, 桃源、滨湖区各2个."""
    for found in (*_SHARED.finditer(text), *_SHARED_BY_THE_LAST.finditer(text)):
        at = found.start("stems")
        for stem in found.group("stems").split("、"):
            name = stem + found.group("kind")
            yield Mention(at, at + len(stem), name, level_of(name))
            at += len(stem) + 1


@dataclass(frozen=True)
class _Candidate:
    """Characters before an ending that may hold a name.

    ``free`` when nothing else stands before them, ``follows`` when another place does (甲区|乙社区).
    """

    start: int
    stem: str
    ending: str
    free: bool
    follows: bool

    @property
    def name(self) -> str:
        return self.stem + self.ending

    @property
    def end(self) -> int:
        return self.start + len(self.name)

    @property
    def longest(self) -> int:
        return _LONGEST_ZONE if self.ending in ZONES else _LONGEST.get(level_of(self.ending), 4)


def _candidates(text: str, taken: Sequence[Mention]) -> Iterator[_Candidate]:
    edge, index = 0, 0
    for ending in ENDINGS.finditer(text):
        while index < len(taken) and taken[index].start < ending.end():
            edge = max(edge, taken[index].end)
            index += 1
        left = _HANZI.search(text, max(edge, ending.start() - _FARTHEST), ending.start())
        stem = left.group() if left else ""
        if edge > ending.start() or not stem or _is_a_kind(stem + ending.group(), ending.group()):
            continue
        start = ending.start() - len(stem)
        follows = 0 < edge == start
        yield _Candidate(start, stem, ending.group(), follows or len(stem) <= _LONGEST_FREE, follows)
        edge = ending.end()


def _is_a_kind(name: str, ending: str) -> bool:
    """Tell whether ``name`` ends with a word for places of a kind (老城区, 示范村), or has only a function word before its ending."""
    kind = ending not in ZONES and _common().search(name[-8:])
    return bool(kind) or name[-len(ending) - 1] in words("bound")


def _is_clean(stem: str) -> bool:
    """Tell whether a free-standing ``stem`` is a name by itself: 和平 is, 在和平 and 建立 are not."""
    if _COUNTING.match(stem) or _ends_with_stop(stem) or stem[0] in words("bound"):
        return False
    return len(stem) == 2 or (len(stem) > 2 and not _stops().search(stem))


def _ends_with_stop(stem: str) -> bool:
    return any(len(stop.group()) > 1 and stop.end() == len(stem) for stop in _stops().finditer(stem))


def _cut(one: _Candidate, free: set[str], often: Counter[str]) -> str:
    """Return the part of the stem that is the name, or "" if nothing of it can be."""
    for size in range(min(len(one.stem), one.longest), 1, -1):
        if one.stem[-size:] + one.ending in free:
            return one.stem[-size:]
    if _ends_with_stop(one.stem):
        return ""
    shortest = 2 if one.follows else 1
    cuts = [
        stop.end()
        for stop in _stops().finditer(one.stem)
        if len(one.stem) - stop.end() >= max(shortest, 3 - len(stop.group()))
    ]
    stem = one.stem[max(cuts, default=0) :]
    if cuts and one.stem[max(cuts) - 1] in "个座家所处条类":
        return ""
    if _COUNTING.match(stem):
        stem = stem[1:] if stem[0] in "年月日" else ""
    repeated = [size for size in range(min(one.longest, len(stem)), 1, -1) if often[stem[-size:] + one.ending] > 1]
    easily_a_noun = level_of(one.ending) == COMMUNITY or one.ending in ZONES
    if easily_a_noun and not (one.free or cuts or repeated):
        return ""
    if one.ending == "省" and not (one.free or repeated):
        return ""
    if len(stem) < 2:
        return stem if stem and one.free and not cuts and one.ending in ("县", "镇", "村") else ""
    if len(stem) <= one.longest:
        return stem
    return stem[-repeated[0] :] if repeated else stem[-2:]


@cache
def _common() -> re.Pattern[str]:
    return re.compile(any_of(words("common")) + r"\Z")


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(any_of(words("stop")))
