"""Whose number it is: the place a number of a text belongs to.

The nearest subject owns the number; a place in a list owns its own number; 各 gives one number to every place of the list
before it, 分别 gives them out in order; a sentence without a subject keeps the last one of its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from etl.reading.layout import Layout, Span, within
from etl.reading.lexicon import any_of, words
from etl.reading.place_names import Mention

_EACH = re.compile(
    "各(?:自|地|区|县|街道|社区)?[一-鿿]{0,10}$(?!\n)|(?<![人日月年户平亩])均(?:为|是|达到?|在|有)?$(?!\n)"
)
_IN_ORDER = re.compile("分别|依次")
_NOT_AHEAD = re.compile("[；：]|其中")
_ACTED_ON = re.compile(any_of([*words("act"), *words("doing"), "争取"]) + "$(?!\n)")
_OTHER_PLACES = re.compile("其[他余]各?[县市区乡镇街地][^，。；]{0,8}$(?!\n)")
_SHARED_OUT = re.compile("各|均|其中")
_JOINED = re.compile("(?:办事处|管委会|的[^，。；0-9]{1,16})?(?:、|，|和|与|及|以及|、和)")
_NEXT_NUMBER = re.compile(
    "[0-9.两二三四五六七八九十百千万亿多余]+[^，。；、0-9]{1,6}(?:、|和|与|及|以及)[^，。；、0-9]{0,3}"
)
_SCENE = re.compile("[^，。；]{0,6}，(?:可以|记者|可)?看到")
_NOT_THE_OWNER_BEFORE = re.compile(any_of(words("not_owner_before")) + "$(?!\n)")
_NOT_THE_OWNER_AFTER = re.compile(any_of(words("not_owner_after")))
_QUOTE = re.compile("“[^”\n]{12,400}”")
_SAID = re.compile("[^。！？“\n]{0,40}?(?:说|介绍|表示|告诉|感慨|坦言)")
_FARTHEST_EACH = 16
_LONGEST_RUN = 40
_TITLE = 120
_LONGEST_TITLE = 60
_LEAD = re.compile("(?:关于)?(?:[0-9]{4}年度?|今年|去年)?")
"""What may stand before the place that a title is about."""
_CITY, _DISTRICT = 2, 3
_THEN_A_BRACKET = re.compile("[0-9.万亿余多]+[^，。；、：（）0-9]{1,8}（")
_LONGEST_REACH = 40
_AN_EXAMPLE = re.compile("(?:[^，。；：、0-9]{0,8}[、和及与][^、，。；0-9]{1,10})*[^，。；：、0-9]{0,8}等地?")
"""What stands between a place of a list of examples and the number behind it: 甲镇、乙镇等8家."""


@dataclass(frozen=True)
class Subjects:
    """The places of one text, ready to be asked whose a number is; ``numbers`` are the positions of all its numbers."""

    parts: Layout
    mentions: tuple[Mention, ...]
    numbers: tuple[int, ...]
    home: str
    starts: tuple[int, ...]
    runs: dict[int, tuple[Mention, ...]] = field(default_factory=dict)
    items: frozenset[int] = frozenset()
    quotes: tuple[Span, ...] = ()
    carried: dict[int, str] = field(default_factory=dict)

    def owners(self, at: int) -> list[str]:
        """Return the places that own the number at ``at``: one, or several behind 各; [] where the text names none."""
        sentence = self.parts.sentence(at)
        before = self._between(sentence.start, at)
        if bracketed := self._in_brackets(at):
            return [bracketed]
        shared = self._each(before, at) or self._in_order(before, at, sentence)
        if shared:
            return shared
        if self.home and _OTHER_PLACES.search(self.parts.text, max(sentence.start, at - _FARTHEST_EACH), at):
            return [self.home]
        name = (
            self._group(before, at)
            or self._nearest(before, at)
            or self._speaker(at)
            or self._carried(sentence)
            or self._following(at, sentence)
            or self.home
        )
        return [name] if name else []

    def _between(self, start: int, end: int) -> tuple[Mention, ...]:
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _each(self, before: Sequence[Mention], at: int) -> list[str]:
        left = self.parts.text[max(0, at - _FARTHEST_EACH) : at]
        each = _EACH.search(left)
        if not before or not each:
            return []
        run = self.runs.get(before[-1].start, ())
        gap = self.parts.text[before[-1].end : at - len(left) + each.start()]
        is_beside = len(gap) <= _FARTHEST_EACH and not re.search("[0-9]", gap)
        takes_up = self.parts.clause(before[-1].start) != self.parts.clause(at)
        return [one.name for one in run] if len(run) > 1 and (is_beside or takes_up) else []

    def _in_order(self, before: Sequence[Mention], at: int, sentence: Span) -> list[str]:
        """Return the place whose turn it is behind 分别, where there are as many numbers as places, or twice as many."""
        marks = list(_IN_ORDER.finditer(self.parts.text, sentence.start, at))
        if not marks:
            return self._one_by_one(before, at)
        earlier = [mention for mention in before if marks and mention.start < marks[-1].start()]
        run = self.runs.get(earlier[-1].start, ()) if earlier else ()
        segment = self.parts.segment(at)
        if len(run) < 2 or marks[-1].start() not in segment:
            return []
        stop = _SHARED_OUT.search(self.parts.text, marks[-1].end(), segment.end)
        last = stop.start() if stop else segment.end
        end = next((one.start for one in self._between(marks[-1].end(), last)), last)
        numbers = [number for number in self.numbers if marks[-1].end() <= number < end]
        if at not in numbers or len(numbers) % len(run):
            return []
        return [run[numbers.index(at) % len(run)].name]

    def _one_by_one(self, before: Sequence[Mention], at: int) -> list[str]:
        """Return the place whose turn it is in a clause with as many numbers in a row as places: 甲区、乙区计划建设4个、3个."""
        clause = self.parts.clause(at)
        named = [mention for mention in before if mention.start >= clause.start]
        run = self.runs.get(named[-1].start, ()) if named else ()
        numbers = within(self.numbers, clause)
        if len(run) < 2 or len(numbers) != len(run) or run[0].start < clause.start or run[-1].end > numbers[0]:
            return []
        between = (self.parts.text[left:right] for left, right in pairwise(numbers))
        if not all(_NEXT_NUMBER.fullmatch(one) for one in between) or any(
            mention.start in clause and mention.start > numbers[0] for mention in self.mentions
        ):
            return []
        return [run[numbers.index(at)].name]

    def _in_brackets(self, at: int) -> str:
        """Return the place that stands alone in brackets behind a number: 另有5个（甲区）."""
        found = _THEN_A_BRACKET.match(self.parts.text, at)
        inside = self._between(found.end(), found.end() + 1) if found else ()
        return inside[0].name if inside and self.parts.text[inside[0].end : inside[0].end + 1] == "）" else ""

    def _group(self, before: Sequence[Mention], at: int) -> str:
        """Return the places a number belongs to together: 甲区、乙区和丙县的标准为900元; 甲巷、乙广场等6处 are examples."""
        run = self.runs.get(before[-1].start, ()) if before else ()
        names = tuple(dict.fromkeys(one.name for one in run))
        if (
            len(names) < 2
            or any(one.own for one in run)
            or run[-1].level > _DISTRICT
            or run[-1].end > at
            or run[0].start < self.parts.segment(at).start
        ):
            return ""
        between = self.parts.text[run[-1].end : at]
        near = len(between) <= _LONGEST_REACH and not between.startswith("等")
        return "、".join(names) if near else ""

    def _nearest(self, before: Sequence[Mention], at: int) -> str:
        for mention in reversed(before):
            same_clause = self.parts.clause(mention.start) == self.parts.clause(at)
            if len(self.runs.get(mention.start, ())) > 1 or not (mention.firm or same_clause):
                continue
            if mention.start in self.items and not same_clause:
                continue
            if same_clause and _AN_EXAMPLE.fullmatch(self.parts.text, mention.end, at):
                continue
            same_segment = mention.start >= self.parts.segment(at).start
            if not same_segment and self._is_an_object(mention):
                continue
            near = same_clause and at - mention.end <= _FARTHEST_EACH
            if mention.level < _CITY and not (near or self._is_a_province_that_acts(mention)):
                continue
            return mention.name
        return ""

    def _carried(self, sentence: Span) -> str:
        """Return the subject of the sentences before, inside the paragraph."""
        paragraph = self.parts.paragraph(sentence.start)
        passed: list[int] = []
        found, at = "", sentence.start
        while not found and at > paragraph.start and at not in self.carried:
            passed.append(at)
            earlier = self.parts.sentence(at - 1)
            found, at = self._topic(earlier), earlier.start
        found = found or self.carried.get(at, "")
        self.carried.update(dict.fromkeys(passed, found))
        return found

    def _topic(self, sentence: Span) -> str:
        """Return what a sentence speaks of: the place before its first number that leads a clause, else the last one there.

        A sentence that begins with its number may name the place behind it (50米处，…甲社区).
        """
        first = bisect_left(self.numbers, sentence.start)
        end = min([sentence.end, *self.numbers[first : first + 1]])
        before = self._between(sentence.start, end)
        named = [one for one in before if self._is_a_subject(one)]
        leading = [one for one in named if self._leads_its_clause(one)]
        if named:
            return (leading or named)[-1].name
        return "" if before else self._following(end, sentence)

    def _is_a_subject(self, mention: Mention) -> bool:
        alone = len(self.runs.get(mention.start, ())) < 2
        high = mention.level >= _CITY or self._is_a_province_that_acts(mention)
        return alone and mention.firm and not mention.listed and high

    def _is_a_province_that_acts(self, mention: Mention) -> bool:
        """Whether a province is what is spoken of (全省建成...), and no measure for others (高于全省平均)."""
        return mention.level == _CITY - 1 and self._leads_its_clause(mention)

    def _is_an_object(self, mention: Mention) -> bool:
        """Whether it only says what was built where (新建甲镇幼儿园；改造老旧小区11个): it rules no other part."""
        before = self.parts.text[max(0, mention.start - 4) : mention.start]
        return _ACTED_ON.search(before) is not None and self.home not in ("", mention.name)

    def _leads_its_clause(self, mention: Mention) -> bool:
        clause = self.parts.clause(mention.start)
        lead = self.parts.text[clause.start : mention.start]
        return (len(lead) <= 2 and lead[-1:] not in tuple("与和同距离比从由自按据对")) or any(
            other.end == mention.start for other in self._between(clause.start, mention.start)
        )

    def _speaker(self, at: int) -> str:
        """Return the place of whoever says the words in quotation marks around ``at``: “...4000多户...”幸福里社区书记说."""
        index = bisect_right(self.quotes, at, key=lambda quote: quote.start)
        if not index or at not in self.quotes[index - 1]:
            return ""
        said = _SAID.match(self.parts.text, self.quotes[index - 1].end)
        return self._following(said.start(), Span(said.start(), said.end())) if said else ""

    def _following(self, at: int, sentence: Span) -> str:
        """Return the first place behind the number, at its finest: 甲区乙街道丙社区 is a community."""
        ahead = _NOT_AHEAD.search(self.parts.text, at, sentence.end)
        end = ahead.start() if ahead else sentence.end
        bracket = self.parts.text.find("（", at, end)
        end = bracket if bracket >= 0 else end
        after = [one for one in self._between(at, end) if self._is_a_subject(one) and not one.own]
        chain = after[:1]
        for one in after[1:]:
            if one.start != chain[-1].end:
                break
            chain.append(one)
        return chain[-1].name if chain else ""


def subjects(parts: Layout, mentions: Sequence[Mention], numbers: Sequence[int], city: str = "") -> Subjects:
    """Return the places of a text by whom numbers may be owned; those named only for comparison (高于全省平均) are left out.

    ``city`` is the city of the data the text is read for.
    """
    owning = tuple(mention for mention in mentions if _may_own(parts.text, mention))
    return Subjects(
        parts=parts,
        mentions=owning,
        numbers=tuple(numbers),
        home=_titled(parts, mentions, city)
        or _home([one for one in mentions if not parts.cell(one.start)])
        or ("" if _names_a_place(mentions) else city),
        starts=tuple(mention.start for mention in owning),
        runs=_runs(parts.text, owning),
        items=_items(parts.text, owning),
        quotes=tuple(Span(*quote.span()) for quote in _QUOTE.finditer(parts.text)),
    )


def _may_own(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 3) : mention.start]
    if before.endswith("在") and _SCENE.match(text, mention.end):
        return False
    return not (_NOT_THE_OWNER_BEFORE.search(before) or _NOT_THE_OWNER_AFTER.match(text, mention.end))


def _runs(text: str, mentions: Sequence[Mention]) -> dict[int, tuple[Mention, ...]]:
    """Return for the start of each mention the enumeration it stands in: 甲区、乙区和丙县."""
    runs: dict[int, tuple[Mention, ...]] = {}
    current: list[Mention] = []
    for mention in mentions:
        joined = current and _JOINED.fullmatch(text, current[-1].end, mention.start)
        if not joined or not _are_peers(mention, current[-1]):
            current = []
        current.append(mention)
        for one in current[-_LONGEST_RUN:]:
            runs[one.start] = tuple(current[-_LONGEST_RUN:])
    return runs


def _are_peers(one: Mention, other: Mention) -> bool:
    """Whether two places may stand side by side: a county-level city (甲市) stands among districts."""
    return one.level == other.level or {one.level, other.level} == {_CITY, _CITY + 1}


def _items(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Return where the items of lists begin that give each place its number: 甲区30个、乙区28个."""
    items: set[int] = set()
    for left, right in pairwise(mentions):
        if (
            left.listed
            and right.listed
            and text[right.start - 1] in "、，；"
            and right.start - left.end <= _FARTHEST_EACH
        ):
            items |= {left.start, right.start}
    return frozenset(items)


def _titled(parts: Layout, mentions: Sequence[Mention], city: str) -> str:
    """Return the one place that the title names, and begins with, at its finest (甲市乙区2022年重点项目进度表), or ``city`` where it begins
    the title without its ending (甲公布民生实事)."""
    title = parts.paragraph(0)
    printed = parts.text[title.start : title.end]
    if len(printed) > _LONGEST_TITLE or "。" in printed:
        return ""
    named = [one for one in mentions if one.start in title and not one.own]
    chained = all(one.end == other.start for one, other in pairwise(named))
    if named:
        is_owner = chained and named[-1].firm and named[-1].level >= _CITY
        return named[-1].name if is_owner and _LEAD.fullmatch(parts.text, title.start, named[0].start) else ""
    if len(city) > _CITY and _begins(printed, city[:-1]):
        return city
    others = {one.name for one in mentions if 0 < one.level <= _DISTRICT and not one.own and len(one.name) > _CITY}
    return next((name for name in sorted(others) if _begins(printed, name[:-1])), "")


def _begins(title: str, name: str) -> bool:
    """Whether ``name`` begins the title or what stands behind a blank or a colon there, and is no part of another name (中山路)."""
    return (
        re.search(f"(?:^|[^一-鿿])(?:今年|去年)?{re.escape(name)}(?![路街道社区县镇乡村站桥山]|.?[路街])", title)
        is not None
    )


def _names_a_place(mentions: Sequence[Mention]) -> bool:
    """Whether a text speaks of any place by its name."""
    return any(not one.own or one.level < _CITY for one in mentions)


def _home(mentions: Sequence[Mention]) -> str:
    """Return the place the whole text is about: most often named, with a lead for its title; lists of numbers have no vote."""
    votes: Counter[str] = Counter()
    for mention in mentions:
        if mention.level > 1 and mention.firm and not mention.listed:
            votes[mention.name] += 4 if mention.start < _TITLE else 1
    return votes.most_common(1)[0][0] if votes else ""
