"""A small ledger of receivables in which one claim is pledged to two financiers.

All parties, numbers and amounts are invented. Every record is signed by whoever it
binds; nothing in it is altered. What is wrong is what the records say: the same
receivable serves as security twice.
"""

from collections.abc import Sequence

from explorer.lab.story import Record

TITLE = "应收账款登记 receivables register (虚构演示数据)"

PARTIES = (
    ("supplier", "临川包装 Linchuan Packaging", "supplier"),
    ("buyer", "北岸食品 North Shore Foods", "debtor"),
    ("bank-a", "甲商银行 First Bank (fictional)", "financier"),
    ("bank-b", "乙商银行 Second Bank (fictional)", "financier"),
)

PLEDGED = "AR-7"
"""The receivable that serves twice."""


def receivable_blocks() -> Sequence[Sequence[Record]]:
    """Return the records of each block."""
    invoice: dict[str, str | int] = {
        "amount_yuan": 860_000,
        "record": f"Invoice 开票 {PLEDGED}",
    }
    return (
        (Record("supplier", "R1", "invoice", invoice),),
        (Record("buyer", "R2", "confirm", {"record": f"Confirmed 确权 {PLEDGED}"}),),
        (Record("supplier", "R3", "pledge", {"record": f"Pledge 质押 {PLEDGED} → A"}),),
        (
            Record(
                "bank-a",
                "R4",
                "loan",
                {"amount_yuan": 600_000, "record": "Loan 放款 A"},
            ),
        ),
        (Record("supplier", "R5", "pledge", {"record": f"Pledge 质押 {PLEDGED} → B"}),),
        (
            Record(
                "bank-b",
                "R6",
                "loan",
                {"amount_yuan": 700_000, "record": "Loan 放款 B"},
            ),
        ),
    )
