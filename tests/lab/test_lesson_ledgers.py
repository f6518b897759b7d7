import pytest

from explorer.lab.lesson_ledgers import (
    LEDGERS,
    keys_json,
    lesson_ledger,
    other_keys,
)
from explorer.session.lab_checking import verify_copy


@pytest.mark.parametrize("name", [each for each in LEDGERS if each != "fabric"])
def test_each_ledger_agrees_with_itself_and_is_fictional(name: str) -> None:
    ledger = lesson_ledger(name)
    report = verify_copy(ledger.files)
    assert report.verdict.value == "consistent"
    if ledger.main_file.endswith(".jsonl"):
        assert report.ledgers[0].is_fictional


def test_no_other_ledger_is_known() -> None:
    with pytest.raises(ValueError, match="no ledger 'nuts'"):
        lesson_ledger("nuts")


def test_keys_of_others_are_other_keys() -> None:
    ledger = lesson_ledger("signed")
    others = other_keys(ledger)
    assert others.keys() == ledger.keys.keys()
    assert all(
        others[each].public_key != ledger.keys[each].public_key for each in others
    )
    assert keys_json(ledger).count("虚构演示数据".encode()) == len(ledger.keys)
