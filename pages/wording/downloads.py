"""The words of a download that stand on no screen."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from etl.model import Citation
from pages.wording.catalog import _


def source_table(citations: Sequence[Citation]) -> pd.DataFrame:
    """One row per source of a display (pages.queries.citations), with the numbers that rest on it; days are days."""
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
