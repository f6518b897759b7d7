"""Asset management: request, approve, purchase, tag, assign, inspect, dispose."""

from explorer.lab.cases import SM, Flaw, Step, System, Value


def _cost(n: int) -> int:
    return 400_000 + n * 10_000


_ASSET: dict[str, Value] = {
    "item": "{case}",
    "department": lambda n: f"department-{n % 4 + 1}",
}

ASSETS = System(
    name="assets",
    title="甲集团资产管理链 Assets of group A",
    scheme=SM,
    prefix="AM",
    parties=(
        ("store", "资产管理部甲 Asset office A", "store"),
        ("finance", "财务部乙 Finance office B", "finance"),
        ("department", "使用部门丙 Department C", "department"),
        ("manager", "审批人丁 Manager D", "manager"),
        ("auditor", "审计戊 Auditor E", "auditor"),
    ),
    steps=(
        Step("request", "department", "申请 request", {"outputs": ["{case}"]}),
        Step("approve", "manager", "审批 approval", {**_ASSET, "cost_fen": _cost}),
        Step(
            "purchase",
            "finance",
            "采购 purchase",
            {**_ASSET, "cost_fen": _cost, "invoice": "INV-{n}"},
        ),
        Step("tag", "store", "贴标 tag", {**_ASSET, "tag_no": "TAG-{n}"}),
        Step("assign", "store", "领用 assignment", {**_ASSET, "keeper": "keeper-{n}"}),
        Step(
            "inspect", "auditor", "盘点 inspection", {**_ASSET, "keeper": "keeper-{n}"}
        ),
        Step("dispose", "store", "处置 disposal", dict(_ASSET), hours=60),
    ),
    flaws=(
        Flaw(2, "tag", "cloned-serial", "tag-used-twice", {"tag_no": "TAG-1"}),
        Flaw(
            4,
            "purchase",
            "duplicate-evidence",
            "invoice-used-twice",
            {"invoice": "INV-3"},
        ),
        Flaw(
            6,
            "purchase",
            "cap-exceeded",
            "cost-above-approval",
            {"cost_fen": lambda n: _cost(n) + 90_000},
        ),
        Flaw(8, "inspect", "custody-gap", "keeper-differs", {"keeper": "keeper-7"}),
        Flaw(
            10,
            "assign",
            "after-decommission",
            "moved-after-disposal",
            again=True,
            hours=90,
        ),
        Flaw(
            12,
            "approve",
            "segregation-of-duty",
            "requester-approves",
            author="department",
        ),
        Flaw(
            14,
            "inspect",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="dispose",
        ),
        Flaw(16, "approve", "step-order", "step-out-of-order", hours=8),
        Flaw(18, "approve", "", "", {"cost_fen": 40_000_000}, finds=0),
        Flaw(
            18,
            "purchase",
            "cap-exceeded",
            "yearly-budget",
            {"cost_fen": 40_000_000},
        ),
    ),
)
