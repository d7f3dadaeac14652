"""Numbers as press officers print them: scales, scripts, rounding and qualifier words, with what each print claims.

Left out on purpose: how such prints are read. Nothing here knows the reader or the checker that this corpus is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

SCALES = {"": 1, "万": 10**4, "亿": 10**8}
WORDS = {
    "more_than": ("超过", "逾", "超"),
    "at_least": ("不少于", "不低于", "至少", "不小于"),
    "less_than": ("近", "不到", "不足"),
    "up_to": ("不超过",),
    "approx": ("约", "大约"),
}
TAILS = {"at_least": "以上", "approx": "左右", "up_to": "以内"}
MANY = ("多", "余")
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
FLOOR = frozenset({"more_than", "at_least"})


@dataclass(frozen=True)
class Amount:
    """What is true: a value in base units, its unit and qualifier; ``counted`` where the source did not round it."""

    value: Fraction
    unit: str
    qualifier: str = "exact"
    counted: bool = True


@dataclass(frozen=True)
class Printed:
    """One print of a number; ``literal`` stands for the whole where the words are fixed (五六百人, 近四成)."""

    digits: str = ""
    scale: str = ""
    unit: str = ""
    before: str = ""
    many: str = ""
    tail: str = ""
    script: str = "ascii"
    spaced: bool = False
    literal: str = ""

    @property
    def text(self) -> str:
        """The characters that stand in the draft."""
        if self.literal:
            return self.literal
        inner = bool(self.scale) and "." not in self.digits and self.digits.endswith("0")
        after = self.many + self.scale if inner else self.scale + self.many
        number = _in_script(self.digits, self.script)
        if self.unit == "%" and self.script == "chinese":
            return f"{self.before}百分之{number}{self.tail}"
        unit = self.unit.translate(WIDE) if self.script == "wide" else self.unit
        return f"{self.before}{number}{after}{' ' * self.spaced}{unit}{self.tail}"

    @property
    def value(self) -> Fraction:
        """What the digits say in base units of the printed unit."""
        return Fraction(self.digits) * SCALES[self.scale]

    @property
    def step(self) -> Fraction:
        """Size of the last printed digit; trailing zeros of a whole number count as rounded away."""
        whole, _, decimals = self.digits.partition(".")
        zeros = 0 if decimals else len(whole) - len(whole.rstrip("0"))
        return Fraction(10) ** (zeros - len(decimals)) * SCALES[self.scale]

    @property
    def qualifier(self) -> str:
        """What its words say."""
        if self.many:
            return "more_than"
        said = {word: name for name, words in WORDS.items() for word in words} | {
            tail: name for name, tail in TAILS.items()
        }
        return said.get(self.before or self.tail, "exact")

    def fits(self, amount: Amount) -> bool:
        """Whether this print is true of ``amount``, however coarse."""
        return _claims(self.qualifier, self.value, self.step, amount)


def _claims(qualifier: str, told: Fraction, step: Fraction, amount: Amount) -> bool:
    true = amount.value
    if amount.qualifier in FLOOR:
        return qualifier in FLOOR and told <= true
    if qualifier == "more_than":
        return told < true
    if qualifier == "at_least":
        return told <= true
    if qualifier == "less_than":
        return told > true or (amount.qualifier == "less_than" and told == true)
    return amount.qualifier not in ("less_than", "up_to") and abs(told - true) <= step / 2


@cache
def ways(
    amount: Amount, units: tuple[str, ...], decimals: tuple[int, ...] = (), scale: str = ""
) -> tuple[Printed, ...]:
    """Every true print of ``amount`` this corpus uses, plainest first; ``decimals`` pins the rounding of a computed one."""
    bases = [_computed(amount, places, scale) for places in decimals] if decimals else list(_bases(amount))
    worded = [way for base in bases for way in _worded(base, amount)]
    return tuple(dict.fromkeys(way for base in worded for way in _written(base, units)))


@cache
def likelihood(way: Printed, amount: Amount) -> float:
    """How often press officers would choose this print, as a weight."""
    script = {"ascii": 6.0, "wide": 1.0, "chinese": 0.8}[way.script] * (0.15 if way.spaced else 1)
    plain = 0.2 if not way.scale and way.value >= 10**5 and way.digits.endswith("00") else 1
    return script * plain * (3 if way.value == amount.value else 1)


def rounded(value: Fraction, step: Fraction, *, up: bool | None = None) -> Fraction:
    """``value`` to a multiple of ``step``: up, down, or (None) to the nearest, halves up."""
    low = value // step * step
    if up is None:
        return (value + step / 2) // step * step
    return low + step if up and low != value else low


def digits_of(value: Fraction, places: int | None = None) -> str:
    """Decimal digits; ``places`` keeps trailing zeros. ValueError for a fraction that never ends."""
    for size in range(12) if places is None else (places,):
        whole = value * 10**size
        if whole.denominator == 1:
            text = str(whole.numerator).rjust(size + 1, "0")
            return f"{text[:-size]}.{text[-size:]}" if size else text
    raise ValueError(value)


def significant(value: Fraction, count: int) -> Fraction:
    """The step that keeps ``count`` significant digits of ``value``."""
    size = Fraction(1)
    while value >= size * 10:
        size *= 10
    while value < size:
        size /= 10
    return size / 10 ** (count - 1)


def _computed(amount: Amount, places: int, scale: str) -> Printed:
    inner = amount.value / SCALES[scale]
    up = False if amount.qualifier in FLOOR else None
    return Printed(digits_of(rounded(inner, Fraction(1, 10**places), up=up), places), scale)


def _bases(amount: Amount) -> Iterator[Printed]:
    value = amount.value
    if value < 10**7:
        yield Printed(digits_of(value))
    for scale in ("万", "亿"):
        if value >= SCALES[scale]:
            yield Printed(digits_of(value / SCALES[scale]), scale)
    if value >= 1000 or amount.unit == "%":
        yield from _coarser(amount)


def _coarser(amount: Amount) -> Iterator[Printed]:
    """Rounded to two or three significant digits: bare for large and relative numbers, else with a word that stays true."""
    value = amount.value
    scale = next((name for name in ("亿", "万", "") if value >= SCALES[name]), "")
    inner = value / SCALES[scale]
    for count in (3, 2):
        step = significant(inner, count)
        if inner % step == 0:
            continue
        low, near, high = (rounded(inner, step, up=up) for up in (False, None, True))
        if any(len(digits_of(told).replace(".", "").strip("0")) < 2 for told in (low, near)):
            continue
        if amount.qualifier in FLOOR:
            yield Printed(digits_of(low), scale)
        elif amount.qualifier == "exact":
            if scale or amount.unit == "%":
                yield Printed(digits_of(near), scale)
            if amount.unit != "%":
                yield Printed(digits_of(near), scale, before="约")
                yield Printed(digits_of(low), scale, before="超过")
                if high == near:
                    yield Printed(digits_of(high), scale, before="近")
                if "." not in digits_of(low) and (scale or digits_of(low).endswith("0")):
                    yield Printed(digits_of(low), scale, many="余")


def _worded(base: Printed, amount: Amount) -> Iterator[Printed]:
    if amount.qualifier == "exact" or base.before or base.many:
        yield base
        return
    words = ("不小于", "不低于") if (amount.qualifier, amount.unit) == ("at_least", "m2") else WORDS[amount.qualifier]
    for word in words:
        yield replace(base, before=word)
    if amount.qualifier == "more_than" and (base.scale or base.digits.endswith("0")):
        yield from (replace(base, many=word) for word in MANY)
    if amount.qualifier in ("at_least", "approx"):
        yield replace(base, tail=TAILS[amount.qualifier])


def _written(base: Printed, units: tuple[str, ...]) -> Iterator[Printed]:
    for unit in units:
        way = replace(base, unit=unit)
        yield way
        yield replace(way, script="wide")
        if unit != "%":
            yield replace(way, spaced=True)
        if _speakable(base.digits):
            yield replace(way, script="chinese")


def _speakable(digits: str) -> bool:
    return digits != "1" and "." not in digits and (len(digits) <= 3 or digits.endswith("00")) and len(digits) <= 4


def _in_script(digits: str, script: str) -> str:
    if script == "wide":
        return digits.translate(WIDE)
    return spoken(int(digits)) if script == "chinese" and digits.isdigit() else digits


def spoken(number: int) -> str:
    """A whole number below 10,000 in Chinese numerals, 两 where a classifier follows or a hundred or thousand is counted."""
    if number == 2:
        return "两"
    numerals, out, gap = "零一二三四五六七八九", "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            out += "零" * (gap and bool(out)) + ("两" if digit == 2 and size >= 100 else numerals[digit]) + name
        gap = not digit
    return out.removeprefix("一") if 10 <= number < 20 else out
