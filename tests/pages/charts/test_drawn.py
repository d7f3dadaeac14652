"""Every form that charts.csv may name can be drawn."""

import inspect

import pytest

from etl.release.schema import REFERENCE
from pages.charts.drawn import FORMS
from pages.queries.charted import ORDERS
from pages.widgets.charted import MAP

NAMED = [form for form in REFERENCE["charts"].choices["form"] if form != MAP]
"""A map is drawn from outlines beside its marks, by pages.charts.maps."""


@pytest.mark.parametrize("form", NAMED)
def test_every_form_has_a_chart_and_an_order(form):
    assert form in FORMS
    assert form in ORDERS


@pytest.mark.parametrize("form", FORMS)
def test_a_chart_takes_keywords_only(form):
    kinds = {parameter.kind for parameter in inspect.signature(FORMS[form]).parameters.values()}
    assert kinds == {inspect.Parameter.KEYWORD_ONLY}
