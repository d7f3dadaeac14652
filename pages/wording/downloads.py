"""The words of a download that stand on no screen."""

from __future__ import annotations

import pandas as pd

from pages.wording.catalog import _
from pages.wording.rows import rows_of


def source_table(citations: pd.DataFrame) -> pd.DataFrame:
    """One row per source of a display (pages.queries.citations), with the numbers that rest on it; days are days."""
    columns = [
        _("Document"), _("Publisher"), _("Published"), _("As of"), _("Checked"), _("Folder"), _("Observations"),
    ]  # fmt: skip
    rows = [
        (
            row["title"], row["publisher"], row["published_on"], row["as_of"],
            _("yes") if row["verified"] else _("not checked against the document"), row["source"], row["observation_ids"],
        )
        for row in rows_of(citations)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
