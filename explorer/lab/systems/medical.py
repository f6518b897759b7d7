"""Medical follow-up of chronic disease and insurance settlement."""

from explorer.lab.cases import P256, Flaw, JsonLike, Step, System, Value


def _bill(n: int) -> int:
    return 20_000 + n * 1_000


def _items(n: int) -> JsonLike:
    return [
        {"item": "药品 medicine", "amount_fen": _bill(n) - 5_000},
        {"item": "检查 examination", "amount_fen": 5_000},
    ]


_BILL: dict[str, Value] = {"bill_no": "EB-{n}", "amount_fen": _bill, "patient": "P{n}"}

MEDICAL = System(
    name="medical",
    title="甲市慢病随访与结算链 Follow-up and settlement of city A",
    scheme=P256,
    prefix="MD",
    parties=(
        ("fund", "医保基金甲 Insurance fund A", "fund"),
        ("hospital", "医院乙 Hospital B", "hospital"),
        ("doctor", "医生工作站丙 Doctors' station C", "hospital"),
        ("insurer", "保险公司丁 Insurer D", "insurer"),
    ),
    steps=(
        Step(
            "visit",
            "hospital",
            "慢病随访 follow-up",
            {"outputs": ["{case}"], "patient": "P{n}", "reading": "血压 128/82"},
        ),
        Step(
            "prescribe",
            "doctor",
            "开具处方 prescription",
            {"item": "{case}", "patient": "P{n}", "days": 28},
        ),
        Step(
            "bill",
            "hospital",
            "电子票据 electronic bill",
            {
                "inputs": ["{case}"],
                "outputs": ["EB-{n}"],
                "items_list": _items,
                **_BILL,
            },
        ),
        Step(
            "settle",
            "fund",
            "医保结算 settlement",
            {
                "item": "EB-{n}",
                "fund_fen": lambda n: _bill(n) * 7 // 10,
                "own_fen": lambda n: _bill(n) - _bill(n) * 7 // 10,
                "insurer": "fund",
                **_BILL,
            },
        ),
        Step(
            "reimburse",
            "insurer",
            "商保理赔 reimbursement",
            {"item": "EB-{n}", "insurer": "insurer", **_BILL},
        ),
    ),
    flaws=(
        Flaw(
            2,
            "bill",
            "conservation",
            "items-not-bill",
            {"items_list": [{"item": "药品 medicine", "amount_fen": 9_000}]},
        ),
        Flaw(4, "settle", "conservation", "shares-not-total", {"own_fen": 1}),
        Flaw(
            6,
            "reimburse",
            "double-financing",
            "bill-paid-twice",
            again=True,
        ),
        Flaw(
            8,
            "reimburse",
            "disposition-conflict",
            "amount-changed",
            {"amount_fen": lambda n: _bill(n) + 7_000},
        ),
        Flaw(10, "prescribe", "cap-exceeded", "too-much-medicine", {"days": 180}),
        Flaw(
            12,
            "visit",
            "missing-origin",
            "origin-not-in-files",
            drop=True,
            completed_by="prescribe",
        ),
        Flaw(
            14,
            "settle",
            "segregation-of-duty",
            "biller-settles",
            author="hospital",
        ),
        Flaw(16, "prescribe", "step-order", "step-out-of-order", hours=8),
        Flaw(
            18,
            "visit",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-01-01T00:00:00Z"},
        ),
    ),
)
