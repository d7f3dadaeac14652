"""PublishedNumbers and verdicts as short Chinese phrases: what was published, by whom, and what should stand in the draft."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from etl.checking.claims import Claim
from etl.checking.published import Absence, PublishedData, PublishedNumber
from etl.model import Measure
from etl.reading.quantity import plain

_BEFORE = {"more_than": "超过", "at_least": "不少于", "less_than": "不到", "up_to": "不超过", "approx": "约"}
_MEASURES: dict[str, str] = {measure: measure.word for measure in Measure}
_UNITS = {"m2": "平方米", "km2": "平方公里", "ordinal": "位"}
_FAULTS = {
    "unit": "单位不同",
    "place": "是别处的数",
    "time": "是另一时间的数",
    "definition": "口径不同",
    "measure": "性质不同（实际、计划、目标、标准不能互换）",
}
_WAN, _YI = Decimal(10**4), Decimal(10**8)


def told_as(one: PublishedNumber, published: PublishedData) -> str:
    """Return a number as a draft should tell it: as printed where it was published, else in words; 推算 where computed."""
    if one.as_printed:
        return one.as_printed
    del published
    return f"{amount(one.value, one.unit, one.qualifier)}{'（推算）' if one.is_derived else ''}"


def amount(value: Decimal, unit: str, qualifier: str = "exact") -> str:
    """Return a value with its unit and qualifier: 超过148万人次, 约81.9%."""
    shown, scale = value, ""
    if abs(value) >= _YI and unit != "%":
        shown, scale = value / _YI, "亿"
    elif abs(value) >= _WAN and unit != "%" and (value % 1000 == 0 or value != value.to_integral_value()):
        shown, scale = value / _WAN, "万"
    shown = shown.quantize(Decimal("0.01")) if shown != shown.to_integral_value() else shown
    return f"{_BEFORE.get(qualifier, '')}{plain(shown)}{scale}{_UNITS.get(unit, unit)}"


def describe_number(one: PublishedNumber, published: PublishedData) -> str:
    """Return a number with place, time, indicator, source: 甲市2018年公园数81个（《…》，2019-03-21）."""
    place = published.place[one.place].name if one.place in published.place else ""
    indicator = published.indicator[one.indicator].name if one.indicator in published.indicator else ""
    item = published.items.get(one.breakdown, "")
    named = f"{indicator}（{item}）" if item else indicator
    title = published.titles.get(one.source, "")
    cited = "推算" if one.is_derived else "，".join(filter(None, (cited_title(title), _day(one.published_on))))
    when = time_of(one)
    told = amount(one.value, one.unit, one.qualifier) if one.is_derived else told_as(one, published)
    return f"{place}{when}{_MEASURES.get(one.measure, '')}{named}{told}{f'（{cited}）' if cited else ''}"


def told_absence(absence: Absence, published: PublishedData) -> str:
    """Return what is not there with its place, time and indicator: 甲县2019年公园数."""
    place = published.place[absence.place].name if absence.place in published.place else ""
    indicator = published.indicator[absence.indicator].name if absence.indicator in published.indicator else ""
    first, last = absence.period_start, absence.period_end
    when = f"{first.year}年" if first and last and first.year == last.year else ""
    return f"{place}{when}{_MEASURES.get(absence.measure, '')}{indicator}"


def time_of(one: PublishedNumber) -> str:
    """Return the time of a number: 2018年, 2017年至2018年, 截至2019-03-21."""
    if one.is_flow and one.period_start and one.period_end:
        first, last = one.period_start, one.period_end
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"{first.year}年" if first.year == last.year else f"{first.year}年至{last.year}年"
        return f"{first}至{last}"
    return f"截至{one.day}" if one.day else ""


def why_against(against: tuple[str, ...], claim: Claim, one: PublishedNumber, published: PublishedData) -> str:
    """Return why a number with the same value does not support the claim."""
    faults = "、".join(_FAULTS[name] for name in against)
    return f"{claim.told.as_printed}{faults}：公布的是{describe_number(one, published)}"


def _day(day: date | None) -> str:
    return str(day) if day else ""


def cited_title(title: str) -> str:
    """Return a source's title in book-title marks; what describes a source without a printed title, （第3版）, as it stands."""
    return title if not title or title.startswith("（") else f"《{title}》"
