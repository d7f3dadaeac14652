"""Numbers and the standards they could be held against."""

from __future__ import annotations

from collections.abc import Iterator

from etl.model import ComparedMark, Mark, Measure, Standard
from etl.release.tables import Release
from pages.queries.cautions import pairs_apart
from pages.queries.compared import described
from pages.queries.geography import above, parents
from pages.queries.numbers import numbers_by_id, numbers_of
from pages.queries.projects import standards


def standard_pairs(release: Release) -> Iterator[tuple[Standard, ComparedMark, tuple[str, ...]]]:
    """Each published standard with each actual number it could be held against, and the places that number lies in, itself first;
    by the standards' order.

    Those are the numbers of the standard's own indicator and breakdown inside its scope, and those that a caution names together
    with it.
    """
    floors = [(standard, standard.number) for standard in standards(release) if standard.number]
    up, called = parents(release), {floor.number_id for _standard, floor in floors}
    apart = [(one, other) for one, other in sorted(pairs_apart(release)) if other in called]
    alike = numbers_of(release, indicators={floor.indicator for _standard, floor in floors})
    every = dict.fromkeys([*alike, *numbers_by_id(release, [one for one, _other in apart])])
    actual = [number for number in every if number.measure == Measure.ACTUAL and not number.derived]
    marks = {mark.number_id: mark for mark in described(release, map(Mark.of, actual))}
    within = {mark.place: (mark.place, *above(up, mark.place)) for mark in marks.values()}
    for standard, floor in floors:
        inside = [
            mark
            for mark in marks.values()
            if (mark.indicator, mark.breakdown) == (floor.indicator, floor.breakdown)
            and standard.scope in within[mark.place]
        ]
        tied = [marks[one] for one, other in apart if other == floor.number_id and one in marks]
        for mark in dict.fromkeys([*inside, *tied]):
            yield standard, mark, within[mark.place]
