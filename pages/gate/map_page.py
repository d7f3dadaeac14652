"""The page of the map screen, served beside the screens so that it is sent once and never again with a rerun.

A screen puts ``map_address(...)`` into an iframe; the address carries everything the page depends on and a mark of its content,
so a browser may keep it for good. Leaflet comes from the installed package.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
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
from pages.charts.maps_leaflet import PageWords, leaflet_page
from pages.gate.who import who_is_asking
from pages.queries.boundaries import is_rate, map_credit, map_marks, mark_sources, outlines, points
from pages.queries.numbers import names
from pages.wording.catalog import LANGUAGES, _
from pages.wording.maps import (
    credit_text,
    facilities_text,
    legend_of,
    map_words,
    no_outline,
    strip_title,
    without_number,
)
from pages.wording.marks import worded_from_frame
from pages.wording.titles import named_title

PAGE = "/maps/page"
PLACE_SCREEN = "district"
RELEASE = re.compile("r[0-9a-f]{12}")
FOR_GOOD = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"


@dataclass(frozen=True)
class MapRequest:
    """One map: which number, in which words and colours."""

    indicator: str
    measure: str = ""
    period: str = ""
    as_of: str = ""
    language: str = "zh"
    theme: str = "light"


def map_page(
    release: Release,
    *,
    indicator: str,
    measure: str = "",
    period: str = "",
    as_of: str = "",
    language: str = "zh",
    theme: str = "light",
) -> str:
    """The HTML page of one number on the map; kept for everyone who sees the same rows of the release.

    ``measure``, ``period`` and ``as_of`` are written as in selectors, "" for any; ``theme`` is light or dark. A city without outlines
    gets the strip of tiles alone, with a word why. Raises FormulaError for what is no selector.
    """
    return _page(release, MapRequest(indicator, measure, period, as_of, language, theme))


def map_address(release: Release, *, indicator: str, **asked: str) -> str:
    """Where :func:`map_page` is served, relative to the server's root; other content has another address."""
    mark = hashlib.sha256(map_page(release, indicator=indicator, **asked).encode()).hexdigest()[:12]
    given = {name: value for name, value in asked.items() if value}
    params = {"release": release.id, "indicator": indicator, **given, "content": mark}
    return f"{PAGE}?{urlencode(params)}"


def _page(release: Release, asked: MapRequest) -> str:
    with in_language(asked.language if asked.language in LANGUAGES else CHINESE):
        return _drawn_page(release, asked)


@cached_query
def _drawn_page(release: Release, asked: MapRequest) -> str:
    marks = map_marks(release, indicator=asked.indicator, measure=asked.measure, period=asked.period, as_of=asked.as_of)
    marks = map_words(marks, mark_sources(release, marks))
    facilities = points(release)
    rate = is_rate(release, asked.indicator)
    told = PageWords(
        lang="zh-CN" if is_chinese() else language(),
        title=named_title(
            names(release, "indicators").get(asked.indicator, asked.indicator),
            worded_from_frame(marks),
            names(release, "places").get(release.city.place, ""),
        ),
        strip=strip_title(),
        credit=credit_text(map_credit(release)),
        note=without_number(marks),
        warning=_("Simulated data: this city is made up, none of its numbers has been published by anyone.")
        if release.synthetic
        else "",
        empty=no_outline(),
        facilities=facilities_text(len(facilities)),
        zoom_in=_("Zoom in"),
        zoom_out=_("Zoom out"),
    )
    return leaflet_page(
        marks=marks,
        outlines=outlines(release),
        points=facilities,
        legend=legend_of(marks, rate=rate),
        links={place: _link(place, release, asked) for place in marks["place"]},
        words=told,
        assets=_assets().removeprefix(f"{PAGE.rpartition('/')[0]}/"),
        rate=rate,
        dark=asked.theme == "dark",
    )


def _link(place: str, release: Release, asked: MapRequest) -> str:
    kept = {"release": release.id} | ({"lang": asked.language} if asked.language != "zh" else {})
    return f"../{PLACE_SCREEN}?{urlencode({'place': place, **kept})}"


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
        asked = MapRequest(
            params.get("indicator", ""), params.get("measure", ""), params.get("period", ""), params.get("as_of", ""),
            params.get("lang", params.get("language", "zh")), params.get("theme", "light"),
        )  # fmt: skip
        if asked.indicator not in set(release.table("indicators")["indicator"]) or asked.measure not in ("", *Measure):
            return PlainTextResponse("没有这个指标或性质。", 404)
        page = _page(release, asked)
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
