"""What became of every row of a log: accepted, quarantined with a reason, or ignored with a reason; nothing else may happen to it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from etl.errors import Problem, Where
from etl.usage.cache import Cache
from etl.usage.reading import Log
from etl.usage.records import Duplicate, FileFault, QuarantineRow
from etl.usage.rows import COLUMN_OF, DUPLICATE


@dataclass
class Account:
    """The rows of one source. ``rows_in`` is counted from the bytes of the files, the rest by the engine."""

    source: str
    rows_in: int = 0
    accepted: int = 0
    quarantined: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    quarantine: list[QuarantineRow] = field(default_factory=list)
    lost: list[Problem] = field(default_factory=list)

    @property
    def balances(self) -> bool:
        """Whether rows_in = accepted + quarantined + ignored."""
        return self.rows_in == self.accepted + self.quarantined.total() + self.ignored.total()

    @property
    def share(self) -> Decimal:
        """What part of the rows that count was quarantined."""
        counted = self.rows_in - self.ignored.total()
        return Decimal(self.quarantined.total()) / counted if counted else Decimal(0)

    def problems(self, most: Decimal) -> Iterator[Problem]:
        """A problem for each file whose rows do not add up, and one when more than ``most`` of the rows were quarantined."""
        yield from self.lost
        if not self.balances and not self.lost:
            sums = f"{self.rows_in} 对 {self.accepted} + {self.quarantined.total()} + {self.ignored.total()}"
            yield Problem("E-303", Where(f"sources/{self.source}"), "收到的行数不等于采用、隔离与略过之和", sums)
        if self.share > most:
            where = Where(f"sources/{self.source}/source.toml", column="max_quarantined_share")
            reasons = "、".join(f"{reason} {rows}" for reason, rows in self.quarantined.most_common())
            found, expected = f"{100 * self.share:.2f}%（{reasons}）", f"不超过{100 * most.normalize():f}%"
            remedy = "请核对日志；重新交付的文件请在 delivery.csv 的 replaces 一列写明替换哪个文件"
            yield Problem("E-304", where, "隔离的行太多", found, expected, remedy)


def accounts(
    logs: Sequence[Log], cache: Cache, good: Mapping[int, int], faults: Sequence[FileFault], twice: Sequence[Duplicate]
) -> list[Account]:
    """One account for each source, by name; ``good`` rows by file number, ``faults`` by file and fault, ``twice`` each duplicate."""
    wrong: dict[int, list[FileFault]] = {}
    for row in [*faults, *_duplicates(twice)]:
        wrong.setdefault(row.file, []).append(row)
    found: dict[str, Account] = {}
    for log in sorted(logs, key=lambda log: (log.source, log.file.name)):
        account = found.setdefault(log.source, Account(log.source))
        rows = log.file.content.rows
        account.rows_in += rows
        if log.file.ignored:
            account.ignored[log.file.ignored] += rows
            continue
        entry = cache.entries[log.key]
        account.lost += _count_problems(log, entry.rows)
        account.accepted += good.get(entry.number, 0)
        for row in sorted(wrong.get(entry.number, ()), key=lambda row: row.fault):
            account.quarantined[row.fault] += row.rows
            where = (row.row, COLUMN_OF[row.fault], row.found or "")
            account.quarantine.append(QuarantineRow(log.source, log.file.name, row.fault, row.rows, *where))
    return list(found.values())


def _duplicates(twice: Sequence[Duplicate]) -> Iterator[FileFault]:
    """One fault row for each file with duplicates; ``twice`` comes ordered by file and row."""
    for file, group in groupby(twice, key=lambda row: row.file):
        rows = list(group)
        found = rows[0].id_text if rows[0].id is None else str(rows[0].id)
        yield FileFault(file, DUPLICATE, len(rows), rows[0].row, found)


def _count_problems(log: Log, read: int) -> Iterator[Problem]:
    """A problem where the engine, or whoever delivered the file, counts other than its bytes do."""
    rows, stated = log.file.content.rows, log.file.stated
    if read != rows:
        remedy = "请检查引号和空行，或重新导出"
        yield Problem("E-303", log.where, "读出的行数与文件的行数不符", str(read), f"{rows}行", remedy)
    if stated is not None and stated != rows:
        remedy = "文件可能不完整，请重新交付"
        yield Problem("E-303", log.where, "行数与交付清单不符", str(rows), f"{stated}行", remedy)
