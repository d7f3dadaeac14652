"""What may be said of the numbers: sentences.csv of a city, checked, and the general sentences that every city has; and the titles of
charts and headlines, which are templates too.

A row of sentences.csv says which numbers it speaks of (``shows``, ``compared_with``) and how (``template``, see ``templates``). A row whose
``shows`` starts with ``*`` speaks of every number of a kind that no other row speaks of: ``*{measure=plan}``. Such general rows stand
in general_sentences.csv beside this module, so that a city without one row of its own has something safe to say; a city's own
row of the same name takes their place.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from etl.errors import FormulaError, Problem, Where, listing, unknown
from etl.handwritten import LINE, Row, read_rows, typed
from etl.model import Measure
from etl.reading.bulletin import read_bulletin
from etl.reading.lexicon import any_of, words
from etl.reference import Reference
from etl.release.schema import ABSENCE_STATES, INDICATOR_KINDS, REFERENCE
from etl.rows import SentenceRow
from etl.rules.selectors import RELATIVE, Selector, parse_selector
from etl.rules.templates import (
    LETTERS,
    SLOT_FIELDS,
    Slot,
    SlotValue,
    TemplateFault,
    filled,
    forbidden_pieces,
    literal_pieces,
)

LABEL = "reference/sentences.csv"
TABLE = REFERENCE["sentences"]
GENERAL = Path(__file__).with_name("general_sentences.csv")

SAID = ("fact", "derived", "conflict")
"""Kinds of row that say a number; ``absence`` says that there is none, ``question`` asks, ``never`` says what to do instead of saying it."""

STAR = "*"
STAR_PINS: Mapping[str, Sequence[str]] = {
    "measure": tuple(Measure),
    "kind": INDICATOR_KINDS,
    "derived": ("yes",),
    "conflict": ("yes",),
    "state": ABSENCE_STATES,
}
"""What a general row may ask for: the measure of a number, the kind of its indicator; a computed number, one in a conflict, an absence."""

MEASURE_WORDS: Mapping[str, str] = {
    Measure.PLAN: "计划|规划|拟|预计|预算|再建|下一步",
    Measure.TARGET: "目标|任务|力争",
    Measure.STANDARD: "标准|要求|规定|配备|应|每",
}
"""Measure -> words of which a sentence about such a number has one, so that a plan is never told as done."""

DERIVED = "推算"
_ARRIVED = "达"
_BY_STANDARD = "的标准"
"""按…公布的标准, 按2019年的标准: said of numbers that are standards alone."""

_EVERYWHERE = re.compile("全[市省区县国]|[我本]市|市区")
_DIGIT = re.compile("[0-9０-９]")
_COUNTED = re.compile(f"{_DIGIT.pattern}|[一二三四五六七八九十百]+(?:地|座|个|年|项)")
_FOLLOWS = re.compile(rf"=\s*(?:{'|'.join(sorted(RELATIVE))})\s*[;}}]")
_STAR = re.compile(r"\*\s*(?:\{(?P<pins>[^{}]*)\})?")
_SURE = 0.5
_MARK = "\ue000"
"""Stands for a number while a template is tried; no text that people write has it."""


def split(cell: str) -> list[str]:
    """The selectors of a cell, separated by ``|``."""
    return [piece.strip() for piece in cell.split("|") if piece.strip()]


def star_pins(shows: str) -> dict[str, str] | None:
    """What a general row asks for; None for a row that names its numbers; FormulaError for a star that cannot be read."""
    if not shows.startswith(STAR):
        return None
    match = _STAR.fullmatch(shows.strip())
    pins: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in ((match and match["pins"]) or "").split(";"))):
        key, _, value = (piece.strip() for piece in part.partition("="))
        if value not in STAR_PINS.get(key, ()):
            usable = listing([f"{name}={word}" for name, words in STAR_PINS.items() for word in words])
            raise FormulaError(f"“{shows}”中的“{part}”看不懂；可写：{usable}")
        pins[key] = value
    if match is None:
        raise FormulaError(f"不是通用选择式：“{shows}”；应写成 *{{measure=plan; kind=stock}}")
    return pins


@cache
def general_rows() -> tuple[SentenceRow, ...]:
    """The general sentences that every city has."""
    rows, broken = read_rows(GENERAL, TABLE, GENERAL.name)
    good, wrong = typed(rows, TABLE, GENERAL.name)
    if broken or wrong:
        raise ValueError("\n".join(map(str, [*broken, *wrong])))
    return tuple(map(SentenceRow.of, good))


def sentence_rows(reference: Reference) -> list[SentenceRow]:
    """The rows of table ``sentences``: the city's own, then the general ones it has not replaced."""
    rows = reference.rows(SentenceRow)
    taken = {row.sentence for row in rows}
    return rows + [row for row in general_rows() if row.sentence not in taken]


def sentence_problems(reference: Reference) -> list[Problem]:
    """Everything wrong with the city's own rows: selectors, templates, what a careful press officer would not write."""
    return [problem for row in reference.rows(SentenceRow) for problem in row_problems(row, reference)]


def row_problems(row: SentenceRow, reference: Reference) -> Iterator[Problem]:
    """The problems of one row."""
    selectors, wrong = _selectors(row, reference)
    yield from wrong
    if wrong:
        return
    where = _template_of(row)
    try:
        if forbidden := forbidden_pieces(row.template):
            expected, remedy = "只用槽位、{% for %} 和 {% if %}", "数字和限定词由数据给出，不能截取、替换、计算"
            yield Problem("E-218", where, "模板里有会改动数字的写法", listing(forbidden), expected, remedy)
            return
        yield from _template_problems(row, selectors, reference)
    except TemplateFault as fault:
        slots = listing([f"{{{{ {letter} }}}}" for letter in LETTERS[: len(selectors)]]) or "（没有）"
        usable = f"可用的槽位：{slots}；其后可加 .{listing(SLOT_FIELDS)}"
        yield Problem("E-217", where, "模板填不出句子", str(fault), usable)


def _template_of(row: SentenceRow) -> Where:
    return Where(LABEL, row.line, "template")


def _selectors(row: SentenceRow, reference: Reference) -> tuple[list[Selector | None], list[Problem]]:
    """The selectors of a row in the order of their letters; None for one that names its numbers by kind."""
    found: list[Selector | None] = []
    problems: list[Problem] = []
    for column, cell in (("shows", row.shows), ("compared_with", row.compared_with)):
        for text in split(cell):
            where = Where(LABEL, row.line, column)
            try:
                found.append(None if star_pins(text) is not None else parse_selector(text))
            except FormulaError as error:
                problems.append(Problem("E-204", where, str(error)))
                continue
            if selector := found[-1]:
                place, ids = selector.pins.get("place", "").removeprefix("parts:"), reference.ids
                problems += [
                    unknown(where, what, word, ids[table], f"reference/{table}.csv")
                    for what, table, word in (("指标", "indicators", selector.indicator), ("地区", "places", place))
                    if word and word not in ids[table]
                ]
    if len(found) > len(LETTERS):
        most = f"不超过{len(LETTERS)}个"
        problems.append(Problem("E-217", Where(LABEL, row.line, "shows"), "选择式太多", str(len(found)), most))
    return found, problems


def _stand_ins(letter: str, selector: Selector | None, row: SentenceRow) -> Iterator[SlotValue]:
    """What a row is tried with: one for each selector, two where it names several places or groups."""
    pins = selector.pins if selector else {}
    several = pins.get("place", "").startswith("parts:") or pins.get("breakdown", "").endswith(STAR)
    several = several or "conflict=yes" in row.shows
    for number in ("甲", "乙") if several else ("甲",):
        fields = {name: f"〔{name}{number}〕" for name in SLOT_FIELDS if name not in ("amount", "verb")}
        text = "" if row.kind not in SAID else f"{_MARK}{letter}{number}{_MARK}"
        yield replace(SlotValue(**fields), text=text, amount=text)


def _template_problems(
    row: SentenceRow, selectors: Sequence[Selector | None], reference: Reference
) -> Iterator[Problem]:
    literal, where = "…".join(literal_pieces(row.template)), _template_of(row)
    pairs = list(zip(LETTERS, selectors, strict=False))
    slots = {letter: Slot(tuple(_stand_ins(letter, selector, row))) for letter, selector in pairs}
    text = filled(row.template, slots)
    numbers = [number.as_printed for number in read_bulletin(literal) if number.confidence >= _SURE]
    if numbers := numbers or _DIGIT.findall(literal):
        expected, remedy = "数字只从槽位来，如 {{ a }}", "请改为选择式和槽位"
        yield Problem("E-218", where, "模板里写了数字", listing(numbers), expected, remedy)
    if row.kind not in SAID:
        return
    for letter in slots:
        if f"{_MARK}{letter}甲{_MARK}" not in text:
            remedy = f"请写上 {{{{ {letter} }}}}，或删去它的选择式"
            yield Problem("E-217", where, f"槽位“{letter}”的数没有写进句子", remedy=remedy)
    if doubled := _DOUBLED.search(text):
        found, remedy = doubled.group().replace(_MARK, ""), "“超过、近、多、余、以上”等随数字自动写出，请从模板中删去"
        yield Problem("E-218", where, "数字前后另写了限定词", found, "限定词由数据给出", remedy)
    general = [star_pins(shows) or {} for shows in split(row.shows)[:1]]
    pins = [*general, *(selector.pins for selector in selectors if selector)]
    measures = {each["measure"] for each in pins if "measure" in each}
    yield from _misstatements(row, literal, text, measures, reference)


_DOUBLED = re.compile(f"{any_of(words('before'))}{_MARK}.|甲{_MARK}(?:多|余|{any_of(words('after'))})")


def _misstatements(
    row: SentenceRow, literal: str, text: str, measures: Collection[str], reference: Reference
) -> Iterator[Problem]:
    """What the sentence does not say of its numbers: plan or target, computed, when, where."""
    where = _template_of(row)
    for measure in sorted(MEASURE_WORDS.keys() & measures):
        if not re.search(MEASURE_WORDS[measure], literal):
            expected = f"句中有“{MEASURE_WORDS[measure].replace('|', '、')}”之一"
            yield Problem("E-219", where, f"没有说明这是{Measure(measure).word}", literal, expected)
    if _BY_STANDARD in literal and measures != {Measure.STANDARD}:
        expected, remedy = "选择式都有 measure=standard", "是标准就写上 measure=standard；不是就删去“标准”"
        yield Problem("E-219", where, "不是标准的数写成了标准", literal, expected, remedy)
    if measures == {Measure.PLAN} and _ARRIVED in literal:
        yield Problem("E-219", where, "计划数不能写“达”", literal, remedy="计划还没有做到，请改写")
    if row.kind == "derived" and DERIVED not in literal:
        yield Problem("E-219", where, "没有说明这是推算数", literal, f"句中有“{DERIVED}”")
    if not any(f"〔{name}" in text for name in ("when", "period", "as_of")):
        yield Problem("E-219", where, "没有写明时间", literal, "{{ a.when }}、{{ a.period }} 或 {{ a.as_of }}")
    named = {name for place in reference.places for name in (place.name, place.short_name) if name}
    if "〔place" not in text and not _EVERYWHERE.search(literal) and not any(name in literal for name in named):
        yield Problem("E-219", where, "没有写明地区", literal, "{{ a.place }} 或地区名称")


TITLE_SLOTS = ("shown", "beside", *Measure)
"""What a title may name: the numbers shown, those beside, and of the shown ones those of one measure."""


def title_problems(reference: Reference) -> Iterator[Problem]:
    """A problem for each title or note that cannot be filled, and for each typed number over numbers that follow the latest."""
    for table in ("headlines", "charts"):
        for row in reference.tables[table]:
            for column in ("title", "title_en", "note"):
                yield from _title_problems(row, column, Where(f"reference/{table}.csv", row[LINE], column))


def _title_problems(row: Row, column: str, where: Where) -> Iterator[Problem]:
    value = SlotValue(**{name: f"〔{name}〕" for name in SLOT_FIELDS})
    usable = f"{listing([f'{{{{ {name} }}}}' for name in TITLE_SLOTS])}，其后可加 .{listing(SLOT_FIELDS)}"
    try:
        forbidden = forbidden_pieces(row[column])
        filled(row[column], dict.fromkeys(TITLE_SLOTS, Slot((value,))))
    except (TemplateFault, AttributeError) as error:
        yield Problem("E-217", where, "模板写法有误", str(error), usable)
        return
    if forbidden:
        yield Problem("E-218", where, "模板里有会改动数字的写法", listing(forbidden), usable)
    counted = _COUNTED.findall("…".join(literal_pieces(row[column])))
    if counted and _FOLLOWS.search(f"{row['shows']}|{row['compared_with']}"):
        expected = "数字和时间只从槽位来，如 {{ shown.period }}"
        yield Problem("E-218", where, "标题里写了数字，换了新数就不对", listing(counted), expected)
