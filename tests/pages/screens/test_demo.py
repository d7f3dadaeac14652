"""Every screen runs on the full demonstration city and says 模拟数据."""

from pathlib import Path

import pytest

SCREENS = sorted(path.stem for path in (Path(__file__).resolve().parents[3] / "pages" / "screens").glob("*.py"))


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_runs_on_the_demonstration_city_and_says_what_it_is(screen, demo, show, release_of):
    test = show(demo, f"pages/screens/{screen}.py")
    assert not test.exception
    assert any("模拟数据" in said.value for said in test.warning)
    assert release_of(demo).id in test.caption[-1].value


def test_a_number_that_may_not_be_told_yet_says_so_wherever_it_stands(demo, show, crawl):
    found = crawl(show(demo, "pages/screens/project.py", project="satisfaction"))
    holding = [display.text for display in found.values() if "95.2" in display.text]
    assert holding
    assert not [text for text in holding if "禁发" not in text]
    card = crawl(show(demo, "pages/screens/district.py", place="shifan"))
    assert [text.text for text in card.values() if "95.2" in text.text and "禁发" in text.text]
