from collections.abc import Callable

import pytest

from explorer.lab import operations
from explorer.lab.lesson_ledgers import lesson_ledger
from explorer.lab.operations import OperationError
from explorer.lab.story import Record
from explorer.model.checks import Outcome
from explorer.session.lab_checking import verify_copy

HARVEST = lesson_ledger("harvest").files["harvest.jsonl"]
SIGNED = lesson_ledger("signed")
SALE = Record("packer", "S07", "sale", {"record": "Sold"})


def failed(data: bytes) -> set[tuple[str, int | None]]:
    (ledger,) = verify_copy({"copy.jsonl": data}).ledgers
    return {
        (str(each.reason), each.block)
        for each in ledger.findings
        if each.outcome is Outcome.FAILED
    }


def edited() -> bytes:
    return operations.edit_text(HARVEST, 1, "1433", "1933")


def test_an_edit_breaks_the_root_of_its_block_and_nothing_else() -> None:
    assert failed(edited()) == {("root-mismatch", 1)}


def test_rehashing_the_block_moves_the_break_to_the_next_link() -> None:
    assert failed(operations.rehash_block(edited(), 1)) == {("parent-hash-mismatch", 2)}


def test_rehashing_the_last_block_leaves_the_trailer_wrong() -> None:
    data = operations.edit_text(HARVEST, 5, '"weight_kg":5', '"weight_kg":6')
    assert failed(operations.rehash_block(data, 5)) == {("trailer-last-differs", None)}


def test_rehashing_all_leaves_nothing_wrong() -> None:
    assert failed(operations.rehash_all(edited())) == set()


def test_signing_again_leaves_nothing_wrong() -> None:
    data = operations.edit_text(
        SIGNED.files["signed.jsonl"], 1, '"weight_kg":1433', '"weight_kg":1933'
    )
    assert ("signature-mismatch", 1) in failed(operations.rehash_all(data))
    assert failed(operations.sign_again(data, SIGNED.keys)) == set()


def test_a_cut_copy_holds() -> None:
    data = operations.cut_after(HARVEST, 2)
    assert failed(data) == set()
    assert data.count(b"\n") == 5


def test_an_added_block_holds_with_and_without_keys() -> None:
    assert failed(operations.add_block(HARVEST, SALE, {})) == set()
    data = operations.add_block(SIGNED.files["signed.jsonl"], SALE, SIGNED.keys)
    assert failed(data) == set()
    assert b'"id":"S07"' in data


def test_a_repeated_entry_is_found_by_root_count_and_id() -> None:
    reasons = {reason for reason, _ in failed(operations.repeat_entry(HARVEST, 1))}
    assert {"root-mismatch", "entry-count-differs", "entry-id-repeated"} <= reasons


def test_bytes_are_changed_only_where_the_old_ones_stand() -> None:
    assert operations.change_bytes(b"abc", 1, b"b", b"x") == b"axc"
    for old, new in ((b"z", b"x"), (b"b", b"xx")):
        with pytest.raises(OperationError):
            operations.change_bytes(b"abc", 1, old, new)


@pytest.mark.parametrize(
    "operation",
    [
        lambda data: operations.edit_text(data, 99, "a", "b"),
        lambda data: operations.edit_text(data, 1, "not there", "b"),
        lambda data: operations.rehash_block(data, 99),
        lambda data: operations.cut_after(data, 99),
        lambda data: operations.repeat_entry(data, 99),
        lambda data: operations.entries_of(data, 99),
        lambda _: operations.rehash_block(b'{"chain":1}\n{"block":{"height":0,', 0),
        lambda _: operations.rehash_all(b"{}\n"),
        lambda _: operations.add_block(b"{}\n", SALE, {}),
        lambda _: operations.cut_after(b'x\n{"block":{"height":0,}\n', 0),
    ],
)
def test_what_does_not_fit_is_refused(operation: Callable[[bytes], bytes]) -> None:
    with pytest.raises(OperationError):
        operation(HARVEST)


def test_a_block_without_entries_has_none_to_repeat() -> None:
    line = b'{"block":{"count":0,"entries_root":"","height":0,"previous":"",'
    line += b'"producer":"a","time":"2025-01-01T00:00:00Z"},"entries":[],"hash":""}'
    with pytest.raises(OperationError, match="no entry"):
        operations.repeat_entry(b"{}\n" + line + b"\n", 0)
