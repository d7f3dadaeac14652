"""The line that says where numbers come from, and everything known about one number."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checking.reasons import cited_title
from etl.language import is_chinese
from etl.model import Citation, Indicator, Number, Source
from pages.wording.catalog import _
from pages.wording.dates import day_text, time_text
from pages.wording.states import measure_label


def source_text(source: Source) -> str:
    """Publisher, title in book-title marks, day of publication, and 未核对 where nobody compared it with the document."""
    cited = cited_title(source.title)
    title = cited if is_chinese() or cited == source.title else f"“{source.title}”"
    named = f"{source.publisher}{title}" if is_chinese() else f"{source.publisher}, {title}"
    unchecked = "" if source.verified else _("not checked against the document")
    return _(", ").join(filter(None, [named, day_text(source.published_on), unchecked]))


def source_line(citations: Sequence[Citation]) -> str:
    """来源 of a whole display, with the day its numbers speak of; of several days the latest, told as that."""
    lines = [source_text(each) for each in citations]
    days = {each.as_of for each in citations if each.as_of}
    line = _("Source: {sources}").format(sources=_("; ").join(lines))
    if not days:
        return line
    form = _("as of {day}") if len(days) == 1 else _("the latest number as of {day}")
    return f"{line}{_(', ') if len(days) == 1 else _('; ')}{form.format(day=day_text(max(days)))}"


def short_source(citations: Sequence[Citation]) -> str:
    """截至 day and publishers, for the foot of a card."""
    latest = max((each.as_of for each in citations if each.as_of), default=None)
    as_of = _("as of {day}").format(day=day_text(latest)) if latest else ""
    return " · ".join(filter(None, [as_of, *dict.fromkeys(each.publisher for each in citations)]))


def detail_rows(number: Number, indicator: Indicator | None, citations: Sequence[Citation]) -> dict[str, str]:
    """Label -> text of one number, its indicator and its sources; empty lines are left out."""
    rows = {
        _("Indicator"): number.indicator_name,
        _("Definition"): indicator.definition if indicator else "",
        _("Denominator"): indicator.denominator if indicator else "",
        _("Place"): number.place_name,
        _("Period"): time_text(number),
        _("As of"): day_text(number.as_of),
        _("Breakdown"): number.breakdown_name,
        _("Kind"): measure_label("" if number.derived else number.measure),
        _("As printed"): number.as_printed,
        _("Around it"): number.keyword,
        _("Position"): number.locator,
        _("Read"): "" if number.read_by == "numeral" else number.read_by,
        _("Formula"): number.formula,
        _("Variant"): number.variant,
        _("Correction"): number.corrected,
        _("Remark"): number.note,
        _("Source"): _("; ").join(source_text(each) for each in citations),
        _("Id"): number.number_id,
    }
    return {label: text for label, text in rows.items() if text}
