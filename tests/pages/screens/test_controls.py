"""Every value of every control, on the tiny city that has something of everything: the screen is drawn to its last line."""

from pathlib import Path

import pytest

import pages.widgets.choose as choosing

ROOT = Path(__file__).resolve().parents[3]
SCREENS = sorted(path.stem for path in (ROOT / "pages" / "screens").glob("*.py"))
PARTS = {"part", "view"}
"""Controls that change which other controls there are, so that those are tried under each of their values."""


@pytest.fixture
def offered(monkeypatch):
    """What the last run offered: parameter of the link -> codes."""
    codes_of: dict[str, list[str]] = {}
    one, several = choosing._prepare, choosing.escaped.multiselect

    def note_one(param, codes, default):
        codes_of[param] = list(codes)
        return one(param, codes, default)

    def note_several(label, options, **more):
        codes_of[more["key"].removeprefix("choose_")] = list(options)
        return several(label, options, **more)

    monkeypatch.setattr(choosing, "_prepare", note_one)
    monkeypatch.setattr(choosing.escaped, "multiselect", note_several)
    return codes_of


@pytest.mark.parametrize("screen", SCREENS)
def test_every_value_of_every_control_draws_the_screen(screen, rich, show, release_of, offered):
    tried, todo, last_line = set(), [{}], release_of(rich).id
    while todo:
        link = todo.pop()
        if frozenset(link.items()) in tried:
            continue
        tried.add(frozenset(link.items()))
        offered.clear()
        test = show(rich, f"pages/screens/{screen}.py", **link)
        assert last_line in test.caption[-1].value, link
        if set(link) <= PARTS:
            todo += [link | {param: code} for param, codes in offered.items() for code in codes if code]
    assert tried
    assert set(offered) <= {"lang"} or len(tried) > 1


def test_a_screen_that_fails_at_one_value_is_noticed(rich, show, offered, monkeypatch):
    from pages.queries import reference

    def broken(*_, **__):
        raise LookupError("no glossary")

    monkeypatch.setattr(reference, "terms", broken)
    with pytest.raises(AssertionError, match="encountered an error"):
        show(rich, "pages/screens/sources.py", part="glossary")
