"""Supply-chain receivables: from issue over split and pledge to redemption."""

from explorer.lab.cases import P256, Flaw, Step, System

_DUE = "2026-09-30"


def _face(n: int) -> int:
    return 10_000_000 + n * 500_000


def _piece(n: int) -> int:
    return _face(n) * 6 // 10


RECEIVABLES = System(
    name="receivables",
    title="甲链应收款平台 Receivables platform A",
    scheme=P256,
    prefix="AR",
    parties=(
        ("platform", "甲平台 Platform A", "platform"),
        ("bank-a", "甲银行 Bank A", "bank"),
        ("bank-b", "乙银行 Bank B", "bank"),
        ("buyer", "核心企业甲 Core buyer A", "debtor"),
        ("supplier", "一级供应商乙 Supplier B", "creditor"),
        ("sub-supplier", "二级供应商丙 Sub-supplier C", "creditor"),
    ),
    steps=(
        Step(
            "issue",
            "buyer",
            "签发 issue",
            {
                "outputs": ["{case}"],
                "amount_fen": _face,
                "to": "supplier",
                "due": _DUE,
                "invoice": "INV-2026-{n}",
                "contract": "HT-2026-{n}",
            },
        ),
        Step("accept", "buyer", "承兑 accept", {"item": "{case}"}),
        Step("confirm", "bank-b", "保兑 confirm", {"item": "{case}"}),
        Step(
            "transfer",
            "supplier",
            "转让 transfer",
            {
                "item": "{case}",
                "amount_fen": _face,
                "from": "supplier",
                "to": "sub-supplier",
                "due": _DUE,
            },
        ),
        Step(
            "split",
            "sub-supplier",
            "拆分 split",
            {
                "inputs": ["{case}"],
                "outputs": ["{case}/1", "{case}/2"],
                "from": "sub-supplier",
                "amount_fen": _face,
                "pieces": lambda n: [
                    {"id": "{case}/1", "amount_fen": _piece(n)},
                    {"id": "{case}/2", "amount_fen": _face(n) - _piece(n)},
                ],
            },
        ),
        Step(
            "pledge",
            "sub-supplier",
            "质押 pledge",
            {
                "item": "{case}/1",
                "from": "sub-supplier",
                "lender": "bank-a",
                "amount_fen": _piece,
            },
        ),
        Step("release", "bank-a", "解押 release", {"item": "{case}/1"}, hours=48),
        Step(
            "discount",
            "sub-supplier",
            "贴现 discount",
            {
                "item": "{case}/1",
                "from": "sub-supplier",
                "to": "bank-a",
                "amount_fen": _piece,
                "price_fen": lambda n: _piece(n) * 97 // 100,
                "due": _DUE,
            },
        ),
        Step(
            "redeem",
            "buyer",
            "兑付 redeem",
            {
                "item": "{case}/1",
                "to": "bank-a",
                "amount_fen": _piece,
                "due": _DUE,
            },
            hours=24,
        ),
    ),
    flaws=(
        Flaw(
            3,
            "issue",
            "double-financing",
            "invoice-used-twice",
            {"invoice": "INV-2026-1"},
        ),
        Flaw(
            5,
            "pledge",
            "double-financing",
            "pledged-twice",
            {"lender": "bank-b"},
            again=True,
        ),
        Flaw(
            7,
            "transfer",
            "custody-gap",
            "not-by-the-holder",
            {"from": "bank-b"},
            author="bank-b",
        ),
        Flaw(
            9,
            "split",
            "conservation",
            "pieces-not-face",
            {
                "pieces": lambda n: [
                    {"id": "{case}/1", "amount_fen": _piece(n)},
                    {"id": "{case}/2", "amount_fen": _face(n) - _piece(n) + 1},
                ]
            },
        ),
        Flaw(
            11,
            "discount",
            "cap-exceeded",
            "price-above-face",
            {"price_fen": lambda n: _piece(n) + 5_000},
        ),
        Flaw(13, "redeem", "time-order", "due-date-changed", {"due": "2026-12-31"}),
        Flaw(
            15,
            "confirm",
            "segregation-of-duty",
            "issuer-confirms",
            author="buyer",
        ),
        Flaw(
            17,
            "accept",
            "step-order",
            "state-does-not-follow",
            drop=True,
            completed_by="confirm",
        ),
        Flaw(
            19,
            "issue",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-02-01T00:00:00Z"},
        ),
    ),
)
