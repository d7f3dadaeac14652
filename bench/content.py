"""What a screen shows, taken from the messages it sent, as plain pieces another framework can show too.

The same words, tables, charts, links and choices in the same order; how they are laid out stays behind.
Our queries and drawings are not part of it: a counterpart that shows it has its content ready made, an advantage.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def content(messages: Iterable[ForwardMsg]) -> list[dict[str, Any]]:
    """One piece for each element with content: ``kind`` and what it holds."""
    found = []
    for message in messages:
        if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
            found += _piece(message.delta.new_element)
    return found


def _piece(element: Element) -> list[dict[str, Any]]:
    kind = element.WhichOneof("type")
    if kind == "heading":
        return [{"kind": "heading", "text": element.heading.body}]
    if kind == "markdown":
        return [{"kind": "markdown", "text": element.markdown.body}]
    if kind == "page_link":
        link = element.page_link
        return [{"kind": "link", "text": link.label, "address": f"{link.page}?{link.query_string}"}]
    if kind == "plotly_chart":
        return [{"kind": "chart", "figure": json.loads(element.plotly_chart.spec)}]
    if kind in ("table", "dataframe"):
        return [{"kind": "table", **_rows(getattr(element, kind).arrow_data.data)}]
    if kind == "selectbox":
        return [{"kind": "choice", "label": element.selectbox.label, "options": list(element.selectbox.options)}]
    if kind == "download_button":
        return [{"kind": "button", "text": element.download_button.label}]
    return []


def _rows(data: bytes) -> dict[str, Any]:
    table = pa.ipc.open_stream(io.BytesIO(data)).read_all() if data else pa.table({})
    names = [name for name in table.column_names if not name.startswith("__index_level")]
    cells = [[str(cell) for cell in table.column(name).to_pylist()] for name in names]
    return {"columns": names, "rows": [list(row) for row in zip(*cells, strict=True)]}
