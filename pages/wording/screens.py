"""What the screens are called."""

from __future__ import annotations

from collections.abc import Mapping

from pages.wording.catalog import _


def screen_names() -> Mapping[str, str]:
    """File name of a screen -> its name."""
    return {
        "overview": _("Overview"),
        "project": _("One project"),
        "reading": _("Smart reading"),
        "district": _("One place"),
        "compare": _("Compare places"),
        "map": _("Map"),
        "words": _("Press wording"),
        "brief": _("Briefing"),
        "draft": _("Check a draft"),
        "intake": _("Enter a bulletin"),
        "sources": _("Sources and definitions"),
        "search": _("Find a number"),
    }


def source_parts() -> Mapping[str, str]:
    """The parts of the sources screen: code in the link -> name."""
    return {
        "numbers": _("Numbers"),
        "documents": _("Documents"),
        "checks": _("Checks"),
        "conflicts": _("Conflicts"),
        "absences": _("Not published"),
        "statements": _("Statements"),
        "definitions": _("Definitions"),
        "standards": _("Standards"),
        "glossary": _("Terms"),
        "tables": _("Downloads"),
    }


def compare_parts() -> Mapping[str, str]:
    """The parts of the compare screen: code in the link -> name."""
    return {"places": _("Places"), "peers": _("Peer cities"), "standards": _("Against standards")}


def words_parts() -> Mapping[str, str]:
    """The parts of the press wording screen: code in the link -> name."""
    return {"say": _("To be said"), "ask": _("Questions and answers"), "unsaid": _("Not to be said")}


def detail_parts() -> Mapping[str, str]:
    """The parts of the screens of one project and of one place: code in the link -> name."""
    return {"overview": _("In short"), "numbers": _("All numbers"), "facts": _("Facts and places")}


def audiences() -> Mapping[str, str]:
    """Whom a briefing is for: code in the link -> name."""
    return {"leader": _("Leaders"), "press": _("Press office"), "planner": _("Planners"), "district": _("One place")}


def map_views() -> Mapping[str, str]:
    """How the map screen may show a number: code in the link -> name."""
    return {"outlines": _("Map of districts"), "tiles": _("Tile grid")}


def filter_labels() -> Mapping[str, str]:
    """Filter column of the sources screen -> its label."""
    return {
        "source": _("Document"),
        "project": _("Project"),
        "indicator": _("Indicator"),
        "place": _("Place"),
        "measure": _("Kind"),
    }
