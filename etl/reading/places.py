"""Every place a text speaks of: those the reader was told of, those its ending gives away, and 全市, 该区, 市委.

全市 and the like are given the name of the text's own city, district or county where the text or the tables tell it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from etl.reading.compact import PARAGRAPH
from etl.reading.layout import Span, is_inside
from etl.reading.lexicon import any_of, words
from etl.reading.place_names import ENDINGS, LEVELS, ZONES, Mention, bare_zones, guessed, level_of, sharing_an_ending


@dataclass(frozen=True)
class KnownPlace:
    """A place of the reference tables: its ``id``, its name, other names, and the id of the place above it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""


_OWN = re.compile(
    "省定|市定|(?:全|我|本|该|这个)(?:国(?!家)|省|市|区|县|旗|镇|乡|街道|社区|村)(?![民场容值区])|市本级|(?<![县区州])市区|"
    "[市区县](?:委|政府|人大|政协|财政)|市直|(?<![一-鿿])[市区县][一-鿿]{2,10}?[局办委](?![一-鿿]?[公理])"
)
_OWN_KIND = re.compile("(?<=[全我本该个])(?:国|省|市|区|县|旗|镇|乡|街道|社区|村)")
_LISTED = re.compile("[0-9]|[、和][^，。]{2,12}(?:[0-9]|各|分别)")
_CITY = 2
_TITLE_BEGINS, _LONGEST_TITLE = 8, 60
_STANDS_FREE = re.compile("[0-9、，。：；（）和与及的各共已将有等“”]|$|全|今年|去年|人民")


def mentions(text: str, known: Sequence[KnownPlace], names: Sequence[Span] = (), city: str = "") -> list[Mention]:
    """Return every mention of a place in compact ``text`` in reading order; 全市 has the name it stands for, if that is known.

    全市 and 我市 are ``city``, the data's own, also beside another city's name. ``names`` are sorted spans of titles and slogans (“百场演出进百乡”), in which no place is looked for.
    """
    told = list(_told(text, known))
    ours = {name for place in known for name in place.aliases}
    zones = (one for one in bare_zones(text) if one.name not in ours or text[one.start - 1 : one.start] != "市")
    told = _in_order([*told, *_beside(told, [*sharing_an_ending(text), *zones])])
    own = _beside(told, (_own(found) for found in _OWN.finditer(text)))
    taken = _in_order([*told, *own])
    found = _in_order([*taken, *guessed(text, taken)])
    found = _in_order([*found, *_beside(found, _short_in_lists(text, found))])
    found = [one for one in found if not is_inside(names, one.start)]
    found = [replace(one, listed=bool(_LISTED.match(text, one.end))) for one in found]
    return _resolved(text, list(_without_second_names(text, found)), known, city)


def _short_in_lists(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the places of a list without their endings, where the text names them in full elsewhere: 滨湖、桃源各3个."""
    names: dict[str, Mention] = {}
    for mention in found:
        stem = ENDINGS.sub("", mention.name)
        if mention.level > _CITY and not mention.own and len(stem) > 1:
            names.setdefault(stem, mention)
    listed = rf"(?:(?<=、)|(?<![一-鿿]))(?P<stem>{any_of(names)})(?=[、各均和与及])"
    for short in re.finditer(listed, text) if names else ():
        if "、" in (text[short.start() - 1 : short.start()], text[short.end() : short.end() + 1]):
            full = names[short["stem"]]
            yield replace(full, start=short.start(), end=short.end())


def _without_second_names(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Yield ``found`` but for what only repeats in brackets the place before it (经开区（滨湖区）将投入), and for 各县, 每个区."""
    before: Mention | None = None
    for mention in found:
        is_second = (
            before is not None
            and (before.level, text[before.end : mention.start]) == (mention.level, "（")
            and text[mention.end : mention.end + 1] == "）"
            and before.name.endswith(ZONES)
        )
        is_each = mention.name.startswith(("各", "每")) and not mention.own
        if not is_second and not is_each:
            yield mention
            before = mention


def _in_order(found: Iterable[Mention]) -> list[Mention]:
    return sorted(found, key=lambda mention: mention.start)


def _beside(taken: Sequence[Mention], others: Iterable[Mention]) -> list[Mention]:
    """Return those of ``others`` that overlap none of the sorted ``taken``."""
    starts = [mention.start for mention in taken]

    def is_free(one: Mention) -> bool:
        index = bisect_right(starts, one.start)
        behind = taken[index].start if index < len(taken) else one.end
        return one.end <= behind and (not index or taken[index - 1].end <= one.start)

    return [one for one in others if is_free(one)]


def _own(found: re.Match[str]) -> Mention:
    word = found.group()
    level = level_of(word) if word[0] in "全我本该这" else LEVELS[word[0]]
    return Mention(found.start(), found.end(), word, level, own=True)


def _told(text: str, known: Sequence[KnownPlace]) -> Iterator[Mention]:
    """Yield the places the reader was told of.

    A bare kind of place (开发区) is a name only where its city is named too; a short name (新安) only where it stands free,
    not in 更新安置房 or 新安大道.
    """
    names = {name: place for place in known for name in (place.name, *place.aliases) if name}
    names = {name: place for name, place in names.items() if not _OWN.fullmatch(name)}
    for match in re.finditer(any_of(names), text) if names else ():
        name, place = match.group(), names[match.group()]
        firm = ENDINGS.search(name) is not None
        if name in ZONES and not _is_at_home(place, text, known):
            continue
        if not firm and not (_begins_free(text, match.start()) and _STANDS_FREE.match(text, match.end())):
            continue
        yield Mention(match.start(), match.end(), place.name, level_of(place.name), firm=firm)


def _begins_free(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    return not "一" <= before <= "鿿" or before in words("stop") or before in "中"


def _is_at_home(place: KnownPlace, text: str, known: Sequence[KnownPlace]) -> bool:
    above = [other for other in known if other.id == place.parent]
    return any(name in text for other in above for name in (other.name, *other.aliases))


def _resolved(text: str, found: Sequence[Mention], known: Sequence[KnownPlace], city: str) -> list[Mention]:
    """Return ``found`` with 全市, 该区, 市委 under the name they stand for; 市委 of a city nobody names is left out."""
    homes: dict[str, str] = {}
    latest: dict[str, str] = {}
    result: list[Mention] = []
    for mention in found:
        if not mention.own:
            latest[_kind_of(mention.name)] = mention.name
            result.append(mention)
            continue
        printed = text[mention.start : mention.end]
        kind = _OWN_KIND.search(printed)
        ending = kind.group() if kind else printed[0]
        if ending not in homes:
            homes[ending] = (
                _titled(text, found, ending) or (city if city.endswith(ending) else "") or _home(found, known, ending)
            )
        before = latest.get(ending, "")
        name = (
            (before if printed[0] in "该这" else "")
            or _inside(homes[ending], printed, known)
            or homes[ending]
            or before
        )
        if name or printed[0] in "全我本":
            result.append(replace(mention, name=name or printed))
    return result


def _titled(text: str, found: Sequence[Mention], ending: str) -> str:
    """Return the place of one kind that the title begins with: 甲市2023年统计公报 speaks of 甲市 also in the data of the city above."""
    title = text.split(PARAGRAPH, 1)[0]
    if not found or len(title) > _LONGEST_TITLE or "。" in title or not found[0].start < min(_TITLE_BEGINS, len(title)):
        return ""
    return found[0].name if not found[0].own and _kind_of(found[0].name) == ending else ""


def _kind_of(name: str) -> str:
    return next((kind for kind in ("社区", "街道") if name.endswith(kind)), name[-1:])


def _inside(home: str, printed: str, known: Sequence[KnownPlace]) -> str:
    """Return the part of ``home`` that tables call by the printed word (市本级), if there is one."""
    above = {place.id for place in known if place.name == home}
    if printed != "市本级":
        return ""
    return next(
        (place.name for place in known if place.parent in above and printed in place.aliases), home and f"{home}本级"
    )


def _home(found: Sequence[Mention], known: Sequence[KnownPlace], ending: str) -> str:
    """Return the place of one kind that the text is about: the most often named; what lies above the named ones counts too.

    Places that only stand in a list of numbers have no vote where others of their kind have one.
    """
    by_id = {place.id: place for place in known}
    by_name = {place.name: place for place in known}
    votes: Counter[str] = Counter()
    is_listed_only = all(one.own or one.listed for one in found if _kind_of(one.name) == ending)
    for mention in found:
        if mention.own or (mention.listed and not is_listed_only):
            continue
        if _kind_of(mention.name) == ending:
            votes[mention.name] += 2
        above = by_name.get(mention.name)
        while above and (above := by_id.get(above.parent)):
            if _kind_of(above.name) == ending:
                votes[above.name] += 1
    return votes.most_common(1)[0][0] if votes else ""
