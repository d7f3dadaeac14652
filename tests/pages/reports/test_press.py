"""The press sheet as text and as a Word document, the same words in both; a checked draft with a comment at each number."""

import io

import docx
import pytest
from docx import Document

from etl.readers.document import read_document
from pages.reports.press import AUTHOR, Remark, about_release, checked_draft_docx, press_docx, press_text
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


def opened(text, *remarks, about=()):
    return docx.Document(io.BytesIO(checked_draft_docx(text, remarks, about)))


def test_each_comment_stands_at_its_number():
    text = "建成12个，\n接待36000人次。"
    document = opened(text, Remark(2, 5, "一致", "blue"), Remark(text.index("36"), text.index("。"), "不一致", "red"))
    assert [paragraph.text for paragraph in document.paragraphs] == text.split("\n")
    assert [(comment.text, comment.author) for comment in document.comments] == [("一致", AUTHOR), ("不一致", AUTHOR)]
    marked = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold]
    assert marked == ["12个", "36000人次"]


def test_a_number_over_a_line_end_keeps_its_comment():
    document = opened("建成1\n2个。", Remark(2, 5, "一致", "blue"))
    assert [comment.text for comment in document.comments] == ["一致"]
    assert [paragraph.text for paragraph in document.paragraphs] == ["建成1", "2个。"]


@pytest.mark.parametrize("letter", ["\x0b", "\x0c", "\x85", "\ufffe"])
def test_what_no_xml_may_hold_becomes_a_blank(letter):
    assert opened(f"建成{letter}12个").paragraphs[0].text == "建成 12个"


def test_what_is_said_of_the_draft_stands_in_the_head_of_its_pages_and_not_in_its_text():
    document = opened("正文", about=("模拟数据", "发布批次"))
    assert [each.text for each in document.sections[0].header.paragraphs] == ["模拟数据", "发布批次"]
    assert [each.text for each in document.paragraphs] == ["正文"]


def test_the_file_read_again_is_the_draft_as_it_was():
    text = "建成12个，\n\n接待36000人次。"
    raw = checked_draft_docx(text, [Remark(2, 5, "不一致", "red")], ["8个要改"])
    assert read_document(raw, "稿.docx").text == text
