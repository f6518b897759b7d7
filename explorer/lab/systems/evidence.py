"""Electronic evidence and notarisation: collect, record, stamp, certify, verify."""

import hashlib

from explorer.lab.cases import SM, Flaw, Step, System, Value


def _hash(n: int) -> str:
    return hashlib.sha256(b"fictional file %d" % n).hexdigest()


_FILE: dict[str, Value] = {"file_hash": _hash, "algorithm": "sha256", "item": "{case}"}

E_EVIDENCE = System(
    name="e-evidence",
    title="甲平台电子存证链 E-evidence chain A",
    scheme=SM,
    prefix="EV",
    parties=(
        ("platform", "甲存证平台 Evidence platform A", "platform"),
        ("notary", "乙公证处 Notary office B", "notary"),
        ("owner", "权利人甲 Owner A", "owner"),
        ("tsa", "丙时间戳服务 Time-stamp service C", "tsa"),
        ("court", "丁法院 Court D", "court"),
    ),
    steps=(
        Step(
            "collect",
            "owner",
            "取证 collect",
            {"outputs": ["{case}"], "tool": "录屏工具 screen recorder"},
        ),
        Step(
            "record",
            "platform",
            "固证上链 record",
            {
                **_FILE,
                "owner": "owner-{n}",
                "collected": "2026-03-02T02:00:00Z",
                "size": lambda n: 20_000 + n * 311,
            },
        ),
        Step(
            "timestamp",
            "tsa",
            "可信时间戳 time stamp",
            {**_FILE, "tsa_time": "2026-03-02T03:00:00Z"},
        ),
        Step("certify", "notary", "出具公证书 certificate", dict(_FILE)),
        Step("verify", "court", "法院核验 verify in court", dict(_FILE)),
    ),
    flaws=(
        Flaw(
            4,
            "record",
            "duplicate-evidence",
            "hash-recorded-before",
            {"file_hash": lambda _: _hash(2)},
        ),
        Flaw(4, "timestamp", "", "", {"file_hash": lambda _: _hash(2)}, finds=0),
        Flaw(4, "certify", "", "", {"file_hash": lambda _: _hash(2)}, finds=0),
        Flaw(4, "verify", "", "", {"file_hash": lambda _: _hash(2)}, finds=0),
        Flaw(
            6,
            "certify",
            "duplicate-evidence",
            "hash-differs",
            {"file_hash": lambda _: _hash(600)},
        ),
        Flaw(
            8,
            "record",
            "identifier-error",
            "hash-of-wrong-length",
            {"algorithm": "sha512"},
        ),
        Flaw(
            10,
            "record",
            "time-order",
            "collected-after-record",
            {"collected": "2026-09-01T00:00:00Z"},
        ),
        Flaw(
            12,
            "timestamp",
            "time-order",
            "stamp-after-record",
            {"tsa_time": "2026-09-01T00:00:00Z"},
        ),
        Flaw(
            14,
            "timestamp",
            "step-missing",
            "steps-left-out",
            drop=True,
            completed_by="certify",
        ),
        Flaw(
            16,
            "certify",
            "segregation-of-duty",
            "collector-certifies",
            author="owner",
        ),
        Flaw(
            18,
            "verify",
            "backdated-record",
            "recorded-much-later",
            {"date": "2026-02-01T00:00:00Z"},
        ),
        Flaw(19, "timestamp", "step-order", "step-out-of-order", hours=15),
        Flaw(
            19,
            "certify",
            "step-missing",
            "steps-left-out",
            finds=1,
        ),
    ),
)
