"""Sentences with slots: a template is text and slots, and every number of it comes from a slot.

``{{ a }}`` writes the numbers of a row's first selector, ``{{ b }}`` those of its second. A number is written whole or not at all -
qualifier, digits, unit - because a slot has no part of it to offer: whoever asks for one gets an error, not a bare number.
Templates are data that people write, so they run in a sandbox: no filter, no function, no arithmetic, no literal number.
"""

import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from etl.errors import LivelihoodError

LETTERS = string.ascii_lowercase
"""What the slots of a template are called, in the order of the selectors of ``shows`` and then ``beside``."""

SEPARATOR = "、"


class TemplateFault(LivelihoodError):
    """A template that cannot be read or filled; its text says why, in Chinese."""


@dataclass(frozen=True)
class SlotValue:
    """One number (or one absence, with an empty ``text``) in words.

    ``text`` is the whole number, ``amount`` the same without what it is per (50平方米 of 50平方米/座); ``when`` leads a sentence: 2018年,
    截至2019年3月21日; ``period`` and ``as_of`` are its two kinds of time apart; ``subject`` is the indicator with its breakdown; ``verb`` is 为 before a number
    that has no qualifier in front, else nothing.
    """

    text: str = ""
    amount: str = ""
    place: str = ""
    indicator: str = ""
    breakdown: str = ""
    subject: str = ""
    project: str = ""
    when: str = ""
    period: str = ""
    as_of: str = ""
    verb: str = ""

    def __str__(self) -> str:
        return self.text


SLOT_FIELDS = tuple(field.name for field in fields(SlotValue) if field.name != "text")
"""What a template may ask a slot for, besides the number itself."""


@dataclass(frozen=True)
class Slot:
    """The numbers of one selector: written as one where it is one, with their places, groups or times where they are several."""

    numbers: tuple[SlotValue, ...]

    def __iter__(self) -> Iterator[SlotValue]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)

    def __str__(self) -> str:
        return self.numbers[0].text if len(self.numbers) == 1 else self.listed

    @property
    def listed(self) -> str:
        """Each number with what tells it from the others: 东岸区4个、西岸区5个."""
        by = next(
            (name for name in ("place", "breakdown", "when") if len({getattr(number, name) for number in self}) > 1), ""
        )
        return SEPARATOR.join(f"{getattr(number, by) if by else ''}{number.text}" for number in self)

    def __getattr__(self, name: str) -> str:
        if name not in SLOT_FIELDS:
            raise AttributeError(name)
        return SEPARATOR.join(dict.fromkeys(filter(None, (getattr(number, name) for number in self.numbers))))


def filled(template: str, slots: Mapping[str, Slot]) -> str:
    """The sentence; raises TemplateFault for a template that cannot be read, or asks for what no slot has."""
    try:
        return _read(template).render(slots)
    except TemplateError as error:
        raise TemplateFault(f"模板写法有误：{error}") from error


def literal_pieces(template: str) -> list[str]:
    """The text that stands in the template itself, piece by piece, words in quotes inside of tags included."""
    return [value for _, kind, value in _tokens(template) if kind in ("data", "string")]


def forbidden_pieces(template: str) -> list[str]:
    """What no template may use: filters, arithmetic, calls, numbers - they could change a number or take its qualifier away."""
    found, before = [], ""
    for _, kind, value in _tokens(template):
        if kind == "whitespace":
            continue
        wrong_sign = kind in ("integer", "float") or (kind == "operator" and value not in _SIGNS)
        wrong_tag = kind == "name" and before == "block_begin" and value not in _TAGS
        found += [value] if wrong_sign or wrong_tag else []
        before = kind
    return found


_TAGS = ("for", "endfor", "if", "elif", "else", "endif")
_SIGNS = (".", "==", "!=")


def _tokens(template: str) -> list[tuple[int, str, str]]:
    try:
        return list(_environment().lex(template))
    except TemplateError as error:
        raise TemplateFault(f"模板写法有误：{error}") from error


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.filters.clear()
    environment.globals.clear()
    return environment


@cache
def _read(template: str) -> Template:
    return _environment().from_string(template)
