"""Small maps and tile grids: every state its pattern, counts as symbols, enclaves on top, and no boundary is exported."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from etl.model import Outline, State
from pages.charts.map_leaflet import PageWords, leaflet_page
from pages.charts.map_plotly import SCREEN_AXES, exportable_map_of_places, map_of_places
from pages.charts.map_scene import Scene, blend, digits, paint, radius, shade
from pages.charts.palette import LIGHT
from pages.charts.tiles import tiles_of_places
from pages.charts.to_svg import is_printable, to_svg
from pages.wording.maps import MapMark

HOSTILE = '<img src=x onerror="alert(1)"></script><script>alert(2)</script>'


def box(west, south, east, north):
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


HOLE = box(113.4, 34.3, 113.6, 34.4)
OUTLINES = (
    Outline("around", ((box(113.0, 34.0, 114.0, 34.6), HOLE[::-1]),), (113.2, 34.1), 0.6),
    Outline("north", ((box(113.0, 34.6, 114.0, 35.0),),), (113.5, 34.8), 0.4),
    Outline("inside", ((HOLE,),), (113.5, 34.35), 0.02),
)
LEGEND = [
    ("planned", "计划（3）"),
    ("zero", "实为0（1）"),
    ("not_in_plan", "不在计划（1）"),
    ("not_published", "未公布（0）"),
]
TILES = {"around": (0, 0), "north": (1, 0), "inside": (0, 1), "zone": (1, 4)}


def mark(place, state, value):
    text = f"计划{value}个" if value is not None else state
    return MapMark(
        place=place,
        state=State(state),
        value=None if value is None else Decimal(value),
        qualifier="exact",
        label=place,
        text=text,
        hover=f"{place} {text}\n来源：甲",
    )


MARKS = (
    mark("around", "planned", 4),
    mark("north", "not_in_plan", None),
    mark("inside", "planned", 20),
    mark("zone", "planned", 0),
)
GIVEN = Scene(marks=MARKS, outlines=OUTLINES, legend=LEGEND, strip="边界未公布", credit="内部参考；边界：甲")


def changed(**cells):
    """The marks with other cells: one for all, or a list."""
    return tuple(
        replace(shown, **{name: cell[at] if isinstance(cell, list) else cell for name, cell in cells.items()})
        for at, shown in enumerate(MARKS)
    )


def traces(chart, suffix=""):
    return {trace.name: trace for trace in chart.data if trace.name and trace.name.endswith(suffix)}


def words(chart):
    return [note.text for note in chart.layout.annotations]


def test_each_place_is_painted_in_the_pattern_of_its_state():
    found = traces(map_of_places(GIVEN))
    assert found["around"].fillpattern.shape == found["inside"].fillpattern.shape == "/"
    assert found["north"].fillpattern.shape is None
    assert found["north"].fillcolor == "rgba(0,0,0,0)"
    missing = replace(GIVEN, marks=changed(state=State.NOT_PUBLISHED))
    assert traces(map_of_places(missing))["north"].fillpattern.shape == "."


def test_an_enclave_is_painted_after_what_surrounds_it_and_its_hole_stays_a_hole():
    chart = map_of_places(GIVEN)
    order = [trace.name for trace in chart.data]
    assert order.index("around") < order.index("inside")
    around = traces(chart)["around"]
    turned = np.column_stack([around.x, around.y]).astype(float)
    area = 0.5 * np.sum(turned[:-1, 0] * turned[1:, 1] - turned[1:, 0] * turned[:-1, 1])
    outer = (turned[:, 0].max() - turned[:, 0].min()) * (turned[:, 1].max() - turned[:, 1].min())
    assert area == pytest.approx(outer * (1 - 0.02 / 0.6), rel=0.01), "rings run opposite ways"


def test_counts_are_symbols_and_never_shaded():
    found = traces(map_of_places(GIVEN))
    assert found["around  "].marker.size < found["inside  "].marker.size
    assert found["around"].fillpattern.bgcolor == found["inside"].fillpattern.bgcolor == LIGHT.tint


def test_rates_are_shaded_and_have_no_symbol():
    rates = changed(state=[State.DONE, State.NOT_PUBLISHED, State.DONE, State.DONE])
    found = traces(map_of_places(replace(GIVEN, marks=rates, rate=True)))
    assert found["around"].fillcolor != found["inside"].fillcolor
    assert found["inside  "].marker.opacity == 0
    assert found["north"].fillpattern.shape == "."


def test_a_place_without_an_outline_is_a_labelled_tile_beside_the_map():
    chart = map_of_places(GIVEN)
    east = max(int(traces(chart)[place].x.max()) for place in ("around", "north"))
    assert int(traces(chart)["zone"].x.min()) > east
    assert "边界未公布" in words(chart)
    assert "zone<br>计划0个" in words(chart)


def test_the_legend_names_every_state_with_its_number_and_the_credit_stands_below():
    found = words(map_of_places(GIVEN))
    assert all(text in found for _, text in LEGEND)
    assert "内部参考；边界：甲" in found


def test_the_number_stands_in_its_symbol_where_it_fits_and_beside_it_otherwise():
    assert "<b>20</b>" in words(map_of_places(GIVEN))
    bound = changed(qualifier="more_than", text="超过20个")
    assert "inside<br><b>超过20个</b>" in words(map_of_places(replace(GIVEN, marks=bound)))


def test_a_number_on_a_full_symbol_can_be_read():
    chart = map_of_places(replace(GIVEN, marks=changed(state=State.DONE)))
    inks = {note.text: note.font.color for note in chart.layout.annotations}
    assert inks["<b>20</b>"] == "rgba(255,255,255,1)"


def test_the_legend_of_a_rate_shows_both_ends_of_its_shades():
    legend = [("rate", "4至20（3）"), *LEGEND[1:]]
    for chart in (
        map_of_places(replace(GIVEN, legend=legend, rate=True)),
        tiles_of_places(Scene(marks=MARKS, legend=legend), TILES),
    ):
        found = traces(chart)
        low, high = (
            trace.fillcolor if trace.type == "scatter" else trace.marker.color
            for trace in (found["legend rate"], found["legend highest"])
        )
        assert low != high


def test_every_place_can_be_chosen():
    chosen = {trace.customdata[0] for trace in map_of_places(GIVEN).data if trace.customdata is not None}
    assert chosen == {"around", "north", "inside", "zone"}


def test_a_map_on_a_screen_cannot_be_printed():
    chart = map_of_places(GIVEN)
    assert {trace.xaxis for trace in chart.data} == {f"x{SCREEN_AXES}"}
    assert not is_printable(chart)


def test_without_a_review_number_what_leaves_is_the_tile_grid():
    chart = exportable_map_of_places(GIVEN, TILES, "")
    assert {trace.type for trace in chart.data} == {"bar"}
    assert is_printable(chart)


def test_with_a_review_number_what_leaves_is_the_map_with_the_number_on_it():
    reviewed = replace(GIVEN, credit="审图号：甲S(2026)001号；边界：甲")
    chart = exportable_map_of_places(reviewed, TILES, "甲S(2026)001号")
    assert is_printable(chart)
    assert "甲S(2026)001号" in to_svg(chart, title="图")
    assert {"around", "inside"} <= set(traces(chart))
    width, height = (axis.range[1] - axis.range[0] for axis in (chart.layout.xaxis, chart.layout.yaxis))
    assert chart.layout.height / 880 == pytest.approx(height / width, rel=0.01)


def test_a_small_map_is_small_on_the_wire():
    assert len(map_of_places(GIVEN).to_json()) < 20_000


def test_names_are_shown_as_they_are_on_map_and_tiles():
    scene = replace(GIVEN, marks=changed(label=HOSTILE, hover=HOSTILE, text=HOSTILE))
    for chart in (map_of_places(scene), exportable_map_of_places(scene, TILES, "")):
        said = json.dumps(json.loads(chart.to_json()), ensure_ascii=False)
        assert "<img" not in said
        assert "</script" not in said
        assert "&lt;img" in said


def test_nothing_to_show_is_an_empty_chart():
    assert not map_of_places(Scene(marks=(), outlines=OUTLINES)).data
    assert not map_of_places(Scene(marks=())).data
    assert not tiles_of_places(Scene(marks=()), {}).data


def test_places_without_any_outline_are_all_tiles():
    chart = map_of_places(replace(GIVEN, outlines=()))
    assert {"around", "north", "inside", "zone"} <= set(traces(chart))


def test_tiles_stand_where_the_city_says_and_others_below():
    chart = tiles_of_places(Scene(marks=MARKS, legend=LEGEND), {"around": (0, 0), "north": (1, 0), "inside": (0, 3)})
    at = {
        place: (x, base)
        for trace in chart.data
        if trace.name == "tiles"
        for place, x, base in zip(trace.customdata, trace.x, trace.base, strict=True)
    }
    assert at["around"][0] == at["inside"][0] < at["north"][0]
    assert at["around"][1] > at["inside"][1] > at["zone"][1]


def test_tiles_carry_the_pattern_of_their_state_and_shade_only_rates():
    found = traces(tiles_of_places(Scene(marks=MARKS, legend=LEGEND), TILES))
    assert found["planned"].marker.pattern.shape == "/"
    assert found["not_in_plan"].marker.pattern.shape == ""
    rates = tuple(shown for shown in changed(state=State.DONE) if shown.value is not None)
    rated = tiles_of_places(Scene(marks=rates, rate=True), TILES)
    assert len({trace.marker.color for trace in rated.data if trace.name == "done"}) == 3
    assert {trace.marker.color for trace in rated.data if trace.name == "tiles"} == {"rgba(0,0,0,0)"}


def test_an_exported_tile_grid_says_every_name_and_number():
    said = to_svg(tiles_of_places(Scene(marks=MARKS, legend=LEGEND), TILES), title="图")
    assert all(text in said for text in ("around", "计划20个", "计划0个", "不在计划（1）"))


def test_shades_run_from_light_to_full_and_symbols_grow_with_the_root():
    low, high = (
        shade(Decimal(0), Decimal(0), Decimal(10), dark=False),
        shade(Decimal(10), Decimal(0), Decimal(10), dark=False),
    )
    assert low != high
    assert blend("#000000", "#FFFFFF", 0.5) == "#808080"
    assert radius(Decimal(0), Decimal(9)) < radius(Decimal(1), Decimal(9)) < radius(Decimal(9), Decimal(9))
    assert (
        digits(Decimal("54.1"), "exact") == digits(Decimal(5), "more_than") == digits(Decimal(1480000), "exact") == ""
    )
    assert digits(Decimal(0), "exact") == "0"


@pytest.mark.parametrize("dark", [False, True])
def test_the_four_states_look_different(dark):
    looks = {state: paint(state, dark=dark) for state in ("done", "zero", "planned", "not_in_plan", "not_published")}
    assert len(set(looks.values())) == len(looks)


WORDS = PageWords(lang="zh-CN", title="社区数", empty="没有边界")
PAGE = {"points": (), "words": WORDS, "assets": "leaflet"}


def test_a_page_asks_for_nothing_but_the_assets_given():
    page = leaflet_page(GIVEN, links={}, **PAGE)
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert 'src="leaflet/leaflet.js"' in page
    assert 'href="leaflet/leaflet.css"' in page
    assert "jquery" not in page


def test_the_same_map_is_the_same_page():
    assert leaflet_page(GIVEN, links={}, **PAGE) == leaflet_page(GIVEN, links={}, **PAGE)


def test_a_page_shows_names_as_they_are():
    scene = replace(GIVEN, marks=changed(label=HOSTILE, hover=HOSTILE, text=HOSTILE))
    page = leaflet_page(scene, links={"zone": '"><script>alert(3)</script>'}, **PAGE)
    assert "<img" not in page
    assert "<script>alert" not in page
    assert "alert(2)</script>" not in page


def test_a_page_without_outlines_says_why_and_keeps_its_tiles():
    page = leaflet_page(replace(GIVEN, outlines=()), links={}, **PAGE)
    assert "没有边界" in page
    assert page.count('class="tile"') == 4
    assert "leaflet.js" not in page
