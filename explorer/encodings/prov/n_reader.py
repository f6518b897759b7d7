"""Reads PROV-N (W3C Recommendation, 30 April 2013).

A statement that breaks the grammar is noted and reading goes on behind its closing
parenthesis. Statements with a prefixed name are extensions (section 5): they are noted
and left out. Bundles stand behind the statements of their document; others are taken
wherever they stand.
"""

from collections.abc import Iterator
from re import compile as pattern

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.core.limits import MAX_RECORD_BYTES
from explorer.core.spans import ByteSpan
from explorer.encodings.prov.n_tokens import Token, TokenKind, tokens
from explorer.encodings.prov.names import (
    KINDS,
    Collector,
    Prefixes,
    finished,
)
from explorer.model.prov import (
    ELEMENTS,
    FORMALS,
    PROV,
    XSD,
    Argument,
    Instance,
    Literal,
    Name,
    ProvDocument,
    ProvFlaw,
    StatementKind,
    Value,
)

_INTEGER = pattern(r"[+-]?[0-9]+")
_NOTHING = Absent.NOT_IN_EXPORT
_BEGINNINGS = frozenset({"prefix", "bundle", "endBundle", "endDocument", *KINDS})


class _SyntaxError(Exception):
    """The grammar is broken at a token."""

    def __init__(self, token: Token, wanted: str) -> None:
        found = token.text or "the end"
        super().__init__(f"{wanted} instead of {found[:60]}")
        self.token = token


def read_n(data: bytes, source: int = 0) -> ProvDocument:
    """Return the document that ``data`` holds; damage inside is among its flaws.

    Raises:
        ReadError: If it does not begin as a document: ``too-long``, ``not-utf-8`` or
            ``syntax``.
    """
    if len(data) > MAX_RECORD_BYTES:
        raise ReadError(f"more than {MAX_RECORD_BYTES} bytes", "too-long")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError("the bytes are not UTF-8", "not-utf-8") from error
    reader = _Reader(text, len(data) - len(text.encode()), source)
    return reader.document()


class _Places:
    """Turns offsets in characters into offsets in bytes; they must not go back far."""

    def __init__(self, text: str, first: int) -> None:
        self._text = text
        self._ascii = text.isascii()
        self._first = first
        self._at = (0, first)

    def byte(self, character: int) -> int:
        if self._ascii:
            return self._first + character
        at, byte = self._at
        if character >= at:
            byte += len(self._text[at:character].encode())
        else:
            byte -= len(self._text[character:at].encode())
        self._at = (character, byte)
        return byte


class _Reader:
    """Recursive descent, one statement deep."""

    def __init__(self, text: str, first: int, source: int) -> None:
        self._places = _Places(text, first)
        self._tokens = _Safe(tokens(text), len(text))
        self._token = next(self._tokens)
        self._last_end = 0
        self._flaws: list[ProvFlaw] = []
        self._source = source
        self._bundles: list[Instance] = []

    def document(self) -> ProvDocument:
        """Return the whole document."""
        if self._token.text != "document":
            raise ReadError("the text does not begin with document", "syntax")
        self._next()
        top = Collector(self._source, Prefixes(), self._flaws)
        self._body(top, "endDocument")
        if self._token.kind is not TokenKind.END:
            start, end = self._token.start, self._token.end
            top.flaw("trailing-data", self._span(top, start, end))
        if self._tokens.problem:
            end = self._last_end
            top.flaw("syntax", self._span(top, end, end), self._tokens.problem)
        return finished(top, self._bundles, self._flaws)

    def _body(self, into: Collector, end: str) -> None:
        while self._token.kind is not TokenKind.END:
            word = self._token
            if word.kind is TokenKind.WORD and word.text == end:
                self._next()
                return
            try:
                self._part(word, into, end)
            except _SyntaxError as error:
                span = self._span(into, word.start, max(word.end, error.token.end))
                into.flaw("syntax", span, str(error))
                self._recover(word)
        into.flaw("cut-document", self._span(into, self._last_end, self._last_end), end)

    def _part(self, word: Token, into: Collector, end: str) -> None:
        if word.kind is not TokenKind.WORD:
            raise _SyntaxError(word, "a statement")
        if word.text in {"prefix", "default"}:
            self._declaration(into)
        elif word.text == "bundle" and end == "endDocument":
            self._bundle(into)
        else:
            self._statement(into)

    def _declaration(self, into: Collector) -> None:
        word = self._next()
        prefix = ""
        if word.text == "prefix":
            prefix = self._expect(TokenKind.WORD, "a prefix").text
        iri = self._expect(TokenKind.IRI, "an IRI in angle brackets")
        into.prefixes.declare(prefix, iri.text)

    def _bundle(self, outer: Collector) -> None:
        self._next()
        name = self._expect(TokenKind.WORD, "the name of a bundle")
        inner = Collector(self._source, Prefixes(outer.prefixes), self._flaws)
        self._body(inner, "endBundle")
        self._bundles.append(inner.instance(inner.prefixes.name(name.text)))

    def _statement(self, into: Collector) -> None:
        word = self._next()
        kind = KINDS.get(word.text)
        if kind is None and word.text.startswith("prov:"):
            kind = KINDS.get(word.text.removeprefix("prov:"))
        self._mark("(")
        if kind is None:
            self._skip_statement()
            reason = "extension-not-read" if ":" in word.text else "unknown-record"
            into.flaw(reason, self._span(into, word.start, self._last_end), word.text)
            return
        identifier, words = self._arguments(kind, into.prefixes)
        attributes = self._attributes(into.prefixes)
        self._mark(")")
        span = self._span(into, word.start, self._last_end)
        formals = FORMALS[kind]
        if len(words) > len(formals):
            into.flaw("too-many-arguments", span, word.text)
        arguments: dict[str, Argument] = {
            formal.name: _argument(text, into.prefixes, is_time=formal.is_time)
            for formal, text in zip(formals, words, strict=False)
        }
        into.add(kind, identifier, arguments, attributes, span)

    def _arguments(
        self, kind: StatementKind, prefixes: Prefixes
    ) -> tuple[Name | Absent, list[str]]:
        """Return the identifier and the texts of the other arguments."""
        words: list[str] = []
        identifier: Name | Absent = _NOTHING
        while self._token.kind is TokenKind.WORD:
            words.append(self._next().text)
            if self._token.text == ";" and len(words) == 1:
                self._next()
                identifier = _name(words.pop(), prefixes)
            elif self._token.text == ",":
                self._next()
            else:
                break
        if kind in ELEMENTS and words:
            identifier = _name(words.pop(0), prefixes)
        return identifier, words

    def _attributes(self, prefixes: Prefixes) -> tuple[tuple[Name, Value], ...]:
        if self._token.text == ",":
            self._next()
        if self._token.kind is not TokenKind.MARK or self._token.text != "[":
            return ()
        self._next()
        found: list[tuple[Name, Value]] = []
        while self._token.text != "]" or self._token.kind is not TokenKind.MARK:
            key = self._expect(TokenKind.WORD, "an attribute")
            self._mark("=")
            found.append((prefixes.name(key.text), self._value(prefixes)))
            if self._token.text != ",":
                break
            self._next()
        self._mark("]")
        return tuple(found)

    def _value(self, prefixes: Prefixes) -> Value:
        token = self._next()
        if token.kind is TokenKind.QUOTED:
            return prefixes.name(token.text)
        if token.kind is TokenKind.WORD and _INTEGER.fullmatch(token.text):
            return Literal(token.text, Name("xsd", "int", XSD), is_bare=True)
        if token.kind is not TokenKind.TEXT:
            raise _SyntaxError(token, "a value")
        if self._token.kind is TokenKind.LANGUAGE:
            return Literal(token.text, _NOTHING, self._next().text)
        if self._token.text != "%%":
            return Literal(token.text)
        self._next()
        kind = prefixes.name(self._expect(TokenKind.WORD, "a type").text)
        if kind.iri in {PROV + "QUALIFIED_NAME", XSD + "QName"}:
            return prefixes.name(token.text)
        return Literal(token.text, kind)

    def _skip_statement(self) -> None:
        depth = 1
        while depth and self._token.kind is not TokenKind.END:
            token = self._next()
            if token.kind is TokenKind.MARK:
                depth += {"(": 1, ")": -1}.get(token.text, 0)

    def _recover(self, word: Token) -> None:
        """Go on behind the next closing parenthesis, or where a statement begins."""
        if self._token is word:
            self._next()
        while self._token.kind is not TokenKind.END:
            if self._token.kind is TokenKind.WORD and self._token.text in _BEGINNINGS:
                return
            token = self._next()
            if token.kind is TokenKind.MARK and token.text == ")":
                return

    def _next(self) -> Token:
        token = self._token
        self._last_end = token.end
        self._token = next(self._tokens)
        return token

    def _expect(self, kind: TokenKind, wanted: str) -> Token:
        if self._token.kind is not kind:
            raise _SyntaxError(self._token, wanted)
        return self._next()

    def _mark(self, text: str) -> None:
        if self._token.kind is not TokenKind.MARK or self._token.text != text:
            raise _SyntaxError(self._token, f"{text} was expected")
        self._next()

    def _span(self, into: Collector, start: int, end: int) -> ByteSpan:
        return into.span(self._places.byte(start), self._places.byte(end))


class _Safe:
    """Tokens that end, again and again, where none can be made."""

    def __init__(self, found: Iterator[Token], size: int) -> None:
        self._found = found
        self._end = Token(TokenKind.END, "", size, size)
        self.problem = ""

    def __next__(self) -> Token:
        try:
            return next(self._found)
        except StopIteration:
            return self._end
        except ReadError as error:
            self.problem = str(error)
            return self._end


def _name(text: str, prefixes: Prefixes) -> Name | Absent:
    return _NOTHING if text == "-" else prefixes.name(text)


def _argument(text: str, prefixes: Prefixes, *, is_time: bool) -> Argument:
    if text == "-":
        return _NOTHING
    return text if is_time else prefixes.name(text)
