"""Both screens as a browser draws them: nothing leaves this machine, nothing complains, every size is looked at."""

import urllib.request

import pypdfium2
import pytest

PAGES = {"overview": "/", "sources": "/sources", "checks": "/sources?part=checks", "absences": "/sources?part=absences"}


INK_OF_A_TICK = """() => {
    const tick = document.querySelector('[data-testid=stPlotlyChart] .xtick text, [data-testid=stPlotlyChart] .ytick text');
    return tick && getComputedStyle(tick).fill;
}"""
"""Empty while a chart is being drawn, and again while it is drawn anew."""


SIZES_OF_NUMBERS = """() => {
    const shown = [...document.querySelectorAll('[class*=st-key-card_] > :first-child p:nth-of-type(2)')];
    return shown.length && shown.map(each => parseFloat(getComputedStyle(each).fontSize));
}"""


def quiet(seen):
    assert seen.outside == []
    assert seen.errors == []
    assert not [url for url in seen.failed if "_stcore/" not in url]


@pytest.mark.parametrize("page", PAGES)
def test_a_screen_is_drawn_on_real_data(page, real, served, visit):
    seen = visit(served(real) + PAGES[page])
    assert seen.page.locator("h1").inner_text()
    assert seen.page.locator("[data-testid=stException]").count() == 0
    if page == "overview":
        assert seen.page.locator("[data-testid=stPlotlyChart] .bars path").count() >= 12
        assert seen.page.locator("[data-testid=stPlotlyChart] .points path").count() >= 4
        assert seen.page.locator("[class*=st-key-card_] > :first-child p:nth-of-type(2)").count() >= 5
    seen.shot(f"{page}-wide")
    quiet(seen)


def test_the_front_page_opens_by_its_name_and_keeps_what_the_link_asks_for(real, served, visit):
    plain, named = (visit(f"{served(real)}/{name}?lang=en") for name in ("", "overview"))
    assert named.page.url == plain.page.url
    assert named.page.locator("h1").inner_text() == plain.page.locator("h1").inner_text()
    quiet(named)


@pytest.mark.parametrize("page", ["overview", "sources"])
def test_a_screen_is_drawn_on_an_empty_city(page, new_city, served, visit):
    seen = visit(served(new_city) + PAGES[page])
    assert seen.page.locator("[class*=st-key-empty_]").count() >= 1
    seen.shot(f"{page}-empty")
    quiet(seen)


@pytest.mark.parametrize("page", ["overview", "sources"])
def test_a_telephone_shows_everything_without_scrolling_sideways(page, real, served, visit):
    seen = visit(served(real) + PAGES[page], width=390, height=844)
    wide = seen.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    cards = seen.page.locator("[class*=st-key-card_]")
    assert all(cards.nth(at).bounding_box()["width"] <= 390 for at in range(cards.count()))
    seen.shot(f"{page}-390")


def test_the_dark_theme_is_dark_and_readable(real, served, visit):
    seen = visit(served(real) + "/", dark=True)
    assert (
        seen.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
        == "rgb(15, 23, 34)"
    )
    ink = seen.page.wait_for_function(INK_OF_A_TICK).json_value()
    assert ink == "rgb(232, 237, 244)"
    seen.shot("overview-dark")


def test_print_is_clean(real, served, visit):
    seen = visit(served(real) + "/", width=700, height=1000)
    seen.page.emulate_media(media="print")
    seen.page.wait_for_timeout(500)
    for hidden in ("stSidebar", "stHeader", "stToolbar"):
        assert not seen.page.locator(f"[data-testid={hidden}]").first.is_visible()
    sizes = seen.page.wait_for_function(SIZES_OF_NUMBERS).json_value()
    assert min(sizes) > 20
    assert "来源" in seen.page.locator(".stMain").inner_text()
    seen.shot("overview-print")


def test_paper_cuts_off_no_chart(real, served, visit):
    seen = visit(served(real) + "/", width=1920)
    seen.page.wait_for_function(INK_OF_A_TICK)
    paper = pypdfium2.PdfDocument(seen.page.pdf(format="A4"))
    longest = "计划20个"  # the label behind the longest bar
    places = []
    for page in paper:
        text = page.get_textpage()
        search = text.search(longest)
        while found := search.get_next():
            right = max(text.get_charbox(found[0] + at)[2] for at in range(len(longest)))
            places.append(right / page.get_width())
    assert places
    assert max(places) < 0.95


def test_back_undoes_the_last_choice(real, served, visit):
    seen = visit(served(real) + "/sources")
    page = seen.page
    for choice in ("对账", "未公布"):
        page.get_by_role("radio", name=choice).click()
        page.wait_for_selector(".st-key-list_checks, .st-key-list_absences")
    page.wait_for_selector(".st-key-list_absences")
    assert "part=absences" in page.url
    page.go_back()
    page.wait_for_selector(".st-key-list_checks")
    assert "part=checks" in page.url
    page.go_forward()
    page.wait_for_selector(".st-key-list_absences")


def test_a_number_leads_to_its_source_in_one_click_and_english_goes_along(real, served, visit):
    seen = visit(served(real) + "/?lang=en")
    page = seen.page
    page.locator("[class*=st-key-card_] [data-testid=stPageLink] a").first.click()
    page.wait_for_selector("[class*=st-key-detail_], .st-key-line_asked")
    assert "/sources?" in page.url
    assert "observation=" in page.url
    assert "lang=en" in page.url
    assert page.locator("h1").inner_text() == "Sources and definitions"
    quiet(seen)


def test_every_answer_has_its_headers_and_somebody_can_watch_over_it(real, served, visit):
    address = served(real)
    visit(f"{address}/")
    with urllib.request.urlopen(f"{address}/healthz") as answer:
        assert answer.status == 200
    with urllib.request.urlopen(f"{address}/") as answer:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in answer.headers["content-security-policy"]
