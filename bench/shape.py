"""What the code is made of: lines of each room, how often a type is left open, and how many of our functions a chart passes through.

python -m etl build && python bench/shape.py
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from etl.release import query_cache
from etl.release.tables import LAPTOP, now, open_release
from pages.charts.form import drawn, note_of, worded_marks
from pages.queries.chart_specs import charts_of, marks_of

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("etl", *(f"pages/{path.name}" for path in sorted((ROOT / "pages").iterdir()) if path.is_dir()), "app.py")
OPEN = ("Any", "object")
COUNTED = ("# fmt: skip", "# type: ignore", "records(", 'split(";")')


def main() -> None:
    total: Counter[str] = Counter()
    for room in ROOMS:
        lines = 0
        for path in sorted((ROOT / room).rglob("*.py")) if room != "app.py" else [ROOT / room]:
            text = path.read_text("utf-8")
            lines += text.count("\n")
            total.update(_open_types(ast.parse(text)))
            total.update({mark: text.count(mark) for mark in COUNTED})
        total["lines"] += lines
        print(f"{room:20} {lines:6,} lines")
    print(", ".join(f"{name} {count:,}" for name, count in sorted(total.items())))
    print(f"release to chart: {len(functions_of_a_chart())} functions of ours, each counted once")


def _open_types(tree: ast.Module) -> Counter[str]:
    """Names of open types, casts, and subscripts with a constant text (``row["value"]``)."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in OPEN:
            found[node.id] += 1
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "cast":
            found["cast"] += 1
        if (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Constant)
            and isinstance(node.slice.value, str)
        ):
            found["string subscripts"] += 1
    return found


def functions_of_a_chart() -> set[CodeType]:
    """The functions of etl and pages that run from a release to its first chart by place on the overview, nothing remembered."""
    release = open_release(LAPTOP, now())
    query_cache.forget()
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        is_ours = code.co_filename.startswith((str(ROOT / "etl"), str(ROOT / "pages"))) and "<" not in code.co_name
        if event == "call" and is_ours:
            seen.add(code)

    sys.setprofile(note)
    try:
        chart = next(chart for chart in charts_of(release, "overview") if chart.form == "bars_by_place")
        marks = marks_of(release, chart)
        note_of(marks, chart.form, chart.note)
        drawn(form=chart.form, marks=worded_marks(marks, chart.form))
    finally:
        sys.setprofile(None)
    return seen


if __name__ == "__main__":
    main()
