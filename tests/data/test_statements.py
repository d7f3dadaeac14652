"""What was published and is not a number: short terms about known subjects, each with its place in the source."""

import csv

from etl.release.schema import COLUMNS, STATEMENTS

TABLE_OF = {
    "place": "places", "project": "projects", "facility": "facilities", "organisation": "organisations",
    "indicator": "indicators",
}  # fmt: skip


def test_every_file_has_the_columns_of_the_contract_and_unix_lines_without_bom(data_folder):
    for path in data_folder.glob("sources/*/statements.csv"):
        raw = path.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf") and b"\r" not in raw, path
        assert next(csv.reader(raw.decode("utf-8").splitlines())) == list(STATEMENTS.columns), path


def test_subjects_and_attributes_are_known(statements, ids):
    assert set(COLUMNS["subject_kind"].choices) == set(TABLE_OF)
    for row in statements:
        assert row["subject"] in ids[TABLE_OF[row["subject_kind"]]], row
        assert row["attribute"] in ids["attributes"], row


def test_every_attribute_is_used(statements, ids):
    assert ids["attributes"] == {row["attribute"] for row in statements}


def test_terms_are_short_dated_and_said_once_per_source(statements):
    said = [(row["source"], row["subject_kind"], row["subject"], row["attribute"], row["text"]) for row in statements]
    assert len(said) == len(set(said))
    for row in statements:
        assert 0 < len(row["text"]) <= 40 and 0 < len(row["keyword"]) <= 16, row
        assert row["as_of"], row


def test_what_everyone_asks_for_is_there(statements):
    said = {(row["subject"], row["attribute"], row["text"]) for row in statements}
    assert {
        ("community_standardisation", "progress", "选址已确定"),
        ("qiyi", "standardised_in", "2017"),
        ("wenhui", "standardised_in", "2018"),
        ("qiyi", "brand_type", "红色教育型"),
        ("reading_spaces", "equipment", "自助借还书机"),
        ("weiwu_elder_care_centre", "service", "日间照料"),
        ("weidu", "honour", "全国和谐社区建设示范城区"),
        ("panyao", "outdoor_place", "灯光篮球场"),
    } <= said
    centres = {text for subject, attribute, text in said if (subject, attribute) == ("community_standard", "component")}
    assert sum(text.endswith("中心") for text in centres) == 7
