"""Two press drafts of the made-up city, one right and one with planted errors, and what a checker must say of each number.

A template's ``{{key}}`` prints a number as the city's documents do. ``{{!verdict|key|pattern}}`` plants an error: the number
of ``key`` where it does not belong, or printed by another pattern; without a key the pattern itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from etl.demo.design import CITY
from etl.demo.documents import SLOT, Said, composed
from etl.demo.printing import printed
from etl.demo.target import Target

RIGHT = "match"
_PLANTED = re.compile(r"!(?P<verdict>\w+)\|(?P<key>[^|]*)(?:\|(?P<pattern>.+))?")


def write_drafts(target: Target, said: Mapping[str, Said]) -> None:
    """Writes drafts/*.txt and expected/drafts.json: file -> start, end, as_printed, verdict, observation of each number."""
    expected = {}
    for path in sorted((CITY / "drafts").glob("*.txt")):
        template = path.read_text("utf-8")
        slots = {match[1] for match in SLOT.finditer(template)}
        text, found = composed(template, {slot: _text(slot, said) for slot in slots}, {})
        target.text(text, "drafts", path.name)
        expected[path.name] = [
            {
                "start": slot.start,
                "end": slot.end,
                "as_printed": text[slot.start : slot.end],
                "verdict": _verdict(slot.slot),
                "observation": said[slot.slot].observation if slot.slot in said else "",
            }
            for slot in found
        ]
    target.text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "expected", "drafts.json")


def _verdict(slot: str) -> str:
    planted = _PLANTED.fullmatch(slot)
    return planted["verdict"] if planted else RIGHT


def _text(slot: str, said: Mapping[str, Said]) -> str:
    planted = _PLANTED.fullmatch(slot)
    if not planted:
        return said[slot].text
    if not planted["key"]:
        return planted["pattern"]
    return printed(planted["pattern"], said[planted["key"]].value) if planted["pattern"] else said[planted["key"]].text
