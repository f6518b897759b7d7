"""Parts of a chain: what is not in the file, and what is there but cannot be read."""

from explorer.core.spans import ByteSpan
from explorer.formats.chain_jsonl.lines import LARGEST_INTEGER
from explorer.model.checks import Outcome
from tests.formats.chain_jsonl.chains import (
    canonical_line,
    chain,
    decoded,
    lines_of,
    plan,
    trust_in,
)
from tests.formats.chain_jsonl.conftest import Look
from tests.formats.chain_jsonl.driving import Driven

SQLITE_LARGEST = 2**63 - 1


def remarks(seen: Driven) -> dict[str, str]:
    """Return code → detail."""
    return {each.code: each.detail for each in seen.closing.not_checked}


def ending(blocks: list[bytes]) -> bytes:
    """Return the trailer that fits these blocks of the usual chain."""
    trailer = decoded(lines_of(chain())[-1])["trailer"]
    assert isinstance(trailer, dict)
    entries = sum(each.count(b'"entry":{') for each in blocks)
    return canonical_line(
        {"trailer": {**trailer, "blocks": len(blocks), "entries": entries}}
    )


def test_a_header_that_no_block_is_tied_to_attributes_nothing(look: Look) -> None:
    header, *blocks, _ = lines_of(chain())
    trust = trust_in(plan())
    assert look(chain(), trust).unattributed == set()
    for title in (b"Test chain", b"Another chain"):
        part = [header.replace(b"Test chain", title), *blocks[2:], ending(blocks[2:])]
        seen = look(b"".join(part), trust)
        assert seen.faults() == []
        assert seen.unattributed == {2, 3, 4}
        assert remarks(seen) == {"header-not-tied": "", "begins-later": "block 2"}
        assert seen.closing.is_partial


def test_a_header_is_tied_by_block_0_alone(look: Look) -> None:
    header, *blocks, trailer = lines_of(chain())
    broken = blocks[0].replace(b'"count":1', b'"count": 1')
    seen = look(b"".join([header, broken, *blocks[1:], trailer]), trust_in(plan()))
    assert seen.faults()[0] == ("chain.canonical-json", "not-canonical", 0)
    assert seen.unattributed == {1, 2, 3, 4}
    assert remarks(seen) == {"header-not-tied": "", "first-blocks-unreadable": "1"}
    assert not seen.closing.is_partial
    assert remarks(look(chain())) == {}
    assert remarks(look(header)) == {}


def test_blocks_missing_and_blocks_unreadable_are_told_apart(look: Look) -> None:
    blocks = lines_of(chain())[1:-1]
    broken = blocks[2].replace(b'"count":2', b'"count": 2')
    seen = look(b"".join([broken, *blocks[3:], ending(blocks[2:])]))
    assert remarks(seen) == {
        "header-not-in-export": "",
        "begins-later": "block 2",
        "first-blocks-unreadable": "1",
    }
    assert seen.closing.is_partial


def test_an_unreadable_header_is_not_called_missing(look: Look) -> None:
    header, *rest = lines_of(chain())
    starts = (
        header.replace(b'"id":"beta"', b'"id":"alpha"'),  # refused for what it says
        header.replace(b":", b": ", 1),
        header[:-1] + rest[0],
        b"\n" + header,
        b"\xff\n",
    )
    for start in starts:
        body = rest[1:] if start.count(b'"previous":') else rest
        seen = look(start + b"".join(body))
        assert "header-unreadable" in remarks(seen), start[:40]
        assert "header-not-in-export" not in remarks(seen)
        assert "begins-later" not in remarks(seen)
        assert not seen.closing.is_partial
        assert {
            (each.check, each.reason)
            for each in seen.results
            if each.outcome is Outcome.INCONCLUSIVE and each.check.endswith("signature")
        } == {
            ("chain.entry-signature", "header-unreadable"),
            ("chain.block-signature", "header-unreadable"),
        }


def test_an_empty_line_is_reported_where_it_stands(look: Look) -> None:
    lines = lines_of(chain())
    at = len(lines[0] + lines[1])
    seen = look(b"".join([*lines[:2], b"\n", *lines[2:]]))
    (damage,) = seen.damage
    assert (damage.reason, damage.span) == ("empty-line", ByteSpan(0, at, at))


def test_heights_stay_within_what_a_case_can_store(look: Look) -> None:
    line = lines_of(chain((0, 0)))[2]
    for height in (LARGEST_INTEGER + 1, 2**63 - 1, 2**63, 2**64, 10**400):
        seen = look(line.replace(b'"height":1', b'"height":%d' % height))
        assert seen.blocks == []
        assert [each.check for each in seen.damage] == ["chain.canonical-json"]
        assert {each.block for each in seen.damage} == {0}
    top = line.replace(b'"height":1', b'"height":%d' % LARGEST_INTEGER)
    seen = look(top + b'{"block":{"previous":1}}\n' * 3 + top)
    assert [each.height for each in seen.blocks] == [LARGEST_INTEGER]
    assert max(each.block for each in seen.damage) < SQLITE_LARGEST
