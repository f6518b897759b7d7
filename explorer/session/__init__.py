"""The use cases: open, verify, show, trace, compare, export, report."""
