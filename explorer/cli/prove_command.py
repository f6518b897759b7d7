"""``prove`` and ``check-proof``: one entry shown to be part of a block."""

import argparse
import json
import sys

import msgspec

from explorer.cli.reading import engine_for, options_from, verify_in_memory
from explorer.core.errors import ExplorerError
from explorer.session.outputs import refuse_evidence
from explorer.session.proving import check_proof, find_entry, prove, read_proof
from explorer.session.showing import BlockShower
from explorer.session.status import exit_status
from explorer.store.queries import CaseReader

_SENTENCES = {
    "proof-valid": "The entry is part of the block with this hash.",
    "nothing-proven": "The proof has no step, so it proves nothing.",
    "path-leads-elsewhere": "The path of the proof does not lead to the root.",
    "root-not-in-header": "The root does not stand in the block's header.",
    "hash-mismatch": "The hash of the header is not the block hash.",
}
_LIMIT = "Compare the block hash with one that you got on another way."


def run_prove(arguments: argparse.Namespace) -> int:
    """Verify, then write the proof of one entry; the status is the verification's."""
    refuse_evidence(arguments.output, [arguments.path])
    options = options_from(arguments)
    with engine_for(options.jobs) as engine:
        report, database = verify_in_memory(engine, (arguments.path,), options)
    if not report.ledgers:
        raise ExplorerError(f"nothing to prove: {report.problem}")
    reader = CaseReader(database)
    entry = find_entry(reader, arguments.entry)
    shower = BlockShower((arguments.path,), options.trust, options.format)
    try:
        proof = prove(reader, shower, entry.ledger, entry)
    finally:
        shower.close()
    text = msgspec.json.format(msgspec.json.encode(proof), indent=1) + b"\n"
    try:
        arguments.output.write_bytes(text)
    except OSError as error:
        raise ExplorerError(str(error)) from error
    return exit_status([report], [])


def run_check_proof(arguments: argparse.Namespace) -> int:
    """Check one proof; 0 if it holds, 1 if not."""
    answer = check_proof(read_proof(arguments.path))
    is_valid = answer.reason == "proof-valid"
    proof = answer.proof
    if arguments.json:
        document = {
            "outcome": "passed" if is_valid else "failed",
            "kind": "proof",
            "reason": answer.reason,
            "format": proof.format,
            "ledger": proof.ledger,
            "block": proof.block,
            "entry": proof.entry,
            "block_hash": proof.block_hash,
            "not_checked": [_LIMIT],
        }
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    else:
        place = f"block {proof.block}, entry {proof.entry}, hash {proof.block_hash}"
        sys.stdout.write(f"{_SENTENCES[answer.reason]}\n{place}\n{_LIMIT}\n")
    return 0 if is_valid else 1
