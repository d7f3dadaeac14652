"""Briefings opened by another program: LibreOffice turns them into pages, and every Chinese letter on them is drawn, not boxed."""

import dataclasses
import re
import subprocess

import pypdfium2
import pytest
import typst
from pypdfium2 import raw

from pages.charts.fonts import font_files
from pages.reports.brief import CitedText
from pages.reports.docx import LETTERS, LINES
from pages.reports.files import brief_bytes

CHINESE = re.compile("[\u4e00-\u9fff]")
pytestmark = pytest.mark.needs("soffice", "pdftoppm", "Chinese font")
FORMS = ("docx", "pptx", "xlsx")


@pytest.fixture(scope="module")
def pages(xuchang, tiny, brief_of, tmp_path_factory):
    """Format -> the PDF that LibreOffice makes of it, in one call; ours beside them."""
    home = tmp_path_factory.mktemp("converted")
    leader, made_up = brief_of(xuchang, "leader"), brief_of(tiny, "leader")
    for form in FORMS:
        (home / f"leader-{form}.{form}").write_bytes(brief_bytes(leader, form))
    (home / "made-up-docx.docx").write_bytes(brief_bytes(made_up, "docx"))
    full = dataclasses.replace(leader.sections[0], paragraphs=(CitedText("测" * LETTERS * LINES * 3),), tables=())
    (home / "full-docx.docx").write_bytes(brief_bytes(dataclasses.replace(leader, sections=(full,)), "docx"))
    profile = f"-env:UserInstallation=file://{home / 'profile'}"
    files = sorted(map(str, home.glob("*.*")))
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(home), *files],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    (home / "leader-typst.pdf").write_bytes(brief_bytes(leader, "pdf"))
    found = {path.stem: path for path in home.glob("*.pdf")}
    assert set(found) == {*(f"leader-{form}" for form in FORMS), "made-up-docx", "full-docx", "leader-typst"}
    return found


@pytest.fixture(scope="module")
def chinese_fonts():
    """PostScript names of the fonts that hold Chinese: those of this machine, and the packaged ones."""
    told = subprocess.run(["fc-list", ":lang=zh", "postscriptname"], check=True, capture_output=True, text=True).stdout
    installed = {name.partition("=")[2].replace("\\", "") for name in told.split() if "=" in name}
    return installed | {path.stem for path in font_files()}


def boxed(pdf, fonts):
    """The Chinese letters of a PDF that are set in a font without Chinese, which draws a box."""
    found = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            for at in range(text.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(text.raw, at))
                if CHINESE.match(letter) and not any(font_at(text, at).startswith(name) for name in fonts):
                    found.add((letter, font_at(text, at)))
    return found


def font_at(text, at):
    import ctypes

    size = raw.FPDFText_GetFontInfo(text.raw, at, None, 0, None)
    name = ctypes.create_string_buffer(max(size, 1))
    raw.FPDFText_GetFontInfo(text.raw, at, name, size, None)
    return name.value.decode().rpartition("+")[2]


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_a_letter_without_a_font_is_noticed(chinese_fonts):
    pdf = typst.compile(
        b'#set text(font: "Libertinus Serif", fallback: false)\n\xe6\xb5\x8b', format="pdf", ignore_system_fonts=True
    )
    assert {letter for letter, _font in boxed(pdf, chinese_fonts)} <= {"测"}
    lost = "测" not in "".join(text_of(pdf))
    assert lost or boxed(pdf, chinese_fonts)


def test_no_chinese_letter_of_any_file_is_a_box(pages, chinese_fonts):
    for name, path in pages.items():
        assert CHINESE.search("".join(text_of(path))), name
        assert not boxed(path, chinese_fonts), name


def test_every_sentence_survives_the_conversion(pages, xuchang, brief_of):
    leader = brief_of(xuchang, "leader")
    for form in ("docx", "pptx", "xlsx", "typst"):
        printed = "".join(text_of(pages[f"leader-{form}"]))
        whole = re.sub(r"\s|\[\d+\]|[-—–]\s*\d+\s*[-—–]", "", printed)  # a sentence may run over a page and its number
        for section in leader.sections:
            for said in section.paragraphs:
                assert re.sub(r"\s", "", said.text.removesuffix("。"))[:24] in whole, (form, said.text)


def test_simulated_data_stands_on_every_converted_page(pages):
    found = ["模拟数据" in page for page in text_of(pages["made-up-docx"])]
    assert all(found)
    assert len(found) > 1


def test_a_page_of_the_word_file_holds_the_lines_and_letters_of_the_standard(pages):
    full = [
        [line.strip() for line in page.splitlines() if line.count("测") > 1] for page in text_of(pages["full-docx"])
    ]
    assert {len(line) for line in full[1]} == {LETTERS}
    assert len(full[1]) == LINES


def test_every_page_has_ink(pages, tmp_path):
    for name, path in pages.items():
        subprocess.run(["pdftoppm", "-r", "20", "-gray", str(path), str(tmp_path / name)], check=True, timeout=60)
        drawn = sorted(tmp_path.glob(f"{name}-*.pgm"))
        assert len(drawn) == len(text_of(path))
        for page in drawn:
            assert min(page.read_bytes()[20:]) < 128, page.name
