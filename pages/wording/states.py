"""One word per state, check result, measure and kind, the same on every screen."""

from __future__ import annotations

from collections.abc import Mapping

from etl.model import CheckResult, Measure, State, Verdict
from pages.wording.catalog import _


def state_word(state: str) -> str:
    """What a mark without a number is called: 不在计划, 未公布 ..., and what kind a mark with one is."""
    return {
        State.DONE: _("done"),
        State.PLANNED: _("planned"),
        State.TARGET: _("target"),
        State.STANDARD: _("standard"),
        State.NOT_IN_PLAN: _("not in the plan"),
        State.NOT_PUBLISHED: _("not published"),
        State.NOT_IN_SOURCES: _("not in the documents entered"),
        State.NOT_APPLICABLE: _("not applicable"),
        State.UNDECLARED: _("not recorded"),
    }[State(state)]


def result_word(result: CheckResult) -> str:
    """What became of a check."""
    return {
        CheckResult.HOLDS: _("holds"),
        CheckResult.VIOLATED: _("violated"),
        CheckResult.NOT_TESTABLE: _("not testable"),
        CheckResult.CONFLICT: _("conflict"),
    }[result]


def outcome_colour(outcome: CheckResult | Verdict) -> str:
    """The markdown colour of what became of a check or of a number of a draft; the word always stands beside it."""
    return {True: "blue", False: "red", None: "gray"}[outcome.passes]


def kind_word(kind: str) -> str:
    """What kind of rule a check is."""
    return {"sum": _("sum"), "ratio": _("ratio"), "bound": _("bound"), "conflict": _("conflict")}.get(kind, kind)


def place_kind_word(kind: str) -> str:
    """What kind of place it is."""
    return {
        "country": _("country"),
        "province": _("province"),
        "city": _("city"),
        "urban_area": _("urban area"),
        "district": _("district"),
        "county": _("county"),
        "county_city": _("county-level city"),
        "functional_zone": _("functional zone"),
        "subdistrict": _("subdistrict"),
        "township": _("township"),
        "community": _("community"),
        "village": _("village"),
        "compound": _("residential compound"),
        "group": _("places named together"),
    }.get(kind, kind)


def caution_word(kind: str) -> str:
    """What kind of mistake a caution keeps people from."""
    return {
        "do_not_add": _("never add"),
        "do_not_compare": _("never compare"),
        "different_definition": _("different definitions"),
        "different_year": _("different years"),
        "misleading": _("easily misread"),
    }.get(kind, kind)


def measure_names() -> Mapping[str, str]:
    """Measure -> its word."""
    return {
        Measure.ACTUAL: _("actual"),
        Measure.PLAN: _("plan"),
        Measure.TARGET: _("target"),
        Measure.STANDARD: _("standard"),
    }


def measure_label(measure: str) -> str:
    """The measure as a filter or a column says it, the actual one too."""
    return measure_names()[measure] if measure else _("computed")
