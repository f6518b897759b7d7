"""Hashes, trees, signatures, certificates and trust material; no input or output."""
