"""Hashes of attached files: worked out, and found wherever a ledger holds them."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from explorer.core.absent import Absent
from explorer.core.digests import HashAlgorithm
from explorer.core.errors import ReadError
from explorer.lab.chain_writer import ChainPlan, ChainWriter, LabParty
from explorer.lab.demonstration_keys import demonstration_key
from explorer.model.claim_sheets import EntryPlace, Exhibit
from explorer.model.keys import SignatureScheme
from explorer.session.claims_exhibits import make_exhibit, search_exhibit
from tests.session.claim_cases import FABRIC, claim_case

MOMENT = datetime(2026, 9, 1, tzinfo=UTC)
CONTENT = b"lab report, fictional"


@pytest.fixture
def exhibit(tmp_path: Path) -> Exhibit:
    path = tmp_path / "report.pdf"
    path.write_bytes(CONTENT)
    return make_exhibit(path, MOMENT)


def chain_with(folder: Path, payload: object) -> Path:
    """Write a chain whose second block holds ``payload`` in its second entry."""
    key = demonstration_key(SignatureScheme.ED25519, "claims/lab")
    party = LabParty("Lab", "Laboratory", "lab", key)
    plan = ChainPlan("c", "c", HashAlgorithm.SHA256, MOMENT, (party,), ("Lab",), 1)
    path = folder / "chain.jsonl"
    data = json.dumps(payload, separators=(",", ":"), sort_keys=True).encode()
    with path.open("xb") as out:
        writer = ChainWriter(out, plan)
        for number in range(3):
            items = [
                writer.item("Lab", f"e{number}-{n}", value, MOMENT, "record")
                for n, value in enumerate((b'{"kg":1}', data if number == 1 else b"{}"))
            ]
            writer.add_block(items, "Lab", MOMENT)
        writer.close()
    return path


def test_three_digests_are_worked_out(exhibit: Exhibit) -> None:
    assert exhibit.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert exhibit.sha512 == hashlib.sha512(CONTENT).hexdigest()
    assert len(exhibit.sm3) == 64
    assert (exhibit.name, exhibit.size_bytes) == ("report.pdf", len(CONTENT))
    assert exhibit.captured_at == MOMENT


def test_sm3_has_the_published_value(tmp_path: Path) -> None:
    path = tmp_path / "abc"  # GB/T 32905-2016, annex A.1
    path.write_bytes(b"abc")
    assert make_exhibit(path, MOMENT).sm3 == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )


def test_a_missing_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.pdf"):
        make_exhibit(tmp_path / "gone.pdf", MOMENT)


SPELLINGS: dict[str, Callable[[Exhibit], str]] = {
    "hex": lambda e: e.sha256,
    "upper": lambda e: e.sha256.upper(),
    "prefixed": lambda e: f"0x{e.sha256}",
    "base64": lambda e: base64.b64encode(bytes.fromhex(e.sha256)).decode(),
    "url-safe": lambda e: base64.urlsafe_b64encode(bytes.fromhex(e.sha512)).decode(),
    "sm3": lambda e: f"sm3:{e.sm3}",
    "sha512": lambda e: e.sha512,
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_entry_that_holds_a_hash_is_named(
    tmp_path: Path, exhibit: Exhibit, spelling: str
) -> None:
    text = SPELLINGS[spelling](exhibit)
    with claim_case(chain_with(tmp_path, {"report": {"value": text}})) as case:
        found = search_exhibit(exhibit, case.reader.holdings(0), case.shower.files)
    assert not isinstance(found.found, Absent)
    assert {each.place for each in found.found} == {EntryPlace(1, 1)}
    assert found.found[0].recorded_us == int(MOMENT.timestamp() * 1_000_000)
    assert found.searched_entries == 6


def test_a_hash_in_a_block_that_cannot_be_read_is_not_passed_over(
    tmp_path: Path, exhibit: Exhibit
) -> None:
    path = chain_with(tmp_path, {"report": exhibit.sha256})
    path.write_bytes(path.read_bytes().replace(b'"report"', b'"report" '))
    with claim_case(path) as case:
        found = search_exhibit(exhibit, case.reader.holdings(0), case.shower.files)
    assert not isinstance(found.found, Absent)
    assert [(each.place, each.block) for each in found.found] == [
        (Absent.NOT_IN_FORMAT, -1)
    ]


def test_one_bit_off_is_not_found(tmp_path: Path, exhibit: Exhibit) -> None:
    near = f"{int(exhibit.sha256, 16) ^ 1:064x}"
    with claim_case(chain_with(tmp_path, {"report": near})) as case:
        found = search_exhibit(exhibit, case.reader.holdings(0), case.shower.files)
    assert found.found == ()


def test_a_value_in_a_key_of_a_block_store_is_found() -> None:
    data = b"10kg"  # its hash stands nowhere; the store's own value is looked for below
    with claim_case(FABRIC / "ledgersData") as case:
        holdings = case.reader.holdings(0)
        places = holdings.values_holding("留样复检农残超标".encode())
        assert [(each.block, each.entry) for each in places] == [(153, 0)]
        assert holdings.values_holding(data)
        assert holdings.entry_count() == 525


def test_the_hash_of_a_block_is_found_as_its_own(exhibit: Exhibit) -> None:
    with claim_case(FABRIC / "ledgersData") as case:
        known = case.report.ledgers[0].last_hash
        fake = Exhibit("x", 1, known, exhibit.sha512, exhibit.sm3, MOMENT)
        found = search_exhibit(fake, case.reader.holdings(0), case.shower.files)
    assert not isinstance(found.found, Absent)
    assert ("id", 193) in {(each.spelling, each.block) for each in found.found}
