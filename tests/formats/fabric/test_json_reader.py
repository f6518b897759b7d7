"""Blocks in JSON: every refusal has a reason, nothing else is raised."""

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.encodings.protobuf import encode_bytes, encode_integer
from explorer.formats.fabric.family import looks_like_json
from explorer.formats.fabric.json_reader import block_from_json
from tests.formats.fabric.driver import run_all
from tests.formats.fabric.network import Network

HEADER = {"number": "7", "previous_hash": "", "data_hash": ""}


def block(payload: object = None, **header: object) -> bytes:
    return json.dumps(
        {
            "data": {"data": [{"payload": payload, "signature": "c2ln"}]},
            "header": {**HEADER, **header},
            "metadata": {"metadata": ["", "AA=="]},
        }
    ).encode()


def channel(**changes: object) -> dict[str, object]:
    header: dict[str, object] = {"type": 3, "channel_id": "c", **changes}
    return {"header": {"channel_header": header}, "data": None}


def test_a_small_block() -> None:
    data, has_maps = block_from_json(block())
    envelope = encode_bytes(2, b"sig")
    assert data == (
        encode_bytes(1, encode_integer(1, 7))
        + encode_bytes(2, encode_bytes(1, envelope))
        + encode_bytes(3, encode_bytes(1, b"") + encode_bytes(1, b"\x00"))
    )
    assert not has_maps


def test_times_are_exact() -> None:
    found, _ = block_from_json(block(channel(timestamp="1970-01-01T00:00:01.5Z")))
    assert encode_integer(1, 1) + encode_integer(2, 500_000_000) in found


def test_maps_lose_their_order() -> None:
    group = {"values": {"a": {"version": "1"}, "b": {"version": "2"}}}
    payload = channel(type=1)
    payload["data"] = {"config": {"channel_group": group}}
    assert block_from_json(block(payload))[1]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"{",
        b"\xff{}",
        b'{"header": {}}',
        b'{"header": [], "data": {}}',
        b'{"header": {}, "data": {"data": 5}}',
        b'{"header": {"number": "x"}, "data": {"data": []}}',
        b'{"header": {"number": -1}, "data": {"data": []}}',
        b'{"header": {"number": 1.5}, "data": {"data": []}}',
        b'{"header": {"data_hash": "!"}, "data": {"data": []}}',
        b'{"header": {"data_hash": 4}, "data": {"data": []}}',
        block({"header": None, "data": {"actions": []}}),
        block(channel(timestamp="yesterday")),
        block(channel(timestamp="2026-13-01T00:00:00Z")),
        block(channel(channel_id=5)),
        block({"header": {"channel_header": {"type": 9}}, "data": {"a": 1}}),
        b"[" * 100_000,
        b"\xef\xbb\xbf" + block(),
        block().replace(b"{", b'{"unknown": 1, ', 1),
        block(channel(extra="")),
        block().replace(b"{", b'{"data": {}, ', 1),
        block(number="9 "),
        block(number=" 9"),
        block(number="+9"),
        block(number="09"),
        block(number="1_0"),
        block(number="\u0669"),
        block(number="9" * 5_000),
        block(number=True * 2.0),
        block(number=2**64),
        block(channel(timestamp="\u0662026-01-01T00:00:00Z")),
        block(channel(channel_id="\ud800")),
    ],
)
def test_refusals(text: bytes) -> None:
    with pytest.raises(ReadError):
        block_from_json(text)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 2**65)
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.binary(max_size=8).map(lambda each: base64.b64encode(each).decode()),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "header",
                    "data",
                    "payload",
                    "metadata",
                    "type",
                    "channel_header",
                    "signature_header",
                    "value",
                    "config",
                    "channel_group",
                    "groups",
                    "values",
                    "policies",
                    "policy",
                    "rule",
                    "creator",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(VALUES)
def test_no_json_raises_anything_else(value: object) -> None:
    text = json.dumps({"header": {}, "data": {"data": [{"payload": value}]}})
    try:
        data, _ = block_from_json(text.encode())
    except ReadError:
        return
    assert data


def test_only_blocks_look_like_blocks() -> None:
    assert looks_like_json(block())
    assert looks_like_json(b'\n{ "header": {"number": "1"}, "data": {}}')
    for other in (b'{"data": 5}', b'{"entity": {}}', b'{"header": {"version": 1}}'):
        assert not looks_like_json(other)


def test_a_broken_file_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "block.json"
    path.write_bytes(block()[:-20])
    run = run_all(path)[0]
    assert run.faults == [("fabric.block-framing", "json-malformed", -1)]


@pytest.mark.parametrize(
    "text",
    [
        b'\xef\xbb\xbf{"data": {}}',
        b'{"a": NaN}',
        b'{"\\ud800": 1}',
        b'{"data": {}, "header"',
        b"",
        b'{"header": {"number": 5, "more": 1}, "data": {"data": []}}',
    ],
)
def test_a_broken_file_among_blocks_is_damage_without_a_height(
    network: Network, tmp_path: Path, text: bytes
) -> None:
    for number, each in enumerate(network.chain().blocks):
        (tmp_path / f"{number}.block").write_bytes(each.message())
    (tmp_path / "broken.json").write_bytes(text)
    (run,) = run_all(tmp_path)
    assert [each.height for each in run.blocks] == [0, 1]
    assert [each[0] for each in run.faults] == ["fabric.block-framing"]
    assert run.faults[0][2] == -1
    assert run.damage[0].span.source == 2
    assert run.damage[0].detail.startswith("broken.json: ")


def test_a_block_without_data_is_told(network: Network, tmp_path: Path) -> None:
    for number, each in enumerate(network.chain().blocks):
        (tmp_path / f"{number}.block").write_bytes(each.message())
    text = b'{"metadata": null, "data": null, "header": {"number": "2"}}'
    (tmp_path / "2.json").write_bytes(text)
    (run,) = run_all(tmp_path)
    assert run.faults == [("fabric.block-framing", "json-malformed", -1)]


def test_other_json_beside_blocks_is_no_block(network: Network, tmp_path: Path) -> None:
    for number, each in enumerate(network.chain().blocks):
        (tmp_path / f"{number}.block").write_bytes(each.message())
    (tmp_path / "notes.json").write_bytes(b'{"made": "today", "data": []}')
    (run,) = run_all(tmp_path)
    assert run.faults == []
