"""Every screen on three folders - the shipped city, the full demonstration city, a new empty one - found by glob, so a new one is toured unasked."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import ROOT, drawn

SCREENS = sorted(path.stem for path in (ROOT / "pages" / "screens").glob("*.py"))
CITIES = ("real", "demo", "new_city")
STREAMLITS_OWN = {
    "scrollable-region-focusable",  # Streamlit's own sidebar and table viewports
    "aria-allowed-attr",  # react-aria's drop-down inside st.selectbox
    "nested-interactive",  # st.dataframe's canvas and its menu
    "button-name",  # the sidebar's collapse button
}


@pytest.fixture(scope="session")
def demo(demonstration_city) -> Path:
    return demonstration_city


@pytest.fixture
def folder(request, city) -> Path:
    return request.getfixturevalue(city)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_deep_link_to_a_screen_is_drawn_quietly(screen, city, folder, served, visit):
    """One visit: drawn, nothing asked outside, nothing complained; then axe on the shipped city, a telephone on the full one."""
    seen = visit(f"{served(folder)}/{screen if screen != 'overview' else ''}")
    assert seen.page.locator("[data-testid=stException]").count() == 0
    assert seen.page.locator("h1").first.inner_text()
    assert ("模拟数据" in seen.page.locator("[data-testid=stMain]").inner_text()) == (city == "demo")
    assert seen.outside == []
    assert seen.errors == []
    assert not [url for url in seen.failed if "_stcore/" not in url]
    seen.shot(f"tour-{city}-{screen}")
    if city == "real":
        assert not serious_to_axe(seen.page)
    if city == "demo":
        seen.page.set_viewport_size({"width": 390, "height": 844})
        seen.page.wait_for_timeout(800)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390


def serious_to_axe(page):
    """What axe-core calls serious or critical on a page, by rule; what is Streamlit's own is left out."""
    drawn(page)
    found = Axe().run(page).response["violations"]
    return {
        each["id"]: [
            (node["target"][-1][-60:], node["any"][0]["message"] if node["any"] else "") for node in each["nodes"]
        ][:3]
        for each in found
        if each["impact"] in ("serious", "critical") and each["id"] not in STREAMLITS_OWN
    }
