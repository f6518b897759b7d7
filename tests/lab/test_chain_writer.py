"""The writer's bytes, worked out here a second time with nothing but hashlib."""

import hashlib
import io
from datetime import UTC, datetime

from explorer.core.digests import HashAlgorithm
from explorer.encodings.canonical_json import JsonValue, is_canonical, parse_json
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import demonstration_key
from explorer.model.keys import SignatureScheme

NOON = datetime(2025, 9, 1, 12, tzinfo=UTC)


def written() -> tuple[list[bytes], list[str]]:
    key = demonstration_key(SignatureScheme.ED25519, "tests/writer")
    plan = ChainPlan(
        id="w",
        title="标题 “title” \\ \u2028",
        hash=HashAlgorithm.SHA256,
        created=NOON,
        parties=(LabParty("a", "甲", "tester", key),),
        producers=("a",),
        sign_every=3,
    )
    out = io.BytesIO()
    writer = ChainWriter(out, plan)
    items = [writer.item("a", f"E{each}", b'{"n":1}', NOON, "t") for each in range(3)]
    hashes = [writer.add_block(items, "a", NOON), writer.add_block((), "a", NOON)]
    assert writer.height == 2
    assert writer.close() == hashes[-1]
    return out.getvalue().splitlines(), hashes


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def members(line: bytes, *path: str) -> JsonValue:
    value = parse_json(line)
    for name in path:
        assert isinstance(value, dict)
        value = value[name]
    return value


def test_every_line_is_canonical() -> None:
    lines, _ = written()
    assert [is_canonical(each) for each in lines] == [""] * 4


def test_hashes_links_and_roots() -> None:
    (header, first, second, trailer), hashes = written()
    chain = header[len(b'{"chain":') : -1]
    assert members(first, "block", "previous") == sha256(chain).hex()
    for line, digest in ((first, hashes[0]), (second, hashes[1])):
        block = line[len(b'{"block":') : line.index(b',"entries":[')]
        assert sha256(block).hex() == digest == members(line, "hash")
    assert members(second, "block", "previous") == hashes[0]
    items = first[first.index(b'"entries":[') + 11 : first.index(b'],"hash":')]
    one, two, three = (b'{"entry":' + each for each in items.split(b'{"entry":')[1:])
    leaves = [sha256(b"\x00" + each.rstrip(b",")) for each in (one, two, three)]
    root = sha256(b"\x01" + sha256(b"\x01" + leaves[0] + leaves[1]) + leaves[2])
    assert members(first, "block", "entries_root") == root.hex()
    assert members(second, "block", "entries_root") == sha256(b"").hex()
    assert members(trailer, "trailer") == {
        "blocks": 2,
        "entries": 3,
        "last": hashes[1],
    }


def test_what_is_signed() -> None:
    (_, first, second, _), _ = written()
    key = demonstration_key(SignatureScheme.ED25519, "tests/writer")
    block = first[len(b'{"block":') : first.index(b',"entries":[')]
    signature = key.sign(b"provenance-chain-1 block\nw\n" + block).hex()
    assert members(first, "signature") == signature
    assert members(second, "signature")  # the last block, though 1 is no multiple of 3
    entry = first[first.index(b'{"entry":') + 9 : first.index(b',"signature":"')]
    made = key.sign(b"provenance-chain-1 entry\nw\n" + entry).hex()
    assert b',"signature":"%b"}' % made.encode() in first
