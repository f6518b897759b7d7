"""Where case files lie, and how they are named: for all that could change a result."""

import hashlib
from pathlib import Path

from explorer import __version__
from explorer.core.errors import ReadError
from explorer.formats.opening import open_evidence
from explorer.session.options import VerifyOptions

SUFFIX = ".case"
KEPT_CASES = 12
"""Case files kept; the least recently written ones are deleted."""


def case_path(folder: Path, paths: tuple[Path, ...], options: VerifyOptions) -> Path:
    """Return the path of the case file for this evidence, trust and version.

    A file of that name that cannot be deleted (it is still open on Windows) gets a
    number behind its name.
    """
    stem = hashlib.sha256("\n".join(_facts(paths, options)).encode()).hexdigest()[:32]
    for number in range(100):
        name = f"{stem}-{number}" if number else stem
        path = folder / f"{name}{SUFFIX}"
        if _is_free(path):
            return path
    raise ReadError(f"no case file can be written in {folder}", "cannot-write")


def forget_old_cases(folder: Path, keep: Path) -> None:
    """Delete all but the newest case files."""
    cases = [each for each in folder.glob(f"*{SUFFIX}") if each != keep]
    cases.sort(key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for path in cases[KEPT_CASES - 1 :]:
        _is_free(path)


def _is_free(path: Path) -> bool:
    try:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _facts(paths: tuple[Path, ...], options: VerifyOptions) -> list[str]:
    facts = [f"version {__version__}", f"trust {options.trust.fingerprint().hex()}"]
    facts += [f"as of {options.as_of}", f"network {options.network!r}"]
    facts += [f"format {options.format!r}", f"statements {options.keep_statements}"]
    facts += [
        f"checkpoint {each.ledger!r} {each.height} {each.block_hash.hex()}"
        for each in options.checkpoints
    ]
    return facts + _files_of((*paths, *options.copies), len(paths))


def _files_of(paths: tuple[Path, ...], evidence_count: int) -> list[str]:
    absolute = tuple(path.absolute() for path in paths)
    facts = [f"evidence {evidence_count}", *map(str, absolute)]
    try:
        with open_evidence(absolute) as files:
            sources = files.evidence.sources
    except ReadError as error:
        return [*facts, str(error)]
    return facts + [f"{s.path}\n{s.size_bytes} {s.modified_ns}" for s in sources]
