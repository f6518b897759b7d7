import json
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.encodings.gs1.links import (
    BASE,
    MAX_CHARACTERS,
    GS1Key,
    LinkStyle,
    canonical,
    has_wrong_check_digit,
    key_of,
)

SAME = [
    ("urn:epc:id:sgtin:4012345.011111.9876", "01/04012345111118/21/9876"),
    ("urn:epc:id:sgtin:415056789012.0.987654", "01/04150567890128/21/987654"),
    ("urn:epc:id:sgtin:0614141.812345.67%2F(", "01/80614141123458/21/67%2F%28"),
    ("urn:epc:class:lgtin:4012345.012345.Lot1", "01/04012345123456/10/Lot1"),
    ("urn:epc:idpat:sgtin:4012345.011111.*", "01/04012345111118"),
    ("urn:epc:id:sscc:4012345.3111111111", "00/340123451111111111"),
    ("urn:epc:id:sgln:4012345.00005.122", "414/4012345000054/254/122"),
    ("urn:epc:id:sgln:4012345.00005.0", "414/4012345000054"),
    ("urn:epc:id:pgln:999999999999.", "417/9999999999994"),
    ("urn:epc:id:grai:4012345.00022.334455", "8003/04012345000221334455"),
    ("urn:epc:id:giai:4012345.ABC345", "8004/4012345ABC345"),
    ("urn:epc:id:gsrn:4012345.0000006765", "8018/401234500000067657"),
    ("urn:epc:id:gsrnp:4012345.0000000007", "8017/401234500000000074"),
    ("urn:epc:id:gdti:987659999999..9", "253/98765999999929"),
    ("urn:epc:id:sgcn:1234567890.12.1234", "255/12345678901281234"),
    ("urn:epc:id:cpi:0614141.11-A%23.1234", "8010/061414111-A%23/8011/1234"),
    ("urn:epc:id:ginc:0614141.xyz47%2F11", "401/0614141xyz47%2F11"),
    ("urn:epc:id:gsin:4012345.222333444", "402/40123452223334442"),
    ("urn:epc:id:itip:4012345.011111.01.02.987", "8006/040123451111180102/21/987"),
    ("urn:epc:idpat:itip:4012345.011111.01.02.*", "8006/040123451111180102"),
    ("urn:epc:id:upui:1234567.098765.A%3Cb", "01/01234567987651/235/A%3Cb"),
    ("https://id.gs1.org/gtin/9780345418913", "01/09780345418913"),
    (
        "http://example.com/a/b/01/4012345111118/21/S?17=261231#x",
        "01/04012345111118/21/S",
    ),
    ("https://id.gs1.org/01/04012345111118/22/V/10/L/21/S", "01/04012345111118/21/S"),
    ("https://id.gs1.org/01/04012345111118/22/V/10/L", "01/04012345111118/10/L"),
    ("https://id.gs1.org/01/04012345111118/22/V", "01/04012345111118"),
    ("https://id.gs1.org/01/04012345111118/21/a(b)/", "01/04012345111118/21/a%28b%29"),
    ("https://id.gs1.org/01/04012345111118/21/a%2fb", "01/04012345111118/21/a%2Fb"),
    ("(01)04012345111118(10)L(21)S", "01/04012345111118/21/S"),
    ("]d20104012345111118" + "10L\x1d21S", "01/04012345111118/21/S"),
]


@pytest.mark.parametrize(("text", "expected"), SAME)
def test_every_spelling_has_one_canonical_form(text: str, expected: str) -> None:
    assert canonical(text) == BASE + expected
    assert canonical(BASE + expected) == BASE + expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "urn:epc:id:sgtin:4012345.0111111.9876",  # 14 digits
        "urn:epc:id:sgtin:401234.5011111.",
        "urn:epc:id:sgtin:4012345.011111.a/b",
        "urn:epc:id:sgtin:4012345.011111." + "x" * 21,
        "urn:epc:id:sscc:4012345.3111111111.1",
        "urn:epc:id:nothing:1234567.1",
        "urn:epc:id:itip:4012345.011111.1.02.987",
        "urn:epc:id:sgcn:1234567890.12.12x",
        "urn:epc:id:cpi:0614141.a_b.1",
        "urn:epc:tag:sgtin-96:1.4012345.011111.9",
        "https://example.com/01/123",
        "https://example.com/about/us",
        "https://id.gs1.org/01/04012345111118/99/x",
        "https://id.gs1.org/01/04012345111118/21",
        "https://id.gs1.org/01/04012345111118/21/" + "x" * 21,
        "(01)04012345111117",
        "(10)L1",
        "lot/L1",
        "https://id.gs1.org/01/" + "1" * MAX_CHARACTERS,
    ],
)
def test_what_is_not_wholly_right_stays_as_it_is(text: str) -> None:
    assert canonical(text) == text


def test_event_hashes_leave_encoded_links_alone() -> None:
    link = "https://example.com/01/04012345111118/21/a%2Fb"
    assert canonical(link, LinkStyle.EVENT_HASH) == link
    urn = "urn:epc:id:giai:4012345.A!b(c)"
    assert canonical(urn, LinkStyle.EVENT_HASH).endswith("A%21b%28c%29")
    assert canonical(urn, LinkStyle.PLAIN).endswith("A!b(c)")
    assert canonical("(01)04012345111118", LinkStyle.EVENT_HASH).startswith("(01)")


def test_a_link_is_taken_apart() -> None:
    assert key_of(canonical(SAME[0][0])) == GS1Key("01", "04012345111118", "21", "9876")
    assert key_of(BASE + "00/340123451111111111") == GS1Key("00", "340123451111111111")
    assert key_of("https://example.com/01/04012345111118") is None
    assert key_of(BASE + "a/b/c") is None


def test_a_wrong_check_digit_is_seen_where_there_is_one() -> None:
    assert has_wrong_check_digit(BASE + "01/04012345111117/10/L")
    assert not has_wrong_check_digit(BASE + "01/04012345111118/10/L")
    assert not has_wrong_check_digit(BASE + "8004/4012345ABC")
    assert not has_wrong_check_digit("lot/L1")


@given(st.text(max_size=60), st.sampled_from(LinkStyle))
def test_canonical_is_stable_and_never_raises(text: str, style: LinkStyle) -> None:
    for start in ("", "urn:epc:id:sgtin:4012345.", "https://id.gs1.org/01/"):
        once = canonical(start + text, style)
        assert canonical(once, style) == once


@given(st.text("".join(map(chr, range(33, 127))), min_size=1, max_size=20))
def test_serials_survive_their_encoding(serial: str) -> None:
    link = canonical(f"{BASE}01/04012345111118/21/{quote(serial, safe='')}")
    assert key_of(link) == GS1Key("01", "04012345111118", "21", serial)


# The vectors of OpenEPCIS leave characters as they are that must be percent-encoded,
# and the links of these eight carry a check digit that is wrong.
WRONG_CHECK_DIGITS = 8
NOT_ENCODED = 16


def test_published_pairs_agree(corpora: Path) -> None:
    text = (corpora / "gs1-identifiers/urn_dl_pairs.json").read_text("utf-8")
    pairs = json.loads(text)
    plain, identity = [], []
    for each in pairs:
        urn, link = sorted((each["input"], each["expect"]), reverse=True)
        one, other = (canonical(x, LinkStyle.PLAIN) for x in (urn, link))
        if not one.startswith(BASE) or one != other:
            plain.append(link)
        if canonical(urn) != canonical(link) or not canonical(urn).startswith(BASE):
            identity.append(link)
    assert len(pairs) == 71
    assert len(plain) == WRONG_CHECK_DIGITS
    keys = [canonical(each, LinkStyle.PLAIN) for each in plain]
    assert all(has_wrong_check_digit(each.replace("/10//", "/10/")) for each in keys)
    assert len(identity) == WRONG_CHECK_DIGITS + NOT_ENCODED
