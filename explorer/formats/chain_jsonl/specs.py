"""The checks of chain-jsonl: ids, what holds when they pass, reasons of their own.

docs/formats/chain-jsonl.md version 1, section 8. Reasons shared by all families (hash,
link, root, signature, quorum and authority) are listed with the generic checks.
"""

from typing import Final

from explorer.model.checks import CheckSpec, Kind, Reason

LINE_FRAMING: Final = "chain.line-framing"
CANONICAL_JSON: Final = "chain.canonical-json"
LINE_FORM: Final = "chain.line-form"
BLOCK_NUMBER: Final = "chain.block-number"
BLOCK_TIME: Final = "chain.block-time"
BLOCK_LINK: Final = "chain.block-link"
BLOCK_HASH: Final = "chain.block-hash"
ENTRIES_ROOT: Final = "chain.entries-root"
ENTRY_COUNT: Final = "chain.entry-count"
ENTRY_ID: Final = "chain.entry-id"
ENTRY_AUTHOR: Final = "chain.entry-author"
ENTRY_SIGNATURE: Final = "chain.entry-signature"
PRODUCER: Final = "chain.producer"
BLOCK_SIGNATURE: Final = "chain.block-signature"
BLOCK_QUORUM: Final = "chain.block-quorum"
PARTY_KEY: Final = "chain.party-key"
TRAILER: Final = "chain.trailer"

_NO_KEYS = (
    Reason("header-not-in-export", "Without the header no key is known."),
    Reason("header-unreadable", "The header cannot be read, so no key is known."),
)

CHECKS: tuple[CheckSpec, ...] = (
    CheckSpec(
        LINE_FRAMING,
        Kind.FRAMING,
        "Every line is one JSON text in UTF-8 between line feeds",
        (
            Reason("not-json", "The line is not valid JSON."),
            Reason("not-utf-8", "The line holds bytes that are not UTF-8."),
            Reason("cut-line", "The file ends inside this line."),
            Reason("trailing-data", "Something follows the JSON text on its line."),
            Reason("empty-line", "A line is empty."),
            Reason("not-a-number", "NaN and Infinity are not JSON."),
            Reason("too-long", "The line is longer than the limit and was not read."),
            Reason(
                "too-many-flaws",
                "More lines could not be read; they are counted, not listed.",
            ),
            Reason("too-deep", "Values are nested deeper than the limit."),
            Reason(
                "no-final-line-feed", "The last line does not end with a line feed."
            ),
            Reason(
                "carriage-return", "Lines end with a carriage return and line feed."
            ),
            Reason("byte-order-mark", "The file begins with a byte order mark."),
        ),
    ),
    CheckSpec(
        CANONICAL_JSON,
        Kind.FRAMING,
        "Every line is canonical JSON, no key twice",
        (
            Reason("not-canonical", "The line is not written as canonical JSON."),
            Reason("duplicate-key", "A key stands twice in one object."),
            Reason("number-out-of-range", "A number cannot be kept exact."),
        ),
    ),
    CheckSpec(
        LINE_FORM,
        Kind.MALFORMED,
        "Every line is a header, a block or a trailer, where it may stand",
        (
            Reason("unknown-line", "The line is no header, block or trailer."),
            Reason("wrong-form", "A field is missing, unknown or of another type."),
            Reason("wrong-hex", "A hash, key or signature is not lower-case hex."),
            Reason("wrong-time", "A time is not RFC 3339 in UTC."),
            Reason("unsupported-version", "The file is of a version not known here."),
            Reason("unsupported-hash", "The hash function is none of this format."),
            Reason("unsupported-scheme", "A signature scheme is none of this format."),
            Reason("party-repeated", "Two parties of the header have the same id."),
            Reason("unknown-producer", "The rules name a producer who is no party."),
            Reason("header-not-first", "A header stands where none may stand."),
            Reason("after-trailer", "A line follows the trailer."),
            Reason("too-many-entries", "A block holds more entries than the limit."),
        ),
    ),
    CheckSpec(
        BLOCK_NUMBER,
        Kind.NUMBER,
        "Heights rise by one",
        (
            Reason("height-gap", "Blocks are missing before this one."),
            Reason("height-differs", "The block follows, but is numbered otherwise."),
            Reason("height-not-rising", "The height is not above the one before."),
        ),
    ),
    CheckSpec(
        BLOCK_TIME,
        Kind.NUMBER,
        "No block is older than the one before",
        (Reason("time-goes-back", "The block is dated before the one before it."),),
    ),
    CheckSpec(
        BLOCK_LINK,
        Kind.LINK,
        "Every block declares the hash of the block before it",
        (
            Reason("parent-not-in-export", "The block before is not in the file."),
            Reason("parent-unreadable", "The line before could not be read."),
        ),
        core=True,
    ),
    CheckSpec(
        BLOCK_HASH,
        Kind.HASH,
        "Declared block hashes equal the hashes of their bytes",
        (),
        core=True,
    ),
    CheckSpec(
        ENTRIES_ROOT,
        Kind.TREE,
        "The entries have the root that their block declares",
        (),
        core=True,
    ),
    CheckSpec(
        ENTRY_COUNT,
        Kind.NUMBER,
        "Every block holds as many entries as it counts",
        (Reason("entry-count-differs", "The block counts more or fewer entries."),),
    ),
    CheckSpec(
        ENTRY_ID,
        Kind.NUMBER,
        "No entry id occurs twice",
        (Reason("entry-id-repeated", "Another entry before has the same id."),),
    ),
    CheckSpec(
        ENTRY_AUTHOR,
        Kind.IDENTITY,
        "Every entry's author is a party of the header",
        (Reason("author-not-listed", "The author is no party of the header."),),
    ),
    CheckSpec(
        ENTRY_SIGNATURE,
        Kind.SIGNATURE,
        "Every entry is signed by its author",
        (
            Reason("signature-missing", "The rules demand a signature; there is none."),
            *_NO_KEYS,
        ),
    ),
    CheckSpec(
        PRODUCER,
        Kind.IDENTITY,
        "Every block's producer may produce blocks",
        (Reason("producer-not-listed", "The producer may not produce blocks."),),
    ),
    CheckSpec(
        BLOCK_SIGNATURE,
        Kind.SIGNATURE,
        "Block signatures are made by the block's producer",
        _NO_KEYS,
    ),
    CheckSpec(
        BLOCK_QUORUM,
        Kind.QUORUM,
        "Blocks that the rules want signed are signed by their producer",
        (Reason("last-block-not-signed", "The last block must be signed; it is not."),),
    ),
    CheckSpec(
        PARTY_KEY,
        Kind.IDENTITY,
        "Every party has the key that you named for it",
        (),
    ),
    CheckSpec(
        TRAILER,
        Kind.FRAMING,
        "The trailer counts what is there and names the last block",
        (
            Reason("trailer-missing", "The file ends without its trailer line."),
            Reason("trailer-blocks-differ", "The trailer counts other blocks."),
            Reason("trailer-entries-differ", "The trailer counts other entries."),
            Reason("trailer-last-differs", "The trailer names another last block."),
        ),
    ),
)
