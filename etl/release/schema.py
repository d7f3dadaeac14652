"""Every column of every table, described once.

Validation (pandera), the data dictionary, datapackage.json and the Parquet types all derive from the two
dictionaries below, so a column cannot mean one thing in the code and another in the documents. What a *row* must
fulfil beyond its columns (known places, sums that hold) is not here but in ``harmonise`` and ``check``.

Conventions: text is never null, ``""`` says there is none; numbers and dates are null when absent; a number is an exact
decimal in base units (1480000, never 148万; per cent as 54.1 with the unit ``%``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from etl.model import CheckResult, Measure, Qualifier, State

if TYPE_CHECKING:
    import pandera.pandas as pa

Kind = Literal["text", "decimal", "integer", "date", "moment", "yes_no", "float", "bytes"]

ROLES = ("observation", "repeat", "incidental")
INDICATOR_KINDS = ("stock", "flow", "cumulative", "ratio", "rank")
PRIORITIES = ("1", "2", "3")
POLARITIES = ("up", "down", "none")
ABSENCE_STATES = (State.NOT_PUBLISHED, State.NOT_IN_SOURCES, State.NOT_IN_PLAN, State.NOT_APPLICABLE)
MILESTONE_STATES = ("planned", "done", "late", "done_not_accepted", "silent")
IDENTITY_KINDS = ("sum", "ratio", "bound", "conflict")
RELATIONS = ("=", "<=", ">=", "")
SEVERITIES = ("block", "show")
SENTENCE_KINDS = ("fact", "derived", "conflict", "absence", "question", "never")
PROJECT_LEVELS = ("item", "part", "measure")
PLACE_KINDS = (
    "country",
    "province",
    "city",
    "urban_area",
    "district",
    "county",
    "county_city",
    "functional_zone",
    "subdistrict",
    "township",
    "community",
    "village",
    "compound",
    "group",
)
YES_NO = ("yes", "no")


@dataclass(frozen=True)
class Column:
    """One column, the same wherever it stands.

    ``zh`` and ``en`` are what it holds; ``choices`` a closed list; ``key_of`` the table its text must name a row of.
    """

    kind: Kind
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    key_of: str = ""
    required: bool = False


COLUMNS: Mapping[str, Column] = {
    # identity of rows
    "observation_id": Column("text", "观测值编号：来源#序号", "source#seq; stable, never a hash", required=True),
    "derived_id": Column("text", "推算值编号", "indicator@place@time and what else tells it apart", required=True),
    "statement_id": Column("text", "陈述编号：来源#S序号", "source#S<seq>", required=True),
    "source": Column(
        "text", "来源（sources/ 下的文件夹名）", "the folder below sources/", key_of="sources", required=True
    ),
    "seq": Column("integer", "在来源中的序号", "reading order within its source, from 1", required=True),
    # as printed
    "as_printed": Column("text", "原文写法", "the number as the source prints it", required=True),
    "keyword": Column("text", "原文邻近的名词（不超过16字）", "a noun phrase of at most 16 characters around it"),
    "locator": Column("text", "位置，如 char:起-止 / 表!格 / p.页", "char:start-end, sheet!cell or p.N", required=True),
    "role": Column("text", "角色：观测值/重复/附带", "observation, repeat or incidental", choices=ROLES, required=True),
    "repeats": Column("text", "重复的是哪个序号", "the seq this number repeats"),
    "read_by": Column("text", "如何读出：numeral 或 interpreted: 理由", "numeral, or interpreted: why", required=True),
    # the quantity
    "value": Column("decimal", "数值（基本单位）", "value in base units; the lower end of a range"),
    "value_high": Column("decimal", "区间上端", "upper end, only where the qualifier is range"),
    "step": Column("decimal", "印刷精度（末位的单位）", "size of the last printed digit, in base units"),
    "unit": Column("text", "单位", "unit or classifier", key_of="units", required=True),
    "qualifier": Column("text", "限定词", "exact, more_than ...", choices=tuple(Qualifier), required=True),
    "measure": Column(
        "text", "性质：实际/计划/目标/标准", "actual, plan, target or standard", choices=tuple(Measure), required=True
    ),
    # what it speaks of
    "project": Column("text", "项目", "the livelihood project", key_of="projects"),
    "indicator": Column("text", "指标", "what is measured", key_of="indicators", required=True),
    "place": Column("text", "地区", "where", key_of="places", required=True),
    "period_start": Column("date", "所属期起", "first day the number covers"),
    "period_end": Column("date", "所属期止", "last day the number covers"),
    "as_of": Column("date", "截至日", "the day a stock or cumulative number speaks of"),
    "time_as_printed": Column(
        "text",
        "原文对时间的说法（没有印出日期时照录，如 连续两年）",
        "the words a source has for the time where it prints no date, as printed; the period then stays open",
    ),
    "breakdown": Column("text", "分组（维度:值）", "dimension:value of breakdowns.csv", key_of="breakdowns"),
    "variant": Column("text", "同一观测值的不同说法", "which of several printed versions"),
    "conflict": Column("text", "所属口径冲突", "the conflict identity that ties the variants", key_of="identities"),
    "release_at": Column("moment", "何时可公开（空=已公开）", "hidden before this moment; null is public"),
    "note": Column("text", "备注", "a remark in our own words"),
    "missing": Column("text", "还缺什么", "what a number needs before it can be entered", required=True),
    # where it comes from
    "title": Column(
        "text",
        "印出的标题；没有印出标题的写在全角括号里，如（第3版）",
        "the printed title; where none is printed, what it is, in full-width brackets",
        required=True,
    ),
    "publisher": Column("text", "发布单位", "who published it", required=True),
    "published_on": Column("date", "发布日期", "day of publication"),
    "dated_by": Column("text", "日期依据", "how the day is known"),
    "sha256": Column(
        "text", "文件的SHA-256", "64 lower-case hex digits of the document's bytes; empty when never seen"
    ),
    "verified": Column("yes_no", "已核对原文", "checked against the document itself", required=True),
    "checked_by": Column("text", "谁核对了原文", "who held every number against the document"),
    "checked_on": Column("date", "何日核对完", "the day on which the last number was held against it"),
    "withdrawal": Column("integer", "第几次撤回", "which time the source was taken back, from 1", required=True),
    "withdrawn_at": Column("moment", "撤回时间", "when it was taken back", required=True),
    "withdrawn_by": Column("text", "撤回人", "who took it back", required=True),
    "numbers": Column("integer", "数字个数", "how many numbers of it are entered", required=True),
    "corrected": Column("text", "更正说明", "reason and old value, where a correction applies"),
    # reference
    "name": Column("text", "名称", "Chinese name", required=True),
    "name_en": Column("text", "英文名", "English name"),
    "short_name": Column("text", "简称", "short Chinese name for charts"),
    "definition": Column("text", "口径/定义", "definition in our own words"),
    "kind": Column("text", "类别", "kind; see each table's closed list", required=True),
    "code": Column("text", "行政区划代码", "administrative code; empty for functional zones and below subdistrict"),
    "parent": Column("text", "上级", "the row one level up"),
    "located_in": Column(
        "text", "位于（法定区划）", "the statutory place a zone lies in; empty where not published", key_of="places"
    ),
    "sums": Column("yes_no", "计入上级合计", "whether its numbers add up to its parent's", required=True),
    "alias": Column("text", "别名", "another name", required=True),
    "valid_from": Column("date", "起用日", "first day it holds"),
    "valid_to": Column("date", "止用日", "last day it holds"),
    "level": Column("text", "层级：件/子项/指标", "item, part or measure", choices=PROJECT_LEVELS, required=True),
    "list_year": Column("text", "列入民生实事的年份", "years it stood on the list"),
    "lead": Column("text", "牵头单位", "lead organisation", key_of="organisations"),
    "organisation": Column("text", "单位", "a bureau, government or committee", key_of="organisations", required=True),
    "position": Column("integer", "排列次序", "order on screens", required=True),
    "polarity": Column("text", "方向：越多越好/越少越好/无", "up, down or none", choices=POLARITIES, required=True),
    "denominator": Column("text", "分母", "what a ratio is a ratio of"),
    "formula": Column("text", "推算公式", "how a derived number is computed"),
    "frequency": Column("text", "频率", "how often it is published"),
    "done_word": Column(
        "text",
        "实际数的说法：建成、投入",
        "what its actual numbers say was done, for legends and absences; empty: 实际",
    ),
    "done_word_en": Column("text", "实际数的英文说法", "the same word in English: built, spent"),
    "priority": Column(
        "text",
        "要紧程度（1最要紧）",
        "1 leads messages, cards and briefings, then 2, 3; empty leads nothing",
        choices=PRIORITIES,
    ),
    "continuous": Column(
        "yes_no", "可有小数（按末位四舍五入）", "yes: printed rounded; no: counted exactly", required=True
    ),
    "scale": Column("text", "量纲族", "units of one scale convert into each other", required=True),
    "dimension": Column("text", "分组维度", "what the breakdown divides by", required=True),
    "dimension_name": Column("text", "分组维度名称", "its Chinese name", required=True),
    "dimension_name_en": Column("text", "分组维度英文名", "its English name"),
    "item": Column("text", "分组值", "one value of the dimension", required=True),
    "state": Column("text", "状态", "closed list of its table", required=True),
    "reason": Column("text", "理由", "why, in our own words"),
    "reason_en": Column("text", "理由（英文）", "the same reason in English"),
    "superseded_by": Column(
        "text", "后来公布的数", "the later number that took the place of a declared absence", key_of="observations"
    ),
    "hidden_from": Column(
        "moment",
        "从何时起不再是缺项（空=仍缺）",
        "from this moment the number that supersedes it may be seen; null while it is absent",
    ),
    "follows_from": Column("text", "由哪条恒等关系得出", "the identity an absence follows from", key_of="identities"),
    "relation": Column("text", "关系", "=, <= or >=", choices=RELATIONS),
    "left": Column("text", "左式", "selector or formula"),
    "right": Column("text", "右式", "selector or formula"),
    "severity": Column(
        "text", "严重程度", "block stops a release, show publishes the verdict", choices=SEVERITIES, required=True
    ),
    "observation": Column("text", "对应观测值", "observation_id", key_of="observations"),
    "facility": Column("text", "设施", "one facility", required=True),
    "scope": Column("text", "适用地区", "the place a standard is in force for", key_of="places", required=True),
    "address": Column("text", "地址", "address as published"),
    "lon": Column("float", "经度", "longitude in the declared frame"),
    "lat": Column("float", "纬度", "latitude in the declared frame"),
    "crs": Column("text", "坐标系", "declared coordinate reference system"),
    "opened_on": Column("date", "启用日期", "day it opened"),
    "term": Column("text", "术语", "a word of the field", required=True),
    "synonym": Column("text", "人们怎么说", "the word that people use for it when they search", required=True),
    # statements
    "subject_kind": Column(
        "text",
        "对象类别",
        "which table the subject stands in",
        required=True,
        choices=("place", "project", "facility", "organisation", "indicator"),
    ),
    "subject": Column("text", "对象", "what the statement is about", required=True),
    "attribute": Column("text", "属性", "which property", key_of="attributes", required=True),
    "text": Column("text", "内容", "the value, a short term in our own words", required=True),
    # screens as data
    "headline": Column("text", "指标卡", "one headline card", required=True),
    "chart": Column("text", "图", "one chart of a screen", required=True),
    "screen": Column("text", "页面", "the screen it stands on", required=True),
    "form": Column("text", "图形", "how it is drawn", required=True),
    "title_en": Column("text", "英文标题", "English title"),
    "evidence": Column(
        "text",
        "一句话证据：显示哪些数",
        "selectors of the numbers that stand for a project in one line, separated by |",
    ),
    "shows": Column("text", "显示的观测值", "selector of the number shown", required=True),
    "beside": Column("text", "对照的观测值", "selectors of the numbers beside it, separated by |"),
    "sentence": Column(
        "text", "口径句", "one sentence that may be said, or a question that reporters ask", required=True
    ),
    "template": Column(
        "text",
        "模板：{{ a }} 写出第一个选择式的数，{{ a.place }} 等写出它的地区、时间",
        "text with slots: {{ a }} writes the number of the first selector, {{ a.place }} and the like what it speaks of; no number of its own",
        required=True,
    ),
    "caution": Column("text", "慎用规则", "one thing that must not be done with numbers", required=True),
    "operands": Column("text", "涉及的数", "selectors or ids, separated by |"),
    # checks and derived
    "identity": Column("text", "恒等关系", "one rule over observations", required=True),
    "verdict": Column(
        "text", "对账结论", "holds, violated, not_testable or conflict", choices=tuple(CheckResult), required=True
    ),
    "left_value": Column("text", "左值", "the left side as numbers"),
    "right_value": Column("text", "右值", "the right side as numbers"),
    "difference": Column("decimal", "差", "left minus right, of the nominal values"),
    "tolerance": Column("decimal", "容差", "half the width that printed precision allows; 0 for counts"),
    "parents": Column("text", "依据的观测值", "observation ids, separated by ;"),
    "in_conflict": Column(
        "text", "受哪个冲突影响", "conflict an operand belongs to; such a number is never a headline"
    ),
    # plans, milestones, usage, quarantine, boundaries
    "plan": Column("text", "计划编号", "one planned value", required=True),
    "milestone": Column("text", "节点编号", "one milestone", required=True),
    "node": Column("text", "节点", "what is to be reached", required=True),
    "due_on": Column("date", "应完成日", "planned day"),
    "done_on": Column("date", "实际完成日", "actual day"),
    "day": Column("date", "日期", "one day", required=True),
    "weekday": Column("integer", "星期（1-7）", "ISO weekday", required=True),
    "hour": Column("integer", "小时（0-23）", "hour of the day", required=True),
    "visits": Column("integer", "进馆人次", "entries", required=True),
    "loans": Column("integer", "借出册次", "loans", required=True),
    "returns": Column("integer", "归还册次", "returns", required=True),
    "cards": Column("integer", "办证张数", "reader cards issued", required=True),
    "readers": Column(
        "decimal",
        "读者人数（不同的卡号；少于5人不公布）",
        "distinct reader cards; null below 5, where it could point at a person",
    ),
    "file": Column("text", "文件", "file name", required=True),
    "rows": Column("integer", "行数", "how many rows of the file have this fault", required=True),
    "row": Column("integer", "首例所在的行", "row of the first of them: the header of a CSV is row 1", required=True),
    "column": Column("text", "列", "column"),
    "found": Column("text", "首例的值（个人信息已掩去）", "what stood there, personal numbers masked"),
    "geometry": Column("bytes", "几何（WKB，WGS 84 经纬度）", "WKB, longitude and latitude in WGS 84"),
    "credit": Column("text", "数据来源署名", "credit line", required=True),
    "credit_en": Column("text", "数据来源署名（英文）", "credit line in English"),
    "licence": Column("text", "使用许可", "what allows the use of the outlines", required=True),
    "review_number": Column("text", "审图号", "map review number; empty means internal reference only"),
}

_KEY = ["project", "indicator", "place", "period_start", "period_end", "as_of", "breakdown", "measure", "variant"]


@dataclass(frozen=True)
class Table:
    """One table: its grain, its columns in order, its key. A file written before the ``later`` columns were added may be without them."""

    grain: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    must: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()

    def requires(self, column: str) -> bool:
        """Whether a row of this table cannot be without ``column``."""
        return column in self.must or (COLUMNS[column].required and column not in self.optional)


def _table(
    grain: str,
    columns: str,
    key: str,
    *,
    optional: str = "",
    must: str = "",
    later: str = "",
    **choices: tuple[str, ...],
) -> Table:
    names = tuple(columns.split())
    unknown = [name for name in (*names, *key.split()) if name not in COLUMNS]
    if unknown:
        raise KeyError(f"columns without a description: {unknown}")
    return Table(
        grain, names, tuple(key.split()), choices, *(frozenset(each.split()) for each in (optional, must, later))
    )


FACTS = _table(
    "one printed number of one source, as a person enters it",
    "seq as_printed keyword locator value value_high unit qualifier measure project indicator place period_start "
    "period_end as_of time_as_printed breakdown variant conflict role repeats read_by release_at note",
    "seq",
    optional="indicator project place",
    later="time_as_printed",
)
WAITING = _table(
    "one number read from a document that lacks something; completed, its row moves to facts.csv (no build reads it here)",
    f"{' '.join(FACTS.columns)} missing",
    "seq",
    optional="indicator project place unit",
    later="time_as_printed",
)
CHECKED = _table(
    "one number of one source that somebody held against the document, as it stood then (no build reads it)",
    f"{' '.join(FACTS.columns)} checked_by checked_on",
    "seq",
    optional="indicator project place",
    must="checked_by checked_on",
)
STATEMENTS = _table(
    "one published fact that is not a number, as a person enters it",
    "seq subject_kind subject attribute text project as_of keyword locator release_at note",
    "seq",
    later="project",
)
"""``project`` lists (by ;) what else a statement is part of besides its subject: the brand of a community among speciality communities."""

REFERENCE: Mapping[str, Table] = {
    "places": _table(
        "one place", "place name name_en short_name code kind parent located_in sums note", "place", kind=PLACE_KINDS
    ),
    "place_aliases": _table(
        "one other name of a place, with its days", "alias place valid_from valid_to note", "alias place"
    ),
    "synonyms": _table(
        "one word that people type for a project, facility, organisation or indicator (other names of places: place_aliases.csv)",
        "synonym subject_kind subject note",
        "synonym subject_kind subject",
    ),
    "organisations": _table(
        "one organisation", "organisation name name_en kind place parent note", "organisation", optional="place"
    ),
    "projects": _table(
        "one livelihood project or part of one",
        "project name name_en parent level list_year lead position evidence definition note",
        "project",
        optional="lead",
    ),
    "indicators": _table(
        "one indicator: what is measured, in exactly one unit",
        "indicator name name_en project unit kind polarity sums definition denominator frequency formula position note done_word done_word_en priority",
        "indicator",
        kind=INDICATOR_KINDS,
        optional="project",
        must="definition",
        later="done_word done_word_en priority",
    ),
    "units": _table("one unit or classifier", "unit name name_en continuous scale note", "unit", optional="unit"),
    "breakdowns": _table(
        "one value of one breakdown dimension",
        "breakdown dimension dimension_name dimension_name_en item name name_en position",
        "breakdown",
    ),
    "attributes": _table("one property a statement can speak of", "attribute name name_en definition", "attribute"),
    "identities": _table(
        "one rule over observations",
        "identity name name_en kind relation left right severity note",
        "identity",
        kind=IDENTITY_KINDS,
    ),
    "absences": _table(
        "one expected number that is not there (place may be parts:<place>)",
        "project indicator place period_start period_end breakdown measure state reason reason_en follows_from as_of note",
        "indicator place period_start period_end breakdown measure",
        state=ABSENCE_STATES,
        optional="measure project",
    ),
    "standards": _table(
        "one floor or rule for a facility, for one place and time",
        "indicator breakdown scope valid_from valid_to observation name name_en note",
        "indicator breakdown scope valid_from",
        optional="observation",
    ),
    "facilities": _table(
        "one facility", "facility name name_en project place address lon lat crs opened_on note", "facility"
    ),
    "plans": _table(
        "one planned value: cumulative, to be reached by a day",
        "plan project indicator place due_on value unit note",
        "plan",
        optional="project",
    ),
    "milestones": _table(
        "one node of a project at a place, planned and reached",
        "milestone project place node due_on done_on state note",
        "milestone",
        state=MILESTONE_STATES,
    ),
    "denominators": _table(
        "one indicator that others may be divided by (population: a stock in 人; floor_area: m2 of a facility, which its breakdown names)",
        "kind indicator note",
        "kind",
        kind=("population", "floor_area"),
    ),
    "definitions": _table("one term of the field", "term name_en definition source note", "term", optional="source"),
    "cautions": _table(
        "one thing that must not be done with numbers",
        "caution kind operands name name_en reason reason_en",
        "caution",
        kind=("do_not_add", "do_not_compare", "different_definition", "different_year", "misleading"),
    ),
    "headlines": _table(
        "one headline card of the overview", "headline position title title_en shows beside note", "headline"
    ),
    "charts": _table(
        "one chart of a screen",
        "chart screen position form title title_en shows beside note",
        "chart",
        form=("bars_by_place", "bars_by_period", "points_over_time", "bars_by_breakdown", "map_by_place"),
    ),
    "sentences": _table(
        "one sentence that may be said of numbers, or one question (shows may be *{measure=plan}: every number of a kind that has no row)",
        "sentence project position shows beside template kind note",
        "sentence",
        optional="project",
        kind=SENTENCE_KINDS,
    ),
}
"""What people write under data/reference/, one CSV each."""

TABLES: Mapping[str, Table] = {
    "observations": _table(
        "one number of one source (repeats and incidentals stay out)",
        "observation_id source seq as_printed keyword locator value value_high step unit qualifier measure project indicator place "
        "period_start period_end as_of time_as_printed breakdown variant conflict read_by published_on verified corrected release_at note",
        "observation_id",
        optional="project",
    ),
    "figures": _table(
        "one number as printed at one position of a source; repeats and incidentals too",
        "source seq as_printed keyword locator role value value_high unit qualifier observation_id release_at note",
        "source seq",
        optional="observation_id",
    ),
    "statements": _table(
        "one published fact that is not a number",
        "statement_id source seq subject_kind subject attribute text project as_of keyword locator release_at note",
        "statement_id",
    ),
    "derived": _table(
        "one computed number, always marked 推算",
        "derived_id value value_high step unit qualifier project indicator place period_start period_end as_of time_as_printed breakdown variant "
        "formula parents in_conflict verified release_at note",
        "derived_id",
        optional="project",
    ),
    "absences": _table(
        "one expected number that is not there, with its state",
        "project indicator place period_start period_end breakdown measure state reason reason_en follows_from as_of hidden_from note",
        "indicator place period_start period_end breakdown measure",
        state=ABSENCE_STATES,
        optional="measure project",
    ),
    "superseded_absences": _table(
        "one absence that was declared and has been published since: its history",
        "project indicator place period_start period_end breakdown measure state reason reason_en as_of superseded_by release_at note",
        "indicator place period_start period_end breakdown measure",
        state=ABSENCE_STATES,
        optional="measure project",
        must="superseded_by",
    ),
    "checks": _table(
        "one identity of one build",
        "identity name name_en kind severity verdict left_value right_value difference tolerance parents reason reason_en release_at",
        "identity parents",
        kind=IDENTITY_KINDS,
    ),
    "sources": _table(
        "one document, workbook or log",
        "source title publisher published_on dated_by place sha256 verified checked_by checked_on numbers kind release_at note",
        "source",
        optional="place",
        kind=("bulletin", "newspaper", "web_page", "workbook", "gate_log"),
    ),
    "withdrawn": _table(
        "one source that was taken back, with the reason: its numbers are in no table",
        "source withdrawal title publisher published_on numbers withdrawn_at withdrawn_by reason release_at",
        "source withdrawal",
        must="reason",
    ),
    **{name: table for name, table in REFERENCE.items() if name not in ("absences",)},
    "visits_daily": _table("facility x day", "facility day visits loans returns cards", "facility day"),
    "visits_hourly": _table("facility x weekday x hour", "facility weekday hour visits", "facility weekday hour"),
    "visits_monthly": _table(
        "facility x month, and place x month where facility is empty (districts and the city; not to be added to their parts)",
        "place facility period_start period_end visits loans returns cards readers",
        "place facility period_start",
        optional="facility",
        must="period_start period_end",
    ),
    "quarantine": _table(
        "one reason for which rows of one log file are not counted, with the first of them",
        "source file reason rows row column found",
        "source file reason",
        must="reason",
    ),
    "boundaries": _table(
        "one place with geometry", "place geometry crs credit credit_en licence review_number", "place"
    ),
}
"""What a release holds, one Parquet file each."""

GEO: Mapping[str, str] = {
    "geo": '{"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", '
    '"geometry_types": ["Polygon", "MultiPolygon"], "orientation": "counterclockwise"}}}'
}
"""GeoParquet's metadata of table ``boundaries``; without a ``crs`` there the frame is OGC:CRS84, longitude and latitude."""

KEY_COLUMNS = tuple(_KEY)
"""The columns that together say what an observation speaks of."""


def _dtype(kind: Kind) -> str | None:
    return {"integer": "int64", "float": "float64", "yes_no": "bool"}.get(kind)


def contract(table: Table) -> pa.DataFrameSchema:
    """The pandera contract of ``table``: types, closed lists, what must be there, and its key.

    That text is text is asked of the whole table at once: column by column it costs half of a build.
    """
    import pandera.pandas as pa  # noqa: PLC0415 - a third of a screen's start, and only a build validates

    def column(name: str) -> pa.Column:
        described = COLUMNS[name]
        choices = table.choices.get(name, described.choices)
        must = table.requires(name)
        checks = []
        if choices:
            checks.append(pa.Check.isin(choices if must else (*choices, "")))
        elif must and described.kind == "text":
            checks.append(pa.Check.str_length(min_value=1))
        return pa.Column(
            _dtype(described.kind),
            checks=checks,
            nullable=described.kind in ("decimal", "date", "moment", "float", "bytes"),
            description=described.en,
        )

    texts = [name for name in table.columns if COLUMNS[name].kind == "text"]
    return pa.DataFrameSchema(
        {name: column(name) for name in table.columns}, strict=True, ordered=True, unique=list(table.key),
        checks=pa.Check(lambda frame: all(frame[name].dtype == "str" for name in texts if name in frame), name="text"),
    )  # fmt: skip
