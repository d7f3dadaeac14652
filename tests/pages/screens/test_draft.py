"""稿件核数: every number of a pasted draft is marked in words, listed worst first, and leaves with its comments."""

import io
import re

import docx
import pytest

DRAFT = "2018年甲市建成礼堂12个，累计接待超过3.6万人次。\n2018年甲市建成礼堂31个。<img src=x onerror=alert(1)>*粗*\n另有投影仪77台。"


@pytest.fixture(scope="module")
def checked(tiny, show):
    test = show(tiny, "pages/screens/draft.py")
    return sent(test, DRAFT, tiny)


def sent(test, text, folder, monkeypatch=None):
    import os

    os.environ["LIVELIHOOD_DATA"] = str(folder)
    try:
        test.text_area(key="paste_draft").set_value(text)
        next(each for each in test.button if each.label in ("核对", "Check its numbers")).click()
        test.run()
    finally:
        os.environ.pop("LIVELIHOOD_DATA")
    assert not test.exception
    return test


def marked(test):
    return next(each.proto.body for each in test.main if each.type == "html" and 'class="passage"' in each.proto.body)


def test_every_number_is_marked_in_words_and_the_draft_is_shown_as_it_is(checked):
    body = marked(checked)
    assert re.findall(r'<mark class="verdict (\w+)">', body)[0] == "match"
    assert '<mark class="verdict mismatch">31个<span class="said">' in body
    assert "不一致" in body
    assert "未覆盖" in body
    assert "<img" not in body
    assert "&lt;img src=x" in body


def test_the_list_begins_with_the_worst_and_says_what_should_stand_there(checked, crawl):
    found = crawl(checked)
    items = [key for key in found if key.startswith("line_finding_")]
    assert "31个" in found[items[0]].text
    assert "应为12个" in found[items[0]].text
    assert found[items[0]].cites == {"2018-12-31-halls#1"}
    assert "个要改" in found["line_draft"].text


def test_a_draft_is_in_no_link(checked):
    assert not dict(checked.query_params)


def test_a_draft_without_numbers_says_so(tiny, show):
    test = sent(show(tiny, "pages/screens/draft.py"), "一系列举措。", tiny)
    assert [each.value for each in test.info] == ["这篇文字里没有可以核对的数。"]


@pytest.mark.parametrize("text", ["", " \n"])
def test_nothing_is_told_as_nothing(text, tiny, show, crawl):
    test = sent(show(tiny, "pages/screens/draft.py"), text, tiny)
    assert test.error[0].value == "读不了。"
    assert "E\\-" in crawl(test)["problems"].text


def test_an_empty_city_covers_nothing_and_never_passes(empty, show):
    test = sent(show(empty, "pages/screens/draft.py"), "甲市建成礼堂12个。", empty)
    assert "没有可核对" in "".join(each.value for each in test.markdown)


def test_what_is_taken_away_has_a_comment_for_each_number(tiny, release_of):
    from pages.queries.drafts import checked_draft
    from pages.reports.press import checked_draft_docx
    from pages.widgets.draft import about, remarks

    release = release_of(tiny)
    findings = checked_draft(release, DRAFT)
    document = docx.Document(
        io.BytesIO(checked_draft_docx(DRAFT, remarks(findings, release), about(findings, release)))
    )
    comments = [comment.text for comment in document.comments]
    assert len(comments) == len(findings)
    assert any("不一致" in text and "应为12个" in text and "来源" in text for text in comments)
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert said == DRAFT
    assert document.sections[0].header.paragraphs[0].text.startswith("模拟数据")


def uploaded(test, name, raw, folder):
    test.file_uploader(key="file_draft").set_value((name, raw, "application/octet-stream"))
    return sent(test, "", folder)


def test_a_word_file_is_checked_and_a_broken_one_is_told(tiny, show, crawl):
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("2018年甲市建成礼堂31个。")
    document.save(file)
    good = uploaded(show(tiny, "pages/screens/draft.py"), "稿.docx", file.getvalue(), tiny)
    assert "31个" in marked(good)
    bad = uploaded(show(tiny, "pages/screens/draft.py"), "稿.docx", file.getvalue()[:900], tiny)
    assert "E\\-707" in crawl(bad)["problems"].text
