"""What nobody sees on the pages of a Word file is not read from it, and a note says that it was there."""

import io

import docx
import pytest
from docx.oxml import parse_xml

from etl.readers.document import read_document
from etl.readers.docx_text import docx_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    f"<w:style {W} w:type='character' w:styleId='Secret'><w:name w:val='Secret'/><w:rPr><w:vanish/></w:rPr></w:style>",
    f"<w:style {W} w:type='character' w:styleId='Kin'><w:name w:val='Kin'/><w:basedOn w:val='Secret'/></w:style>",
    f"<w:style {W} w:type='paragraph' w:styleId='Note'><w:name w:val='Note'/><w:rPr><w:vanish/></w:rPr></w:style>",
    f"<w:style {W} w:type='character' w:styleId='Ring'><w:name w:val='Ring'/><w:basedOn w:val='Ring'/></w:style>",
)


def run(text, *, vanish=None, style=""):
    shown = {None: "", True: "<w:vanish/>", False: "<w:vanish w:val='0'/>"}[vanish]
    named = f"<w:rStyle w:val='{style}'/>" if style else ""
    return f"<w:r><w:rPr>{named}{shown}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*pieces, style=""):
    named = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{named}{''.join(pieces)}</w:p>"


def box(*blocks, vanish=""):
    return f"<w:r>{vanish}<w:pict><w:txbxContent>{''.join(blocks)}</w:txbxContent></w:pict></w:r>"


def row(*cells, about=""):
    return f"<w:tbl><w:tr>{about}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


HIDDEN = "<w:rPr><w:vanish/></w:rPr>"
CASES = {
    "a hidden run": (paragraph(run("建成12个"), run("实为 9个", vanish=True)), "建成12个", 4),
    "a run shown again": (paragraph(run("建成12个"), run("。", vanish=False)), "建成12个。", 0),
    "a hidden character style": (paragraph(run("12个"), run("9个", style="Secret")), "12个", 2),
    "a style based on a hidden one": (paragraph(run("12个"), run("9个", style="Kin")), "12个", 2),
    "a style based on itself": (paragraph(run("12个", style="Ring")), "12个", 0),
    "a hidden style, shown by the run itself": (paragraph(run("9个", style="Secret", vanish=False)), "9个", 0),
    "a hidden paragraph style": (paragraph(run("9个"), style="Note"), None, 2),
    "two hidden styles, which cancel each other": (paragraph(run("9个", style="Kin"), style="Note"), "9个", 0),
    "a hidden paragraph mark": (f"<w:p><w:pPr>{HIDDEN}</w:pPr>{run('12个')}</w:p>", "12个", 0),
    "inside a link": (paragraph("<w:hyperlink>", run("12个"), run("9个", vanish=True), "</w:hyperlink>"), "12个", 2),
    "inside an insertion": (paragraph("<w:ins>", run("12个"), run("9个", vanish=True), "</w:ins>"), "12个", 2),
    "inside a cell": (row(paragraph(run("甲区")), paragraph(run("7个", vanish=True))), "甲区\t", 2),
    "inside a box": (paragraph(run("文"), box(paragraph(run("3个"), run("9个", vanish=True)))), "文\n3个", 2),
    "a box in a hidden run": (paragraph(run("文"), box(paragraph(run("框里3个")), vanish=HIDDEN)), "文", 4),
    "a deleted box": (paragraph(run("文"), "<w:del>", box(paragraph(run("3个"))), "</w:del>"), "文", 0),
    "a deleted run": (paragraph(run("文"), "<w:del><w:r><w:delText>9个</w:delText></w:r></w:del>"), "文", 0),
    "a deleted row": (row(paragraph(run("7个")), about="<w:trPr><w:del/></w:trPr>"), None, 0),
}


def word_file(block):
    document = docx.Document()
    document.add_paragraph("完。")
    opened = block.split(">", 1)
    document.element.body.insert(0, parse_xml(f"{opened[0]} {W}>{opened[1]}"))
    for style in STYLES:
        document.styles.element.append(parse_xml(style))
    return saved(document)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("case", CASES)
def test_hidden_text_is_left_out_and_a_note_says_so(case):
    block, text, left_out = CASES[case]
    read, notes = docx_text(word_file(block), "公报.docx")
    assert read == ("完。" if text is None else f"{text}\n完。")
    assert notes == ([f"文中有设为隐藏的文字（{left_out}字），没有读取"] if left_out else [])


def test_the_note_reaches_whoever_hands_the_file_in():
    read = read_document(word_file(CASES["a hidden run"][0]), "公报.docx")
    assert (read.text, read.notes) == ("建成12个\n完。", ("文中有设为隐藏的文字（4字），没有读取",))


def test_text_that_all_styles_hide_by_default_is_left_out():
    document = docx.Document()
    document.add_paragraph("9个")
    document.add_paragraph().add_run("12个").font.hidden = False
    usual = document.styles.element.find(f"{{{W[9:-1]}}}docDefaults/{{{W[9:-1]}}}rPrDefault/{{{W[9:-1]}}}rPr")
    usual.append(parse_xml(f"<w:vanish {W}/>"))
    text, notes = docx_text(saved(document), "公报.docx")
    assert text == "12个"
    assert notes


def test_a_comment_is_no_text():
    document = docx.Document()
    paragraph = document.add_paragraph("建成12个")
    document.add_comment(paragraph.runs, text="应为9个", author="甲", initials="甲")
    assert docx_text(saved(document), "公报.docx") == ("建成12个", [])
