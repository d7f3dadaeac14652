"""The words of the screen where bulletins are entered: columns of the table, what became of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.model import Qualifier
from etl.rows import ProposedNumber
from pages.wording.catalog import _


def column_names() -> Mapping[str, str]:
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
        "time_as_printed": _("Time in words"),
        "keyword": _("Beside it"),
        "note": _("Note"),
    }


def role_names() -> Mapping[str, str]:
    """What a number is to its document -> its word."""
    return {"observation": _("observation"), "incidental": _("mentioned in passing")}


def qualifier_names() -> Mapping[str, str]:
    """Qualifier -> its word."""
    return {
        Qualifier.EXACT: _("exactly"),
        Qualifier.MORE_THAN: _("more than"),
        Qualifier.AT_LEAST: _("at least"),
        Qualifier.LESS_THAN: _("less than"),
        Qualifier.UP_TO: _("up to"),
        Qualifier.APPROX: _("about"),
        Qualifier.RANGE: _("range"),
    }


def entered_line(entered: int, pending: int, left: int) -> str:
    """What pressing the button will do."""
    said = [_("{count} numbers can be entered").format(count=entered)]
    if pending:
        said.append(_("{count} still lack something and will wait").format(count=pending))
    if left:
        said.append(_("{count} are left out").format(count=left))
    return _("; ").join(said)


def receipt_line(entered: int, pending: int, source: str, release: str) -> str:
    """What was done: how many numbers went in, how many wait, where both are."""
    said = [_("Entered: {count} numbers, in {file}").format(count=entered, file=f"sources/{source}/facts.csv")]
    if pending:
        said.append(_("{count} still wait").format(count=pending))
    said.append(_("release {release} is in force").format(release=release))
    return _("; ").join(said)


def unverified_line() -> str:
    """Where the numbers of an unchecked source show and where they do not."""
    return _(
        "Not checked yet: these numbers will not stand on headline cards, on the charts of the overview, in comparisons, on the map, "
        "in press wording or in briefings, and enter no check and no computed number. They show, marked as unchecked, in sources and "
        "definitions, in the search, in the lists and charts over time of a project and a place, and when a draft is checked."
    )


def question_line(row: ProposedNumber) -> str:
    """Which number is asked about."""
    return _("No. {number}, {printed} ({near})").format(number=row.seq, printed=row.as_printed, near=row.keyword)


def question_labels() -> Mapping[str, str]:
    """What a number may lack -> the question."""
    return {
        "indicator": _("What is it a number of?"),
        "place": _("Of which place?"),
        "time": _("Which time does it cover? Where no date is printed, its words as printed."),
    }


def pending_table(pending_rows: Sequence[ProposedNumber]) -> list[dict[str, str]]:
    """The pending numbers, as the rows of a table."""
    return [
        {_("No."): row.seq, _("As printed"): row.as_printed, _("What it lacks"): row.missing} for row in pending_rows
    ]
