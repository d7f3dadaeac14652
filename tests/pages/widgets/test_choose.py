"""Choices stand in the link as codes; what the options lack is not chosen; the default leaves no trace."""

from streamlit.testing.v1 import AppTest


def screen():
    import streamlit as st

    from pages.widgets.choose import choose_one, choose_part, choose_words, in_link

    st.text(choose_one("place", "地区", {"": "全部", "east": "东区", "west": "西区"}))
    st.text(choose_part("part", "部分", {"a": "甲", "b": "乙"}, default="a"))
    st.text(choose_words("q", "搜索"))
    st.text(",".join(in_link("observation")))


def texts(test):
    return [each.value for each in test.text]


def opened(**params):
    test = AppTest.from_function(screen, default_timeout=600)
    for name, value in params.items():
        test.query_params[name] = value
    return test.run()


def test_the_link_decides():
    assert texts(opened(place="west", part="b", q="148万", observation=["s#1", "s#2"])) == [
        "west",
        "b",
        "148万",
        "s#1,s#2",
    ]


def test_a_code_that_is_no_option_counts_as_not_chosen():
    assert texts(opened(place="<script>", part="z")) == ["", "a", "", ""]


def test_a_choice_goes_into_the_link_as_its_code():
    test = opened()
    test.selectbox[0].select("east").run()
    assert test.query_params["place"] in ("east", ["east"])
    assert texts(test)[0] == "east"


def test_the_default_leaves_the_link():
    test = opened(place="east", q="1")
    test.selectbox[0].select("").run()
    test.text_input[0].input("").run()
    assert "place" not in test.query_params
    assert "q" not in test.query_params


def test_a_changed_link_moves_the_widget():
    test = opened(place="east")
    test.query_params["place"] = "west"
    test.run()
    assert test.selectbox[0].value == "west"
