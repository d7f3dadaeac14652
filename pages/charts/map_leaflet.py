"""The page of the map screen: folium's Leaflet with every request kept on this machine.
No tiles, no attribution control, Leaflet from the address given as ``assets``; patterns are SVG in the page itself. Every
string of the data is escaped here, once, because folium and Leaflet take labels and tooltips for HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from etl.model import Facility, LonLat
from pages.charts.fonts import IN_SVG
from pages.charts.map_scene import RATE, ZERO, Scene, Symbol, swatch
from pages.charts.palette import CLEAR, Paint, palette
from pages.charts.svg import pattern
from pages.wording.literal import in_html
from pages.wording.maps import MapMark

if TYPE_CHECKING:
    import folium
    from branca.element import Element

LABEL_WIDE, LABEL_HIGH = 130, 44
_FIXED = re.compile(r",\s*(initial-scale=1.0, )?maximum-scale=1.0, user-scalable=no")
"""What folium says to forbid zooming with two fingers, which some people need."""


@dataclass(frozen=True)
class PageWords:
    """The words around a map, in the page's language."""

    lang: str
    title: str
    note: str = ""
    warning: str = ""
    empty: str = ""
    facilities: str = ""
    zoom_in: str = "+"
    zoom_out: str = "-"


def leaflet_page(
    scene: Scene, *, points: Sequence[Facility], links: Mapping[str, str], words: PageWords, assets: str
) -> str:
    """A whole HTML page: the map, a strip of the places without an outline beside it, legend and credit below.
    ``points`` stand on top; ``links`` lead from a place to its screen, relative to the page; ``assets`` is where leaflet.js and
    leaflet.css are served. The same arguments give the same page."""
    fills = _Fills(scene)
    head, body, script = _map(scene, points, fills, links, assets=assets) if scene.drawn else ("", "", "")
    legend = "".join(_swatch(fills, *entry) for entry in scene.legend)
    dots = f"<li><i class='point'></i>{in_html(words.facilities)}</li>" if points else ""
    label = f'role="region" aria-label="{in_html(words.title)}"'
    canvas = f"<div class='map' {label}>{body}</div>" if body else _piece("p", words.empty, "empty")
    pieces = [
        _piece("p", words.warning, "warning"),
        f"<main>{canvas}{_strip(scene, fills, links)}</main>",
        f"<ul class='legend'>{legend}{dots}</ul>",
        _piece("p", words.note),
        _piece("p", scene.credit, "credit"),
    ]
    return (
        f'<!DOCTYPE html>\n<html lang="{in_html(words.lang)}"><head><meta charset="utf-8"><title>{in_html(words.title)}</title>'
        f"{head}<style>{_style(scene.dark)}</style></head><body>{fills.definitions()}"
        f"{''.join(pieces)}<script>{_GO}{script}{_finish(words) if scene.drawn else ''}</script></body></html>\n"
    )


@dataclass
class _Fills:
    """Which fill each mark has, and the SVG patterns they need."""

    scene: Scene
    used: dict[Paint, str] = field(default_factory=dict)

    def of(self, mark: MapMark) -> tuple[str, str]:
        """Fill and edge of a mark's polygon or tile."""
        paint = self.scene.paint(mark)
        return self.named(paint), paint.edge

    def named(self, paint: Paint) -> str:
        """The colour of a plain fill, or a reference to its pattern."""
        if not paint.pattern:
            return "transparent" if paint.ground == CLEAR else paint.ground
        return f"url(#{self.used.setdefault(paint, f'fill{len(self.used)}')})"

    def definitions(self) -> str:
        """The patterns, in a picture of no size."""
        patterns = "".join(
            pattern(name, paint.pattern, ink=paint.ink, ground=paint.ground, size=paint.size, solidity=paint.solidity)
            for paint, name in self.used.items()
        )
        return f'<svg width="0" height="0" class="patterns" aria-hidden="true">{patterns}</svg>'


def _map(
    scene: Scene, points: Sequence[Facility], fills: _Fills, links: Mapping[str, str], *, assets: str
) -> tuple[str, str, str]:
    """Head, body and script of folium's map."""
    import folium  # noqa: PLC0415 - slow to import, and needed for this page alone
    from branca.element import Figure  # noqa: PLC0415

    class Offline(folium.Map):
        default_js = [("leaflet_js", f"{assets}/leaflet.js")]  # noqa: RUF012 - folium's own attribute
        default_css = [("leaflet_css", f"{assets}/leaflet.css")]  # noqa: RUF012

    chart = Offline(tiles=None, attributionControl=False, zoomSnap=0.1, zoomDelta=0.5, scrollWheelZoom=False)
    fill_and_edge = {outline.place: fills.of(mark) for outline, mark in scene.drawn}
    told = {outline.place: _properties(mark, links) for outline, mark in scene.drawn}
    polygons = [_feature(each.place, "MultiPolygon", each.parts, **told[each.place]) for each, _ in scene.drawn]
    looks: dict[str, Style] = {
        place: {"fillColor": fill, "fillOpacity": 1, "color": edge, "weight": 1.2}
        for place, (fill, edge) in fill_and_edge.items()
    }
    _add(chart, "outlines", polygons, looks)
    if points:
        dot = _dot(4, palette(dark=scene.dark).ink, _ground(scene.dark))
        hovers = [_lines(f"{point.facility_name}\n{point.place_name}") for point in points]
        facilities = [
            _feature(point.facility, "Point", (point.lon, point.lat), hover=hover, label="", link="")
            for point, hover in zip(points, hovers, strict=True)
        ]
        _add(chart, "points", facilities, {point.facility: dot for point in points}, is_dot=True)
    symbols = {outline.place: symbol for outline, mark in scene.drawn if (symbol := scene.symbol(mark))}
    if symbols:
        marked = [outline for outline, _ in scene.drawn if outline.place in symbols]
        spots = [_feature(each.place, "Point", each.label, **told[each.place] | {"label": ""}) for each in marked]
        looks = {place: _symbol(symbol, scene.dark) for place, symbol in symbols.items()}
        _add(chart, "symbols", spots, looks, is_dot=True)
    for order, (outline, mark) in enumerate(scene.drawn):
        _add_label(chart, order, outline.label, mark, symbols.get(outline.place))
    edges = [point for outline, _ in scene.drawn for part in outline.parts for point in part[0]]
    low, high = (tuple(pick(point[axis] for point in edges) for axis in (1, 0)) for pick in (min, max))
    chart.fit_bounds([low, high], padding=(6, 6))
    _name(chart, "districts")
    figure = chart.get_root()
    assert isinstance(figure, Figure)
    figure.render()
    return _FIXED.sub("", figure.header.render()), figure.html.render(), figure.script.render()


def _name(element: Element, name: str) -> None:
    """Fixed names for folium's elements, which have random ones, so that the same map is the same page."""
    element._id = name
    for position, child in enumerate(element._children.values()):
        _name(child, f"{name}_{position}")


GeoJson = dict[str, Any]
Style = dict[str, str | float | bool]


def _add(
    chart: folium.Map, name: str, features: Sequence[GeoJson], styles: Mapping[str, Style], *, is_dot: bool = False
) -> None:
    import folium  # noqa: PLC0415
    from folium.utilities import JsCode  # noqa: PLC0415

    def style(feature: GeoJson) -> Style:
        return styles[feature["id"]]

    folium.GeoJson(
        {"type": "FeatureCollection", "features": list(features)},
        name=name,
        style_function=style,
        marker=folium.CircleMarker() if is_dot else None,
        tooltip=folium.GeoJsonTooltip(fields=["hover"], labels=False, class_name="told"),
        on_each_feature=JsCode("reachable"),
    ).add_to(chart)


def _feature(code: str, kind: str, coordinates: Sequence[Any], **properties: str) -> GeoJson:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def _properties(mark: MapMark, links: Mapping[str, str]) -> dict[str, str]:
    return {"hover": _lines(mark.hover), "label": f"{mark.label} {mark.text}", "link": links.get(mark.place, "")}


def _dot(radius: float, fill: str, edge: str) -> Style:
    return {"radius": radius, "fill": True, "fillColor": fill, "fillOpacity": 1, "color": edge}


def _symbol(symbol: Symbol, dark: bool) -> Style:
    return _dot(round(symbol.radius, 1), symbol.fill or _ground(dark), palette(dark=dark).done) | {"weight": 1.6}


def _add_label(chart: folium.Map, order: int, spot: LonLat, mark: MapMark, symbol: Symbol | None) -> None:
    import folium  # noqa: PLC0415

    number, second, top = "", f"<br><b>{in_html(mark.text)}</b>", ""
    if symbol:
        top = f' style="top:{LABEL_HIGH / 2 + round(symbol.radius, 1) + 2:.0f}px;transform:translateX(-50%)"'
    if symbol and symbol.inside:
        solid = " solid" if symbol.is_solid else ""
        number, second = f'<b class="inside{solid}">{in_html(symbol.inside)}</b>', ""
    icon = folium.DivIcon(
        html=f'{number}<span class="name"{top}>{in_html(mark.label)}{second}</span>',
        icon_size=(LABEL_WIDE, LABEL_HIGH),
        icon_anchor=(LABEL_WIDE // 2, LABEL_HIGH // 2),
        class_name="label",
    )
    lon, lat = spot
    folium.Marker((lat, lon), icon=icon, interactive=False, keyboard=False, z_index_offset=order).add_to(chart)


def _strip(scene: Scene, fills: _Fills, links: Mapping[str, str]) -> str:
    tiles = ""
    for mark in scene.beside:
        band, link = _picture(*fills.of(mark), "100%"), in_html(links.get(mark.place, ""))
        text = f"<span>{in_html(mark.label)}<br><b>{in_html(mark.text)}</b></span>"
        tiles += f'<a class="tile" data-link="{link}" href="{link}" title="{in_html(mark.hover)}">{band}{text}</a>'
    return f"<aside>{_piece('h2', scene.strip)}{tiles}</aside>" if tiles else ""


def _swatch(fills: _Fills, state: str, words: str) -> str:
    dark = fills.scene.dark
    paint = swatch(state, dark=dark)
    fullest = swatch(state, dark=dark, highest=True).ground
    inside = {
        ZERO: '<text x="50%" y="75%" text-anchor="middle" font-size="11" fill="currentColor">0</text>',
        RATE: f'<rect x="11" y="0.6" width="10.4" height="13.8" fill="{fullest}"/>',
    }.get(state, "")
    return f"<li>{_picture(fills.named(paint), paint.edge, '15', inside)}{in_html(words)}</li>"


def _picture(fill: str, edge: str, height: str, inside: str = "") -> str:
    inner = f"calc({height}{'' if height.endswith('%') else 'px'} - 1.2px)"
    return (
        f'<svg class="swatch" width="22" height="{height}" aria-hidden="true"><rect x="0.6" y="0.6" width="20.8" '
        f'height="{inner}" style="height:{inner}" fill="{in_html(fill)}" stroke="{in_html(edge)}"/>{inside}</svg>'
    )


def _piece(tag: str, text: str, name: str = "") -> str:
    named = f' class="{name}"' if name else ""
    return f"<{tag}{named}>{in_html(text)}</{tag}>" if text else ""


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
