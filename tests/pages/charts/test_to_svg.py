"""The print of a chart stands where plotly would put it."""

import datetime as dt
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from pages.charts.svg import scale_of, wide
from pages.charts.to_svg import EDGE, WIDTH, folded, is_printable, to_svg

SVG = "{http://www.w3.org/2000/svg}"


def boxes(svg):
    return [
        tuple(float(each.get(name)) for name in ("x", "y", "width", "height"))
        for each in ElementTree.fromstring(svg).findall(f"{SVG}rect")[1:]
    ]


@pytest.mark.parametrize("lies", ["h", "v"])
def test_bars_are_as_long_as_their_values_and_start_at_zero(lies):
    values, slots = [10, 5, 0], [0, 1, 2]
    bar = {"x": values, "y": slots, "orientation": "h"} if lies == "h" else {"x": slots, "y": values}
    drawn = boxes(to_svg(go.Figure(go.Bar(**bar)), title="题"))
    lengths = [box[2 if lies == "h" else 3] for box in drawn]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.1)
    assert lengths[2] == 0
    ends = {round(box[0] if lies == "h" else box[1] + box[3], 1) for box in drawn}
    assert len(ends) == 1


def test_a_reversed_axis_puts_the_first_row_on_top():
    chart = go.Figure(go.Bar(x=[1, 2], y=[0, 1], orientation="h")).update_yaxes(autorange="reversed")
    first, second = boxes(to_svg(chart, title="题"))
    assert first[1] < second[1]


def test_days_stand_in_proportion():
    chart = go.Figure(
        go.Scatter(x=[dt.date(2018, 1, 1), dt.date(2018, 7, 2), dt.date(2019, 1, 1)], y=[1, 2, 3], mode="markers")
    )
    scale = scale_of(chart, left=0, right=100, top=0)
    at = [scale.x(day) for day in chart.data[0].x]
    assert at[1] - at[0] == pytest.approx(at[2] - at[1], rel=0.01)


def test_what_cannot_be_drawn_is_said_before():
    assert not is_printable(go.Figure(go.Pie(values=[1])))
    assert not is_printable(None)
    assert not is_printable(go.Figure([go.Bar(x=[1], y=[1], yaxis="y2")]))
    assert not is_printable(go.Figure(go.Bar(x=[1], y=[1])).add_hline(y=1))
    assert is_printable(go.Figure(go.Bar(x=[1], y=[1])))


def test_labels_in_plotlys_markup_are_read_as_people_see_them():
    chart = go.Figure(go.Bar(x=[1], y=[0], orientation="h", text=["&lt;img&gt;"]))
    chart.update_yaxes(tickvals=[0], ticktext=["<b>甲</b><br>2012年 &amp; 乙"])
    texts = ["".join(each.itertext()) for each in ElementTree.fromstring(to_svg(chart, title="题")).iter(f"{SVG}tspan")]
    assert {"<img>", "甲", "2012年 & 乙"} <= set(texts)


def test_long_lines_are_folded_and_punctuation_stays_where_it_belongs():
    rows = folded(
        "许昌市人民政府新闻办公室（新闻发布会报道）《规范化社区与智慧书屋》，" * 6 + "Xuchang Economic Zone", 13
    )
    assert len(rows) > 1
    assert all(wide(row, 13) <= WIDTH - 2 * EDGE + 13 for row in rows)
    assert not [row for row in rows if row[0] in "，。》）" or row[-1] in "《（"]
    assert "".join(rows).endswith("Xuchang Economic Zone")


def test_an_empty_chart_is_a_page_with_its_title():
    texts = [
        "".join(each.itertext()) for each in ElementTree.fromstring(to_svg(go.Figure(), title="空")).iter(f"{SVG}text")
    ]
    assert texts == ["空"]
