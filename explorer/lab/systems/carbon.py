"""Carbon accounts of person, enterprise and government."""

from explorer.lab.cases import ED25519, Flaw, Step, System, Value


def _metres(n: int) -> int:
    return 4_000 + 500 * n


def _grams(n: int) -> int:
    return _metres(n) // 1_000 * 50 + _metres(n) % 1_000 * 50 // 1_000


_UNIT: dict[str, Value] = {"unit": "U-{n}", "grams": _grams}

CARBON = System(
    name="carbon",
    title="甲市碳账户 Carbon accounts of city A",
    scheme=ED25519,
    prefix="CA",
    parties=(
        ("operator", "平台运营方甲 Operator A", "operator"),
        ("bureau", "主管部门乙 Bureau B", "bureau"),
        ("provider", "公交数据方丙 Bus data provider C", "provider"),
        ("verifier", "核证机构丁 Verifier D", "verifier"),
    ),
    steps=(
        Step(
            "capture",
            "provider",
            "采集行程 capture a trip",
            {"outputs": ["TRIP-{n}"], "raw_record": "TRIP-{n}", "metres": _metres},
        ),
        Step(
            "quantify",
            "operator",
            "量化 quantify",
            {
                "inputs": ["TRIP-{n}"],
                "outputs": ["U-{n}"],
                "metres": _metres,
                "factor": 50,
                "methodology": "M-1",
                **_UNIT,
            },
        ),
        Step("certify", "verifier", "核证 certify", {"item": "U-{n}", **_UNIT}),
        Step("issue", "bureau", "签发 issue", {"item": "U-{n}", **_UNIT}),
        Step(
            "credit",
            "bureau",
            "个人账户转入 credit the person",
            {
                "item": "U-{n}",
                "account": "person-{n}",
                "level": "person",
                **_UNIT,
            },
            hours=0,
        ),
        *(
            step
            for giver, taker in (
                ("person-{n}", "enterprise-1"),
                ("enterprise-1", "government"),
            )
            for step in (
                Step(
                    "debit",
                    "operator",
                    "转出 debit",
                    {"account": giver, "level": giver.split("-")[0], **_UNIT},
                ),
                Step(
                    "credit",
                    "operator",
                    "转入 credit",
                    {"account": taker, "level": taker.split("-")[0], **_UNIT},
                    hours=0,
                ),
            )
        ),
        Step(
            "debit",
            "bureau",
            "政府账户转出 debit the government",
            {"account": "government", "level": "government", **_UNIT},
        ),
        Step(
            "retire",
            "bureau",
            "注销 retire",
            {"item": "U-{n}", "level": "government", **_UNIT},
            hours=0,
        ),
    ),
    flaws=(
        Flaw(
            3,
            "capture",
            "duplicate-evidence",
            "raw-record-used-twice",
            {"raw_record": "TRIP-1"},
        ),
        Flaw(
            5,
            "quantify",
            "mass-balance",
            "reduction-not-as-factor",
            {"grams": lambda n: _grams(n) + 900},
        ),
        Flaw(
            7,
            "quantify",
            "duplicate-evidence",
            "factor-changed",
            {"factor": 60, "grams": lambda n: _metres(n) * 60 // 1_000},
        ),
        Flaw(
            9,
            "issue",
            "conservation",
            "levels-not-balanced",
            {"grams": lambda n: _grams(n) - 100},
            completed_by="credit",
        ),
        Flaw(
            11,
            "certify",
            "segregation-of-duty",
            "certifier-issues",
            author="bureau",
            completed_by="issue",
        ),
        Flaw(
            13,
            "certify",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="issue",
        ),
        Flaw(
            15,
            "quantify",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-01-01T00:00:00Z"},
        ),
    ),
)
