"""Rules of domain packs, judged record by record while a ledger is read.

A rule says "inconsistent" with the record that completed it, and nothing more; it never
changes a verdict. What it could not judge is counted.
"""
