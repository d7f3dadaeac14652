"""The press sheet as text and as a Word document: the same words in both."""

import io

from docx import Document

from pages.reports.press import about_release, press_docx, press_text
from pages.wording.briefs import Entry, PressSheet

SHEET = PressSheet(
    "礼堂新闻口径",
    ("模拟数据", "甲市"),
    (
        ("可以这样说", (Entry("甲市建成礼堂12个。", ("来源：通报",)),)),
        ("问答", (Entry("12个。", (), "建成了多少？"),)),
    ),
)


def test_the_text_opens_in_any_editor_and_has_every_line():
    made = press_text(SHEET)
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").split("\r\n") == [
        "礼堂新闻口径", "模拟数据", "甲市", "", "一、可以这样说", "1. 甲市建成礼堂12个。", "   （来源：通报）", "", "二、问答",
        "1. 问：建成了多少？", "   答：12个。", "",
    ]  # fmt: skip


def test_the_document_has_the_same_words_and_chinese_typefaces():
    document = Document(io.BytesIO(press_docx(SHEET)))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "礼堂新闻口径", "模拟数据", "甲市", "一、可以这样说", "1．甲市建成礼堂12个。", "来源：通报", "二、问答", "1．问：建成了多少？", "答：12个。",
    ]  # fmt: skip
    assert all('w:eastAsia="' in paragraph.runs[0]._element.xml for paragraph in document.paragraphs)


def test_a_sheet_says_which_city_and_release_it_is_from_and_when_it_is_made_up(tiny, xuchang, release_of):
    made_up, real = release_of(tiny), release_of(xuchang)
    assert "模拟数据" in about_release(made_up)[0]
    assert made_up.id in about_release(made_up)[1]
    assert "模拟数据" not in "".join(about_release(real))
