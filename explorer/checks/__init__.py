"""Generic checks: they test claims and know no ledger format."""
