"""One place stands out among its peers."""

from decimal import Decimal

from pages.charts.peers import PALE, strip_of_peers
from pages.wording.marks import WordedMark

MARKS = [
    *(
        WordedMark(state=state, value=value, label=label, place=place)
        for place, label, state, value in (
            ("east", "东区", "planned", Decimal(6)),
            ("west", "<b>", "planned", Decimal(3)),
            ("north", "北县", "not_in_plan", None),
        )
    ),
    WordedMark(part="beside", state="planned", value=Decimal(9), label="甲市", place="city"),
]


def opacities(chart):
    return {at: opacity for trace in chart.data for at, opacity in zip(trace.y, trace.marker.opacity, strict=True)}


def test_only_the_place_is_full_and_bold():
    chart = strip_of_peers(marks=MARKS, place="north")
    assert opacities(chart) == {0: PALE, 1: PALE, 2: 1}
    assert list(chart.layout.yaxis.ticktext) == ["东区", "&lt;b&gt;", "<b>北县</b>"]


def test_a_place_without_a_row_leaves_all_pale():
    assert set(opacities(strip_of_peers(marks=MARKS, place="nowhere", dark=True)).values()) == {PALE}
