"""The shipped fonts, registered, and the names under which Qt knows them.

A misspelt family falls back silently, so the names that Qt reports for the files are
the ones used. Licence and origin: ``resources/fonts/OFL.txt``; how the files are made:
``resources/fonts/make_subsets.py``.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from explorer.core.errors import ExplorerError
from explorer.gui.design.tokens import Family

_SANS = ("ExplorerSans-Regular.otf", "ExplorerSans-SemiBold.otf")
_SANS_SC = ("ExplorerSansSC-Regular.otf", "ExplorerSansSC-Medium.otf")
_SERIF = ("ExplorerSerifSC-SemiBold.otf",)
_MONO = ("ExplorerMono-Regular.ttf",)


class FontError(ExplorerError):
    """A shipped font is missing or Qt does not read it."""

    def advice(self) -> str:
        """Say what the user can do."""
        return "Install the program again; its font files are damaged or missing."


@dataclass(frozen=True, slots=True)
class FontFamilies:
    """Family names as Qt reports them, the Latin one first."""

    sans: tuple[str, ...]
    serif: tuple[str, ...]
    mono: tuple[str, ...]

    def of(self, family: Family) -> tuple[str, ...]:
        """Return the names of one voice."""
        if family is Family.SERIF:
            return self.serif
        return self.mono if family is Family.MONO else self.sans


def register_fonts(folder: Path) -> FontFamilies:
    """Return the families of the fonts in ``folder`` after making them known to Qt.

    Needs a ``QGuiApplication``.

    Raises:
        FontError: A file is missing or not a font.
    """
    sans, sans_sc, serif, mono = (
        _register(folder, names) for names in (_SANS, _SANS_SC, _SERIF, _MONO)
    )
    return FontFamilies(sans + sans_sc, serif + sans_sc, mono + sans_sc)


def _register(folder: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    families: dict[str, None] = {}
    for name in names:
        number = QFontDatabase.addApplicationFont(str(folder / name))
        reported = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        if not reported:
            raise FontError(f"the font file {name} could not be read")
        families[reported[0]] = None
    return tuple(families)
