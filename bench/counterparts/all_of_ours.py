"""Imports all that our screens import, once for the process."""

import ast
import importlib
from pathlib import Path

import plotly.graph_objects  # noqa: F401 - drawing needs it, wherever the screens import it

ROOT = Path(__file__).resolve().parents[2]

for screen in sorted(ROOT.glob("pages/screens/*.py")):
    for node in ast.parse(screen.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            importlib.import_module(node.module)
