"""A change that is refused never begins, or is undone."""

import pytest

from etl.build import make_tables
from etl.desk.staged import folder_state, publish_change
from etl.errors import Problem, Refused, Where
from etl.readers.facts import source_folders
from etl.release.publish import current


def changed(folder, tables, done):
    publish_change(folder, tables, folder_state(folder), do=lambda: done.append("do"), undo=lambda: done.append("undo"))


def test_tables_with_a_problem_begin_no_change(city):
    folder, done = city.write(), []
    tables = make_tables(folder, source_folders(folder))
    with pytest.raises(Refused, match="E-999"):
        changed(folder, type(tables)(tables.city, tables.frames, [Problem("E-999", Where("x"), "y")]), done)
    assert done == []
    assert current(folder) is None


def test_whole_tables_are_published_once_the_change_is_made(city):
    folder, done = city.write(), []
    changed(folder, make_tables(folder, source_folders(folder)), done)
    assert done == ["do"]
    assert current(folder)
