"""Choosing what to trust: ticks, files, printed hashes, copies, and taking back."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.core.errors import TrustError
from explorer.core.resources import samples_folder
from explorer.crypto.trust import AnchorKind, AnchorOrigin, TrustStore
from explorer.formats.opening import open_evidence
from explorer.gui.viewmodels.trust import (
    FoundAuthority,
    TrustModel,
    found_authorities,
    read_trust,
)
from explorer.session.options import VerifyOptions
from tests.gui.made_up import party

pytestmark = pytest.mark.gui

FABRIC = samples_folder() / "fabric-pear-trace"
PEARS = samples_folder() / "pears" / "pears.jsonl"


@pytest.fixture
def model(qtbot: QtBot) -> TrustModel:
    del qtbot
    return TrustModel(VerifyOptions(TrustStore()))


def _found(path: Path, name: str) -> list[FoundAuthority]:
    with open_evidence((path,)) as files:
        return found_authorities(files, name, 0, [])


def test_authorities_of_a_fabric_ledger_are_its_cas() -> None:
    found = _found(FABRIC / "ledgersData", "fabric")
    assert {each.kind for each in found} == {AnchorKind.CA}
    names = {each.organisation for each in found}
    assert names == {"OrchardMSP", "OrdererMSP", "PackerMSP", "RetailMSP"}
    given = read_trust(FABRIC / "trust_anchors").identities
    keys = {(each.organisation, each.key) for each in given}
    assert {(each.organisation, each.key) for each in found} == keys


def test_without_authorities_the_keys_of_the_parties_are_offered() -> None:
    with open_evidence((PEARS,)) as files:
        found = found_authorities(files, "", 0, [party(1), party(2)])
    assert all(each.kind is AnchorKind.KEY for each in found)
    assert all(len(each.fingerprint) == 64 for each in found)


def test_ticking_records_the_origin_and_changes_the_options(model: TrustModel) -> None:
    found = _found(FABRIC / "ledgersData", "fabric")[0]
    assert not model.is_changed()
    model.trust(found, AnchorOrigin.PUBLISHED, "their web site")
    anchor = model.options().trust.identities[0]
    assert (anchor.origin, anchor.vouched_by) == (
        AnchorOrigin.PUBLISHED,
        "their web site",
    )
    assert anchor.organisation == found.organisation
    assert model.is_trusted(found)
    assert model.is_changed()
    model.distrust(found)
    assert not model.is_changed()


def test_another_origin_replaces_the_first(model: TrustModel) -> None:
    found = _found(FABRIC / "ledgersData", "fabric")[0]
    model.trust(found, AnchorOrigin.UNSTATED)
    model.trust(found, AnchorOrigin.SAME_SENDER)
    assert len(model.lines()) == 1
    assert model.origin_of(found) is AnchorOrigin.SAME_SENDER


def test_files_are_added_once_with_the_chosen_origin(model: TrustModel) -> None:
    store = read_trust(FABRIC / "trust_anchors")
    assert model.add_store(store, AnchorOrigin.FROM_PARTY) == len(store.identities)
    assert model.add_store(store, AnchorOrigin.FROM_PARTY) == 0
    options = model.options()
    assert {each.origin for each in options.trust.identities} == {
        AnchorOrigin.FROM_PARTY
    }
    assert options.trust.sources == store.sources


def test_a_printed_hash_may_be_written_with_spaces_and_colons(
    model: TrustModel,
) -> None:
    text = " ".join(["AB:cd"] * 16)
    model.add_printed_hash("69", text, AnchorOrigin.PUBLISHED, "pears")
    anchor = model.options().trust.history[0]
    assert (anchor.height, anchor.block_hash.hex()) == (69, "abcd" * 16)
    assert (anchor.origin, anchor.ledger) == (AnchorOrigin.PUBLISHED, "pears")
    assert model.lines()[0].is_history


@pytest.mark.parametrize(
    ("height", "digits"),
    [
        ("", "ab" * 32),
        ("-1", "ab" * 32),
        ("1", "xyz"),
        ("1", "abcd"),
        ("one", "ab" * 32),
    ],
)
def test_a_hash_written_otherwise_is_refused(
    model: TrustModel, height: str, digits: str
) -> None:
    with pytest.raises(TrustError):
        model.add_printed_hash(height, digits, AnchorOrigin.PUBLISHED, "")
    assert not model.is_changed()


def test_everything_chosen_can_be_removed(model: TrustModel) -> None:
    model.add_copy(Path("/copies/other.jsonl"))
    model.add_copy(Path("/copies/other.jsonl"))
    model.add_printed_hash("1", "ab" * 32, AnchorOrigin.PUBLISHED, "")
    model.add_store(read_trust(FABRIC / "trust_anchors"), AnchorOrigin.PUBLISHED)
    lines = model.lines()
    assert [each.title for each in lines if each.source == "/copies/other.jsonl"] == [
        "other.jsonl"
    ]
    for line in lines:
        model.remove(line.key)
    assert model.lines() == []
    assert model.options().trust.identities == ()


def test_what_was_given_before_is_kept(qtbot: QtBot) -> None:
    del qtbot
    store = read_trust(FABRIC / "trust_anchors")
    model = TrustModel(VerifyOptions(store, copies=(Path("/c"),)))
    assert len(model.lines()) == len(store.identities) + 1
    assert not model.is_changed()
    model.add_printed_hash("1", "ab" * 32, AnchorOrigin.PUBLISHED, "")
    options = model.options()
    assert options.trust.identities == store.identities
    assert len(options.trust.history) == 1
    assert options.checkpoints == ()
