"""Any file of events: JSON or XML by its first bytes, never by its name."""

import re
from collections.abc import Iterator

from explorer.encodings.epcis.json_reader import Chunks, read_json
from explorer.encodings.epcis.nodes import Item
from explorer.encodings.epcis.wide_xml import read_wide_xml, wide_codec
from explorer.encodings.epcis.xml_reader import read_decoded_xml, read_xml

HEAD_BYTES = 2**16
"""How much of a file is enough to recognise it."""

_MARK = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
"""UTF-16 with and without a mark: XML allows it, JSON does not."""

_JSON_SIGNS = re.compile(
    rb'"epcisBody"|"epcisHeader"|"epcisMasterData"|"EPCIS(?:Query|MasterData)?Document"|"eventTime"\s*:'
    rb'|"(?:Object|Aggregation|Transaction|Transformation|Association|Quantity)Event"'
    rb"|ref\.gs1\.org/standards/epcis"
)
_COMPANION_SIGNS = re.compile(rb'\s*\{\s*"(?:places|certificates|roles)"\s*:\s*\{')
_XML_SIGNS = re.compile(
    rb"<(?:[\w.-]+:)?(?:EPCIS\w*|\w+Event|CaptureJob)[\s>/]|urn:epcglobal:epcis"
)


def is_event_document(head: bytes) -> bool:
    """Return whether a file that begins so is about events, by their own words."""
    if is_xml(head):
        return _XML_SIGNS.search(_narrow(head)) is not None
    body = head.removeprefix(_MARK).lstrip()
    return body[:1] in {b"{", b"[", b"/"} and _JSON_SIGNS.search(body) is not None


def is_companion(head: bytes) -> bool:
    """Return whether a file that begins so is a companion of master data."""
    return _COMPANION_SIGNS.match(head.removeprefix(_MARK)) is not None


def is_xml(head: bytes) -> bool:
    """Return whether a file that begins so is XML."""
    body = head.removeprefix(_MARK).lstrip()
    return body.startswith((b"<", *_WIDE))


def read_document(chunks: Chunks) -> Iterator[Item]:
    """Yield everything in a file of events in order; damage is part of it."""
    head = next(chunks(), b"")
    if not is_xml(head):
        return read_json(chunks)
    codec = wide_codec(head)
    if codec:
        return read_wide_xml(chunks(), codec, read_decoded_xml)
    return read_xml(chunks())


def _narrow(head: bytes) -> bytes:
    return head.replace(b"\x00", b"") if head[:2] in _WIDE else head
