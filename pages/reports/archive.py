"""Archives with no clock inside: the same content gives the same bytes, also for the Office files that libraries write.

Every library stamps its files with the time of writing - in the zip directory, in docProps/core.xml, and once more in the
workbook that stands inside a native chart.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every file in an archive, so that the same release gives the same bytes; none is earlier in a zip."""

LONG_AGO = dt.date(2000, 1, 1)
CORE = "docProps/core.xml"
OFFICE = (".xlsx", ".docx", ".pptx")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def archived(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these (path, content) pairs in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files:
            archive.writestr(zipfile.ZipInfo(path, EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def with_fixed_timestamps(content: bytes, day: dt.date = LONG_AGO) -> bytes:
    """An Office file as if it had been written on ``day``, whenever it is written; files inside it too."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archived(
            (each.filename, _with_fixed_timestamps(each.filename, archive.read(each), day))
            for each in archive.infolist()
        )


def _with_fixed_timestamps(path: str, content: bytes, day: dt.date) -> bytes:
    if path == CORE:
        return _STAMP.sub(rb"\g<1>%sT00:00:00Z\g<2>" % day.isoformat().encode(), content)
    return with_fixed_timestamps(content, day) if path.endswith(OFFICE) else content
