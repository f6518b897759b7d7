"""Questions to the brand: which records, exports, certificates and hashes to ask for.

A sheet never ends with an empty hand: what it could not show becomes a question that
the other side can answer with a file. Sentences stand in ``reports.claim_words``.
"""

from collections.abc import Collection, Mapping, Sequence

from explorer.core.absent import Absent
from explorer.model.claim_sheets import ClaimRow, Question, Standing, Topic

EXPORTS: Mapping[str, tuple[str, str]] = {
    "fabric": ("Hyperledger Fabric", "peer channel fetch newest last.block -c CHANNEL"),
    "fisco": ("FISCO BCOS", "getBlockByNumber, getBlockHeaderByNumber (JSON-RPC)"),
    "chainmaker": ("ChainMaker 长安链", "cmc query block-by-height HEIGHT"),
    "xuper": ("XuperChain 百度超级链", "xchain-cli block BLOCKID --name CHAIN"),
    "ethereum": ("Ethereum", "geth export chain.rlp"),
    "epcis": ("GS1 EPCIS", "GET /events?MATCH_anyEPC=ID"),
    "evidence": ("电子存证平台 evidence platform", ""),
}
"""Family → (platform, its own export command)."""


def questions_for(
    rows: Sequence[ClaimRow],
    silent: Collection[Topic],
    family: str,
    export_hint: str,
) -> tuple[Question, ...]:
    """Return what to ask, in the order of weight."""
    unsupported = [
        each.topic
        for each in rows
        if each.standing in {Standing.UNSUPPORTED, Standing.SILENT}
        and each.topic is not Topic.FREE
    ]
    has_ledger = bool(family)
    questions = [] if has_ledger else _without_ledger()
    if has_ledger:
        questions += [
            Question("outside-hash"),
            Question("other-copy", command=export_hint),
            Question("keys"),
        ]
    topics = dict.fromkeys((*unsupported, *silent))
    questions += [Question("which-record", topic) for topic in topics]
    if any(row.topic is Topic.FREE for row in rows):
        questions.append(Question("free-claims"))
    questions += [Question("documents"), Question("delay"), Question("one-box")]
    return tuple(questions)


def _without_ledger() -> list[Question]:
    questions = [Question("which-ledger"), Question("export")]
    questions += [
        Question("platform", Absent.NOT_IN_FORMAT, command, platform)
        for platform, command in EXPORTS.values()
    ]
    return [*questions, Question("keys"), Question("outside-hash")]
