"""Documents of events in JSON, piece by piece, with the bytes of each event.

GS1 EPCIS 2.0.1, section 9.2. Read are documents, query results, single events, lists of
events, and several of these behind one another (JSON Lines). Events are decoded one at
a time, so that a document may be larger than memory. Of an event that is no JSON the
end is found by its brackets, and reading goes on behind it.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from explorer.core.limits import MAX_RECORD_BYTES
from explorer.encodings.epcis.json_text import CutError, JsonText, MalformedError
from explorer.encodings.epcis.json_tree import (
    TooDeepError,
    context_of,
    event_tree,
    full_name,
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
    Node,
    OtherValue,
)
from explorer.model.events import Flaw

IGNORE_FIELDS = "ignoreFields"
IGNORING = "https://repository-x.example.com/"
"""Address under which a document may name fields that are left out of its hashes."""

Chunks = Callable[[], Iterator[bytes]]
"""Gives the bytes of the file again, from the first."""

_SURROGATE = re.compile("[\ud800-\udfff]")

_ENTERED = {
    "epcisBody": "epcisBody.",
    "epcisBody.queryResults": "epcisBody.",
    "epcisBody.resultsBody": "epcisBody.",
    "resultsBody": "epcisBody.",
    "queryResults": "epcisBody.",
    "epcisDocument": "",
    "EPCISDocument": "",
    "data": "",
}
"""Objects on the way to the events → path of their members.

The last ones are wrappers that services put around a document.
"""

_EVENT_LISTS = frozenset({"epcisBody.eventList", "eventList", "events"})


def read_json(chunks: Chunks) -> Iterator[Item]:
    """Yield everything in a JSON file in order; damage is part of it."""
    yield from _Reader(chunks).read()


def read_json_event(data: bytes, context: Context) -> EventTree | None:
    """Return the one event of ``data``, cut from a document with this ``context``.

    Nothing is returned if the bytes hold no event any more.
    """
    reader = _Reader(lambda: iter((data,)))
    reader.context = context
    for item in reader.read():
        if isinstance(item, EventTree):
            return item
    return None


class _Reader:
    def __init__(self, chunks: Chunks) -> None:
        self._chunks = chunks
        self._text = JsonText(chunks())
        self._kept_bytes = 0
        self._documents = 0
        self._is_ahead = False
        """Only looking for the context; no further look ahead from there."""
        self._has_told_comments = False
        self.context: Context | None = None
        """Context around what is read, for an event that was cut out."""

    def read(self) -> Iterator[Item]:
        text = self._text
        if text.peek() == "\ufeff":
            text.at += 1
        while first := text.peek():
            yield from self._comments()
            start = text.here()
            try:
                if first == "{":
                    yield from self._document()
                elif first == "[":
                    yield from self._events(Context(is_json=True))
                else:
                    yield Damage("not-json", start, text.skip_all())
            except CutError as error:
                yield Damage("cut-off", text.here(), text.skip_all(), str(error))
            except MalformedError as error:
                yield Damage("not-json", text.here(), text.skip_all(), str(error))

    def _comments(self) -> Iterator[Damage]:
        if self._text.has_comments and not self._has_told_comments:
            self._has_told_comments = True
            yield Damage("comment-in-json", 0, self._text.here())

    def _document(self) -> Iterator[Item]:
        """Read one object: a document, a single event, or something else."""
        text = self._text
        self._documents += 1
        self._kept_bytes = 0
        start = text.here()
        values: dict[str, object] = {}
        yield from self._members(values, "")
        end = text.here()
        context = self.context or _document_context(values)
        text.may_be_broken = True
        if is_event(values):
            yield from self._event(values, context, start, end)
            return
        for each in vocabularies(values.get("epcisHeader"), start, end):
            _make_sound(each.fields)
            each.id = _SURROGATE.sub("\ufffd", each.id)
            yield each
        version = values.get("schemaVersion")
        version = version if isinstance(version, str) else ""
        yield DocumentEnd(type_of(values), version[:20], end, values, start)

    def _members(self, values: dict[str, object], path: str) -> Iterator[Item]:
        """Read the members of an object; those on the way to the events are entered."""
        text = self._text
        text.at += 1
        if text.peek() == "}":
            text.at += 1
            return
        while True:
            yield from self._member(values, path)
            yield from self._comments()
            if not self._goes_on("}"):
                return

    def _member(self, values: dict[str, object], path: str) -> Iterator[Item]:
        text = self._text
        text.peek()
        key = text.value()
        if type(key) is not str or text.peek() != ":":
            raise MalformedError("a name and a colon must stand here")
        text.at += 1
        first = text.peek()
        before = text.here()
        name = f"{path}{key}"
        if first == "{" and name in _ENTERED:
            values[name] = True
            yield from self._members(values, _ENTERED[name])
        elif first == "[" and name in _EVENT_LISTS:
            values[name] = True
            yield from self._events(self._context_before(values))
        elif name == "epcisBody.event" or (first == "{" and name in _EVENT_LISTS):
            values[name] = True
            event = text.value()
            context = self._context_before(values)
            yield from self._event(event, context, before, text.here())
        else:
            values[name] = text.value()
            self._kept_bytes += text.here() - before
            if self._kept_bytes > MAX_RECORD_BYTES:
                raise MalformedError("longer than the limit")

    def _goes_on(self, closing: str) -> bool:
        """Step over a comma, or over the closing bracket and return False."""
        found = self._text.peek()
        if not found:
            raise CutError("the end of the file comes first")
        if found not in {",", closing}:
            raise MalformedError(f"{found!r} cannot stand here")
        self._text.at += 1
        return found == ","

    def _context_before(self, values: dict[str, object]) -> Context:
        """Return the context of the document, reading ahead if it stands behind."""
        is_known = "@context" in values or self._documents > 1 or self._is_ahead
        if is_known or not self._has_context_somewhere():
            return _document_context(values)
        ahead = _Reader(self._chunks)
        ahead._is_ahead = True
        found: dict[str, object] = dict(values)
        try:
            ahead._text.peek()
            for _ in ahead._members(found, ""):
                pass
        except (CutError, MalformedError):
            pass  # what is wrong is said when the events are read
        return _document_context(found)

    def _has_context_somewhere(self) -> bool:
        sign, tail = b'"@context"', b""
        for chunk in self._chunks():
            if sign in (piece := tail + chunk):
                return True
            tail = piece[-len(sign) :]
        return False

    def _events(self, context: Context) -> Iterator[Item]:
        text = self._text
        text.at += 1
        if text.peek() == "]":
            text.at += 1
            return
        while True:
            if not text.peek():
                raise CutError("the end of the file comes first")
            start = text.here()
            try:
                value = text.value()
            except MalformedError as error:
                if not text.skip_malformed():
                    raise
                yield Damage("not-json", start, text.here(), str(error)[:200])
            else:
                yield from self._element(value, context, start, text.here())
            yield from self._comments()
            if not self._goes_on("]"):
                return

    def _element(
        self, value: object, context: Context, start: int, end: int
    ) -> Iterator[Item]:
        """Read an item of a list: an event, or a document that holds some."""
        inner = _inner_events(value) if not is_event(value) else []
        if inner and isinstance(value, dict):
            context = context_of(value.get("@context"), context)
        for each in inner or [value]:
            for item in self._event(each, context, start, end):
                if inner and isinstance(item, EventTree):
                    item.is_apart = False
                yield item

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
        text = self._text
        flaws = list(tree.flaws)
        if text.repeated_keys:
            flaws.append(Flaw("key-repeated", "", f"{text.repeated_keys}"))
        if text.odd_numbers:
            flaws.append(Flaw("not-a-number", "", f"{text.odd_numbers}"))
        text.repeated_keys = text.odd_numbers = 0
        if text.may_be_broken and _make_sound(tree.fields):
            flaws.append(Flaw("not-utf-8", ""))
        return tuple(flaws)


def _document_context(values: dict[str, object]) -> Context:
    context = context_of(values.get("@context"))
    for key, value in values.items():
        prefix, _, local = key.partition(":")
        if local == IGNORE_FIELDS and context.prefixes.get(prefix) == IGNORING:
            names = value if isinstance(value, list) else [value]
            ignored = frozenset(full_name(str(each), context) for each in names)
            return Context(is_json=True, prefixes=context.prefixes, ignored=ignored)
    return context


def _inner_events(value: object) -> list[object]:
    """Return the events of a document that is itself an item of a list."""
    body = value.get("epcisBody", value) if isinstance(value, dict) else None
    for name in ("queryResults", "resultsBody"):
        inner = body.get(name) if isinstance(body, dict) else None
        body = inner if isinstance(inner, dict) else body
    if not isinstance(body, dict):
        return []
    events = body.get("eventList")
    found = list(events) if isinstance(events, list) else []
    return [*found, body["event"]] if "event" in body else found


def _make_sound(nodes: Sequence[Node]) -> bool:
    """Replace halves of surrogate pairs; return whether there were any."""
    found = False
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if not (node.text.isascii() and node.name.isascii()):
            text = _SURROGATE.sub("\ufffd", node.text)
            name = _SURROGATE.sub("\ufffd", node.name)
            found = found or (text, name) != (node.text, node.name)
            node.text, node.name = text, name
        waiting += node.children
    return found
