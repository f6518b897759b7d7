"""What a code is and which texts may name a thing in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.claims_codes import MAX_CANDIDATES, CodeKind, read_code
from explorer.session.claims_gs1 import gs1_id, gs1_identifiers

LINK = "https://id.gs1.org/01/06901234111118/10/LOT11/21/SN00000"


def test_a_digital_link_names_item_and_lot_in_canonical_form() -> None:
    code = read_code(LINK)
    assert code.kind is CodeKind.DIGITAL_LINK
    assert code.identifiers == {
        "01": "06901234111118",
        "10": "LOT11",
        "21": "SN00000",
    }
    assert code.candidates == (
        "https://id.gs1.org/01/06901234111118/21/SN00000",
        LINK,
        "https://id.gs1.org/01/06901234111118/10/LOT11",
    )


def test_a_serial_by_itself_is_only_a_hint() -> None:
    code = read_code(LINK)
    assert "SN00000" not in code.candidates
    assert code.hints == ("SN00000", "LOT11")


@pytest.mark.parametrize(
    "text",
    [
        "(01)06901234111118(10)L11(21)00005",
        "]Q30106901234111118" + "10L11\x1d2100005",
        "]d20106901234111118" + "2100005\x1d10L11",
        "\x1d0106901234111118" + "10L11\x1d2100005",
    ],
)
def test_an_element_string_in_brackets_or_as_scanned(text: str) -> None:
    code = read_code(text)
    assert code.kind is CodeKind.ELEMENT_STRING
    assert code.identifiers["01"] == "06901234111118"
    assert code.identifiers["21"] == "00005"
    assert code.identifiers["10"] == "L11"
    assert code.candidates[0].endswith("/01/06901234111118/21/00005")


def test_an_address_names_by_query_and_last_part() -> None:
    code = read_code("https://trace.example.cn/q?c=\u7800\u5c711100001")
    assert code.kind is CodeKind.ADDRESS
    assert "\u7800\u5c711100001" in code.candidates
    assert read_code("https://x.example/q/X00012").candidates[-1] == "X00012"


def test_plain_ids_and_urns_are_looked_up() -> None:
    assert read_code(" X00012 ").candidates == ("X00012",)
    code = read_code("urn:epc:id:sgtin:6901234.011111.5")
    assert code.kind is CodeKind.EPC
    assert code.candidates[0] == "https://id.gs1.org/01/06901234111118/21/5"
    assert read_code("").candidates == ()


def test_a_link_on_a_brands_own_host_names_the_same_thing() -> None:
    code = read_code("https://brand.example/p/01/06901234111118/21/5?lang=zh")
    assert code.kind is CodeKind.DIGITAL_LINK
    assert code.candidates[0] == "https://id.gs1.org/01/06901234111118/21/5"
    assert code.identifiers == {"01": "06901234111118", "21": "5"}


def test_a_path_without_a_primary_key_is_no_digital_link() -> None:
    assert gs1_id("https://x.example/10/L11/21/5") == ""
    assert gs1_id("https://x.example/shop/01/") == ""
    assert gs1_identifiers("https://x.example/p/414/9520000000011") == {
        "414": "9520000000011"
    }


def test_a_check_digit_that_does_not_fit_is_told() -> None:
    assert read_code("(01)06901234111119(21)5").is_misspelt
    assert not read_code("(01)06901234111118(21)5").is_misspelt
    assert not read_code("X00012").is_misspelt


def test_what_is_no_element_string_is_plain() -> None:
    assert read_code("(see below)").kind is CodeKind.PLAIN
    assert gs1_identifiers("no string") == {}


def test_very_many_parameters_are_bounded() -> None:
    query = "&".join(f"a{n}=v{n}" for n in range(MAX_CANDIDATES - 3))
    code = read_code(f"https://x.example/?{query}")
    assert len(code.candidates) <= MAX_CANDIDATES


@given(st.text(max_size=300))
def test_no_text_makes_it_raise(text: str) -> None:
    read_code(text)
    read_code(f"https://x.example/{text}")
    read_code("]Q3" + text)
