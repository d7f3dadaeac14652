"""Numbers on screen resolve by identity: change one observation and exactly the displays that cite it change."""

import re

import pytest

from pages.queries.boundaries import MapRequest

VIEWS = (
    ("overview", {}),
    ("project", {}),
    ("project", {"part": "numbers"}),
    ("reading", {}),
    ("district", {}),
    ("district", {"part": "numbers"}),
    ("brief", {}),
    ("compare", {}),
    ("compare", {"part": "peers"}),
    ("compare", {"part": "standards"}),
    ("map", {}),
    ("map", {"view": "tiles"}),
    ("search", {"q": "规范化社区"}),
    ("search", {"q": "阅读"}),
    ("words", {}),
    ("words", {"project": "reading_spaces", "part": "ask"}),
    ("sources", {}),
    ("sources", {"part": "checks"}),
    ("sources", {"part": "conflicts"}),
)
WANTED = {
    "the communities built in two years": ("standardised_communities", "xuchang", "118个"),
    "the communities built in 2018": ("standardised_communities", "xuchang", "81个"),
    "the plan of the city": ("standardised_communities", "xuchang", "44个"),
    "the plan of one district": ("standardised_communities", "weidu", "20个"),
    "the visits, a lower bound": ("reading_visits", "xuchang", "148万"),
}


def view_name(screen, params):
    return ":".join([screen, *params.values()])


@pytest.fixture(scope="module")
def everything(show, crawl):
    def seen(folder):
        found = {}
        for screen, params in VIEWS:
            shown = crawl(show(folder, f"pages/screens/{screen}.py", **params))
            for key, display in shown.items():
                name = f"{view_name(screen, params)}/{key}"
                if key.startswith("list_") and display.cites:
                    name = (
                        f"{view_name(screen, params)}/{key.partition(':')[0]}:{min(display.cites)}:{len(display.cites)}"
                    )
                found[name] = display
        return {name: display for name, display in found.items() if "/count_" not in name}

    return seen


@pytest.fixture(scope="module")
def before(lenient, everything):
    return everything(lenient)


def moved(old, new, observation):
    """The computed numbers that rest on ``observation`` and follow it; a number divided by itself stays 100 %."""
    values = [
        dict(zip(each.table("derived")["derived_id"], each.table("derived")["value"], strict=True))
        for each in (old, new)
    ]
    parents = dict(zip(new.table("derived")["derived_id"], new.table("derived")["parents"], strict=True))
    return {
        each for each, ids in parents.items() if observation in ids.split(";") and values[0][each] != values[1][each]
    }


@pytest.mark.parametrize("which", WANTED)
def test_exactly_the_displays_citing_a_changed_observation_change(
    which, lenient, before, everything, release_of, one_changed
):
    folder, observation = one_changed(*WANTED[which])
    citing_ids = {observation} | moved(release_of(lenient), release_of(folder), observation)

    after = everything(folder)
    assert set(after) == set(before)
    different = {name for name in before if before[name].text != after[name].text}
    citing = {name for name in before if before[name].cites & citing_ids}
    assert citing, "nobody shows this observation"
    assert different == citing


MAP = MapRequest("standardised_communities", "plan", "2019")


def test_the_page_of_the_map_changes_with_its_own_numbers_and_with_no_other(lenient, release_of, one_changed):
    from pages.gate.map_page import map_page

    def drawn(folder):
        release = release_of(folder)
        return map_page(release, MAP).replace(release.id, "")

    pages = {}
    for which in ("the plan of one district", "the visits, a lower bound"):
        pages[which] = drawn(one_changed(*WANTED[which])[0])
    assert "9713" in pages["the plan of one district"]
    assert pages["the visits, a lower bound"] == drawn(lenient)


def test_every_card_panel_and_line_cites_something(before):
    bare = [
        name
        for name, display in before.items()
        if re.search(r"/(card|panel|line|conflict)_", name) and not display.cites
    ]
    assert not bare


def test_what_is_cited_exists(before, lenient, release_of):
    release = release_of(lenient)
    known = set(release.table("observations")["observation_id"]) | set(release.table("derived")["derived_id"])
    cited = set().union(*(display.cites for display in before.values()))
    assert cited <= known
