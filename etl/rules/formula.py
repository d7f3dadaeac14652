"""Formulas over selectors, evaluated wherever their operands speak of the same place and time.

``100 * resolved / accepted`` is one row of a reference table; here it becomes one outcome for each place (and time, and
printed variant) at which every operand is published. Each outcome keeps the ids of the observations it rests on, the nominal
value, and the interval that the operands' printing leaves open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache
from typing import TypeVar

from etl.errors import FormulaError
from etl.rows import Observation, PlaceRow
from etl.rules.interval import Interval, point, printed
from etl.rules.printings import newest_printings
from etl.rules.selectors import PATTERN, Selector, accepting, parse_selector, places_named

_TOKEN = re.compile(
    rf"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<sum>sum)\s*\(|(?P<selector>{PATTERN.pattern})|(?P<sign>[-+*/()]))"
)


@dataclass(frozen=True)
class Node:
    """One step of a parsed formula: a number, a selector (``sum`` adds all it names), or a sign over two steps."""

    sign: str
    number: Decimal | None = None
    selector: Selector | None = None
    sides: tuple[Node, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether it takes its place from its neighbours: it names none, or any one part of a place."""
        place = self.selector.pins.get("place", "") if self.selector else "none"
        return not place or (self.sign == "pick" and place.startswith("parts:"))

    @property
    def pins_time(self) -> bool:
        """Whether it names its own time."""
        return self.selector is not None and self.selector.pins_time

    def leaves(self) -> Iterator[Node]:
        """Every selector step below, left to right."""
        if self.selector is not None:
            yield self
        for side in self.sides:
            yield from side.leaves()


@dataclass(frozen=True)
class Outcome:
    """A formula's value at one place and time. ``rows`` are the observations that each formula rests on.

    It covers a period only where every operand that does not name its own time covers just that, or speaks of a day in it;
    ``time_as_printed`` are the words for time that operands have instead of a date.
    """

    place: str
    period_start: dt.date | None
    period_end: dt.date | None
    as_of: dt.date | None
    time_as_printed: str
    breakdown: str
    variant: str
    values: tuple[Decimal, ...]
    intervals: tuple[Interval, ...]
    rows: tuple[tuple[Observation, ...], ...]

    @property
    def parents(self) -> tuple[str, ...]:
        """Observation ids of all operands, in the order of the formulas, each once."""
        return tuple(dict.fromkeys(row.observation_id for side in self.rows for row in side))


@cache
def parse_formula(text: str) -> Node:
    """The formula written in ``text``; FormulaError names what cannot be read."""
    tokens = list(_tokens(text))
    node, rest = _chain(tokens, text)
    if rest:
        raise FormulaError(f"公式“{text}”在“{rest[0][1]}”处看不懂")
    return node


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if not match or match.end() == position:
            raise FormulaError(f"公式“{text}”在“{text[position:].strip()[:12]}”处看不懂")
        kind = str(match.lastgroup if match.lastgroup in ("number", "sum", "sign") else "selector")
        yield kind, match[kind].strip()
        position = match.end()


Tokens = list[tuple[str, str]]


def _chain(tokens: Tokens, text: str, signs: tuple[str, ...] = ("+-", "*/")) -> tuple[Node, Tokens]:
    """The step that the first tokens make, and the rest; ``signs`` bind the more the later they are listed."""
    if not signs:
        return _factor(tokens, text)
    left, tokens = _chain(tokens, text, signs[1:])
    while tokens and tokens[0][0] == "sign" and tokens[0][1] in signs[0]:
        right, rest = _chain(tokens[1:], text, signs[1:])
        left, tokens = Node(tokens[0][1], sides=(left, right)), rest
    return left, tokens


def _factor(tokens: Tokens, text: str) -> tuple[Node, Tokens]:
    if not tokens:
        raise FormulaError(f"公式“{text}”没有写完")
    (kind, word), rest = tokens[0], tokens[1:]
    if kind == "number":
        return Node("number", number=Decimal(word)), rest
    if kind == "selector":
        return Node("pick", selector=parse_selector(word)), rest
    if kind == "sum" or word == "(":
        node, rest = _chain(rest, text)
        if not rest or rest[0][1] != ")":
            raise FormulaError(f"公式“{text}”少一个右括号")
        if kind == "sum":
            if node.selector is None:
                raise FormulaError(f"公式“{text}”中 sum( ) 里只能是一个选择式")
            node = Node("sum", selector=node.selector)
        return node, rest[1:]
    raise FormulaError(f"公式“{text}”在“{word}”处看不懂")


class Operands:
    """The observations formulas are evaluated over, with what arithmetic needs to know of places and of ``continuous`` units."""

    def __init__(
        self, observations: Sequence[Observation], places: Sequence[PlaceRow], continuous: Collection[str]
    ) -> None:
        self.observations = observations
        self.places = places
        self.continuous = frozenset(continuous)
        self._rows: dict[str, list[Observation]] = {}
        self._by_place: dict[str, dict[str, list[Observation]]] = {}
        self._of_indicator: dict[str, list[Observation]] = {}
        for row in observations:
            self._of_indicator.setdefault(row.indicator, []).append(row)

    def rows(self, selector: Selector) -> list[Observation]:
        """The observations ``selector`` names; of several printings of one number the newest, unless it names which."""
        if selector.text not in self._rows:
            accepts = accepting(selector, places_named(self.places, selector.pins.get("place", "")))
            found = list(filter(accepts, self._of_indicator.get(selector.indicator, ())))
            self._rows[selector.text] = found if selector.names_printing else newest_printings(found)
        return self._rows[selector.text]

    def rows_at(self, selector: Selector, place: str | None) -> list[Observation]:
        """Of these, the ones that speak of ``place``; all of them for None."""
        if place is None:
            return self.rows(selector)
        if selector.text not in self._by_place:
            by_place = self._by_place.setdefault(selector.text, {})
            for row in self.rows(selector):
                by_place.setdefault(row.place, []).append(row)
        return self._by_place[selector.text].get(place, [])

    def interval(self, row: Observation) -> Interval:
        """What the printed number of ``row`` leaves open."""
        continuous = row.unit in self.continuous
        return printed(_value(row), row.value_high, row.qualifier, row.step, continuous=continuous)


def _value(row: Observation) -> Decimal:
    assert row.value is not None  # an observation without a value is refused when it is read
    return row.value


def evaluate(formulas: Sequence[str], operands: Operands) -> list[Outcome]:
    """One outcome for each place, time, breakdown and variant at which every operand of all ``formulas`` is there.

    Operands without ``place=`` must speak of the same place; those without ``period=`` / ``as_of=`` must agree in every day
    that both carry (of one whole period the days on which it was told may differ); a starred breakdown must name the same item; variants,
    where printed, must be the same. An outcome with a zero denominator is left out. Order: that of the observations.
    """
    nodes = [parse_formula(text) for text in formulas]
    leaves = list(dict.fromkeys(leaf for node in nodes for leaf in node.leaves()))
    picks = [leaf for leaf in leaves if leaf.sign == "pick"]
    sums = [leaf for leaf in leaves if leaf.sign == "sum"]
    outcomes = []
    for binding in _bindings(picks, operands):
        whole = binding | {leaf: _summed(leaf, binding, operands) for leaf in sums}
        if all(whole.values()) and (outcome := _outcome(nodes, whole, operands)):
            outcomes.append(outcome)
    return outcomes


Binding = dict[Node, list[Observation]]
Shared = TypeVar("Shared")
Computed = TypeVar("Computed", Decimal, Interval)


def _bindings(picks: Sequence[Node], operands: Operands, bound: Binding | None = None) -> Iterator[Binding]:
    bound = bound or {}
    if len(bound) == len(picks):
        yield bound
        return
    leaf = picks[len(bound)]
    assert leaf.selector is not None
    shared_place = next((rows[0].place for other, rows in bound.items() if other.is_free), None)
    for row in operands.rows_at(leaf.selector, shared_place if leaf.is_free else None):
        if all(_agree(leaf, row, other, rows[0]) for other, rows in bound.items()):
            yield from _bindings(picks, operands, {**bound, leaf: [row]})


def _summed(leaf: Node, bound: Binding, operands: Operands) -> list[Observation]:
    assert leaf.selector is not None
    return [
        row
        for row in operands.rows(leaf.selector)
        if all(_agree(leaf, row, other, rows[0], items=False) for other, rows in bound.items())
    ]


def _agree(leaf: Node, row: Observation, other: Node, beside: Observation, *, items: bool = True) -> bool:
    mine, theirs = leaf.selector, other.selector
    assert mine is not None and theirs is not None
    if leaf.is_free and other.is_free and row.place != beside.place:
        return False
    if not (mine.pins_time or theirs.pins_time) and not _speak_of_one_time(row, beside):
        return False
    starred = all(pins.get("breakdown", "").endswith(":*") for pins in (mine.pins, theirs.pins))
    if items and starred and row.breakdown != beside.breakdown:
        return False
    return not (row.variant and beside.variant and row.variant != beside.variant)


def _speak_of_one_time(row: Observation, beside: Observation) -> bool:
    """Whether two numbers agree in every day both carry; of one and the same period each may have been told on its own day."""
    period, other = (row.period_start, row.period_end), (beside.period_start, beside.period_end)
    pairs = zip((*period, row.as_of), (*other, beside.as_of), strict=True)
    return (period == other and all(period)) or all(day == theirs for day, theirs in pairs if day and theirs)


def _outcome(nodes: Sequence[Node], bound: Binding, operands: Operands) -> Outcome | None:
    try:
        with localcontext() as context:
            context.prec = 40
            values = tuple(_computed(node, bound, Decimal, _value) for node in nodes)
            intervals = tuple(_computed(node, bound, point, operands.interval) for node in nodes)
    except ZeroDivisionError:
        return None
    rows = tuple(tuple(row for leaf in dict.fromkeys(node.leaves()) for row in bound[leaf]) for node in nodes)
    flat = [row for side in rows for row in side]
    free = [row for leaf, found in bound.items() if leaf.is_free for row in found]
    timed = [row for leaf, found in bound.items() if not leaf.pins_time for row in found] or flat
    start, end = _covered(timed)
    words = dict.fromkeys(row.time_as_printed for row in flat if row.time_as_printed)
    items = [row.breakdown for leaf, found in bound.items() if leaf.sign == "pick" for row in found]
    return Outcome(
        place=_common([row.place for row in free or flat]) or "",
        period_start=start,
        period_end=end,
        as_of=max((row.as_of for row in timed if row.as_of), default=None),
        time_as_printed="；".join(
            word for word in words if not any(word != other and word in other for other in words)
        ),
        breakdown=_common(items) or "",
        variant=_common([row.variant for row in flat if row.variant]) or "",
        values=values,
        intervals=intervals,
        rows=rows,
    )


def _common(found: Sequence[Shared]) -> Shared | None:
    return found[0] if len(set(found)) == 1 else None


def _covered(rows: Sequence[Observation]) -> tuple[dt.date | None, dt.date | None]:
    """The period that is no sharper than any of ``rows``: the one they share; a stock may be dated inside it."""
    shared = _common([(row.period_start, row.period_end) for row in rows if row.period_start or row.period_end])
    start, end = shared or (None, None)
    for row in rows:
        is_inside = row.as_of and (start or row.as_of) <= row.as_of <= (end or row.as_of)
        if not (row.period_start or row.period_end) and (row.time_as_printed or not is_inside):
            return None, None
    return start, end


def _computed(
    node: Node, bound: Binding, of_number: Callable[[Decimal], Computed], of_row: Callable[[Observation], Computed]
) -> Computed:
    """The value of a formula whose numbers and rows are turned into operands; ZeroDivisionError where it has none."""
    if node.number is not None:
        return of_number(node.number)
    if node.selector is not None:
        return sum(map(of_row, bound[node]), start=of_number(Decimal(0)))
    left, right = (_computed(side, bound, of_number, of_row) for side in node.sides)
    match node.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right == of_number(Decimal(0)):
        raise ZeroDivisionError
    return left / right
