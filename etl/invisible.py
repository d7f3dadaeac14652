"""Characters that nobody sees and that come along when text is copied: from a page, from Word, from a spreadsheet.

Zero-width and soft characters, marks of direction, and blanks that do not break.
"""

INVISIBLE = frozenset(
    map(chr, [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF])
)
"""Zero-width blanks and joiners, soft hyphens, marks of direction, and the byte order mark."""

_BLANKS = "\u00a0\u2007\u202f"
_AS_SEEN = dict.fromkeys(map(ord, INVISIBLE)) | dict.fromkeys(map(ord, _BLANKS), " ")


def as_seen(text: str) -> str:
    """``text`` without invisible characters, each blank that does not break as a plain one."""
    return text.translate(_AS_SEEN)
