"""The map's own page as a browser draws it: paths drawn, nothing asked of anyone else, names shown as they are."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from etl.build import build
from etl.model import Facility, Outline, State
from etl.release.tables import LAPTOP, Release, now, open_release
from pages.charts.map_leaflet import PageWords, leaflet_page
from pages.charts.map_scene import Scene
from pages.gate.map_page import map_address, map_page, map_routes
from pages.queries.boundaries import MapRequest
from pages.wording.maps import MapMark

SHOTS = Path(__file__).resolve().parents[1] / "shots"
HOSTILE = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>'
PLAN = MapRequest("standardised_communities", "plan", "2019")
SANDBOX = "allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-same-origin allow-scripts allow-downloads"
"""What Streamlit lets a page in an iframe do."""


def hostile_page(_):
    ring = ((113.0, 34.0), (114.0, 34.0), (114.0, 35.0), (113.0, 35.0), (113.0, 34.0))
    marks = tuple(
        MapMark(
            place=place,
            value=value,
            state=State.PLANNED,
            qualifier="exact",
            label=HOSTILE,
            text=HOSTILE,
            hover=HOSTILE,
        )
        for place, value in (("a", Decimal(3)), ("b", None))
    )
    scene = Scene(
        marks=marks,
        outlines=(Outline("a", ((ring,),), (113.5, 34.5), 1.0),),
        legend=[("planned", HOSTILE)],
        strip=HOSTILE,
        credit=HOSTILE,
    )
    point = Facility("f", HOSTILE, "", "", "a", HOSTILE, "", 113.2, 34.2, "", None, "")
    words = PageWords(lang="zh-CN", title=HOSTILE, note=HOSTILE, facilities=HOSTILE)
    assets = map_routes()[1].path.removeprefix("/maps/").partition("/")[0]
    return HTMLResponse(leaflet_page(scene, points=(point,), links={"a": HOSTILE}, words=words, assets=assets))


def framed(request):
    source = request.query_params["src"]
    return HTMLResponse(
        f'<body><iframe sandbox="{SANDBOX}" style="width:100%;height:600px" src="{source}"></iframe></body>'
    )


def district(request):
    return HTMLResponse(f"<h1>{request.query_params['place']}</h1>")


@pytest.fixture(scope="module")
def release(real: Path) -> Release:
    build(real)
    return open_release(LAPTOP, now(), folder=real)


@pytest.fixture(scope="module")
def address(release: Release) -> Iterator[str]:
    """Where a small application with nothing but the map's routes answers."""
    mine = pytest.MonkeyPatch()
    mine.setenv("LIVELIHOOD_DATA", str(release.folder))
    own = [Route("/maps/hostile", hostile_page), Route("/framed", framed), Route("/district", district)]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=[*map_routes(), *own]), port=port, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=20)
    mine.undo()


class Seen:
    def __init__(self, page):
        self.page, self.outside, self.errors, self.dialogs = page, [], [], []
        page.on(
            "request",
            lambda request: None if request.url.startswith("http://127.0.0.1:") else self.outside.append(request.url),
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda said: (
                self.errors.append(said.text)
                if said.type == "error" and "favicon" not in said.location["url"]
                else None
            ),
        )
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def shot(self, name):
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=str(SHOTS / f"map-{name}.png"))


@pytest.fixture
def look(chromium):
    contexts = []

    def at(url, width=1100, height=680):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        seen = Seen(context.new_page())
        seen.page.goto(url)
        return seen

    yield at
    for context in contexts:
        context.close()


def districts(page):
    page.wait_for_selector("path.leaflet-interactive[aria-label]")
    return page.locator("path.leaflet-interactive[aria-label]")


@pytest.mark.parametrize(
    ("name", "more", "width"),
    [("wide", {}, 1100), ("dark", {"theme": "dark"}, 1100), ("english", {"language": "en"}, 900), ("390", {}, 390)],
)
def test_districts_are_drawn_and_nobody_else_is_asked(address, release, look, name, more, width):
    seen = look(address + map_address(release, PLAN, **more), width=width)
    assert districts(seen.page).count() == 6
    assert seen.page.locator("path.leaflet-interactive:not([aria-label])").count() == 3, "one symbol a count"
    assert all(
        len(path) > 40 for path in districts(seen.page).evaluate_all("all => all.map(path => path.getAttribute('d'))")
    )
    assert seen.page.locator(".tile").count() == 3
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    seen.shot(name)
    assert seen.outside == []
    assert seen.errors == []


def test_the_legend_credit_and_states_stand_on_the_page(address, release, look):
    page = look(address + map_address(release, PLAN)).page
    districts(page)
    said = page.inner_text("body")
    for text in (
        "计划（5）",
        "实为0（0）",
        "不在计划（4）",
        "未公布（0）",
        "内部参考",
        "高德",
        "GCJ-02（推断）",
        "9个地区中4个不在计划",
    ):
        assert text in said
    hatched = districts(page).evaluate_all(
        "all => all.filter(path => path.getAttribute('fill').startsWith('url(')).length"
    )
    assert hatched == 3


def test_an_enclave_is_drawn_on_top_of_what_surrounds_it(address, release, look):
    page = look(address + map_address(release, PLAN)).page
    paths = districts(page)
    boxes = [paths.nth(at).bounding_box() for at in range(paths.count())]
    inside = [
        (at, other)
        for at, one in enumerate(boxes)
        for other, two in enumerate(boxes)
        if at != other and two["x"] < one["x"] and two["y"] < one["y"]
        and one["x"] + one["width"] < two["x"] + two["width"] and one["y"] + one["height"] < two["y"] + two["height"]
    ]  # fmt: skip
    assert inside
    assert all(at > other for at, other in inside)


def test_hovering_tells_value_source_and_day(address, release, look):
    page = look(address + map_address(release, PLAN)).page
    spot = page.locator("path.leaflet-interactive:not([aria-label])").first
    spot.hover()
    told = page.wait_for_selector(".leaflet-tooltip").inner_text()
    assert re.search(r"计划\d+个", told)
    assert "来源：" in told
    assert "截至2019年3月21日" in told


def test_a_click_inside_the_frame_leads_the_window_to_the_district(address, release, look):
    page = look(f"{address}/framed?src={quote(map_address(release, PLAN))}").page
    frame = page.frame_locator("iframe")
    frame.locator("path.leaflet-interactive:not([aria-label])").first.click()
    page.wait_for_url("**/district?*")
    assert page.inner_text("h1") in release.city.order


def test_a_district_is_reached_by_keyboard(address, release, look):
    page = look(address + map_address(release, PLAN)).page
    districts(page).first.focus()
    assert page.locator(".leaflet-tooltip").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/district?*")


def test_a_tile_leads_to_its_district(address, release, look):
    page = look(address + map_address(release, PLAN)).page
    page.locator(".tile").first.click()
    page.wait_for_url("**/district?*")


def test_hostile_names_are_shown_as_they_are(address, look):
    seen = look(f"{address}/maps/hostile")
    districts(seen.page).first.hover(position={"x": 30, "y": 300})
    seen.page.wait_for_selector(".leaflet-tooltip")
    assert seen.page.locator(".leaflet-tooltip").inner_text().strip() == HOSTILE
    assert seen.page.locator("img").count() == 0
    assert HOSTILE in seen.page.locator(".label").inner_text()
    assert HOSTILE in seen.page.locator(".tile").inner_text()
    seen.shot("hostile")
    assert seen.dialogs == []
    assert seen.errors == []


def test_pages_and_assets_may_be_kept_and_nothing_else_is_served(address, release, chromium):
    context = chromium.new_context()
    ask = context.request
    page = ask.get(address + map_address(release, PLAN))
    assert page.ok
    assert "immutable" in page.headers["cache-control"]
    assert page.text() == map_page(release, PLAN)
    script = ask.get(f"{address}{map_routes()[1].path.replace('{name:path}', 'leaflet.js')}")
    assert script.ok
    assert "immutable" in script.headers["cache-control"]
    assert "immutable" not in ask.get(f"{address}/maps/page?indicator={PLAN.indicator}").headers["cache-control"]
    for path, status in (
        ("/maps/page", 404), ("/maps/page?indicator=nothing", 404), (f"/maps/page?indicator={PLAN.indicator}&measure=x", 404),
        (f"/maps/page?indicator={PLAN.indicator}&period=x", 400), (f"/maps/page?indicator={PLAN.indicator}&release=../x", 404),
        (map_routes()[1].path.replace("{name:path}", "..%2f__init__.py"), 404),
    ):  # fmt: skip
        assert ask.get(address + path).status == status, path
    context.close()


def test_a_page_is_made_once(release):
    map_page(release, PLAN)
    start = time.perf_counter()
    map_page(release, PLAN)
    assert time.perf_counter() - start < 0.05
