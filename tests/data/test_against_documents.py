"""Where the documents are at hand, every entered number is compared with them, character by character."""

import csv
import re

import pytest

from etl.release.schema import COLUMNS

COMPARED = ("role", "repeats", "as_printed", "value", "value_high", "unit", "qualifier", "measure", "period_start",
            "period_end", "as_of", "time_as_printed")  # fmt: skip
NEAR = 60
COPIED = 17


def without_space(text):
    return re.sub(r"\s", "", text)


def span(locator):
    start, end = locator.removeprefix("char:").split("-")
    return int(start), int(end)


@pytest.fixture(scope="module")
def figures(shared, sources):
    """(source, seq) -> the figure as listed for checking."""
    from hashlib import sha256

    names = {sha256(path.read_bytes()).hexdigest(): path.name for path in (shared / "documents").iterdir()}
    document = {names[about["sha256"]]: name for name, about in sources.items() if about["verified"]}
    with (shared / "figures" / "figures.csv").open(encoding="utf-8", newline="") as handle:
        return {(document[row["document"]], row["seq"]): row for row in csv.DictReader(handle)}


def test_every_number_equals_the_checked_list(published, figures):
    assert {(row["source"], row["seq"]) for row in published} == set(figures)
    for row in published:
        listed = figures[row["source"], row["seq"]]
        assert [row[name] for name in COMPARED] == [listed[name] for name in COMPARED], row


def test_the_name_of_every_place_equals_the_checked_list(published, figures, reference):
    names = {row["place"]: row["name"] for row in reference["places"]}
    for row in published:
        if row["place"]:
            assert names[row["place"]] == figures[row["source"], row["seq"]]["place"], row


def test_the_text_at_the_locator_is_the_number_as_printed(published, documents):
    for row in published:
        start, end = span(row["locator"])
        assert without_space(documents[row["source"]][start:end]) == row["as_printed"], row


def test_a_keyword_stands_near_its_number_or_term(published, statements, documents):
    for row in [*published, *statements]:
        start, end = span(row["locator"])
        around = without_space(documents[row["source"]][max(0, start - NEAR) : end + NEAR])
        assert row["keyword"] in around, row


def test_a_statement_is_located_inside_its_document(statements, documents):
    for row in statements:
        start, end = span(row["locator"])
        assert 0 <= start < end <= len(documents[row["source"]]) and end - start <= 80, row


def test_no_sentence_of_a_document_stands_in_the_data(data_folder, documents):
    texts = [without_space(text) for text in documents.values()]
    copied = set()
    for path in [*data_folder.glob("sources/*/*"), *data_folder.glob("reference/*"), data_folder / "city.toml"]:
        text = re.sub(
            r"^title = .*$", "", path.read_text("utf-8"), flags=re.MULTILINE
        )  # a printed title is no sentence
        for cell in re.split(r'[,\n"|=]', text):
            plain = without_space(cell)
            runs = {plain[i : i + COPIED] for i in range(len(plain) - COPIED + 1)}
            copied |= {(path.name, run) for run in runs if any(run in text for text in texts)}
    assert copied == set()


def test_dates_of_documents_are_told_with_their_evidence(sources):
    assert COLUMNS["dated_by"].kind == "text"
    for name, about in sources.items():
        assert about["dated_by"] and str(about["published_on"]) == name[:10], name
