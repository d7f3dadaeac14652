import pytest

from etl.usage.rows import COLUMN_OF, DUPLICATE, FAULTS

from .conftest import event

GOOD = [event(1000 + number) for number in range(400)]
FAULTY = [
    ("missing_id", {"event_id": ""}, ""),
    ("bad_timestamp", {"ts": "2026-02-30 10:00:00"}, "2026-02-30 10:00:00"),
    ("bad_timestamp", {"ts": "2026-01-05 24:00:00"}, "2026-01-05 24:00:00"),
    ("bad_timestamp", {"ts": "2026-01-05 10:61:00"}, "2026-01-05 10:61:00"),
    ("bad_timestamp", {"ts": "2026-01-05"}, "2026-01-05"),
    ("bad_timestamp", {"ts": "昨天下午"}, "昨天下午"),
    ("bad_timestamp", {"ts": ""}, ""),
    ("unknown_space", {"space_id": "room_z"}, "room_z"),
    ("unknown_action", {"action": "unlock"}, "unlock"),
    ("n_out_of_range", {"n": 0}, "0"),
    ("n_out_of_range", {"n": 21}, "21"),
    ("n_out_of_range", {"n": -1}, "-1"),
    ("n_out_of_range", {"n": "1.5"}, "1.5"),
    ("n_out_of_range", {"n": ""}, ""),
    ("before_opening", {"space_id": "room_b", "ts": "2026-01-01 09:00:00"}, "2026-01-01 09:00:00"),
    ("before_opening", {"ts": "2025-01-05 09:00:00"}, "2025-01-05 09:00:00"),
    ("in_future", {"ts": "2099-01-05 09:00:00"}, "2099-01-05 09:00:00"),
    ("clock_jump", {"ts": "2025-12-05 09:00:00"}, "2025-12-05 09:00:00"),
]


def test_every_fault_has_its_reason_its_row_and_what_stood_there(gates):
    for place, (_, cells, _) in enumerate(FAULTY):
        gates.csv(
            f"{place}/2026-01-05.csv", [*GOOD[:1], event(1 + place, **cells)] if place else [*GOOD, event(1, **cells)]
        )
    gates.about(max_quarantined_share="0.2")
    usage = gates.counted()
    told = {row.file: row for row in usage.quarantine if row.reason != DUPLICATE}
    for place, (reason, _, found) in enumerate(FAULTY):
        row = told[f"logs/{place}/2026-01-05.csv"]
        assert (row.reason, row.column, row.found) == (reason, COLUMN_OF.get(reason, "ts"), found)
        assert (row.rows, row.row) == (1, 3 if place else len(GOOD) + 2)
    (account,) = usage.accounts
    assert set(account.quarantined) == {*FAULTS, DUPLICATE}
    assert (account.rows_in, account.accepted) == (len(GOOD) + 2 * len(FAULTY) - 1, len(GOOD))
    assert account.quarantined[DUPLICATE] == len(FAULTY) - 1
    assert account.balances


def test_times_are_read_however_machines_write_them(gates):
    times = [
        "2026-01-05 09:07:00",
        "2026/1/5 9:07",
        "2026-01-05T09:07:00",
        " 2026-01-05 09:07",
        "2026-01-05 09:07:00.250",
    ]
    gates.csv("2026-01-05.csv", [event(number, ts=ts) for number, ts in enumerate(times, 1)])
    (row,) = gates.counted().hourly
    assert (row.weekday, row.hour, row.visits) == (1, 9, len(times))


@pytest.mark.parametrize(
    ("said", "shown"),
    [("K00000708", "＊"), ("13800138000", "＊"), ("门 41010119900307123X", "门 ＊"), ("room_12", "room_12")],
)
def test_a_card_telephone_or_identity_number_in_a_slipped_column_is_masked(gates, said, shown):
    gates.about(max_quarantined_share="1")
    gates.csv("2026-01-05.csv", [event(1, space_id=said)])
    assert gates.counted().quarantine[0].found == shown


def test_more_faults_than_the_source_allows_refuse_the_build_and_say_which(gates):
    gates.csv("2026-01-05.csv", [*GOOD[:90], event(1, n=0), event(2, action="test")])
    _, problems = gates.count()
    assert [problem[:5] for problem in problems] == ["E-304"]
    assert "2.17%（n_out_of_range 1、unknown_action 1）" in problems[0]
    gates.about(max_quarantined_share="0.05")
    assert not gates.count()[1]
