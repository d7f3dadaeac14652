"""The arithmetic of a comparison: medians of paired runs, growth, what a ratio reaches, and the table that tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from statistics import median


@dataclass(frozen=True)
class Row:
    """One measured thing: what was found here and there, as text, and their ratio against what it should reach.

    ``limit`` is the highest ratio (or, with ``at_least``, the lowest) that reaches it; None for a row that only informs.
    """

    measure: str
    ours: str
    other: str = ""
    ratio: float | None = None
    limit: float | None = None
    at_least: bool = False
    digits: int = 2

    @property
    def reaches(self) -> bool | None:
        """Whether the ratio is within its limit; None where there is no limit or nothing was measured."""
        if self.ratio is None or self.limit is None:
            return None
        return self.ratio >= self.limit if self.at_least else self.ratio <= self.limit


def paired_ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """The median of the ratios of runs made right after each other, so that a busy minute weighs on both sides."""
    return median(own / other for own, other in zip(ours, others, strict=True))


def growth(samples: Sequence[float], *, warm_up: float = 0.1) -> float:
    """How much more the last samples hold than those right after the warm-up (a share of the samples): 0.1 is 10 %."""
    warm = samples[int(len(samples) * warm_up) :]
    part = max(1, len(warm) // 10)
    return median(warm[-part:]) / median(warm[:part]) - 1


def markdown(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| measure | ours | compared with | ratio | reach | |", "|---|---|---|---|---|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.{row.digits}f}"
        limit = "" if row.limit is None else f"{'≥' if row.at_least else '≤'} {row.limit:g}"
        verdict = {True: "reached", False: "**missed**", None: ""}[row.reaches]
        lines.append(f"| {row.measure} | {row.ours} | {row.other} | {ratio} | {limit} | {verdict} |")
    return "\n".join(lines)


def growth_table(costs: Mapping[int, Mapping[str, float | None]], limit: float) -> str:
    """Size -> what each thing cost there (None: too much to tell), as a Markdown table, what grows fastest from the first size to the
    second on top."""
    sizes = list(costs)
    first, second = sizes[0], sizes[min(1, len(sizes) - 1)]
    grown = {name: _grown(cost, costs[second][name]) for name, cost in costs[first].items()}
    heads = ["CPU seconds", *(f"{size:,}" for size in sizes), f"{second:,} : {first:,}", f"≤ {limit:g}"]
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for name in sorted(grown, key=lambda name: -grown[name]):
        told = [costs[size].get(name) for size in sizes]
        cells = ["too long" if cost is None else f"{cost:.2f}" for cost in told]
        verdict = "reached" if grown[name] <= limit else "**missed**"
        lines.append(f"| {' | '.join([name, *cells, f'{grown[name]:.1f}', verdict])} |")
    return "\n".join(lines)


def _grown(before: float | None, after: float | None) -> float:
    return inf if before is None or after is None else after / before
