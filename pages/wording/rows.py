"""The rows of a small table, for text that is written row by row."""

from __future__ import annotations

from typing import Any

import pandas as pd


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as column -> value."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
