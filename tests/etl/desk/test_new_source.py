import pytest

from etl.build import build
from etl.desk.new_source import new_source
from etl.errors import Refused


def make(city, name, **about):
    return new_source(
        city.path, name, **{"title": '礼"堂', "publisher": "甲市", "place": "city", "document": None} | about
    )


def test_a_new_source_builds_at_once_and_waits_for_numbers(city):
    city.write()
    make(city, "2019-03-01-city-halls")
    about = build(city.path).tables.frames["sources"].set_index("source").loc["2019-03-01-city-halls"]
    assert (about["title"], about["numbers"], bool(about["verified"])) == ('礼"堂', 0, False)


def test_the_hash_of_its_document_is_entered(city, tmp_path):
    document = tmp_path / "a.txt"
    document.write_text("7个", "utf-8")
    city.write()
    path = make(city, "2019-03-01-city-halls", document=document)
    assert len((path / "source.toml").read_text("utf-8").split('sha256 = "')[1].split('"')[0]) == 64


@pytest.mark.parametrize("name", ["halls", "2019-02-30-city-halls", "2019-03-01-市-halls", "../2019-03-01-a-b"])
def test_a_name_of_another_shape_is_refused(city, name):
    with pytest.raises(Refused, match="E-110"):
        make(city, name)


def test_a_name_that_is_taken_is_refused_and_left_alone(city):
    city.write()
    path = make(city, "2019-03-01-city-halls")
    (path / "facts.csv").write_text("mine", "utf-8")
    with pytest.raises(Refused, match="E-403"):
        make(city, "2019-03-01-city-halls")
    assert (path / "facts.csv").read_text("utf-8") == "mine"
