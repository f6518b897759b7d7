"""Notations of W3C PROV: PROV-JSON, PROV-N and PROV-XML, in and out."""

from explorer.encodings.prov.notations import Notation, read_prov, write_prov

__all__ = ["Notation", "read_prov", "write_prov"]
