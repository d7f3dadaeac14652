"""The words of the screen where bulletins are entered: columns of the table, what became of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.wording.catalog import Words


def column_names(_: Words) -> Mapping[str, str]:
    """Column of facts.csv -> its heading; the first one is whether the number is taken."""
    return {
        "taken": _("Enter"),
        "seq": _("No."),
        "as_printed": _("As printed"),
        "value": _("Value"),
        "value_high": _("Upper end"),
        "unit": _("Unit"),
        "qualifier": _("Qualifier"),
        "measure": _("Kind"),
        "indicator": _("Indicator"),
        "place": _("Place"),
        "breakdown": _("Breakdown"),
        "role": _("Role"),
        "period_start": _("From"),
        "period_end": _("To"),
        "as_of": _("As of"),
        "keyword": _("Beside it"),
        "note": _("Note"),
    }


def measure_names(_: Words) -> Mapping[str, str]:
    """Kind of a number -> its word."""
    return {"actual": _("actual"), "plan": _("plan"), "target": _("target"), "standard": _("standard")}


def role_names(_: Words) -> Mapping[str, str]:
    """What a number is to its document -> its word."""
    return {"observation": _("observation"), "incidental": _("mentioned in passing")}


def qualifier_names(_: Words) -> Mapping[str, str]:
    """Qualifier -> its word."""
    return {
        "exact": _("exactly"),
        "more_than": _("more than"),
        "at_least": _("at least"),
        "less_than": _("less than"),
        "up_to": _("up to"),
        "approx": _("about"),
        "range": _("range"),
    }


def entered_line(entered: int, waiting: int, left: int, _: Words) -> str:
    """What pressing the button will do."""
    said = [_("{count} numbers can be entered").format(count=entered)]
    if waiting:
        said.append(_("{count} still lack something and will wait").format(count=waiting))
    if left:
        said.append(_("{count} are left out").format(count=left))
    return _("; ").join(said)


def receipt_line(entered: int, release: str, _: Words) -> str:
    """What was done."""
    return _("Entered: {count} numbers; release {release} is in force.").format(count=entered, release=release)


def waiting_rows(waiting: Sequence[Mapping[str, Any]], _: Words) -> list[dict[str, str]]:
    """The numbers that wait, as the rows of a table."""
    return [
        {_("No."): str(row["seq"]), _("As printed"): str(row["as_printed"]), _("What it lacks"): str(row["missing"])}
        for row in waiting
    ]
