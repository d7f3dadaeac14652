"""Numbers that are no figures, one table per word class; and their neighbours that are."""

import pytest

from etl.reading.bulletin import read_bulletin

NO_FIGURES = {
    "dates": ["2018年3月21日发布", "3月5日至8日", "1—6月", "上半年", "前五个月", "二〇一九年", "近三年来", "上世纪90年代", "21世纪", "每周二、周五"],
    "clock times": ["上午9时许", "10:22", "8时30分", "早上9点到17点", "四点半课堂"],
    "identifiers": ["电话4396868", "0717-6612345转8", "12345热线", "家住5号楼2单元", "3栋201室", "G318国道", "乘12路公交", "4A级景区", "5G基站",
                    "PM2.5年均值", "邮编461000", "市政办〔2018〕57号", "jinri@163.com", "www.a12.cn",
                    "县道K31+200处", "热线12388人工接听", "详见表3分区情况", "家住2组15号", "02口袋公园"],
    "names and slogans": ["“1391”方案", "民生365工程", "“六五”普法", "四改一增", "一居一品", "三社联动", "“3个100”工程", "党的十九大精神", "第四次经济普查",
                          "三年行动计划", "九年义务教育", "二期工程", "三年级学生", "五个坚持", "四个意识", "《十万个为什么》", "半年答卷"],
    "idioms": ["一举两得", "一应俱全", "五花八门", "三天两头", "最后一公里", "最后100米", "上面千条线，下面一根针"],
    "vague amounts": ["几十个社区", "数百名群众", "十几户人家", "三五球友", "几位老人"],
    "articles": ["一座玻璃屋", "一条水泥路", "一名学生", "一次性告知", "这一天", "一年一度", "一周要闻"],
    "orders": ["首个社区", "第一名", "前三名", "二等奖", "三级医院", "四届人大六次会议", "第十四期培训班", "指挥部133次例会召开"],
    "places": ["三元区", "五家渠市", "三台县"],
}  # fmt: skip

FIGURES = {
    "一天的角逐": "一天", "用时一个月": "一个月", "至少一名": "至少一名", "24小时自助": "24小时", "5日内办结": "5日内", "为期3日": "3日",
    "历时近三年": "近三年", "提前15天": "15天", "三点要求": "三点", "“十分钟社区生活圈”": "十分钟", "12栋楼": "12栋", "三条主线": "三条",
    "先后召开5次会议": "5次", "连续举办两届": "两届", "开展3期培训": "3期", "配置AED400台": "400台", "改革开放40周年": "40周年",
    "他说：“装了8组充电桩。”": "8组", "6大板块": "6大", "“2.4万户”是个大数": "2.4万户", "开课前半小时": "半小时",
    "最慢的一周": "一周", "队伍千余人": "千余人", "大陆百余家": "百余家", "各建1座24小时书吧": "1座", "3000亩以上": "3000亩以上",
}  # fmt: skip


@pytest.mark.parametrize("text", [text for texts in NO_FIGURES.values() for text in texts])
def test_a_number_of_this_word_class_is_no_figure(text: str) -> None:
    assert [one.as_printed for one in read_bulletin(f"我们看到，{text}。") if one.confidence >= 0.5] == []


@pytest.mark.parametrize(("text", "printed"), FIGURES.items())
def test_its_neighbour_is_one(text: str, printed: str) -> None:
    assert printed in [one.as_printed for one in read_bulletin(f"我们看到，{text}。") if one.confidence >= 0.5]
