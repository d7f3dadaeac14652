"""What should stand in a draft instead of a number, offered only where nothing else can be meant: a wrong offer is worse than none.

Every ``expected`` of a finding comes from :func:`offer` or :func:`offer_computed`. A published number is offered where it passes
all of ``CONDITIONS``, a computed one where the draft tells the number as computed and names operation and operands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.checking.claims import Claim
from etl.checking.cues import is_told_as_derived
from etl.checking.matching import AHEAD, Match
from etl.checking.published import PublishedNumber
from etl.checking.reasons import amount
from etl.checking.relevance import Relevance
from etl.checking.thresholds import LIKE, MUCH_MORE, SPOKEN_OF, SPOKEN_OF_COMPUTED
from etl.reading.indicators import same_unit
from etl.reading.quantity import quantities

_COMPUTED_HERE = re.compile("推算|测算|估算|折算|折合")
_OF_A_NUMBER = re.compile("占[^，。；]*[0-9]")
_REMAINDER = re.compile("其余|剩余|余下|另外?|还[有剩差]|尚[有差]")
_EACH = re.compile("每|平均|[户人村座日月年]均|单[座个位]")
_OF_EACH = re.compile("每|均|单")
_TOLD_AHEAD = {"plan": "计划", "target": "目标"}
COMPUTED = "（推算）"
_FINE = 10


@dataclass(frozen=True)
class Proposal:
    """A number proposed for a claim, beside all others (``seen``) that its words may speak of."""

    claim: Claim
    match: Match
    seen: Sequence[Match]
    names_another_item: bool = False

    @property
    def one(self) -> PublishedNumber:
        """The number proposed."""
        return self.match.one


def is_told_as_it_is(said: Proposal) -> bool:
    """A computed number stands only where the draft tells one: 占比为30.8% is, 建成81个 is not, 占276600平方米的93% has other operands."""
    if said.one.is_derived and _OF_A_NUMBER.search(said.claim.raw_before):
        return False
    told = is_told_as_derived(said.claim) or bool(_COMPUTED_HERE.search(said.claim.raw_sentence))
    return told or not said.one.is_derived


def is_verified(said: Proposal) -> bool:
    """Somebody has checked it against its source."""
    return said.one.verified


def may_be_printed(said: Proposal) -> bool:
    """It is public."""
    return not said.one.embargoed


def is_undisputed(said: Proposal) -> bool:
    """No other version of it was published."""
    return not said.one.conflict


def is_spoken_of(said: Proposal) -> bool:
    """The words speak of it clearly, and the noun that is counted (157个县) is its own."""
    least = SPOKEN_OF_COMPUTED if said.one.is_derived else SPOKEN_OF
    return said.match.relevance >= least and said.match.definition


def is_no_remainder(said: Proposal) -> bool:
    """What the draft tells as the rest of something (其余5个) was worked out, not published."""
    return said.one.is_derived or not _REMAINDER.search(said.claim.raw_before[-6:])


def is_of_its_unit(said: Proposal) -> bool:
    """The draft counts in its unit, and for each of something (每座, 个/万人) where it does."""
    known = said.one.unit.partition("/")[2]
    behind = said.claim.raw_behind.startswith("/")
    if same_unit(said.one.unit) != same_unit(said.claim.told.unit) or (behind and not known):
        return False
    told = behind or bool(_EACH.search(said.claim.raw_before))
    return not told or bool(known) or bool(_OF_EACH.search(said.one.keyword)) or not said.one.is_derived


def is_of_its_item(said: Proposal) -> bool:
    """What the draft puts in brackets or names of an item (其中市级) is the item of the number."""
    return not said.names_another_item


def is_of_its_place(said: Proposal) -> bool:
    """The draft names its place, or none and it is the city's own."""
    return said.match.place == _SURE


def is_of_its_time(said: Proposal) -> bool:
    """The draft tells its time, or none."""
    return said.match.time > 0


def is_of_its_measure(said: Proposal) -> bool:
    """What the draft tells as done was done, as planned planned."""
    return said.match.measure > 0


def is_newest(said: Proposal) -> bool:
    """Nothing newer of the same thing is there where the draft says no time."""
    return not any(_is_same_thing(said.one, row.one) and _is_later(row.one, said) for row in said.seen)


def is_alone(said: Proposal) -> bool:
    """No other number is meant as well as it: of another item, a like indicator, another unit with these very digits."""
    return not any(_is_as_well_meant(row, said) for row in said.seen)


CONDITIONS: tuple[Callable[[Proposal], bool], ...] = (
    is_told_as_it_is,
    is_verified,
    may_be_printed,
    is_undisputed,
    is_spoken_of,
    is_no_remainder,
    is_of_its_unit,
    is_of_its_item,
    is_of_its_place,
    is_of_its_time,
    is_of_its_measure,
    is_newest,
    is_alone,
)
_SURE = 2


def offer(claim: Claim, match: Match, seen: Sequence[Match], relevance: Relevance) -> str:
    """Return the number of ``match``, or the newest of the same thing where the draft says no time; "" where it may not be offered."""
    said = proposal(claim, match, seen, relevance)
    return "" if refused(said) else as_told(said.one, claim)


def proposal(claim: Claim, match: Match, seen: Sequence[Match], relevance: Relevance) -> Proposal:
    """Return what is proposed for a claim that speaks of ``match``."""
    same = [row for row in seen if row.agrees and row.one.verified and _is_same_thing(match.one, row.one)]
    first = match if match.one.verified or not same else same[0]
    said = Proposal(claim, first, seen)
    later = [row for row in same if _is_later(row.one, said)]
    newest = max(later, key=lambda row: str(row.one.day), default=first)
    return Proposal(claim, newest, seen, relevance.names_another_item(claim, newest.one))


def refused(said: Proposal) -> str:
    """Return the name of the first condition that a proposal does not pass; "" where it passes all."""
    return next((passes.__name__ for passes in CONDITIONS if not passes(said)), "")


def offer_computed(claim: Claim, value: Decimal) -> str:
    """Return a value that the draft names how to compute, to as many digits as the draft gives."""
    is_fine = value < _FINE or same_unit(claim.told.unit) in ("%", "倍", "百分点")
    step = min(claim.told.step, Decimal("0.1") if is_fine and value != value.to_integral_value() else Decimal(1))
    return f"{amount(value.quantize(step), claim.told.unit)}{COMPUTED}"


def as_told(one: PublishedNumber, claim: Claim) -> str:
    """Return a number as it should stand in a draft: with its qualifier, called a plan where the draft does not, without nouns."""
    ahead = "" if claim.measure in AHEAD or one.is_derived else _TOLD_AHEAD.get(one.measure, "")
    unit = one.unit.partition("/")[0]
    if one.is_derived:
        return offer_computed(claim, one.value)
    read = quantities(one.as_printed)
    is_plain = (
        len(read) == 1 and (read[0].start, read[0].end) == (0, len(one.as_printed)) and read[0].value == one.value
    )
    return f"{ahead}{one.as_printed if is_plain else amount(one.value, unit, one.qualifier)}"


def _is_same_thing(one: PublishedNumber, row: PublishedNumber) -> bool:
    return (one.indicator, one.place, one.measure, one.breakdown, one.unit, one.variant) == (
        row.indicator, row.place, row.measure, row.breakdown, row.unit, row.variant,
    )  # fmt: skip


def _is_later(row: PublishedNumber, said: Proposal) -> bool:
    is_silent = said.claim.moment.kind in ("silent", "now")
    return bool(
        is_silent and row.verified and not row.embargoed and row.day and said.one.day and row.day > said.one.day
    )


def _is_as_well_meant(row: Match, said: Proposal) -> bool:
    one, relevance = row.one, said.match.relevance
    if (one.value, one.value_high, one.qualifier) == (said.one.value, said.one.value_high, said.one.qualifier):
        return False
    if not one.verified and _is_same_thing(one, said.one):
        return False
    if not row.unit:
        return row.fit != "other" and row.relevance >= relevance
    if not (row.place and row.time and row.measure) or row.sureness < said.match.sureness:
        return False
    if one.is_derived and not said.one.is_derived:
        least = LIKE if same_unit(said.claim.told.unit) == "%" else MUCH_MORE
        return row.relevance > least * relevance and is_of_its_unit(Proposal(said.claim, row, ()))
    if not row.definition:
        return row.relevance > relevance
    is_its_whole = one.indicator == said.one.indicator and bool(said.one.breakdown) and not one.breakdown
    is_older = _is_same_thing(one, said.one) and _is_later(said.one, Proposal(said.claim, row, ()))
    return row.relevance >= LIKE * relevance and not is_older and not is_its_whole
