"""Provenance Explorer: open exported ledgers offline, verify them, trace origins."""

__version__ = "0.1.0"
