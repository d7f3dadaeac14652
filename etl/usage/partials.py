"""What is kept of one file, so that it need not be read again: small tables that add up over files.

All are aggregates over ``staged`` rows as if there were no duplicates; rows whose id occurs again stand in ``claims`` with all
that is needed to take them out again. No card number is kept, only salted hashes that never leave the cache.
"""

import ibis
import ibis.expr.types as ir

from etl.usage.rows import COUNTS

PARTIALS = ("cells", "faults", "ids", "texts", "readers", "claims")
CLAIM = ("file", "row", "id", "id_text", "space", "day", "hour", "action", "n", "card")


def cells(staged: ir.Table) -> ir.Table:
    """Grain: file x space x day x hour. Columns: what n adds up to for each action, and the number of good rows."""
    good = staged.filter(staged.fault == "")
    return counted(good, ["file", "space", "day", "hour"])


def counted(rows: ir.Table, by: list[str]) -> ir.Table:
    """COUNTS and ``rows``, by the columns ``by``; whole numbers of 64 bits."""
    n = rows.n.cast("int64")
    sums = {name: n.sum(where=rows.action == code).fill_null(0).cast("int64") for code, name in enumerate(COUNTS, 1)}
    return rows.group_by(by).agg(**sums, rows=rows.count())


def faults(staged: ir.Table) -> ir.Table:
    """Grain: file x fault. Columns: how many rows, the first of them and what stood there."""
    wrong = staged.filter(staged.fault != "")
    return wrong.group_by("file", "fault").agg(
        rows=wrong.count(), row=wrong.row.min(), found=wrong.found.argmin(wrong.row)
    )


def readers(staged: ir.Table) -> ir.Table:
    """Grain: one good row with a card. Columns: file, month, space, card (a hash)."""
    used = staged.filter((staged.fault == "") & staged.card.notnull())
    return used.select("file", "space", "card", month=used.day.truncate("M"))


def ids(staged: ir.Table) -> ir.Table:
    """The numbers that good rows have as ids: file, id."""
    return staged.filter((staged.fault == "") & staged.id.notnull()).select("file", "id")


def texts(staged: ir.Table) -> ir.Table:
    """The texts that good rows have as ids: file, id_text."""
    return staged.filter((staged.fault == "") & staged.id.isnull()).select("file", "id_text")


def claims(staged: ir.Table, earlier_ids: ir.Table, earlier_texts: ir.Table) -> ir.Table:
    """The good rows of ``staged`` whose id occurs once more there or in files read before; columns CLAIM.

    The files read before stand there too, with file and id alone: their rows are not at hand. Where ids are given out in order, so
    that few of those read before can be meant, ``earlier_ids`` may hold those alone.
    """
    good = staged.filter(staged.fault == "")
    return ibis.union(_claims(good, earlier_ids, "id"), _claims(good, earlier_texts, "id_text"))


def _claims(good: ir.Table, earlier: ir.Table, name: str) -> ir.Table:
    numbered = good.filter(good[name].notnull())
    again = numbered.group_by(name).agg(times=numbered.count()).filter(ibis._.times > 1).select(name)
    met = numbered.select(name).semi_join(earlier, name)
    wanted = ibis.union(again, met, distinct=True)
    here = numbered.semi_join(wanted, name).select(*CLAIM)
    schema = here.schema()
    before = earlier.semi_join(met, name)
    there = before.select(
        **{column: before[column] if column in ("file", name) else ibis.null(schema[column]) for column in CLAIM}
    )
    return ibis.union(here, there)


def span(ids: ir.Table) -> ir.Table:
    """The smallest and the largest id; null where there is none."""
    return ids.agg(low=ids.id.min(), high=ids.id.max())
