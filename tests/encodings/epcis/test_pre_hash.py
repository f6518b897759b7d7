import hashlib
import json
from pathlib import Path

import pytest

from explorer.encodings.epcis.pre_hash import (
    CANONICAL,
    VARIANTS,
    PreHasher,
    ambiguous_values,
)
from tests.encodings.epcis.written import (
    CONTEXT,
    EVENT,
    tree,
    trees,
    xml_document,
    xml_event,
)

NS = "{https://example.org/pears/}"
START = "eventType=ObjectEventeventTime=2026-08-31T22:00:00.000Z"


def text(**more: object) -> str:
    value = {k: v for k, v in {**EVENT, **more}.items() if v is not ...}
    return PreHasher().text(tree(value))


def tail(**more: object) -> str:
    """Return what follows the fields of a short event."""
    short = {"type": "ObjectEvent", **more}
    return PreHasher().text(tree(short)).removeprefix("eventType=ObjectEvent")


def test_the_whole_text() -> None:
    assert text() == (
        f"{START}eventTimeZoneOffset=+08:00"
        "epcListepc=https://id.gs1.org/01/09520000000011/21/7"
        "quantityListquantityElement"
        "epcClass=https://id.gs1.org/01/09520000000011/10/L1quantity=12.5uom=KGM"
        "action=ADDbizStep=https://ref.gs1.org/cbv/BizStep-commissioning"
        "disposition=https://ref.gs1.org/cbv/Disp-active"
        "readPointid=https://id.gs1.org/414/9520000000011"
        "bizTransactionListtype=https://ref.gs1.org/cbv/BTT-pobizTransaction=urn:po:1"
        f"ilmd{NS}variety=砀山酥梨{NS}note=a"
    )


def test_json_and_xml_have_one_text() -> None:
    (found,) = trees(xml_document(xml_event(EVENT)))
    assert PreHasher().text(found) == text()


def test_what_takes_no_part_is_left_out() -> None:
    assert text(eventID="x", recordTime="2026-01-01T00:00:00Z", comment="c") == text()
    error = {"declarationTime": "2026-01-01T00:00:00Z"}
    assert text(errorDeclaration=error) == text()
    assert tail(epcList=[], action="") == ""


def test_repeated_children_are_sorted_and_lists_keep_their_name() -> None:
    assert tail(epcList=["b", "a"]) == "epcListepc=aepc=b"
    assert tail(**{"example:a": ["2", "1"]}) == f"{NS}a=1{NS}a=2"


@pytest.mark.parametrize(
    ("value", "canonical"),
    [
        ("26.0", "26"),
        ("0.10", "0.1"),
        ("00123", "123"),
        ("1e3", "1000"),
        ("+5", "5"),
        ("12345678901234567890", "12345678901234567168"),
        ("1e400", "1e400"),
        ("Infinity", "Infinity"),
        ("1_000", "1_000"),
        (" x ", "x"),
        ("cbv:BizStep-x", "https://ref.gs1.org/cbv/BizStep-x"),
        ("example:y", "https://example.org/pears/y"),
        ("urn:epcglobal:cbv:er:x", "https://ref.gs1.org/cbv/ER-x"),
        ("urn:epc:id:giai:4012345.A!b", "https://id.gs1.org/8004/4012345A%21b"),
        ("https://a.b/gtin/4012345111118?17=1", "https://id.gs1.org/01/04012345111118"),
        (True, "true"),
        (7, "7"),
    ],
)
def test_values_have_one_form(value: object, canonical: str) -> None:
    assert tail(**{"example:a": value}) == f"{NS}a={canonical}"


def test_null_says_nothing_and_an_empty_value_only_its_name() -> None:
    assert tail(**{"example:a": None}) == ""
    assert tail(**{"example:a": ""}) == f"{NS}a"


def test_extensions_inside_stay_or_move_as_the_reference_has_it() -> None:
    here = {"id": "p", "example:a": "1"}
    assert tail(readPoint=here) == f"readPointid=p{NS}a=1"
    assert tail(readPoint={"example:a": "1"}) == f"readPoint{NS}a=1"
    only = PreHasher().text(
        trees(
            xml_document(
                '<ObjectEvent xmlns:h="http://h"><readPoint><id>p</id><h:a>1</h:a>'
                "</readPoint></ObjectEvent>"
            )
        )[0]
    )
    assert only == "eventType=ObjectEventreadPointid=preadPoint{http://h}a=1"
    report = {"type": "Temperature", "unknown": "x", "value": "26.0"}
    assert tail(sensorElementList=[{"sensorReport": [report]}]) == (
        "sensorElementListsensorElementsensorReport"
        "type=https://gs1.org/voc/Temperaturevalue=26"
        "sensorElementListsensorElementsensorReportunknown=x"
    )


def test_a_transaction_needs_no_type() -> None:
    assert tail(
        bizTransactionList=[{"bizTransaction": "b"}, {"bizTransaction": "a"}]
    ) == ("bizTransactionListbizTransaction=abizTransaction=b")


def test_a_certificate_written_out_is_kept() -> None:
    told = tail(certificationInfo={"example:a": "1"})
    assert told == f"certificationInfo{NS}a=1"


def test_nil_attributes_do_not_count() -> None:
    nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'
    (found,) = trees(
        xml_document(f"<ObjectEvent><action {nil}/><b {nil}/></ObjectEvent>")
    )
    assert PreHasher().text(found) == "eventType=ObjectEventb"


def test_ignored_fields_of_the_document() -> None:
    value = {
        "@context": [*CONTEXT, {"r": "https://repository-x.example.com/"}],
        "r:ignoreFields": ["example:note", "epcList"],
        "epcisBody": {
            "eventList": [
                {
                    "type": "ObjectEvent",
                    "epcList": ["a"],
                    "example:note": "b",
                    "ilmd": {"example:note": "c", "example:d": "e"},
                }
            ]
        },
    }
    (found,) = trees(json.dumps(value).encode())
    assert PreHasher().text(found) == f"eventType=ObjectEventilmd{NS}d=e"
    xml = xml_document(
        "<ObjectEvent><example:note>b</example:note></ObjectEvent>",
        root="><i:ignoreFields xmlns:i='https://repository-x.example.com/'>"
        "<example:note/></i:ignoreFields><x",
    ).replace(b"</epcis:EPCISDocument>", b"</x></epcis:EPCISDocument>")
    (found,) = trees(xml)
    assert PreHasher().text(found) == "eventType=ObjectEvent"


def test_variants_differ_where_implementations_do() -> None:
    event = tree(
        {
            "type": "ObjectEvent",
            "certificationInfo": "c",
            "parentID": "p",
            "epcList": ["urn:epc:id:giai:4012345.A!b"],
            "sourceList": [{"type": "location", "source": "s"}],
            "readPoint": {"id": "r", "example:x": "0.50"},
            "sensorElementList": [{"sensorReport": [{"value": "1.0"}]}],
            "example:flag": True,
        }
    )
    texts = {each.name: PreHasher(each).text(event) for each in VARIANTS}
    assert len(set(texts.values())) == len(VARIANTS)
    assert texts["reference"].endswith(f"{NS}flag=True")
    plain = texts["openepcis-2.0"]
    assert "certificationInfo" not in plain
    assert plain.index("parentID") > plain.index("epcList")
    assert plain.index("sourceList") < plain.index("sensorElementList")
    assert "A!b" in plain
    assert plain.endswith(f"readPoint{NS}x=0.50{NS}flag=true")
    assert f"readPointid=r{NS}x=0.50" in texts["openepcis-2.1"]
    assert "value=1.0" in plain
    assert "value=1s" not in texts["openepcis-2.0-short-numbers"]


def test_the_scheme_has_no_separators_and_we_say_where_it_shows() -> None:
    one = tree({"type": "ObjectEvent", "example:a": f"1{NS}b=2"})
    two = tree({"type": "ObjectEvent", "example:a": "1", "example:b": "2"})
    assert PreHasher().text(one) == PreHasher().text(two)
    assert ambiguous_values(one) == [f"{NS}a"]
    assert ambiguous_values(two) == []
    link: dict[str, object] = {
        "type": "ObjectEvent",
        "eventID": "a=b",
        "example:l": "https://a/?b=c",
    }
    assert ambiguous_values(tree(link)) == []


def test_many_values_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("explorer.encodings.epcis.pre_hash.MAX_REMEMBERED", 2)
    assert tail(epcList=["d", "c", "b", "a"]) == "epcListepc=aepc=bepc=cepc=d"


def hashes(path: Path) -> list[str]:
    hasher = PreHasher(CANONICAL)
    return [
        f"ni:///sha-256;{hashlib.sha256(hasher.text(each).encode()).hexdigest()}"
        "?ver=CBV2.0"
        for each in trees(path.read_bytes())
    ]


def test_all_published_vectors(corpora: Path) -> None:
    book = json.loads((corpora / "epcis-hash/manifest.json").read_text("utf-8"))
    for case in book:
        found = hashes(corpora / "epcis-hash" / case["file"])
        if case.get("hashes"):
            assert found == case["hashes"], case["file"]
        else:
            assert found, case["file"]
            assert len(set(found)) == 1, case["file"]


# Attributes of the document on an event that is the root, and a certificate written out
# as an object, count in the hashes recorded there; they are no content of the event.
OTHERWISE = (
    "XML__Capture__Events__Transformation",
    "Single_event_with_n",
    "certificat",
)


def test_hashes_recorded_for_the_published_documents(corpora: Path) -> None:
    folder = corpora / "epcis-docs"
    others = []
    for case in json.loads((folder / "manifest.json").read_text("utf-8")):
        recorded = case.get("hashes_cleanroom")
        if recorded and hashes(folder / case["file"]) != recorded:
            others.append(case["file"])
    assert len(others) == len(OTHERWISE)
    assert all(any(part in each for part in OTHERWISE) for each in others)
