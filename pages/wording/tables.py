"""What the tables of a release are called, the reference lists of the sources screen as tables of text, the sources of a download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from etl.language import is_chinese
from etl.model import Citation, Indicator, Term
from pages.wording.catalog import _


def table_names() -> Mapping[str, str]:
    """Table -> its name."""
    return {
        "observations": _("Observations"),
        "figures": _("Numbers as printed"),
        "statements": _("Statements"),
        "derived": _("Computed numbers"),
        "absences": _("Not published"),
        "superseded_absences": _("Published since"),
        "withdrawn": _("Bulletins taken back"),
        "checks": _("Checks"),
        "sources": _("Documents"),
        "places": _("Place"),
        "place_aliases": _("Other names of places"),
        "synonyms": _("What people call it"),
        "organisations": _("Organisations"),
        "projects": _("Projects"),
        "indicators": _("Indicators"),
        "units": _("Unit"),
        "breakdowns": _("Breakdown"),
        "attributes": _("Property"),
        "identities": _("Rules of the checks"),
        "standards": _("Standards"),
        "facilities": _("Facilities"),
        "plans": _("Planned values"),
        "milestones": _("Milestones"),
        "denominators": _("Denominators"),
        "definitions": _("Terms"),
        "cautions": _("Use with care"),
        "headlines": _("Headline cards"),
        "charts": _("Charts"),
        "sentences": _("Sentences to be said"),
        "visits_daily": _("Use by day"),
        "visits_monthly": _("Use by month"),
        "visits_hourly": _("Use by weekday and hour"),
        "quarantine": _("Rejected rows"),
    }


def contents_table(rows: Mapping[str, int]) -> pd.DataFrame:
    """One row per table that can be taken away: its name, its file, how many rows it has."""
    names = table_names()
    table, file, counted = _("Table"), _("File"), _("Rows")
    return pd.DataFrame({table: names.get(name, name), file: name, counted: str(rows[name])} for name in rows)


def definition_table(indicators: Sequence[Indicator]) -> pd.DataFrame:
    """One row per indicator: what it means, in which unit, whether it adds up, what more of it means."""
    kinds = {
        "stock": _("stock"),
        "flow": _("flow"),
        "cumulative": _("cumulative"),
        "ratio": _("ratio"),
        "rank": _("rank"),
    }
    ways = {"up": _("more is better"), "down": _("less is better"), "none": _("neither")}
    return pd.DataFrame(
        {
            _("Indicator"): each.name,
            _("Unit"): each.unit_name,
            _("Definition"): each.definition,
            _("Denominator"): each.denominator,
            _("Kind"): kinds.get(each.kind, each.kind),
            _("Direction"): ways.get(each.polarity, each.polarity),
            _("Adds up"): _("yes") if each.sums else _("no"),
            _("Remark"): each.note if is_chinese() else "",
        }
        for each in indicators
    )


def glossary_table(terms: Sequence[Term]) -> pd.DataFrame:
    """One row per term of the field."""
    return pd.DataFrame(
        {_("Term"): each.term, "English": each.name_en, _("Definition"): each.definition, _("Remark"): each.note}
        for each in terms
    )  # fmt: skip


def source_table(citations: Sequence[Citation]) -> pd.DataFrame:
    """One row per source of a display (pages.queries.documents), with the numbers that rest on it; days are days."""
    columns = [
        _("Document"), _("Publisher"), _("Published"), _("As of"), _("Checked"), _("Folder"), _("Observations"),
    ]  # fmt: skip
    rows = [
        (
            each.title, each.publisher, each.published_on, each.as_of,
            _("yes") if each.verified else _("not checked against the document"), each.source, ";".join(each.observation_ids),
        )
        for each in citations
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
