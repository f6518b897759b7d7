"""Short names of things named in events.

GS1 Digital Link URI syntax 1.4, section 4 (application identifiers in the path), and
EPC Tag Data Standard 2.1, section 6 (URNs). Only for showing: things are told apart by
the whole identifier. Left out: compressed links, key qualifiers but serial and lot.
"""

_BY_IDENTIFIER = {
    "00": "logistic unit",
    "21": "item",
    "10": "lot",
    "01": "product",
    "8003": "asset",
    "8004": "asset",
    "253": "document",
    "414": "place",
    "417": "party",
}

_BY_SCHEME = {
    "sscc": "logistic unit",
    "sgtin": "item",
    "itip": "item",
    "lgtin": "lot",
    "grai": "asset",
    "giai": "asset",
    "gdti": "document",
    "sgln": "place",
    "pgln": "party",
}


def kind_and_label(name: str) -> tuple[str, str]:
    """Return (kind, short name); the kind is empty where the name does not say it."""
    if name.startswith("urn:"):
        parts = name.split(":")
        kinds = [_BY_SCHEME[each] for each in parts[:-1] if each in _BY_SCHEME]
        return (kinds[-1] if kinds else "", parts[-1] or name)
    parts = name.partition("?")[0].rstrip("/").split("/")
    label = parts[-1] or name
    kind = _BY_IDENTIFIER.get(parts[-2], "") if len(parts) > 2 else ""
    if kind and "://" in name:
        return kind, label
    if "://" not in name and len(parts) == 2 and all(parts):
        return parts[0], label
    return "", label if "://" in name else name
