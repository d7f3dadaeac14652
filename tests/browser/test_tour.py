"""Every screen on three folders - the shipped city, the full demonstration city, a new empty one - found by glob, so a new one is toured unasked."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from etl.build import build
from etl.demo.make import make

from .conftest import ROOT

SCREENS = sorted(path.stem for path in (ROOT / "pages" / "screens").glob("*.py"))
CITIES = ("real", "demo", "new_city")
STREAMLITS_OWN = {
    "scrollable-region-focusable",  # Streamlit's own sidebar and table viewports
    "aria-allowed-attr",  # react-aria's drop-down inside st.selectbox
    "nested-interactive",  # st.dataframe's canvas and its menu
    "button-name",  # the sidebar's collapse button
}


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "city"
    make(folder, seed=1, events=30_000)
    build(folder)
    return folder


@pytest.fixture
def folder(request, city) -> Path:
    return request.getfixturevalue(city)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_deep_link_to_a_screen_is_drawn_quietly(screen, city, folder, served, visit):
    seen = visit(f"{served(folder)}/{screen if screen != 'overview' else ''}")
    assert seen.page.locator("[data-testid=stException]").count() == 0
    assert seen.page.locator("h1").first.inner_text()
    assert ("模拟数据" in seen.page.locator("[data-testid=stMain]").inner_text()) == (city == "demo")
    assert seen.outside == []
    assert seen.errors == []
    assert not [url for url in seen.failed if "_stcore/" not in url]
    seen.shot(f"tour-{city}-{screen}")


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious(screen, real, served, visit):
    seen = visit(f"{served(real)}/{screen if screen != 'overview' else ''}")
    seen.page.wait_for_timeout(1000)  # a screen fades in, and a faded text is not the one people read
    found = Axe().run(seen.page).response["violations"]
    serious = {
        each["id"]: [
            (node["target"][-1][-60:], node["any"][0]["message"] if node["any"] else "") for node in each["nodes"]
        ][:3]
        for each in found
        if each["impact"] in ("serious", "critical") and each["id"] not in STREAMLITS_OWN
    }
    assert not serious


@pytest.mark.parametrize("screen", SCREENS)
def test_a_telephone_never_scrolls_sideways(screen, demo, served, visit):
    seen = visit(f"{served(demo)}/{screen if screen != 'overview' else ''}", width=390, height=844)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    seen.shot(f"tour-390-{screen}")


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_speaks_english_throughout_when_asked(screen, real, served, visit):
    seen = visit(f"{served(real)}/{screen if screen != 'overview' else ''}?lang=en")
    assert seen.page.locator("h1").first.inner_text().isascii()
