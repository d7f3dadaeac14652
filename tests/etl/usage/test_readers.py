from decimal import Decimal

from etl.build import build

from .conftest import event

CARDS = [f"K9{number:07}" for number in range(8)]


def monthly(gates, month="2026-01-01"):
    rows = gates.counted().monthly
    return {row.facility or row.place: row for row in rows if str(row.period_start) == month}


def test_readers_are_distinct_cards_of_a_month_and_fewer_than_five_are_not_told(gates):
    rows = [event(n, card_id=card) for n, card in enumerate(CARDS[:4] * 3)]
    rows += [event(100 + n, card_id=card, space_id="room_c") for n, card in enumerate(CARDS[3:])]
    gates.csv("2026-01-05.csv", rows)
    found = {name: row.readers for name, row in monthly(gates).items()}
    assert found == {"room_a": None, "east": None, "room_c": Decimal(5), "west": Decimal(5), "city": Decimal(8)}


def test_months_add_up_from_spaces_to_districts_to_the_city(gates):
    gates.csv(
        "2026-01.csv",
        [event(n, f"2026-01-0{n % 9 + 1}", space_id=("room_a", "room_c")[n % 2], n=n % 3 + 1) for n in range(60)],
    )
    found = {name: row.visits for name, row in monthly(gates).items()}
    assert found["east"] == found["room_a"]
    assert found["room_a"] + found["room_c"] == found["east"] + found["west"] == found["city"] == 120


def test_a_reader_whose_only_row_is_a_duplicate_is_none(gates):
    gates.about(max_quarantined_share="1")
    gates.csv("2026-01-05.csv", [event(n, card_id=card) for n, card in enumerate(CARDS[:5])])
    gates.csv("2026-01-06.csv", [event(n, "2026-01-06", card_id=card) for n, card in enumerate(CARDS)])
    assert monthly(gates)["room_a"].readers == Decimal(8)
    gates.csv("2026-01-07.csv", [event(n, "2026-01-07", card_id=f"{card}x") for n, card in enumerate(CARDS)])
    assert monthly(gates)["room_a"].readers == Decimal(8)


def test_no_card_number_stands_in_any_table_manifest_or_cache(gates):
    gates.about(max_quarantined_share="1")
    rows = [
        event(n, card_id=card, space_id=("room_a", card)[n % 2], ts=("2026-01-05 12:00:00", card)[n % 4 == 2])
        for n, card in enumerate(CARDS)
    ]
    gates.csv("2026-01-05.csv", rows)
    build(gates.folder)
    written = [path for name in ("tables", "inbox") for path in (gates.folder / name).rglob("*") if path.is_file()]
    assert len(written) > 30
    for path in written:
        found = path.read_bytes()
        assert not [card for card in CARDS if card.encode() in found], path
    values = [str(row) for row in gates.counted().quarantine]
    assert not [card for card in CARDS for value in values if card[1:] in value]
