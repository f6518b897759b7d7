"""Documents of events in JSON, piece by piece, with the bytes of each event.

RFC 8259 and GS1 EPCIS 2.0.1, section 9.2. Read are documents, query results, single
events, lists of events, and several of these behind one another (JSON Lines). Events
are decoded one at a time, so that a document may be larger than memory. Comments, which
JSON does not have, are reported and skipped; of an event that is no JSON its end is
found by its brackets, and reading goes on behind it.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator

from explorer.core.limits import MAX_RECORD_BYTES
from explorer.encodings.epcis.json_tree import (
    Number,
    TooDeepError,
    context_of,
    event_tree,
    is_event,
    type_of,
    vocabularies,
)
from explorer.encodings.epcis.nodes import (
    Context,
    Damage,
    DocumentEnd,
    EventTree,
    Item,
    OtherValue,
)
from explorer.model.events import Flaw

_SPACE = re.compile(r"[ \t\n\r]*")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")

MAX_COMMENT = 2**20
"""Longest comment, in characters."""

_SLACK = 2**16
"""How near the end of what was read an error may be the end's own doing."""

IGNORE_FIELDS = "ignoreFields"
IGNORING = "https://repository-x.example.com/"
"""Address under which a document may name fields that are left out of its hashes."""


class _Cut(Exception):  # noqa: N818 - ends the reading of one document
    """The text ends inside a value."""


class _Malformed(Exception):  # noqa: N818
    """A value is no JSON; carries the character at which that shows."""


Chunks = Callable[[], Iterator[bytes]]
"""Gives the bytes of the file again, from the first."""


def read_json(chunks: Chunks) -> Iterator[Item]:
    """Yield everything in a JSON file in order; damage is part of it."""
    yield from _Reader(chunks).read()


class _Text:
    """The text of a file, decoded as it is needed, and byte offsets in it."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        # bytes that are no UTF-8 keep their number, for the offsets
        self._decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        self.text = ""
        self.at = 0
        self.is_ended = False
        self.has_comments = False
        self._mark = 0
        self._mark_byte = 0

    def fill(self) -> bool:
        """Read more; return whether there was more."""
        if self.is_ended:
            return False
        data = next(self._chunks, b"")
        more = self._decode(data, final=not data)
        self.is_ended = not data
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

    def peek(self) -> str:
        """Return the next character that is no space, empty at the end."""
        while True:
            found = _SPACE.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.fill():
                return ""

    def blank_comments(self) -> bool:
        """Replace comments by spaces from here on; return whether one is next."""
        if len(self.text) - self.at < 2:
            self.fill()
        if not self.text.startswith(("//", "/*"), self.at):
            return False
        end = "\n" if self.text.startswith("//", self.at) else "*/"
        while self.text.find(end, self.at + 2) < 0:
            if len(self.text) - self.at > MAX_COMMENT or not self.fill():
                break
        self.has_comments = True
        self.byte(self.at)
        self.text = _blanked(self.text[self.at :])
        self.at = self._mark = 0
        return True


def _blanked(text: str) -> str:
    def spaces(match: re.Match[str]) -> str:
        found = match.group()
        if found[0] == '"':
            return found
        return " " * len(found.encode("utf-8", "surrogateescape"))

    return _COMMENT.sub(spaces, text)


class _Reader:
    def __init__(self, chunks: Chunks) -> None:
        self._chunks = chunks
        self._source = _Text(chunks())
        self._repeated = 0
        self._odd_numbers = 0
        self._kept = 0
        self._documents = 0
        self._is_ahead = False
        """Only looking for the context; no further look ahead from there."""
        self._has_told_comments = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=Number,
            parse_int=Number,
            parse_constant=self._constant,
        )

    def read(self) -> Iterator[Item]:
        source = self._source
        if source.peek() == "\ufeff":
            source.at += 1
        while (first := self._next()) and first != "\0":
            yield from self._comments()
            try:
                if first == "{":
                    yield from self._document()
                elif first == "[":
                    yield from self._events(Context(is_json=True))
                else:
                    start = source.byte(source.at)
                    self._skip_all()
                    yield Damage("not-json", start, source.byte(source.at))
                    return
            except (_Cut, _Malformed) as error:
                yield self._rest(error)
                return

    def _rest(self, error: Exception) -> Damage:
        source = self._source
        start = source.byte(source.at)
        self._skip_all()
        reason = "cut-off" if isinstance(error, _Cut) else "not-json"
        return Damage(reason, start, source.byte(source.at), str(error)[:200])

    def _skip_all(self) -> None:
        source = self._source
        source.at = len(source.text)
        while source.fill():
            source.byte(len(source.text))
            source.at = len(source.text)

    def _next(self) -> str:
        """Return the next character behind spaces and comments."""
        found = self._source.peek()
        while found == "/" and self._source.blank_comments():
            found = self._source.peek()
        return found

    def _comments(self) -> Iterator[Damage]:
        if self._source.has_comments and not self._has_told_comments:
            self._has_told_comments = True
            here = self._source.byte(self._source.at)
            yield Damage("comment-in-json", 0, here)

    def _document(self) -> Iterator[Item]:
        """Read one object: a document, a single event, or something else."""
        source = self._source
        self._documents += 1
        self._kept = 0
        start = source.byte(source.at)
        values: dict[str, object] = {}
        yield from self._members(values, "")
        end = source.byte(source.at)
        context = _document_context(values)
        if is_event(values):
            yield from self._event(values, context, start, end)
            return
        event = values.get("epcisBody.event")
        if isinstance(event, dict):
            yield from self._event(event, context, start, end)
        header = values.get("epcisHeader")
        yield from vocabularies(header, start, end)
        version = values.get("schemaVersion")
        version = version if isinstance(version, str) else ""
        yield DocumentEnd(type_of(values), version[:20], end, values, start)

    def _members(self, values: dict[str, object], path: str) -> Iterator[Item]:
        """Read the members of an object; those on the way to the events are entered."""
        source = self._source
        source.at += 1
        if self._next() == "}":
            source.at += 1
            return
        while True:
            self._next()
            key = self._value()
            if not isinstance(key, str) or self._next() != ":":
                raise _Malformed("a name and a colon must stand here")
            source.at += 1
            first = self._next()
            before = source.byte(source.at)
            name = f"{path}{key}"
            if first == "{" and name in _ENTERED:
                yield from self._members(values, _ENTERED[name])
                values[name] = True
            elif first == "[" and name in _EVENT_LISTS:
                yield from self._events(self._context_before(values))
                values[name] = True
            else:
                values[name] = self._value()
                self._kept += source.byte(source.at) - before
                if self._kept > MAX_RECORD_BYTES:
                    raise _Malformed("longer than the limit")
            yield from self._comments()
            if not self._goes_on("}"):
                return

    def _goes_on(self, closing: str) -> bool:
        """Step over a comma, or over the closing bracket and return False."""
        found = self._next()
        if found not in {",", closing}:
            if not found:
                raise _Cut("the end of the file comes first")
            raise _Malformed(f"{found!r} cannot stand here")
        self._source.at += 1
        return found == ","

    def _context_before(self, values: dict[str, object]) -> Context:
        """Return the context of the document, reading ahead if it stands behind."""
        is_known = "@context" in values or self._documents > 1 or self._is_ahead
        if is_known or not self._has_context_behind():
            return _document_context(values)
        ahead = _Reader(self._chunks)
        ahead._is_ahead = True
        found: dict[str, object] = dict(values)
        try:
            if ahead._next() == "{":
                for _ in ahead._members(found, ""):
                    pass
        except (_Cut, _Malformed):
            pass
        return _document_context(found)

    def _has_context_behind(self) -> bool:
        return any(b'"@context"' in chunk for chunk in self._chunks())

    def _events(self, context: Context) -> Iterator[Item]:
        source = self._source
        source.at += 1
        if self._next() == "]":
            source.at += 1
            return
        while True:
            first = self._next()
            start_char = source.at
            start = source.byte(start_char)
            if not first:
                raise _Cut("the end of the file comes first")
            try:
                value = self._value()
            except _Malformed as error:
                yield self._unreadable(start, error)
            else:
                end = source.byte(source.at)
                yield from self._element(value, context, start, end)
            yield from self._comments()
            if not self._goes_on("]"):
                return

    def _element(
        self, value: object, context: Context, start: int, end: int
    ) -> Iterator[Item]:
        if isinstance(value, dict) and not is_event(value):
            inner = _inner_events(value)
            if inner:
                own = context_of(value.get("@context"), context)
                for each in inner:
                    yield from self._event(each, own, start, end)
                return
        yield from self._event(value, context, start, end)

    def _event(
        self, value: object, context: Context, start: int, end: int
    ) -> Iterator[Item]:
        if not isinstance(value, dict) or not is_event(value):
            kind = type_of(value) if isinstance(value, dict) else ""
            yield OtherValue(value, kind[:200], start, end)
            return
        try:
            tree = event_tree(value, context, start, end)
        except (TooDeepError, RecursionError):
            yield Damage("too-deep", start, end)
            return
        tree.flaws = self._flaws(tree)
        yield tree

    def _flaws(self, tree: EventTree) -> tuple[Flaw, ...]:
        flaws = list(tree.flaws)
        if self._repeated:
            flaws.append(Flaw("key-repeated", "", f"{self._repeated}"))
        if self._odd_numbers:
            flaws.append(Flaw("not-a-number", "", f"{self._odd_numbers}"))
        self._repeated = self._odd_numbers = 0
        if _has_surrogates(tree):
            flaws.append(Flaw("not-utf-8", ""))
        return tuple(flaws)

    def _value(self) -> object:
        """Decode the value that begins here and step behind it."""
        source = self._source
        while True:
            try:
                value, end = self._decoder.raw_decode(source.text, source.at)
            except json.JSONDecodeError as error:
                self._repeated = self._odd_numbers = 0
                if self._is_cut(error) and self._grow():
                    continue
                self._fail(error)
            except RecursionError:
                raise _Malformed("nested too deep") from None
            else:
                if end == len(source.text) and source.fill():
                    continue  # a number may go on
                source.at = end
                return value

    def _is_cut(self, error: json.JSONDecodeError) -> bool:
        is_open = error.msg.startswith(("Unterminated string", "Invalid \\"))
        return is_open or error.pos > len(self._source.text) - _SLACK

    def _grow(self) -> bool:
        """Read about as much again as is waiting; return whether there was more."""
        source = self._source
        wanted = 2 * (len(source.text) - source.at)
        if wanted > 2 * MAX_RECORD_BYTES:
            raise _Malformed("longer than the limit")
        is_more = source.fill()
        while is_more and len(source.text) - source.at < wanted and source.fill():
            pass
        return is_more

    def _fail(self, error: json.JSONDecodeError) -> None:
        source = self._source
        found = source.text[error.pos : error.pos + 1]
        if found == "/" and not source.has_comments:
            here = source.at
            source.at = error.pos
            source.byte(here)
            source.at = here
            if _COMMENT.match(source.text, error.pos):
                source.has_comments = True
                source.text = source.text[:here] + _blanked(source.text[here:])
                return
        if error.pos >= len(source.text) or error.msg.startswith("Unterminated"):
            raise _Cut(error.msg)
        raise _Malformed(f"{error.msg} at byte {self._offset(error.pos)}")

    def _offset(self, char: int) -> int:
        source = self._source
        part = source.text[source.at : char].encode("utf-8", "surrogateescape")
        return source.byte(source.at) + len(part)

    def _unreadable(self, start: int, error: _Malformed) -> Damage:
        """Step behind a value that is no JSON, by its brackets.

        Raises:
            _Cut: If it has no end.
        """
        source = self._source
        while True:
            depth = 0
            for match in _BRACKETS.finditer(source.text, source.at):
                mark = match.group()
                depth += (mark in "{[") - (mark in "}]")
                if depth == 0 and mark in "}]":
                    source.at = match.end()
                    end = source.byte(source.at)
                    return Damage("not-json", start, end, str(error)[:200])
                if depth < 0:
                    break
            if depth < 0 or not self._grow():
                raise error

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        self._repeated += len(pairs) - len(found)
        return found

    def _constant(self, text: str) -> Number:
        self._odd_numbers += 1
        return Number(text)


_ENTERED = {
    "epcisBody": "epcisBody.",
    "epcisBody.queryResults": "epcisBody.",
    "epcisBody.resultsBody": "epcisBody.",
    "resultsBody": "epcisBody.",
    "queryResults": "epcisBody.",
}
"""Objects on the way to the events → path of their members."""

_EVENT_LISTS = frozenset({"epcisBody.eventList", "eventList"})


def _document_context(values: dict[str, object]) -> Context:
    context = context_of(values.get("@context"))
    for key, value in values.items():
        prefix, _, local = key.partition(":")
        if local == IGNORE_FIELDS and context.prefixes.get(prefix) == IGNORING:
            names = value if isinstance(value, list) else [value]
            ignored = frozenset(_full_name(str(each), context) for each in names)
            return Context(is_json=True, prefixes=context.prefixes, ignored=ignored)
    return context


def _full_name(key: str, context: Context) -> str:
    prefix, _, local = key.partition(":")
    address = context.prefixes.get(prefix)
    return key if address is None else f"{{{address}}}{local}"


def _inner_events(value: dict[str, object]) -> list[object]:
    """Return the events of a document that is itself an item of a list."""
    body = value.get("epcisBody", value)
    for name in ("queryResults", "resultsBody"):
        inner = body.get(name) if isinstance(body, dict) else None
        body = inner if isinstance(inner, dict) else body
    if not isinstance(body, dict):
        return []
    events = body.get("eventList")
    found = list(events) if isinstance(events, list) else []
    return [*found, body["event"]] if "event" in body else found


def _has_surrogates(tree: EventTree) -> bool:
    """Return whether a text holds half a surrogate pair; replace those."""
    found = False
    waiting = list(tree.fields)
    while waiting:
        node = waiting.pop()
        if not (node.text.isascii() and node.name.isascii()):
            for name in ("text", "name"):
                text = getattr(node, name)
                sound = _SURROGATE.sub("\ufffd", text)
                found = found or sound != text
                setattr(node, name, sound)
        waiting += node.children
    return found
