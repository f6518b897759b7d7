"""The quick way answers exactly what the usual way answers."""

from pathlib import Path

import pytest

from explorer.crypto.trust import TrustStore
from explorer.formats.chain_jsonl import resolving
from explorer.formats.chain_jsonl.drafting import ChainBatch
from explorer.formats.chain_jsonl.reading import LineReader
from explorer.formats.chain_jsonl.resolving import Resolver
from explorer.formats.chain_jsonl.runs import pack_hashes, take_run
from explorer.formats.opening import open_evidence
from explorer.lab.tampering import edit_block
from tests.formats.chain_jsonl.chains import (
    canonical_line,
    chain,
    decoded,
    lines_of,
    plan,
)

SIZES = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1, 0]


def resolved(data: bytes, path: Path) -> tuple[list[ChainBatch], tuple[object, ...]]:
    path.write_bytes(data)
    with open_evidence((path,)) as files:
        resolver = Resolver(0, len(data), TrustStore())
        batches = [resolver.resolve(each) for each in LineReader(files, 0).read()]
    state = (
        resolver.lines,
        resolver.blocks,
        resolver.expected,
        resolver.parent,
        resolver.is_last_signed,
        resolver.parent_height,
    )
    return batches, state


def merged(batches: list[ChainBatch]) -> list[object]:
    passed: dict[str, int] = {}
    for batch in batches:
        for check, count in batch.passed:
            passed[check] = passed.get(check, 0) + count
    return [
        [each for batch in batches for each in getattr(batch, name)]
        for name in ("blocks", "entries", "claims", "damage", "results", "unproven")
    ] + [passed]


def with_hash(line: bytes, value: str) -> bytes:
    return canonical_line(decoded(line) | {"hash": value})


def variants() -> dict[str, bytes]:
    header = plan(every=5)
    data = chain(SIZES, header)
    lines = lines_of(data)
    at = lines[10].index(b'"previous":"')
    linked = lines[10][at : at + 76]
    return {
        "intact": data,
        "nobody signs blocks": chain(SIZES, plan(every=0)),
        "wrong count": edit_block(data, 5, b'"count":0', b'"count":3'),
        "wrong root": edit_block(data, 6, b'"entries_root":"e3', b'"entries_root":"e4'),
        "other producer": edit_block(
            data, 6, b'"producer":"alpha"', b'"producer":"beta"'
        ),
        "time goes back": edit_block(data, 8, b"T01:20", b"T01:00"),
        "wrong link": edit_block(data, 9, linked, linked[:-2] + b"00"),
        "wrong hash": b"".join(
            [*lines[:6], with_hash(lines[6], "12" * 32), *lines[7:]]
        ),
        "short hash": b"".join([*lines[:6], with_hash(lines[6], "12"), *lines[7:]]),
        "no hex": b"".join([*lines[:6], with_hash(lines[6], "xy" * 32), *lines[7:]]),
        "gap": b"".join([*lines[:6], *lines[7:]]),
        "repeated": b"".join([*lines[:7], *lines[6:]]),
        "no header": b"".join(lines[1:]),
        "part": b"".join([lines[0], *lines[5:]]),
    }


@pytest.mark.parametrize("name", list(variants()))
def test_both_ways_agree(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The header line in a chunk of its own, so that the others are plain.
    monkeypatch.setattr("explorer.formats.chain_jsonl.reading.CHUNK_BYTES", 700)
    data = variants()[name]
    quick, quick_state = resolved(data, tmp_path / "a")
    monkeypatch.setattr(resolving, "pack_hashes", lambda _: b"")
    usual, usual_state = resolved(data, tmp_path / "b")
    assert merged(quick) == merged(usual)
    assert quick_state == usual_state


def test_the_quick_way_is_really_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    way = take_run

    def counting(*arguments: object) -> object:
        result = way(*arguments)  # type: ignore[arg-type]  # handed through
        taken.append(result[0])
        return result

    monkeypatch.setattr("explorer.formats.chain_jsonl.reading.CHUNK_BYTES", 700)
    monkeypatch.setattr(resolving, "take_run", counting)
    resolved(variants()["intact"], tmp_path / "a")
    assert sum(taken) > 5


def test_no_records_have_no_hashes() -> None:
    assert pack_hashes([]) == b""
