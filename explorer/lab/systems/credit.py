"""Credit-risk decisions for small firms, fed by shared records."""

import hashlib

from explorer.lab.cases import ED25519, Flaw, Step, System, Value


def _turnover(n: int) -> int:
    return 30_000_000 + n * 1_000_000


def _record(n: int) -> str:
    return hashlib.sha256(b"fictional tax record %d" % n).hexdigest()


def _limit(n: int) -> int:
    return (40 + n) * 1_000_000


_FIRM: dict[str, Value] = {"firm": "firm-{n}"}

CREDIT = System(
    name="credit",
    title="甲银行小微授信链 Small-firm credit of bank A",
    scheme=ED25519,
    prefix="CR",
    parties=(
        ("bank", "甲银行 Bank A", "bank"),
        ("model", "模型平台乙 Model platform B", "model"),
        ("tax", "税务数据方丙 Tax data provider C", "provider"),
        ("officer", "审批人丁 Credit officer D", "officer"),
    ),
    steps=(
        Step(
            "share",
            "tax",
            "共享纳税数据 shared tax record",
            {
                "outputs": ["TAX-{n}"],
                "source": "TAX-{n}",
                "record_hash": _record,
                "turnover_fen": _turnover,
                **_FIRM,
            },
        ),
        Step(
            "feature",
            "model",
            "计算特征 feature",
            {
                "inputs": ["TAX-{n}"],
                "outputs": ["FEATURE-{n}"],
                "source": "TAX-{n}",
                "turnover_fen": _turnover,
                **_FIRM,
            },
        ),
        Step(
            "score",
            "model",
            "评分 score",
            {
                "item": "FEATURE-{n}",
                "score": lambda n: 50 + n,
                "model": "m-2026-1",
                **_FIRM,
            },
        ),
        Step(
            "decide",
            "officer",
            "审批 decision",
            {
                "inputs": ["FEATURE-{n}"],
                "outputs": ["{case}"],
                "score": lambda n: 50 + n,
                "limit_fen": _limit,
                **_FIRM,
            },
        ),
        Step(
            "disburse",
            "bank",
            "放款 disbursement",
            {"item": "{case}", "limit_fen": _limit, **_FIRM},
        ),
    ),
    flaws=(
        Flaw(
            2,
            "feature",
            "missing-origin",
            "feature-without-record",
            {"source": "TAX-900"},
        ),
        Flaw(
            4,
            "feature",
            "disposition-conflict",
            "feature-differs",
            {"turnover_fen": lambda n: _turnover(n) * 3},
        ),
        Flaw(
            6,
            "share",
            "duplicate-evidence",
            "record-under-two-numbers",
            {"record_hash": lambda _: _record(1)},
        ),
        Flaw(
            8,
            "decide",
            "cap-exceeded",
            "limit-above-score",
            {"limit_fen": 90_000_000},
        ),
        Flaw(10, "decide", "conservation", "score-differs", {"score": 95}),
        Flaw(
            12,
            "disburse",
            "cap-exceeded",
            "disbursed-above-limit",
            {"limit_fen": lambda n: _limit(n) + 500_000},
        ),
        Flaw(14, "decide", "segregation-of-duty", "scorer-decides", author="model"),
        Flaw(
            16,
            "score",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="disburse",
        ),
        Flaw(
            18,
            "disburse",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-01-01T00:00:00Z"},
        ),
    ),
)
