"""Raw text → number, list, mapping or "not logged"; and when two printed numbers are the same.

Writers print Python values: ``0.95``, ``nan``, ``[0.94, 0.95]``, ``{'f1': 0.9}``, ``array([1., 2.])``. People
add percent signs, thousands separators and bold marks.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from tui.cards.model import Value

_FIRST, _LAST = frozenset("+-.0123456789"), frozenset(".0123456789")
"""How a plain number begins and ends."""

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SPECIAL = {"nan": math.nan, "inf": math.inf, "infinity": math.inf}
_THOUSANDS = re.compile(r"[+-]?(?!0,)\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMMA = re.compile(r"[+-]?(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))")
"""A number whose comma stands before decimals: behind a single 0, or not before three digits."""

_REMARKED = re.compile(
    r"""([-+*]*[.\d][^\s(±]*?(?:\s*%)?\**)
    \s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|(?:±|\+/?-)\s*[.\d]\S*|(?<=\s)\#.*|<!--.*-->)""",
    re.DOTALL | re.VERBOSE,
)
"""A number and the remark behind it: ``(per device)``, ``± 0.01``, ``# tuned`` or a comment."""

_LONGEST_REMARKED = 200
"""Characters of a number with a remark; what is longer is prose."""

_TOKEN = re.compile(r"""[\[\](){},:]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\s\[\](){},:'"]+""")
_MAX_LIST = 20_000
"""Characters of a list or mapping that are looked at; a longer one stays text."""

_MAX_DEPTH = 20
"""Brackets within brackets that are followed."""

TRAINER_DECIMALS = 4
"""The Trainer rounds what it prints to this many decimals, but only what has more."""


EPOCH_DECIMALS = 2
"""The Trainer rounds epochs to this many decimals; 4 in current versions."""


def parse(text: str) -> Value:
    """Read one printed value; text that is no value is kept as text, and so is a decimal comma (see `commas`)."""
    raw = text.strip()
    if not raw:
        return Value(raw)
    plain = unbold(raw) if raw[0] == "*" else raw
    if (number := to_number(plain)) is not None:
        return Value(raw) if "," in raw and has_decimal_comma(raw) else Value(raw, number)
    if plain[-1:] in {"]", "}", ")"} and len(plain) <= _MAX_LIST:
        elements = _elements(plain)
        if len(elements) == 1 and not elements[0][0]:  # a call around a number: np.float64(0.9)
            return Value(raw, elements[0][1].number)
        return Value(raw, elements=elements)
    return Value(raw)


def unbold(text: str) -> str:
    """The text without the bold marks around the whole of it."""
    if text.startswith("**") and text.endswith("**") and len(text) > 4:
        return text[2:-2].strip()
    return text


def to_number(raw: str) -> float | None:
    """The number that a text is, or None; ``93.4%`` is 93.4, ``1,234`` is 1234, and a remark behind it is left out.

    >>> to_number("5e-05"), to_number("1,234.5"), to_number("0.95 ± 0.01"), to_number("2 GPUs")
    (5e-05, 1234.5, 0.95, None)
    """
    if raw[:1] in _FIRST and raw[-1:] in _LAST and "_" not in raw:  # what float takes of these is a number here too
        try:
            return float(raw)
        except ValueError:
            pass
    text = _bare(raw)
    if text[:1].isalpha():
        return _SPECIAL.get(text.lower())
    if _NUMBER.fullmatch(text):
        return float(text)
    if "," in text and (point := with_point(text)):
        return float(point)
    special = _SPECIAL.get(text.lstrip("+-").lower())
    if special is None:
        return None
    return -special if text.startswith("-") else special


def has_decimal_comma(raw: str) -> bool:
    """Whether a text is a number whose comma cannot be a thousands separator.

    >>> has_decimal_comma("0,0649"), has_decimal_comma("93,4%"), has_decimal_comma("0,123"), has_decimal_comma("1,234")
    (True, True, True, False)
    """
    return "," in raw and bool(_COMMA.fullmatch(_bare(unbold(raw))))


def with_point(text: str) -> str:
    """A number with the point for its decimal comma, or without its thousands separators; empty for other texts.

    >>> with_point("0,0649"), with_point("1,234.5"), with_point("1,2,3")
    ('0.0649', '1234.5', '')
    """
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".") if _COMMA.fullmatch(text) else ""


def _bare(raw: str) -> str:
    """The text without the remark behind its number and without percent sign."""
    if len(raw) <= _LONGEST_REMARKED and (match := _REMARKED.fullmatch(raw)):
        raw = unbold(match[1])
    return raw.rstrip("%").rstrip() if raw.endswith("%") else raw


def equal(left: str, right: str, decimals: int | None = TRAINER_DECIMALS) -> bool:
    """Whether two printed numbers are the same number.

    The one printed with more decimals is rounded to `decimals`, and must then equal the other: a writer that
    rounds only longer numbers prints the shorter ones exactly, so 0.95 is not 0.9543. With `decimals` None (a
    writer whose rounding is not known) the fewer printed decimals decide. nan equals nan, inf equals inf;
    a text that is no number equals nothing but itself.

    >>> equal("0.5458", "0.5457527808330634"), equal("0.95", "0.9543")
    (True, False)
    """
    if left == right:
        return True
    first, second = to_number(left), to_number(right)
    if first is None or second is None:
        return False
    if first == second or (math.isnan(first) and math.isnan(second)):
        return True
    nearest = 0.51 if decimals is None else 0.51 * 10.0**-decimals
    if not abs(first - second) <= nearest:  # far apart, as most are, or no number at all
        return False
    try:
        short, long = sorted((_decimal(left), _decimal(right)), key=_places)
        places = min(_places(short), _places(long)) if decimals is None else max(decimals, _places(short))
        # Within half a unit of the last place: a binary float that prints as a tie may have been rounded either way.
        return abs(long - short) * 2 <= Decimal(1).scaleb(-places)
    except ArithmeticError:  # an exponent beyond all numbers
        return False


def _decimal(raw: str) -> Decimal:
    text = _bare(raw)
    return Decimal(with_point(text) or text if "," in text else text)


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _elements(raw: str) -> tuple[tuple[str, Value], ...]:
    """The numeric leaves of a printed list or mapping with their paths; none where it is malformed."""
    reader = _ListReader(_TOKEN.findall(raw))
    try:
        reader.value("", 0)
    except (IndexError, ValueError):
        return ()
    return tuple(reader.found) if reader.at == len(reader.tokens) else ()


class _ListReader:
    """Walks the tokens of a printed value and collects its numbers; raises IndexError or ValueError."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.found: list[tuple[str, Value]] = []

    def value(self, path: str, depth: int) -> None:
        """Read one value at `path`, a list, a mapping, a call like ``array([1., 2.])`` or a leaf."""
        if depth > _MAX_DEPTH:
            raise ValueError(depth)
        token = self.next()
        if token in {"[", "("}:
            self.items(path, depth, "]" if token == "[" else ")")
        elif token == "{":
            self.entries(path, depth)
        elif self.at < len(self.tokens) and self.tokens[self.at] == "(":
            self.call(path, depth)
        elif (number := to_number(token)) is not None:
            self.found.append((path, Value(token, number)))

    def items(self, path: str, depth: int, closing: str) -> None:
        """Read the elements of a list or tuple up to its closing bracket."""
        index = 0
        while self.tokens[self.at] != closing:
            self.value(f"{path}[{index}]", depth + 1)
            index += 1
            self.separator(closing)
        self.at += 1

    def entries(self, path: str, depth: int) -> None:
        """Read ``key: value`` pairs up to the closing brace."""
        while self.tokens[self.at] != "}":
            key = self.next().strip("'\"")
            if self.next() != ":":
                raise ValueError(key)
            self.value(f"{path}.{key}", depth + 1)
            self.separator("}")
        self.at += 1

    def call(self, path: str, depth: int) -> None:
        """Read the first argument of a call in its stead: ``np.float64(0.9)`` is 0.9."""
        self.at += 1
        self.value(path, depth + 1)
        while self.next() != ")":
            pass

    def separator(self, closing: str) -> None:
        """Step over the comma between two elements, which numpy leaves out."""
        if self.tokens[self.at] == ",":
            self.at += 1
        elif self.tokens[self.at] == ":" or (self.tokens[self.at] in "])}" and self.tokens[self.at] != closing):
            raise ValueError(closing)

    def next(self) -> str:
        """The next token."""
        token = self.tokens[self.at]
        self.at += 1
        return token


def size_text(count: int) -> str:
    """A number of bytes in words.

    >>> size_text(5_000_000), size_text(64_000), size_text(1_234)
    ('5 MB', '64 kB', '1,234 bytes')
    """
    for unit, size in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= size and count % size == 0:
            return f"{count // size:,} {unit}"
    return f"{count:,} bytes"
