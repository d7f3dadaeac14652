"""The words of a comparison: labels that carry what a bar needs, titles that say what is found, reasons why there is no chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.language import is_chinese
from etl.model import ComparedMark, Mark, Number, PeerGroup, Qualifier, Series, Standard
from pages.analysis.comparison import Comparison, Judgement, Reason, year_of
from pages.wording.catalog import _, listed, run_on
from pages.wording.dates import time_text
from pages.wording.marks import WordedMark, chart_note, mark_text
from pages.wording.numbers import measure_word, number_text
from pages.wording.states import measure_label, measure_names

ARROWS: Mapping[str, str] = {
    **dict.fromkeys((Qualifier.MORE_THAN, Qualifier.AT_LEAST), " →"),
    **dict.fromkeys((Qualifier.LESS_THAN, Qualifier.UP_TO), " ←"),
}
"""Behind a number that is a bound: which way the true one lies."""


def labelled_marks(marks: Sequence[ComparedMark], comparison: Comparison) -> tuple[WordedMark, ...]:
    """``marks`` of a comparison with their labels and texts.
    A label carries the year where years differ, and the indicator where indicators do; a text behind which a computed number
    stands tells the printed one too."""
    every = _per_people(marks)
    is_named = len({mark.indicator for mark in every if mark.value is not None}) > 1
    return tuple(
        WordedMark.of(
            mark,
            measure="" if mark.printed else mark.measure,
            label=_label(mark, carries_year=comparison.carries_year, is_named=is_named),
            text=_text(mark),
        )
        for mark in every
    )


def _label(mark: Mark, *, carries_year: bool, is_named: bool) -> str:
    year = str(year_of(mark) or "") if carries_year else ""
    told = f"{year}年" if year and is_chinese() else year
    return "\n".join(filter(None, [mark.place_short, told, mark.indicator_name if is_named else ""]))


def _text(mark: ComparedMark) -> str:
    if mark.value is None:
        return mark_text(mark)
    arrow = ARROWS.get(mark.qualifier, "")
    return f"{number_text(mark)}{arrow} · {mark_text(mark.printed)}" if mark.printed else f"{mark_text(mark)}{arrow}"


def _per_people(marks: Sequence[ComparedMark]) -> list[ComparedMark]:
    """The marks with the unit of numbers per 10,000 people in the screen's language."""
    made = []
    for mark in marks:
        unit = mark.printed.unit_name if mark.printed and mark.population else ""
        made.append(replace(mark, unit_name=_("{unit} per 10,000 people").format(unit=unit)) if unit else mark)
    return made


def series_title(number: Number) -> str:
    """What is compared: its time, its kind, its indicator."""
    return run_on(time_text(number), measure_word(number.measure), number.indicator_name)


def compared_title(marks: Sequence[ComparedMark], comparison: Comparison, view: str) -> str:
    """What the comparison finds, from its own marks; where no order means anything, what it shows."""
    valued = _per_people([mark for mark in marks if mark.value is not None])
    if comparison.carries_year:
        tell = _("{place} {year}: {number}").format
        told = (tell(place=each.place_name, year=year_of(each), number=number_text(each)) for each in valued)
        return _("; ").join(told)
    of = series_title(valued[0])
    if not comparison.is_ranked:
        return _("{of}, by place").format(of=of)
    most = max(mark.amount for mark in valued)
    first = [mark for mark in valued if mark.value == most]
    said = {
        "share": _("{of}: {places} {number} of the whole"),
        "per_head": _("{of}: {places} has the most per head, {number}"),
    }.get(view, _("{of}: {places} has the most, {number}"))
    return said.format(of=of, places=listed(mark.place_name for mark in first), number=number_text(first[0]))


def compared_note(
    marks: Sequence[ComparedMark], comparison: Comparison, view: str, *, whole: Mark | None = None
) -> str:
    """Unit, patterns, what the numbers were divided by, and everything the comparison must be told with."""
    parts = [chart_note(_per_people(marks))]
    if any(mark.value is not None and mark.qualifier in ARROWS for mark in marks):
        parts.append(_("an arrow behind a number = a bound, the true one lies on that side"))
    if view == "share" and whole is not None:
        parts.append(_("per cent of {whole}, computed").format(whole=run_on(whole.place_name, mark_text(whole))))
    if view == "per_head":
        people = [mark.population for mark in marks if mark.population]
        when = "、".join(dict.fromkeys(map(time_text, people)))
        name = people[0].indicator_name if people else ""
        parts.append(_("per 10,000 people, computed with {indicator} {when}").format(indicator=name, when=when))
    return _("; ").join(filter(None, [*parts, *(reason_text(limit) for limit in comparison.limits)]))


def reason_text(reason: Reason) -> str:
    """One reason as a sentence without its full stop."""
    every, why, told = listed(reason.told), _("; ").join(reason.told) or "—", [*reason.told, "", "", ""]
    kinds = listed(measure_names().get(measure, measure) for measure in reason.told)
    sums = {"sum": told[0], "total": told[1], "unit": told[2]}
    return {
        "no_such_series": _("this indicator has no such number for every place, neither printed nor declared absent"),
        "nothing_published": _("nothing has been published for any of these places: {why}").format(why=why),
        "only_one": _("only {place} has a number, there is nothing to compare it with").format(place=every),
        "conflict": _("the numbers of {places} are printed in contradicting versions").format(places=every),
        "different_unit": _("different units: {units}").format(units=every),
        "different_measure": _("plan and actual never stand in one bar: {kinds}").format(kinds=kinds),
        "different_definition": _("different definitions: {names}").format(names=every),
        "different_length": _("periods of different length"),
        "different_period": _("numbers of different years: {years}").format(years=every),
        "no_year": _("no year is printed for {places}").format(places=every),
        "caution": _("{name}: {why}").format(name=told[0], why=told[1]),
        "with_care": _("with care: {name} ({why})").format(name=told[0], why=told[1]),
        "no_direction": _("more is neither better nor worse here, so no ranking"),
        "bounds": _("not exact: {places}").format(places=every),
        "order_unknown": _("which is larger is not known, so no ranking"),
        "different_level": _("places of different levels: each number for itself, no ranking"),
        "own_definitions": _("each place by its own indicator, named beside the bar; no ranking"),
        "different_days": _("not all of the same day"),
        "not_a_count": _("a ratio, a rank or what does not add up has no share and no number per head"),
        "no_total": _("the total is not published"),
        "sum_violated": _("the parts ({sum}) do not fit the printed total ({total} {unit})").format(**sums),
        "not_exhausted": _("the published parts ({sum}) do not make up the total ({total} {unit})").format(**sums),
        "no_population_indicator": _("reference/denominators.csv does not say which indicator counts people"),
        "no_population": _("no population of these very places: {why}").format(
            why=_("; ").join(reason.told[1:]) or told[0]
        ),
        "not_a_population": _("a population is a checked number of people, larger than 0"),
        "population_year": _("{place}: population of {year}, number of {other}").format(
            place=told[0], year=told[1], other=told[2]
        ),
        "zone_population": _(
            "functional zones are carved out of districts ({places}), and the populations do not add up to the whole"
        ).format(places=every),
        "out_of_scope": _("the standard holds for {scope} only").format(scope=told[0]),
        "undecided": _("what is printed leaves open whether it is met"),
        "standard_undated": _("the year of the standard is not printed"),
        "not_in_force": _("the standard was in force in {years} only").format(years=told[0]),
        "standard_not_published": _("the standard's value is not published"),
        "not_actual": _("only an actual number is held against a standard"),
    }.get(reason.rule, reason.rule)


def judgement_words() -> Mapping[Judgement, str]:
    """What became of a number held against a standard -> its word."""
    return {
        Judgement.BELOW: _("below the standard"),
        Judgement.MEETS: _("meets the standard"),
        Judgement.NOT_JUDGED: _("not compared"),
    }


def measure_options(offered: Sequence[Series]) -> dict[str, str]:
    """Code -> word of each measure that one of these series has."""
    return {measure: measure_label(measure) for measure in dict.fromkeys(row.number.measure for row in offered)}


def time_options(offered: Sequence[Series]) -> dict[str, str]:
    """Code -> text of each time that one of these series has, and how many places have a number then."""
    most: dict[str, Series] = {}
    for row in offered:
        most[row.time] = max(most.get(row.time, row), row, key=lambda each: each.count)
    tell = _("{when} ({count} of {of} with a number)").format
    named = {time: time_text(row.number) or _("no time given") for time, row in most.items()}
    return {time: tell(when=named[time], count=row.count, of=row.of) for time, row in most.items()}


def peer_options(groups: Sequence[PeerGroup]) -> dict[str, str]:
    """Code -> what is compared, and where, of each group."""
    return {
        group.code: _("{name}: {why}").format(
            name=_("/").join(dict.fromkeys(mark.indicator_name for mark in group.marks)),
            why=listed(dict.fromkeys(mark.place_name for mark in group.marks)),
        )
        for group in groups
    }


def view_options() -> dict[str, str]:
    """Code -> name of each way to show a comparison over the parts of a place."""
    return {"value": _("Number"), "share": _("Share of the whole"), "per_head": _("Per 10,000 people")}


def sort_options() -> dict[str, str]:
    """Code -> name of each order."""
    return {"value": _("By value"), "order": _("Administrative order")}


def standard_title(standard: Standard, floor: Number) -> str:
    """A standard with its place, its time and its number."""
    when = time_text(floor)
    told = standard.name if when in standard.name else _("{name}, {when}").format(name=standard.name, when=when)
    return _("{scope} · {name}: {number}").format(scope=standard.scope_name, name=told, number=mark_text(floor))


def tally_text(judgements: Sequence[Judgement]) -> str:
    """How many numbers meet a standard, miss it, or are not compared."""
    counted = ((word, judgements.count(judgement)) for judgement, word in judgement_words().items())
    return ("，" if is_chinese() else ", ").join(f"{word} {count}" for word, count in counted if count)


def judgement_text(number: Number, floor: Number, why: str) -> str:
    """A number held against a standard: place, number, what it is of where that is not the standard's own, time, why it is not judged."""
    is_own = (number.indicator, number.breakdown) == (floor.indicator, floor.breakdown)
    of = "" if is_own else " · ".join(filter(None, [number.indicator_name, number.breakdown_name]))
    told = " · ".join(filter(None, [mark_text(number), of, time_text(number)]))
    return _("; ").join(filter(None, [_("{name}: {why}").format(name=number.place_name, why=told), why]))


def judgement_colour(judgement: Judgement) -> str:
    """The markdown colour of a judgement; its word always stands beside it."""
    return {Judgement.BELOW: "red", Judgement.MEETS: "blue", Judgement.NOT_JUDGED: "gray"}[judgement]
