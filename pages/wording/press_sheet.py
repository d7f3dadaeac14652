"""The sheet a press office takes to a conference: what may be said, questions with answers, what must not be said. Chinese throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.model import Caution, NeverSaid
from pages.wording.sentences import Question, Sentence

QUOTABLE = ("fact", "derived")
"""Kinds of sentence that may be quoted; a conflict or an absence is told only where it is asked for."""

COMPUTED = "推算数不是公布数，未经同意不对外引用。"


@dataclass(frozen=True)
class Entry:
    """One entry: what is said or asked (``lead`` is the question), its lines, and the quiet lines below it (source, why)."""

    text: str
    below: tuple[str, ...] = ()
    lead: str = ""


@dataclass(frozen=True)
class PressSheet:
    """A sheet: its title, the lines under it, its parts by heading."""

    title: str
    about: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Entry, ...]], ...]


def press_sheet(
    name: str,
    said: Sequence[Sentence],
    asked: Sequence[Question],
    unsaid: Sequence[Entry],
    *,
    about: Iterable[str] = (),
) -> PressSheet:
    """The sheet of the project called ``name``; a part with nothing in it is left out. ``about`` says from which release, and 模拟数据."""
    parts = (
        ("可以这样说", tuple(Entry(one.text, _below(one)) for one in said if one.kind in QUOTABLE)),
        ("问答", tuple(_answered(one) for one in asked)),
        ("不能说的", tuple(unsaid)),
    )
    return PressSheet(f"{name}新闻口径", tuple(filter(None, about)), tuple(part for part in parts if part[1]))


def unsaid_entries(
    said: Sequence[Sentence], never: Iterable[NeverSaid], cautions: Iterable[Caution], *, computed: bool
) -> list[Entry]:
    """What must not be said: conflicts (only with all their versions), rows of kind never, cautions with reasons, what is not published.

    ``computed`` is whether computed numbers have been asked for; otherwise they are named here.
    """
    entries = [
        Entry(one.text, ("只能同时写明各种说法，不单独引用其中之一", *_below(one))) for one in said if one.is_conflict
    ]
    entries += [Entry(each.text, tuple(filter(None, [each.reason]))) for each in never]
    entries += [Entry(f"{caution.name}。", tuple(filter(None, [caution.reason]))) for caution in cautions]
    entries += [Entry(one.text, (one.why,) if one.why else ()) for one in said if one.kind == "absence"]
    return entries if computed else [*entries, Entry(COMPUTED)]


def without_computed(said: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that rest on published numbers alone."""
    return [one for one in said if not one.is_derived]


def found(said: Sequence[Sentence], search: str) -> list[Sentence]:
    """The sentences that hold every word of ``search``; all of them without a word."""
    return [one for one in said if all(word in one.text for word in search.split())]


def prepared(said: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that somebody wrote for their numbers."""
    return [one for one in said if one.kind in QUOTABLE and not one.is_general]


def general(said: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that numbers have for want of one of their own."""
    return [one for one in said if one.kind in QUOTABLE and one.is_general]


def _answered(question: Question) -> Entry:
    below = dict.fromkeys(line for one in question.answers for line in _below(one))
    return Entry("".join(one.text for one in question.answers), tuple(below), question.text)


def _below(sentence: Sentence) -> tuple[str, ...]:
    """Its day and its sources in one line, and what to mind in another."""
    line = "；".join(filter(None, [sentence.as_of_text, sentence.citation and f"来源：{sentence.citation}"]))
    return tuple(filter(None, [line, sentence.why]))
