"""A checked draft as a Word file: the text unchanged, one comment a number, whatever characters stand in it."""

import io

import docx
import pytest

from etl.readers.document import read_document
from pages.reports.press import AUTHOR, Remark, checked_draft_docx


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
