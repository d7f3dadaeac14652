"""Pieces of a briefing from rows of small tables: cleaned text with the ids it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from etl.model import Number
from pages.queries.briefs import BriefRows
from pages.reports.brief import CitedText
from pages.wording.briefs import RULES
from pages.wording.literal import without_controls
from pages.wording.sentences import Sentence
from pages.wording.sources import source_line

Row = Mapping[str, Any]


def cited_sentence(each: Sentence, rule: str = "") -> CitedText:
    """A sentence of the press desk, chosen by ``rule`` (a code of RULES)."""
    return CitedText(clean(each.text), each.number_ids, each.observation_ids, RULES.get(rule, ""))


def cited_text(text: Any, rows: Sequence[Number | Row] = ()) -> CitedText:
    """A text that tells the numbers of ``rows``; its value where that is one number and no range."""
    numbers = tuple(map(Number.from_row, rows))
    ids = tuple(dict.fromkeys(each for number in numbers for each in number.observation_ids))
    value = numbers[0].value if len(numbers) == 1 and numbers[0].value_high is None else None
    return CitedText(clean(text), tuple(number.number_id for number in numbers), ids, value=value)


def clean(text: Any) -> str:
    """The text without the characters that no office file can hold."""
    return without_controls(str(text or ""))


def split(ids: Any) -> tuple[str, ...]:
    """The ids of a cell, which are joined by ``;``."""
    return tuple(filter(None, str(ids or "").split(";")))


def sources_of(rows: BriefRows, observation_ids: Iterable[str]) -> str:
    """The source line below a table or a chart."""
    cited = rows.cited(sorted(set(observation_ids)))
    return clean(source_line(cited)) if cited else ""
