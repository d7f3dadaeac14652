"""Numbers of other cities that may stand beside the city's own, each with the year it speaks of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from etl.model import Mark, PeerGroup
from etl.release.index import NumberRow
from etl.release.query_cache import cached_query
from etl.release.tables import Release
from pages.queries.cautions import cautions
from pages.queries.compared import RESULTS, described
from pages.queries.geography import above, parents, places
from pages.queries.numbers import with_names

CITY = "city"


@cached_query
def peers(release: Release) -> tuple[PeerGroup, ...]:
    """The numbers that several cities have of one thing, one group after the other.

    A group is one indicator of one measure, the latest number of each place; or what a caution of the kind different_year ties
    together although it is called differently.  Standards, breakdowns, computed and unchecked numbers are left out.
    """
    up = parents(release)
    cities = [place.place for place in places(release).values() if place.kind == CITY]
    city_of = {place: next((upper for upper in (place, *above(up, place)) if upper in cities), place) for place in up}
    elsewhere = [place for place, city in city_of.items() if city != city_of.get(release.city.place)]
    shared = {row.indicator for row in release.index.numbers_of(places=elsewhere, measures=RESULTS)}
    groups: dict[str, list[NumberRow]] = defaultdict(list)
    for row in release.index.numbers_of(indicators=shared, measures=RESULTS):
        if row.verified and not (row.breakdown or row.derived):
            groups[f"{row.indicator}.{row.measure}"].append(row)
    for caution in cautions(release):
        if caution.kind == "different_year":
            tied = release.index.numbers_of(number_ids=caution.observation_ids, measures=RESULTS)
            groups[caution.caution] = [row for row in tied if row.verified and not row.derived]
    found = []
    for code, printed in groups.items():
        if len({city_of.get(row.place, row.place) for row in printed}) > 1:
            latest = {
                (row.place, row.indicator): row
                for row in sorted(printed, key=lambda row: row.period_end or row.as_of or dt.date.min)
            }
            marks = map(Mark.of, with_names(release, latest.values()))
            found.append(PeerGroup(code, described(release, marks)))
    return tuple(found)
