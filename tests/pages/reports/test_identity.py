"""Numbers in files resolve by identity: change one observation, and exactly the pieces that rest on it change, in every file."""

from decimal import Decimal

import pytest

from pages.reports.files import brief_bytes

UNIQUE = "9713"
CHANGED = {
    "what was built in 2018": ("standardised_communities", "xuchang", "81个"),
    "the visits": ("reading_visits", "xuchang", "148万"),
}


@pytest.fixture(scope="module")
def before(lenient, brief_of):
    return brief_of(lenient, "leader")


def plain(text, brief):
    return "".join(text.replace(brief.release_id, "").split())


@pytest.mark.parametrize("which", CHANGED)
def test_exactly_the_pieces_that_rest_on_a_changed_observation_change(which, before, brief_of, said_in, one_changed):
    folder, observation = one_changed(*CHANGED[which])
    after = brief_of(folder, "leader")

    old, new = list(before.pieces()), list(after.pieces())
    assert [piece.number_ids for piece in new] == [piece.number_ids for piece in old]
    citing = {at for at, piece in enumerate(old) if observation in piece.observation_ids}
    assert citing, "nobody says this observation"
    assert {at for at, piece in enumerate(old) if piece.text != new[at].text} == citing
    assert any(UNIQUE in new[at].text for at in citing)
    marks = [
        {mark.number_id for mark in chart.marks if observation in mark.observation_ids} for chart in before.charts()
    ]  # fmt: skip

    for form, read in said_in.items():
        first, second = ([plain(text, brief) for text in read(brief_bytes(brief, form))] for brief in (before, after))
        assert len(first) == len(second), form
        different = [at for at in range(len(first)) if first[at] != second[at]]
        assert different, form
        said_anew = [plain(new[at].text.removesuffix("。"), after) for at in citing]
        held = [f"{new[at].value:f}" for at in citing if isinstance(new[at].value, Decimal)]
        anew = [*said_anew, *held, *_values(after, marks)]
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
        for mark in chart.marks:
            if mark.number_id in ids:
                found += [f"{mark.value:f}", f"{float(mark.value)!r}", plain(mark.text, brief)]
    return found
