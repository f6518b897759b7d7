"""Warnings about the address in a code; nothing is ever opened.

RFC 3986 (parts of an address), RFC 3492 and 5890 (punycode labels), Unicode Technical
Standard 39, section 5.2 (mixed scripts; here by the script in the character's name) and
section 4 (confusables; here a short list of what is used against Latin hosts).

Left out on purpose: any look-up, redirects, reputation lists.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

MAX_ADDRESS_CHARACTERS = 4_096
"""Longer texts are not taken for an address."""

MAX_HOST_CHARACTERS = 253
_MAX_PUNYCODE = 63

SCHEMES = frozenset({"http", "https"})
_SHORTENERS = frozenset(
    {"bit.ly", "t.cn", "dwz.cn", "url.cn", "tinyurl.com", "is.gd", "suo.im", "u.nu"}
)
_ALIKE = str.maketrans(
    {
        "а": "a", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j",  # noqa: RUF001
        "к": "k", "ӏ": "l", "м": "m", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s",  # noqa: RUF001
        "т": "t", "у": "y", "х": "x", "ԝ": "w", "ο": "o", "α": "a", "ν": "v",  # noqa: RUF001
        "ι": "i", "ρ": "p", "τ": "t", "ı": "i", "ɑ": "a", "ɡ": "g", "ｅ": "e",  # noqa: RUF001
        "0": "o", "1": "l", "5": "s", "-": "",
    }
)  # fmt: skip
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CJK", "HIRAGANA", "KATAKANA",
            "HANGUL", "ARABIC", "HEBREW", "THAI", "CHEROKEE")  # fmt: skip
_TOGETHER = (
    frozenset({"LATIN", "CJK"}),
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)


class HostWarning(StrEnum):
    """What is odd about an address."""

    NOT_HTTPS = "not-https"
    MIXED_SCRIPTS = "mixed-scripts"
    PUNYCODE = "punycode"
    LOOKS_LIKE = "looks-like"
    """Hardly differs from a host that the ledger's own records name."""
    OTHER_HOST = "other-host"
    """Another host than the ledger's records name for this thing."""
    NUMERIC = "numeric-host"
    HIDDEN = "hidden-characters"
    LOGIN = "login-part"
    """A name before an at sign: what stands before it is not the host."""
    PORT = "unusual-port"
    SHORTENER = "short-link"
    UNREADABLE = "address-not-readable"


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it stands in the code; never opened."""

    text: str
    scheme: str
    host: str
    """As written; text of the code."""
    host_unicode: str
    """With punycode labels decoded, if that differs; else the same."""
    warnings: tuple[HostWarning, ...]
    host_ascii: str = ""
    """With other letters coded (xn--), so that look-alikes can be told apart."""
    like: str = ""
    """The known host that it hardly differs from, or should have been."""


def read_address(text: str, known_hosts: Sequence[str] = ()) -> Address | None:
    """Return the address in ``text`` with its warnings, or nothing if it is none."""
    wanted = text.strip()
    if len(wanted) > MAX_ADDRESS_CHARACTERS or "://" not in wanted[:20]:
        return None
    try:
        parts = urlsplit(wanted)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return Address(wanted, "", "", "", (HostWarning.UNREADABLE,))
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES:
        return None
    if not host or len(host) > MAX_HOST_CHARACTERS:
        return Address(wanted, scheme, host, host, (HostWarning.UNREADABLE,))
    shown = decoded_host(host)
    warnings = [*_of_parts(wanted, parts), *_of_host(host, shown)]
    like, alike = _likeness(shown, known_hosts)
    told = (*warnings, *alike)
    return Address(wanted, scheme, host, shown, told, encoded_host(shown), like)


def decoded_host(host: str) -> str:
    """Return the host with its punycode labels as they would be shown."""
    return ".".join(_decoded_label(label) for label in host.split("."))


def encoded_host(host: str) -> str:
    """Return the host with every label that is not ASCII coded as punycode."""
    return ".".join(
        each if each.isascii() else "xn--" + each.encode("punycode").decode("ascii")
        for each in host.split(".")
    )


def _decoded_label(label: str) -> str:
    if not label.lower().startswith("xn--") or len(label) > _MAX_PUNYCODE:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):  # not the encoding it claims to be
        return label


def _of_parts(text: str, parts: SplitResult) -> Iterable[HostWarning]:
    if parts.scheme.lower() != "https":
        yield HostWarning.NOT_HTTPS
    if "@" in parts.netloc:
        yield HostWarning.LOGIN
    if any(unicodedata.category(each) in {"Cf", "Cc", "Zl", "Zp"} for each in text):
        yield HostWarning.HIDDEN
    try:
        if parts.port not in {None, 80, 443}:
            yield HostWarning.PORT
    except ValueError:
        yield HostWarning.UNREADABLE


def _of_host(host: str, shown: str) -> Iterable[HostWarning]:
    if shown != host:
        yield HostWarning.PUNYCODE
    if any(is_mixed(label) for label in shown.split(".")):
        yield HostWarning.MIXED_SCRIPTS
    if _is_number(host):
        yield HostWarning.NUMERIC
    if host in _SHORTENERS:
        yield HostWarning.SHORTENER


def is_mixed(label: str) -> bool:
    """Return whether letters of scripts that do not belong together meet in it."""
    found = {script for each in label if (script := _script(each))}
    return len(found) > 1 and not any(found <= each for each in _TOGETHER)


def _script(character: str) -> str:
    if not character.isalpha():
        return ""
    name = unicodedata.name(character, "")
    return next((each for each in _SCRIPTS if name.startswith(each)), name[:6])


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit() or host.lower().startswith("0x")
    return True


def _likeness(host: str, known: Sequence[str]) -> tuple[str, list[HostWarning]]:
    """Return the known host meant, and what is to be said about it."""
    if not known or host in known:
        return "", []
    for each in known:
        if skeleton(each) == skeleton(host) or is_one_off(each, host):
            return each, [HostWarning.LOOKS_LIKE]
    return known[0], [HostWarning.OTHER_HOST]


def skeleton(host: str) -> str:
    """Return what the eye sees of a host: confusable characters made the same."""
    plain = unicodedata.normalize("NFKC", host).lower().translate(_ALIKE)
    return plain.replace("rn", "m").replace("vv", "w")


def is_one_off(first: str, second: str) -> bool:
    """Return whether one typing mistake leads from one to the other."""
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) > 1 or len(short) < 5:
        return False
    at = next(
        (n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b),
        len(short),
    )
    if len(short) == len(long):
        swapped = short[:at] + short[at : at + 2][::-1] + short[at + 2 :]
        return short[at + 1 :] == long[at + 1 :] or swapped == long
    return short[at:] == long[at + 1 :]
