import pytest

from explorer.lab.lesson_ledgers import lesson_ledger
from explorer.lab.operations import OperationError, edit_text
from explorer.lab.values import MAX_TEXT, MAX_VALUES, change_value, editable_values

HARVEST = lesson_ledger("harvest").files["harvest.jsonl"]
LINE = HARVEST.split(b"\n")[2]
AT = HARVEST.index(LINE)


def test_texts_and_numbers_of_records_are_found_with_their_place() -> None:
    record, weight = editable_values(LINE, AT)
    assert (record.name, record.text, record.is_number) == (
        "record",
        "Harvest 采摘",
        False,
    )
    assert (weight.name, weight.text, weight.is_number) == ("weight_kg", "1433", True)
    assert HARVEST[weight.start : weight.end] == b"1433"


def test_changing_in_place_is_the_edit() -> None:
    _, weight = editable_values(LINE, AT)
    changed = change_value(HARVEST, weight, "1933")
    assert changed == edit_text(HARVEST, 1, "1433", "1933")


def test_text_is_written_as_canonical_json() -> None:
    record, _ = editable_values(LINE, AT)
    assert b'"record":"a\\"b"' in change_value(HARVEST, record, 'a"b')


@pytest.mark.parametrize(
    "text", ["", "x", "1.5", "01", "-0", "9" * 16, "9" * (MAX_TEXT + 1)]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    _, weight = editable_values(LINE, AT)
    with pytest.raises(OperationError):
        change_value(HARVEST, weight, text)


def test_values_are_bounded_and_odd_text_is_kept() -> None:
    inside = b",".join(b'"a%d":1' % n for n in range(MAX_VALUES + 9))
    line = b'"payload":{%b},"time":"' % inside
    assert len(editable_values(line, 0)) == MAX_VALUES
    (odd,) = editable_values(b'"payload":{"a":"\\q"},"time":"', 0)
    assert odd.text == '"\\q"'
