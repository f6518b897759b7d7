"""Properties of whole chains: what is written is read, what is changed is found."""

import bisect
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.errors import ReadError
from explorer.encodings.canonical_json import JsonValue
from explorer.lab.draws import Draws
from tests.formats.chain_jsonl.chains import chain, lines_of, plan, trust_in
from tests.formats.chain_jsonl.conftest import Look
from tests.formats.chain_jsonl.driving import drive

# Lone surrogates are no Unicode text: canonical JSON cannot write them.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(
    allow_nan=False, allow_infinity=False
)
VALUES: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=12,
)


def only_exact(value: JsonValue) -> bool:
    """Leave out floats that canonical JSON writes as integers beyond 2^53 - 1."""
    if isinstance(value, dict):
        return all(map(only_exact, value.values()))
    if isinstance(value, list):
        return all(map(only_exact, value))
    return not isinstance(value, float) or not 2**53 <= abs(value) < 1e21


@given(
    sizes=st.lists(st.integers(0, 3), max_size=8),
    payloads=st.lists(
        st.dictionaries(TEXTS, VALUES, max_size=4).filter(only_exact),
        min_size=1,
        max_size=4,
    ),
    every=st.integers(0, 3),
)
def test_what_is_written_is_read_and_agrees(
    sizes: list[int],
    payloads: list[dict[str, JsonValue]],
    every: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    header = plan(every=every)
    path = tmp_path_factory.mktemp("chain") / "chain.jsonl"
    path.write_bytes(chain(sizes, header, payloads))
    seen = drive(path, trust_in(header))
    assert seen.faults() == []
    assert [each.entry_count for each in seen.blocks] == sizes
    assert len(seen.contents) == sum(sizes)
    assert all(each.author_verified for each in seen.contents)
    assert seen.unattributed == (set() if every else set(range(len(sizes))))


def expected_blocks(line: int, lines: int) -> set[int]:
    if line == 0:
        return {-1, 0}  # the header itself, or the link that begins at it
    return {-1} if line == lines - 1 else {line - 1}


def flips(data: bytes, count: int, seed: int) -> list[tuple[int, bytes]]:
    draws = Draws(seed)
    found = []
    for _ in range(count):
        at, bit = draws.below(len(data)), draws.below(8)
        changed = bytearray(data)
        changed[at] ^= 1 << bit
        found.append((at, bytes(changed)))
    return found


def test_every_flipped_bit_is_found_at_its_block(look: Look) -> None:
    data = chain((1, 0, 2, 0, 1))
    lines = lines_of(data)
    starts = [0, *accumulate(map(len, lines))]
    for at, changed in flips(data, 300, 20_250_901):
        line = bisect.bisect_right(starts, at) - 1
        blocks = {block for _, _, block in look(changed).faults()}
        assert blocks & expected_blocks(line, len(lines)), (at, blocks)


def test_a_flipped_bit_is_found_under_sm3_and_sm2(look: Look) -> None:
    data = chain((1, 1), plan(sm=True))
    for at, changed in flips(data, 40, 7):
        assert look(changed).faults(), at


def test_a_file_that_shrinks_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "chain.jsonl"
    path.write_bytes(chain())
    path.unlink()
    with pytest.raises(ReadError):
        drive(path)
