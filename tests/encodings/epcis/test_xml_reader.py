import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.epcis.nodes import Damage, DocumentEnd, Item, Node, Vocabulary
from explorer.encodings.epcis.xml_reader import (
    MAX_XML_DEPTH,
    read_xml,
    read_xml_event,
)
from tests.encodings.epcis.written import EVENT, items, trees, xml_document, xml_event

TEXT = xml_event(EVENT)


def kinds(found: list[Item]) -> list[str]:
    return [
        each.reason if isinstance(each, Damage) else type(each).__name__
        for each in found
    ]


@pytest.mark.parametrize("step", [0, 13])
@pytest.mark.parametrize(
    "data",
    [
        xml_document(TEXT),
        xml_document(f"<extension>{TEXT}</extension>"),
        xml_document(TEXT, head="\ufeff"),
        xml_document(TEXT, head="<!DOCTYPE project>"),
        xml_document(TEXT, head='<?xml version="1.0" encoding="UTF-8"?>\n<!-- c -->'),
        TEXT.replace(
            "<ObjectEvent>", '<ObjectEvent xmlns:example="https://example.org/pears/">'
        ).encode(),
    ],
)
def test_all_shapes_hold_the_event(data: bytes, step: int) -> None:
    (found,) = trees(data, step)
    assert [each.name for each in found.fields][-1] == (
        "{https://example.org/pears/}note"
    )
    cut = data[found.start : found.end]
    assert cut.startswith(b"<ObjectEvent")
    assert cut.endswith(b"</ObjectEvent>")
    again = read_xml_event(cut, found.context)
    assert again is not None
    assert again.fields == found.fields


def test_extensions_of_1_2_are_flattened_anywhere() -> None:
    (found,) = trees(
        xml_document(
            "<ObjectEvent><baseExtension><eventID>i</eventID></baseExtension>"
            "<extension><quantityList><quantityElement><extension><uom>KGM</uom>"
            "</extension></quantityElement></quantityList></extension></ObjectEvent>"
        )
    )
    assert found.fields == [
        Node("eventID", "i", []),
        Node(
            "quantityList",
            "",
            [Node("quantityElement", "", [Node("uom", "KGM", [])])],
        ),
    ]


def test_names_in_the_namespace_of_epcis_are_bare() -> None:
    (found,) = trees(
        xml_document(
            "<epcis:ObjectEvent><epcis:action>ADD</epcis:action></epcis:ObjectEvent>"
        )
    )
    assert found.type == "ObjectEvent"
    assert found.fields == [Node("action", "ADD", [])]


def test_attributes_are_children_and_later_text_is_left_out() -> None:
    (found,) = trees(
        xml_document(
            '<ObjectEvent><a x="1">one<b/>two<![CDATA[three]]></a></ObjectEvent>'
        )
    )
    (node,) = found.fields
    assert node == Node("a", "one", [Node("x", "1", []), Node("b", "", [])])


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE r SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE r PUBLIC "a" "b">',
        '<!DOCTYPE r [<!ENTITY a "b">]>',
        '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://x/y"> %a;]>',
        '<!DOCTYPE r [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]>',
        "<!DOCTYPE r []>",
    ],
)
def test_type_definitions_are_refused(head: str) -> None:
    assert kinds(items(xml_document(TEXT, head=head))) == [
        "doctype-refused",
        "DocumentEnd",
    ]


def test_undeclared_entities_are_damage() -> None:
    data = xml_document("<ObjectEvent><a>&b;</a></ObjectEvent>", head="<!DOCTYPE r>")
    assert kinds(items(data)) == ["not-xml", "DocumentEnd"]


@pytest.mark.parametrize(
    ("data", "reasons"),
    [
        (xml_document(TEXT)[:-10], ["EventTree", "cut-off", "DocumentEnd"]),
        (xml_document(TEXT, "<ObjectEvent></x>"), ["EventTree", "not-xml"]),
        (xml_document(TEXT) + b"<b/>", ["EventTree", "not-xml"]),
        (b'<?xml version="1.0" encoding="x-none"?><r/>', ["encoding-unknown"]),
        (b"<" * 5, ["not-xml"]),
        (b"<a>" * (MAX_XML_DEPTH + 1), ["too-deep"]),
        (b"<r>\xff</r>", ["not-xml"]),
    ],
)
def test_damage_keeps_what_came_before(data: bytes, reasons: list[str]) -> None:
    found = kinds(items(data))
    assert found[: len(reasons)] == reasons
    assert found[-1] == "DocumentEnd"


def test_deep_events_are_cut_and_say_so() -> None:
    deep = "<a>" * 100 + "</a>" * 100
    (found,) = trees(xml_document(f"<ObjectEvent>{deep}</ObjectEvent>"))
    assert [each.reason for each in found.flaws] == ["too-deep"]


def test_other_encodings_are_read() -> None:
    text = xml_document(TEXT).decode()
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")
    (found,) = trees(wide)
    assert not found.context.is_utf_8
    latin = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><ObjectEvent><a>é</a></ObjectEvent>'
    )
    (found,) = trees(latin.encode("latin-1"))
    assert found.fields == [Node("a", "é", [])]
    assert not found.context.is_utf_8


def test_master_data_and_its_vocabulary() -> None:
    found = items(
        b'<EPCISMasterDataDocument><Vocabulary type="t"><VocabularyElement id="i">'
        b'<attribute id="x#name">Orchard</attribute><children><id>j</id></children>'
        b"</VocabularyElement></Vocabulary></EPCISMasterDataDocument>"
    )
    element = found[0]
    assert isinstance(element, Vocabulary)
    assert (element.type, element.id) == ("t", "i")
    end = found[-1]
    assert isinstance(end, DocumentEnd)
    assert end.root == "EPCISMasterDataDocument"


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(data: bytes) -> None:
    list(read_xml(iter((b"<", data))))


@given(st.data())
def test_no_mutation_makes_it_raise(data: st.DataObject) -> None:
    whole = bytearray(xml_document(TEXT, TEXT))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    items(bytes(whole), 97)
