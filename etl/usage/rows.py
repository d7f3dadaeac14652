"""Rows of a log as they stand in the file become rows that can be counted: typed first, then each with its fault or none.

Everything here is a pure function of Ibis tables, so that the same rules run on any engine. Duplicates are not decided here:
which of two rows was first is only known when all files are (``etl.usage.merged``).
"""

import ibis
import ibis.expr.types as ir

MOST_AT_ONCE = 20
"""The largest n a row may have: people through a gate at once, books in one loan."""

ACTIONS = ("enter", "borrow", "return", "card_issue")
COUNTS = ("visits", "loans", "returns", "cards")
"""What the n of each action adds up to, in the order of ACTIONS; action codes are positions in it, from 1."""

DUPLICATE = "duplicate_id"
COLUMN_OF = {
    "missing_id": "event_id",
    "bad_timestamp": "ts",
    "unknown_space": "space_id",
    "unknown_action": "action",
    "n_out_of_range": "n",
    "before_opening": "ts",
    "in_future": "ts",
    "clock_jump": "ts",
    DUPLICATE: "event_id",
}
"""Reason code -> the column that shows the fault."""
FAULTS = tuple(name for name in COLUMN_OF if name != DUPLICATE)
"""The first that fits is the row's."""

LONGEST_FOUND = 40
_USUAL_TIME = "____-__-__ __:__:__"
_HOUR_24 = "___________24%"
_ANY_TIME = r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$"
_WHOLE = "^[0-9]{1,4}$"
_PERSONAL = r"[0-9A-Za-z]*[0-9]{7,}[0-9A-Za-z]*"
"""Card, telephone and identity numbers, where a column slipped."""


def typed(raw: ir.Table) -> ir.Table:
    """``raw`` (at, and the six columns as the file has them) with the types of the contract, in the order of the file.

    ``at`` is the position of the file in its batch, ``row`` that of the row where the engine brings it. An id that is a whole number stands
    in ``id``, any other in ``id_text``. What cannot be read is null; ``ts`` and ``n_text`` are kept for those rows alone.
    """
    moment = _moment(raw.ts)
    number = _number(raw.event_id)
    return raw.select(
        *(["row"] if "row" in raw.columns else []),
        at=raw["at"].cast("int32"),
        id=number,
        id_text=ibis.ifelse(number.isnull(), raw.event_id.cast("string"), ibis.null("string")),
        moment=moment,
        ts=ibis.ifelse(moment.isnull(), raw.ts.cast("string"), ibis.null("string")),
        space_id=raw.space_id.cast("string"),
        action=raw.action.cast("string"),
        n=_count(raw.n),
        n_text=ibis.ifelse(_count(raw.n).isnull(), raw.n.cast("string"), ibis.null("string")),
        card=raw.card_id,
    )


def _moment(ts: ir.Column) -> ir.TimestampValue:
    if ts.type().is_timestamp():
        return ts.cast("timestamp(6)")
    tidy = ts.strip().replace("/", "-").replace("T", " ")
    usual = ts.like(_USUAL_TIME) & ~ts.like(_HOUR_24)
    text = ibis.cases((usual, ts), (ts.strip().re_search(_ANY_TIME), tidy), else_=ibis.null("string"))
    return text.try_cast("timestamp(6)")


def _number(event_id: ir.Column) -> ir.IntegerValue:
    """The id as a whole number where that is all it is: ``007`` and ``1e3`` are texts."""
    if event_id.type().is_integer():
        return event_id.cast("int64")
    number = event_id.try_cast("int64")
    return ibis.ifelse(number.cast("string") == event_id.cast("string"), number, ibis.null("int64"))


def _count(n: ir.Column) -> ir.IntegerValue:
    if n.type().is_integer():
        return ibis.ifelse(n.between(0, 9999), n, ibis.null("int64")).cast("int16")
    if n.type().is_numeric():
        whole = n.try_cast("int16")
        return ibis.ifelse(whole.cast("float64") == n.cast("float64"), whole, ibis.null("int16"))
    return ibis.cases(
        (n == "1", ibis.literal(1, "int16")),
        (n.strip().re_search(_WHOLE), n.strip().try_cast("int16")),
        else_=ibis.null("int16"),
    )


def staged(rows: ir.Table, files: ir.Table, spaces: ir.Table, actions: ir.Table) -> ir.Table:
    """Grain: one row of a file. Columns: file, row, id, id_text, space, day, hour, action, n, card, fault, found.

    ``rows`` are ``typed`` ones with their ``row`` in the batch; ``files`` (at, file, first, last, before) say for each what days it may
    hold and how many rows of the batch stand before it; ``spaces`` (word, space, opened_on) and ``actions`` (word, code) are
    what the texts mean. ``fault`` is ``""`` for a good row, and ``found`` what stood there otherwise.
    """
    held = rows.join(files, rows["at"] == files["at"], rname="file_{name}")
    held = held.left_join(spaces, held.space_id == spaces.word, rname="space_{name}")
    held = held.left_join(actions, held.action == actions.word, rname="action_{name}")
    day = held.moment.date()
    wrong = (
        held.id.isnull() & (held.id_text.fill_null("") == ""),
        held.moment.isnull(),
        held.space.isnull(),
        held.code.isnull(),
        ~held.n.between(1, MOST_AT_ONCE).fill_null(False),
        day < held.opened_on,
        day > held["last"],
        day < held["first"],
    )
    fault = ibis.cases(*zip(wrong, FAULTS, strict=True), else_="")
    return held.select(
        "file",
        "id",
        "id_text",
        "space",
        "n",
        "card",
        row=held.row - held.before,
        day=day,
        hour=held.moment.hour().cast("int8"),
        action=held.code,
        fault=fault,
        found=ibis.ifelse(fault == "", ibis.null("string"), _found(held, fault)),
    )


def _found(held: ir.Table, fault: ir.StringValue) -> ir.StringValue:
    stood = ibis.cases(
        (fault == "missing_id", ""),
        (fault == "unknown_space", held.space_id),
        (fault == "unknown_action", held.action),
        (fault == "n_out_of_range", held.n_text.fill_null(held.n.cast("string"))),
        else_=held.ts.fill_null(held.moment.strftime("%Y-%m-%d %H:%M:%S")),
    )
    return stood.fill_null("").re_replace(_PERSONAL, "＊").substr(0, LONGEST_FOUND)
