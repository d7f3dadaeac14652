"""The line that says where numbers come from."""

from __future__ import annotations

from collections.abc import Sequence

from etl.checking.reasons import cited_title
from etl.language import is_chinese
from etl.model import Citation, Source
from pages.wording.catalog import _
from pages.wording.dates import day_text


def source_text(source: Source) -> str:
    """Publisher, title in book-title marks, day of publication, and 未核对 where nobody compared it with the document."""
    cited = cited_title(source.title)
    title = cited if is_chinese() or cited == source.title else f"“{source.title}”"
    parts = [
        f"{source.publisher}{title}" if is_chinese() else f"{source.publisher}, {title}",
        day_text(source.published_on),
    ]
    if not source.verified:
        parts.append(_("not checked against the document"))
    return (_(", ")).join(filter(None, parts))


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
    publishers = dict.fromkeys(each.publisher for each in citations)
    return " · ".join(filter(None, [as_of, *publishers]))
