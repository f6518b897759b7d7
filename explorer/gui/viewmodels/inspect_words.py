"""How a claim is worked out, in sentences: of what, what it protects, what it leaves.

Sentences come from our catalogue; only counts and heights are put into them.
"""

from explorer.gui.translations import translate
from explorer.gui.viewmodels.wording import counted, grouped
from explorer.session.explaining import Explanation


def plural(number: int, one: str, many: str) -> str:
    """Return the sentence that fits the number, still to be filled."""
    return one if number == 1 else many


def explain_title(explanation: Explanation) -> str:
    """Return the title of the panel."""
    if explanation.what == "signature":
        return translate("Inspect", "Explain this signature")
    if explanation.what == "link":
        return translate("Inspect", "Explain this link")
    return translate("Inspect", "Explain this hash")


def explain_lead(explanation: Explanation) -> str:
    """Return how the value is made, in one or two sentences."""
    height, size = grouped(explanation.block), grouped(explanation.size_bytes)
    parts = len(explanation.parts)
    match explanation.what:
        case "link":
            text = translate(
                "Inspect",
                "Block {1} holds the hash of block {0}. Change any bit of the {2} "
                "bytes it is made of, and block {1} no longer fits.",
            )
            return text.format(grouped(explanation.block - 1), height, size)
        case "block":
            return _block_lead(height, parts, explanation.agrees is not None)
        case "tree":
            text = plural(
                parts,
                translate("Inspect", "The root in block {1} is made of one leaf."),
                translate("Inspect", "The root in block {1} is made of {0} leaves."),
            )
            return text.format(grouped(parts), height)
        case "proof" | "signature" | "work":
            return _plain_lead(explanation.what).format(size)
        case _:
            return _hash_lead(parts, size)


def _plain_lead(what: str) -> str:
    match what:
        case "proof":
            return translate(
                "Inspect",
                "Each step puts bytes beside the value and hashes both; the last "
                "value must be the root.",
            )
        case "signature":
            return translate(
                "Inspect", "This signature covers exactly {0} bytes, with this key."
            )
        case _:
            return translate(
                "Inspect", "The hash of {0} bytes, read as a number, must be small."
            )


def _block_lead(height: str, parts: int, has_next: bool) -> str:  # noqa: FBT001
    text = plural(
        parts,
        translate("Inspect", "The hash of block {1} is made of its header."),
        translate("Inspect", "The hash of block {1} is made of {0} parts."),
    ).format(grouped(parts), height)
    if not has_next:
        return text
    after = translate("Inspect", "Change any bit, and the next block no longer fits.")
    return translate("Inspect", "{0} {1}").format(text, after)


def _hash_lead(parts: int, size: str) -> str:
    if parts <= 1:
        text = translate(
            "Inspect", "This hash is made of {0} bytes. Change any bit, and it differs."
        )
        return text.format(size)
    text = translate(
        "Inspect",
        "This hash is made of {1} parts, {0} bytes in all. Change any bit of them, and "
        "it differs.",
    )
    return text.format(size, grouped(parts))


def protects(explanation: Explanation) -> str:
    """Return what the claim protects."""
    size = grouped(explanation.size_bytes)
    match explanation.what:
        case "link" | "block":
            text = translate(
                "Inspect",
                "The block’s header, and through it all that the header names.",
            )
        case "signature":
            text = translate(
                "Inspect",
                "These {0} bytes: nobody without the key can change them unnoticed.",
            )
        case "work":
            text = translate("Inspect", "The header: making another one costs work.")
        case "tree":
            text = translate(
                "Inspect", "Every leaf, how many there are, and their order."
            )
        case _:
            text = translate(
                "Inspect", "Every bit of these {0} bytes, as long as the hash stands."
            )
    return text.format(size)


def does_not_protect(explanation: Explanation) -> str:
    """Return what the claim leaves open."""
    match explanation.what:
        case "signature":
            return translate(
                "Inspect",
                "Whether what was signed is true, and what stands outside these bytes.",
            )
        case "work":
            return translate("Inspect", "Who made the block, and whether it is true.")
        case "link" | "block":
            return translate(
                "Inspect",
                "Who wrote it, and what no field of the header names, such as notes "
                "beside the entries.",
            )
        case _:
            return translate(
                "Inspect",
                "Who wrote it, and what stands outside these bytes. Whoever changes "
                "both the bytes and the hash leaves no trace here.",
            )


def rests_on(explanation: Explanation, last: int | None) -> str:
    """Return what depends on the value, counted."""
    if explanation.what in {"signature", "work"} or last is None:
        return ""
    first = explanation.block
    later = last - first
    if later <= 0:
        return translate("Inspect", "No later block is chained to it in this evidence.")
    return counted(
        later,
        translate("Inspect", "1 later block is chained to it."),
        translate("Inspect", "{0} later blocks are chained to it."),
    )


def joined_bytes(explanation: Explanation) -> bytes:
    """Return the bytes that were hashed or signed; empty if they are not in one piece.

    The leaves of a tree are hashed one by one, so they are not.
    """
    data = b"".join(part.data for part in explanation.parts)
    return data if len(data) == explanation.size_bytes else b""
