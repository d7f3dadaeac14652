"""Everything known about one number, as label and text."""

from __future__ import annotations

from collections.abc import Sequence

from etl.model import Citation, Indicator, Number
from pages.wording.catalog import _
from pages.wording.dates import day_text
from pages.wording.sources import source_text
from pages.wording.states import measure_label
from pages.wording.times import time_text


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
