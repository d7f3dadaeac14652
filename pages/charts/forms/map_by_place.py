"""A map of places: drawn on their outlines (pages.charts.map_scene), and so by no briefing."""

from __future__ import annotations

from pages.charts.form import Form
from pages.charts.map_plotly import map_of_places
from pages.wording.marks import place_label

FORM = Form(label=place_label, build=None, build_map=map_of_places)
