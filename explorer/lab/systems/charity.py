"""Charity donations: give, receive, allocate, ship, sign, publish."""

from explorer.lab.cases import P256, Flaw, Step, System


def _given(n: int) -> int:
    return 500_000 + n * 10_000


def _pieces(n: int) -> int:
    return 100 + n


CHARITY = System(
    name="charity",
    title="甲基金会捐赠链 Donations of foundation A",
    scheme=P256,
    prefix="DN",
    parties=(
        ("charity", "慈善组织甲 Charity A", "charity"),
        ("auditor", "审计方乙 Auditor B", "auditor"),
        ("donor", "捐赠人 Donor", "donor"),
        ("carrier", "物流丙 Carrier C", "carrier"),
        ("recipient", "受赠单位丁 Recipient D", "recipient"),
    ),
    steps=(
        Step(
            "donate",
            "donor",
            "捐赠 donation",
            {
                "outputs": ["{case}"],
                "amount_fen": _given,
                "campaign": "campaign-1",
                "purpose": "助学 schooling",
                "receipt": "RC-{n}",
                "closes": "2026-12-31",
            },
        ),
        Step("receive", "charity", "接收 receipt", {"item": "{case}"}),
        Step(
            "allocate",
            "charity",
            "分配 allocation",
            {
                "item": "{case}",
                "amount_fen": lambda n: _given(n) * 9 // 10,
                "fee_fen": lambda n: _given(n) // 20,
                "campaign": "campaign-1",
                "purpose": "助学 schooling",
                "recipient": "recipient-{n}",
            },
        ),
        Step("ship", "carrier", "发运 shipping", {"item": "{case}", "pieces": _pieces}),
        Step(
            "sign",
            "recipient",
            "签收 signed for",
            {"item": "{case}", "pieces": _pieces},
        ),
        Step("publish", "auditor", "公示 publication", {"item": "{case}"}),
    ),
    flaws=(
        Flaw(
            2,
            "donate",
            "duplicate-evidence",
            "receipt-used-twice",
            {"receipt": "RC-1"},
        ),
        Flaw(
            4,
            "allocate",
            "cap-exceeded",
            "fee-above-cap",
            {
                "amount_fen": lambda n: _given(n) * 8 // 10,
                "fee_fen": lambda n: _given(n) * 15 // 100,
            },
        ),
        Flaw(
            6,
            "allocate",
            "disposition-conflict",
            "purpose-changed",
            {"purpose": "办公费用 office costs"},
        ),
        Flaw(
            8,
            "sign",
            "custody-gap",
            "signed-not-shipped",
            {"pieces": lambda n: _pieces(n) - 30},
        ),
        Flaw(
            10,
            "donate",
            "time-order",
            "given-after-close",
            {"closes": "2026-03-01"},
        ),
        Flaw(
            12,
            "sign",
            "segregation-of-duty",
            "allocator-signs",
            author="charity",
        ),
        Flaw(
            14,
            "sign",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="publish",
        ),
        Flaw(16, "receive", "step-order", "step-out-of-order", hours=8),
        Flaw(
            18,
            "publish",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-01-01T00:00:00Z"},
        ),
        Flaw(
            20,
            "allocate",
            "conservation",
            "more-used-than-given",
            {"amount_fen": 5_000_000},
        ),
    ),
)
