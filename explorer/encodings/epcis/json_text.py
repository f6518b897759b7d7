"""JSON values one after another from a text that is decoded as it is needed.

RFC 8259. Numbers keep their exact text, bytes that are no UTF-8 their number, so that
every value has its place in the file. Comments, which JSON does not have, are passed
over and remembered.
"""

import codecs
import json
import re
from collections.abc import Iterator

from explorer.core.limits import MAX_RECORD_BYTES

MAX_COMMENT = 2**20
"""Longest comment, in characters."""

_SLACK = 2**16
"""How near the end of what was read an error may be the end's own doing."""

_SPACE = re.compile(r"[ \t\n\r]*")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)


class Number(str):
    """The exact text of a JSON number."""

    __slots__ = ()


class CutError(ValueError):
    """The text ends inside a value."""


class MalformedError(ValueError):
    """What stands here is no JSON."""


class JsonText:
    """A place in a JSON text that only moves on."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        """Begin at the first byte of ``chunks``."""
        self._chunks = chunks
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self.text = ""
        self.at = 0
        self.has_comments = False
        self.repeated_keys = 0
        """Keys that stood twice in one object, since somebody set it to 0."""
        self.odd_numbers = 0
        """NaN and Infinity, likewise."""
        self.may_be_broken = True
        """The value decoded last may hold halves of surrogate pairs."""
        self._is_ended = False
        self._mark = 0
        self._mark_byte = 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=Number,
            parse_int=Number,
            parse_constant=self._constant,
        )

    def fill(self) -> bool:
        """Read more; return whether there was more."""
        if self._is_ended:
            return False
        data = next(self._chunks, b"")
        more = self._decode(data, final=not data)
        self._is_ended = not data
        self.byte(self.at)
        self.text = self.text[self.at :] + more
        self.at = self._mark = 0
        if self.has_comments:
            self.text = _blanked(self.text)
        return True

    def byte(self, char: int) -> int:
        """Return the byte offset of a character at or behind the last one asked."""
        part = self.text[self._mark : char]
        size = len(part)
        if not part.isascii():
            size = len(part.encode("utf-8", "surrogateescape"))
        self._mark, self._mark_byte = char, self._mark_byte + size
        return self._mark_byte

    def here(self) -> int:
        """Return the byte offset of this place."""
        return self.byte(self.at)

    def peek(self) -> str:
        """Go to the next character that counts and return it, empty at the end."""
        while True:
            found = _SPACE.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at == len(self.text):
                if not self.fill():
                    return ""
            elif self.text[self.at] != "/" or not self._pass_comment():
                return self.text[self.at]

    def value(self) -> object:
        """Decode the value that begins here and step behind it.

        Raises:
            CutError: If the text ends before the value does.
            MalformedError: If it is no JSON, too long or nested too deep.
        """
        while True:
            try:
                value, end = self._decoder.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                self.repeated_keys = self.odd_numbers = 0
                if self._is_cut(error) and self._grow():
                    continue
                self._give_up(error)
            except RecursionError:
                raise MalformedError("nested too deep") from None
            else:
                if end == len(self.text) and self.fill():
                    continue  # a number may go on
                written = self.text[self.at : end]
                self.may_be_broken = "\\u" in written or not written.isascii()
                self.at = end
                return value

    def skip_malformed(self) -> bool:
        """Step behind a value that is no JSON by its brackets; False: it has no end.

        Raises:
            MalformedError: If it is longer than the limit.
        """
        while True:
            depth = 0
            for match in _BRACKETS.finditer(self.text, self.at):
                mark = match.group()
                depth += (mark in "{[") - (mark in "}]")
                if depth == 0 and mark in "}]":
                    self.at = match.end()
                    return True
                if depth < 0:
                    return False
            if not self._grow():
                return False

    def skip_all(self) -> int:
        """Go to the end of the text and return its byte offset."""
        self.at = len(self.text)
        while self.fill():
            self.at = len(self.text)
        return self.here()

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        is_open = error.msg.startswith("Unterminated string")
        return is_open or error.pos > len(self.text) - _SLACK

    def _grow(self) -> bool:
        """Read about as much again as is waiting; return whether there was more."""
        wanted = 2 * (len(self.text) - self.at)
        if wanted > 2 * MAX_RECORD_BYTES:
            raise MalformedError("longer than the limit")
        is_more = self.fill()
        while is_more and len(self.text) - self.at < wanted and self.fill():
            pass
        return is_more

    def _give_up(self, error: json.JSONDecodeError) -> None:
        """Raise what is wrong, unless it is a comment, which is blanked."""
        is_comment = self.text.startswith(("//", "/*"), error.pos)
        if is_comment and not self.has_comments:
            self._blank()
            return
        if error.pos >= len(self.text) or error.msg.startswith("Unterminated"):
            raise CutError(error.msg)
        before = self.text[self.at : error.pos].encode("utf-8", "surrogateescape")
        raise MalformedError(f"{error.msg} at byte {self.here() + len(before)}")

    def _pass_comment(self) -> bool:
        """Blank comments from here on; return whether one begins here."""
        if len(self.text) - self.at < 2:
            self.fill()
        if not self.text.startswith(("//", "/*"), self.at):
            return False
        end = "\n" if self.text.startswith("//", self.at) else "*/"
        while self.text.find(end, self.at + 2) < 0:
            if len(self.text) - self.at > MAX_COMMENT or not self.fill():
                break
        self._blank()
        return self.text[self.at : self.at + 1] != "/"

    def _blank(self) -> None:
        self.has_comments = True
        self.here()
        self.text = _blanked(self.text[self.at :])
        self.at = self._mark = 0

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        self.repeated_keys += len(pairs) - len(found)
        return found

    def _constant(self, text: str) -> Number:
        self.odd_numbers += 1
        return Number(text)


def _blanked(text: str) -> str:
    """Return ``text`` with spaces, as many as bytes, in place of comments."""

    def spaces(match: re.Match[str]) -> str:
        found = match.group()
        if found[0] == '"':
            return found
        return " " * len(found.encode("utf-8", "surrogateescape"))

    return _COMMENT.sub(spaces, text)
