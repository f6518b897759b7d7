"""Addresses in codes: what is odd about them, and that nothing else is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.claims_hosts import (
    HostWarning,
    decoded_host,
    encoded_host,
    is_mixed,
    is_one_off,
    read_address,
    skeleton,
)

HOST = "trace.pear.example"
CYRILLIC = "tr\u0430ce.pear.example"


def warnings(text: str, *known: str) -> set[HostWarning]:
    address = read_address(text, known)
    assert address is not None
    return set(address.warnings)


def test_a_plain_https_address_has_no_warning() -> None:
    assert warnings(f"https://{HOST}/q/1", HOST) == set()
    assert warnings(f"https://{HOST}:443/q/1") == set()


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (f"http://{HOST}/", HostWarning.NOT_HTTPS),
        (f"https://{CYRILLIC}/", HostWarning.MIXED_SCRIPTS),
        ("https://xn--trce-53d.pear.example/", HostWarning.PUNYCODE),
        ("https://192.0.2.7/q", HostWarning.NUMERIC),
        ("https://3221225991/q", HostWarning.NUMERIC),
        (f"https://{HOST}@evil.example/", HostWarning.LOGIN),
        (f"https://{HOST}:8443/", HostWarning.PORT),
        (f"https://{HOST}/q/\u202e1", HostWarning.HIDDEN),
        ("https://t.cn/A6", HostWarning.SHORTENER),
        ("https://[::1/", HostWarning.UNREADABLE),
        ("https:///nothing", HostWarning.UNREADABLE),
        (f"https://{HOST}:99999/", HostWarning.UNREADABLE),
    ],
)
def test_each_oddity_is_told(text: str, warning: HostWarning) -> None:
    assert warning in warnings(text)


@pytest.mark.parametrize(
    "host",
    [
        "trace.pear.examp1e",
        "trace.paer.example",
        "trace.pear-example",
        "tracc.pear.example",
        "traceo.pear.example",
        CYRILLIC,
    ],
)
def test_hosts_that_hardly_differ_look_like_the_recorded_one(host: str) -> None:
    address = read_address(f"https://{host}/q", [HOST])
    assert address is not None
    if host == "trace.pear-example":
        assert HostWarning.LOOKS_LIKE in address.warnings
    assert {HostWarning.LOOKS_LIKE, HostWarning.OTHER_HOST} & set(address.warnings)
    assert address.like == HOST


def test_another_host_is_another_host_and_not_a_look_alike() -> None:
    assert warnings("https://shop.example/q", HOST) == {HostWarning.OTHER_HOST}


def test_texts_that_are_no_web_address_are_none() -> None:
    for text in ("X00012", "urn:epc:id:sgtin:1.2.3", "ftp://host/x", "", "a" * 9_000):
        assert read_address(text) is None


def test_letters_of_one_script_or_of_chinese_and_latin_belong_together() -> None:
    assert not is_mixed("pear")
    assert not is_mixed("梨川pear")
    assert not is_mixed("груша")
    assert is_mixed("gruш")
    assert is_mixed("pe\u03b1r")


def test_punycode_is_shown_decoded_and_back() -> None:
    assert decoded_host("xn--fsq.example") == "\u4f8b.example"
    assert encoded_host("\u4f8b.example") == "xn--fsq.example"
    assert decoded_host("xn--\u4f8b.example") == "xn--\u4f8b.example"


def test_confusable_letters_have_one_skeleton() -> None:
    assert skeleton(CYRILLIC) == skeleton(HOST)
    assert skeleton("rnodern.example") == skeleton("modern.example")


@pytest.mark.parametrize(
    ("first", "second", "is_near"),
    [
        ("pears.example", "pear.example", True),
        ("paers.example", "pears.example", True),
        ("pears.example", "pecrs.example", True),
        ("pears.example", "apples.example", False),
        ("a.cn", "b.cn", False),
    ],
)
def test_one_typing_mistake(first: str, second: str, *, is_near: bool) -> None:
    assert is_one_off(first, second) is is_near
    assert is_one_off(second, first) is is_near


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    read_address(text)
    read_address(f"https://{text}", [HOST])
