"""Check digits of GS1 keys.

GS1 General Specifications, section 7.9.1: from the right, weights 3, 1, 3, 1…; the
check digit fills the sum up to a multiple of ten. One rule for GTIN-8/12/13/14, GLN,
SSCC, GSIN, GSRN and the fixed parts of GRAI, GDTI and GCN.
"""


def check_digit(digits: str) -> str:
    """Return the check digit that belongs behind ``digits`` (ASCII digits only)."""
    odd = sum(map(int, digits[::-2]))
    even = sum(map(int, digits[-2::-2]))
    return str(-(3 * odd + even) % 10)


def ends_with_check_digit(digits: str) -> bool:
    """Return whether the last of ``digits`` is the check digit of those before it."""
    return len(digits) > 1 and check_digit(digits[:-1]) == digits[-1]
