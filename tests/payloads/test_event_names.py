import pytest

from explorer.payloads.event_names import kind_and_label


@pytest.mark.parametrize(
    ("name", "kind", "label"),
    [
        ("https://id.gs1.org/01/06901234111118/10/L000a", "lot", "L000a"),
        ("https://id.gs1.org/01/06901234111118/21/S1?x=1", "item", "S1"),
        ("https://id.gs1.org/00/069012340000000012", "logistic unit", "0690"),
        ("https://example.com/about/us", "", "us"),
        ("urn:epc:id:sgtin:0614141.107346.2018", "item", "0614141.107346.2018"),
        ("urn:epc:class:lgtin:4012345.012345.998877", "lot", "4012345.012345.998877"),
        ("urn:uuid:1234", "", "1234"),
        ("lot/L1", "lot", "L1"),
        ("L1", "", "L1"),
        ("a/b/c", "", "a/b/c"),
        ("/L1", "", "/L1"),
        ("", "", ""),
        ("urn:", "", "urn:"),
    ],
)
def test_names_are_shortened_without_guessing(name: str, kind: str, label: str) -> None:
    found = kind_and_label(name)
    assert found[0] == kind
    assert found[1].startswith(label)
