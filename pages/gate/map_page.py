"""The page of the map screen, served beside the screens so that it is sent once and never again with a rerun.

A screen puts ``map_address(...)`` into an iframe; the address carries everything the page depends on and a mark of its content,
so a browser may keep it for good. Leaflet comes from the installed package.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from etl.errors import FormulaError, LivelihoodError
from etl.language import CHINESE, in_language, is_chinese, language
from etl.model import Measure
from etl.release.query_cache import cached_query
from etl.release.tables import SEE_EMBARGOED, Release, now, open_release
from pages.charts.map_leaflet import PageWords, leaflet_page
from pages.charts.map_scene import Scene
from pages.gate.who import who_is_asking
from pages.queries.boundaries import MapRequest, is_rate, map_credit, map_marks, mark_sources, outlines, points
from pages.queries.numbers import names
from pages.wording import maps
from pages.wording.catalog import LANGUAGES, _
from pages.wording.titles import named_title

PAGE = "/maps/page"
PLACE_SCREEN = "district"
DARK = "dark"
RELEASE = re.compile("r[0-9a-f]{12}")
FOR_GOOD = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"


def map_page(release: Release, request: MapRequest, *, language: str = CHINESE, is_dark: bool = False) -> str:
    """The HTML page of one number on the map; kept for everyone who sees the same rows of the release. A city without
    outlines gets the strip of tiles alone, with a word why. Raises FormulaError for what is no selector."""
    with in_language(language if language in LANGUAGES else CHINESE):
        return _page(release, request, is_dark)


def map_address(release: Release, request: MapRequest, *, language: str = CHINESE, theme: str = "light") -> str:
    """Where :func:`map_page` is served, relative to the server's root; other content has another address."""
    page = map_page(release, request, language=language, is_dark=theme == DARK)
    asked = asdict(request) | {"language": language, "theme": theme}
    given = {name: value for name, value in asked.items() if value}
    content = hashlib.sha256(page.encode()).hexdigest()[:12]
    return f"{PAGE}?{urlencode({'release': release.id, **given, 'content': content})}"


@cached_query
def marks_on_map(release: Release, request: MapRequest) -> tuple[maps.MapMark, ...]:
    """The marks of one number over the parts of the city, with their words."""
    marks = map_marks(release, request)
    return maps.map_words(marks, mark_sources(release, marks))


def map_scene(release: Release, request: MapRequest, *, is_dark: bool = False, detail: int = 0) -> Scene:
    """One number on the outlines of the city; ``detail`` as in pages.queries.boundaries.outlines."""
    marks, rate = marks_on_map(release, request), is_rate(release, request.indicator)
    return Scene(
        marks=marks,
        outlines=outlines(release, detail=detail),
        legend=maps.legend_of(marks, rate=rate),
        strip=maps.strip_title(),
        credit=maps.credit_text(map_credit(release)),
        rate=rate,
        dark=is_dark,
    )


@cached_query
def _page(release: Release, request: MapRequest, is_dark: bool) -> str:
    scene, facilities = map_scene(release, request, is_dark=is_dark), points(release)
    words = PageWords(
        lang="zh-CN" if is_chinese() else language(),
        title=named_title(
            names(release, "indicators").get(request.indicator, request.indicator),
            scene.marks,
            names(release, "places").get(release.city.place, ""),
        ),
        note=maps.without_number(scene.marks),
        warning=_("Simulated data: this city is made up, none of its numbers has been published by anyone.")
        if release.synthetic
        else "",
        empty=maps.no_outline(),
        facilities=maps.facilities_text(len(facilities)),
        zoom_in=_("Zoom in"),
        zoom_out=_("Zoom out"),
    )
    kept = {"release": release.id} | ({} if is_chinese() else {"lang": language()})
    return leaflet_page(
        scene,
        points=facilities,
        links={mark.place: f"../{PLACE_SCREEN}?{urlencode({'place': mark.place, **kept})}" for mark in scene.marks},
        words=words,
        assets=_assets().removeprefix(f"{PAGE.rpartition('/')[0]}/"),
    )


def map_routes() -> list[BaseRoute]:
    """The routes of the page and of Leaflet, to stand beside the screens' own."""
    return [Route(PAGE, _serve_page), Route(f"{_assets()}/{{name:path}}", _serve_asset)]


def _serve_page(request: Request) -> Response:
    params = request.query_params
    who = who_is_asking()
    named = params.get("release", "")
    if named and not RELEASE.fullmatch(named):
        return PlainTextResponse("没有这个发布批次。", 404)
    try:
        release = open_release(who, now(), named or None)
        wanted = MapRequest(*(params.get(name, "") for name in ("indicator", "measure", "period", "as_of")))
        known = set(release.table("indicators")["indicator"])
        if wanted.indicator not in known or wanted.measure not in ("", *Measure):
            return PlainTextResponse("没有这个指标或性质。", 404)
        asked_language = params.get("lang", params.get("language", CHINESE))
        page = map_page(release, wanted, language=asked_language, is_dark=params.get("theme") == DARK)
    except FormulaError as error:
        return PlainTextResponse(str(error), 400)
    except LivelihoodError as error:
        return PlainTextResponse(str(error), 404)
    stays = bool(named) and "content" in params and SEE_EMBARGOED in who.rights
    return HTMLResponse(page, headers={"cache-control": FOR_GOOD if stays else ASK_AGAIN})


def _serve_asset(request: Request) -> Response:
    path = _asset_files().get(request.path_params["name"])
    if path is None:
        return PlainTextResponse("", 404)
    return FileResponse(path, headers={"cache-control": FOR_GOOD.replace("private", "public")})


def _assets() -> str:
    """Where Leaflet is served; another version of it has another address."""
    from xstatic.pkg import leaflet  # noqa: PLC0415

    return f"{PAGE.rpartition('/')[0]}/leaflet-{leaflet.VERSION}"


@cache
def _asset_files() -> dict[str, Path]:
    """Name -> file of everything the package ships: nothing else can be asked for."""
    from xstatic.pkg import leaflet  # noqa: PLC0415

    home = Path(leaflet.BASE_DIR)
    return {path.relative_to(home).as_posix(): path for path in home.rglob("*") if path.is_file()}
