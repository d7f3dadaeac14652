"""The words of what was found: what a number is of, where it is printed, how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from etl.language import is_chinese
from etl.model import Absence, Check, Number, NumberInPassing, ReferenceRow, Source, Statement
from pages.analysis.search_query import SearchQuery
from pages.wording.catalog import _, listed
from pages.wording.dates import as_of_text, period_text, time_text
from pages.wording.lists import document_table, statement_table
from pages.wording.numbers import digits_text
from pages.wording.sources import source_text
from pages.wording.states import outcome_colour, result_word, state_word


def subject_text(number: Number) -> str:
    """What a number is of: indicator, breakdown, place, time, and the day where the time does not say it: 以前（日期未载） has none."""
    day, time = as_of_text(number), time_text(number)
    is_until_then = number.period_end and number.period_end == number.as_of and not number.period_start
    when = [day] if is_until_then else [time] if day in time else [time, day]
    return " · ".join(filter(None, [number.indicator_name, number.breakdown_name, number.place_name, *when]))


def printed_text(number: Number, cited: Source | None) -> str:
    """How and where a number is printed, or by which formula it was computed."""
    if number.derived or cited is None:
        return _("computed: {formula}").format(formula=number.formula)
    form = _("printed as “{text}”") if number.verified else _("transcribed as “{text}”")
    return _("; ").join((form.format(text=number.as_printed), source_text(cited)))


def check_marks(checks: Iterable[Check]) -> list[tuple[str, str, str]]:
    """(colour, result, words) of every check, with the numbers on both sides."""
    sides = _(": {left} and {right}")
    told = ((check, sides.format(left=check.left_value, right=check.right_value)) for check in checks)
    return [
        (outcome_colour(check.result), result_word(check.result), f"{check.name}{values if check.left_value else ''}")
        for check, values in told
    ]


def understood_text(asked: SearchQuery, called: Mapping[str, str]) -> str:
    """How a search was read: amount, names, years and the words that are left; nothing for plain words."""
    parts = []
    if asked.amount:
        unit = asked.amount.unit
        parts.append(_("amount {amount}").format(amount=f"{digits_text(asked.amount.value, asked.amount.step)}{unit}"))
    parts += [called[code] for codes in asked.of.values() for code in sorted(codes) if code in called]
    parts += [f"{year}年" if is_chinese() else str(year) for year in sorted(asked.years)]
    if not parts:
        return ""
    asks = (word.word for word in asked.questions)
    return _("Read as: {parts}").format(parts=listed(dict.fromkeys([*parts, *asked.words, *asks])))


def left_aside_text(words: Sequence[str]) -> str:
    """Which words of a search what was found does not answer."""
    return _("Nothing is known of “{words}”; this is what there is without it.").format(words=listed(words))


def gap_hit_table(absences: Iterable[Absence]) -> pd.DataFrame:
    """One row per gap that was found."""
    return pd.DataFrame(
        {
            _("State"): state_word(absence.state),
            _("Indicator"): " · ".join(filter(None, [absence.indicator_name, absence.breakdown_name])),
            _("Place"): absence.place_name,
            _("Period"): period_text(absence.period_start, absence.period_end),
            _("Reason"): absence.reason,
        }
        for absence in absences
    )


def in_passing_text(number: NumberInPassing) -> str:
    """A number that a document prints in passing: as printed, the words around it, the document."""
    return " · ".join(filter(None, [number.as_printed, number.keyword, number.source_title]))


def reference_text(row: ReferenceRow) -> str:
    """What is said of a place, project, indicator or term that was found."""
    return f"{row.about}{_(' ({unit})').format(unit=row.unit) if row.unit else ''}"


def source_hit_table(sources: Sequence[Source]) -> pd.DataFrame:
    """One row per document that was found."""
    return document_table(sources, ()).filter([_("Publisher"), _("Published"), _("Numbers")])


def statement_hit_table(statements: Sequence[Statement]) -> pd.DataFrame:
    """One row per statement that was found."""
    return statement_table(statements).filter([_("About"), _("Property"), _("Content"), _("Document")])


def group_names() -> dict[str, str]:
    """Kind of what was found -> heading, in the order groups of one rank stand."""
    return {
        "number": _("Numbers"),
        "absence": _("Not published"),
        "place": _("Place"),
        "project": _("Projects"),
        "indicator": _("Indicators"),
        "term": _("Terms"),
        "source": _("Documents"),
        "statement": _("Statements"),
        "incidental": _("Numbers in passing"),
        "organisation": _("Organisations"),
        "facility": _("Facilities"),
    }


def count_text(shown: int, every: Sequence[object]) -> str:
    """How many of a group are shown, where that is not all."""
    return "" if shown >= len(every) else _("{shown} of {count}, the best first").format(shown=shown, count=len(every))
