"""What may be said of the numbers, before it is put into words: which sentence speaks of which numbers (sentences.csv).

Left out for good: numbers of unchecked sources, numbers that may not be printed yet, sentences one of whose numbers is not there, a
version of a conflict without the others, and - unless somebody wrote a row for it - computed numbers that a caution warns of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from etl.language import CHINESE, in_language
from etl.model import Absence, Number, PlaceTime, QuotableSentence
from etl.release.index import NumberRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from etl.rows import SentenceRow
from etl.rules.latest import resolved
from etl.rules.printings import newest_printings
from etl.rules.selectors import Selector, matcher, split_selectors
from etl.rules.sentences import SAID, star_pins
from etl.rules.templates import LETTERS
from pages.queries.cautions import cautions_meeting
from pages.queries.data_quality import absences
from pages.queries.documents import citations_of_each
from pages.queries.numbers import cited_ids, with_names
from pages.queries.observations import parts_of_projects
from pages.queries.reference import indicators

BEHIND = 10_000
"""General sentences come behind a project's own, in the order of the indicators."""


@in_language(CHINESE)
def quotable_numbers(release: Release, project: str = "") -> tuple[QuotableSentence, ...]:
    """The sentences that may be said of ``project`` and its parts (all projects for ``""``), by project, then position.

    A sentence of another project is said of a part too when one of its numbers is the part's own. Every number that may be said has a
    sentence: its own row of sentences.csv, or a general one; the numbers of a row of kind ``never`` have none. What is embargoed at the
    release's moment is never said, whoever asks, nor a number that a later source revises.
    """
    return _quotable(release.as_public(), project)


@in_language(CHINESE)
def quotable_in_general(release: Release, number_ids: Collection[str]) -> tuple[QuotableSentence, ...]:
    """The general sentences of just these numbers, whatever row of sentences.csv speaks of them."""
    public = release.as_public()
    return tuple(_Sayable(public, printable_numbers(public, number_ids=number_ids)).general_sentences(set()))


@in_language(CHINESE)
def sentences_about(
    release: Release,
    numbers: Sequence[Number],
    absent: Iterable[Absence] = (),
    *,
    asked: Collection[str] | None = None,
    overtaken: Collection[str] = (),
) -> tuple[QuotableSentence, ...]:
    """The sentences that tell at least one of these printable numbers, or one of these absences; without their sources.

    With ``asked``, ids of numbers, the general sentences are those of just these, of the versions of conflicts, and of a series of
    printed numbers within one year that of the last; those that are ``overtaken`` have none.
    """
    return _Sayable(release.as_public(), numbers).sentences(absent, frozenset(), asked, overtaken)


@cached_query
def _quotable(release: Release, project: str) -> tuple[QuotableSentence, ...]:
    within = parts_of_projects(release).get(project, frozenset({project}))
    chosen = within if project and not any(pins and row.project in within for pins, row in _stars(release)) else None
    absent = [each for each in absences(release) if not project or each.project in within]
    found = _Sayable(release, printable_numbers(release, projects=chosen)).sentences(absent, within)
    if project:
        named = ({each.project, *(number.project for number in each.numbers)} for each in found)
        found = tuple(each for each, projects in zip(found, named, strict=True) if not within.isdisjoint(projects))
    cited = citations_of_each(release, (cited_ids(sentence.numbers) for sentence in found))
    told = tuple(replace(sentence, cited=sources) for sentence, sources in zip(found, cited, strict=True))
    return without_revised(release, told)


def without_revised(release: Release, found: Sequence[QuotableSentence]) -> tuple[QuotableSentence, ...]:
    """The sentences without the numbers that a later source prints again, the same or revised."""
    every = _printable(release, indicators={number.indicator for each in found for number in each.numbers})
    kept = {row.number_id for row in newest_printings(every)}
    found_newest = []
    for each in found:
        slots = (
            tuple(said for said in slot if isinstance(said, Absence) or said.number_id in kept) for slot in each.slots
        )
        newest = replace(each, slots=tuple(slots))
        if any(newest.slots):
            found_newest.append(newest)
    return tuple(found_newest)


@cached_query
def sentence_rows(release: Release) -> tuple[SentenceRow, ...]:
    """The rows of sentences.csv and the general ones that every city has."""
    return tuple(map(SentenceRow.of, release.rows("sentences")))


@cached_query
def _stars(release: Release) -> tuple[tuple[Mapping[str, str] | None, SentenceRow], ...]:
    """The rows that say something, each with what it asks for where it is a general one, the most demanding first."""
    rows = [(star_pins(row.shows), row) for row in sentence_rows(release) if row.kind != "question"]
    return tuple(sorted(rows, key=lambda pair: -len(pair[0] or ())))


class _Sayable:
    """The sentences about some printable numbers of one release, opened as the public sees it."""

    def __init__(self, release: Release, numbers: Sequence[Number]) -> None:
        self.release, self.numbers = release, numbers
        self.geography = release.table("places")
        stars = _stars(release)
        self.own = [row for pins, row in stars if pins is None]
        self.stars = [(pins, row) for pins, row in stars if pins is not None]
        self.positions = {code: each.position for code, each in indicators(release).items()}
        self.kinds = {code: each.kind for code, each in indicators(release).items()}
        self.versions: dict[tuple[Hashable, ...], tuple[Number, ...]] = {}
        self.continuous = {row["unit"]: row["continuous"] for row in release.rows("units")}
        self.general: dict[tuple[tuple[str, str], ...], SentenceRow | None] = {}

    def sentences(
        self,
        absent: Iterable[Absence],
        projects: Collection[str],
        asked: Collection[str] | None = None,
        overtaken: Collection[str] = (),
    ) -> tuple[QuotableSentence, ...]:
        """The sentences of these projects and all that tell one of the numbers or absences, by project, then position."""
        own, ids = list(self.own_sentences()), {number.number_id for number in self.numbers}
        covered = {each for sentence in own for each in sentence.number_ids} | self.never() | {*overtaken}
        found = [each for each in own if each.project in projects or not ids.isdisjoint(each.number_ids)]
        if asked is not None:
            self.numbers = self._chosen(covered, asked)
        found += [*self.general_sentences(covered), *self.absent_sentences(absent)]
        order = {row["project"]: row["position"] for row in self.release.rows("projects")}
        return tuple(sorted(found, key=lambda each: (order.get(each.project, BEHIND), each.position, each.sentence)))

    def own_sentences(self) -> Iterator[QuotableSentence]:
        """The rows that name their numbers and find all of them."""
        for row in self.own:
            asked = split_selectors(row.shows) + split_selectors(row.compared_with)
            slots = [self._named(dated) for dated in resolved(asked, self._times, self.geography)]
            if row.kind in SAID and all(slots) and self._tells_every_version([each for slot in slots for each in slot]):
                yield _sentence(row, row.sentence, row.position, *slots[: len(LETTERS)])

    def never(self) -> set[str]:
        """The numbers that somebody wrote are not to be said on their own."""
        selectors = [asked for row in self.own if row.kind == "never" for asked in split_selectors(row.shows)]
        return {number.number_id for asked in selectors for number in self._named([asked])}

    def _times(self, asked: Selector) -> list[PlaceTime]:
        rows = filter(_is_printable, self.release.index.numbers(asked))
        return [PlaceTime(row.place, row.period_start, row.period_end, row.as_of) for row in rows]

    def _named(self, asked: Sequence[Selector]) -> tuple[Number, ...]:
        """The numbers that one selector names, which may stand for several times; in the tables' order."""
        found = [row for each in asked for row in self.release.index.numbers(each) if _is_printable(row)]
        if len(asked) > 1:
            ids = {row.number_id for row in found}
            every = self.release.index.numbers_of(indicators={each.indicator for each in asked})
            found = [row for row in every if row.number_id in ids]
        newest = found if any(each.names_printing for each in asked) else newest_printings(found)
        return with_names(self.release, newest)

    def _tells_every_version(self, told: Iterable[Number]) -> bool:
        told = tuple(told)
        ids = {number.number_id for number in told}
        contested = (number for number in told if number.conflict and not number.derived)
        return all(each.number_id in ids for number in contested for each in self._versions(number))

    def _versions(self, number: Number) -> tuple[Number, ...]:
        """The versions of a contested number, in the tables' order."""
        what = _what(number)
        if what not in self.versions:
            rows = _printable(self.release, indicators=[number.indicator], places=[number.place])
            self.versions[what] = with_names(self.release, [row for row in rows if _what(row) == what])
        return self.versions[what]

    def _chosen(self, covered: Collection[str], asked: Collection[str]) -> list[Number]:
        """The numbers that are asked for, those in conflict, and of each series within one year the last, several of one day and length
        all; not those that a row names."""
        series: dict[tuple[Hashable, ...], tuple[dt.date, int]] = {}
        free = [number for number in self.numbers if number.number_id not in covered]
        for number in free:
            if number.last_day and not (number.derived or number.conflict):
                year = (_series(number), number.last_day.year)
                series[year] = max(series.get(year, (dt.date.min, 0)), _extent(number))

        def is_last(number: Number) -> bool:
            return not number.last_day or series[_series(number), number.last_day.year] == _extent(number)

        return [
            number
            for number in free
            if number.conflict or number.number_id in asked or (not number.derived and is_last(number))
        ]

    def general_sentences(self, covered: Collection[str]) -> Iterator[QuotableSentence]:
        """One sentence for each of the numbers that no row names, all versions of a conflict in one."""
        done = set(covered)
        for number in self.numbers:
            row = self._row_for(number)
            if number.number_id in done or row is None:
                continue
            said = self._versions(number) if number.conflict and not number.derived else (number,)
            first = next(each for each in said if each.number_id not in done)
            done |= {each.number_id for each in said}
            row = replace(row, project=row.project or first.project)
            position = BEHIND + self.positions.get(first.indicator, 0)
            yield _sentence(row, f"{row.sentence}:{first.number_id}", position, said)

    def _row_for(self, number: Number) -> SentenceRow | None:
        """The general row; none for a computed number that a conflict or a caution stands against, or that is not whole where things are
        counted."""
        if number.derived:
            is_whole = number.value is not None and number.value == number.value.to_integral_value()
            is_fit = not number.conflict and (is_whole or self.continuous.get(number.unit, True))
            is_fit = is_fit and not cautions_meeting(self.release, number.observation_ids)
            return self._star(derived="yes") if is_fit else None
        if number.conflict:
            return self._star(conflict="yes")
        return self._star(measure=number.measure, kind=self.kinds.get(number.indicator, ""))

    def _star(self, **said: str) -> SentenceRow | None:
        """The general row, the most demanding first, that asks for nothing else."""
        asked = tuple(said.items())
        if asked not in self.general:
            fitting = (row for pins, row in self.stars if pins and pins.items() <= said.items())
            self.general[asked] = next(fitting, None)
        return self.general[asked]

    def absent_sentences(self, absent: Iterable[Absence]) -> Iterator[QuotableSentence]:
        """One sentence for each of the declared absences, its places together: the row that names it, or a general one."""
        rows = [row for row in self.own if row.kind == "absence"]
        naming = [(row, [matcher(each, self.geography) for each in split_selectors(row.shows)]) for row in rows]
        for gap in absent:
            own = (row for row, matchers in naming if any(is_named_by(gap, accepts) for accepts in matchers))
            row = next(own, None) or self._star(state=gap.state)
            if row is not None:
                what = (gap.indicator, gap.places[0], gap.period_start, gap.period_end, gap.breakdown, gap.measure)
                name = "/".join("" if part is None else str(part) for part in what)
                position = BEHIND * 2 + self.positions.get(gap.indicator, 0)
                made = _sentence(row, f"{row.sentence}:{name}", position, (gap,))
                yield replace(made, project=gap.project, why=gap.reason)


def _sentence(row: SentenceRow, name: str, position: int, *slots: tuple[Number | Absence, ...]) -> QuotableSentence:
    why = "" if ":" in name else row.note
    return QuotableSentence(name, row.project or slots[0][0].project, position, row.template, row.kind, why, slots)


def is_named_by(absent: Absence, accepts: Callable[[Number], bool]) -> bool:
    """Whether a matcher of numbers accepts an absence at one of its places."""
    number = Number(
        indicator=absent.indicator,
        period_start=absent.period_start,
        period_end=absent.period_end,
        breakdown=absent.breakdown,
        measure=absent.measure or "",
        verified=True,
    )
    return any(accepts(replace(number, place=place)) for place in absent.places)


def printable_numbers(release: Release, **chosen: Collection[str] | None) -> tuple[Number, ...]:
    """The numbers of checked sources, printed and computed, that everybody may see, in the tables' order; none of a
    former state. All of them, or those that are ``chosen`` as in pages.queries.numbers.numbers_of."""
    return with_names(release, _printable(release.as_public(), **chosen))


def _printable(release: Release, **chosen: Collection[str] | None) -> list[NumberRow]:
    return [row for row in release.index.numbers_of(**chosen) if _is_printable(row)]


def _is_printable(row: NumberRow) -> bool:
    return row.verified and not (row.time_as_printed and not (row.period_start or row.period_end or row.as_of))


_series = attrgetter("indicator", "place", "breakdown", "measure", "variant")


def _extent(number: Number) -> tuple[dt.date, int]:
    """The last day a number speaks of, and how many days it covers."""
    start, end = number.period
    return number.last_day or dt.date.min, (end - start).days if start and end else 0


_what = attrgetter("indicator", "place", "period_start", "period_end", "measure", "breakdown", "conflict")
"""What versions of one number have in common."""
