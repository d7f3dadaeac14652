"""The words of a map: its legend with every state and how many, what hovering says, whose outlines these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.model import Citation, MapCredit, Mark, Measure, State
from pages.wording.catalog import _
from pages.wording.marks import WordedMark, done_text, place_label, worded
from pages.wording.sources import source_line
from pages.wording.states import state_word

ALWAYS = (State.NOT_IN_PLAN, State.NOT_PUBLISHED)  # states that every legend explains, even where no place is in them
VALUES = [measure.state for measure in Measure]

Legend = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class MapMark(WordedMark):
    """A mark with its words, and what hovering says."""

    hover: str = ""


def map_words(marks: Sequence[Mark], sources: Mapping[str, Sequence[Citation]]) -> tuple[MapMark, ...]:
    """``marks`` with their words; hovering tells name, value or reason, and the place's ``sources`` with their day."""
    found = []
    for mark in worded(marks, place_label):
        source = source_line(sources[mark.place]) if mark.place in sources else ""
        hover = "\n".join(filter(None, (f"{mark.place_name}  {mark.text}", mark.reason, source)))
        found.append(MapMark.of(mark, hover=hover))
    return tuple(found)


def legend_of(marks: Sequence[MapMark], *, rate: bool = False) -> Legend:
    """(state, words with the number of places) of every state on a map: values by kind, a true 0, then 不在计划 and 未公布.
    The last two stand there even when no place is in them; further states only when one is. With ``rate`` the values are one entry
    ``rate`` that tells the lowest and the highest."""
    states = ["zero" if mark.value == 0 else str(mark.state) for mark in marks]
    kinds = [state for state in dict.fromkeys(states) if state in VALUES] or [State.DONE]
    named: dict[str, str] = {State.DONE: done_text(marks)} if marks else {}
    values = [(state, legend_line(named.get(state) or state_word(state), states.count(state))) for state in kinds]
    valued = sorted(((mark.value, mark.text) for mark in marks if mark.value is not None), key=lambda pair: pair[0])
    if rate and valued:
        low, high = valued[0][1], valued[-1][1]
        reach = low if low == high else _("{low} to {high}").format(low=low, high=high)
        values = [("rate", legend_line(reach, len(valued)))]
    further = [state for state in dict.fromkeys(states) if state not in (*VALUES, *ALWAYS, "zero")]
    others = [("zero", legend_line(_("true 0"), states.count("zero")))]
    others += [(state, legend_line(state_word(state), states.count(state))) for state in (*ALWAYS, *further)]
    return [*values, *others]


def legend_line(word: str, count: int) -> str:
    """One entry of a legend and how many places are in it."""
    return _("{state} ({count})").format(state=word, count=count)


def without_number(marks: Sequence[MapMark]) -> str:
    """How many of the places shown have no number, those known to be in no plan counted apart; nothing when all have one."""
    states = [mark.state for mark in marks if mark.value is None]
    apart = states.count(State.NOT_IN_PLAN)
    missing = len(states) - apart
    told = (
        _("{missing} of {places} places are not in the plan").format(missing=apart, places=len(marks)) if apart else "",
        _("{missing} of {places} places have no number").format(missing=missing, places=len(marks)) if missing else "",
    )
    return _("; ").join(filter(None, told))


def review_text(review_number: str) -> str:
    """审图号 where the outlines bear one, else 内部参考: a map without it may not be exported."""
    if review_number:
        return _("Map review number {number}").format(number=review_number)
    return _("For internal reference only")


def credit_text(credit: MapCredit) -> str:
    """Whether the map may be published and whose outlines these are; nothing where no outline is drawn."""
    if not credit.credit:
        return ""
    line = _("Outlines: {credit}").format(credit=credit.credit)
    return f"{review_text(credit.review_number)}{_('; ')}{line}"


def strip_title() -> str:
    """What stands over the places that no outline is published for."""
    return _("No boundary in the documents")


def facilities_text(count: int) -> str:
    """What the small points on a map are, and how many."""
    return legend_line(_("facility with a published point"), count)


def no_outline() -> str:
    """Why there is no map at all, and what would give one."""
    return _(
        "No district has an outline: write their codes in reference/places.csv, or put a boundary file into boundaries/."
    )
