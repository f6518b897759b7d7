"""Inconsistency rules: where records about things do not fit one another.

One module for each rule. A rule reads events as they were declared and says
"inconsistent" or nothing; it never changes a verdict and never says why records do not
fit. What it could not judge is counted and said.
"""
