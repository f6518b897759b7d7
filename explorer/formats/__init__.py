"""Readers of ledger families, one package each, and the opening of evidence files."""
