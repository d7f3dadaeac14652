"""A city in whose every text stands markdown, HTML, LaTeX and Streamlit's own syntax: each screen shows it as it is."""

import re
from pathlib import Path

import pytest
from google.protobuf.json_format import MessageToDict

SCREENS = Path(__file__).resolve().parents[3] / "pages" / "screens"
PARTS = {
    "sources": ["numbers", "documents", "checks", "conflicts", "absences", "statements", "definitions", "standards", "glossary", "tables"],
    "project": ["numbers", "facts"],
    "district": ["numbers", "facts"],
    "words": ["ask", "unsaid"],
    "compare": ["peers", "standards"],
}  # fmt: skip
LINKS = [
    *[(path.stem, {}) for path in sorted(SCREENS.glob("*.py"))],
    *[(screen, {"part": part}) for screen, parts in PARTS.items() for part in parts],
    ("overview", {"lang": "en"}),
    ("map", {"view": "tiles"}),
    ("search", {"q": "礼堂"}),
    ("search", {"q": "没有的东西"}),
    ("sources", {"observation": "2018-12-31-halls#5"}),
    ("sources", {"observation": "no <b>marked</b>"}),
    ("sources", {"part": "documents", "source": "2018-12-31-halls"}),
]
ESCAPED = re.compile(r"\\.|\]\([a-z]+(\?[^()\s]*)?\)")
"""An escape, or the end of a link to one of our screens, whose address is percent-encoded."""

OBEYED = re.compile(
    r"!\[|\]\(http|\*\*marked|_marked|~~|`|\$|\[marked|[<>]|:/|:smile|:material|:streamlit|www\.evil|@evil",
    re.IGNORECASE,
)
"""What is left of the markup where it was not escaped."""

PLAIN = ("code", "iframe", "plotly_chart", "text_input", "text_area", "dataframe", "arrow_data_frame", "html")
"""Elements that read no markdown (HTML is looked at on its own)."""

NO_TEXT = {
    "id",
    "elementId",
    "formId",
    "queryString",
    "page",
    "url",
    "alt",
    "placeholder",
    "default",
    "value",
    "rawValue",
    "rawValues",
    "key",
}


@pytest.fixture(scope="module")
def marked(rich, hostile, tmp_path_factory):
    return hostile(rich, tmp_path_factory.mktemp("marked") / "data")


@pytest.mark.parametrize(
    ("screen", "link"), LINKS, ids=lambda each: each if isinstance(each, str) else "&".join(each.values())
)
def test_no_text_of_the_data_is_obeyed(screen, link, marked, show):
    test = show(marked, f"pages/screens/{screen}.py", **link)
    said = [*texts(test.main), *texts(test.sidebar)]
    assert any("evil" in text for _, text in said)
    assert [(kind, text) for kind, text in said if OBEYED.search(ESCAPED.sub("", text))] == []


def texts(block):
    """Every text below ``block`` that Streamlit reads as markdown or HTML, with the kind of its element."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from ((child.type, text) for text in strings(MessageToDict(child.proto)))
            yield from texts(child)
        elif child.type == "arrow_table":
            yield from ((child.type, str(cell)) for cell in [*child.value.columns, *child.value.to_numpy().ravel()])
        elif child.type == "html":
            yield from (
                (child.type, tag) for tag in re.findall("<(?!/?(?:div|mark|span|a|style)[ >])[^>]*>", child.proto.body)
            )
        elif child.type not in PLAIN:
            skipped = NO_TEXT | ({"options"} if child.type in ("selectbox", "multiselect") else set())
            yield from ((child.type, text) for text in strings(MessageToDict(child.proto), skipped))


def strings(message, skipped=frozenset(NO_TEXT)):
    if isinstance(message, str):
        yield message
    elif isinstance(message, dict):
        for name, value in message.items():
            if name not in skipped:
                yield from strings(value, skipped)
    elif isinstance(message, list):
        for value in message:
            yield from strings(value, skipped)
