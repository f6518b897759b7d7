import hashlib

import pytest

from explorer.core.digests import HashAlgorithm
from explorer.encodings.epcis.event_ids import (
    ALGORITHMS,
    DeclaredHash,
    EventTexts,
    declared_hash,
    is_hash_id,
    written_id,
)
from tests.encodings.epcis.written import EVENT, tree, trees, xml_document, xml_event


@pytest.mark.parametrize("algorithm", ALGORITHMS.values())
def test_ids_are_read_as_they_are_written(algorithm: HashAlgorithm) -> None:
    value = bytes(range(algorithm.digest_size))
    text = written_id(algorithm, value, "CBV2.1")
    assert declared_hash(text) == DeclaredHash(algorithm, value, "CBV2.1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "urn:uuid:1",
        "ni:///sha-256;00",
        "ni:///md5;" + "0" * 32,
        "ni:///sha-256;" + "g" * 64,
        "ni:///sha-256;" + "0" * 64 + "?ver=x",
    ],
)
def test_other_ids_declare_no_hash(text: str) -> None:
    assert declared_hash(text) is None
    assert is_hash_id(text) is text.startswith("ni:")


def test_the_version_may_be_missing() -> None:
    found = declared_hash("ni:///sha-256;" + "0" * 64)
    assert found is not None
    assert found.version == ""


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def test_the_variant_that_fits_is_named() -> None:
    event = tree(
        {**EVENT, "example:flag": True, "quantityList": [{"quantity": "0.50"}]}
    )
    texts = EventTexts()
    canonical = texts.canonical(event)
    for match in [*texts.others(event)]:
        declared = DeclaredHash(HashAlgorithm.SHA256, sha256(match.text), "CBV2.0")
        found = texts.matching(event, canonical, declared, sha256)
        assert found is not None
        assert found.text == match.text
    declared = DeclaredHash(HashAlgorithm.SHA256, sha256(canonical), "CBV2.0")
    found = texts.matching(event, canonical, declared, sha256)
    assert found is not None
    assert found.variant == "canonical"
    nothing = DeclaredHash(HashAlgorithm.SHA256, bytes(32), "CBV2.0")
    assert texts.matching(event, canonical, nothing, sha256) is None


def test_one_event_in_json_and_xml_is_the_same_but_for_extensions() -> None:
    texts = EventTexts()
    plain = tree(EVENT)
    (other,) = trees(xml_document(xml_event({**EVENT, "example:note": "b"})))
    assert texts.canonical(plain) != texts.canonical(other)
    assert texts.is_same_otherwise_written(plain, other)
    assert not texts.is_same_otherwise_written(plain, tree({**EVENT, "action": "ADD"}))
    (third,) = trees(xml_document(xml_event({**EVENT, "action": "DELETE"})))
    assert not texts.is_same_otherwise_written(plain, third)
