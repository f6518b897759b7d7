"""Limits on hostile input, in one place so that a reader can find and question them."""

MAX_RECORD_BYTES = 100 * 2**20
"""Longest single block or line; Fabric's own default for a block is 100 MB."""

MAX_ENTRIES_PER_BLOCK = 1_000_000
"""Entries in one block."""

MAX_NESTING = 64
"""Depth of nested JSON, policies or messages."""

MAX_FILES = 100_000
"""Files taken from one folder."""

MAX_SIGNATURES_PER_BLOCK = 10_000
"""Block signatures looked at in one block."""

MAX_CERTIFICATES = 10_000
"""Distinct identities of one ledger."""

MAX_TRUST_FILE_BYTES = 16 * 2**20
"""Longest file of trust material."""

MAX_FINDINGS_PRINTED = 1_000
"""Findings printed as JSON; all of them are stored."""
