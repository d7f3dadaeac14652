"""The page of the map screen: folium's Leaflet with every request kept on this machine.

No tiles, no attribution control, Leaflet from the address given as ``assets``; patterns are SVG in the page itself. Every
string of the data is escaped here, once, because folium and Leaflet take labels and tooltips for HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from etl.model import State
from pages.charts.fonts import IN_SVG
from pages.charts.maps_style import RATE, ZERO, Paint, digits, paint, radius, shade, swatch
from pages.charts.palette import CLEAR, palette
from pages.charts.svg import pattern
from pages.wording.literal import in_html

Legend = Sequence[tuple[str, str]]
Mark = Mapping[str, Any]

LABEL_WIDE, LABEL_HIGH = 130, 44
POINT_RADIUS = 4
_FIXED = re.compile(r",\s*(initial-scale=1.0, )?maximum-scale=1.0, user-scalable=no")
"""What folium says to forbid zooming with two fingers, which some people need."""


@dataclass(frozen=True)
class PageWords:
    """The words around a map, in the page's language."""

    lang: str
    title: str
    strip: str = ""
    credit: str = ""
    note: str = ""
    warning: str = ""
    empty: str = ""
    facilities: str = ""
    zoom_in: str = "+"
    zoom_out: str = "-"


def leaflet_page(
    *,
    marks: pd.DataFrame,
    outlines: pd.DataFrame,
    points: pd.DataFrame,
    legend: Legend,
    links: Mapping[str, str],
    words: PageWords,
    assets: str,
    rate: bool = False,
    dark: bool = False,
) -> str:
    """A whole HTML page: the map, a strip of the places without an outline beside it, legend and credit below.

    ``marks`` (pages.wording.maps.map_words) are painted on ``outlines``, ``points`` (facilities) stand on top; ``links`` lead from a
    place to its screen, relative to the page; ``assets`` is where leaflet.js and leaflet.css are served. The same arguments give the
    same page.
    """
    rows = [{str(name): value for name, value in row.items()} for row in marks.to_dict("records")]
    fills = _Fills(rows, rate=rate, dark=dark)
    by_place = {row["place"]: row for row in rows}
    drawn = [row for row in outlines.to_dict("records") if row["place"] in by_place]
    beside = [row for row in rows if row["place"] not in {each["place"] for each in drawn}]
    head, body, script = (
        _map(drawn, by_place, points, fills, links, assets=assets, rate=rate) if drawn else ("", "", "")
    )
    pieces = [
        _piece("p", words.warning, "warning"),
        f"<main>{_canvas(body, words)}{_strip(beside, words.strip, fills, links)}</main>",
        f"<ul class='legend'>{''.join(_swatch(fills, *each) for each in legend)}{_points_swatch(points, words)}</ul>",
        _piece("p", words.note),
        _piece("p", words.credit, "credit"),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{in_html(words.lang)}"><head><meta charset="utf-8"><title>{in_html(words.title)}</title>'
        f"{head}<style>{_style(dark)}</style></head><body>{fills.definitions()}"
        f"{''.join(pieces)}<script>{_GO}{script}{_finish(words) if drawn else ''}</script></body></html>\n"
    )


@dataclass
class _Fills:
    """Which fill each mark has, and the SVG patterns they need."""

    rows: Sequence[Mark]
    rate: bool
    dark: bool
    used: dict[Paint, str] = field(default_factory=dict)

    def of(self, row: Mark) -> tuple[str, str]:
        """Fill and edge of a mark's polygon or tile."""
        own = paint(str(row["state"]), dark=self.dark)
        if self.rate and row["value"] is not None:
            values = [each["value"] for each in self.rows if each["value"] is not None]
            ground = shade(row["value"], min(values), max(values), dark=self.dark)
            own = Paint(ground, own.pattern, own.ink, own.edge, own.size, own.solidity)
        return self.named(own), own.edge

    def named(self, own: Paint) -> str:
        """The colour of a plain fill, or a reference to its pattern."""
        if not own.pattern:
            return "transparent" if own.ground == CLEAR else own.ground
        return f"url(#{self.used.setdefault(own, f'fill{len(self.used)}')})"

    def definitions(self) -> str:
        """The patterns, in a picture of no size."""
        patterns = "".join(
            pattern(name, own.pattern, ink=own.ink, ground=own.ground, size=own.size, solidity=own.solidity)
            for own, name in self.used.items()
        )
        return f'<svg width="0" height="0" class="patterns" aria-hidden="true">{patterns}</svg>'


def _map(
    drawn: Sequence[Mapping[Any, Any]],
    by_place: Mapping[str, Mark],
    points: pd.DataFrame,
    fills: _Fills,
    links: Mapping[str, str],
    *,
    assets: str,
    rate: bool,
) -> tuple[str, str, str]:
    """Head, body and script of folium's map."""
    import folium  # noqa: PLC0415 - slow to import, and needed for this page alone

    class Offline(folium.Map):
        default_js = [("leaflet_js", f"{assets}/leaflet.js")]  # noqa: RUF012 - folium's own attribute
        default_css = [("leaflet_css", f"{assets}/leaflet.css")]  # noqa: RUF012

    chart = Offline(tiles=None, attributionControl=False, zoomSnap=0.1, zoomDelta=0.5, scrollWheelZoom=False)
    colours = palette(dark=fills.dark)
    shapes = [_feature(row, by_place[row["place"]], links) for row in drawn]
    styles = {row["place"]: _look(*fills.of(by_place[row["place"]])) for row in drawn}
    _add(chart, "outlines", shapes, styles)
    if len(points):
        places = [_facility(row) for row in points.to_dict("records")]
        dot = {
            "radius": POINT_RADIUS,
            "fill": True,
            "fillColor": colours.ink,
            "fillOpacity": 1,
            "color": _ground(fills.dark),
        }
        _add(chart, "points", places, {each["id"]: dot for each in places}, marker=folium.CircleMarker())
    highest = max((row["value"] for row in by_place.values() if row["value"] is not None), default=Decimal(0))
    counted = [row for row in drawn if by_place[row["place"]]["value"] is not None and not rate]
    symbols = {row["place"]: _symbol(by_place[row["place"]], highest, fills.dark) for row in counted}
    if counted:
        spots = [_spot(row["label"], by_place[row["place"]], links) for row in counted]
        _add(chart, "symbols", spots, symbols, marker=folium.CircleMarker())
    for at, row in enumerate(drawn):
        size = symbols[row["place"]]["radius"] if row["place"] in symbols else 0.0
        _add_label(chart, at, row["label"], by_place[row["place"]], size)
    edges = [point for row in drawn for part in row["parts"] for point in part[0]]
    low, high = (tuple(pick(point[at] for point in edges) for at in (1, 0)) for pick in (min, max))
    chart.fit_bounds([low, high], padding=(6, 6))
    _name(chart, "districts")
    figure: Any = chart.get_root()
    figure.render()
    return _FIXED.sub("", figure.header.render()), figure.html.render(), figure.script.render()


def _name(element: Any, name: str) -> None:
    """Fixed names for folium's elements, which have random ones, so that the same map is the same page."""
    element._id = name
    for at, child in enumerate(element._children.values()):
        _name(child, f"{name}_{at}")


def _add(
    chart: Any,
    name: str,
    features: Sequence[dict[str, Any]],
    styles: Mapping[str, Mapping[str, Any]],
    *,
    marker: Any = None,
) -> None:
    import folium  # noqa: PLC0415
    from folium.utilities import JsCode  # noqa: PLC0415

    def style(feature: Mapping[str, Any]) -> Mapping[str, Any]:
        return styles[str(feature["id"])]

    folium.GeoJson(
        {"type": "FeatureCollection", "features": list(features)},
        name=name,
        style_function=style,
        marker=marker,
        tooltip=folium.GeoJsonTooltip(fields=["hover"], labels=False, class_name="told"),
        on_each_feature=JsCode("reachable"),
    ).add_to(chart)


def _feature(outline: Mapping[Any, Any], row: Mark, links: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": outline["place"],
        "properties": _properties(row, links),
        "geometry": {"type": "MultiPolygon", "coordinates": outline["parts"]},
    }


def _spot(at: tuple[float, float], row: Mark, links: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row["place"],
        "properties": {**_properties(row, links), "label": ""},
        "geometry": {"type": "Point", "coordinates": at},
    }


def _properties(row: Mark, links: Mapping[str, str]) -> dict[str, str]:
    label = f"{row['label']} {row['text']}"
    return {"hover": _lines(str(row["hover"])), "label": label, "link": links.get(str(row["place"]), "")}


def _facility(row: Mapping[Any, Any]) -> dict[str, Any]:
    hover = _lines(f"{row['facility_name']}\n{row['place_name']}")
    return {
        "type": "Feature",
        "id": row["facility"],
        "properties": {"hover": hover, "label": "", "link": ""},
        "geometry": {"type": "Point", "coordinates": (row["lon"], row["lat"])},
    }


def _look(fill: str, edge: str) -> dict[str, Any]:
    return {"fillColor": fill, "fillOpacity": 1, "color": edge, "weight": 1.2}


def _symbol(row: Mark, highest: Decimal, dark: bool) -> dict[str, Any]:
    colours = palette(dark=dark)
    inside = digits(row["value"], str(row["qualifier"]))
    size = max(radius(row["value"], highest), 4 + 4.5 * len(inside))
    is_done = row["state"] == State.DONE and bool(row["value"])
    fill = colours.done if is_done else colours.tint if row["value"] else _ground(dark)
    return {
        "radius": round(size, 1),
        "fill": True,
        "fillColor": fill,
        "fillOpacity": 1,
        "color": colours.done,
        "weight": 1.6,
    }


def _add_label(chart: Any, at: int, point: tuple[float, float], row: Mark, size: float) -> None:
    import folium  # noqa: PLC0415

    inside = digits(row["value"], str(row["qualifier"])) if size else ""
    solid = " solid" if row["state"] == State.DONE and row["value"] else ""
    number = f'<b class="inside{solid}">{in_html(inside)}</b>' if inside else ""
    second = "" if inside else f"<br><b>{in_html(row['text'])}</b>"
    top = f' style="top:{LABEL_HIGH / 2 + size + 2:.0f}px;transform:translateX(-50%)"' if size else ""
    words = f'{number}<span class="name"{top}>{in_html(row["label"])}{second}</span>'
    icon = folium.DivIcon(
        html=words,
        icon_size=(LABEL_WIDE, LABEL_HIGH),
        icon_anchor=(LABEL_WIDE // 2, LABEL_HIGH // 2),
        class_name="label",
    )
    folium.Marker((point[1], point[0]), icon=icon, interactive=False, keyboard=False, z_index_offset=at).add_to(chart)


def _canvas(body: str, words: PageWords) -> str:
    label = f'role="region" aria-label="{in_html(words.title)}"'
    return f"<div class='map' {label}>{body}</div>" if body else _piece("p", words.empty, "empty")


def _strip(rows: Sequence[Mark], title: str, fills: _Fills, links: Mapping[str, str]) -> str:
    if not rows:
        return ""
    tiles = "".join(_tile(row, fills, links) for row in rows)
    return f"<aside>{_piece('h2', title)}{tiles}</aside>"


def _tile(row: Mark, fills: _Fills, links: Mapping[str, str]) -> str:
    band = _picture(*fills.of(row), "100%")
    text = f"<span>{in_html(row['label'])}<br><b>{in_html(row['text'])}</b></span>"
    link = links.get(str(row["place"]), "")
    return f'<a class="tile" data-link="{in_html(link)}" href="{in_html(link)}" title="{in_html(row["hover"])}">{band}{text}</a>'


def _swatch(fills: _Fills, state: str, words: str) -> str:
    own = swatch(state, dark=fills.dark)
    inside = ""
    if state == ZERO:
        inside = '<text x="50%" y="75%" text-anchor="middle" font-size="11" fill="currentColor">0</text>'
    if state == RATE:
        fullest = swatch(state, dark=fills.dark, highest=True).ground
        inside = f'<rect x="11" y="0.6" width="10.4" height="13.8" fill="{fullest}"/>'
    return f"<li>{_picture(fills.named(own), own.edge, '15', inside)}{in_html(words)}</li>"


def _points_swatch(points: pd.DataFrame, words: PageWords) -> str:
    return f"<li><i class='point'></i>{in_html(words.facilities)}</li>" if len(points) else ""


def _picture(fill: str, edge: str, height: str, inside: str = "") -> str:
    return (
        f'<svg class="swatch" width="22" height="{height}" aria-hidden="true"><rect x="0.6" y="0.6" width="20.8" '
        f'height="calc({height}{"" if height.endswith("%") else "px"} - 1.2px)" style="height:calc({height}'
        f'{"" if height.endswith("%") else "px"} - 1.2px)" fill="{in_html(fill)}" stroke="{in_html(edge)}"/>{inside}</svg>'
    )


def _piece(tag: str, text: str, name: str = "") -> str:
    own = f' class="{name}"' if name else ""
    return f"<{tag}{own}>{in_html(text)}</{tag}>" if text else ""


def _lines(text: str) -> str:
    return "<br>".join(in_html(line) for line in text.split("\n"))


def _ground(dark: bool) -> str:
    return "#0F1722" if dark else "#FFFFFF"


def _finish(words: PageWords) -> str:
    """Names for the zoom buttons, and the whole city in sight whenever the page changes its size."""
    names = "".join(
        f"document.querySelector('.leaflet-control-zoom-{way}').title = {_script_text(text)};"
        for way, text in (("in", words.zoom_in), ("out", words.zoom_out))
    )
    return f"{names} whole(map_districts);"


def _script_text(text: str) -> str:
    """``text`` as a JavaScript string that no HTML parser mistakes for markup."""
    return '"' + "".join(f"\\u{ord(letter):04x}" for letter in text if ord(letter) < 0x10000) + '"'


_GO = """
function go(link) {
  if (!link) return;
  const address = new URL(link, document.baseURI).href;
  try {  // the frame around this page may not be navigated from inside, but a link of its own document may be followed
    const a = window.parent.document.createElement('a');
    a.href = address; a.style.display = 'none';
    window.parent.document.body.appendChild(a); a.click(); a.remove();
  } catch (refused) { window.open(address, '_blank'); }
}
function reachable(feature, layer) {
  const said = feature.properties;
  layer.on('click', () => go(said.link));
  layer.on('add', () => {
    const path = layer.getElement();
    if (!path || !said.label) return;
    path.setAttribute('tabindex', '0');
    path.setAttribute('role', said.link ? 'link' : 'img');
    path.setAttribute('aria-label', said.label);
    path.addEventListener('keydown', (key) => { if (key.key === 'Enter') go(said.link); });
    path.addEventListener('focus', () => layer.openTooltip());
    path.addEventListener('blur', () => layer.closeTooltip());
  });
}
function whole(map) {
  const bounds = L.latLngBounds([]);
  map.eachLayer((layer) => { if (layer.getBounds) bounds.extend(layer.getBounds()); });
  map.on('resize', () => map.fitBounds(bounds, {padding: [6, 6]}));
}
document.addEventListener('click', (event) => {
  const tile = event.target.closest('a[data-link]');
  if (tile) { event.preventDefault(); go(tile.dataset.link); }
});
"""


def _style(dark: bool) -> str:
    colours = palette(dark=dark)
    ground = _ground(dark)
    shadow = "15,23,34" if dark else "255,255,255"
    return f"""
html, body {{ height: 100%; margin: 0; background: {ground}; color: {colours.ink}; font: 14px/1.4 {IN_SVG}; }}
body {{ display: flex; flex-direction: column; gap: 8px; box-sizing: border-box; padding: 4px; }}
.patterns {{ position: absolute; }}
main {{ flex: 1; display: flex; gap: 10px; min-height: 220px; }}
.map {{ flex: 1; position: relative; min-width: 0; }}
.leaflet-container {{ background: {ground}; font: inherit; }}
.leaflet-interactive:focus-visible {{ outline: none; stroke-width: 4px; }}
.leaflet-bar a {{ background: {ground}; color: {colours.ink}; border-color: {colours.quiet}; }}
.leaflet-tooltip.told {{ background: {ground}; color: {colours.ink}; border-color: {colours.unknown}; white-space: normal;
  width: max-content; max-width: 320px; }}
.leaflet-tooltip.told::before {{ display: none; }}
.label {{ pointer-events: none; text-align: center; }}
.label .name {{ position: absolute; left: 50%; top: 50%; transform: translate(-50%, -50%); white-space: nowrap; padding: 0 3px;
  line-height: 1.25; background: rgba({shadow},0.78); border-radius: 3px; }}
.label .inside {{ position: absolute; left: 0; right: 0; top: 50%; transform: translateY(-50%); }}
.label .inside.solid {{ color: {ground}; }}
aside {{ width: 150px; display: flex; flex-direction: column; gap: 8px; overflow: auto; }}
h2 {{ font-size: 13px; margin: 0; font-weight: 600; }}
.tile {{ display: flex; gap: 8px; min-height: 52px; border: 1px solid {colours.unknown}; color: inherit; text-decoration: none; }}
.tile span {{ align-self: center; padding: 2px 4px; }}
.tile:focus-visible, a:focus-visible {{ outline: 3px solid {colours.done}; }}
.legend {{ display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0; padding: 0; list-style: none; font-size: 13px; }}
.legend li {{ display: flex; gap: 6px; align-items: center; }}
.point {{ width: 8px; height: 8px; border-radius: 50%; background: {colours.ink}; }}
.swatch {{ flex: none; }}
p {{ margin: 0; font-size: 13px; }}
.credit {{ color: {colours.unknown}; font-size: 12px; }}
.warning {{ border: 2px solid {colours.unknown}; font-weight: 700; padding: 2px 8px; }}
.empty {{ flex: 1; align-self: center; text-align: center; }}
@media (max-width: 560px) {{ main {{ flex-direction: column; }} .map {{ min-height: 240px; }}
  aside {{ width: auto; flex-flow: row wrap; }} h2 {{ width: 100%; }} .tile {{ flex: 1 1 100px; }} }}
"""
