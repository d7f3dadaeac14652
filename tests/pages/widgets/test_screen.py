"""A city whose tables are missing is built on the way; a refused build is a table of problems, never a traceback."""

import shutil


def test_missing_tables_are_built_on_the_way(tiny, tmp_path, show, crawl):
    folder = tmp_path / "data"
    shutil.copytree(tiny, folder, ignore=shutil.ignore_patterns("tables"))
    found = crawl(show(folder))
    assert (folder / "tables" / "CURRENT").exists()
    assert "card_done" in found


def test_a_refused_build_shows_every_problem_and_publishes_nothing(tiny, tmp_path, show, crawl):
    folder = tmp_path / "data"
    shutil.copytree(tiny, folder, ignore=shutil.ignore_patterns("tables"))
    facts = folder / "sources" / "2018-12-31-halls" / "facts.csv"
    facts.write_text(facts.read_text("utf-8").replace("built", "bilt"), "utf-8")
    test = show(folder)
    said = crawl(test)["problems"].text
    assert "facts.csv" in said
    assert "bilt" in said
    assert "built" in said
    assert not (folder / "tables" / "CURRENT").exists()
    assert not test.metric


def test_a_release_that_is_not_here_is_told_and_the_one_in_force_shown(tiny, show, release_of):
    test = show(tiny, release="r000000000000")
    assert test.warning
    assert any(release_of(tiny).id in each.value for each in test.caption)
