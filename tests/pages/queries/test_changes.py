"""What two releases show otherwise, told by identity: only what cites a changed number is listed."""

import csv
import shutil

import pytest

from etl.build import build
from pages.queries.changes import changes, new_numbers

FACTS = "sources/2018-12-31-halls/facts.csv"


@pytest.fixture
def edited(tiny, tmp_path, release_of):
    """A function: rows of facts.csv -> the rows it should have -> the release before and the one after."""

    def edit(change, name=FACTS):
        folder = tmp_path / "data"
        shutil.copytree(tiny, folder)
        path = folder / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = list(rows[0])
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(change(rows))
        build(folder)
        return release_of(tiny), release_of(folder)

    return edit


def test_the_same_release_changes_nothing(tiny, release_of):
    assert changes(release_of(tiny), release_of(tiny)) == ()
    assert new_numbers(release_of(tiny), release_of(tiny)) == ()


def test_a_number_that_changes_is_told_wherever_it_is_shown_old_and_new(edited):
    before, after = edited(
        lambda rows: [row | ({"as_printed": "14个", "value": "14"} if row["seq"] == "1" else {}) for row in rows]
    )
    found = {(change.kind, change.name): change for change in changes(before, after)}
    card = found["headline", "2018年建成"]
    assert [str(number.value) for number in card.old] == ["12"]
    assert [str(number.value) for number in card.new] == ["14"]
    assert card.screen == "overview"
    assert ("chart", "各年") in found
    assert not {name for kind, name in found if kind == "headline"} - {"2018年建成"}
    assert ("chart", "人次") not in found
    assert not {kind for kind, _ in found} & {"absence"}


def test_a_check_that_says_other_numbers_is_told_with_both_sides(edited):
    before, after = edited(
        lambda rows: [row | ({"as_printed": "6个", "value": "6"} if row["seq"] == "10" else {}) for row in rows]
    )
    (check,) = (row for row in changes(before, after) if row.kind == "check")
    assert check.name == "两种说法"
    sides = [f"{row.left_value} {row.right_value}" for row in (check.old_row, check.new_row)]
    assert ("4" in sides[0], "6" in sides[0], "4" in sides[1], "6" in sides[1]) == (True, False, False, True)


def test_an_absence_that_goes_is_told(edited):
    before, after = edited(lambda rows: rows[:1], "reference/absences.csv")
    (gone,) = (row for row in changes(before, after) if row.kind == "absence")
    assert (gone.old_row.place_name, gone.new_row) == ("南县", None)


def test_what_is_new_is_listed_and_what_was_there_is_not(edited):
    before, after = edited(
        lambda rows: [*rows, rows[0] | {"seq": "13", "period_start": "2015-01-01", "period_end": "2015-12-31"}]
    )
    assert [number.number_id for number in new_numbers(before, after)] == ["2018-12-31-halls#13"]
