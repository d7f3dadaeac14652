"""A city in whose every text stands markdown, HTML, LaTeX and Streamlit's own syntax, as a browser draws it: nothing of it is obeyed."""

import pytest

from .conftest import ROOT

SCREENS = sorted(path.stem for path in ROOT.glob("pages/screens/*.py"))
OBEYED = """() => [...document.querySelectorAll('body *')].filter(each => {
    const leads = (each.getAttribute('src') ?? '') + (each.getAttribute('href') ?? '');
    return each.textContent === 'marked' || /^(https?:)?\\/\\/evil|^http:\\/\\/www|^mailto:/.test(leads)
        || each.matches('.katex, [alt="Streamlit logo"], [data-testid=stMarkdownContainer] [role=img]')
        || each.tagName === 'SCRIPT' && /^alert/.test(each.textContent) || each.children.length === 0 && each.textContent.includes('😄');
}).map(each => each.outerHTML.slice(0, 200))"""
"""Elements that stand for a piece of the markup; the text alone is in one with the words around it."""


@pytest.fixture(scope="module")
def marked(real, hostile, tmp_path_factory):
    return hostile(real, tmp_path_factory.mktemp("marked") / "data")


def test_no_text_of_the_data_becomes_an_element_or_a_request(marked, served, visit):
    for screen in SCREENS:
        seen = visit(f"{served(marked)}/{screen}{'?q=社区' if screen == 'search' else ''}")
        assert seen.outside == [], screen
        assert [each for frame in seen.page.frames for each in frame.evaluate(OBEYED)] == [], screen
        assert "![img](http" in seen.page.locator(".stMain").inner_text(), screen
