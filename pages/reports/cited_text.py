"""Pieces of a briefing from typed numbers: cleaned text with the ids it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.model import Number, QuotableSentence
from pages.queries.briefs import BriefRows
from pages.queries.numbers import cited_ids
from pages.reports.brief import CitedText
from pages.wording.briefs import RULES
from pages.wording.literal import without_controls
from pages.wording.numbers import NumberText
from pages.wording.sentences import sentence_text
from pages.wording.sources import source_line


def cited_sentence(sentence: QuotableSentence, rule: str = "") -> CitedText:
    """A sentence of the press desk, chosen by ``rule`` (a code of RULES)."""
    ids = cited_ids(sentence.numbers)
    return CitedText(clean(sentence_text(sentence).text), sentence.number_ids, ids, RULES.get(rule, ""))


def cited_text(text: str | NumberText, numbers: Sequence[Number] = ()) -> CitedText:
    """A text that tells these numbers; its value where that is one number and no range."""
    value = numbers[0].value if len(numbers) == 1 and numbers[0].value_high is None else None
    return CitedText(clean(text), tuple(number.number_id for number in numbers), cited_ids(numbers), value=value)


def clean(text: str | NumberText) -> str:
    """The text without the characters that no office file can hold."""
    return without_controls(str(text))


def sources_of(rows: BriefRows, observation_ids: Iterable[str]) -> str:
    """The source line below a table or a chart."""
    cited = rows.cited(sorted(set(observation_ids)))
    return clean(source_line(cited)) if cited else ""
