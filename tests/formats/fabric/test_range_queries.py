"""Range queries, their summaries, and the sorted index under them."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from explorer.core.spans import ByteSpan
from explorer.encodings.protobuf import encode_bytes
from explorer.formats.fabric.range_queries import (
    MerkleSummary,
    encode_read,
    still_holds,
)
from explorer.formats.fabric.rwsets import RangeQuery, Read, RwsetParser
from explorer.formats.fabric.state import (
    BlockUpdates,
    SortedKeys,
    Update,
    WorldState,
)
from tests.formats.fabric.network import Writes, range_query

PLACE = ByteSpan(0, 0, 1)
KEYS = st.lists(st.binary(min_size=1, max_size=3), unique=True, max_size=60)


def update(version: tuple[int, int], *, is_delete: bool = False) -> Update:
    return Update(version, is_delete, b"v", PLACE, None)


def state_of(*keys: bytes) -> WorldState:
    state, updates = WorldState(), BlockUpdates()
    updates.public["pear"] = {
        key: update((1, number)) for number, key in enumerate(keys)
    }
    state.commit(updates)
    return state


def parsed(query: bytes) -> RangeQuery:
    data = encode_bytes(2, Writes("pear", ranges=[query]).encode())
    return RwsetParser().parse(data, 0, len(data))[0].ranges[0]


def test_the_end_counts_only_if_the_reader_stopped_there() -> None:
    state = state_of(b"a", b"b", b"c")
    two = {"a": (1, 0), "b": (1, 1)}
    three = {**two, "c": (1, 2)}
    none = BlockUpdates()
    assert still_holds(parsed(range_query("a", "c", two)), "pear", state, none)
    stopped = parsed(range_query("a", "c", three, exhausted=False))
    assert still_holds(stopped, "pear", state, none)
    assert not still_holds(parsed(range_query("a", "c", three)), "pear", state, none)


def test_no_end_is_the_whole_namespace() -> None:
    state = state_of(b"a", b"z")
    everything = {"a": (1, 0), "z": (1, 1)}
    query = parsed(range_query("", "", everything))
    assert still_holds(query, "pear", state, BlockUpdates())


def test_updates_of_the_block_are_seen() -> None:
    state = state_of(b"a", b"c")
    seen = parsed(range_query("a", "d", {"a": (1, 0), "c": (1, 1)}))
    for change in (
        {b"b": update((2, 0))},
        {b"a": update((2, 0))},
        {b"c": update((2, 0), is_delete=True)},
    ):
        updates = BlockUpdates()
        updates.public["pear"] = change
        assert not still_holds(seen, "pear", state, updates)
    outside = BlockUpdates()
    outside.public["pear"] = {b"x": update((2, 0))}
    assert still_holds(seen, "pear", state, outside)


def summary_by_hand(reads: list[Read], degree: int) -> tuple[int, list[bytes]]:
    """A second way: groups of ``degree + 1``, level by level."""
    groups = [reads[at : at + degree + 1] for at in range(0, len(reads), degree + 1)]
    level = [
        hashlib.sha256(
            b"".join(encode_bytes(1, encode_read(e)) for e in group)
        ).digest()
        for group in groups
    ]
    number = 1
    while len(level) > degree:
        full = len(level) - len(level) % (degree + 1)
        above = [
            hashlib.sha256(b"".join(level[at : at + degree + 1])).digest()
            for at in range(0, full, degree + 1)
        ]
        rest = level[full:]
        if rest:
            above.append(
                rest[0] if len(rest) == 1 else hashlib.sha256(b"".join(rest)).digest()
            )
        level, number = above, number + 1
    return number, level


@given(st.integers(0, 130), st.integers(2, 5))
def test_summaries_agree_with_a_second_way(count: int, degree: int) -> None:
    reads: list[Read] = [(f"k{each:04d}".encode(), (1, each)) for each in range(count)]
    made = MerkleSummary(degree)
    for read in reads:
        made.add(read)
    made.finish()
    if count <= degree:
        assert made.hashes() == []
    else:
        assert (made.level, made.hashes()) == summary_by_hand(reads, degree)


def test_a_summary_is_compared() -> None:
    keys = [f"k{each:03d}".encode() for each in range(120)]
    state = state_of(*keys)
    made = MerkleSummary(3)
    for number, key in enumerate(keys):
        made.add((key, (1, number)))
    made.finish()
    query = RangeQuery(b"", b"", True, [], 3, made.level, tuple(made.hashes()))
    assert still_holds(query, "pear", state, BlockUpdates())
    for other in (
        RangeQuery(b"", b"", True, [], 4, made.level, tuple(made.hashes())),
        RangeQuery(b"", b"", True, [], 3, made.level + 1, tuple(made.hashes())),
        RangeQuery(b"", b"", True, [], 3, made.level, tuple(made.hashes()[:-1])),
        RangeQuery(b"", b"", True, [], -1, made.level, tuple(made.hashes())),
        RangeQuery(b"k001", b"", True, [], 3, made.level, tuple(made.hashes())),
    ):
        assert not still_holds(other, "pear", state, BlockUpdates())


@given(KEYS, KEYS, st.binary(max_size=3), st.binary(max_size=3), st.booleans())
def test_the_index_is_a_sorted_set(
    first: list[bytes],
    changes: list[bytes],
    start: bytes,
    end: bytes,
    with_end: bool,
) -> None:
    index, known = SortedKeys(list(first)), set(first)
    for key in changes:
        if key in known:
            index.discard(key)
            known.remove(key)
        else:
            index.add(key)
            known.add(key)
    wanted = [
        key
        for key in sorted(known)
        if key >= start and (not end or key < end or (with_end and key == end))
    ]
    assert list(index.between(start, end, with_end=with_end)) == wanted


def test_a_large_index_splits() -> None:
    index = SortedKeys([])
    for number in range(5_000):
        index.add(f"{number * 7919 % 5_000:05d}".encode())
    found = list(index.between(b"", b"", with_end=False))
    assert found == [f"{number:05d}".encode() for number in range(5_000)]
