"""A display is made once for everyone who would see the same, and looks the same when it is sent again."""

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from etl.model import Number
from etl.release.query_cache import frozen
from pages.charts.drawing import Drawing
from pages.widgets import cache
from pages.widgets.cache import fingerprint

ROWS = pd.DataFrame({"place": ["东区", "西区"], "value": [1, 2]})


@pytest.fixture(autouse=True)
def forgotten():
    cache._recorded.clear()


def screen():
    import pandas as pd
    import streamlit as st

    from pages.widgets.cache import shown_once

    @shown_once
    def show_rows(rows: pd.DataFrame, title: str) -> None:
        st.session_state["times"] = st.session_state.get("times", 0) + 1
        with st.container(key="box"):
            st.markdown(title)
            st.table(rows)

    with st.container(key="around"):
        show_rows(pd.DataFrame({"value": [st.session_state.get("value", 1)]}), st.session_state.get("title", "题"))
    st.caption("foot")


def shown(at: AppTest) -> list[object]:
    return [at.markdown[0].value, at.table[0].value.to_dict("records"), at.caption[0].value]


def test_a_rerun_sends_the_same_display_without_making_it_again():
    at = AppTest.from_function(screen).run()
    first = shown(at)
    assert shown(at.run()) == first == ["题", [{"value": 1}], "foot"]
    assert at.session_state["times"] == 1


def test_another_visitor_gets_what_the_first_one_got():
    first, second = AppTest.from_function(screen).run(), AppTest.from_function(screen).run()
    assert shown(first) == shown(second)
    assert "times" not in second.session_state


@pytest.mark.parametrize(("name", "value"), [("value", 2), ("title", "另题")])
def test_other_content_is_another_display(name, value):
    at = AppTest.from_function(screen).run()
    at.session_state[name] = value
    at.run()
    assert at.session_state["times"] == 2
    assert value in (shown(at)[0], shown(at)[1][0]["value"])


@pytest.mark.parametrize("param", ["lang", "present"])
def test_what_decides_links_and_layout_is_part_of_a_display(param):
    at = AppTest.from_function(screen).run()
    at.query_params[param] = "1"
    assert at.run().session_state["times"] == 2


def failing():
    import streamlit as st

    from pages.widgets.cache import shown_once

    @shown_once
    def show(text: str) -> None:
        st.session_state["times"] = st.session_state.get("times", 0) + 1
        raise ValueError(text)

    show("broken")


def test_a_failure_is_not_remembered_as_a_display():
    at = AppTest.from_function(failing).run().run()
    assert len(at.exception) == 1
    assert at.session_state["times"] == 2


@pytest.mark.parametrize(
    "other",
    [ROWS.assign(value=[1, 3]), ROWS.rename(columns={"value": "number"}), ROWS.iloc[::-1], ROWS.assign(value=["1", "2"])],
)  # fmt: skip
def test_one_cell_column_or_row_makes_another_content(other):
    assert fingerprint(ROWS) == fingerprint(ROWS.copy()) != fingerprint(other)


def test_content_tells_drawings_apart():
    drawings = [Drawing.of(go.Figure(layout=layout)) for layout in ({}, {"height": 90})]
    assert len({fingerprint(each) for each in [*drawings, None]}) == 3


def test_a_shared_table_is_known_by_its_question_and_not_by_its_cells():
    one, again, other = (frozen(ROWS, question) for question in ("a", "a", "b"))
    assert fingerprint(one) == fingerprint(again) != fingerprint(other)


def test_a_drawing_gives_each_caller_a_figure_of_its_own():
    drawing = Drawing.of(go.Figure(layout={"height": 90}))
    drawing.figure().update_layout(height=10)
    assert drawing.figure().layout.height == 90


def nested():
    import streamlit as st

    from pages.widgets.cache import shown_once

    @shown_once
    def show_inner(word: str) -> None:
        st.markdown(word)

    @shown_once
    def show_outer(word: str) -> None:
        with st.container(key="box"):
            show_inner(word)

    show_outer("题")


def test_a_display_inside_another_stays_in_its_container_when_it_is_sent_again():
    first, second = AppTest.from_function(nested).run(), AppTest.from_function(nested).run()
    for at in (first, second):
        (box,) = [child for child in at.main.children.values() if hasattr(child, "children")]
        assert [child.value for child in box.children.values()] == ["题"]


def test_numbers_are_known_by_every_cell():
    number = Number(number_id="a#1", value=Decimal(1))
    same, other = replace(number), replace(number, note="n")
    assert fingerprint((number,)) == fingerprint((same,))
    assert len({fingerprint(rows) for rows in ((number,), (other,), (number, number), ())}) == 4
