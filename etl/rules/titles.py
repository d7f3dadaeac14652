"""Titles and notes of headlines.csv and charts.csv are templates; here they are tried, and told where they would go stale."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.errors import Problem, Where, listing
from etl.handwritten import LINE, Row
from etl.model import Measure
from etl.reference import Reference
from etl.rules.selectors import RELATIVE
from etl.rules.templates import SLOT_FIELDS, Slot, SlotValue, TemplateFault, filled, forbidden_pieces, literal_pieces

SLOTS = ("shown", "beside", *Measure)
"""What a title may name: the numbers shown, those beside, and of the shown ones those of one measure."""

_COLUMNS = ("title", "title_en", "note")
_DIGIT = re.compile("[0-9０-９]|[一二三四五六七八九十百]+(?:地|座|个|年|项)")
_FOLLOWS = re.compile(rf"=\s*(?:{'|'.join(sorted(RELATIVE))})\s*[;}}]")


def title_problems(reference: Reference) -> Iterator[Problem]:
    """A problem for each title or note that cannot be filled, and for each typed number over numbers that follow the latest."""
    for table in ("headlines", "charts"):
        for row in reference.tables[table]:
            for column in _COLUMNS:
                yield from _problems(row, column, Where(f"reference/{table}.csv", row[LINE], column))


def _problems(row: Row, column: str, where: Where) -> Iterator[Problem]:
    value = SlotValue(**{name: f"〔{name}〕" for name in SLOT_FIELDS})
    slots = {name: Slot((value,)) for name in SLOTS}
    usable = f"{listing([f'{{{{ {name} }}}}' for name in SLOTS])}，其后可加 .{listing(SLOT_FIELDS)}"
    try:
        forbidden = forbidden_pieces(row[column])
        filled(row[column], slots)
    except (TemplateFault, AttributeError) as error:
        yield Problem("E-217", where, "模板写法有误", str(error), usable)
        return
    if forbidden:
        yield Problem("E-218", where, "模板里有会改动数字的写法", listing(forbidden), usable)
    follows = _FOLLOWS.search(f"{row['shows']}|{row['compared_with']}")
    typed = _DIGIT.findall("…".join(literal_pieces(row[column])))
    if follows and typed:
        expected = "数字和时间只从槽位来，如 {{ shown.period }}"
        yield Problem("E-218", where, "标题里写了数字，换了新数就不对", listing(typed), expected)
