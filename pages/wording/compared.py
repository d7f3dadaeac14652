"""The words of a comparison: labels that carry what a bar needs, titles that say what is found, reasons why there is no chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from etl.language import is_chinese
from etl.model import Mark, Qualifier
from pages.analysis.reasons import Comparison, Judgement, Reason, year_of
from pages.wording.catalog import _
from pages.wording.findings import chart_note
from pages.wording.marks import mark_text
from pages.wording.numbers import measure_word, number_text
from pages.wording.rows import rows_of
from pages.wording.states import measure_label, measure_names
from pages.wording.times import time_text

Row = Mapping[str, Any]
ARROWS = {Qualifier.MORE_THAN: " →", Qualifier.AT_LEAST: " →", Qualifier.LESS_THAN: " ←", Qualifier.UP_TO: " ←"}
"""Behind a number that is a bound: which way the true one lies."""


def compared_marks(rows: pd.DataFrame, comparison: Comparison) -> pd.DataFrame:
    """``rows`` of a comparison with ``label`` and ``text``, as pages.charts.bars and the panel take them.

    A label carries the year where years differ, and the indicator where indicators do; a text behind which a computed number
    stands tells the printed one too.
    """
    every = [_per_people(row) for row in rows_of(rows)]
    names = {row["indicator"] for row in every if row["value"] is not None}
    shown = [row | ({"measure": ""} if isinstance(row.get("told"), Mapping) else {}) for row in every]
    marks = pd.DataFrame(shown, columns=rows.columns, dtype=object)
    return marks.assign(
        label=[_label(row, carries_year=comparison.carries_year, is_named=len(names) > 1) for row in every],
        text=[_text(row) for row in every],
    ).drop(columns=["told", "population"], errors="ignore")


def _label(row: Row, *, carries_year: bool, is_named: bool) -> str:
    year = str(year_of(row) or "") if carries_year else ""
    told = f"{year}年" if year and is_chinese() else year
    return "\n".join(filter(None, [str(row["place_short"]), told, str(row["indicator_name"]) if is_named else ""]))


def _text(row: Row) -> str:
    if row["value"] is None:
        return mark_text(row)
    told = row.get("told")
    if not isinstance(told, Mapping):
        return f"{mark_text(row)}{ARROWS.get(row['qualifier'], '')}"
    return f"{number_text(row)}{ARROWS.get(row['qualifier'], '')} · {mark_text(told)}"


def _per_people(row: Row) -> dict[str, Any]:
    """A number per 10,000 people in the screen's language."""
    if not isinstance(row.get("population"), Mapping):
        return dict(row)
    return dict(row) | {"unit_name": _("{unit} per 10,000 people").format(unit=row["told"]["unit_name"])}


def series_title(row: Row) -> str:
    """What is compared: its time, its kind, its indicator."""
    kind = measure_word(str(row["measure"]))
    words = (time_text(row), kind, str(row["indicator_name"]))
    return ("" if is_chinese() else " ").join(filter(None, words))


def compared_title(rows: pd.DataFrame, comparison: Comparison, view: str) -> str:
    """What the comparison finds, from its own rows; where no order means anything, what it shows."""
    valued = [_per_people(row) for row in rows_of(rows) if row["value"] is not None]
    if comparison.carries_year:
        joint = _("; ")
        return joint.join(
            _("{place} {year}: {number}").format(place=row["place_name"], year=year_of(row), number=number_text(row))
            for row in valued
        )
    of = series_title(valued[0])
    if not comparison.is_ranked:
        return _("{of}, by place").format(of=of)
    most = max(row["value"] for row in valued)
    first = [row for row in valued if row["value"] == most]
    said = {
        "share": _("{of}: {places} {number} of the whole"),
        "per_head": _("{of}: {places} has the most per head, {number}"),
    }.get(view, _("{of}: {places} has the most, {number}"))
    joint = "、" if is_chinese() else ", "
    places = joint.join(str(row["place_name"]) for row in first)
    return said.format(of=of, places=places, number=number_text(first[0]))


def compared_note(rows: pd.DataFrame, comparison: Comparison, view: str, *, whole: Row | None = None) -> str:
    """Unit, patterns, what the numbers were divided by, and everything the comparison must be told with."""
    parts = [chart_note([Mark.from_row(_per_people(row)) for row in rows_of(rows)])]
    if any(row["value"] is not None and row["qualifier"] in ARROWS for row in rows_of(rows)):
        parts.append(_("an arrow behind a number = a bound, the true one lies on that side"))
    if view == "share" and whole is not None:
        told = ("" if is_chinese() else " ").join((str(whole["place_name"]), mark_text(whole)))
        parts.append(_("per cent of {whole}, computed").format(whole=told))
    if view == "per_head":
        people = [row["population"] for row in rows_of(rows) if isinstance(row.get("population"), Mapping)]
        when = dict.fromkeys(time_text(row) for row in people)
        name = str(people[0]["indicator_name"]) if people else ""
        parts.append(
            _("per 10,000 people, computed with {indicator} {when}").format(indicator=name, when="、".join(when))
        )
    return _("; ").join(filter(None, [*parts, *(reason_text(limit) for limit in comparison.limits)]))


def reason_text(reason: Reason) -> str:
    """One reason as a sentence without its full stop."""
    joint = "、" if is_chinese() else ", "
    every, why, told = joint.join(reason.told), _("; ").join(reason.told) or "—", [*reason.told, "", "", ""]
    kinds = joint.join(measure_names().get(measure, measure) for measure in reason.told)
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
        "sum_violated": _("the parts ({sum}) do not fit the printed total ({total} {unit})").format(
            sum=told[0], total=told[1], unit=told[2]
        ),
        "not_exhausted": _("the published parts ({sum}) do not make up the total ({total} {unit})").format(
            sum=told[0], total=told[1], unit=told[2]
        ),
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


def measure_options(series: Sequence[Row]) -> dict[str, str]:
    """Code -> word of each measure that one of these series has."""
    return {measure: measure_label(measure) for measure in dict.fromkeys(str(row["measure"]) for row in series)}


def time_options(series: Sequence[Row]) -> dict[str, str]:
    """Code -> text of each time that one of these series has, and how many places have a number then."""
    most: dict[str, Row] = {}
    for row in series:
        most[row["time"]] = max(most.get(row["time"], row), row, key=lambda each: int(each["count"]))
    return {
        time: _("{when} ({count} of {of} with a number)").format(
            when=time_text(row) or _("no time given"), count=row["count"], of=row["of"]
        )
        for time, row in most.items()
    }


def peer_options(peers: Sequence[Row]) -> dict[str, str]:
    """Code -> what is compared, and where, of each group of pages.queries.peers."""
    joint = "、" if is_chinese() else ", "
    options = {}
    for code in dict.fromkeys(str(row["peers"]) for row in peers):
        own = [row for row in peers if row["peers"] == code]
        names = _("/").join(dict.fromkeys(str(row["indicator_name"]) for row in own))
        options[code] = _("{name}: {why}").format(
            name=names, why=joint.join(dict.fromkeys(str(row["place_name"]) for row in own))
        )
    return options


def view_options() -> dict[str, str]:
    """Code -> name of each way to show a comparison over the parts of a place."""
    return {"value": _("Number"), "share": _("Share of the whole"), "per_head": _("Per 10,000 people")}


def sort_options() -> dict[str, str]:
    """Code -> name of each order."""
    return {"value": _("By value"), "order": _("Administrative order")}


def standard_title(standard: Row) -> str:
    """A standard with its place, its time and its number."""
    name, when = str(standard["standard_name"]), time_text(standard)
    told = name if when in name else _("{name}, {when}").format(name=name, when=when)
    return _("{scope} · {name}: {number}").format(scope=standard["scope_name"], name=told, number=mark_text(standard))


def tally_text(judgements: Sequence[str]) -> str:
    """How many numbers meet a standard, miss it, or are not compared."""
    counted = ((word, judgements.count(judgement)) for judgement, word in judgement_words().items())
    return ("，" if is_chinese() else ", ").join(f"{word} {count}" for word, count in counted if count)


def judgement_text(number: Row, standard: Row) -> str:
    """A number held against a standard: place, number, what it is of where that is not the standard's own, time, why it is not judged."""
    is_own = all(number[name] == standard[name] for name in ("indicator", "breakdown"))
    of = "" if is_own else " · ".join(filter(None, [number["indicator_name"], number["breakdown_name"]]))
    told = " · ".join(filter(None, [mark_text({**number, "state": ""}), of, time_text(number)]))
    said = _("{name}: {why}").format(name=number["place_name"], why=told)
    return _("; ").join(filter(None, [said, number["why"]]))


def judgement_colour(judgement: Judgement) -> str:
    """The markdown colour of a judgement; its word always stands beside it."""
    return {Judgement.BELOW: "red", Judgement.MEETS: "blue", Judgement.NOT_JUDGED: "gray"}[judgement]
