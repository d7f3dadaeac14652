"""Numbers in files resolve by identity: change one observation, and exactly the pieces that rest on it change, in every file."""

import csv
import re
import shutil

import pytest

from etl.build import build
from etl.reading.quantity import read_quantity
from pages.reports.files import brief_bytes

SOURCE = "2019-03-21-xuchang-communities-and-reading"
UNIQUE = "9713"
CHANGED = {"what was built in 2018": ("standardised_communities", "81个"), "the visits": ("reading_visits", "148万")}


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def lenient(copied, tmp_path_factory):
    """A copy of the shipped data in which a violated identity is shown instead of stopping the release."""
    folder = copied(tmp_path_factory.mktemp("identity") / "data")
    for name, column, value in (("identities", "severity", "show"), ("absences", "follows_from", "")):
        path = folder / "reference" / f"{name}.csv"
        write(path, [row | {column: value} for row in rows_of(path)])
    build(folder)
    return folder


@pytest.fixture(scope="module")
def before(lenient, brief_of):
    return brief_of(lenient, "leader")


def changed(folder, indicator, printed):
    path = folder / "sources" / SOURCE / "facts.csv"
    rows = rows_of(path)
    fits = [
        row for row in rows
        if row["role"] == "observation" and row["indicator"] == indicator and row["place"] == "xuchang" and printed in row["as_printed"]
    ]  # fmt: skip
    assert len(fits) == 1
    for row in rows:
        if row["seq"] == fits[0]["seq"] or row["repeats"] == fits[0]["seq"]:
            row["as_printed"] = re.sub(r"\d+(\.\d+)?", UNIQUE, row["as_printed"], count=1)
            row["value"] = str(read_quantity(row["as_printed"]).value)
    write(path, rows)
    return f"{SOURCE}#{fits[0]['seq']}"


def plain(text, brief):
    return "".join(text.replace(brief.release_id, "").split())


@pytest.mark.parametrize("which", CHANGED)
def test_exactly_the_pieces_that_rest_on_a_changed_observation_change(
    which, lenient, before, brief_of, said_in, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("changed") / "data"
    shutil.copytree(lenient, folder, ignore=shutil.ignore_patterns("tables"))
    observation = changed(folder, *CHANGED[which])
    build(folder)
    after = brief_of(folder, "leader")

    old, new = list(before.pieces()), list(after.pieces())
    assert [piece.number_ids for piece in new] == [piece.number_ids for piece in old]
    citing = {at for at, piece in enumerate(old) if observation in piece.observation_ids}
    assert citing, "nobody says this observation"
    assert {at for at, piece in enumerate(old) if piece.text != new[at].text} == citing
    assert any(UNIQUE in new[at].text for at in citing)
    marks = [
        {row["number_id"] for _, row in one.marks.iterrows() if observation in row["observation_ids"].split(";")} for one in before.charts()
    ]  # fmt: skip

    for form, read in said_in.items():
        first, second = ([plain(text, brief) for text in read(brief_bytes(brief, form))] for brief in (before, after))
        assert len(first) == len(second), form
        different = [at for at in range(len(first)) if first[at] != second[at]]
        assert different, form
        said_anew = [plain(new[at].text.removesuffix("。"), after) for at in citing]
        anew = [*said_anew, *_values(after, marks)]
        for at in different:
            assert any(text in second[at] for text in anew), (form, second[at])
        stale = [plain(old[at].text.removesuffix("。"), before) for at in citing if len(old[at].text) > 8]
        whole = "".join(second)
        assert not [text for text in stale if text in whole], form
        assert UNIQUE in whole, form


def _values(brief, marks):
    """What the marks that rest on the changed number are written as in a chart: the value, the label, the category of a target."""
    found = []
    for chart, ids in zip(brief.charts(), marks, strict=True):
        for _, row in chart.marks.iterrows():
            if row["number_id"] in ids:
                found += [f"{row['value']:f}", f"{float(row['value'])!r}", plain(row["text"], brief)]
    return found
