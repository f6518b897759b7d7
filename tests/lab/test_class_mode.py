from itertools import pairwise

import pytest

from explorer.core.errors import ExplorerError
from explorer.lab.class_mode import FAULTS, MAX_SHEET_BYTES, Answer, deal, score
from explorer.model.checks import Outcome
from explorer.session.lab_checking import verify_copy

_REASONS = {
    "edited": "root-mismatch",
    "signature": "signature-mismatch",
    "repeated": "entry-count-differs",
}


def test_the_same_seed_deals_the_same() -> None:
    assert deal(5, 7) == deal(5, 7)
    assert deal(5, 7) != deal(5, 8)


def test_every_seat_has_the_fault_that_its_answer_names() -> None:
    seats = deal(24, 3)
    assert {each.answer.fault for each in seats} == set(FAULTS)
    for seat in seats:
        (ledger,) = verify_copy({"seat.jsonl": seat.data}).ledgers
        failed = [each for each in ledger.findings if each.outcome is Outcome.FAILED]
        first = min(each.block for each in failed if each.block is not None)
        reasons = {str(each.reason) for each in failed if each.block == first}
        assert first == seat.answer.block
        assert _REASONS[seat.answer.fault] in reasons
        if seat.answer.fault == "signature":
            assert "root-mismatch" not in reasons


@pytest.mark.parametrize("seats", [0, 501])
def test_a_class_has_a_size(seats: int) -> None:
    with pytest.raises(ExplorerError):
        deal(seats, 0)


def test_a_point_for_the_fault_and_one_for_the_block() -> None:
    answers = {1: Answer("edited", 2), 2: Answer("repeated", 3), 3: Answer("edited", 1)}
    sheet = b"seat,fault,block\n1,Edited,2\n2,edited,3\n3,,\n"
    assert [each.points for each in score(answers, sheet)] == [2, 1, 0]


@pytest.mark.parametrize(
    "sheet",
    [
        b"1,edited\n",
        b"x,edited,2\n",
        b"9,edited,2\n",
        b"1,edited,2\n1,repeated,3\n",
        b"000000001" + b"0" * 5_000 + b",edited,2\n",
        b"1" * 2**21,
    ],
)
def test_a_sheet_that_is_none_is_refused(sheet: bytes) -> None:
    assert len(sheet) < 6_000 or len(sheet) > MAX_SHEET_BYTES
    with pytest.raises(ExplorerError):
        score({1: Answer("edited", 2)}, sheet)


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_neighbours_never_have_the_same_file(seed: int) -> None:
    seats = deal(24, seed)
    assert all(a.data != b.data for a, b in pairwise(seats))


def test_a_sheet_with_semicolons_is_scored() -> None:
    sheet = b"seat;fault;block\r\n1;edited;2\r\n"
    (found,) = score({1: Answer("edited", 2)}, sheet)
    assert found.points == 2
