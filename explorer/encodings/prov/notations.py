"""Recognises the notation of a PROV document, reads it, and writes another."""

import re
from collections.abc import Callable
from enum import StrEnum

import msgspec

from explorer.core.absent import Absent
from explorer.core.errors import ReadError
from explorer.encodings.prov.json_reader import TOP_KEYS, read_json
from explorer.encodings.prov.n_reader import read_n
from explorer.encodings.prov.writers import to_json, to_n
from explorer.encodings.prov.xml_reader import read_xml
from explorer.encodings.prov.xml_writer import to_xml
from explorer.model.prov import PROV, ProvDocument

HEAD_BYTES = 2**16
"""How much of a file tells its notation."""


class Notation(StrEnum):
    """A notation of PROV."""

    JSON = "prov-json"
    N = "prov-n"
    XML = "prov-xml"


_READERS: dict[Notation, Callable[[bytes, int], ProvDocument]] = {
    Notation.JSON: read_json,
    Notation.N: read_n,
    Notation.XML: read_xml,
}
_WRITERS: dict[Notation, Callable[[ProvDocument], bytes]] = {
    Notation.JSON: to_json,
    Notation.N: to_n,
    Notation.XML: to_xml,
}
_COMMENTS = re.compile(rb"(?:\s+|//[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*")
_N_BEGINNING = re.compile(rb"document\s")
_XML_ROOT = re.compile(rb"<(?:[\w.-]+:)?document[\s>/]")
_FIRST_KEY = re.compile(rb'\s*\{\s*"([^"\\]{1,40})"\s*:\s*\{')
_RAW = msgspec.json.Decoder(dict[str, msgspec.Raw])


def notation_of(head: bytes, *, is_whole: bool) -> Notation | Absent:
    """Return the notation of a file that begins with ``head``, if it is one.

    ``is_whole`` says that ``head`` is all of it.
    """
    body = head.removeprefix(b"\xef\xbb\xbf")
    text = body[_comment_end(body) :]
    if _N_BEGINNING.match(text):
        return Notation.N
    start = body.lstrip()[:1]
    if start == b"<":
        found = _XML_ROOT.search(body)
        is_prov = found is not None and PROV.encode() in body
        return Notation.XML if is_prov else Absent.NOT_IN_FORMAT
    if start == b"{" and _is_json(body, is_whole=is_whole):
        return Notation.JSON
    return Absent.NOT_IN_FORMAT


def read_prov(data: bytes, notation: Notation, source: int = 0) -> ProvDocument:
    """Return the document that ``data`` holds; damage inside is among its flaws.

    Raises:
        ReadError: If it does not begin as a document of this notation.
    """
    return _READERS[notation](data, source)


def write_prov(document: ProvDocument, notation: Notation) -> bytes:
    """Return a document in a notation."""
    return _WRITERS[notation](document)


def _comment_end(text: bytes) -> int:
    found = _COMMENTS.match(text)
    return found.end() if found else 0


def _is_json(body: bytes, *, is_whole: bool) -> bool:
    if is_whole:
        try:
            keys = set(_RAW.decode(body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            keys = set()
        if keys:
            return keys <= TOP_KEYS
    first = _FIRST_KEY.match(body)
    known = first is not None and first[1].decode("utf-8", "replace") in TOP_KEYS
    return known and (b'"prov:' in body or b'"prefix"' in body)


__all__ = ["Notation", "ReadError", "notation_of", "read_prov", "write_prov"]
