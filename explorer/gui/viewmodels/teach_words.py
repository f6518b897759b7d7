"""Words of the Teach page for what was worked out."""

from explorer.gui.translations import sentence, translate
from explorer.gui.viewmodels.wording import short_hash
from explorer.lab.lesson_states import AnchorState, BlockState, FactLine, Standing

GROUP = 4
"""Hex digits that stand together where hashes are compared by eye."""


def standing_word(standing: Standing) -> str:
    """Return what a block's mark means."""
    words = {
        Standing.HOLDS: translate("Teach", "Holds"),
        Standing.FAILED: translate("Teach", "Does not match"),
        Standing.OPEN: translate("Teach", "Could not be checked"),
        Standing.RESTS_ON_NOTHING: translate(
            "Teach", "Fits its neighbour, but rests on nothing"
        ),
    }
    return words[standing]


def block_words(block: BlockState) -> str:
    """Return a block as one sentence, for those who do not see the drawing."""
    text = translate("Teach", "Block {0}: {1}").format(
        block.height, standing_word(block.standing)
    )
    return " ".join([text, *map(sentence, block.sentences)])


def fact_words(fact: FactLine) -> str:
    """Return a line below the rows."""
    values = fact.values
    match fact.code:
        case "path":
            words = translate(
                "Teach",
                "Entry {0} of block {1}: {3} hashes lead to the root over {2} entries, "
                "{4}.",
            )
            return words.format(*values[:4], short_hash(values[4]))
        case "path-broken":
            words = translate("Teach", "Entry {0} of block {1}: the path leads astray.")
            return words.format(*values[:2])
        case "tries":
            words = translate("Teach", "{0} nonces were tried.")
            return words.format(values[1])
        case "vote-all":
            words = translate("Teach", "All {0} copies hold the same blocks.")
            return words.format(values[0])
        case "vote-none":
            words = translate("Teach", "Block {0}: no majority among {1} copies.")
            return words.format(values[0], values[2])
        case _:
            words = translate("Teach", "Block {0}: {1} of {2} copies agree, not {3}.")
            return words.format(*values)


def anchor_words(anchor: AnchorState) -> tuple[str, str]:
    """Return title and sentence of the band at the foot."""
    if anchor.agrees:
        return (
            translate("Teach", "The anchor agrees"),
            translate(
                "Teach",
                "The hash that was printed elsewhere is that of block {0} here.",
            ).format(anchor.height),
        )
    if not anchor.computed:
        return (
            translate("Teach", "The anchor finds nothing to agree with"),
            translate("Teach", "This copy has no block {0}.").format(anchor.height),
        )
    return (
        translate("Teach", "The anchor still catches it"),
        translate(
            "Teach",
            "A newspaper printed the hash of block {0}. This chain has another one.",
        ).format(anchor.height),
    )


def in_groups(digits: str, groups: int = 8) -> str:
    """Return the beginning of a hash in groups of four."""
    shown = digits[: groups * GROUP]
    parts = [shown[at : at + GROUP] for at in range(0, len(shown), GROUP)]
    rest = " …" if len(digits) > len(shown) else ""
    return " ".join(parts) + rest
