"""PDF and PNG are set in the packaged fonts: letters, not boxes, and the same bytes whatever a machine has installed."""

import ast
import dataclasses
import io
import struct
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pylopdf_fonts_zh_cn import serif_path
from typst import Fonts

from etl.reference import CITY_FILE, City, read_city
from pages.charts import fonts as chosen
from pages.charts.fonts import CHOICES, PACKAGED, SANS, font_files, set_in
from pages.charts.svg import page, text
from pages.reports import kit
from pages.reports.files import brief_bytes, fonts_of
from pages.reports.kit import png_bytes

ROOT = Path(__file__).resolve().parents[3]
NOWHERE = "\U0010fffd"
"""A character that no font has a letter for."""


@pytest.fixture(scope="module")
def brief(tiny, brief_of):
    return brief_of(tiny, "leader")


def picture_of(letter, bold=False):
    return page(200, 100, "", [text([letter * 4], 8, 60, size=40, ink="#16202E", bold=bold)])


def has_ink(png):
    return Image.open(io.BytesIO(png)).convert("L").getextrema()[0] < 128


def first_page(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].render(scale=1).to_pil().tobytes()


def titled(brief, letter):
    return first_page(brief_bytes(dataclasses.replace(brief, title=letter * 8), "pdf"))


def test_a_png_draws_chinese_letters_not_the_box_of_a_missing_one():
    drawn = {letter: png_bytes(picture_of(letter)) for letter in ("测", "试", NOWHERE)}
    assert has_ink(drawn["测"])
    assert len(set(drawn.values())) == 3


def test_a_pdf_sets_chinese_letters_not_the_box_of_a_missing_one(brief):
    assert len({titled(brief, letter) for letter in ("测", "试", NOWHERE)}) == 3


def test_without_a_chinese_font_all_letters_would_look_alike(brief, monkeypatch, tmp_path):
    """What the two tests above would see; so they can fail."""
    monkeypatch.setattr(kit, "font_files", list)
    monkeypatch.setattr("pages.reports.pdf.font_folders", lambda: [tmp_path])
    assert len({png_bytes(picture_of(letter)) for letter in ("测", "试")}) == 1
    assert len({titled(brief, letter) for letter in ("测", "试")}) == 1


def test_bold_is_bolder_though_the_font_has_one_weight():
    plain, bold = (Image.open(io.BytesIO(png_bytes(picture_of("测", bold)))).convert("L") for bold in (False, True))
    assert sum(bold.histogram()[:128]) > 1.1 * sum(plain.histogram()[:128])


def renamed(font, family):
    """The same letters under another family's name, which is not longer than their own."""
    content = bytearray(font)
    tables = {
        bytes(content[at : at + 4]): struct.unpack(">I", content[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * struct.unpack(">H", content[4:6])[0], 16)
    }
    start = tables[b"name"]
    count, strings = struct.unpack(">HH", content[start + 2 : start + 6])
    for row in range(start + 6, start + 6 + 12 * count, 12):
        platform, _, _, kind, length, offset = struct.unpack(">6H", content[row : row + 12])
        if kind in (1, 16):
            written = family.encode("mac-roman" if platform == 1 else "utf-16-be")
            assert len(written) <= length
            at = start + strings + offset
            content[at : at + len(written)] = written
            content[row + 8 : row + 10] = struct.pack(">H", len(written))
    return bytes(content)


@pytest.fixture
def with_installed(tmp_path, monkeypatch):
    """The same process on a machine where fonts of these families are installed; all of them look like the packaged serif one."""

    def install(*families):
        folder = tmp_path / "home" / ".local" / "share" / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        for family in families:
            (folder / f"{family}.otf").write_bytes(renamed(serif_path().read_bytes(), family))
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)

    return install


def official_here():
    """The official fonts that this machine has in earnest."""
    return {*CHOICES["official"].body, *CHOICES["official"].heads} & set(Fonts(font_paths=[]).families())


def pdfs(brief):
    return {name: brief_bytes(brief, "pdf", fonts=fonts) for name, fonts in CHOICES.items()}


def pngs():
    """In a process of its own, for resvg looks for installed fonts once a process."""
    told = (
        "import sys; from pages.charts.fonts import CHOICES; from pages.reports.kit import png_bytes;"
        "svg = sys.stdin.read(); print({name: png_bytes(svg, fonts) for name, fonts in CHOICES.items()})"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], input=picture_of("测"), cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ast.literal_eval(done.stdout)


def test_a_pdf_is_the_same_bytes_whatever_is_installed_unless_the_city_says_official(brief, with_installed):
    with_installed()
    bare = pdfs(brief)
    with_installed(SANS, "SimHei", "STHeiti", "FangSong")
    full = pdfs(brief)
    assert full["packaged"] == bare["packaged"]
    assert bare["official"] == bare["packaged"] or official_here()
    assert full["official"] != bare["official"]


def test_a_png_is_the_same_bytes_whatever_is_installed_unless_the_city_says_official(with_installed):
    with_installed()
    bare = pngs()
    with_installed(SANS, "SimHei", "STHeiti")
    full = pngs()
    assert full["packaged"] == bare["packaged"]
    assert bare["official"] == bare["packaged"] or official_here()
    assert full["official"] != bare["official"]


def test_an_svg_names_families_and_a_picture_is_set_in_those_of_headings():
    svg = picture_of("测")
    assert f'font-family="{SANS}, Noto Sans CJK SC' in svg
    assert 'font-family="SimHei, STHeiti, Noto Sans SC"' in set_in(svg, CHOICES["official"])
    assert f'font-family="{SANS}"' in set_in(svg, PACKAGED)


def test_a_city_says_official_or_nothing(tmp_path):
    assert fonts_of(tmp_path) is PACKAGED
    for said, fonts in (("official", CHOICES["official"]), ("packaged", PACKAGED)):
        (tmp_path / CITY_FILE).write_text(f'name = "甲市"\nfonts = "{said}"\n', "utf-8")
        assert fonts_of(tmp_path) == fonts


@pytest.mark.parametrize(("said", "told"), [('"offical"', "packaged、official"), ("true", "文字")])
def test_another_word_for_the_fonts_is_refused_and_the_right_ones_are_named(said, told, tmp_path):
    (tmp_path / CITY_FILE).write_text(f"fonts = {said}\n", "utf-8")
    city, (problem,) = read_city(tmp_path)
    assert city == City()
    assert "E-110" in str(problem) and "“fonts”列" in str(problem) and told in str(problem)


def test_what_city_toml_may_say_is_what_can_be_chosen(tmp_path):
    for name in CHOICES:
        (tmp_path / CITY_FILE).write_text(f'fonts = "{name}"\n', "utf-8")
        assert not read_city(tmp_path)[1]
    assert City().fonts in CHOICES


def test_fonts_are_read_when_something_is_drawn_not_at_the_start():
    told = (
        "import sys, pathlib; opened = []; sys.addaudithook(lambda name, args: opened.append(str(args[0])) if name == 'open' else None);"
        "import pages.charts.svg, pages.reports.files, pages.reports.kit;"
        "print([each for each in opened if each.endswith(('.otf', '.ttf', '.ttc'))], {'resvg_py', 'typst'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] set()"


def test_the_packaged_files_are_there_with_the_families_that_are_named():
    assert all(path.stat().st_size > 1_000_000 for path in font_files())
    found = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=chosen.font_folders())
    assert set(found.families()) == {chosen.SANS, chosen.SERIF}
