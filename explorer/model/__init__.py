"""What a ledger holds and what checks answer, as plain values that compute nothing."""
