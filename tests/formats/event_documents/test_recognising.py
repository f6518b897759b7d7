from pathlib import Path

import pytest

from explorer.formats import event_documents
from explorer.formats.opening import open_evidence
from explorer.model.ledgers import Match
from tests.encodings.epcis.written import EVENT, document, xml_document


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (document(EVENT), Match.STRUCTURE),
        (xml_document(), Match.STRUCTURE),
        (b'{"epcisHeader": {"epcisMasterData": {}}', Match.STRUCTURE),
        (b'{"places": {}}', Match.NO),
        (b"", Match.NO),
        (b"\x00\x01", Match.NO),
    ],
)
def test_probing(tmp_path: Path, data: bytes, expected: Match) -> None:
    (tmp_path / "x").write_bytes(data)
    with open_evidence((tmp_path,)) as files:
        assert event_documents.probe(files) is expected


def test_copies_of_events_may_not_differ() -> None:
    assert not event_documents.may_differ("x", b"a", b"b")
