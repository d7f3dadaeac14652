"""One word per state, verdict, qualifier and kind, the same on every screen."""

from __future__ import annotations

from pages.wording.catalog import Words


def state_word(state: str, _: Words) -> str:
    """What a mark without a number is called: 不在计划, 未公布 ..., and what kind a mark with one is."""
    return {
        "done": _("done"),
        "planned": _("planned"),
        "target": _("target"),
        "standard": _("standard"),
        "not_in_plan": _("not in the plan"),
        "not_published": _("not published"),
        "not_in_sources": _("not in the documents entered"),
        "not_applicable": _("not applicable"),
        "undeclared": _("not recorded"),
    }.get(state, state)


def verdict_word(verdict: str, _: Words) -> str:
    """The outcome of a check."""
    return {
        "holds": _("holds"),
        "violated": _("violated"),
        "not_testable": _("not testable"),
        "conflict": _("conflict"),
    }.get(verdict, verdict)


def verdict_colour(verdict: str) -> str:
    """The markdown colour of a verdict; the word always stands beside it."""
    return {"holds": "blue", "violated": "red", "conflict": "red"}.get(verdict, "gray")


def kind_word(kind: str, _: Words) -> str:
    """What kind of rule a check is."""
    return {"sum": _("sum"), "ratio": _("ratio"), "bound": _("bound"), "conflict": _("conflict")}.get(kind, kind)


def place_kind_word(kind: str, _: Words) -> str:
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


def caution_word(kind: str, _: Words) -> str:
    """What kind of mistake a caution keeps people from."""
    return {
        "do_not_add": _("never add"),
        "do_not_compare": _("never compare"),
        "different_definition": _("different definitions"),
        "different_year": _("different years"),
        "misleading": _("easily misread"),
    }.get(kind, kind)


def measure_label(measure: str, _: Words) -> str:
    """The measure as a filter or a column says it, the actual one too."""
    return {
        "actual": _("actual"),
        "plan": _("plan"),
        "target": _("target"),
        "standard": _("standard"),
        "": _("computed"),
    }.get(measure, measure)
