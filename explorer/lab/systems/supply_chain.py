"""Supply-chain management and logistics: order, make, seal, carry, accept."""

from explorer.lab.cases import P256, Flaw, Step, System


def _pieces(n: int) -> int:
    return 40 + n


SUPPLY_CHAIN = System(
    name="supply-chain",
    title="乙零部件供应链 Parts supply chain B",
    scheme=P256,
    prefix="SC",
    parties=(
        ("factory", "虚拟工厂甲 Virtual factory A", "platform"),
        ("customer", "客户乙 Customer B", "customer"),
        ("workshop-1", "零件车间一 Workshop 1", "workshop"),
        ("workshop-2", "零件车间二 Workshop 2", "workshop"),
        ("carrier", "物流丙 Carrier C", "carrier"),
    ),
    steps=(
        Step(
            "order",
            "customer",
            "下单 order",
            {"outputs": ["{case}"], "pieces": _pieces, "goods": "汽车零件 car parts"},
        ),
        Step(
            "produce",
            "workshop-1",
            "车间一生产 produced",
            {
                "item": "{case}",
                "pieces": lambda n: _pieces(n) // 2,
                "workshop": "workshop-1",
            },
        ),
        Step(
            "load",
            "carrier",
            "装车施封 load and seal",
            {"item": "{case}", "seal": "SEAL-{n}", "kg": lambda n: 900 + n},
        ),
        Step(
            "depart",
            "carrier",
            "发车 departure",
            {"item": "{case}", "waybill": "WB-{n}"},
        ),
        Step(
            "arrive",
            "factory",
            "到达 arrival",
            {
                "item": "{case}",
                "seal": "SEAL-{n}",
                "waybill": "WB-{n}",
                "kg": lambda n: 899 + n,
                "km": 600,
                "hours": 9,
            },
            hours=10,
        ),
        Step("accept", "customer", "验收 acceptance", {"item": "{case}"}),
    ),
    flaws=(
        Flaw(
            2,
            "produce",
            "mass-balance",
            "more-made-than-ordered",
            {"pieces": _pieces, "workshop": "workshop-2"},
            author="workshop-2",
            again=True,
        ),
        Flaw(4, "arrive", "custody-gap", "seal-changed", {"seal": "SEAL-X"}),
        Flaw(6, "arrive", "custody-gap", "weight-changed", {"kg": 700}),
        Flaw(8, "load", "cloned-serial", "seal-used-twice", {"seal": "SEAL-7"}),
        Flaw(8, "arrive", "", "", {"seal": "SEAL-7"}, finds=0),
        Flaw(
            10,
            "depart",
            "duplicate-evidence",
            "waybill-used-twice",
            {"waybill": "WB-9"},
        ),
        Flaw(12, "arrive", "impossible-travel", "too-fast", {"hours": 3}),
        Flaw(
            14,
            "accept",
            "segregation-of-duty",
            "maker-accepts",
            author="workshop-1",
        ),
        Flaw(
            16,
            "depart",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="accept",
        ),
        Flaw(18, "load", "step-order", "step-out-of-order", hours=8),
        Flaw(
            19,
            "order",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-01-01T00:00:00Z"},
        ),
    ),
)
