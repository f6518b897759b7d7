"""Cross-border trade finance: declaration, application, disbursement, repayment."""

import hashlib

from explorer.lab.cases import SM, Flaw, Step, System, Value


def _declared(n: int) -> int:
    return 8_000_000 + n * 100_000


def _financed(n: int) -> int:
    return _declared(n) * 8 // 10


def _number(n: int) -> str:
    return f"{310_120_260_000_000_000 + n:018d}"


def _documents(n: int) -> str:
    return hashlib.sha256(b"fictional documents %d" % n).hexdigest()


_CASE: dict[str, Value] = {"declaration_no": _number, "currency": "USD"}

TRADE = System(
    name="trade",
    title="甲口岸跨境融资链 Trade finance of port A",
    scheme=SM,
    prefix="TF",
    parties=(
        ("platform", "跨境平台甲 Platform A", "platform"),
        ("bank-a", "甲银行 Bank A", "bank"),
        ("bank-b", "乙银行 Bank B", "bank"),
        ("customs", "口岸核验方丙 Customs check C", "customs"),
        ("exporter", "出口企业丁 Exporter D", "exporter"),
    ),
    steps=(
        Step(
            "declare",
            "exporter",
            "报关 declaration",
            {"outputs": ["{case}"], "amount_cents": _declared, **_CASE},
        ),
        Step("check", "customs", "核验 check", {"item": "{case}", **_CASE}),
        Step(
            "apply",
            "exporter",
            "申请融资 application",
            {"item": "{case}", "doc_hash": _documents, **_CASE},
        ),
        Step("accept", "bank-a", "受理 acceptance", {"item": "{case}", **_CASE}),
        Step(
            "finance",
            "bank-a",
            "放款 disbursement",
            {
                "item": "{case}",
                "amount_cents": _financed,
                "bank": "bank-a",
                **_CASE,
            },
        ),
        Step(
            "repay",
            "exporter",
            "还款 repayment",
            {
                "item": "{case}",
                "amount_cents": _financed,
                "bank": "bank-a",
                **_CASE,
            },
            hours=40,
        ),
    ),
    flaws=(
        Flaw(
            3,
            "finance",
            "double-financing",
            "financed-above-declared",
            {"bank": "bank-b"},
            author="bank-b",
            again=True,
        ),
        Flaw(
            5,
            "apply",
            "duplicate-evidence",
            "document-used-twice",
            {"doc_hash": lambda _: _documents(1)},
        ),
        Flaw(
            7,
            "finance",
            "disposition-conflict",
            "other-currency",
            {"currency": "EUR"},
        ),
        Flaw(
            9,
            "accept",
            "segregation-of-duty",
            "applicant-accepts",
            author="exporter",
        ),
        Flaw(
            11,
            "check",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="finance",
        ),
        Flaw(13, "check", "step-order", "step-out-of-order", hours=8),
        Flaw(
            15,
            "apply",
            "missing-origin",
            "no-declaration",
            {"declaration_no": "310120260000999999"},
        ),
        Flaw(
            17,
            "repay",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-01-01T00:00:00Z"},
        ),
    ),
)
