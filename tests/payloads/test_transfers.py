"""Tokens followed as one thing, amounts as account flows."""

from collections import Counter

from explorer.core.spans import ByteSpan
from explorer.model.content import EntryContent, Transfer
from explorer.model.statements import FactGrade, LinkGrade, Statements
from explorer.payloads.transfers import TransferLineage
from explorer.provenance.lineage import Lineage

SPAN = ByteSpan(0, 0, 1)
CONTRACT = "0x" + "ab" * 20
TOKEN = f"{CONTRACT} #7"
THING = f"token/{CONTRACT}/7"


def entry(
    block: int,
    *transfers: Transfer,
    accepted: bool = True,
    enforced: bool = True,
    verified: bool = True,
) -> EntryContent:
    return EntryContent(
        block,
        0,
        f"tx{block}",
        "token transfer",
        "0xsender",
        verified,
        accepted,
        block,
        transfers=transfers,
        enforced=enforced,
    )


def token(source: str, target: str) -> Transfer:
    return Transfer(TOKEN, 1, source, target, is_unique=True, span=SPAN)


def amount(source: str, target: str, asset: str = CONTRACT) -> Transfer:
    return Transfer(asset, 5, source, target, is_unique=False, span=SPAN)


def run(*entries: EntryContent) -> tuple[list[Statements], Counter[str]]:
    unread: Counter[str] = Counter()
    lineage = TransferLineage(unread)
    return [lineage.add(each) for each in entries], unread


def test_a_token_is_one_thing_from_mint_to_end() -> None:
    told, unread = run(
        entry(1, token("", "0xa")),
        entry(2, token("0xa", "0xb")),
        entry(3, token("0xb", "")),
    )
    assert not unread
    assert [each.thing for one in told for each in one.things] == [THING] * 3
    assert [each.label for each in told[0].things] == ["#7"]
    assert [each.value for one in told for each in one.things] == [b"0xa", b"0xb", b""]
    assert [each.is_deleted for one in told for each in one.things] == [
        *(False, False, True)
    ]
    flows = [each for one in told for each in one.flows]
    assert [(each.source, each.target) for each in flows] == [
        ((THING, 1, 0), (THING, 2, 0)),
        ((THING, 2, 0), (THING, 3, 0)),
    ]
    assert {each.link for each in flows} == {LinkGrade.ENFORCED}
    assert {each.fact for each in flows} == {FactGrade.SIGNED}


def test_without_receipts_a_transfer_is_only_named() -> None:
    told, _ = run(
        entry(1, token("", "0xa"), enforced=False),
        entry(2, token("0xa", "0xb"), enforced=False, verified=False),
    )
    (flow,) = told[1].flows
    assert (flow.link, flow.fact) == (LinkGrade.NAMED, FactGrade.STATED)


def test_a_refused_transfer_moves_nothing() -> None:
    told, _ = run(
        entry(1, token("", "0xa")),
        entry(2, token("0xa", "0xb"), accepted=False),
        entry(3, token("0xa", "0xc")),
    )
    assert told[1].flows[0].is_struck
    assert told[2].flows[0].source == (THING, 1, 0)


def test_another_holder_is_counted() -> None:
    _, unread = run(entry(1, token("", "0xa")), entry(2, token("0xb", "0xc")))
    assert unread == {"holder-mismatch": 1}


def test_several_transfers_of_one_entry_are_one_version() -> None:
    told, unread = run(
        entry(1, token("", "0xa")), entry(2, token("0xa", "0xb"), token("0xb", "0xc"))
    )
    assert not unread
    assert [each.value for each in told[1].things] == [b"0xc"]
    assert len(told[1].flows) == 1


def test_amounts_flow_between_accounts() -> None:
    told, _ = run(
        entry(1, amount("", "0xa")),
        entry(2, amount("0xa", "0xb"), amount("0xa", "0xb")),
        entry(3, amount("0xb", "0xb")),
    )
    mine, theirs = f"account/0xa/{CONTRACT}", f"account/0xb/{CONTRACT}"
    assert [each.thing for each in told[0].things] == [mine]
    assert {(each.source, each.target, each.relation) for each in told[1].flows} == {
        ((mine, 1, 0), (mine, 2, 0), "revision"),
        ((mine, 1, 0), (theirs, 2, 0), "derivation"),
    }
    assert [each.relation for each in told[2].flows] == ["revision"]


def test_a_sender_seen_first_is_its_own_source() -> None:
    told, _ = run(entry(1, amount("0xa", "0xb", "ether")))
    (flow,) = told[0].flows
    assert flow.source == ("account/0xa/ether", 1, 0)


def test_contracts_are_things() -> None:
    made = Transfer("contract 0xc0", 1, "", "0xc0", is_unique=True, span=SPAN)
    told, _ = run(entry(1, made))
    (thing,) = told[0].things
    assert (thing.thing, thing.kind, thing.label) == (
        "contract/0xc0",
        "contract",
        "0xc0",
    )


def test_the_lineage_reads_transfers_with_the_rest() -> None:
    lineage = Lineage()
    told = lineage.add(entry(1, token("", "0xa")))
    assert [each.thing for each in told.things] == [THING]
    assert [each.what for each in told.acts] == ["token transfer"]
    assert lineage.add(entry(2)) == Statements()
