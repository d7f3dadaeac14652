import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.readers.gate_log import days_in_name, read_gate_log
from etl.readers.gate_log_file import Unreadable, look
from etl.rows import SourceRow

ABOUT = dict.fromkeys(SourceRow.__dataclass_fields__) | {"published_on": dt.date(2026, 2, 1)}
HEAD = "event_id,ts,space_id,card_id,action,n\n"
ROW = "1,2026-01-05 12:00:00,room_a,,enter,1\n"
DAY = dt.date(2026, 1, 5)


def write(path, text=HEAD + ROW, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def read(home, **about):
    files, problems = read_gate_log(home, SourceRow.of(ABOUT | about), look)
    return files, [str(problem) for problem in problems]


def test_a_day_or_a_month_is_read_from_a_name():
    day, month = (DAY, DAY), (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    for name in ("2026-01-05.csv", "gate_20260105.csv", "east/2026_01_05.v2.csv", "year=2026/month=1/day=5/a.parquet"):
        assert days_in_name(name) == day, name
    for name in ("2026-01.csv", "202601.parquet", "year=2026/month=01/a.parquet"):
        assert days_in_name(name) == month, name
    for name in ("all.csv", "2026-13-01.csv", "device1234567890.csv"):
        assert days_in_name(name) is None, name


def test_files_come_in_the_order_of_their_delivery(tmp_path):
    for name in ("2026-01-05.csv", "2026-01-06.csv", "2026-01-04.late.csv"):
        write(tmp_path / "logs" / name, HEAD + ROW.replace("1,", f"{name[8:10]},"))
    write(
        tmp_path / "delivery.csv", "file,day,delivered_on,replaces,rows\n2026-01-04.late.csv,2026-01-04,2026-01-20,,1\n"
    )
    files, problems = read(tmp_path)
    assert not problems
    assert [file.name for file in files] == ["logs/2026-01-05.csv", "logs/2026-01-06.csv", "logs/2026-01-04.late.csv"]
    assert (files[0].first, files[0].last) == (DAY, DAY)
    assert files[-1].stated == 1


def test_a_file_without_a_day_may_hold_all_days_until_the_log_was_published(tmp_path):
    write(tmp_path / "logs" / "all.csv")
    ((file,), _) = read(tmp_path)
    assert (file.first, file.last) == (None, ABOUT["published_on"])


@pytest.mark.parametrize("logs", ["east", ".", "east/*.csv", "**/*.csv", ["east/a.csv", "east/b.csv"]])
def test_logs_are_a_folder_a_glob_or_several_but_never_the_sources_own_files(tmp_path, logs):
    write(tmp_path / "facts.csv")
    write(tmp_path / "source.toml")
    for number, name in enumerate("ab"):
        write(tmp_path / "east" / f"{name}.csv", HEAD + ROW * (number + 1))
    assert [file.name for file in read(tmp_path, logs=logs)[0]] == ["east/a.csv", "east/b.csv"]


def test_a_file_that_another_replaces_or_repeats_is_ignored_with_the_reason(tmp_path):
    write(tmp_path / "logs" / "a" / "2026-01-05.csv", HEAD)
    write(tmp_path / "logs" / "b" / "2026-01-06.csv")
    write(tmp_path / "logs" / "c" / "2026-01-07.csv")
    write(tmp_path / "logs" / "new.csv", HEAD + ROW * 2)
    write(
        tmp_path / "delivery.csv",
        "file,day,delivered_on,replaces,rows\nnew.csv,2026-01-05,2026-01-09,a/2026-01-05.csv,\n",
    )
    files, problems = read(tmp_path)
    assert not problems
    assert [(file.name, file.ignored) for file in files] == [
        ("logs/a/2026-01-05.csv", "superseded_file"),
        ("logs/b/2026-01-06.csv", ""),
        ("logs/c/2026-01-07.csv", "redelivered_file"),
        ("logs/new.csv", ""),
    ]


def test_what_a_delivery_or_folder_lacks_is_told(tmp_path):
    assert "没有找到日志文件" in read(tmp_path)[1][0]
    write(tmp_path / "logs" / "2026-01-05.csv")
    write(tmp_path / "logs" / "2026-01-06.csv.gz")
    write(
        tmp_path / "delivery.csv",
        "file,day,delivered_on,replaces,rows\n2026-01-07.csv,,,,\n2026-01-05.csv,2026-02-30,,,\n",
    )
    told = "\n".join(read(tmp_path)[1])
    for word in ("不认识的文件种类；发现“.gz”", "交付清单里的文件不在；发现“2026-01-07.csv”", "第3行：日期或行数无效"):
        assert word in told


def test_headers_are_known_by_chinese_and_english_names(tmp_path):
    content = look(write(tmp_path / "a.csv", "流水号;时间;场馆;姓名;卡号;动作;册数\n", "gb18030"))
    assert content.layout.meanings == ("event_id", "ts", "space_id", "", "card_id", "action", "n")
    assert (content.layout.delimiter, content.encoding, content.rows) == (";", "gb18030", 0)
    assert look(write(tmp_path / "b.csv", "\ufeffID\tＴime\tFacility\tType\n")).layout.meanings == (
        "event_id",
        "ts",
        "space_id",
        "action",
    )


@pytest.mark.parametrize(
    ("rows", "many"),
    [("", 0), (ROW, 1), (ROW * 3, 3), (ROW[:-1], 1), (ROW + "\n" + ROW, 2), (ROW + "\r\n" + ROW[:-1] + "\r\n\r\n", 2),
     ('1,2026-01-05 12:00:00,"room\na",,enter,1\n', 1), ('1,2026-01-05 12:00:00,"a ""b""",,enter,1\n' * 2, 2)],
)  # fmt: skip
def test_rows_are_counted_without_parsing_them(tmp_path, rows, many):
    assert look(write(tmp_path / "a.csv", HEAD + rows)).rows == many


@pytest.mark.parametrize(
    ("raw", "code", "told"),
    [
        (b"", "E-102", "文件为空"),
        (HEAD.encode("utf-16"), "E-101", "UTF-16"),
        (
            HEAD.encode() + "1,2026-01-05 12:00:00,甲书房,,enter,1\n".encode() + b"2,\xff\xff,x,,enter,1\n",
            "E-101",
            "不是 UTF-8 也不是 GB18030",
        ),
        (HEAD.encode() + b'1,"2026', "E-104", "引号没有成对"),
        (HEAD.replace("ts,", "").encode(), "E-105", "缺少列“ts”"),
        (HEAD.replace("card_id", "时间").encode(), "E-107", "有两列都是“ts”"),
    ],
)
def test_a_file_that_is_no_log_says_why(tmp_path, raw, code, told):
    path = tmp_path / "logs" / "2026-01-05.csv"
    path.parent.mkdir()
    path.write_bytes(raw)
    files, (problem,) = read(tmp_path)
    assert not files
    assert code in problem
    assert told in problem
    assert "logs/2026-01-05.csv" in problem


def test_a_broken_zoned_or_mistyped_parquet_says_so(tmp_path):
    path = tmp_path / "2026-01-05.parquet"
    columns = {name: pa.array(["1"]) for name in ("event_id", "space_id", "action")}
    pq.write_table(pa.table(columns | {"ts": pa.array([0], pa.timestamp("s", "Asia/Shanghai"))}), path)
    with pytest.raises(Unreadable, match="时间带有时区"):
        look(path)
    pq.write_table(pa.table(columns | {"ts": pa.array([DAY])}), path)
    with pytest.raises(Unreadable, match="时间列的类型不对") as told:
        look(path)
    assert told.value.found == "ts：date32[day]"
    pq.write_table(pa.table(columns | {"ts": pa.array(["x"]), "event_id": pa.array([1e17])}), path)
    with pytest.raises(Unreadable, match="编号列是小数"):
        look(path)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(Unreadable, match="不是完整的 Parquet 文件"):
        look(path)
    path.write_bytes(b"")
    with pytest.raises(Unreadable, match="文件为空"):
        look(path)
