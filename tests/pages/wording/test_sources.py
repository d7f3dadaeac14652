"""The line of sources says the day of its numbers, and of several days that it is the latest."""

import datetime as dt

from etl.model import Citation
from pages.wording.sources import source_line


def cited(*days):
    plain = {
        "source": "s", "publisher": "甲报", "published_on": dt.date(2019, 3, 21), "dated_by": "", "place": "", "kind": "newspaper",
        "sha256": "", "verified": True, "checked_by": "", "checked_on": None, "numbers": 1, "note": "",
    }  # fmt: skip
    return [Citation(**plain, title=f"第{at}篇", as_of=day) for at, day in enumerate(days, 1)]


def test_the_day_of_all_numbers_is_said_plainly_and_that_of_the_latest_as_such():
    day, before = dt.date(2018, 11, 7), dt.date(2012, 5, 15)
    assert source_line(cited(day)).endswith("，截至2018年11月7日")
    assert source_line(cited(day, day)).endswith("，截至2018年11月7日")
    assert source_line(cited(day, before)).endswith("；最晚的数截至2018年11月7日")
    assert source_line(cited(None)).endswith("2019年3月21日")
