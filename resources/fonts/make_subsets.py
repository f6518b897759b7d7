"""Make the font files of this folder from the fonts of a Debian system.

Sources (all SIL Open Font License 1.1, text in ``OFL.txt``): packages ``fonts-inter``,
``fonts-jetbrains-mono``, ``fonts-noto-cjk`` and ``fonts-noto-cjk-extra``. Every file is
cut down to the characters the window needs, loses most layout features, and gets a
family name of its own, so that a full font of the same origin on the user's computer is
never mistaken for it.

The serif is cut down to the characters of our own sentences: evidence cannot be set in
the voice of our judgement, because that voice lacks its letters. The Chinese ones stand
in ``serif_characters.txt``; name files with more of our own text (``.ts``, ``.json``,
``.py``) to add theirs::

    python resources/fonts/make_subsets.py resources/translations/*.ts

Left out: hinting (drawn without it) and vertical writing.
"""

import argparse
import logging
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

HERE = Path(__file__).resolve().parent
LOG = logging.getLogger("make_subsets")
SYSTEM = Path("/usr/share/fonts")
SERIF_CHARACTERS = HERE / "serif_characters.txt"

LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),  # Latin-1 and extended A, B
    *range(0x2000, 0x2070),  # spaces, dashes, quotes, per mille
    *range(0x2070, 0x20D0),  # superscripts, currencies
    *range(0x2150, 0x2200),  # fractions, arrows
    0x2122,
    *range(0x2200, 0x2270),  # mathematics: ≈ ≠ ≤ ≥
    *range(0x2300, 0x2330),
    *range(0x25A0, 0x2600),
    *range(0x2713, 0x2718),
)
GREEK_AND_CYRILLIC = (*range(0x370, 0x530),)
CJK_SIGNS = (*range(0x3000, 0x3030), *range(0xFF00, 0xFFF0), *range(0x2460, 0x2480))


@dataclass(frozen=True, slots=True)
class Cut:
    """One file to make."""

    target: str
    source: str
    family: str
    style: str
    characters: frozenset[int]
    features: tuple[str, ...] = ()
    """Layout features that stay."""


def gb2312() -> frozenset[int]:
    """Return the characters of GB/T 2312-1980."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes((row, cell)).decode("gb2312", "ignore")
            found.update(map(ord, text))
    return frozenset(found)


def chinese_of(text: str) -> set[str]:
    """Return the ideographs that occur in ``text``."""
    return {each for each in text if 0x4E00 <= ord(each) <= 0x9FFF}


def serif_characters(files: list[Path]) -> frozenset[int]:
    """Return the serif's characters, and keep the Chinese ones for the next run."""
    known = SERIF_CHARACTERS.read_text("utf-8") if SERIF_CHARACTERS.exists() else ""
    chinese = chinese_of(known)
    for file in files:
        chinese |= chinese_of(file.read_text("utf-8", "ignore"))
    ordered = sorted(chinese)
    lines = ["".join(ordered[at : at + 40]) for at in range(0, len(ordered), 40)]
    SERIF_CHARACTERS.write_text("\n".join(lines) + "\n", "utf-8")
    signs = frozenset(range(0x3000, 0x3020)) | frozenset(range(0xFF00, 0xFF60))
    return frozenset(map(ord, chinese)) | signs | frozenset(LATIN)


def cuts(serif: frozenset[int]) -> tuple[Cut, ...]:
    """Return what to make."""
    latin = frozenset((*LATIN, *GREEK_AND_CYRILLIC))
    chinese = gb2312() | frozenset(CJK_SIGNS)
    inter, noto = "opentype/inter/Inter-", "opentype/noto/Noto"
    return (
        Cut("ExplorerSans-Regular.otf", f"{inter}Regular.otf", "Explorer Sans",
            "Regular", latin, ("tnum", "kern", "mark", "ccmp")),
        Cut("ExplorerSans-SemiBold.otf", f"{inter}SemiBold.otf", "Explorer Sans",
            "SemiBold", latin, ("tnum", "kern", "mark", "ccmp")),
        Cut("ExplorerMono-Regular.ttf", "truetype/jetbrains-mono/JetBrainsMono-"
            "Regular.ttf", "Explorer Mono", "Regular", latin),
        Cut("ExplorerSansSC-Regular.otf", f"{noto}SansCJK-Regular.ttc",
            "Explorer Sans SC", "Regular", chinese),
        Cut("ExplorerSansSC-Medium.otf", f"{noto}SansCJK-Medium.ttc",
            "Explorer Sans SC", "Medium", chinese),
        Cut("ExplorerSerifSC-SemiBold.otf", f"{noto}SerifCJK-SemiBold.ttc",
            "Explorer Serif SC", "SemiBold", serif, ("kern",)),
    )  # fmt: skip


def open_source(path: Path) -> TTFont:
    """Return a font, from a collection the one for simplified Chinese."""
    if path.suffix != ".ttc":
        return TTFont(path)
    for font in TTCollection(path).fonts:
        name = font["name"].getDebugName(1)
        if " SC" in name and "Mono" not in name:
            return font
    raise SystemExit(f"{path} holds no font for simplified Chinese")


def rename(font: TTFont, cut: Cut) -> None:
    """Give the font its own family name; copyright and licence stay."""
    table = font["name"]
    table.names = [each for each in table.names if each.nameID in {0, 5, 13, 14}]
    plain = cut.style == "Regular"
    compact = cut.family.replace(" ", "")
    texts = {
        1: cut.family if plain else f"{cut.family} {cut.style}",
        2: "Regular",
        3: f"{compact}-{cut.style}-subset",
        4: f"{cut.family} {cut.style}",
        6: f"{compact}-{cut.style}",
    }
    if not plain:
        texts |= {16: cut.family, 17: cut.style}
    for number, text in texts.items():
        table.setName(text, number, 3, 1, 0x409)
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [f"{compact}-{cut.style}"]
        cff[0].FamilyName, cff[0].FullName = cut.family, f"{cut.family} {cut.style}"


def make(cut: Cut) -> None:
    """Write one file."""
    font = open_source(SYSTEM / cut.source)
    font.recalcTimestamp = False  # the same sources give the same bytes
    options = Options()
    options.layout_features = list(cut.features)
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "GDEF"]
    if not cut.features:
        options.drop_tables += ["GSUB", "GPOS"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=cut.characters)
    subsetter.subset(font)
    rename(font, cut)
    target = HERE / cut.target
    font.save(target)
    LOG.info("%s: %d bytes", cut.target, target.stat().st_size)


def main() -> None:
    """Make all files."""
    parser = argparse.ArgumentParser(description="Make the window's font files.")
    parser.add_argument("text", nargs="*", type=Path, help="files with our own words")
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    LOG.setLevel(logging.INFO)
    for cut in cuts(serif_characters(parser.parse_args().text)):
        make(cut)


if __name__ == "__main__":
    main()
