"""How the years went: monthly cumulative completions, plan curves, milestones and investment of every district.

The cases a progress screen must tell apart are designed (design/cases.csv): early, on time, late, caught up, finished but
not accepted, silent, and a district without monthly nodes.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from etl.demo.cast import Cast, Community
from etl.demo.design import Design, District, Numbers

TEN_THOUSAND = Decimal(10_000)
SILENT = "silent"


def month_end(month: str) -> dt.date:
    """The last day of a month written 2026-03."""
    year, number = map(int, month.split("-"))
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def course_numbers(design: Design, cast: Cast) -> Numbers:
    """``done@place@month`` cumulative within the year, ``done_in@place@month``, ``invested@place@month`` and by fund.

    A district that fell silent has no number for the months it did not report; the city's number then keeps its last one.
    """
    numbers: Numbers = {}
    for year in design.said["years"]:
        for month in _months(year):
            counts = {district.place: _done_by(cast, district, month) for district in design.districts}
            numbers |= {f"done@{place}@{month}": Decimal(count) for place, count in counts.items()}
            numbers[f"done@{design.city}@{month}"] = Decimal(sum(counts.values()))
    numbers |= _plan_year(design)
    return numbers | _investment(design, numbers)


def _months(year: int) -> list[str]:
    return [f"{year}-{month:02d}" for month in range(1, 13)]


def _done_by(cast: Cast, district: District, month: str) -> int:
    year, end = int(month[:4]), month_end(month)
    own = (one for one in cast.communities if one.district is district and one.year == year)
    return sum(one.done_on is not None and one.done_on <= end for one in own)


def _plan_year(design: Design) -> Numbers:
    numbers: Numbers = {}
    for district in design.districts:
        before = 0
        for month, count in zip(design.months, district.done, strict=False):
            numbers[f"done@{district.place}@{month}"] = Decimal(count)
            numbers[f"done_in@{district.place}@{month}"] = Decimal(count - before)
            before = count
    last = Decimal(0)
    for position, month in enumerate(design.months):
        total = Decimal(sum(district.done[: position + 1][-1] for district in design.districts if district.done))
        numbers[f"done@{design.city}@{month}"] = total
        numbers[f"done_in@{design.city}@{month}"] = total - last
        last = total
    planned = sum(district.planned for district in design.districts)
    numbers[f"plan_share_{design.said['plan_year']}"] = (100 * last / planned).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return numbers


def _investment(design: Design, numbers: Numbers) -> Numbers:
    """Investment to date by district (as far as it reports), for the city, and the city's by fund, in whole 万元."""
    found: Numbers = {}
    latest: dict[str, Decimal] = {}
    budgets = {row["place"]: Decimal(row[f"budget_{design.said['plan_year']}"]) for row in design.tables["districts"]}
    for row in design.tables["spending"]:
        month = row["month"]
        for district in design.districts:
            if f"done@{district.place}@{month}" in numbers:
                spent = _whole(budgets[district.place] * Decimal(row["share"]) / 100 * district.pace)
                found[f"invested@{district.place}@{month}"] = latest[district.place] = spent
        total = sum(latest.values(), start=Decimal(0))
        found[f"invested@{design.city}@{month}"] = total
        found |= _by_fund(design, month, total)
    return found


def _by_fund(design: Design, month: str, total: Decimal) -> Numbers:
    *others, last = design.tables["funds"]
    shares = {row["fund"]: _whole(total * Decimal(row[f"share_{design.said['plan_year']}"]) / 100) for row in others}
    shares[last["fund"]] = total - sum(shares.values())
    return {f"invested_{fund}@{design.city}@{month}": value for fund, value in shares.items()}


def _whole(yuan: Decimal) -> Decimal:
    return (yuan / TEN_THOUSAND).quantize(Decimal(1), ROUND_HALF_UP) * TEN_THOUSAND


def plans(design: Design) -> Iterator[Mapping[str, Any]]:
    """Rows of plans.csv: the cumulative plan of each district (and city) at each month's end, for last year and the plan year."""
    last, year = design.said["years"][-1], design.said["plan_year"]
    targets = {row["place"]: int(row[f"target_{last}"]) for row in design.tables["districts"]}
    targets[design.city] = sum(targets.values())
    for row in design.tables["years"]:
        for place, target in targets.items():
            yield _plan(design, place, f"{last}-{row['month']}", round(target * int(row["share"]) / 100))
    with_nodes = [district for district in design.districts if district.due]
    for position, month in enumerate(_months(year)):
        for district in with_nodes:
            yield _plan(design, district.place, month, district.due[position])


def _plan(design: Design, place: str, month: str, value: int) -> Mapping[str, Any]:
    about = {name: design.said["plan"][name] for name in ("project", "indicator", "unit", "note")}
    return {
        "plan": f"{place}_{month.replace('-', '_')}",
        "place": place,
        "due_on": month_end(month),
        "value": value,
        **about,
    }


def milestones(design: Design, cast: Cast) -> Iterator[Mapping[str, Any]]:
    """Rows of milestones.csv: each node of each planned community, and the last two of each that was built before."""
    project = design.said["plan"]["project"]
    for community in cast.communities:
        is_planned = community.year == design.said["plan_year"]
        for node in design.said["node"] if is_planned else design.said["node"][-2:]:
            due_on, done_on = _days_of(node, community, design)
            yield {
                "milestone": f"{community.stem.pinyin}_{node['id']}",
                "project": project,
                "place": community.place,
                "node": node["name"],
                "due_on": due_on or "",
                "done_on": done_on or "",
                "state": _state(node, due_on, done_on, community, design),
                "note": design.name(community.district.place),
            }


def _days_of(node: Mapping[str, Any], community: Community, design: Design) -> tuple[dt.date | None, dt.date | None]:
    after = dt.timedelta(days=node["days"])
    due_on = community.due_on + after if community.due_on else None
    if node["id"] == "complete":
        return due_on, community.done_on
    if node["id"] == "accepted":
        return due_on, community.accepted_on
    slip = dt.timedelta(days={"late": 40, "caught_up": 24, "early": -18}.get(community.district.case, -6))
    reached = due_on + slip if due_on else (community.done_on + after if community.done_on else None)
    is_told = reached is not None and reached <= _last_word(design, community.district)
    return due_on, reached if is_told else None


def _last_word(design: Design, district: District) -> dt.date:
    """The last day a district has reported on."""
    return month_end(design.months[len(district.done) - 1]) if district.case == SILENT else design.data_to


def _state(
    node: Mapping[str, Any], due_on: dt.date | None, done_on: dt.date | None, community: Community, design: Design
) -> str:
    if done_on:
        return "done"
    if due_on is None or due_on > design.data_to:
        return "planned"
    if community.district.case == SILENT and due_on > _last_word(design, community.district):
        return SILENT
    return "done_not_accepted" if node["id"] == "accepted" and community.done_on else "late"
