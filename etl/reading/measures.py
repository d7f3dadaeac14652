"""What a number says: what was done (actual), is meant to be done (plan, target), or is laid down (standard).

An ordered list of small rules, from the number itself (10件民生实事, 60岁以上) over its clause and sentence to the heading above; the
first that says something decides, and ``Measures.decided`` tells which. Words that go with plans and deeds alike (完成, 建成) decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from etl.reading.compact import PARAGRAPH
from etl.reading.grammar import Reading
from etl.reading.layout import Layout, Span
from etl.reading.lexicon import any_of, words
from etl.reading.times import Times

ACTUAL, PLAN, TARGET, STANDARD = "actual", "plan", "target", "standard"
NOTHING_SAID = "nothing_said"
_PROGRAMME = re.compile(
    "(?:[0-9]+[件项])?[^，。；、0-9]{0,8}(?:民生|惠民|民心|为民)?(?:办)?实事(?!办理)|[^，。；、0-9]{0,4}民生工程"
)
_ITEMS = re.compile("的?(?:[0-9]+个)?(?:具体|重点|实事|民生|子|分)?(?:项目|事项|子项|领域|方面)?(?=[，。；、：（(]|$)")
_OF_A_PROGRAMME = re.compile("实事|民生工程|民心工程|惠民工程|工作目标")
_GOAL_BEHIND = re.compile("[^，。；、0-9]{0,20}的(?:年度|全年|总|建设)?(?:目标|任务)|(?:年度|全年)?任务[中里]")
_GOAL_BEFORE = re.compile(
    "(?:目标|任务)(?:任务)?(?:数|值|：|(?:要求)?是|[均皆都]?为)|(?<![一-鿿]的)任务$(?!\n)|"
    "(?:年度|全年|建设|目标)任务[^，。；0-9%]{0,6}$(?!\n)|目标：?$(?!\n)"
)
_AIMED = re.compile(
    "力争(?!上游)|(?<!向上)争取(?!到|资金|项目|上级|中央|专项|债券)|确保(?!了)|须达|(?<![适对反响照供])应(?:建|改|配|装|完成|治)"
)
_THE_GOAL_ITSELF = re.compile("(?P<goal>计划|目标|任务)$(?!\n)")
_REQUIRED = re.compile("(?:任务要求|目标任务|建设任务|任务分解)(?:是|为|如下)?$|任务(?:是|为)$")
_HABIT = re.compile(
    "每[月周天日季][^，。；]{0,4}(?:支付|走|上门|挣|赚|花|接待|用|去|来|产|卖)|每[^，。；]{0,5}(?:收入|增收|产值)|收入[^，。；]{0,4}每"
)
_BY_THE_RULES = re.compile(
    "(?:按照?|根据|依据|依照)[^，。]{0,8}规定，$(?!\n)|(?:办法|方案|意见|标准|通知)[^，。；]{0,8}规定，?$(?!\n)"
)
_RULES_HEADING = re.compile("(?:设置|建设|配置|配备|面积|补助|收费)标准[）]?$")
_CHAPTER = re.compile("[一二三四五六七八九十]+、")
_OF_THE_GOAL = re.compile(
    "(?:完成|占|为|(?<!下)达到?|超|比|较)[^，。；]{0,10}(?:目标|任务|计划)[^，。；0-9]{0,6}的?(?:$|[0-9])|(?:目标|任务|计划)[^，。；0-9]{0,4}(?:完成率|完成比例|达成率|执行率)"
)
_DONE_NOW = re.compile("已|实际|(?<![为除])了(?!解)")
_DONE = re.compile("(?<![为除])了(?!解)")
_LAID_DOWN = re.compile(
    "规定|原则上|年满|限[速高重宽]|一般(?!公共|贸易|债|工业|转移|户|农|诊|慢)|应当|必须|不得|时限|期限|(?<!同)期为|收费(?!站|公路|停车位|路段|车)|票价|"
    "(?<![高对])标准(?!化|厂房|地|间|[^，。]{0,4}(?:提高|增长|上调|提升)$(?!\n))"
)
_CHARGED = re.compile("[^，。；0-9]{0,4}(?:免费|收费)")
_FLOOR = re.compile("不少于|不小于|不低于|不得|不应|不超过|≥|≤")
_EACH = re.compile("每(?![百千万年逢当])|单[座个处家]")
_EACH_ACTS = re.compile("每[^，。；]{1,8}?(?:启动|建成|新建|新增|改造|打造|举办|开通|建设(?!标准))")
_PER_HEAD = re.compile("每(?:[百千万]|平方公里|亩|公顷)|[年月日]均|平均")
_COMES_NEXT = re.compile("[^，。：]{0,6}(?:下一?步|接下来|今后|明年|下半年(?:任务|工作|计划))[^，。]{0,10}[，：]")
_THIS_YEAR = re.compile("(?:今年|新的一年|20[0-9]{2}年)[^。：；0-9]{0,12}")
_POINT = re.compile("第?[一二三四五六七八九十](?:是|，)|其[一二三四五]")
_FUTURE_HEADING = re.compile(
    "(?:安排|打算|部署|目标|任务|计划|思路|举措|展望|下一步|下一?步[^，。]{0,6}|重点工作|工作重点|(?:今年|明年|20[0-9]{2}年)[^，。]{0,8}(?:抓好|做好|办好)[^，。]{0,16})[：）]?$"
)
_PAST_HEADING = re.compile("回顾|完成|进展|总结|成效|情况")
_OPENING = re.compile("自助|开放|营业|不打烊|值班|值守|服务热线|全天候|无人值守|在线")
_CIRCLE = re.compile("[^。！？；，：“”0-9\n]{0,12}圈")
_LONGEST_HEADING = 24
_LOOKS_BACK = "-"
_REACH, _FARTHEST = 200, 600
"""How many characters of a clause and of a sentence are asked, so that reading stays in proportion to the text."""
_OPENS_WITHIN = 3
_EARLY = 4
"""The last month in which a year's programme is announced; what tells of it later tells of its progress."""
_YEAR = re.compile("20[0-9]{2}(?=年)")
_PROGRAMMES = "(?:实事|民生工程|民生项目|民心工程|惠民工程)"
_ANNOUNCES = re.compile(
    f"(?:今年|明年|20[0-9]{{2}}年)[^。\\n]{{0,16}}(?:将|要|拟|计划)[^。\\n]{{0,16}}{_PROGRAMMES}|"
    f"{_PROGRAMMES}[^。\\n]{{0,10}}(?:公布|发布|出炉|确定|揭晓|清单|目录|计划|安排|方案|征集|征求|票决|敲定|来了|通知)|"
    f"(?:公布|发布|确定|推出|票决|敲定|实施|印发|通过|拟办)[^。\\n]{{0,30}}{_PROGRAMMES}"
)
_THERE_IS = re.compile("(?:现|共|总共|原|已)有|拥有|下辖|辖区|覆盖了")
_TASK_THEN_DONE = re.compile(
    "[^，。；：、0-9已]{0,30}(?:(?:截至|截止|到)[0-9]+[年月日0-9]*[底末]?)?(?:均|都|全部|现|全)?(?:已|完成|建成|正在)[^，。；：、]{0,12}?[0-9]"
)
_TASK_UNDER_WAY = re.compile("[^，。；：、0-9已（(]{2,30}(?:正在|还在|仍在)[^，。；：、0-9（(]{1,6}[（(][0-9.]+%")
_LEADS = re.compile("(?:^|其中|[，。；、：]|[这那该其][^，。；、0-9]{0,2}|其余|余下|剩余|剩下)的?$")
_STILL_TO_COME = re.compile(
    "[^，。；、：0-9（(]{0,14}?(?:(?<![即行])将|预计|计划|拟|有望|力争|待)(?![近要])(?:[^，。；：0-9]|[0-9]+[年月日])*(?:[，。；：]|$)"
)
_OUTCOME = re.compile(
    "结果|超额$(?!\n)|(?:全年|实际|总计|最终)(?:共|已|均|实际)*(?:完成|投入|建成|新增|落实|改造|达到?)[^，。；0-9]{0,8}$(?!\n)"
)
_HAS_A_PLAN = re.compile("[^，。；、：0-9（(]{1,10}(?:计划|拟|预计)[^，。；：0-9]{1,8}[0-9]+(?![0-9.年月日])")
_AIMED_BEYOND = re.compile("力争|确保|争取|预计|计划")
_ALL_DONE = re.compile(
    "[^，。；、：0-9（(]{0,12}?(?:都|均|全部|全)?已(?:经)?[一-鿿]{2}[^，。；：0-9]{0,8}(?:[，。；]|$)"
)
_PAID = re.compile("标准|补差|补贴|补助|津贴|护理费|养育|供养|低保|救助金|待遇|报销|奖励")
_BY_HEAD = re.compile("每人|人均补|每[月年日天](?![^，。；]{0,4}(?:收入|接待))|每[户名]")
_PAYS = re.compile("[^，。；、0-9]{0,4}的?[^，。；、0-9]{0,8}(?:补贴|补助|奖励|津贴|补偿)")
_GRANTED = re.compile("给予|享受|发放|予以|可领|可获|领取")
_RAISED = re.compile("(?:提高|增加|上调|提升|调整|涨|上涨)[到至为][^，。；]{0,14}$(?!\n)")
_RAISED_BEHIND = re.compile("[^。；]{0,40}?(?:提高|增加|上调|提升|调整|涨|上涨)[到至为]")
_RAISED_FROM = re.compile("[由从](?!20)[^，。；]{0,24}$(?!\n)")
_LIMIT_OF_A_CLASS = re.compile("(?:的[只仅]?有?|以[上下]的?[只仅]?有?)(?=[0-9]+[个家处座户所间套人名])")
_CLASS = re.compile("面积|年龄|收入|人口|户数|床位|规模|人数")
_DEADLINE_BEHIND = re.compile(
    f"(?:在|于|将|要)?[^，。；：0-9]{{0,6}}?(?:今明两年|明后两年|{any_of(['年内', '年底前', '月底前', '年末前', '明年', '后年'])}|[0-9]月底?前|日前)[^，。；：0-9]{{0,6}}?"
    "(?:完成|建成|投用|投入使用|开放|竣工|交付|建好|到位|开工)"
)
_COLUMNS = (
    (ACTUAL, re.compile("率|^占|进度|占比|比例|进展|(?:完成|落实|推进)情况")),
    (PLAN, re.compile("计划|拟[建投新改]")),
    (TARGET, re.compile("目标|任务[数量]|(?:年度|全年|总)任务|^任务$|应[建配完]")),
    (ACTUAL, re.compile("完成|已|实际|实[建有配投]|现[有状]|累计")),
    (STANDARD, re.compile("标准")),
    (PLAN, re.compile("任务|内容|事项")),
)
"""What a column is headed with, in the order in which it is asked: 计划完成数 plans."""
_FLOOR_OF_A_STANDARD = re.compile("标准[^，。；0-9]{0,4}(?:不低于|不少于|不高于)[^，。；0-9]{0,12}$(?!\n)")
_ONCE_DONE = re.compile(
    "(?:建成|建好|投产|投用|投入使用|达产|完工)[^，。；]{0,4}后，?[^。；已]{0,20}(?:可|将|能(?!力)|预计)"
)
_DONE_ALONE = re.compile("(?:已|均|全部)?(?:开工|完工|竣工|投用|建成|开业)(?:投用|改造)?")
_PART_OF_A_YEAR = re.compile(
    "[0-9]+(?:月)?[—–~至-][0-9]+月|上半年|前?[一二三]个?季度|前[0-9]+个?月|(?<![0-9])[0-9]{1,2}月(?![底末前])|截至"
)
_IN_ALL = re.compile("共(?!同)|累计|合计|总计")
_TO_BUILD_ON = re.compile("[^，。；]{0,10}基础上")


@dataclass(frozen=True)
class _Case:
    """One number with the words around it, as the rules ask for them."""

    reading: Reading
    parts: Layout
    times: Times
    told_by_heading: Callable[[int], str]
    is_announced: bool
    points: dict[int, str]

    @cached_property
    def clause(self) -> Span:
        return self.parts.clause(self.reading.core)

    @cached_property
    def sentence(self) -> Span:
        return self.parts.sentence(self.reading.core)

    @cached_property
    def before(self) -> str:
        """The words of the clause before the number."""
        return self.parts.text[max(self.clause.start, self.reading.core - _REACH) : self.reading.core]

    @cached_property
    def behind(self) -> str:
        """The words of the clause behind the number."""
        return self.parts.text[self.reading.end : min(self.clause.end, self.reading.end + _REACH)]

    @cached_property
    def said(self) -> str:
        """The words of the sentence before the number."""
        return self.parts.text[max(self.sentence.start, self.reading.core - _FARTHEST) : self.reading.core]

    @cached_property
    def lead(self) -> re.Match[str] | None:
        """What begins a list or a part before the number: 其中, 其余, a comma."""
        return _LEADS.search(self.parts.text, max(0, self.clause.start - 1), self.reading.core)


Rule = Callable[[_Case], str]


@dataclass(frozen=True)
class Measures:
    """The words of one text, ready to be asked what a number says; headings are read once for each paragraph."""

    parts: Layout
    times: Times
    headings: dict[int, str] = field(default_factory=dict)
    points: dict[int, str] = field(default_factory=dict)

    @cached_property
    def is_announcement(self) -> bool:
        """Whether the title or the first lines announce a year's programme, early in that year or before it."""
        parts, day = self.parts, self.times.published_on
        title = parts.text[: parts.paragraph(0).end]
        opens_within = parts.paragraphs[_OPENS_WITHIN] if len(parts.paragraphs) > _OPENS_WITHIN else len(parts.text)
        found = _ANNOUNCES.search(title) or _ANNOUNCES.search(parts.text, 0, opens_within)
        if not found or _PAST_HEADING.search(title):
            return False
        years = _YEAR.findall(title) or _YEAR.findall(found.group())
        year = max(map(int, years), default=day.year if day else 0)
        return day is None or year > day.year or (year == day.year and day.month <= _EARLY)

    def of(self, readings: Sequence[Reading]) -> list[str]:
        """Return actual, plan, target or standard for each number of the text; what a title only names the text tells."""
        found = [self.decided(reading) for reading in readings]
        title = self.parts.paragraph(0).end
        below = {}
        for reading, (measure, _) in zip(reversed(readings), reversed(found), strict=True):
            if reading.core >= title:
                below[reading.value, reading.unit] = measure
        return [
            below.get((reading.value, reading.unit), measure)
            if reading.core < title and rule == NOTHING_SAID
            else measure
            for reading, (measure, rule) in zip(readings, found, strict=True)
        ]

    def decided(self, reading: Reading) -> tuple[str, str]:
        """Return the measure of a number and the name of the rule that decided."""
        case = _Case(reading, self.parts, self.times, self._told_by_heading, self.is_announcement, self.points)
        for rule in RULES:
            if measure := rule(case):
                return measure, rule.__name__
        return ACTUAL, NOTHING_SAID

    def _told_by_heading(self, paragraph: int) -> str:
        """Return plan where the nearest heading above announces one (2024年工作安排) and none has ended it, standard below 设置标准
        as far as its chapter goes."""
        passed: list[int] = []
        at, is_elsewhere = paragraph, False
        while at > 0 and at not in self.headings:
            passed.append(at)
            above = self.parts.paragraph(at - 1)
            line = self.parts.text[above.start : above.end].strip(PARAGRAPH)
            at = above.start
            told_here = _told_by_line(line)
            if told_here:
                told = told_here
                break
            is_elsewhere = is_elsewhere or _CHAPTER.match(line) is not None
        else:
            told = self.headings.get(at, "")
        if told == STANDARD and is_elsewhere:
            told = ""
        self.headings.update(dict.fromkeys(passed, told))
        return told


def _told_by_line(line: str) -> str:
    """Return plan or standard for a heading that announces either, ``_LOOKS_BACK`` for one that does, "" for other lines."""
    if not 0 < len(line) <= _LONGEST_HEADING or line.endswith(("。", "！", "？", "；", "，")):
        return ""
    if _PAST_HEADING.search(line):
        return _LOOKS_BACK
    return PLAN if _FUTURE_HEADING.search(line) else STANDARD if _RULES_HEADING.search(line) else ""


def an_item_of_a_programme(case: _Case) -> str:
    """实施10件民生实事 is plan, and so is what it consists of (涉及7个方面); 已完成9件 is not."""
    reading, text = case.reading, case.parts.text
    if reading.unit not in ("件", "项", "个", "类", "个方面"):
        return ""
    if _PROGRAMME.match(text, reading.end):
        return PLAN
    told = _DONE_NOW.search(case.before) or _pattern("actual").search(case.before) or "完成" in case.behind
    return PLAN if _OF_A_PROGRAMME.search(case.said) and not told and _counts_items(case) else ""


def _counts_items(case: _Case) -> bool:
    text, reading = case.parts.text, case.reading
    counts = reading.unit in ("件", "项", "个方面")
    found = _ITEMS.match(text, reading.end)
    return bool((found and (found.group() or counts)) or (case.lead and counts))


def a_class_limit(case: _Case) -> str:
    """60岁以上老人, 面积不足1000平方米的20个社区 tell who is counted; 400多平方米的门面房 tells how large it is."""
    word, limited = case.reading.word, case.reading.qualifier in ("at_least", "up_to", "less_than", "range")
    if word and word.kind == "age" and case.reading.qualifier in ("at_least", "up_to", "range"):
        return STANDARD
    is_one = limited and _CLASS.search(case.before) and _LIMIT_OF_A_CLASS.match(case.parts.text, case.reading.end)
    return STANDARD if is_one else ""


def a_standing_name(case: _Case) -> str:
    """15分钟生活圈 and 24小时自助 are standard, 40周年 is actual."""
    word = case.reading.word
    text = case.parts.text
    if word and word.kind == "time" and _CIRCLE.match(text, case.reading.end):
        return STANDARD
    if case.reading.unit == "小时" and _OPENING.search(text[max(0, case.reading.start - 6) : case.reading.end + 8]):
        return STANDARD
    return ACTUAL if word and word.word == "周年" else ""


def an_amount_in_force(case: _Case) -> str:
    """低保标准提高到835元/人月 and 给予2万元的补贴 are standard; 将标准由500元提高到600元 takes 500 for standard and plans 600."""
    if _FLOOR_OF_A_STANDARD.search(case.before):
        return STANDARD
    if case.reading.word is None or case.reading.word.kind != "money":
        return ""
    wide = case.said + case.parts.text[case.reading.core : case.reading.end] + case.behind
    if _GRANTED.search(case.before) and _PAYS.match(case.parts.text, case.reading.end):
        return "" if _DONE_NOW.search(case.before) else STANDARD
    by_head = _BY_HEAD.search(case.before) or (_BY_HEAD.search(case.said) and not _IN_ALL.search(case.before))
    if not _PAID.search(wide) or "收入" in case.before or not ("/" in case.reading.unit or by_head):
        return ""
    if _RAISED_FROM.search(case.before) and _RAISED_BEHIND.match(case.parts.text, case.reading.end):
        return STANDARD
    return PLAN if _RAISED.search(case.before) and "将" in case.before else STANDARD


def a_task_with_its_outcome(case: _Case) -> str:
    """15个建设已完成8个 and 6个改造正在施工（90%） tell the task first; 8个已完成验收 has no number behind."""
    text, end = case.parts.text, case.reading.end
    if not case.lead or case.reading.unit == "%" or case.reading.start > case.lead.end():
        return ""
    return PLAN if _TASK_THEN_DONE.match(text, end) or _TASK_UNDER_WAY.match(text, end) else ""


def a_goal_around(case: _Case) -> str:
    """建设73个社区的目标任务, 计划的81.9%."""
    goal = _THE_GOAL_ITSELF.search(case.before) if case.behind[:1] == "的" else None
    if goal:
        return PLAN if goal["goal"] == "计划" else TARGET
    return TARGET if case.reading.unit != "%" and _GOAL_BEHIND.match(case.parts.text, case.reading.end) else ""


def a_bare_cell(case: _Case) -> str:
    """A cell that holds a number and nothing else is what its column is, also in a row of 低保标准."""
    cell = case.parts.cell(case.reading.core)
    is_bare = cell and cell.span.end - cell.span.start <= case.reading.end - case.reading.start + 1
    return its_column(case) if is_bare else ""


def its_column(case: _Case) -> str:
    """Below 年度目标 stands a target, below 工作任务 a plan, below 完成数 or 占比 what is done; 任务完成率 is done too."""
    cell = case.parts.cell(case.reading.core)
    header = "".join(case.parts.text[span.start : span.end] for span in cell.headers) if cell else ""
    return next((measure for measure, named in _COLUMNS if named.search(header)), "")


def still_to_come(case: _Case) -> str:
    """80%的面积将用来服务群众, 5项预计10月底前完成; 5项已完成，预计 ... is done."""
    if _DONE_NOW.search(case.before):
        return ""
    is_due = _DEADLINE_BEHIND.match(case.parts.text, case.clause.end) or _DEADLINE_BEHIND.search(case.behind)
    return PLAN if _STILL_TO_COME.match(case.behind) or is_due else ""


def an_estimate_of_what_is_over(case: _Case) -> str:
    """预计2021年人均收入5万元 in January of 2022 estimates what has happened; 预计2022年 plans."""
    if "预计" not in case.said or _will().search(case.said) or "计划" in case.said:
        return ""
    told, published_on = case.times.of(case.reading.core, case.reading.end), case.times.published_on
    return ACTUAL if published_on and told.period_end and told.period_end < published_on else ""


def an_outcome(case: _Case) -> str:
    """原计划20个，结果建成22个，超额10%; 力争超额10% is aimed at; 13个村计划脱贫48户 are there, and so are 32个都已开工."""
    if _OUTCOME.search(case.before) and not _AIMED_BEYOND.search(case.before):
        return ACTUAL
    if _HAS_A_PLAN.match(case.behind) and not _told_by(case.before):
        return ACTUAL
    return ACTUAL if _ALL_DONE.match(case.behind) and not _will().search(case.before) else ""


def once_it_is_done(case: _Case) -> str:
    """项目建成后，可新增泊位500个 tells of what is not there yet; 建成后已接待2万人 does not."""
    return PLAN if _ONCE_DONE.search(case.said) and not _DONE_NOW.search(case.before) else ""


def its_clause(case: _Case) -> str:
    """计划新建3个, 力争达到95%, 规定不少于30平方米, 每座50平方米, 在现有15家的基础上."""
    told = _told_by(case.before)
    if _TO_BUILD_ON.match(case.behind):
        return ACTUAL
    word = case.reading.word
    is_charged = word and word.kind in ("time", "money", "length") and _CHARGED.match(case.parts.text, case.reading.end)
    if not told and (_LAID_DOWN.search(case.before) or is_charged):
        return STANDARD
    if _is_per_unit(case.before) and told in ("", ACTUAL):
        return STANDARD
    return told


def its_sentence(case: _Case) -> str:
    """计划改造120个，惠及2万户, but what is done of it (，完工102个; ，1—9月完成90个) is done; a day still to come (到2025年，覆盖率达到90%) plans, and a floor is a rule unless it is planned."""
    told = _told_by_earlier_clauses(case)
    if told in (PLAN, TARGET) and not case.is_announced and (_is_done_of_it(case) or _is_over(case)):
        return ACTUAL
    if case.times.is_ahead(case.reading.core) or told in (PLAN, TARGET):
        return told if told in (PLAN, TARGET) else PLAN
    return STANDARD if _FLOOR.search(case.parts.text[case.reading.start : case.reading.core]) else told


def _is_done_of_it(case: _Case) -> bool:
    """Whether the clause only says done, behind a number that was planned: 计划改造120个，完工102个."""
    earlier = case.parts.text[case.sentence.start : case.clause.start]
    return bool(_DONE_ALONE.fullmatch(case.before) and re.search("[0-9]", earlier[-_REACH:]))


def _is_over(case: _Case) -> bool:
    """Whether the clause names a part of the year that has passed: 计划投资10亿元，1—9月完成8亿元."""
    day = case.times.published_on
    if not day or not _PART_OF_A_YEAR.search(case.before):
        return False
    told = case.times.of(case.reading.core, case.reading.end)
    last = told.period_end or told.as_of
    return last is not None and last <= day


def its_paragraph(case: _Case) -> str:
    """下一步，... and 今年，我们将推进... open a paragraph of plans; in a list of plans the later points are plans too."""
    paragraph, sentence = case.parts.paragraph(case.reading.core), case.sentence
    opening = _THIS_YEAR.match(case.parts.text, paragraph.start)
    if _COMES_NEXT.match(case.parts.text, paragraph.start) or (opening and _will().search(opening.group())):
        return PLAN
    passed = []
    told = ""
    while not told and sentence.start > paragraph.start and _POINT.match(case.parts.text, sentence.start):
        passed.append(sentence.start)
        if sentence.start in case.points:
            told = case.points[sentence.start]
            break
        sentence = case.parts.sentence(sentence.start - 1)
        told = _told_by(case.parts.text[sentence.start : sentence.end])
    case.points.update(dict.fromkeys(passed, told))
    return told if told == PLAN else ""


def its_heading(case: _Case) -> str:
    """Below 2024年工作安排 stand plans, below 房间设置标准 standards, below 2023年工作回顾 what was done."""
    told = case.told_by_heading(case.parts.paragraph(case.reading.core).start)
    return ACTUAL if told == _LOOKS_BACK else told


def an_announced_list(case: _Case) -> str:
    """In a text that opens with 2024年民生实事项目公布 the items are plans; 全区共有83个社区 is not."""
    return PLAN if case.is_announced and not _THERE_IS.search(case.before) else ""


def a_deadline(case: _Case) -> str:
    """3日内办结."""
    word = case.reading.word
    return STANDARD if case.reading.qualifier == "up_to" and word is not None and word.kind == "time" else ""


RULES: tuple[Rule, ...] = (
    a_bare_cell,
    a_standing_name,
    a_class_limit,
    a_goal_around,
    a_task_with_its_outcome,
    an_item_of_a_programme,
    an_amount_in_force,
    its_column,
    an_estimate_of_what_is_over,
    still_to_come,
    an_outcome,
    once_it_is_done,
    its_clause,
    its_sentence,
    its_paragraph,
    its_heading,
    an_announced_list,
    a_deadline,
)
"""In the order in which they are asked."""


def _told_by(words_before: str) -> str:
    """Return what these words say of a number behind them; 完成目标任务的95% sets no target."""
    compared = _OF_THE_GOAL.search(words_before) is not None
    if _AIMED.search(words_before) or (not compared and _GOAL_BEFORE.search(words_before)):
        return TARGET
    plans = [] if compared else [*_pattern("plan").finditer(words_before), *_will().finditer(words_before)]
    if plans and not _DONE_NOW.search(words_before, max(plan.end() for plan in plans)):
        return PLAN
    return ACTUAL if _pattern("actual").search(words_before) or _DONE.search(words_before) else ""


def _is_per_unit(words_before: str) -> bool:
    others = (_PER_HEAD, _HABIT, _EACH_ACTS)
    return bool(_EACH.search(words_before)) and not any(other.search(words_before) for other in others)


def _told_by_earlier_clauses(case: _Case) -> str:
    """Return what they say, the nearest first; 每座 reaches as far as the semicolon, or until something is done."""
    parts, segment, clause = case.parts, case.parts.segment(case.reading.core), case.clause
    acted = _pattern("act").search(case.before) or _PER_HEAD.search(case.before) or _IN_ALL.search(case.before)
    while clause.start > case.sentence.start:
        clause = parts.clause(clause.start - 1)
        said = parts.text[clause.start : clause.end]
        told = TARGET if _REQUIRED.search(said[:-1]) and "完成" not in said else _told_by(said)
        if told or _BY_THE_RULES.search(said):
            return told or STANDARD
        acted = acted or _pattern("act").search(said)
        if not acted and clause.start >= segment.start and _is_per_unit(said):
            return STANDARD
    return ""


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Return what finds the words of a class; 预期寿命, 准备金, 计划生育 and 再建成 plan nothing."""
    return re.compile("(?!再建成)" + any_of(words(kind)) + "(?!寿命|金(?!额)|生育|单列)")


@cache
def _will() -> re.Pattern[str]:
    """Return what finds 将 and 要 as auxiliaries: 将再投入, 要建成, 将在; not 将甲纳入乙, 主要, 要求."""
    auxiliary = "(?:(?<!即)将(?!近)|(?<![主重需必纲摘只首概提扼机不])要(?![求素点么闻道是]))"
    return re.compile(f"{auxiliary}{any_of(words('adverb'))}*(?:{any_of(words('doing'))}|{any_of(words('going'))})")
