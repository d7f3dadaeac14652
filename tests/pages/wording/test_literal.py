"""Names are shown, never obeyed."""

import pytest

from etl.model import Segment
from pages.wording.drafts import passage_html
from pages.wording.literal import in_html, in_markdown


@pytest.mark.parametrize(
    "text", ["<img src=x>", "[a](http://b)", "**x**", "$x$", ":red[x]", "`x`", "~~x~~", "a_b_c", "# x", "| x |"]
)
def test_markdown_takes_no_order_from_a_name(text):
    said = in_markdown(text)
    assert all(said[at - 1] == "\\" for at, letter in enumerate(said) if letter in "<[*$:`~_#|")


def test_a_line_break_in_a_name_starts_no_paragraph():
    assert in_markdown("a\n\n# b") == "a \\# b"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (":material/home:", "\\:\u2060material/home\\:"),
        (":material_home:", "\\:\u2060material\\_home\\:"),
        (":streamlit:", "\\:\u2060streamlit\\:"),
        ("http://a", "http\\:\u2060//a"),
        ("www.a", "www\u2060.a"),
        ("a@b.c", "a@\u2060b.c"),
    ],
)
def test_a_browser_finds_no_icon_and_no_link_in_what_escapes_leave(text, said):
    """Streamlit looks for those in the text of a paragraph, where a backslash is gone."""
    assert in_markdown(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("1. a", "1\\. a"), (" 12.", " 12\\."), ("===", "\\==="), ("1.5", "1.5"), ("a 1. b", "a 1. b"), ("a=b", "a=b")],
)
def test_a_name_begins_no_list_and_underlines_no_heading(text, said):
    assert in_markdown(text) == said


def test_html_takes_no_order_from_a_document():
    assert in_html('<b a="1">&') == "&lt;b a=&quot;1&quot;&gt;&amp;"


def test_a_passage_is_escaped_and_its_numbers_are_marked_by_role():
    pieces = [Segment("<i>共 "), Segment("<44>", "observation", "s#1"), Segment("5", "incidental")]
    said = passage_html(pieces, lambda each: f'x?observation={each}"')
    assert "<i>" not in said
    assert '<a href="x?observation=s#1&quot;" target="_self"><mark class="observation">&lt;44&gt;</mark></a>' in said
    assert '<mark class="incidental">5</mark>' in said
