"""Key reads and writes of a Fabric block file, read without the program's own reader.

Only what these tests need, and only for files known to be whole: a second, independent
way to the same read and write sets.
"""

from collections.abc import Iterator
from pathlib import Path

from explorer.core.absent import Absent
from explorer.core.spans import ByteSpan
from explorer.model.content import EntryContent, KeyRead, KeyWrite

NOWHERE = ByteSpan(0, 0, 0)
ENDORSER_TRANSACTION = 3

Fields = dict[int, list[bytes]]


def contents_of(path: Path) -> Iterator[EntryContent]:
    """Yield the content of every transaction, accepted where its flag is 0."""
    data, at = path.read_bytes(), 0
    while at < len(data):
        block, at = chunk(data, at)
        number, inner = varint(block, 0)
        for _ in range(2):
            _, inner = chunk(block, inner)
        envelopes, inner = chunks(block, inner)
        metadata, _ = chunks(block, inner)
        for position, envelope in enumerate(envelopes):
            yield content_of(number, position, envelope, metadata[2][position] == 0)


def content_of(
    number: int, position: int, envelope: bytes, accepted: bool
) -> EntryContent:
    payload = sub(fields(envelope), 1)
    header = sub(payload, 1)
    channel, signature = sub(header, 1), sub(header, 2)
    author = sub(signature, 1).get(1, [b""])[-1].decode()
    reads: list[KeyRead] = []
    writes: list[KeyWrite] = []
    kind = ""
    if channel[1] == [bytes([ENDORSER_TRANSACTION])]:
        action = sub(sub(sub(payload, 2), 1), 2)
        call = sub(sub(sub(action, 1), 1), 1)
        kind = sub(call, 3)[1][0].decode()
        results = sub(sub(sub(sub(action, 2), 1), 2), 1)
        for each in results.get(2, []):
            space = fields(each)
            read_keys(space[1][-1].decode(), sub(space, 2), reads, writes)
    return EntryContent(
        number,
        position,
        channel.get(5, [b""])[-1].decode(),
        kind,
        author,
        True,
        accepted,
        Absent.NOT_IN_EXPORT,
        tuple(reads),
        tuple(writes),
        enforced=True,
    )


def read_keys(
    space: str, sets: Fields, reads: list[KeyRead], writes: list[KeyWrite]
) -> None:
    found = [*sets.get(1, [])]
    for query in sets.get(2, []):
        found += sub(fields(query), 4).get(1, [])
    for each in found:
        read = fields(each)
        version = sub(read, 2)
        numbers = (whole(version, 1), whole(version, 2))
        is_known = 2 in read
        reads.append(
            KeyRead(space, text(read), numbers if is_known else Absent.NOT_IN_FORMAT)
        )
    for each in sets.get(3, []):
        write = fields(each)
        value = write.get(3, [b""])[-1]
        writes.append(
            KeyWrite(space, text(write), value, whole(write, 2) == 1, NOWHERE)
        )


def text(message: Fields) -> str:
    return message[1][-1].decode()


def whole(message: Fields, number: int) -> int:
    return varint(message[number][-1], 0)[0] if number in message else 0


def sub(message: Fields, number: int) -> Fields:
    return fields(message.get(number, [b""])[-1])


def fields(data: bytes) -> Fields:
    """Return a protobuf message by field number; varints as their bytes."""
    found: Fields = {}
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            begin = at
            _, at = varint(data, at)
            value = data[begin:at]
        else:
            value, at = chunk(data, at)
        found.setdefault(tag >> 3, []).append(value)
    return found


def chunks(data: bytes, at: int) -> tuple[list[bytes], int]:
    count, at = varint(data, at)
    found = []
    for _ in range(count):
        value, at = chunk(data, at)
        found.append(value)
    return found, at


def chunk(data: bytes, at: int) -> tuple[bytes, int]:
    size, at = varint(data, at)
    return data[at : at + size], at + size


def varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at += 1
        shift += 7
        if byte < 128:
            return value, at
