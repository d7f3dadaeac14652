import pytest

from etl.usage import open_engine

from .conftest import event


@pytest.mark.parametrize(
    ("said", "kind"), [("duckdb", "duckdb"), ("spark://a.b:7077", "pyspark"), ("local[2]", "pyspark")]
)
def test_an_engine_is_named_by_the_machine_or_the_address_of_a_cluster(said, kind):
    assert open_engine.kind_of(said) == kind


@pytest.mark.parametrize("said", ["polars", "spark://a.b", "spark:7077", "http://a.b:7077", ""])
def test_an_engine_that_nobody_knows_is_told(gates, said):
    gates.csv("2026-01-05.csv", [event(1)])
    (problem,) = gates.count(engine=said)[1]
    assert problem.startswith("E-606 --engine：不认识的引擎")


def test_a_cluster_without_the_extra_is_told_and_nothing_is_counted(gates, monkeypatch):
    gates.csv("2026-01-05.csv", [event(1)])
    monkeypatch.setattr(open_engine, "version_of", lambda kind: "" if kind == "pyspark" else "1")
    usage, (problem,) = gates.count(engine="spark://127.0.0.1:7077")
    assert problem.startswith("E-606 --engine：没有安装 Spark 支持（pyspark）")
    assert not usage.daily


def test_columns_of_one_name_that_mean_nothing_do_not_matter(gates):
    header = ("event_id", "ts", "space_id", "action", "备注", "备注", "")
    gates.csv("2026-01-05.csv", [("1", "2026-01-05 12:00:00", "room_a", "enter", "a", "b", "")], header)
    assert gates.counted().daily[0].visits == 1
