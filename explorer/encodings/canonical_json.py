"""Strict JSON and its canonical form: RFC 8259 read strictly, RFC 8785 (JCS) written.

Refused when reading, each with its own reason: equal keys in one object, NaN and
Infinity, bytes after the value, a byte order mark, anything but UTF-8 (lone surrogates
by escapes included), nesting beyond a limit, numbers of more digits than can be kept.
Numbers stay exact: ``int``, or ``Decimal`` where there is a fraction or an exponent,
never a float. Python's own scanner does the reading; what it is lax about is checked
here. Left out: reading in pieces; a document is in memory as a whole.
"""

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal, DecimalException
from typing import NoReturn, TypeAlias

from explorer.core.errors import ReadError
from explorer.core.limits import MAX_NESTING
from explorer.core.spans import ByteSpan

JsonValue: TypeAlias = (
    "bool | int | float | Decimal | str | list[JsonValue] | dict[str, JsonValue] | None"
)
"""A JSON value; reading never makes a ``float``, writing accepts one."""

_Scalar: TypeAlias = bool | float | Decimal | str | None
_Pending: TypeAlias = "_Punctuation | JsonValue"

MAX_NUMBER_CHARACTERS = 4_000
"""Longest number that is read; Python refuses integers a little longer."""

_START = ByteSpan(0, 0, 0)
_STRING = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_STRINGS = re.compile(_STRING, re.DOTALL)
_TOKENS = re.compile(rb"(" + _STRING + rb")([ \t\n\r]*:)?|[\[{]|[\]}]", re.DOTALL)
_LONG_NUMBER = re.compile(rb"[-+.0-9eE]{%d}" % (MAX_NUMBER_CHARACTERS + 1))
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
_CONSTANT = re.compile(rb"NaN|-?Infinity")
_TO_SQUARE = bytes.maketrans(b"{}", b"[]")
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_MAX_EXACT = 2**53
"""Integers up to this are doubles as they are."""
_NOT_BRACKETS = bytes(each for each in range(256) if each not in b"[]{}")


def parse_json(
    data: bytes, max_depth: int = MAX_NESTING, place: ByteSpan = _START
) -> JsonValue:
    """Return the one value of ``data``.

    ``max_depth`` counts objects and arrays inside each other. ``place`` says where the
    document begins in the evidence, for the spans of errors.

    Raises:
        ReadError: ``byte-order-mark``, ``not-utf-8``, ``too-deep``, ``duplicate-key``,
            ``not-a-number``, ``number-too-long``, ``trailing-data`` or ``malformed``.
    """
    try:
        return _Document(data, max_depth).parse()
    except _DocumentError as fault:
        start = place.start + fault.offset
        span = ByteSpan(place.source, start, start + 1)
        raise ReadError(f"JSON: {fault}", fault.reason, span) from fault


def canonical_bytes(value: JsonValue) -> bytes:
    """Return the canonical form (RFC 8785) of a value, in UTF-8.

    Every number becomes the nearest double first, as section 3.2.2.3 demands.

    Raises:
        ReadError: ``number-out-of-range`` if there is no such double, ``not-utf-8`` for
            a lone surrogate.
    """
    out: list[str] = []
    stack: list[_Pending] = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, _Punctuation):
            out.append(item.text)
        elif isinstance(item, dict):
            stack.extend(reversed([*_members(item)]))
        elif isinstance(item, list):
            stack.extend(reversed([*_elements(item)]))
        else:
            out.append(_scalar(item))
    try:
        return "".join(out).encode()
    except UnicodeEncodeError as error:
        raise ReadError("a text holds a lone surrogate", "not-utf-8") from error


def is_canonical(data: bytes) -> str:
    """Return an empty text if ``data`` is in canonical form, else the reason.

    The reason is ``not-canonical``, or what ``parse_json`` refuses it for.
    """
    return canonical_fault(data)[0]


def canonical_fault(data: bytes) -> tuple[str, int]:
    """Return the reason as ``is_canonical`` and the offset of the first difference."""
    try:
        wanted = canonical_bytes(parse_json(data))
    except ReadError as error:
        return error.reason, error.span.start if error.span else 0
    if wanted == data:
        return "", len(data)
    pairs = zip(wanted, data, strict=False)
    same = next(
        (at for at, (one, other) in enumerate(pairs) if one != other),
        min(len(wanted), len(data)),
    )
    return "not-canonical", same


def number_text(value: float | Decimal) -> str:
    """Return a number as ECMAScript's ``Number::toString`` writes it (ECMA-262, 6.1.6).

    Raises:
        ReadError: ``number-out-of-range`` if the nearest double is not finite.
    """
    try:
        double = float(value)
    except OverflowError as error:
        raise ReadError("a number is too large", "number-out-of-range") from error
    if not math.isfinite(double):
        raise ReadError("a number is too large or none", "number-out-of-range")
    if double == 0:
        return "0"
    sign = "-" if double < 0 else ""
    _, digit_tuple, exponent = Decimal(repr(abs(double))).as_tuple()
    digits = "".join(map(str, digit_tuple)).rstrip("0")
    # ``point`` is n of ECMA-262: the value is 0.digits times ten to the n.
    point = len(digit_tuple) + int(exponent)
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    count = len(digits)
    if count <= point <= 21:
        return digits + "0" * (point - count)
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = digits if count == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{point - 1:+d}"


class _Punctuation:
    """Text on the stack of the writer that is not a value."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def _members(value: dict[str, JsonValue]) -> Iterator[_Pending]:
    """Yield the parts of an object, keys in the order of their UTF-16 code units."""
    before = "{"
    for key in sorted(value, key=_utf_16):
        yield _Punctuation(f"{before}{_text(key)}:")
        yield value[key]
        before = ","
    yield _Punctuation("}" if value else "{}")


def _elements(value: list[JsonValue]) -> Iterator[_Pending]:
    before = "["
    for element in value:
        yield _Punctuation(before)
        yield element
        before = ","
    yield _Punctuation("]" if value else "[]")


def _utf_16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def _scalar(value: _Scalar) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and -_MAX_EXACT <= value <= _MAX_EXACT:
        return str(value)
    return number_text(value)


def _text(value: str) -> str:
    """Return a quoted text; Python escapes exactly what section 3.2.2.2 names."""
    return _ENCODE(value)


class _DocumentError(ValueError):
    """Why a document is refused, and at which byte of it."""

    def __init__(self, message: str, reason: str, offset: int) -> None:
        super().__init__(message)
        self.reason = reason
        self.offset = offset


class _Document:
    """One document while it is read."""

    def __init__(self, data: bytes, max_depth: int) -> None:
        self._data = data
        self._max_depth = max_depth

    def parse(self) -> JsonValue:
        """Check first what Python's scanner would let through, then scan."""
        text = self._decoded()
        self._refuse_depth()
        self._refuse_long_numbers()
        try:
            value: JsonValue = json.loads(
                text,
                parse_float=Decimal,
                parse_constant=self._refuse_constant,
                object_pairs_hook=self._object,
            )
        except json.JSONDecodeError as error:
            raise self._syntax_fault(text, error) from error
        except RecursionError as error:
            raise _DocumentError("nested too deep for Python", "too-deep", 0) from error
        except DecimalException as error:
            message = "an exponent is too large"
            raise _DocumentError(message, "number-too-long", 0) from error
        self._refuse_surrogates()
        return value

    def _decoded(self) -> str:
        if self._data.startswith(b"\xef\xbb\xbf"):
            raise _DocumentError("begins with a byte order mark", "byte-order-mark", 0)
        try:
            return self._data.decode()
        except UnicodeDecodeError as error:
            raise _DocumentError("not UTF-8", "not-utf-8", error.start) from error

    def _refuse_depth(self) -> None:
        """Count the nesting outside of texts, without recursion.

        Innermost pairs are taken away level by level; what is left after the limit is
        either too deep or out of balance, which only a slower count can tell.
        """
        if self._data.count(b"[") + self._data.count(b"{") <= self._max_depth:
            return
        brackets = _STRINGS.sub(b"", self._data).translate(_TO_SQUARE, _NOT_BRACKETS)
        for _ in range(self._max_depth):
            brackets = brackets.replace(b"[]", b"")
        if brackets:
            self._refuse_depth_exactly()

    def _refuse_depth_exactly(self) -> None:
        depth = 0
        for token in _TOKENS.finditer(self._data):
            if token[1] is not None:
                continue
            depth += 1 if token[0] in b"[{" else -1
            if depth > self._max_depth:
                message = f"nested deeper than {self._max_depth} levels"
                raise _DocumentError(message, "too-deep", token.start())

    def _refuse_long_numbers(self) -> None:
        if len(self._data) <= MAX_NUMBER_CHARACTERS:
            return
        if not _LONG_NUMBER.search(self._data):
            return
        without = _STRINGS.sub(lambda text: b" " * len(text[0]), self._data)
        found = _LONG_NUMBER.search(without)
        if found:
            message = f"a number is longer than {MAX_NUMBER_CHARACTERS} characters"
            raise _DocumentError(message, "number-too-long", found.start())

    def _refuse_constant(self, name: str) -> NoReturn:
        without = _STRINGS.sub(lambda text: b" " * len(text[0]), self._data)
        offset = next(_CONSTANT.finditer(without)).start()
        raise _DocumentError(f"{name} is not JSON", "not-a-number", offset)

    def _object(self, pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        members = dict(pairs)
        if len(members) != len(pairs):
            key, offset = self._repeated_key()
            message = f"key {key[:80]!r} stands twice in one object"
            raise _DocumentError(message, "duplicate-key", offset)
        return members

    def _repeated_key(self) -> tuple[str, int]:
        """Return the first key that stands in its object already, and its offset."""
        open_keys: list[set[str]] = []
        tokens = _TOKENS.finditer(self._data)
        while True:  # the scanner saw such a key, so the tokens cannot run out first
            token = next(tokens)
            if token[1] is None:
                if token[0] in b"[{":
                    open_keys.append(set())
                else:
                    open_keys.pop()
            elif token[2] is not None:
                key: str = json.loads(token[1])
                if key in open_keys[-1]:
                    return key, token.start()
                open_keys[-1].add(key)

    def _refuse_surrogates(self) -> None:
        if not _SURROGATE_ESCAPE.search(self._data):
            return
        for match in _STRINGS.finditer(self._data):
            text: str = json.loads(match[0])
            try:
                text.encode()
            except UnicodeEncodeError as error:
                message = "a text holds a lone surrogate"
                raise _DocumentError(message, "not-utf-8", match.start()) from error

    def _syntax_fault(self, text: str, error: json.JSONDecodeError) -> _DocumentError:
        reason = "trailing-data" if error.msg == "Extra data" else "malformed"
        return _DocumentError(error.msg, reason, len(text[: error.pos].encode()))
