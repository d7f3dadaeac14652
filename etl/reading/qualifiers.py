"""Words before and after a quantity that say how exact it is: 超过, 近, 不少于, 以上, 左右 ...

The words are data (``words.csv``): ``before`` and ``after`` with what they mean, ``loose`` ones that a verb may follow (至少建成3个),
``guard`` characters that make another word of them (附近, 预约, 侦破, 商超).
"""

from __future__ import annotations

import re
from functools import cache

from etl.reading.lexicon import any_of, words

LONGEST = 16
"""No qualifier with its verb is longer than this many characters."""

_WITHIN = frozenset({"time", "length", "ratio", "area"})
_CIRCLE = re.compile("[^。！？；，：“”0-9\n]{0,12}圈")
_RENEWED = re.compile("[更翻刷焕]新$")
_LATELY = re.compile(
    "[0-9一二两三四五六七八九十]+(?:年|个?月|天|日|周|个?星期)(?:[来间以]|(?!的|时间|后|前|[，。；、）]))"
)
_ABOUT_BEHIND = re.compile("[一-鿿]{1,6}?左右(?![两逢邻手为摇])")
_MUCH = frozenset({"time", "length", "ratio", "mass", "area", "money", "age"})


def qualifier_before(text: str, core: int) -> tuple[str, int]:
    """Return the qualifier that ends at the numeral ``text[core]`` and where it begins; ("", core) if there is none."""
    left = text[max(0, core - LONGEST) : core]
    found = _before().search(left) or _loose().search(left) or _compared().search(left)
    if not found:
        return "", core
    word = found.group("word")
    start = core - len(left) + found.start()
    if word == "近" and _LATELY.match(text, core) and start and not "一" <= text[start - 1] <= "鿿":
        return "", core
    guarded = text[start - 1 : start] in _guards().get(word, ()) and not _RENEWED.search(
        text[max(0, start - 2) : start]
    )
    if guarded or _is_an_achievement(word, text, core):
        return "", core
    return words("before")[word], start


def qualifier_after(text: str, end: int, kind: str) -> tuple[str, int]:
    """Return the qualifier that begins at ``text[end]`` behind a unit of ``kind`` and where it ends; ("", end) if none."""
    found = _after().match(text, end)
    if found and not (found.group("word") == "内" and kind not in _WITHIN):
        return words("after")[found.group("word")], found.end()
    if kind in _MUCH and re.compile("多(?![样次个种媒元功家名项位层方余于])").match(text, end):
        return "more_than", end + 1
    if kind == "count" and _ABOUT_BEHIND.match(text, end):
        return "approx", end
    if kind in ("time", "length") and _CIRCLE.match(text, end):
        return "up_to", end
    return "", end


def _is_an_achievement(word: str, text: str, core: int) -> bool:
    return word == "突破" and bool(
        re.search("^[^，。；]{0,8}(?:技术|难题|瓶颈|难点|难关|障碍)", text[core : core + 12])
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(f"(?P<word>{any_of(words('before'))}){any_of(words('link'))}?$(?!\n)")


@cache
def _loose() -> re.Pattern[str]:
    return re.compile(
        f"(?P<word>{any_of(words('loose'))})[能可要应]?{any_of([*words('verb'), *words('doing')])}{{1,2}}$(?!\n)"
    )


@cache
def _compared() -> re.Pattern[str]:
    """Return what finds a bound whose base stands between: 不低于符合条件教师的10%."""
    bounds = [word for word in words("loose") if word[0] == "不"]
    return re.compile(f"(?P<word>{any_of(bounds)})[一-鿿]{{2,10}}的$(?!\n)")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        f"(?:（含[^）]{{0,8}}）|\\(含[^)]{{0,8}}\\))?(?P<word>{any_of(words('after'))})(?:(?<!内)(?![述级简])|(?<=内)(?![置设部外容涵环存陆有科参班]))"
    )


@cache
def _guards() -> dict[str, frozenset[str]]:
    return {word: frozenset(chars) for word, chars in words("guard").items()}
