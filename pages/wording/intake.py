"""The words where bulletins are entered, checked against their document and taken back, and of what that changes on the screens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from etl.model import Absence, Change, Check, Number, Qualifier, Source
from etl.rows import ProposedNumber
from pages.wording.catalog import _
from pages.wording.dates import day_text, time_text
from pages.wording.marks import mark_text
from pages.wording.screens import screen_names
from pages.wording.states import result_word, state_word


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
    seq, printed, missing = _("No."), _("As printed"), _("What it lacks")
    return [{seq: row.seq, printed: row.as_printed, missing: row.missing} for row in pending_rows]


def checked_line(source: Source) -> str:
    """Who held every number of a source against its document, and when; nothing where nobody is named."""
    if not source.checked_by:
        return ""
    day = day_text(source.checked_on)
    return _("Checked against the document by {name}, {day}").format(name=source.checked_by, day=day)


def context_line(before: str, printed: str, behind: str, locator: str) -> str:
    """A number within the words around it, apart by 【】; only where it stands, when it stands in no text."""
    return f"…{before}【{printed}】{behind}…" if printed else _("at {place} of the document").format(place=locator)


def meant_line(row: Mapping[str, str], number: Number | None) -> str:
    """What a row of facts.csv says: its number in words, or that it repeats another or is mentioned in passing."""
    if number is not None:
        return number_line(number)
    meanings = {
        "repeat": _("{printed}: number {seq} again").format(printed=row["as_printed"], seq=row["repeats"]),
        "incidental": _("{printed}: mentioned in passing, shown nowhere").format(printed=row["as_printed"]),
    }
    return meanings.get(row["role"], row["as_printed"])


def verified_line(confirmed: int, left: int, release: str) -> str:
    """What confirming did: how many are confirmed, how many are not yet, or that the source now counts as checked."""
    if left:
        told = _("{count} numbers are confirmed, {left} are not yet; the source stays unchecked.")
    else:
        told = _("All {count} numbers are confirmed: the source counts as checked, release {release} is in force.")
    return told.format(count=confirmed, left=left, release=release)


MOST = 4  # numbers told of one card, chart or sentence; the others are counted


def kind_names() -> Mapping[str, str]:
    """Kind of a change -> its word."""
    return {
        "headline": _("headline card"),
        "chart": _("chart"),
        "sentence": _("press wording"),
        "check": _("check"),
        "absence": _("declared absence"),
    }


def changes_line(changed: Sequence[Change]) -> str:
    """How many things change, by kind; that nothing does where nothing does."""
    if not changed:
        return _("No headline card, chart of a screen, press wording, check or declared absence changes.")
    names, counts = kind_names(), Counter(change.kind for change in changed)
    told = [_("{name}: {count}").format(name=names[kind], count=count) for kind, count in counts.items()]
    return _("Changes: {listed}").format(listed=_("; ").join(told))


def change_rows(changed: Sequence[Change]) -> list[dict[str, str]]:
    """The changes as rows of a table: screen, what, name, before, after."""
    screens, kinds = screen_names(), kind_names()
    return [
        {
            _("Screen"): screens.get(change.screen, change.screen),
            _("Kind of display"): kinds[change.kind],
            _("Name"): change.name,
            _("Before"): _side(change.old, change.old_row),
            _("After"): _side(change.new, change.new_row),
        }
        for change in changed
    ]


def number_line(number: Number) -> str:
    """One number with what it speaks of: 礼堂数，甲市，2018年：12个."""
    what = [number.indicator_name, number.place_name, number.breakdown_name, time_text(number)]
    return _("{what}: {number}").format(what=_(", ").join(filter(None, what)), number=mark_text(number))


def _side(numbers: Sequence[Number], row: Check | Absence | None) -> str:
    if isinstance(row, Check):
        sides = " / ".join(filter(None, (row.left_value, row.right_value)))
        return " ".join(filter(None, (result_word(row.result), sides)))
    if isinstance(row, Absence):
        return f"{row.place_name} {state_word(row.state)}"
    words = ((number.place_name, time_text(number), mark_text(number)) for number in numbers[:MOST])
    told = [" ".join(filter(None, each)) for each in words]
    if len(numbers) > MOST:
        told.append(_("and {count} more").format(count=len(numbers) - MOST))
    return _("; ").join(told) or "—"
