"""What people hand in becomes its text, or a message that says what is wrong: nothing in between, and never a traceback."""

import io
import re
import zipfile

import docx
import pytest
import typst
from docx.oxml import parse_xml
from pylopdf_fonts_zh_cn import sans_path

from etl.errors import Refused
from etl.readers import sealed as sealed_module
from etl.readers.document import MOST_CHARACTERS, PASTED, read_document, read_file, read_paste
from etl.readers.sealed import sealed

SAID = "甲市2018年建成礼堂12个，接待超过3.6万人次。"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def code_of(raw: bytes, name: str = "公报.txt") -> str:
    with pytest.raises(Refused) as refused:
        read_document(raw, name)
    problem = refused.value.problems[0]
    assert problem.where.file == name
    assert problem.remedy
    assert re.search("[\u4e00-\u9fff]", problem.what)
    return problem.code


def docx_bytes(*paragraphs: str, edit=lambda document: None) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    edit(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(raw: bytes, **parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
        for name, content in parts.items():
            new.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_is_read_whatever_its_encoding(encoding):
    assert read_document(SAID.encode(encoding), "公报.txt").text == SAID


def test_the_text_of_a_txt_is_exactly_its_decoded_content():
    text = "  甲市１２ 个\r\n\r\n\t乙区 ３\n\v尾 "
    assert read_document(text.encode(), "公报.txt").text == text


def test_text_named_as_something_else_is_still_text():
    assert read_document(SAID.encode(), "公报.docx").text == SAID


@pytest.mark.parametrize(("raw", "code"), [(b"", "E-102"), (b" \n\t ", "E-712"), ("\u3000\n".encode(), "E-712")])
def test_an_empty_file_says_so(raw, code):
    assert code_of(raw) == code


def test_mixed_encodings_are_refused_naming_the_first_wrong_byte_and_its_line():
    good, wrong = "第一行是通用编码的文字\n".encode(), "第二行是国标编码".encode("gb18030")
    with pytest.raises(Refused) as refused:
        read_document(good + wrong + "\n第三行又是通用编码".encode(), "公报.txt")
    problem = refused.value.problems[0]
    assert problem.code == "E-101"
    assert problem.where.row == 2
    assert f"第{len(good) + 1}字节" in problem.what


def test_one_broken_byte_in_the_middle_of_a_line_is_not_read_as_another_encoding():
    raw = SAID.encode().replace("礼堂".encode(), b"\xc0\xf1\xcc\xc3")
    assert code_of(raw) == "E-101"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (bytes(range(128, 256)) * 3, "E-101"),
        ("甲市\x00建成12个".encode(), "E-710"),
        ("甲市\x07建成12个".encode(), "E-710"),
        ("甲市\x1b[31m建成12个".encode(), "E-710"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "E-701"),
        (b"{\\rtf1 \\ansi 12}", "E-701"),
        (b"PAR1\x15\x04\x15", "E-701"),
        (b"<?xml version='1.0'?><a>12</a>", "E-701"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "E-706"),
        (b"<!DOCTYPE html [<!ENTITY x 'y'>]><html><body>&x;</body></html>", "E-706"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument".encode("utf-16-le"), "E-702"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"), "E-703"),
        (b"%PDF-1.7\nnothing of the kind", "E-707"),
        (b"PK\x03\x04" + b"\0" * 40, "E-707"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is(raw, code):
    assert code_of(raw) == code


def test_a_control_character_is_told_by_line_and_column():
    with pytest.raises(Refused) as refused:
        read_document("甲市\n建成\x0812个".encode(), "公报.txt")
    assert refused.value.problems[0].where.row == 2
    assert "第3字" in refused.value.problems[0].what


def test_a_paste_of_5_mb_is_refused():
    with pytest.raises(Refused) as refused:
        read_paste(SAID * (5_000_000 // len(SAID.encode())))
    assert refused.value.problems[0].code == "E-709"
    assert str(MOST_CHARACTERS) in str(refused.value)
    assert refused.value.problems[0].where.file == PASTED


def test_a_table_pasted_from_excel_keeps_its_cells_apart():
    pasted = "地区\t建成（个）\r\n甲区\t12\r\n乙区\t7\r\n"
    assert read_paste(pasted).text == pasted


def test_a_pasted_page_leaves_its_scripts_behind_and_its_paragraphs_apart():
    page = (
        "<html><head><title>t</title><style>p{width:99px}</style></head><body><script>var n = '99个';</script>"
        "<p>甲市<b>2018年</b>建成12个&nbsp;礼堂。</p><p hidden>88个</p><div style='display: none'>77个</div><!-- 66个 -->"
        "<table><tr><th>地区</th><th><p>个数</p></th></tr><tr><td>甲区</td><td>7</td></tr></table></body></html>"
    )
    text = read_paste(page).text
    assert text == "甲市2018年建成12个\xa0礼堂。\n\n地区\t个数\n甲区\t7"


def test_a_page_laid_out_in_a_table_keeps_its_paragraphs():
    text = read_document(
        b"<table><tr><td><p>\xe7\x94\xb2</p><p>\xe4\xb9\x99</p><p>\xe4\xb8\x99</p></td></tr></table>", "a.html"
    ).text
    assert text == "甲\n\n乙\n\n丙"


def test_a_page_says_its_own_encoding_or_another():
    page = f"<html><meta charset='gb2312'><body><p>{SAID}</p></body></html>"
    assert read_document(page.encode("gb18030"), "公报.html").text == SAID
    assert read_document(page.encode("utf-8"), "公报.html").text == SAID


def test_angle_brackets_in_prose_are_prose():
    text = '达标率<90%的社区有3个，<img src=x onerror="alert(1)">原样。'
    assert read_paste(text).text == text


def test_word_paragraphs_and_tables_come_in_order_and_merged_cells_once():
    def with_table(document):
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "各区礼堂"
        table.cell(1, 0).text, table.cell(1, 1).text = "甲区", "7个"
        document.add_paragraph("表后。")

    assert (
        read_document(docx_bytes("表前。", edit=with_table), "公报.docx").text == "表前。\n各区礼堂\n甲区\t7个\n表后。"
    )


def test_word_keeps_what_was_inserted_and_drops_what_was_deleted_under_revision():
    def revised(document):
        document.element.body.insert(0, parse_xml(
            f'<w:p {W}><w:r><w:t>建成</w:t></w:r><w:del><w:r><w:delText>11个</w:delText></w:r></w:del>'
            f"<w:ins><w:r><w:t>12个</w:t></w:r></w:ins></w:p>"
        ))  # fmt: skip
        document.element.body.insert(1, parse_xml(
            f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>控件里3个</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ))  # fmt: skip

    assert read_document(docx_bytes("完。", edit=revised), "公报.docx").text == "建成12个\n控件里3个\n完。"


def test_a_truncated_word_file_is_refused():
    raw = docx_bytes(SAID * 50)
    assert code_of(raw[: len(raw) // 2], "公报.docx") == "E-707"


def test_a_word_file_with_a_broken_part_is_refused():
    raw = bytearray(docx_bytes(SAID * 50))
    at = raw.index(b"word/document.xml") + 60
    raw[at : at + 20] = bytes(20)
    assert code_of(bytes(raw), "公报.docx") == "E-707"


def test_macros_objects_and_entities_are_refused():
    raw = docx_bytes(SAID)
    assert code_of(repacked(raw, word__vbaProject_dot_bin=b"x"), "公报.docx") == "E-704"
    assert code_of(repacked(raw, word__embeddings__oleObject1_dot_bin=b"x"), "公报.docx") == "E-704"
    entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    assert code_of(repacked(raw, word__more_dot_xml=entity), "公报.docx") == "E-706"
    assert code_of(repacked(raw, word__more_dot_xml=entity.decode().encode("utf-16")), "公报.docx") == "E-706"


def test_a_zip_bomb_is_refused_from_its_directory():
    raw = repacked(docx_bytes(SAID), word__media__a_dot_bmp=bytes(30_000_000))
    assert len(raw) < 1_000_000
    assert code_of(raw, "公报.docx") == "E-705"


def test_another_office_file_is_told_what_it_is():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("ppt/presentation.xml", "<a/>")
    with pytest.raises(Refused, match="PowerPoint 演示文稿"):
        read_document(file.getvalue(), "片.pptx")


def pdf(markup: str, **options: str) -> bytes:
    written = f'#set text(font: "Noto Sans SC", size: 10pt, lang: "zh")\n{markup}'.encode()
    return typst.compile(written, font_paths=[str(sans_path().parent)], ignore_system_fonts=True, **options)


LEFT = "左栏开头。" + "甲区今年新建礼堂若干并逐步开放使用，居民反映良好，" * 6 + "左栏共建成12个。"
RIGHT = "右栏开头。" + "乙区继续推进社区用房达标工作，各项任务有序展开，" * 6 + "右栏共建成7个。"


def test_the_columns_of_a_pdf_are_read_one_after_the_other_below_their_headline():
    headline = "通栏标题：民生实事取得新进展并在全市范围内逐步展开"
    text = "".join(read_document(pdf(
        f'#set page(width: 15cm, height: 14cm, margin: 1cm)\n#align(center)[#text(size: 14pt)[{headline}]]\n'
        f"#grid(columns: (1fr, 1fr), column-gutter: 1cm, [{LEFT}], [{RIGHT}])"
    ), "公报.pdf").text.split())  # fmt: skip
    assert text == headline + LEFT + RIGHT


def test_the_rows_of_a_table_in_a_pdf_stay_rows():
    rows = [(f"{letter}区", f"{at}个", f"{at * 3}%") for at, letter in enumerate("甲乙丙丁戊己庚辛", start=1)]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    text = read_document(pdf(f"#table(columns: 3, {cells})"), "公报.pdf").text
    assert [tuple(line.split()) for line in text.splitlines()] == rows or "".join(text.split()) == "".join(
        sum(rows, ())
    )


def test_a_pdf_without_a_text_layer_is_refused():
    assert code_of(pdf("#rect(width: 3cm, height: 2cm, fill: blue)"), "扫描.pdf") == "E-708"


def test_a_page_of_a_pdf_that_is_only_a_picture_is_told():
    read = read_document(pdf(f"{SAID}\n#pagebreak()\n#rect(width: 3cm, height: 2cm, fill: blue)"), "公报.pdf")
    assert "12个" in "".join(read.text.split())
    assert read.notes == ("第2页没有文字层，页上的数没有读到",)


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/O<" + b"28" * 32 + b">/U<" + b"29" * 32 + b">/P -4>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]/Size 4>>\n%%EOF"
)


def test_a_locked_pdf_is_refused():
    assert code_of(LOCKED, "公报.pdf") == "E-703"


def test_a_parser_that_never_ends_costs_its_child_only(monkeypatch, tmp_path):
    slow = tmp_path / "slow.py"
    slow.write_text("while True: pass\n")
    monkeypatch.setattr(sealed_module.sys, "executable", _python_that_runs(slow, tmp_path))
    with pytest.raises(Refused) as refused:
        sealed("html", b"<p>", "慢.html", seconds=1, grace=0)
    assert refused.value.problems[0].code == "E-711"


def test_a_parser_without_memory_says_so():
    raw = f"<html><body>{'<p>12个</p>' * 300_000}</body></html>".encode()
    with pytest.raises(Refused) as refused:
        sealed("html", raw, "大.html", memory=140_000_000)
    assert refused.value.problems[0].code == "E-711"


def _python_that_runs(script, tmp_path):
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\nexec "{sealed_module.sys.executable}" "{script}"\n')
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(("make", "told"), [(lambda path: None, "没有这个文件"), (lambda path: path.mkdir(), "文件夹")])
def test_a_path_that_is_no_file_is_told(make, told, tmp_path):
    path = tmp_path / "公报.txt"
    make(path)
    with pytest.raises(Refused, match=told):
        read_file(path)


MERGED = [
    ["区县", "2023年", "", "2024年"],
    ["", "任务（个）", "完成（个）", "任务（个）"],
    ["甲区", "12", "9", "5"],
    ["", "3", "2", "8"],
]
"""A header of two levels: 区县 covers two rows, 2023年 two columns, 甲区 two rows."""


def _rows_of(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("\t")] for line in text.strip("\n").split("\n")]


def test_merged_cells_of_a_page_keep_the_columns_of_the_others():
    page = (
        "<table><tr><th rowspan=2>区县</th><th colspan=2>2023年</th><th>2024年</th></tr><tr><th>任务<br>（个）</th><th>完成（个）</th>"
        "<th><p>任务</p><p>（个）</p></th></tr><tr><td rowspan='2'>甲区</td><td>12</td><td>9</td><td>5</td></tr>"
        "<tr><td>3</td><td>2</td><td>8</td></tr></table>"
    )
    rows = _rows_of(read_document(page.encode(), "表.html").text)
    assert [["".join(cell.split()) for cell in row] for row in rows] == MERGED


def test_a_cell_of_many_paragraphs_stays_a_cell_in_rows_of_several():
    page = "<table><tr><th>项目</th><th>进展</th></tr><tr><td>书房</td><td><p>选址</p><p>装修</p><p>建成12个</p></td></tr></table>"
    assert _rows_of(read_document(page.encode(), "表.html").text) == [
        ["项目", "进展"],
        ["书房", "选址  装修  建成12个"],
    ]


def test_merged_cells_of_a_word_table_keep_the_columns_of_the_others():
    def with_table(document):
        table = document.add_table(rows=4, cols=4)
        for row, cells in enumerate(MERGED):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        for first, last in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((2, 0), (3, 0))):
            merged = table.cell(*first).merge(table.cell(*last))
            merged.text = MERGED[first[0]][first[1]]

    assert _rows_of(read_document(docx_bytes("表前。", edit=with_table), "表.docx").text)[1:] == [*MERGED, ["完。"]][:4]


@pytest.mark.parametrize("width", ["4cm", "2.4cm"])
def test_the_cells_of_a_table_in_a_pdf_are_parted_by_tabs(width: str) -> None:
    rows = [["地区", "任务（个）", "投资（万元）"], ["甲区", "12", "35.5"], ["乙县", "4", "8"], ["合计", "16", "43.5"]]
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    text = read_document(pdf(f"一、今年进展。\n#table(columns: ({width}, {width}, {width}), {cells})"), "表.pdf").text
    assert _rows_of(text)[1:] == rows
    assert "\t" not in text.split("\n", maxsplit=1)[0]
