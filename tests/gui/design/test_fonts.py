from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont

from explorer.core.resources import resource
from explorer.gui.design.fonts import FontError, FontFamilies, register_fonts
from explorer.gui.design.theme import Theme
from explorer.gui.design.tokens import Role


def test_families_are_those_that_the_files_report(families: FontFamilies) -> None:
    assert families.sans == ("Explorer Sans", "Explorer Sans SC")
    assert families.serif[0] == "Explorer Serif SC"
    assert families.mono[0] == "Explorer Mono"


def test_a_missing_file_is_told_and_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(FontError, match=r"ExplorerSans-Regular\.otf"):
        register_fonts(tmp_path)


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    for file in resource("fonts").glob("*.?tf"):
        (tmp_path / file.name).write_bytes(b"not a font")
    with pytest.raises(FontError, match="could not be read"):
        register_fonts(tmp_path)


def test_the_files_stay_small() -> None:
    sizes = [file.stat().st_size for file in resource("fonts").glob("*.?tf")]
    assert len(sizes) == 6
    assert max(sizes) < 3_000_000
    assert sum(sizes) < 7_000_000


@pytest.mark.parametrize("role", [Role.BODY, Role.STRONG, Role.MONO])
def test_the_first_family_is_found(theme: Theme, role: Role) -> None:
    raw = QRawFont.fromFont(theme.font(role))
    assert raw.familyName().startswith("Explorer ")


def test_the_serif_has_only_the_characters_of_our_own_words(theme: Theme) -> None:
    serif = QRawFont(str(resource("fonts", "ExplorerSerifSC-SemiBold.otf")), 20)
    assert theme.font(Role.DISPLAY).families()[0] == "Explorer Serif SC"
    assert serif.supportsCharacter(ord("核"))
    assert serif.supportsCharacter(ord("A"))
    assert not serif.supportsCharacter(ord("氅"))
