"""Very many lines that cannot be read: counted, not listed."""

import tracemalloc
from pathlib import Path

import pytest

from explorer.formats.chain_jsonl import reading
from explorer.formats.opening import open_evidence
from explorer.model.checks import CheckResult, Outcome
from tests.formats.chain_jsonl.chains import chain, lines_of
from tests.formats.chain_jsonl.conftest import Look
from tests.formats.chain_jsonl.driving import Driven

PACKAGE = "explorer.formats.chain_jsonl"
LIMIT = 3


@pytest.fixture
def look(look: Look, monkeypatch: pytest.MonkeyPatch) -> Look:
    """Return what a file shows if few lines may be refused one by one."""
    for module in ("reading", "flaws"):
        monkeypatch.setattr(f"{PACKAGE}.{module}.MAX_FLAWED_LINES", LIMIT)
    return look


def summed(seen: Driven) -> CheckResult:
    (result,) = (each for each in seen.results if each.reason == "too-many-flaws")
    assert (result.check, result.outcome) == ("chain.line-framing", Outcome.FAILED)
    return result


@pytest.mark.parametrize("line", [b"", b"{}", b"x" * 80, b'{"block":' + b"1" * 80])
def test_lines_beyond_the_limit_are_counted(line: bytes, look: Look) -> None:
    lines = lines_of(chain())
    first = [line + b"\n"] * 5
    second = [line + b"\n"] * 4
    data = b"".join([*lines[:3], *first, *lines[3:5], *second, *lines[5:]])
    seen = look(data)
    assert len(seen.damage) == LIMIT
    result = summed(seen)
    assert result.detail == "6 lines"
    start, end = result.spans[0].start, result.spans[-1].end
    assert start == len(b"".join([*lines[:3], *first[:LIMIT]]))
    # lines that were not even tried are counted with their line feed
    assert len(data) - end - len(b"".join(lines[5:])) in {0, 1}
    assert [each.height for each in seen.blocks] == [0, 1, 2, 3, 4]
    assert {check for check, _, _ in seen.faults()} <= {
        "chain.line-framing",
        "chain.line-form",
    }


def test_at_the_limit_nothing_is_summed_up(look: Look) -> None:
    lines = lines_of(chain())
    seen = look(b"".join([*lines[:2], b"{}\n" * LIMIT, *lines[2:]]))
    assert len(seen.damage) == LIMIT
    assert not any(each.reason == "too-many-flaws" for each in seen.results)


def test_blocks_that_are_only_counted_keep_their_numbers(look: Look) -> None:
    lines = lines_of(chain((0,) * 9))
    broken = [b" " + each for each in lines[2:8]]
    seen = look(b"".join([*lines[:2], *broken, *lines[8:]]))
    assert [each.block for each in seen.damage] == [1, 2, 3]
    assert summed(seen).detail == "3 lines"
    assert [each.height for each in seen.blocks] == [0, 7, 8]
    assert "height-gap" not in {reason for _, reason, _ in seen.faults()}
    assert "trailer-blocks-differ" not in {reason for _, reason, _ in seen.faults()}
    assert ("chain.block-link", "parent-unreadable", 7) in {
        (each.check, each.reason, each.block) for each in seen.results
    }


@pytest.mark.parametrize("which", [0, 2, -1])
def test_lines_at_the_wrong_place_are_counted_as_well(which: int, look: Look) -> None:
    lines = lines_of(chain())
    seen = look(b"".join([*lines, *[lines[which]] * 10]))
    assert len(seen.damage) == LIMIT
    assert summed(seen).detail == "7 lines"
    repeated = look(b"".join([*lines[:-1], *[lines[2]] * 10, lines[-1]]))
    assert [each.reason for each in repeated.damage] == ["height-not-rising"] * LIMIT
    assert summed(repeated).detail == "7 lines"


@pytest.mark.parametrize("chunk", [5, 64, 2**18])
def test_chunks_do_not_change_the_count(
    chunk: int, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK_BYTES", chunk)
    lines = lines_of(chain())
    data = b"".join([*lines[:2], b"{}\n\n\r\n" * 20, *lines[2:]])
    seen = look(data)
    result = summed(seen)
    assert result.detail == "57 lines"
    at = len(lines[0] + lines[1])
    assert result.spans[0].start == at + len(b"{}\n\n\r\n")
    assert result.spans[-1].end == at + 20 * len(b"{}\n\n\r\n")
    assert len(seen.blocks) == 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [b"\n", b"{}\n", b'"previous":\n', b'{"block":1,"x":"' + b"x" * 30 + b'"}\n'],
)
def test_a_file_of_nothing_fills_no_memory(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "nothing.jsonl"
    path.write_bytes(lines_of(chain())[0] + line * (1_000_000 // len(line)))
    with open_evidence((path,)) as files:
        kept = sum(len(each.records) for each in reading.LineReader(files, 0).read())
        if len(line) < 20:
            assert kept < reading.MAX_FLAWED_LINES + 30
        tracemalloc.start()
        for _ in zip(reading.LineReader(files, 0).read(), range(1), strict=False):
            pass
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert peak < 50 * 2**20
