"""Words around a number that say it was worked out: 占, 超额, 合计, 平均, 倍, 比去年增加 - and those that say it was not."""

from __future__ import annotations

import re
from functools import cache

from etl.checking.claims import Claim
from etl.reading.indicators import same_unit
from etl.reading.lexicon import any_of, words

SUM = re.compile("共|合计|总计|总共|累计|总|之和|加起来|加在一起|相加")
_SUMMED = re.compile("(?:合计|总计|共计|之和|加起来|加在一起|相加|一共)[为是达共]?$(?!\n)")
MORE = re.compile("多|超额|超出|超过|超|高出|高|增加|增长|提高|上升|净增|(?<!新)增|扩大|翻|领先")
LESS = re.compile("减少|下降|降低|回落|缩减|少|低|落后|下滑|降")
REST = re.compile("相差|差距|差|距|还有|尚有|剩余|其余|余下|还剩|剩下|未|缺口|另|其他")
_BEHIND = re.compile("的?(?:差距|差额|之差|之和|缺口|增量|增幅|降幅|总和)")
_BEYOND = re.compile("超额|超出|高出|多出|超[^过]")
MEAN = re.compile("平均|每|户均|人均|均|单")
_DIFFERENCE = re.compile(
    "(?:比|较|与)[^，。；]{0,24}(?:多|少|增|减|高|低|升|降|大|小|长|短|快|慢)[^，。；、0-9到至]{0,4}$(?!\n)|"
    "(?:增加|减少|净增|超额|超出|高出|相差|还剩|还差)了?(?:完成|约)?$(?!\n)"
)
_GROWN_TO = re.compile("(?:增加|增长|提高|上升|扩大|发展|增|减少|下降|降)[到至为]了?[^，。；0-9]{0,3}$(?!\n)")
_COMPARED_WITH = re.compile("(?:比|较)[^，。；]{0,20}$(?!\n)")
_HELD_AGAINST = re.compile("[^，。；、0-9]{0,12}(?:多|少|增|减|高|低|升|降|大|小|长|短|快|慢|翻|提|相比)")
_OWN_RATIO = re.compile(
    "(?<!完成)(?<!达成)(?<!增长)(?<!增)(?<!占有)(?:率|度|指数)(?:已|均|约|都|为|是|达到?|高达|提[高升]到?|上升到?|保持在?|稳定在?)*$(?!\n)"
)
_AIM_BEHIND = re.compile("[^，。；、0-9]{0,10}(?:目标|任务|计划)")
_EACH = re.compile("各|分别|依次")


def is_told_as_derived(claim: Claim) -> bool:
    """Tell whether the words around a claim say that it was worked out: 占, 超额, 合计, 平均, 倍 ..."""
    if same_unit(claim.told.unit) in ("%", "倍", "百分点") or is_compared(claim):
        return True
    if _GROWN_TO.search(claim.raw_before) or _AIM_BEHIND.match(claim.raw_behind) or is_held_against(claim):
        return False
    if is_whole(claim):
        return True
    if claim.places_joined and not claim.is_in_turn and claim.partner is None and not _EACH.search(claim.raw_before):
        return True
    around = cues_of(claim, 16)
    return any(cue.search(around) for cue in (SUM, MORE, LESS, REST, MEAN))


def is_whole(claim: Claim) -> bool:
    """Whether parts of a claim follow: 120张，其中…."""
    return claim.farther.startswith("其中")


def cues_of(claim: Claim, reach: int) -> str:
    """Return the words that may say how a claim was worked out: before it, and 之和, 的差距 behind; 不少于 is no 少."""
    behind, beyond = _BEHIND.match(claim.raw_behind), _BEYOND.match(claim.told.as_printed)
    return claim.raw_before[-reach:] + (beyond.group()[:2] if beyond else "") + "·" + (behind.group() if behind else "")


def is_held_against(claim: Claim) -> bool:
    """Whether a claim is what another is compared with: 比甲区的16个多4个."""
    return bool(_COMPARED_WITH.search(claim.raw_before) and _HELD_AGAINST.match(claim.raw_behind)) and not is_compared(
        claim
    )


def is_compared(claim: Claim) -> bool:
    """Tell whether a claim is told as a difference: 比上年增加44个, 比目标多8个."""
    if same_unit(claim.told.unit) == "%" or _AIM_BEHIND.match(claim.raw_behind):
        return False
    return bool(_DIFFERENCE.search(claim.raw_before[-30:]))


def is_a_sum(claim: Claim) -> bool:
    """Tell whether a claim is told as the sum of what stands before it: 合计118个."""
    return bool(_SUMMED.search(claim.raw_before)) and same_unit(claim.told.unit) != "%"


def is_ratio_of_its_own(claim: Claim) -> bool:
    """Tell whether a per cent has a name of its own (满意度, 合格率), so that nothing beside it says what it must be."""
    return same_unit(claim.told.unit) == "%" and bool(_OWN_RATIO.search(claim.raw_before))


def deed(text: str) -> str:
    """Return what the last word of doing in a text does to a thing (新建 new, 改造 renewed, 拆除 removed), "" where none stands there."""
    found = _deeds().findall(text)
    return words("deed")[found[-1]] if found else ""


def is_set(claim: Claim) -> bool:
    """Tell whether somebody sets an aim by a claim: 年初确定建设38个."""
    return bool(_settings().search(claim.raw_before))


@cache
def _deeds() -> re.Pattern[str]:
    return re.compile(any_of(words("deed")))


@cache
def _settings() -> re.Pattern[str]:
    return re.compile(any_of(words("setting")))


def direction(claim: Claim) -> int:
    """Return 1 where the words before a claim say more (增加), -1 where they say less (减少), 0 where they say neither."""
    around = claim.raw_before[-10:]
    less, more = list(LESS.finditer(around)), list(MORE.finditer(around))
    if not less and not more:
        return 0
    last_less = less[-1].start() if less else -1
    last_more = more[-1].start() if more else -1
    return -1 if last_less > last_more else 1
