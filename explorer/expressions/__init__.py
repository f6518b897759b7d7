"""One expression language: filter bar, command line, colour rules, domain packs.

Grammar and meaning: ``docs/filter-language.md``. Parsing knows no ledger; what names
mean is said by a ``Schema``.
"""
