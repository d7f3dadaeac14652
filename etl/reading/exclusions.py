"""Numbers that are no figures, told by their word class: identifiers, names, idioms, grades, articles.

Each rule looks at one reading in its text and knows nothing of any city. Dates are in ``etl.reading.dates``, names of
places in ``etl.reading.places``. What a rule cannot tell from its words (国家级的“三个一百”) is left to a reader's eye.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from etl.reading.compact import PARAGRAPH
from etl.reading.grammar import Reading
from etl.reading.layout import Span
from etl.reading.lexicon import any_of, unit_words, words
from etl.reading.numerals import DIGITS

_SYLLABLE = "".join(DIGITS)
_QUOTES = re.compile(
    '“[^”\n]{0,99}”|‘[^’\n]{0,99}’|「[^」\n]{0,99}」|『[^』\n]{0,99}』|《[^》\n]{0,99}》|"[^"\n]{0,99}"'
)
_ADDRESSES = re.compile(
    r"(?:https?://|www\.)[0-9A-Za-z./?=&_%:#-]+|(?<![0-9A-Za-z._-])[0-9A-Za-z._-]{1,64}@[0-9A-Za-z.-]+|"
    r"(?<![0-9A-Za-z-])[0-9A-Za-z-]{1,64}\.(?:com|cn|net|org|gov)[0-9A-Za-z./]*|"
    r"[〔\[［【（(](?:19|20)[0-9]{2}[〕\]］】）)][0-9]+号|(?<![0-9])0[0-9]{2,3}[-—]?[0-9]{7,8}(?![0-9])|(?<![0-9])1[3-9][0-9]{9}(?![0-9])|"
    r"(?<![0-9])400[-—]?[0-9]{3,4}[-—]?[0-9]{3,4}(?![0-9])"
)
_DOOR = re.compile("[东西南北中]?单元|[0-9]+(?:室|号|单元|[-—])|[0-9]{3,4}(?=[^0-9.万亿个户层套平人名])")
_MEASURED = re.compile("[0-9]+[.][0-9]+[万亿]?[一-鿿]{1,3}|[0-9]+[万亿][一-鿿]{1,3}|[0-9.]+%")
_TASK = re.compile(
    f"{any_of([*words('doing'), *words('act')])}[一-鿿]{{0,8}}[0-9]+(?:[.][0-9]+)?[万亿余多]*{any_of(word for word, unit in unit_words().items() if unit.strong)}"
)
_LONGEST_NAME = 12
_MONTHS = 12
_LINES_LAID = re.compile("(?:视频|监控|探头|摄像|高清|信号)[^，。；：、]{0,4}$(?!\n)")
_WEEKDAYS = re.compile(
    "(?:周|星期|礼拜)[一二三四五六日天](?:[、和及至到—-]?[一二三四五六日天])*[、和及至到—-]?$(?!\n)|(?:周|星期)$(?!\n)"
)
_SPOKEN = re.compile("[，。！？；：,]")
_SAID = re.compile("[说道称言讲问答示：:]$")


def name_spans(text: str) -> list[Span]:
    """Return where compact ``text`` has what holds no figure of its own: titles, short quoted names, addresses, idioms."""
    spans = [Span(*found.span()) for found in _ADDRESSES.finditer(text)]
    spans += [Span(*found.span()) for found in _fixed_phrases().finditer(text)]
    spans += [Span(*found.span()) for found in _QUOTES.finditer(text) if _is_a_name(text, found)]
    return sorted(spans, key=lambda span: span.start)


def is_no_figure(text: str, reading: Reading) -> bool:
    """Tell whether the word class of ``reading`` says that it is no figure."""
    if not reading.unit:
        return True
    return any(rule(text, reading) for rule in _RULES)


@cache
def _fixed_phrases() -> re.Pattern[str]:
    return re.compile(any_of([*words("formula"), *words("idiom")]))


def _is_a_name(text: str, quote: re.Match[str]) -> bool:
    """A title always is; other quotes when short and no sentence. N分钟…圈, N件实事, prices and tasks (“新建书房12处”) are figures also there."""
    inside = quote.group()[1:-1]
    if quote.group()[0] == "《":
        return True
    if re.match("[0-9.]+元", inside) or _MEASURED.fullmatch(inside):
        return False
    if re.match(f"[0-9{_SYLLABLE}十半]+(?:个)?(?:分钟|刻钟|小时|公里)", inside) and inside.endswith("圈"):
        return False
    if _TASK.match(inside):
        return False
    if _SPOKEN.search(inside) or len(inside) > _LONGEST_NAME or _SAID.search(text[: quote.start()][-1:]):
        return False
    return not re.search("件(?:民生)?实事", inside)


def _is_an_identifier(text: str, reading: Reading) -> bool:
    """5号楼2单元, 3栋201室, G318, 4A级, PM2.5, K3次, 3.0版: digits that name, glued to letters or to a number sign."""
    before = text[max(0, reading.core - 8) : reading.core]
    if letters := re.search("[A-Za-z]+[-. ]?$", before):
        whole = reading.numeral and "." not in text[reading.core : reading.numeral.end]
        return not (
            whole and len(letters.group()) > 1 and letters.group().isalpha() and reading.unit not in ("年", "次")
        )
    if reading.word and reading.word.word in ("栋", "幢") and _DOOR.match(text, reading.end):
        return True
    if re.search(
        "[0-9][-号/]$|[0-9][+]$|(?:热线|电话|拨打|专线|短号|(?<![一-鿿])[表图]|[见如附下上][表图])[：:]?$", before
    ):
        return True
    if re.match("0[0-9]", text[reading.core : reading.core + 2]):
        return True
    if reading.unit == "组" and re.match("[0-9]+号", text[reading.end : reading.end + 5]):
        return True
    numbering = reading.numeral and re.match("[0-9]+[.][0-9]+$", text[reading.core : reading.numeral.end])
    return (
        bool(numbering) and reading.word is not None and reading.word.kind == "count" and before[-1:] in ("", PARAGRAPH)
    )


def _is_a_name_of_a_plan(text: str, reading: Reading) -> bool:
    """三年行动计划, 九年义务教育, 二期工程, 三年级, 五人制, 七人座: a number that belongs to a name."""
    after = text[reading.end : reading.end + 6]
    if reading.unit == "年":
        return text[max(0, reading.core - 2) : reading.core] in ("今明", "去今", "明后") or bool(
            re.match("(?:行动|规划|计划|攻坚|滚动|制|级|一贯|义务教育|一遇|陈|生[^活产态]|提升行动|专项行动)", after)
            or (reading.value < 1 and re.match("答卷|报|考|度|工作|成绩|盘点|观察", after))
        )
    if reading.unit == "期":
        is_a_part = (
            reading.numeral is not None and reading.numeral.chinese and text[reading.core - 1] in "线园区厂站馆院"
        )
        return is_a_part or bool(re.match("(?:工程|项目|建设|标段|规划|扩建|改造|地块|厂房|用地|叠加|产业园)", after))
    if reading.unit == "人":
        return bool(re.match("(?:制|座|篮球|足球|以下小班)", after))
    return reading.unit in ("天", "日") and after.startswith(("游", "制"))


def _is_an_article(text: str, reading: Reading) -> bool:
    """一座玻璃屋: 一 before a classifier counts nothing; 一天, 一个月 and 至少一名 do."""
    if not reading.numeral or text[reading.numeral.start : reading.numeral.end] != "一" or reading.value != 1:
        return False
    if reading.word and reading.word.kind == "time":
        return _is_no_span_of_time(text, reading)
    return reading.qualifier == "exact"


def _is_no_span_of_time(text: str, reading: Reading) -> bool:
    """一年一度, 有一天, 这一年, 一周要闻; but 一天的角逐, 为期一年, 仅用一个月."""
    before, after = text[max(0, reading.core - 2) : reading.core], text[reading.end : reading.end + 2]
    if before.endswith(tuple("这那每同某新另头前后上下有当第又一如")) or re.match("[度来到四之一复天年又要以]", after):
        return True
    if reading.qualifier != "exact":
        return False
    return not (
        re.search("[用时期需过了满至到足仅只达为短长停花历]$|[快慢长短]的$", before)
        or re.match("时间|[就便可内里的]", after)
    )


def _is_nought(text: str, reading: Reading) -> bool:
    """零距离, 零门槛, 零件: 零 is an adjective here or part of a word; 0起 and 降至零起 count."""
    is_a_word = reading.numeral is not None and text[reading.numeral.start : reading.numeral.end] == "零"
    return is_a_word and text[reading.core - 1 : reading.core] not in tuple("为至到是")


def _is_a_weekday(text: str, reading: Reading) -> bool:
    """每周二、四、六日: a list of weekdays; 每周三次 and 每周开放六日 count."""
    if not reading.numeral or reading.numeral.end - reading.core != 1 or not reading.numeral.chinese:
        return False
    found = _WEEKDAYS.search(text, max(0, reading.core - 10), reading.core)
    return found is not None and (len(found.group()) > 2 or reading.unit == "日")


def _is_a_grade(text: str, reading: Reading) -> bool:
    """二 before a classifier is second, not two (二类); 七届 and 六次会议 of a congress, 前三名 and 三等奖 are places in an order."""
    printed = text[reading.numeral.start : reading.numeral.end] if reading.numeral else ""
    after = text[reading.end : reading.end + 5]
    if printed == "二" and reading.word and reading.word.kind != "ratio":
        return True
    if reading.unit == "届":
        return bool(
            re.match(
                "[0-9一二三四五六七八九十]*(?:[一二三四五六七八九]中|人大|全国|政协|党代|市|省|区|县|委|人民代表|常委)",
                after,
            )
        )
    if reading.unit == "次":
        return _is_a_numbered_meeting(text, reading)
    if (
        reading.word
        and reading.word.word in ("名", "位")
        and re.search("(?<![提目此之以日])前$", text[: reading.core][-2:])
    ):
        return True
    return bool(re.match("等奖|等功", text[reading.unit_at :][:2]))


def _is_a_numbered_meeting(text: str, reading: Reading) -> bool:
    """133次例会, 六次会议: the number of a meeting, unless 先后, 累计, 每年, 了 say that meetings are counted."""
    if not re.match(
        "(?:常委|全体|常务|主任|委员|代表|党组)?(?:会议|例会|全会|大会|代表大会|党代会|会$)", text[reading.end :][:6]
    ):
        return False
    return not re.search(
        "[了共多先计每][^，。；]{0,6}$|召开$|举[办行]$|组织$|开展$", text[max(0, reading.core - 8) : reading.core]
    ) or (bool(re.search("召开$", text[max(0, reading.core - 2) : reading.core])) and reading.value > 24)


def _is_weak(text: str, reading: Reading) -> bool:
    """两面, 三点, 五分: words that are units only beside digits; 3点要求 counts, 3点 is a time."""
    if not reading.word or reading.word.strong or not reading.numeral:
        return False
    if reading.unit == "月":
        return reading.value <= _MONTHS
    if reading.unit == "路":
        return not _LINES_LAID.search(text, max(0, reading.core - 10), reading.core)
    if reading.unit == "方":
        return not (reading.numeral.scaled or re.match("[土石水木混]", text[reading.end : reading.end + 1]))
    if reading.unit in ("点", "条"):
        return not re.match(
            "要求|意见|建议|希望|体会|做法|经验|启示|打算|措施|原因|内容", text[reading.end : reading.end + 2]
        )
    return reading.numeral.chinese and reading.numeral.end - reading.numeral.start == 1


def _is_a_formula(text: str, reading: Reading) -> bool:
    """四改一增, 一居一品: numeral and one character, twice; 五个坚持, 三个一百: a count of slogans; and 十九大."""
    here = text[reading.core : reading.core + 4]
    if re.match(f"[{_SYLLABLE}十][一-鿿][{_SYLLABLE}十][一-鿿]", here) and reading.unit_at == reading.core + 1:
        return bool(re.match(f"[{_SYLLABLE}十][一-鿿](?![{_SYLLABLE}十][个名座处项件家户次年天条所套台人类大])", here))
    slogan = reading.numeral is not None and reading.numeral.chinese and reading.unit == "个"
    if slogan and re.compile(any_of(words("slogan"))).match(text, reading.end):
        return True
    congress = re.match("(?:十[二三四五六七八九]|二十)大(?![类项小])", text[reading.core : reading.core + 4])
    return bool(congress) or text[reading.core - 1 : reading.core] in ("最", "第")


def _is_a_summing_up(text: str, reading: Reading) -> bool:
    """办公和服务两项并重: 两项 takes up what was named, it counts nothing new."""
    chinese = reading.numeral is not None and reading.numeral.chinese
    return chinese and bool(
        re.match("并重|并举|并进|兼顾|兼备|结合|合一|齐抓|相[结辅融]", text[reading.end : reading.end + 2])
    )


def _is_a_last_mile(text: str, reading: Reading) -> bool:
    """最后一公里, 最后100米, 第一时间: a figure of speech."""
    return text[max(0, reading.start - 2) : reading.start] in ("最后", "最初", "最先") and reading.unit in (
        "公里",
        "米",
        "千米",
    )


_RULES: tuple[Callable[[str, Reading], bool], ...] = (
    _is_an_identifier,
    _is_a_name_of_a_plan,
    _is_an_article,
    _is_nought,
    _is_a_weekday,
    _is_a_grade,
    _is_weak,
    _is_a_formula,
    _is_a_summing_up,
    _is_a_last_mile,
)
