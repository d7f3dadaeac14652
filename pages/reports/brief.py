"""What a briefing says, whatever file it becomes: one model, filled once, that the writers only lay out.
Every piece of text that holds a number names the numbers and the observations it rests on, so that a printed briefing can be
traced, and a test can change one observation and see exactly the right pieces change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from etl.model import Number, QuotableSentence
from pages.queries.briefs import BriefRows
from pages.queries.numbers import cited_ids
from pages.wording.briefs import RULES
from pages.wording.literal import without_controls
from pages.wording.marks import WordedMark
from pages.wording.numbers import NumberText
from pages.wording.sentences import sentence_text
from pages.wording.sources import source_line


@dataclass(frozen=True)
class CitedText:
    """A piece of text: a sentence, a title, a cell.  ``rule`` is the word of the rule that chose it, where one did.
    ``priority`` is that of the indicator that matters most in it (indicators.csv, 1 first), 0 where none is known.
    ``value`` is the one number or day that a cell tells, for a workbook to hold as what it is."""

    text: str
    number_ids: tuple[str, ...] = ()
    observation_ids: tuple[str, ...] = ()
    rule: str = ""
    priority: int = 0
    value: Decimal | dt.date | None = None


@dataclass(frozen=True)
class Table:
    """A small table as people read it: ``unit`` stands above it at the right, ``source`` below it.  ``widths`` are shares of the page."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[CitedText, ...], ...]
    widths: tuple[float, ...]
    unit: str = ""
    source: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart: its finding as the title, its marks, note and source line."""

    key: str
    title: CitedText
    form: str
    marks: tuple[WordedMark, ...]
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Section:
    """One of the four parts of an official briefing."""

    heading: str
    paragraphs: tuple[CitedText, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Source:
    """One document that numbers of the briefing come from; ``note`` is its endnote's number."""

    note: int
    source: str
    text: str
    observation_ids: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    """A briefing: what stands on its first page, its sections, its sources, its rules of choice, and who is asked to act on what.
    ``about`` are the lines that the first page must print: day, filters, release.  ``day`` is the latest day a source was published,
    the only date a file may carry."""

    audience: str
    title: str
    city: str
    as_of: str
    day: dt.date | None
    release_id: str
    synthetic: bool
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...] = ()
    rules: tuple[str, ...] = ()
    tasks: Table | None = None

    def notes_of(self, observation_ids: tuple[str, ...]) -> tuple[int, ...]:
        """The endnotes of the sources these observations stand in, in order."""
        named = {each.partition("#")[0] for each in observation_ids}
        return tuple(source.note for source in self.sources if source.source in named)

    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in order."""
        return tuple(chart for section in self.sections for chart in section.charts)

    def pieces(self) -> Iterator[CitedText]:
        """Every piece of text that may rest on a number, but for the marks of the charts."""
        for section in self.sections:
            yield from section.paragraphs
            yield from (said for table in section.tables for row in table.rows for said in row)
            yield from (chart.title for chart in section.charts)
        yield from (said for row in (self.tasks.rows if self.tasks else ()) for said in row)


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
