"""What became of the rows of a log: the account as the build's check has it, the rows kept apart by reason."""

import pandas as pd
import pytest

from etl.language import spoken
from pages.queries.data_quality import log_accounts, log_checks, quarantined_rows
from pages.wording.lists import account_finding, account_table, quarantine_table, reason_word

REASONS = (
    "missing_id", "bad_timestamp", "unknown_space", "unknown_action", "n_out_of_range", "before_opening", "in_future", "clock_jump",
    "duplicate_id",
)  # fmt: skip


def rejected(reason, rows, file="a.csv"):
    return {"source": "gates", "file": file, "reason": reason, "rows": rows, "row": 7, "column": "ts", "found": "＊"}


@pytest.fixture
def release(rich, release_of, stand_in):
    real = release_of(rich)
    check = (
        real.table("checks")
        .head(1)
        .assign(
            identity="gate_log/rows/gates",
            verdict="holds",
            left_value="110",
            right_value="100 + 7 + 3 → 110",
            parents="",
        )
    )
    return stand_in(
        real,
        {
            "checks": pd.concat(
                [real.table("checks"), check, check.assign(identity="gate_log/parts")], ignore_index=True
            ),
            "quarantine": pd.DataFrame(
                [rejected("duplicate_id", 1), rejected("bad_timestamp", 2), rejected("bad_timestamp", 4, "b.csv")]
            ),
        },
    )


def test_rows_in_are_accepted_kept_apart_or_ignored(release):
    (own,) = log_accounts(release)
    assert (own.rows_in, own.accepted, own.quarantined, own.ignored) == (110, 100, 7, 3)


def test_reasons_add_up_over_files_the_most_frequent_first(release):
    rows = quarantined_rows(release)
    assert [(own.reason, own.rows, own.files) for own in rows] == [
        ("bad_timestamp", 6, 2),
        ("duplicate_id", 1, 1),
    ]
    assert rows[0].file == "a.csv"


def test_only_the_checks_of_the_logs_are_shown_with_them(release):
    assert [check.identity for check in log_checks(release)] == ["gate_log/parts"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_code_has_words(lang):
    assert not [code for code in REASONS if spoken(lang, reason_word, code) == code]
    assert spoken(lang, reason_word, "new_code") == "new_code"


def test_the_tables_say_reasons_in_words_and_where_the_first_row_stands(release):
    shown = quarantine_table(quarantined_rows(release)).to_dict("records")[0]
    assert "bad_timestamp" not in shown.values()
    assert "a.csv第7行ts列" in shown.values()
    assert "0.00" not in account_finding(log_accounts(release))
    assert "（6.54%）" in account_finding(log_accounts(release))
    assert "110" in account_table(log_accounts(release)).to_dict("records")[0].values()


def test_without_logs_there_is_no_account(rich, empty, release_of):
    for folder in (rich, empty):
        assert log_accounts(release_of(folder)) == ()
        assert quarantined_rows(release_of(folder)) == ()
        assert log_checks(release_of(folder)) == ()
