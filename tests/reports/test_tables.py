import hashlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.core.absent import Absent
from explorer.reports.tables import (
    Column,
    ColumnKind,
    Period,
    Row,
    Table,
    Totals,
    cell,
    counted,
    csv_cell,
    in_period,
    marked,
    sample,
    sample_positions,
    unmarked,
)

DANGER = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FORMULAS = (
    "=1+1",
    '=HYPERLINK("https://evil.example")',
    "=cmd|' /C calc'!A0",
    "+SUM(A1)",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "\u3000=1",
    '"=1',
    "a;=1",
    'a;"=1',
    "a; =1;@x",
    "'=1",
    "'",
)


@pytest.mark.parametrize("kind", list(ColumnKind))
@pytest.mark.parametrize("text", FORMULAS)
def test_no_column_lets_a_formula_through(text: str, kind: ColumnKind) -> None:
    shown = csv_cell(text, kind)
    assert shown.startswith('"')
    assert shown.endswith('"')
    for part in shown[1:-1].replace('""', '"').split(";"):
        assert part.lstrip(' "\u3000')[:1] not in DANGER
    assert cell(text, kind) == text


@pytest.mark.parametrize("sign", DANGER)
def test_each_sign_is_marked(sign: str) -> None:
    assert marked(f"{sign}x") == f"'{sign}x"
    assert csv_cell(f"{sign}x", ColumnKind.TEXT).startswith("\"'")


@given(st.text(alphabet="='+-@;\" \tax＝", max_size=12))
def test_the_mark_can_be_undone(text: str) -> None:
    assert unmarked(marked(text)) == text


@pytest.mark.parametrize(
    ("value", "kind", "field"),
    [
        ("", ColumnKind.TEXT, '""'),
        (Absent.NOT_IN_FORMAT, ColumnKind.TEXT, ""),
        (None, ColumnKind.INTEGER, ""),
        (0, ColumnKind.INTEGER, "0"),
        (-5, ColumnKind.INTEGER, "-5"),
        (2**53 - 1, ColumnKind.INTEGER, "9007199254740991"),
        (2**53 + 1, ColumnKind.INTEGER, "9007199254740993"),
        (10**77, ColumnKind.INTEGER, "1" + "0" * 77),
        (Decimal("-1.50"), ColumnKind.DECIMAL, "-1.50"),
        (Decimal("1E+400"), ColumnKind.DECIMAL, "1E+400"),
        (Decimal("-0"), ColumnKind.DECIMAL, "-0"),
        (Decimal("NaN"), ColumnKind.DECIMAL, '"NaN"'),
        (Decimal("-Infinity"), ColumnKind.DECIMAL, '"\'-Infinity"'),
        (True, ColumnKind.BOOLEAN, "true"),
        (True, ColumnKind.TIME, "true"),
        (b"\x00\xff", ColumnKind.BYTES, '"00ff"'),
        (b"", ColumnKind.BYTES, '""'),
        (0, ColumnKind.TIME, '"1970-01-01T00:00:00.000000Z"'),
        ('say "x", y', ColumnKind.TEXT, '"say ""x"", y"'),
        ("a\nb\u202e", ColumnKind.TEXT, '"a<U+000A>b<U+202E>"'),
        ("梨", ColumnKind.TEXT, '"梨"'),
        ("x" * 9_000, ColumnKind.TEXT, '"' + "x" * 9_000 + '"'),
    ],
)
def test_fields(value: object, kind: ColumnKind, field: str) -> None:
    assert isinstance(value, str | int | bytes | Decimal | None)
    assert csv_cell(value, kind) == field


def test_a_number_too_long_for_decimal_text_is_hex() -> None:
    assert csv_cell(-(1 << 20_000), ColumnKind.INTEGER).startswith("\"'-0x1000")


def test_absent_empty_and_zero_differ() -> None:
    kinds = ColumnKind.INTEGER
    shown = [csv_cell(value, kinds) for value in (Absent.UNREADABLE, "", 0)]
    assert shown == ["", '""', "0"]


def _rows(times: list[int | Absent]) -> Iterator[Row]:
    return ((number, time) for number, time in enumerate(times))


def test_period_is_half_open_and_counts_the_rest() -> None:
    totals = Totals()
    times: list[int | Absent] = [9, 10, 19, 20, Absent.NOT_IN_FORMAT, -1]
    kept = list(in_period(_rows(times), 1, Period(10, 20), totals))
    assert kept == [(1, 10), (2, 19)]
    assert (totals.population, totals.outside, totals.without_time) == (6, 3, 1)
    with pytest.raises(ValueError, match="period"):
        Period(20, 10)


def test_sample_is_repeatable_by_hand() -> None:
    rows: list[Row] = [(number,) for number in range(1000)]
    keys = [hashlib.sha256(f"spring:{n}".encode()).hexdigest() for n in range(1000)]
    wanted = sorted(sorted(range(1000), key=keys.__getitem__)[:25])
    assert sample(iter(rows), 25, "spring") == [(number,) for number in wanted]
    assert sample_positions(1000, 25, "spring") == wanted
    assert sample_positions(10, 3, "17") == [0, 1, 3]  # by sha256sum
    assert sample(rows, 25, "autumn") != sample(rows, 25, "spring")


def test_sample_edges() -> None:
    rows: list[Row] = [(0,), (1,)]
    assert sample(rows, 0, "s") == []
    assert sample(rows, 5, "s") == rows
    assert sample([], 5, "s") == []
    with pytest.raises(ValueError, match="negative"):
        sample(rows, -1, "s")


def test_sample_is_even() -> None:
    drawn = Counter(
        position
        for seed in range(400)
        for position in sample_positions(10, 3, str(seed))
    )
    assert sum(drawn.values()) == 1_200
    assert all(80 <= drawn[position] <= 160 for position in range(10))


def test_counted_sums_exactly_and_refuses_odd_rows() -> None:
    columns = (
        Column("amount", ColumnKind.INTEGER, summed=True),
        Column("rate", ColumnKind.DECIMAL, summed=True),
        Column("name"),
    )
    rows: list[Row] = [
        (2**53, Decimal("0.1"), "a"),
        (1, Decimal("0.2"), "b"),
        (Absent.NOT_IN_FORMAT, None, "c"),
    ]
    totals = Totals()
    assert list(counted(Table("t", columns, iter(rows)), totals)) == rows
    assert totals.sums == {"amount": 2**53 + 1, "rate": Decimal("0.3")}
    assert totals.written == 3
    short = Table("t", columns, iter([(1,)]))
    with pytest.raises(ValueError, match="1 values"):
        list(counted(short, Totals()))
