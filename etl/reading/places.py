"""Names of places in a text: those the reader was told of, those only their ending gives away, and 全市, 该区, 市委.

A name never met before is cut out by its ending (市, 区, 县, 街道, 社区 ...) and by the words that may stand before it; a
name that stands free somewhere in the text helps to cut the others. 全市 and the like are named after the text's own city.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from etl.reading.lexicon import any_of, words


@dataclass(frozen=True)
class KnownPlace:
    """A place of the reference tables: its ``id``, its name, other names, and the id of the place above it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""


@dataclass(frozen=True)
class Mention:
    """A place named at ``text[start:end]``; ``level`` is 1 for a province to 5 for a community or village.

    ``own`` is no for words that name the text's own place (全市, 市委); ``firm`` is no for a short name, which may be part of
    another word (建安大道); ``listed`` is yes where a number of its own, or another place, follows at once.
    """

    start: int
    end: int
    name: str
    level: int
    own: bool = False
    firm: bool = True
    listed: bool = False


LEVELS = {"国": 0, "省": 1, "市": 2, "州": 2, "盟": 2, "区": 3, "县": 3, "旗": 3, "镇": 4, "乡": 4, "道": 4, "村": 5}
_ZONES = (
    "经济技术开发区",
    "高新技术产业开发区",
    "经济开发区",
    "一体化示范区",
    "开发区",
    "高新区",
    "经开区",
    "示范区",
    "新区",
    "度假区",
)
_ENDINGS = re.compile(
    any_of(_ZONES)
    + "|街道(?!路|两|上|边|旁|漂|整|干|清|绿|亮|面)(?:办事处|办)?|社区(?!内|里的|服务中心建)|自治[县州区旗]|[市县区镇乡村省旗](?![民场容值面域间貌落庄土愁亲音史志直份力略干级长定属村镇子（(])"
)
_HANZI = re.compile(r"[一-鿿]*\Z")
_COUNTING = re.compile("[年月日个座名家处条]|一|.*(?:分钟|[式型性级化])\\Z")
_OWN = re.compile(
    "省定|市定|(?:全|我|本|该|这个)(?:国(?!家)|省|市|区|县|旗|镇|乡|街道|社区|村)(?![民场容值区])|市本级|市区|"
    "市(?:委|政府|人大|政协|直)|区(?:委|政府|人大|政协)|县(?:委|政府|人大|政协)|(?<![一-鿿])[市区县][一-鿿]{2,10}?[局办委](?![一-鿿]?[公理])"
)
_SHARED = re.compile(
    "(?<![一-鿿])(?P<stems>[一-鿿]{2,3}(?:、[一-鿿]{2,3})+)(?:[两三四五六七八九十]|[0-9]+)个?(?P<kind>区|县|市|街道|社区|镇|乡)(?![一-鿿]?[里局委])"
)
_LISTED = re.compile("[0-9]|[、和][^，。]{2,12}(?:[0-9]|各|分别)")
_OWN_KIND = re.compile("(?<=[全我本该个])(?:国|省|市|区|县|旗|镇|乡|街道|社区|村)")
_FARTHEST = 12
_LONGEST_FREE = 4
_COMMUNITY = 5
_LONGEST = {2: 4, 3: 4, 4: 5, 5: 7}
_LONGEST_ZONE = 8


def mentions(text: str, known: Sequence[KnownPlace]) -> list[Mention]:
    """Return every mention of a place in compact ``text`` in reading order; 全市 has the name it stands for, if that is known."""
    told = _told(text, known)
    told = sorted(
        [*told, *(one for one in _sharing_an_ending(text) if not _covered(one.start, one.end, told))], key=_by_start
    )
    own = [
        Mention(found.start(), found.end(), found.group(), _own_level(found.group()), own=True)
        for found in _OWN.finditer(text)
        if not _covered(found.start(), found.end(), told)
    ]
    guessed = _guessed(text, sorted([*told, *own], key=_by_start))
    found = sorted([*told, *own, *guessed], key=_by_start)
    return _resolved(text, [replace(one, listed=bool(_LISTED.match(text, one.end))) for one in found], known)


def _by_start(mention: Mention) -> int:
    return mention.start


def level_of(name: str) -> int:
    """Return the level a name's ending tells: 许昌市 2, 建安社区 5."""
    if name.endswith("社区"):
        return _COMMUNITY
    return 0 if name == "全国" else LEVELS.get(name.removesuffix("办事处")[-1:], 3)


def _own_level(word: str) -> int:
    return level_of(word) if word[0] in "全我本该这" else LEVELS[word[0]]


def _covered(start: int, end: int, others: Iterable[Mention]) -> bool:
    return any(other.start < end and start < other.end for other in others)


def _told(text: str, known: Sequence[KnownPlace]) -> list[Mention]:
    """Return the places the reader was told of; a bare kind of place (开发区) is no name unless its city is in the text."""
    names = {
        name: place for place in known for name in (place.name, *place.aliases) if name and not _OWN.fullmatch(name)
    }
    if not names:
        return []
    found = []
    for match in re.finditer(any_of(names), text):
        name = match.group()
        place = names[name]
        if name in _ZONES and not _is_at_home(place, text, known):
            continue
        firm = _ENDINGS.search(name) is not None
        if not firm and re.compile(any_of(words("thing_after"))).match(text, match.end()):
            continue
        found.append(Mention(match.start(), match.end(), place.name, level_of(place.name), firm=firm))
    return found


def _is_at_home(place: KnownPlace, text: str, known: Sequence[KnownPlace]) -> bool:
    above = [other for other in known if other.id == place.parent]
    return any(name in text for other in above for name in (other.name, *other.aliases))


@dataclass(frozen=True)
class _Candidate:
    """Characters before an ending that may hold a name; ``free`` when nothing else stands before them."""

    start: int
    stem: str
    ending: str
    free: bool

    @property
    def name(self) -> str:
        return self.stem + self.ending

    @property
    def end(self) -> int:
        return self.start + len(self.name)

    @property
    def longest(self) -> int:
        return _LONGEST_ZONE if self.ending.startswith(_ZONES) else _LONGEST.get(level_of(self.ending), 4)


def _sharing_an_ending(text: str) -> Iterator[Mention]:
    """Yield the places of an enumeration that ends in its number and kind: 桃源、滨湖、沙田三区."""
    for found in _SHARED.finditer(text):
        at = found.start()
        for stem in found.group("stems").split("、"):
            name = stem + found.group("kind")
            yield Mention(at, at + len(stem), name, level_of(name))
            at += len(stem) + 1


def _guessed(text: str, taken: Sequence[Mention]) -> list[Mention]:
    """Return places known by their ending alone; the free-standing ones help to cut out the others."""
    candidates = list(_candidates(text, taken))
    free = {one.name for one in candidates if one.free and _is_clean(one.stem)}
    often = Counter(one.stem[-size:] + one.ending for one in candidates for size in range(2, min(len(one.stem), 8) + 1))
    found = []
    for one in candidates:
        stem = _cut(one, free, often)
        if stem and stem + one.ending not in words("alone"):
            name = (stem + one.ending).removesuffix("办事处")
            name = name + "道" if name.endswith("街办") else name
            found.append(Mention(one.end - len(stem + one.ending), one.end, name, level_of(name)))
    return found


def _is_clean(stem: str) -> bool:
    """Tell whether a free-standing ``stem`` is a name by itself: 和平 is, 在和平 and 建立 are not."""
    if _COUNTING.match(stem) or _ends_with_stop(stem) or stem[0] in words("bound"):
        return False
    return len(stem) == 2 or not _stops().search(stem)


def _ends_with_stop(stem: str) -> bool:
    return any(len(stop.group()) > 1 and stop.end() == len(stem) for stop in _stops().finditer(stem))


def _candidates(text: str, taken: Sequence[Mention]) -> Iterator[_Candidate]:
    edge, index = 0, 0
    for ending in _ENDINGS.finditer(text):
        while index < len(taken) and taken[index].start < ending.end():
            edge = max(edge, taken[index].end)
            index += 1
        left = _HANZI.search(text, max(edge, ending.start() - _FARTHEST), ending.start())
        stem = left.group() if left else ""
        if edge > ending.start() or not stem or _is_common(stem + ending.group(), ending.group()):
            continue
        start = ending.start() - len(stem)
        yield _Candidate(
            start, stem, ending.group(), start == edge or (len(stem) < _FARTHEST and len(stem) <= _LONGEST_FREE)
        )
        edge = ending.end()


@cache
def _common() -> re.Pattern[str]:
    return re.compile(any_of(words("common")) + r"\Z")


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(any_of(words("stop")))


def _is_common(name: str, ending: str) -> bool:
    """Tell whether ``name`` ends with a word for places of a kind (老城区, 示范村), or with nothing but a function word."""
    common = not ending.startswith(_ZONES) and _common().search(name[-8:])
    return bool(common) or name[-len(ending) - 1] in words("bound")


def _cut(one: _Candidate, free: set[str], often: Counter[str]) -> str:
    """Return the part of the stem that is the name, or "" if nothing of it can be."""
    for size in range(min(len(one.stem), one.longest), 1, -1):
        if one.stem[-size:] + one.ending in free:
            return one.stem[-size:]
    if _ends_with_stop(one.stem):
        return ""
    cuts = [stop.end() for stop in _stops().finditer(one.stem) if len(one.stem) - stop.end() >= 3 - len(stop.group())]
    stem = one.stem[max(cuts, default=0) :]
    if _COUNTING.match(stem):
        stem = stem[1:] if stem[0] in "年月日" else ""
    repeated = [
        size for size in range(one.longest, 1, -1) if often[stem[-size:] + one.ending] > 1 and size <= len(stem)
    ]
    easily_a_noun = level_of(one.ending) == _COMMUNITY or one.ending in _ZONES
    if easily_a_noun and not (one.free or cuts or repeated):
        return ""
    if len(stem) < 2:
        return stem if stem and one.free and not cuts and one.ending in ("县", "镇", "村") else ""
    if len(stem) <= one.longest:
        return stem
    return stem[-repeated[0] :] if repeated else stem[-2:]


def _resolved(text: str, found: list[Mention], known: Sequence[KnownPlace]) -> list[Mention]:
    """Return ``found`` with 全市, 该区, 市委 under the name they stand for."""
    homes: dict[str, str] = {}
    result: list[Mention] = []
    for mention in found:
        if not mention.own:
            result.append(mention)
            continue
        printed = text[mention.start : mention.end]
        kind = _OWN_KIND.search(printed)
        ending = kind.group() if kind else printed[0]
        before = next(
            (other.name for other in reversed(result) if not other.own and _is_of_kind(other.name, ending)), ""
        )
        home = homes.setdefault(ending, _home(found, known, ending))
        name = (before if printed[0] in "该这" else "") or _inside(home, printed, known) or home or before
        if name or printed[0] in "全我本":
            result.append(replace(mention, name=name or printed))
    return result


def _inside(home: str, printed: str, known: Sequence[KnownPlace]) -> str:
    """Return the part of ``home`` that tables call by the printed word (市本级), if there is one."""
    above = {place.id for place in known if place.name == home}
    return next(
        (place.name for place in known if printed == "市本级" and place.parent in above and printed in place.aliases),
        "",
    )


def _is_of_kind(name: str, ending: str) -> bool:
    return name.endswith(ending) and not (ending == "区" and name.endswith("社区"))


def _home(found: Sequence[Mention], known: Sequence[KnownPlace], ending: str) -> str:
    """Return the place of one kind that the text is about: the most often named; what lies above the named ones counts too.

    Places that only stand in a list of numbers have no vote.
    """
    by_id = {place.id: place for place in known}
    by_name = {place.name: place for place in known}
    votes: Counter[str] = Counter()
    for mention in found:
        if mention.own or mention.listed:
            continue
        if _is_of_kind(mention.name, ending):
            votes[mention.name] += 2
        above = by_name.get(mention.name)
        while above and (above := by_id.get(above.parent)):
            if _is_of_kind(above.name, ending):
                votes[above.name] += 1
    return votes.most_common(1)[0][0] if votes else ""
