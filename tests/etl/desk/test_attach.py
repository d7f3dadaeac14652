import hashlib
from pathlib import Path

import openpyxl
import pytest

from etl.build import build
from etl.desk.attach import attach
from etl.errors import Refused
from etl.readers.facts import source_folders
from etl.release.tables import LAPTOP, data_folder, now, open_release

REPOSITORY = Path(__file__).resolve().parents[3]
DOCUMENTS = REPOSITORY.parent / "shared" / "documents"
TEXT = "甲市去年建成礼堂 12 个，其中东岸区7个、西岸区5个，面积1.45万平\n方米，平均1208平方米，接待超过3.6万人次。"
SOURCE = "2018-12-31-city-halls"


@pytest.fixture
def entered(city, tmp_path):
    """The city with locators that are right for ``TEXT``, and the document itself."""
    for row in city.facts[SOURCE]:
        printed = {"12个": "12 个", "1.45万平方米": "1.45万平\n方米"}.get(row["as_printed"], row["as_printed"])
        start = TEXT.index(printed)
        row["locator"] = f"char:{start}-{start + len(printed)}"
    document = tmp_path / "halls.txt"
    document.write_text(TEXT, "utf-8")
    city.about["sha256"] = f'"{hashlib.sha256(document.read_bytes()).hexdigest()}"'
    city.write()
    return city, document


def test_the_document_is_kept_and_every_number_found(entered):
    city, document = entered
    attached = attach(city.path, SOURCE, document)
    assert (attached.found, attached.total) == (6, 6)
    build(city.path)
    release = open_release(LAPTOP, now(), folder=city.path)
    assert release.document(SOURCE) == TEXT
    start, end = release.spans(SOURCE)[4]
    assert TEXT[start:end] == "1.45万平\n方米"


def test_a_zero_width_character_inside_a_number_of_the_document_hides_nothing(entered):
    city, document = entered
    document.write_text(TEXT.replace("3.6万", "3.6\u200b万"), "utf-8")
    city.about["sha256"] = f'"{hashlib.sha256(document.read_bytes()).hexdigest()}"'
    start = TEXT.index("超过3.6万")
    city.fact(6).update(locator=f"char:{start}-{start + 9}", as_printed="超过3.6\u200b万人次")
    city.write()
    assert attach(city.path, SOURCE, document).found == 6
    document.write_text(f"（重排版）\n{document.read_text('utf-8')}", "utf-8")
    assert attach(city.path, SOURCE, document, edition=True).found == 6


@pytest.mark.parametrize(("shown", "found"), [(12, 1), ("建成12个", 1), (13, 0), (1, 0), ("建成112个", 0)])
def test_a_workbook_is_kept_when_each_cell_shows_the_number_entered_from_it(city, tmp_path, shown, found):
    book = openpyxl.Workbook()
    book.active.title = "礼堂"
    for row in (["地区", "建成（个）"], ["甲市", shown]):
        book.active.append(row)
    document = tmp_path / "礼堂.xlsx"
    book.save(document)
    city.facts[SOURCE] = [city.fact(1) | {"as_printed": "12个", "locator": "礼堂!B2"}]
    city.about["sha256"] = f'"{hashlib.sha256(document.read_bytes()).hexdigest()}"'
    city.write()
    if found:
        assert attach(city.path, SOURCE, document).found == 1
        return
    with pytest.raises(Refused, match="只找到 0 of 1；发现“第1个数12个”"):
        attach(city.path, SOURCE, document)


def test_one_byte_changed_is_refused_with_both_hashes_and_nothing_kept(entered):
    city, document = entered
    document.write_text(TEXT.replace("12", "13", 1), "utf-8")
    found = hashlib.sha256(document.read_bytes()).hexdigest()
    with pytest.raises(Refused) as refused:
        attach(city.path, SOURCE, document)
    assert found in str(refused.value)
    assert city.about["sha256"].strip('"') in str(refused.value)
    assert not (city.path / "attached").exists()


def test_another_edition_with_every_number_in_order_is_accepted(entered):
    city, document = entered
    document.write_text("（重排版）\n" + TEXT.replace("\n", "").replace("12 个", "12个"), "utf-8")
    attached = attach(city.path, SOURCE, document, edition=True)
    assert attached.found == 6
    build(city.path)
    release = open_release(LAPTOP, now(), folder=city.path)
    text = release.document(SOURCE)
    assert text is not None
    assert [text[start:end] for start, end in release.spans(SOURCE).values()][:2] == ["12个", "7个"]


def test_an_edition_that_lacks_a_number_is_refused_and_says_which(entered):
    city, document = entered
    document.write_text(TEXT.replace("5个", "25个"), "utf-8")
    with pytest.raises(Refused, match="5 of 6") as refused:
        attach(city.path, SOURCE, document, edition=True)
    assert "第3个数5个" in str(refused.value)


def test_attaching_changes_no_table_byte(entered):
    city, document = entered
    before = build(city.path).release
    attach(city.path, SOURCE, document)
    assert build(city.path).release == before


def test_an_unknown_source_is_told_with_the_nearest(entered):
    city, document = entered
    with pytest.raises(Refused, match="2018-12-31-city-halls"):
        attach(city.path, "2018-12-31-city-hall", document)


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="../shared is not here")
def test_all_shipped_documents_attach_with_all_their_numbers(city, tmp_path):
    by_hash = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in DOCUMENTS.glob("*.txt")}
    home = tmp_path / "data"
    home.mkdir()
    home.joinpath("sources").symlink_to(data_folder() / "sources")
    counts = []
    for folder in source_folders(home):
        digest = next(
            (
                line.split('"')[1]
                for line in (folder / "source.toml").read_text("utf-8").splitlines()
                if line.startswith("sha256")
            ),
            "",
        )
        if digest in by_hash:
            attached = attach(home, folder.name, by_hash[digest])
            counts.append((attached.found, attached.total))
    assert len(counts) == 5
    assert sum(found for found, _ in counts) == sum(total for _, total in counts) == 218
