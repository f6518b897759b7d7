"""Food traceability: navel oranges from plot to buyer."""

import hashlib
from datetime import UTC, datetime

from explorer.lab.cases import SM, Flaw, Step, System


def _report(n: int) -> str:
    return hashlib.sha256(b"fictional report oranges %d" % n).hexdigest()


def _kg(n: int) -> int:
    return 1_200 + 40 * (n % 7)


def _packed(n: int) -> int:
    return _kg(n) - 60


ORANGES = System(
    name="oranges",
    title="乙果园脐橙溯源 Navel oranges of orchard B",
    scheme=SM,
    prefix="NO",
    start=datetime(2025, 11, 10, tzinfo=UTC),
    parties=(
        ("alliance", "品质联盟甲 Quality alliance A", "alliance"),
        ("packer", "乙包装厂 Packing house B", "packer"),
        ("grower", "种植合作社丙 Growers' co-operative C", "grower"),
        ("inspector", "丁检测室 Laboratory D", "inspector"),
        ("carrier", "戊冷链 Cold transport E", "carrier"),
        ("seller", "己电商 Online seller F", "seller"),
    ),
    steps=(
        Step(
            "harvest",
            "grower",
            "采收 harvest",
            {
                "outputs": ["{case}"],
                "plot": "plot-{n}",
                "mu": 2,
                "kg": _kg,
                "variety": "脐橙 navel orange",
                "origin": "乙县果园 orchards of county B",
                "operator": "grower",
            },
        ),
        Step(
            "inspect",
            "inspector",
            "检测 inspection",
            {"item": "{case}", "report_hash": _report, "operator": "inspector"},
        ),
        Step(
            "pack",
            "packer",
            "分选包装 packing",
            {
                "inputs": ["{case}"],
                "outputs": ["BOX-{case}"],
                "kg": _packed,
                "code": "BOX-{case}",
                "operator": "packer",
            },
        ),
        Step(
            "ship",
            "carrier",
            "发运 shipping",
            {
                "item": "BOX-{case}",
                "kg": _packed,
                "celsius": lambda n: 2 + n % 4,
                "operator": "carrier",
            },
        ),
        Step(
            "receive",
            "seller",
            "收货 receiving",
            {
                "item": "BOX-{case}",
                "kg": _packed,
                "celsius": lambda n: 3 + n % 4,
                "operator": "seller",
            },
            hours=30,
        ),
        Step(
            "sell",
            "seller",
            "销售 sale",
            {
                "item": "BOX-{case}",
                "seller": "己电商 Online seller F",
                "feature": "皮薄多汁 thin skin, much juice",
                "operator": "seller",
            },
        ),
        Step(
            "scan",
            "alliance",
            "扫码 scan by a buyer",
            {
                "item": "BOX-{case}",
                "code": "BOX-{case}",
                "city": "甲市 City A",
                "scans": 1,
                "operator": "alliance",
            },
            hours=20,
        ),
    ),
    flaws=(
        Flaw(
            2,
            "harvest",
            "volume-plausibility",
            "more-than-plot-yields",
            {"kg": 9_000},
        ),
        Flaw(
            4,
            "pack",
            "mass-balance",
            "more-packed-than-harvested",
            {"kg": lambda n: _kg(n) + 500},
        ),
        Flaw(4, "ship", "", "", {"kg": lambda n: _kg(n) + 500}, finds=0),
        Flaw(4, "receive", "", "", {"kg": lambda n: _kg(n) + 500}, finds=0),
        Flaw(
            6,
            "receive",
            "custody-gap",
            "received-not-shipped",
            {"kg": lambda n: _packed(n) - 200},
        ),
        Flaw(
            8,
            "inspect",
            "duplicate-evidence",
            "report-used-twice",
            {"report_hash": lambda _: _report(1)},
        ),
        Flaw(
            10,
            "pack",
            "cloned-serial",
            "code-used-twice",
            {"code": "BOX-NO003"},
        ),
        Flaw(12, "scan", "", "", {"city": "乙市 City B"}, again=True, finds=0),
        Flaw(
            12,
            "scan",
            "scan-pattern",
            "many-cities-in-a-day",
            {"city": "丙市 City C"},
            again=True,
            hours=2,
        ),
        Flaw(14, "ship", "sensor-limit", "too-warm", {"celsius": 15}),
        Flaw(
            16,
            "inspect",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="sell",
        ),
        Flaw(
            18,
            "receive",
            "role-violation",
            "one-key-many-organisations",
            {"operator": "seller"},
            author="carrier",
        ),
        Flaw(
            19,
            "harvest",
            "backdated-record",
            "recorded-much-later",
            {"date": "2025-01-01T00:00:00Z"},
        ),
    ),
)
