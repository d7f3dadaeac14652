"""Who is asking.  A laptop has one user with every right; server mode (later) answers from a login."""

from __future__ import annotations

from etl.release.tables import LAPTOP, Who


def who_is_asking() -> Who:
    """The reader whose rights every table is filtered by."""
    return LAPTOP
