"""Every state has a look in both themes, and what must not be confused looks different."""

import pytest

from etl.model import State
from pages.charts.palette import CLEAR, bar_paint

PATTERNS = {
    "done": "", "planned": "/", "target": "", "standard": "", "not_in_plan": "", "not_applicable": ".", "not_published": ".",
    "not_in_sources": ".", "undeclared": ".",
}  # fmt: skip


@pytest.mark.parametrize("dark", [False, True])
def test_every_state_has_its_pattern(dark):
    assert {str(state): bar_paint(state, dark=dark).pattern for state in State} == PATTERNS


@pytest.mark.parametrize("dark", [False, True])
def test_only_a_number_has_a_colour(dark):
    filled = [state for state in State if bar_paint(state, dark=dark).ground != CLEAR]
    assert filled == ["done", "planned", "target", "standard"]


@pytest.mark.parametrize("dark", [False, True])
def test_a_value_a_plan_no_plan_and_a_gap_look_different(dark):
    looks = [
        str(bar_paint(state, dark=dark).marker)
        for state in ("done", "planned", "standard", "not_in_plan", "not_published")
    ]
    assert len(set(looks)) == len(looks)
