"""The partial results of all files in force, put together: duplicates taken out, then the tables that screens read."""

import ibis
import ibis.expr.types as ir

from etl.usage.partials import counted
from etl.usage.rows import COUNTS

_KEY = ("id", "id_text")


def occurrences(claims: ir.Table, live: ir.Table) -> ir.Table:
    """``claims`` of the files in ``live`` (file, position), once each, ranked: rank 0 is the row that was delivered first. A row
    that is not at hand (``row`` null) is left out where its file has the same id with its row."""
    held = claims.join(live, "file").distinct()
    by_file = ibis.window(group_by=["file", *_KEY])
    held = held.mutate(known=held.row.count().over(by_file))
    held = held.filter(held.row.notnull() | (held.known == 0))
    first = ibis.window(group_by=list(_KEY), order_by=[held.position, held.row])
    return held.mutate(rank=ibis.row_number().over(first)).drop("known")


def losers(ranked: ir.Table) -> ir.Table:
    """The rows that come second or later with an id; ``row`` is null where the file must be read again to know them."""
    return ranked.filter(ranked["rank"] > 0)


def settled(cells: ir.Table, lost: ir.Table, live: ir.Table) -> ir.Table:
    """``cells`` of the files in force without the rows that were ``lost`` to an earlier one with the same id."""
    out = counted(lost, ["file", "space", "day", "hour"])
    minus = out.mutate(**{name: -out[name] for name in (*COUNTS, "rows")})
    return ibis.union(cells.semi_join(live, "file").select(*minus.columns), minus)


def _total(cells: ir.Table, by: list[str], names: tuple[str, ...]) -> ir.Table:
    sums = {name: cells[name].sum().cast("int64") for name in (*names, "rows")}
    added = cells.group_by(by).agg(**sums)
    return added.filter(added.rows > 0).drop("rows").order_by(by)


def daily(cells: ir.Table) -> ir.Table:
    """Grain: space x day with at least one good row; COUNTS. Ordered by space and day."""
    return _total(cells, ["space", "day"], COUNTS)


def hourly(cells: ir.Table) -> ir.Table:
    """Grain: space x ISO weekday x hour with at least one visit. Ordered so."""
    weekday = (cells.day.day_of_week.index() + 1).cast("int8")
    found = _total(cells.mutate(weekday=weekday), ["space", "weekday", "hour"], COUNTS[:1])
    return found.filter(found.visits > 0)


def by_file(cells: ir.Table) -> ir.Table:
    """Good rows left, by file."""
    return cells.group_by("file").agg(rows=cells.rows.sum().cast("int64")).order_by("file")


def months(cells: ir.Table) -> ir.Table:
    """Which files have good rows in which months: file, month."""
    return cells.select("file", month=cells.day.truncate("M")).distinct()


def faults(found: ir.Table, live: ir.Table) -> ir.Table:
    """Faults of the files in force, ordered by file and fault."""
    return found.semi_join(live, "file").distinct().order_by("file", "fault")


def distinct_readers(readers: ir.Table, lost: ir.Table, wanted: ir.Table, wholes: ir.Table) -> ir.Table:
    """Grain: month x space (``whole`` empty), and month x whole (``space`` null). Column: how many cards were used there at least
    once. ``wanted`` (file, month) are the parts of files to count, ``wholes`` (space, whole) say what a space belongs to."""
    used = lost.filter(lost.card.notnull())
    minus = used.select("file", "space", "card", month=used.day.truncate("M"), rows=ibis.literal(-1, "int64"))
    plus = readers.semi_join(wanted, ["file", "month"]).mutate(rows=ibis.literal(1, "int64"))
    every = ibis.union(plus.select(*minus.columns), minus.semi_join(wanted, ["file", "month"]))
    held = every.group_by("month", "space", "card").agg(rows=every.rows.sum())
    held = held.filter(held.rows > 0).select("month", "space", "card")
    by_space = held.group_by("month", "space").agg(readers=held.count()).mutate(whole=ibis.literal(""))
    by_whole = held.join(wholes, "space").select("month", "whole", "card").distinct()
    by_whole = by_whole.group_by("month", "whole").agg(readers=by_whole.count()).mutate(space=ibis.null("int16"))
    columns = ("month", "space", "whole", "readers")
    return ibis.union(by_space.select(*columns), by_whole.select(*columns))
