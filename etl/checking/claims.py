"""The numbers of a draft with everything their sentences say of them: place, time, measure and the words around.

Subject, place and time carry over inside a paragraph and never further; 全市 and 我市 stand for the city of their paragraph, else
for the one city the draft names, else for the city whose tables these are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal

from etl.checking.blocks import Blocks
from etl.checking.natures import SETTING, SHARED_OUT, Natures, is_a_span, laid_down
from etl.checking.published import CITY, PublishedData
from etl.checking.rounding import PrintedNumber
from etl.checking.short_names import city_of, only_city, short_names
from etl.checking.times import Moment, moment_of
from etl.reading.bulletin import Candidate, read_bulletin
from etl.reading.compact import Compact, compact
from etl.reading.dates import dates_of, periods
from etl.reading.grammar import ORDINAL
from etl.reading.layout import Layout, Span, layout, within
from etl.reading.lexicon import any_of, words
from etl.reading.place_names import Mention
from etl.reading.places import mentions
from etl.reading.quantity import quantities
from etl.reading.sections import sections
from etl.reading.times import Times, in_turn

Scope = Literal["sentence", "paragraph", "home"]
_PLACE_BEHIND = re.compile("[0-9.]*[^，。；、0-9]{0,10}?(?:在|位于|分布在|落户|归|属于)")
_MORE_BY = re.compile("[了出约近]?[0-9]|[建装修改增投完]")
_COMPARED = re.compile("[比较]$(?!\n)")
_CITY_LEVEL = 2
_DISTRICT = 3
_LEVELS = {0: "country", 1: "province"}
_SURE = 0.5
_BEHIND = re.compile(
    "(?:在[^，。；：！？0-9\n]{1,16}的)?(?:(?![（(](?:包括|其中|含|不含|另))[^，。；、：！？0-9\n]){0,16}"
)
_ENUMERATED = re.compile("[、和与及]|以及")
_IN_ORDER = re.compile("分别|依次|各")
_HELD = re.compile("(?:比|较|占|高于|低于|多于|少于|相当于|是|与|和)$(?!\n)")
_AT_ONCE = re.compile("[：为有共约]{0,2}")
_GAP = re.compile("[^，。；：0-9]{0,14}")
_CHANGED = re.compile("(?:多|少|高|低|增|减|升|降|大|小|长|短|快|慢)[^，。；0-9]{0,3}$(?!\n)")
_WHAT = re.compile("(?:县（市、?区）|具体|各类|各种|各项|重点|这样的|此类)?(?P<noun>[一-鿿]{2,10})")
_RATIO = re.compile(
    "(?P<name>[一-鿿]{2}(?:率|度|指数))(?:已|均|约|都|为|是|达到?|高达|提[高升]到?|上升到?|保持在?|稳定在?)*$(?!\n)"
)
_COUNTING = frozenset({"个", "家", "处", "座", "人", "户", "支", "条", "所", "张", "名", "栋", "辆", "部", "套", "台"})
_FARTHEST = 30
"""How many numbers of earlier sentences may be what a number was worked out from."""
_REACH = 400
"""How many characters of its paragraph before and behind a sentence say what its numbers speak of."""
_LONGEST_TOPIC = 14
_LONGEST_NOUN = 4
_FRONTED = re.compile("(?:方面|来看|来说|而言)[，：]?$")
_GREW_FROM = re.compile("[由从][^，。；0-9年月日]{0,8}$(?!\n)")
_GREW_TO = re.compile("[^，。；0-9]{0,6}(?:增|升|提|扩|跃|发展|降|减|涨|变)[^，。；0-9]{0,4}[到至为]")
_BASE_OF_A_PLAN = re.compile("[^，。；、0-9]{0,12}(?:计划|将|拟|预计|力争|还剩|剩余|剩下|减少|增加)")
_BASE_OF_A_SHARE = re.compile("[^，。；、0-9]{0,12}的[0-9.百一二三四五六七八九十]+(?:分之|成|%)")
_ONE_OF = re.compile("[^，。；、0-9]{0,14}之一")
_WHOLE_YEAR = re.compile("(?:全年|年度)[^，。；0-9]{0,6}$(?!\n)")
_NO_NOUN = re.compile(
    f"{any_of([*words('doing'), *words('act'), *words('verb')])}|下降|提高|上升|回落|缩|扩|翻|领先|落后|位|居|排|达|分|"
    "超|比|较|占|多|少|增|减|完成|建成|建设|通过|验收|投用|投入|基本|全部|全面|正|仍|尚|还|未|不|提前|如期|顺利|分别|同比|左右|以[上下内]|"
    "目标|任务|计划|指标|选址|已|将|均|都|共|在|为|是|的|了|和|与|及|或|以及|对|由|于|到|至|之|其|中|里|后|前|时|进|来|就|便|让|使|并|而|也|再"
)
_NOUN_ENDS = re.compile("[的了在是为由和与及或对将已均都共中被把让使超比占]")
_DASH = re.compile("——|[：，,]|—")
_COMPARED_WITH = re.compile("(?:比|较)[^，。；]{0,20}$(?!\n)")
_CHANGES = re.compile("[^，。；、0-9]{0,12}(?:多|少|增|减|高|低|升|降|大|小|长|短|快|慢|翻|提|相比)")
_SHARE = re.compile("(?:约|仅|只|就|已)?占[^，。；]{0,20}$(?!\n)")
_AIM_BEHIND = re.compile("[^，。；、0-9]{0,10}(?:目标|任务|计划)")


@dataclass(frozen=True)
class Claim:
    """One number of a draft. Positions ``core`` and ``stop`` are in compact text, ``start`` and ``end`` in the draft.

    ``place`` is an id, "" for a place not in the tables (``place_told`` as printed); ``scope`` says where it is named;
    ``places_here``, ``places_led``, ``places_joined`` and ``places_near`` are the ids named in the sentence, in it before the number,
    in one enumeration in the clause before it, and in the paragraph up to it. ``near``, ``clause``,
    ``sentence`` (so far), ``before`` (earlier sentences of the paragraph), ``after`` (clauses that follow without a number) and
    ``farther`` (all that follows in the sentence) and ``rest`` (later sentences of the paragraph) are words with names and dates
    blotted out. ``partner`` is the position of the earlier number it goes with (分别, 占), ``counted`` the noun
    right behind, ``is_misplaced`` says that the draft puts its place into another city, ``is_in_turn`` that it is one of as many
    numbers as places, ``is_base`` that something is planned for what it counts, or shared out of it, ``is_one_of`` that its place is
    one of so many (37个社区之一).
    """

    start: int
    end: int
    core: int
    stop: int
    told: PrintedNumber
    measure: str
    is_neutral: bool
    is_done: bool
    is_supposed: bool
    place: str
    place_told: str
    scope: Scope
    places_here: tuple[str, ...]
    places_joined: tuple[str, ...]
    places_led: tuple[str, ...]
    places_near: frozenset[str]
    moment: Moment
    near: str
    clause: str
    sentence: str
    before: str
    after: str
    farther: str
    rest: str
    topic: str
    raw_before: str
    raw_behind: str
    raw_sentence: str
    sentence_at: int
    paragraph_at: int
    partner: int | None = None
    counted: str = ""
    is_misplaced: bool = False
    is_in_turn: bool = False
    is_base: bool = False
    is_one_of: bool = False


@dataclass(frozen=True)
class Draft:
    """A draft as read: its compact text in parts, its dates, its places, its claims in reading order."""

    parts: Layout
    times: Times
    named: tuple[Mention, ...]
    claims: tuple[Claim, ...]

    @cached_property
    def _of_sentence(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        for index, claim in enumerate(self.claims):
            found.setdefault(claim.sentence_at, []).append(index)
        return found

    def of_sentence(self, claim: Claim) -> list[Claim]:
        """Return the claims of the sentence of ``claim``, itself among them, in reading order."""
        return [self.claims[index] for index in self._of_sentence[claim.sentence_at]]

    @cached_property
    def _at(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        for index, claim in enumerate(self.claims):
            found.setdefault(claim.core, []).append(index)
        return found

    def indexes_at(self, core: int | None) -> Sequence[int]:
        """Return the claims of the number at ``core``."""
        return self._at.get(core, ()) if core is not None else ()

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [one.start for one in self.named]

    def named_between(self, start: int, end: int) -> Sequence[Mention]:
        """Return the places named from ``start`` to before ``end``."""
        return self.named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def beside(self, index: int) -> list[int]:
        """Return the other claims of a sentence and those before it in its paragraph, the sentence first, the nearest first."""
        claim = self.claims[index]
        here = self._of_sentence[claim.sentence_at]
        same = [other for other in here if other != index and self.claims[other].paragraph_at == claim.paragraph_at]
        earlier = range(here[0] - 1, max(-1, here[0] - 1 - _FARTHEST), -1)
        before = [other for other in earlier if self.claims[other].paragraph_at == claim.paragraph_at]
        return [*sorted(same, key=lambda other: abs(other - index)), *before]


def read_draft(text: str, published: PublishedData, written_on: date | None) -> Draft:
    """Return the claims of ``text``; without ``written_on`` 今年 is the year of the newest publication about the draft's city."""
    narrowed = compact(text)
    whole = mentions(narrowed.text, published.known_places)
    dates = [Span(one.start, one.end) for one in periods(narrowed.text, None)]
    short = list(short_names(narrowed.text, whole, dates, published))
    kept = [one for one in whole if not any(one.start < name.end and name.start < one.end for name in short)]
    named = tuple(sorted([*kept, *short], key=lambda one: one.start))
    city = city_of(named, published)
    day = written_on or published.latest(city) or published.latest("")
    parts = layout(narrowed.text)
    headings = sections(parts)
    anchored = dates_of(parts, headings, day)
    found = [
        one
        for one in read_bulletin(text, places=published.known_places, published_on=day)
        if one.confidence >= _SURE or one.unit == ORDINAL
    ]
    steps = {(one.start, one.end): one.step for one in quantities(text)}
    cores = [bisect_left(narrowed.offsets, one.start) for one in found]
    stops = [bisect_left(narrowed.offsets, one.end) for one in found]
    times = Times(parts, headings, anchored, day, cores)
    reader = _Reader(published, narrowed, parts, times, named, city, day, Blocks(narrowed, parts, cores))
    claims = []
    for index, candidate in enumerate(found):
        one = candidate
        unit = published.units.get(one.unit, one.unit)
        told = PrintedNumber(one.value, one.value_high, steps[one.start, one.end], unit, one.qualifier, one.as_printed)
        if told.as_printed.endswith("多") and _MORE_BY.match(narrowed.text, stops[index]):
            told = replace(told, qualifier="exact", as_printed=told.as_printed[:-1])
            one, stops[index] = replace(one, end=one.end - 1), stops[index] - 1
        if (
            told.qualifier != "exact"
            and one.measure in ("target", "plan")
            and _AIM_BEHIND.match(narrowed.text, stops[index])
        ):
            told = replace(told, qualifier="exact")
        before = parts.text[parts.clause(cores[index]).start : cores[index]]
        said = parts.text[parts.sentence(cores[index]).start : cores[index]]
        told = replace(told, qualifier=laid_down(told, before, said, parts.text[stops[index] : stops[index] + 6]))
        if not is_a_span(before, told, parts.text[stops[index] : stops[index] + 16]):
            claims.append(reader.claim(one, told, index, cores, stops))
    return Draft(parts, times, named, tuple(claims))


@dataclass(frozen=True)
class _Reader:
    published: PublishedData
    narrowed: Compact
    parts: Layout
    times: Times
    named: tuple[Mention, ...]
    city: str
    day: date | None
    blocks: Blocks

    def claim(
        self, one: Candidate, told: PrintedNumber, index: int, cores: Sequence[int], stops: Sequence[int]
    ) -> Claim:
        core, stop = cores[index], stops[index]
        clause, sentence, paragraph = self.parts.clause(core), self.parts.sentence(core), self.parts.paragraph(core)
        turn, partner = self._turn(core, cores), self._partner(core, cores)
        mine = self._ids(turn) if turn else []
        heads = self.blocks.heads(core)
        held = self._held(core, told.unit, cores)
        led = self._led(sentence, core, stop, cores)
        ahead = self._ids(led) if led else []
        here: tuple[str, Scope] = (mine[-1], "sentence") if mine else held or self._place(one.place, core)
        if ahead:
            here = (ahead[-1], "sentence")
        if here[1] == "home" and (above := [name for head in heads for name in self._ids(head)]):
            here = (above[0], "paragraph")
        place, scope = here
        start = max(clause.start, stops[index - 1] if index else 0)
        plain = self._plain
        moment = self._moment(core, stop, heads, led, is_planned=one.measure in ("plan", "target"))
        settled = self._natures.of(one, clause, sentence, core, stop)
        if led and settled[0] == "actual" and SETTING.search(self.parts.text, led.start, led.end):
            settled = ("plan", True, False)
        elif settled[0] == "plan" and self._natures.is_past(sentence, core, moment):
            settled = ("actual", True, settled[2])
        elif (
            settled[0] != "target"
            and _COMPARED_WITH.search(self._nameless[clause.start : core])
            and _CHANGES.match(self.parts.text, stop)
        ):
            settled = (settled[0], True, settled[2])
        return Claim(
            start=one.start,
            end=one.end,
            core=core,
            stop=stop,
            told=told,
            measure=settled[0],
            is_neutral=settled[1],
            is_done=settled[2],
            is_supposed=self._natures.is_supposed(sentence, clause, core),
            place=place,
            place_told=one.place,
            scope=scope,
            places_here=tuple(dict.fromkeys(self._ids(sentence))),
            places_joined=self._joined(Span(clause.start, core)),
            places_led=tuple(dict.fromkeys(self._ids(Span(sentence.start, core)))),
            places_near=frozenset(self._ids(Span(paragraph.start, sentence.end))),
            moment=moment,
            near=(
                plain[led.start : led.end]
                if led
                else self._near(plain, start, core, self._end_of_run(stop, cores, stops), turn)
            )
            + (self._near_partner(partner, cores, stops) if not turn else ""),
            clause=plain[clause.start : clause.end],
            sentence="·".join([*(plain[head.start : head.end] for head in heads), plain[sentence.start : clause.end]]),
            before=plain[max(paragraph.start, sentence.start - _REACH) : sentence.start],
            after=self._after(clause, sentence, cores),
            farther=plain[clause.end : sentence.end],
            rest=plain[sentence.end : min(paragraph.end, sentence.end + _REACH)],
            raw_before=self._nameless[clause.start : core],
            raw_behind=self._nameless[stop : clause.end],
            topic=self._topic(sentence, clause, cores),
            raw_sentence=self.parts.text[sentence.start : sentence.end],
            sentence_at=sentence.start,
            paragraph_at=self.blocks.start(core),
            partner=partner,
            counted=self._counted(told, core, stop),
            is_misplaced=self._is_misplaced(place, sentence, core),
            is_in_turn=self._is_in_turn(core, cores),
            is_base=bool(
                _BASE_OF_A_PLAN.match(self.parts.text, stop)
                or (
                    SHARED_OUT.search(self.parts.text[clause.start : core])
                    and _BASE_OF_A_SHARE.match(self.parts.text, stop)
                )
            ),
            is_one_of=bool(_ONE_OF.match(self.parts.text, stop)),
        )

    def _led(self, sentence: Span, core: int, stop: int, cores: Sequence[int]) -> Span | None:
        """Return the words behind a number that its sentence begins with: 118个——两年建成的社区."""
        before = self.parts.text[sentence.start : core]
        dash = _DASH.match(self.parts.text, stop)
        if re.search("[一-鿿]", before) or not dash:
            return None
        behind = cores[bisect_left(cores, core + 1) :][:1]
        end = min([sentence.end, *behind])
        return Span(dash.end(), end) if end > dash.end() else None

    def _start_of_a_change(self, core: int, stop: int) -> Moment | None:
        """Return the first time of the sentence for a number that another grew from: 由8.6万册次增加到14.2万册次."""
        text, sentence = self.parts.text, self.parts.sentence(core)
        if not _GREW_FROM.search(text[sentence.start : core]) or not _GREW_TO.match(text, stop):
            return None
        named = self.times.named_in(Span(sentence.start, core))
        return Moment("period", named[0].first, named[0].last, here=True) if len(named) > 1 else None

    def _moment(self, core: int, stop: int, heads: Sequence[Span], led: Span | None, *, is_planned: bool) -> Moment:
        """Return when a number holds, a heading asked where its own line is silent."""
        ahead = self.times.named_in(led) if led else []
        if ahead:
            return Moment("period", ahead[0].first, ahead[0].last, here=True)
        found = moment_of(self.times, core, stop, is_planned=is_planned)
        start = self._start_of_a_change(core, stop)
        if start:
            return start
        if _WHOLE_YEAR.search(self.parts.text[:core][-12:]) and found.first and found.last:
            return replace(found, first=date(found.first.year, 1, 1), last=date(found.last.year, 12, 31))
        if found.kind != "silent":
            return found
        above = [one for head in heads for one in self.times.named_in(head)]
        return Moment("period", above[0].first, above[0].last, total=found.total) if above else found

    def _after(self, clause: Span, sentence: Span, cores: Sequence[int]) -> str:
        """Return the words of the clauses behind that hold no number of their own."""
        found, at = [], clause.end
        while at < sentence.end:
            there = self.parts.clause(at)
            if not within(cores, there):
                found.append(self._plain[there.start : there.end])
            at = there.end
        return "".join(found)

    def _topic(self, sentence: Span, clause: Span, cores: Sequence[int]) -> str:
        """Return the words a sentence puts first, where they hold no number: 老年人方面，…; 图书，…; 公厕：…."""
        at, found = sentence.start, ""
        while at < clause.start:
            there = self.parts.clause(at)
            at = there.end
            if within(cores, there):
                break
            said = self._plain[there.start : there.end]
            if _FRONTED.search(said) or (there.start == sentence.start and len(said) <= _LONGEST_TOPIC):
                found = said
        return found

    def _counted(self, told: PrintedNumber, core: int, stop: int) -> str:
        """Return the noun right behind a number (12个街道办事处) or the name of a ratio (满意度); "" where neither stands there."""
        if told.unit == "%":
            ratio = _RATIO.search(self._plain, max(0, core - 16), core)
            return ratio.group("name") if ratio else ""
        if told.unit not in _COUNTING:
            return ""
        there = _WHAT.match(self._plain, stop)
        if not there or _NO_NOUN.match(there.group("noun")):
            return ""
        end = _NOUN_ENDS.search(there.group("noun"), 1)
        noun = (there.group("noun")[: end.start()] if end else there.group("noun"))[:_LONGEST_NOUN]
        return noun if len(noun) > 1 else ""

    def _held(self, core: int, unit: str, cores: Sequence[int]) -> tuple[str, Scope] | None:
        """Return the place of a number that another is held against: 比甲区的16个多4个, 占全市44个的三成."""
        clause, text = self.parts.clause(core), self.parts.text
        named = [one for one in self._named_in(Span(clause.start, core)) if one.end <= core]
        if not named or unit in ("%", "百分点", "倍") or within(cores, Span(named[-1].end, core)):
            return None
        last = named[-1]
        gap = text[last.end : core]
        if _AT_ONCE.fullmatch(gap) and self._id(last) and not self._is_in_turn(core, cores):
            return self._id(last), "sentence"
        if not _HELD.search(text[clause.start : last.start]) or not _GAP.fullmatch(gap) or _CHANGED.search(gap):
            return None
        return (self._id(last), "sentence") if self._id(last) or not last.own else None

    def _is_misplaced(self, place: str, sentence: Span, core: int) -> bool:
        """Whether the place of a number is put into a place it does not lie in: 乙市甲社区."""
        there = self._named_in(Span(sentence.start, core))
        mine = [one for one in there if self._id(one) == place]
        if not mine or mine[-1].own:
            return False
        above = [one for one in there if one.end == mine[-1].start and not one.own and self._id(one)]
        return bool(above) and self._id(above[-1]) not in self.published.above(place)

    def _is_in_turn(self, core: int, cores: Sequence[int]) -> bool:
        """Whether a number is one of as many as places stand before them: 甲区、乙区计划建设4个、3个."""
        clause = self.parts.clause(core)
        first = next(iter(within(cores, clause)), core)
        places = self._joined(Span(clause.start, first))
        return len(places) > 1 and len(places) == len(set(within(cores, clause)))

    @cached_property
    def _natures(self) -> Natures:
        return Natures(self.parts, self._plain, self.day)

    @cached_property
    def _nameless(self) -> str:
        """The compact text with names of known places blotted out."""
        chars = list(self.parts.text)
        for one in self.named:
            if one.name in self.published.place_named and not one.own:
                chars[one.start : one.end] = "·" * (one.end - one.start)
        return "".join(chars)

    @cached_property
    def _plain(self) -> str:
        """The compact text with dates and names of places blotted out."""
        chars = list(self.parts.text)
        places = [
            one for one in self.named if one.own or one.level <= _DISTRICT or one.name in self.published.place_named
        ]
        for start, end in [(one.start, one.end) for one in self.times.periods] + [
            (one.start, one.end) for one in places
        ]:
            chars[start:end] = "·" * (end - start)
        return "".join(chars)

    def _ids(self, span: Span) -> list[str]:
        ids = (self._id(one) for one in self._named_in(span))
        return [one for one in ids if one]

    def _named_in(self, span: Span) -> Sequence[Mention]:
        """Return the places that are named in ``span``, in reading order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return self.named[first:last]

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [one.start for one in self.named]

    def _joined(self, span: Span) -> tuple[str, ...]:
        """Return the places of the last enumeration in ``span`` (甲区和乙区), if it has one."""
        run: list[Mention] = []
        for one in self._named_in(span):
            joined = run and _ENUMERATED.fullmatch(self.parts.text, run[-1].end, one.start)
            run = [*run, one] if joined or not run else [one]
        ids = dict.fromkeys(self._id(one) for one in run)
        return tuple(place for place in ids if place) if len(run) > 1 else ()

    def _id(self, one: Mention) -> str:
        known = self.published.place_named.get(one.name, "")
        return self._own(one.start, one.level) if one.own and (one.level <= _CITY_LEVEL or not known) else known

    def _own(self, at: int, level: int = _CITY_LEVEL) -> str:
        """Return the city that 全市 means at ``at``, for 全省 and 全国 what lies above it."""
        paragraph, sentence, segment = self.parts.paragraph(at), self.parts.sentence(at), self.parts.segment(at)
        before = [one for one in self._named_in(Span(paragraph.start, at)) if not one.own]
        there = [one for one in before if one.start in segment] or [one for one in before if one.start not in sentence]
        city = only_city(there, self.published) or self.city
        above = self.published.above(city)
        return next((one for one in above if self.published.place[one].kind == _LEVELS.get(level, CITY)), city)

    def _place(self, name: str, core: int) -> tuple[str, Scope]:
        behind = self._behind(core)
        if behind:
            return behind, "sentence"
        paragraph, sentence = self.parts.paragraph(core), self.parts.sentence(core)
        there = self._named_in(Span(paragraph.start, sentence.end))
        clause = self.parts.clause(core)
        same = [one for one in there if one.name == name and (one.start < core or one.start in clause)]
        if same and same[-1].start < clause.start and _COMPARED.search(self.parts.text[: same[-1].start][-2:]):
            leading = [one for one in there if one.start < same[-1].start and one.start in sentence and self._id(one)]
            same, name = (leading, leading[-1].name) if leading else (same, name)
        if same and not self.published.place_named.get(name) and same[-1].level > _DISTRICT and not same[-1].own:
            same = [one for one in there if one.start < core and self._id(one)] or same
            name = same[-1].name
        same = [one for one in same if one.name == name]
        if same:
            own = same[-1].own
            scope: Scope = "sentence" if same[-1].start in sentence else "paragraph"
            return (self._id(same[-1]) if own else self.published.place_named.get(name, "")), scope
        leading = [one for one in there if one.start < core and one.start in sentence and self._id(one)]
        if leading and not self._is_listed(core):
            return self._id(leading[-1]), "sentence"
        return self._own(core), "home"

    def _is_listed(self, core: int) -> bool:
        """Whether the last places before a number stand in an enumeration, so that none of them alone owns it."""
        return len(self._joined(Span(self.parts.clause(core).start, core))) > 1

    def _behind(self, core: int) -> str:
        """Return the place a number is said to lie in, right behind it: 20个在甲山区."""
        clause = self.parts.clause(core)
        after = self._named_in(Span(core + 1, clause.end))
        if not after or after[0].own or not _PLACE_BEHIND.fullmatch(self.parts.text, core, after[0].start):
            return ""
        return self._id(after[0])

    def _near(self, plain: str, start: int, core: int, stop: int, turn: Span | None) -> str:
        before = plain[turn.start : turn.end] if turn else plain[start:core]
        behind = _BEHIND.match(plain, stop)
        noun = behind.group() if behind else ""
        cut = before.rfind("、") + 1
        if cut and (_has_words(before[cut:]) or _has_words(noun)):
            before = before[cut:]
        return f"{before}·{noun}"

    def _end_of_run(self, stop: int, cores: Sequence[int], stops: Sequence[int]) -> int:
        """Return where the last of several numbers ends that stand side by side: 4大类13大项70余小项服务资源."""
        index = bisect_left(cores, stop)
        while index < len(cores) and cores[index] == stop and stops[index] > stop:
            stop = stops[index]
            index = bisect_left(cores, stop)
        return stop

    def _turn(self, core: int, cores: Sequence[int]) -> Span | None:
        """Return the item whose turn it is behind 分别: 受理、调处成功分别为1607件、1521件."""
        segment, text = self.parts.segment(core), self.parts.text
        marks = list(_IN_ORDER.finditer(text, segment.start, core))
        if not marks:
            return None
        turn = in_turn(self.parts, marks[-1].end(), core, cores)
        start, end = self.parts.clause(marks[-1].start()).start, marks[-1].start()
        cuts = [start, *(cut.end() for cut in _ENUMERATED.finditer(text, start, end)), end]
        items = [Span(*pair) for pair in pairwise(cuts)]
        if core not in turn or len(items) != len(turn) or len(items) < 2:
            return None
        return items[turn.index(core)] if all(_has_words(text[one.start : one.end]) for one in items) else None

    def _partner(self, core: int, cores: Sequence[int]) -> int | None:
        """Return the earlier number of the sentence whose turn it is: 办公149597平方米、活动108716平方米，分别占54.1%和39.3%."""
        sentence, segment = self.parts.sentence(core), self.parts.segment(core)
        marks = list(_IN_ORDER.finditer(self.parts.text, segment.start, core))
        if not marks:
            return self._share_of(segment, core, cores)
        if marks[-1].group() == "各":
            return None
        turn = in_turn(self.parts, marks[-1].end(), core, cores)
        earlier = within(cores, Span(sentence.start, marks[-1].start()))
        if core not in turn or len(turn) < 2 or len(earlier) < len(turn):
            return None
        return earlier[len(earlier) - len(turn) + turn.index(core)]

    def _share_of(self, segment: Span, core: int, cores: Sequence[int]) -> int | None:
        """Return the one number of the clause before that a clause of its own tells the share of: 办公用房15万平方米，占54.1%."""
        clause = self.parts.clause(core)
        if clause.start <= segment.start or not _SHARE.match(self.parts.text[clause.start : core]):
            return None
        before = self.parts.clause(clause.start - 1)
        there = within(cores, before)
        return there[0] if len(there) == 1 and before.start >= segment.start else None

    def _near_partner(self, partner: int | None, cores: Sequence[int], stops: Sequence[int]) -> str:
        if partner is None:
            return ""
        index = cores.index(partner)
        start = max(self.parts.clause(partner).start, stops[index - 1] if index else 0)
        return "·" + self._near(self._plain, start, partner, stops[index], None)


def _has_words(item: str) -> bool:
    return bool(re.search("[一-鿿]{2}", item))
