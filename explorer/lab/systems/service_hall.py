"""Service hall: digital licences, bills, notarisation, copyright."""

import hashlib

from explorer.lab.cases import P256, Flaw, Step, System, Value


def _file(n: int) -> str:
    return hashlib.sha256(b"fictional service-hall document %d" % n).hexdigest()


def _work(n: int) -> str:
    return hashlib.sha256(b"fictional service-hall work %d" % n).hexdigest()


_LICENCE: dict[str, Value] = {"licence_no": "SHL-{n}", "holder": "holder-{n}"}

SERVICE_HALL = System(
    name="service-hall",
    title="甲市区块链服务大厅 Service hall of city A",
    scheme=P256,
    prefix="SH",
    parties=(
        ("window", "综合窗口甲 Service window A", "window"),
        ("issuer", "发证机关乙 Issuing office B", "issuer"),
        ("identity", "身份核验丙 Identity check C", "identity"),
        ("applicant", "申请人 Applicant", "applicant"),
        ("user", "用证单位丁 Using office D", "user"),
    ),
    steps=(
        Step("apply", "applicant", "申请 application", {"outputs": ["{case}"]}),
        Step("check", "identity", "身份核验 identity check", {"item": "{case}"}),
        Step(
            "issue",
            "issuer",
            "签发电子证照 digital licence",
            {
                "item": "{case}",
                "file_hash": _file,
                "until": "2027-03-01",
                **_LICENCE,
            },
        ),
        Step(
            "use",
            "user",
            "用证 use",
            {"item": "{case}", "file_hash": _file, **_LICENCE},
        ),
        Step(
            "register",
            "issuer",
            "作品登记 registration of a work",
            {"item": "{case}", "work_hash": _work},
        ),
        Step(
            "revoke",
            "issuer",
            "注销 revocation",
            {"item": "{case}", **_LICENCE},
            hours=40,
        ),
    ),
    flaws=(
        Flaw(
            2,
            "register",
            "duplicate-evidence",
            "work-registered-before",
            {"work_hash": lambda _: _work(1)},
        ),
        Flaw(4, "issue", "", "", {"until": "2026-03-01"}, finds=0),
        Flaw(4, "use", "expired-certificate", "used-after-expiry"),
        Flaw(
            6,
            "use",
            "duplicate-evidence",
            "document-differs",
            {"file_hash": lambda _: _file(600)},
        ),
        Flaw(8, "use", "after-decommission", "used-after-revocation", hours=60),
        Flaw(10, "issue", "role-violation", "not-the-issuer", author="window"),
        Flaw(
            12,
            "check",
            "segregation-of-duty",
            "checker-issues",
            author="issuer",
            completed_by="issue",
        ),
        Flaw(
            14,
            "check",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="issue",
        ),
        Flaw(
            16,
            "apply",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-01-01T00:00:00Z"},
        ),
        Flaw(
            18,
            "issue",
            "identifier-error",
            "licence-number-used-twice",
            again=True,
        ),
    ),
)
