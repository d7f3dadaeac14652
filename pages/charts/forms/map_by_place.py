"""A map of places: drawn from their outlines beside the marks (pages.charts.maps), and so by no briefing."""

from __future__ import annotations

from pages.charts.form import Form
from pages.wording.times import time_text

FORM = Form(label=time_text, build=None)
