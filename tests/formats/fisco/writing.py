"""Writes small FISCO BCOS chains for tests; every hash and signature is made here."""

import copy
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from explorer.core.digests import HashAlgorithm
from explorer.core.spans import ByteSpan
from explorer.core.tasks import NullContext
from explorer.crypto import secp256k1_sign, sm2_sign
from explorer.crypto.fisco_trees import binary_root, indexed_root
from explorer.crypto.hashes import digest
from explorer.crypto.trust import TrustStore
from explorer.encodings.abi import parse_type
from explorer.encodings.abi_encoding import encode_values
from explorer.formats.fisco.fields import Fields, fields_at
from explorer.formats.fisco.headers import header_forms
from explorer.formats.fisco.receipts import receipt_pieces
from explorer.formats.fisco.transactions import preimages
from explorer.model.checks import Outcome
from explorer.model.verdicts import EvidenceReport, Finding, LedgerReport
from explorer.session.engine import Engine
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

Json = dict[str, Any]  # JSON of the export; what it holds is the test's business

ABI: list[Json] = [
    {
        "type": "function",
        "name": "record",
        "inputs": [
            {"name": "item", "type": "string"},
            {"name": "payload", "type": "string"},
        ],
    },
    {
        "type": "event",
        "name": "Recorded",
        "inputs": [{"name": "item", "type": "string"}],
    },
]
TEXT = parse_type("string")
CONTRACT = "0x" + "c0" * 20


def fields_of(value: Json) -> Fields:
    text = json.dumps(value).encode()
    return fields_at(text, ByteSpan(0, 0, len(text)))


@cache
def sm_signature(scalar: int, message: bytes) -> bytes:
    return sm2_sign.sign(scalar, message)


@cache
def public_point(scalar: int, *, is_sm: bool) -> bytes:
    make = sm2_sign.public_key_of if is_sm else secp256k1_sign.public_key_of
    return make(scalar).raw[1:]


@dataclass
class Chain:
    """One chain; ``blocks`` and ``receipts`` are what an export would hold."""

    is_third: bool = True
    is_sm: bool = True
    sealers: tuple[int, ...] = (11, 12, 13, 14)
    blocks: list[Json] = field(default_factory=list)
    receipts: list[Json] = field(default_factory=list)

    @property
    def algorithm(self) -> HashAlgorithm:
        return HashAlgorithm.SM3 if self.is_sm else HashAlgorithm.KECCAK256

    def hashed(self, data: bytes) -> bytes:
        return digest(self.algorithm, data)

    def point(self, scalar: int) -> bytes:
        return public_point(scalar, is_sm=self.is_sm)

    def address(self, scalar: int) -> str:
        return "0x" + self.hashed(self.point(scalar))[-20:].hex()

    def nodes(self) -> list[str]:
        prefix = "0x" if self.is_third else ""
        return [prefix + self.point(each).hex() for each in self.sealers]

    def sign(self, scalar: int, message: bytes, *, with_key: bool) -> bytes:
        if self.is_sm:
            extra = self.point(scalar) if with_key else b""
            return sm_signature(scalar, message) + extra
        return secp256k1_sign.sign_digest(scalar, message)

    def genesis_text(self) -> str:
        nodes = "".join(
            f"node.{index}:{self.point(each).hex()},1\n"
            for index, each in enumerate(self.sealers)
        )
        return (
            f"[chain]\nsm_crypto:{int(self.is_sm)}\nchainID: chain0\n"
            f"groupID: group0\n[consensus]\nconsensus_type:pbft\n{nodes}"
        )

    def call(self, item: str, scalar: int = 99, payload: str = "") -> Json:
        selector = self.hashed(b"record(string,string)")[:4]
        data = selector + encode_values([TEXT, TEXT], [item, payload])
        return self.transaction(CONTRACT, data, scalar)

    def deploy(self, scalar: int = 99) -> Json:
        return self.transaction("", b"\x60\x80", scalar, json.dumps(ABI))

    def transaction(
        self, to: str, data: bytes, scalar: int = 99, abi: str = ""
    ) -> Json:
        if not self.is_third:
            return self._transaction2(to, data, scalar)
        value: Json = {
            "version": 0,
            "chainID": "chain0",
            "groupID": "group0",
            "blockLimit": 500,
            "nonce": "0ca755ca7f64cf17",
            "to": to,
            "input": "0x" + data.hex(),
            "abi": abi,
            "importTime": 1625097600000,
            "from": self.address(scalar),
            "signature": "",
        }
        signed = preimages(fields_of(value))[0].hashed_data()
        own_hash = self.hashed(signed)
        value["hash"] = "0x" + own_hash.hex()
        signature = self.sign(scalar, own_hash, with_key=True)
        value["signature"] = "0x" + signature.hex()
        return value

    def _transaction2(self, to: str, data: bytes, scalar: int) -> Json:
        value: Json = {
            "from": self.address(scalar),
            "gas": "0x419ce0",
            "gasPrice": "0xa",
            "input": "0x" + data.hex(),
            "nonce": "0x3eb675ec791c2d19",
            "to": to or "0x" + "0" * 40,
            "value": "0x0",
            "blockLimit": "0x1f5",
            "chainId": "0x1",
            "groupId": "0x1",
            "extraData": "0x",
            "signature": {"r": "0x1", "s": "0x1", "v": "0x0"},
        }
        unsigned = preimages(fields_of(value))[0].signed_data()
        signature = self.sign(scalar, self.hashed(unsigned), with_key=True)
        value["signature"] = {
            "r": "0x" + signature[:32].hex(),
            "s": "0x" + signature[32:64].hex(),
            "v": "0x" + signature[64:].hex(),
        }
        full = preimages(fields_of(value))[0].hashed_data()
        value["hash"] = "0x" + self.hashed(full).hex()
        return value

    def receipt(self, transaction: Json, number: int, index: int, log: str) -> Json:
        logs = []
        if log:
            logs = [
                {
                    "address": CONTRACT.removeprefix("0x" if self.is_third else ""),
                    "topics": ["0x" + self.hashed(b"Recorded(string)").hex()],
                    "data": "0x" + encode_values([TEXT], [log]).hex(),
                }
            ]
        deployed = CONTRACT if not transaction["to"].strip("0x") else ""
        common: Json = {
            "transactionHash": transaction["hash"],
            "from": transaction["from"],
            "to": transaction["to"],
            "input": transaction["input"],
            "output": "0x",
        }
        if not self.is_third:
            return {
                **common,
                "blockNumber": hex(number),
                "transactionIndex": hex(index),
                "root": "0x" + "22" * 32,
                "gasUsed": "0x802c",
                "contractAddress": deployed or "0x" + "0" * 40,
                "logsBloom": "0x" + "00" * 256,
                "status": "0x0",
                "logs": logs,
            }
        value: Json = {
            **common,
            "version": 0,
            "blockNumber": number,
            "contractAddress": deployed,
            "gasUsed": "24363",
            "status": 0,
            "logEntries": logs,
        }
        data = b"".join(each for _, each in receipt_pieces(fields_of(value)))
        value["hash"] = "0x" + self.hashed(data).hex()
        return value

    def add(self, *transactions: Json, logs: str = "") -> Json:
        """Add a block with these transactions and their receipts."""
        number = len(self.blocks)
        receipts = [
            self.receipt(each, number, index, logs)
            for index, each in enumerate(transactions)
        ]
        self.receipts += receipts
        if self.is_third:
            block = self._header3(number)
        else:
            block = self._header2(number)
            for index, each in enumerate(transactions):
                each["blockNumber"] = hex(number)
                each["transactionIndex"] = hex(index)
        block["transactions"] = list(transactions)
        self.set_roots(block, receipts)
        self.seal(block)
        self.blocks.append(block)
        return block

    def set_roots(self, block: Json, receipts: list[Json]) -> None:
        tree = binary_root if self.is_third else indexed_root
        hashes = [bytes.fromhex(each["hash"][2:]) for each in block["transactions"]]
        name = "txsRoot" if self.is_third else "transactionsRoot"
        block[name] = "0x" + tree(hashes, self.algorithm).hex()
        leaves = [self.receipt_hash(each) for each in receipts]
        block["receiptsRoot"] = "0x" + tree(leaves, self.algorithm).hex()

    def receipt_hash(self, receipt: Json) -> bytes:
        data = b"".join(each for _, each in receipt_pieces(fields_of(receipt)))
        return self.hashed(data)

    def seal(self, block: Json, signers: tuple[int, ...] = (0, 1, 2)) -> None:
        """Set the hash of a block and sign it."""
        form = header_forms(fields_of(block), is_third=self.is_third)[0]
        own_hash = self.hashed(form.data())
        block["hash"] = "0x" + own_hash.hex()
        name = "sealerIndex" if self.is_third else "index"
        block["signatureList"] = [
            {
                name: index if self.is_third else hex(index),
                "signature": "0x"
                + self.sign(
                    self.sealers[index], own_hash, with_key=not self.is_third
                ).hex(),
            }
            for index in signers
            if block["number"] not in {0, "0x0"}
        ]
        if not self.is_third:
            for each in block["transactions"]:
                each["blockHash"] = block["hash"]

    def _header3(self, number: int) -> Json:
        parents = [
            {"blockNumber": number - 1, "blockHash": self.blocks[-1]["hash"]}
            for _ in range(min(number, 1))
        ]
        zero = "0x" + "00" * 32
        return {
            "number": number,
            "version": 50724864,
            "parentInfo": parents,
            "stateRoot": zero if number == 0 else "0x" + "33" * 32,
            "gasUsed": "0" if number == 0 else "24363",
            "timestamp": 1625097600000 + number if number else 0,
            "sealer": number % 4 if number else 0,
            "sealerList": self.nodes() if number else [],
            "consensusWeights": [1] * len(self.sealers) if number else [],
            "extraData": "0x"
            + (self.genesis_text().encode().hex() if number == 0 else ""),
            "signatureList": [],
        }

    def _header2(self, number: int) -> Json:
        parent = self.blocks[-1]["hash"] if number else "0x" + "00" * 32
        mark = "-".join(each for each in self.nodes())
        return {
            "number": hex(number),
            "parentHash": parent,
            "stateRoot": "0x" + "33" * 32,
            "dbHash": "0x" + "44" * 32,
            "logsBloom": "0x" + "00" * 256,
            "gasLimit": "0x0",
            "gasUsed": "0x0",
            "timestamp": hex(1604912205584 + number),
            "extraData": ["0x" + mark.encode().hex()] if number == 0 else [],
            "sealer": hex(number % 4),
            "sealerList": self.nodes(),
            "signatureList": [],
        }


@cache
def _made(is_third: bool, is_sm: bool) -> Chain:
    chain = Chain(is_third, is_sm)
    chain.add()
    chain.add(chain.deploy())
    chain.add(
        chain.call("box-1", payload='{"inputs":["tree-1"],"outputs":["box-1"]}'),
        chain.call("box-2"),
        chain.call("box-3"),
        logs="box",
    )
    chain.add(chain.call("box-4"))
    return chain


def made(*, is_third: bool = True, is_sm: bool = True) -> Chain:
    """Return a chain of four blocks that a test may change as it likes."""
    return copy.deepcopy(_made(is_third, is_sm))


def write(folder: Path, *values: object, name: str = "chain.json") -> Path:
    """Write a JSON file: one value as it is, several as a list."""
    path = folder / name
    value = values[0] if len(values) == 1 else list(values)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


def verify(*paths: Path, trust: TrustStore | None = None) -> EvidenceReport:
    """Verify one evidence made of these paths."""
    options = VerifyOptions(trust or TrustStore(), jobs=1)
    return Engine(None).verify(paths, options, create_case(None), NullContext())


def ledger_of(report: EvidenceReport) -> LedgerReport:
    assert report.ledgers, report.problem
    return report.ledgers[0]


def failures(report: EvidenceReport) -> list[Finding]:
    return [
        each
        for ledger in report.ledgers
        for each in ledger.findings
        if each.outcome is Outcome.FAILED
    ]


def reasons(report: EvidenceReport) -> set[tuple[str, str, int | None]]:
    """Return (check, reason, block) of everything that did not pass."""
    return {
        (each.check, each.reason, each.block)
        for ledger in report.ledgers
        for each in ledger.findings
    }
