"""Where the program's own files are: fonts, icons, translations, sample ledgers.

A wheel carries them inside the package, a checkout has them beside it. Read through
``importlib.resources``; packages inside zip archives are left out, because Qt wants
files.
"""

from importlib.resources import files
from pathlib import Path


def resources_folder() -> Path:
    """Return the folder of fonts, icons, schemas and translations."""
    return _data_folder("resources")


def samples_folder() -> Path:
    """Return the folder of the sample ledgers."""
    return _data_folder("sample_chains")


def resource(*parts: str) -> Path:
    """Return the path of one file of ``resources``, such as ``("fonts", "x.ttf")``."""
    return resources_folder().joinpath(*parts)


def _data_folder(name: str) -> Path:
    package = Path(str(files("explorer")))
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parent / name
