"""XML in encodings of East Asia, which the parser itself cannot read.

Extensible Markup Language 1.0, section 4.3.3: a document may declare any encoding. It
is decoded as a whole and given to the parser in UTF-8; places are told in the bytes of
the file. Bytes that are no text in the declared encoding are damage.
"""

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

import msgspec

from explorer.encodings.epcis.nodes import Damage, DocumentEnd, Item

MAX_DECODED_BYTES = 2**27
"""Longest document that is decoded in memory."""

_STEP = 2**12
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}\sencoding\s*=\s*[\"']([\w.-]{1,20})[\"']")
_CODECS = frozenset({"gb18030", "gbk", "gb2312", "big5", "shift_jis", "euc_kr"})

Reading = Callable[[Iterator[bytes]], Iterator[Item]]


def wide_codec(head: bytes) -> str:
    """Return the codec of such an encoding that a file declares, or an empty text."""
    declared = _DECLARED.match(head.lstrip())
    try:
        name = codecs.lookup(declared[1].decode()).name if declared else ""
    except LookupError:
        return ""
    # all GB encodings are parts of the newest, and are often declared too narrowly
    return "gb18030" if name.startswith("gb") else name if name in _CODECS else ""


def read_wide_xml(chunks: Iterator[bytes], codec: str, read: Reading) -> Iterator[Item]:
    """Yield what ``read`` finds in the document, with places in its own bytes."""
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > MAX_DECODED_BYTES:
            yield Damage("encoding-unknown", 0, len(data), f"{codec}: too long")
            yield DocumentEnd("", "", len(data))
            return
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        yield Damage("encoding-unknown", error.start, len(data), f"{codec}: {error}")
        yield DocumentEnd("", "", len(data))
        return
    places = _Places(text, codec)
    for item in read(iter((places.utf_8,))):
        start, end = places.original(item.start), places.original(item.end)
        yield msgspec.structs.replace(item, start=start, end=end)


class _Places:
    """From offsets in UTF-8 to those in the file."""

    def __init__(self, text: str, codec: str) -> None:
        self._codec = codec
        self._here, self._there = [0], [0]
        parts: list[bytes] = []
        for at in range(0, len(text), _STEP):
            part = text[at : at + _STEP]
            parts.append(part.encode())
            self._here.append(self._here[-1] + len(parts[-1]))
            self._there.append(self._there[-1] + len(part.encode(codec)))
        self.utf_8 = b"".join(parts)

    def original(self, offset: int) -> int:
        number = bisect_right(self._here, offset) - 1
        before = self.utf_8[self._here[number] : offset].decode("utf-8", "ignore")
        return self._there[number] + len(before.encode(self._codec))
