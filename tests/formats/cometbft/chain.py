"""Writes small CometBFT chains as a node's replies, with keys made from numbers."""

import base64
import copy
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from explorer.crypto.secp256k1 import hash160
from explorer.crypto.secp256k1_sign import public_key_of, sign_digest
from explorer.crypto.trees import tree_hash
from explorer.encodings.located_json import JsonNode, parse_located
from explorer.formats.cometbft.encoding import (
    block_parts,
    header_leaves,
    result_leaf,
    sign_bytes,
    validator_leaf,
    vote_leaf,
)
from explorer.formats.cometbft.harvest import tx_result_of
from explorer.formats.cometbft.parsing import (
    Places,
    body_of,
    commit_of,
    header_of,
    validator_of,
)

Json = dict[str, Any]
PLACES = Places(0, 0)
EMPTY = hashlib.sha256().hexdigest().upper()
CHAIN = "orchard-1"


def node_of(value: object) -> JsonNode:
    return parse_located(json.dumps(value).encode())


def text64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass
class Signer:
    """A validator with its key."""

    number: int
    power: int = 10

    def __post_init__(self) -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([self.number]) * 32)
        self.raw = self.key.public_key().public_bytes_raw()
        self.address = hashlib.sha256(self.raw).digest()[:20].hex().upper()

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)

    def json(self) -> Json:
        return {
            "address": self.address,
            "pub_key": {"type": "tendermint/PubKeyEd25519", "value": text64(self.raw)},
            "voting_power": str(self.power),
            "proposer_priority": "0",
        }


def set_hash(signers: Sequence[Signer]) -> str:
    members = [validator_of(node_of(each.json()), PLACES) for each in signers]
    ordered = sorted(members, key=lambda each: (-each.power, each.address))
    return tree_hash([validator_leaf(each) for each in ordered]).hex().upper()


def header_hash(header: Json) -> str:
    leaves = header_leaves(header_of(node_of(header), PLACES))
    return tree_hash(leaves).hex().upper()


def data_hash(txs: Sequence[bytes]) -> str:
    return tree_hash([hashlib.sha256(tx).digest() for tx in txs]).hex().upper()


def time_at(height: int, nanos: int = 0) -> str:
    return f"2024-05-01T00:{height:02d}:00.{nanos:09d}Z".replace(".000000000", "")


def sign(chain: str, commit: Json, signers: Sequence[Signer]) -> Json:
    """Return the commit with every vote signed again by its validator."""
    signed = copy.deepcopy(commit)
    by_address = {each.address: each for each in signers}
    parsed = commit_of(node_of(signed), PLACES)
    for vote, record in zip(signed["signatures"], parsed.votes, strict=True):
        signer = by_address.get(vote["validator_address"])
        if signer is not None and vote["block_id_flag"] != 1:
            message = sign_bytes(chain, parsed, record)
            vote["signature"] = text64(signer.sign(message))
    return signed


class CurveSigner(Signer):
    """A validator with a secp256k1 key."""

    def __post_init__(self) -> None:
        self.scalar = 1_000 + self.number
        point = public_key_of(self.scalar).raw
        self.raw = bytes((2 + (point[64] & 1),)) + point[1:33]
        self.address = hash160(self.raw).hex().upper()

    def json(self) -> Json:
        key = {"type": "tendermint/PubKeySecp256k1", "value": text64(self.raw)}
        return {**super().json(), "pub_key": key}

    def sign(self, message: bytes) -> bytes:
        return sign_digest(self.scalar, hashlib.sha256(message).digest())[:64]


@dataclass
class Made:
    """One height as the replies of a node."""

    block: Json
    commit: Json
    validators: Json
    results: Json

    def replies(self) -> list[Json]:
        return [
            envelope(self.block),
            envelope({"signed_header": self.signed_header(), "canonical": True}),
            envelope(self.validators),
            envelope(self.results),
        ]

    def signed_header(self) -> Json:
        return {"header": self.block["block"]["header"], "commit": self.commit}


def envelope(result: Json) -> Json:
    return {"jsonrpc": "2.0", "id": -1, "result": result}


@dataclass
class Chain:
    """A chain in the making."""

    signers: list[Signer] = field(
        default_factory=lambda: [Signer(each) for each in (1, 2, 3, 4)]
    )
    name: str = CHAIN
    made: list[Made] = field(default_factory=list)

    def grow(
        self,
        txs: Sequence[bytes] = (),
        results: Sequence[Json] = (),
        nil: Sequence[int] = (),
        absent: Sequence[int] = (),
        height: int = 0,
        following: Sequence[Signer] = (),
    ) -> Made:
        """Add a block; ``following`` are the validators behind it, if others."""
        last = self.made[-1] if self.made else None
        height = height or len(self.made) + 1
        empty = {"hash": "", "parts": {"total": 0, "hash": ""}}
        last_id = last.commit["block_id"] if last else empty
        last_commit = last.commit if last else _no_commit(empty)
        votes = commit_of(node_of(last_commit), PLACES).votes
        before = last.results["txs_results"] or [] if last else []
        header = {
            "version": {"block": "11", "app": "1"},
            "chain_id": self.name,
            "height": str(height),
            "time": time_at(height),
            "last_block_id": last_id,
            "last_commit_hash": tree_hash([*map(vote_leaf, votes)]).hex().upper(),
            "data_hash": data_hash(txs),
            "validators_hash": set_hash(self.signers),
            "next_validators_hash": set_hash(following or self.signers),
            "consensus_hash": EMPTY,
            "app_hash": f"{height:016X}",
            "last_results_hash": results_hash(before),
            "evidence_hash": EMPTY,
            "proposer_address": self.signers[0].address,
        }
        block = {
            "header": header,
            "data": {"txs": [text64(tx) for tx in txs]},
            "evidence": {"evidence": []},
            "last_commit": last_commit,
        }
        block_id = id_of(block)
        commit = _commit(self.signers, height, block_id, nil, absent)
        made = Made(
            json.loads(json.dumps({"block_id": block_id, "block": block})),
            json.loads(json.dumps(sign(self.name, commit, self.signers))),
            {
                "block_height": str(height),
                "validators": [each.json() for each in self.signers],
                "count": str(len(self.signers)),
                "total": str(len(self.signers)),
            },
            {"height": str(height), "txs_results": list(results) or None},
        )
        self.made.append(made)
        self.signers = list(following) or self.signers
        return made

    def replies(self) -> list[Json]:
        return [reply for each in self.made for reply in each.replies()]


def id_of(block: Json) -> Json:
    header = header_of(node_of(block["header"]), PLACES)
    body = body_of(node_of(block), PLACES)
    assert body is not None
    parts = block_parts(header, body)
    return {
        "hash": header_hash(block["header"]),
        "parts": {"total": len(parts), "hash": tree_hash(parts).hex().upper()},
    }


def results_hash(results: Sequence[Json]) -> str:
    found = [tx_result_of(node_of(each), PLACES) for each in results]
    return tree_hash([result_leaf(each) for each in found]).hex().upper()


def _no_commit(empty: Json) -> Json:
    return {"height": "0", "round": 0, "block_id": empty, "signatures": []}


def _commit(
    signers: Sequence[Signer],
    height: int,
    block_id: Json,
    nil: Sequence[int],
    absent: Sequence[int],
) -> Json:
    votes: list[Json] = []
    for index, each in enumerate(signers):
        flag = 3 if index in nil else 2
        vote = {
            "block_id_flag": flag,
            "validator_address": each.address,
            "timestamp": time_at(height, index + 1),
            "signature": "",
        }
        if index in absent:
            vote = {
                "block_id_flag": 1,
                "validator_address": "",
                "timestamp": "0001-01-01T00:00:00Z",
                "signature": None,
            }
        votes.append(vote)
    return {
        "height": str(height),
        "round": 0,
        "block_id": block_id,
        "signatures": votes,
    }


def result(code: int = 0, events: Sequence[Json] = ()) -> Json:
    return {
        "code": code,
        "data": None,
        "log": "",
        "gas_wanted": "100",
        "gas_used": "90",
        "events": list(events),
    }


def event(kind: str, **attributes: str) -> Json:
    pairs = [{"key": key, "value": value} for key, value in attributes.items()]
    return {"type": kind, "attributes": pairs}


def write(folder: Path, documents: Sequence[object]) -> Path:
    """Write each document to its own file."""
    folder.mkdir(exist_ok=True)
    for number, each in enumerate(documents):
        path = folder / f"{number:03d}.json"
        data = each if isinstance(each, bytes) else json.dumps(each).encode()
        path.write_bytes(data)
    return folder
