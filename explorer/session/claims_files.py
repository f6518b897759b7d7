"""Which files are exhibits of a claim rather than ledgers, by their names alone.

Nothing is read here, so that the start page can ask. A wrong guess does no harm: any
file can be attached on the claim page, and any file can be opened as a ledger.
"""

from pathlib import Path

PHOTO_ENDINGS = frozenset((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"))
DOCUMENT_ENDINGS = frozenset(
    (
        *(".pdf", ".html", ".htm", ".mht", ".mhtml", ".doc", ".docx", ".eml"),
        *(".heic", ".tif", ".tiff", ".ofd", ".ppt", ".pptx", ".mp4", ".mov"),
    )
)


def is_document(path: Path) -> bool:
    """Return whether a file is taken as an exhibit rather than as a ledger."""
    return path.suffix.lower() in DOCUMENT_ENDINGS or is_photo(path)


def is_photo(path: Path) -> bool:
    """Return whether a file is a picture in which codes are looked for."""
    return path.suffix.lower() in PHOTO_ENDINGS
