"""What each kind of change leaves as it was, and what it makes anew."""

import io
import re

import pytest

from explorer.lab.pears import plan, write_pears
from explorer.lab.tampering import edit_block, rehash, remake


def pears() -> bytes:
    out = io.BytesIO()
    write_pears(out, plan())
    return out.getvalue()


def test_an_untouched_chain_is_made_anew_as_it_was() -> None:
    chain = plan()
    data = pears()
    assert rehash(data) == data
    assert remake(data, {each.id: each.key for each in chain.parties}) == data


def test_recomputing_leaves_signatures_and_the_start_alone() -> None:
    data = pears()
    edited = edit_block(data, 5, b'"quantity":1450', b'"quantity":1451')
    changed, before = rehash(edited).splitlines(), data.splitlines()
    assert changed[:6] == before[:6]
    pairs = list(zip(changed[6:], before[6:], strict=True))
    assert all(one != other for one, other in pairs)
    signatures = re.compile(rb'"signature":"([0-9a-f]+)"')
    for one, other in pairs:
        assert signatures.findall(one) == signatures.findall(other)


def test_other_keys_are_written_into_the_header() -> None:
    others = plan(owner="somebody else")
    changed = remake(pears(), {each.id: each.key for each in others.parties})
    header = changed.splitlines()[0]
    for mine, other in zip(plan().parties, others.parties, strict=True):
        assert mine.key.public_key.raw.hex().encode() not in header
        assert other.key.public_key.raw.hex().encode() in header


def test_an_edit_must_hit_exactly_one_place() -> None:
    with pytest.raises(ValueError, match="does not stand exactly once in block 1"):
        edit_block(pears(), 1, b'"entry"', b'"entri"')
    with pytest.raises(ValueError, match="there is no block 99"):
        edit_block(pears(), 99, b"a", b"b")
