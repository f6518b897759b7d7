import pytest

from explorer.lab import work_chain
from explorer.session.lab_checking import verify_copy

CHAIN = work_chain.work_chain()


def verdict(data: bytes) -> str:
    return verify_copy({"blk00000.dat": data}).verdict.value


def test_the_chain_is_worked_for() -> None:
    assert verdict(CHAIN) == "consistent"
    assert len(work_chain.blocks_of(CHAIN)) == work_chain.BLOCKS


def test_an_edit_fails_until_it_is_mined_again() -> None:
    edited = CHAIN.replace(b"harvest 1433 kg", b"harvest 1933 kg")
    assert verdict(edited) == "failed"
    mined = work_chain.remine(edited, 1)
    assert mined.tries > 0
    assert verdict(mined.data) == "consistent"


def test_a_repeated_tail_keeps_the_root_and_is_found() -> None:
    tail = work_chain.work_chain(has_spends=True)
    doubled = work_chain.repeat_tail(tail, work_chain.TAIL_BLOCK)
    assert [each[:80] for each in work_chain.blocks_of(doubled)] == [
        each[:80] for each in work_chain.blocks_of(tail)
    ]
    assert verdict(tail) == "consistent"
    assert verdict(doubled) == "failed"


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no block 99"):
        work_chain.remine(CHAIN, 99)
    with pytest.raises(ValueError, match="no block 99"):
        work_chain.repeat_tail(CHAIN, 99)
    with pytest.raises(ValueError, match="no block of"):
        work_chain.blocks_of(CHAIN[:-1])
    strange = CHAIN[:88] + b"\x02" + CHAIN[89:]  # block 0 counts two transactions
    with pytest.raises(ValueError, match="none of this lesson"):
        work_chain.remine(strange, 0)


def test_giving_up_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_chain, "MAX_TRIES", 1)
    with pytest.raises(ValueError, match="no nonce"):
        work_chain.remine(CHAIN, 0, 0x1D00FFFF)
