"""Where results may be written: never over the evidence, never into its folders."""

from collections.abc import Iterable
from pathlib import Path

from explorer.core.errors import ExplorerError


def refuse_evidence(output: Path, evidence: Iterable[Path]) -> None:
    """Make sure that writing ``output`` leaves the evidence and its folders alone.

    Raises:
        ExplorerError: If it would not, by whatever link.
    """
    target = output.resolve()
    for path in evidence:
        inside = path.is_dir() and target.is_relative_to(path.resolve())
        if inside or target == path.resolve():
            raise ExplorerError(f"{output} lies in the evidence; name another place")
        if output.exists() and any(_same(output, each) for each in _files(path)):
            raise ExplorerError(f"{output} is a file of the evidence")


def shares_a_file(one: Path, other: Path) -> bool:
    """Return whether two paths lead to a file in common, by whatever link."""
    mine = {_identity(each) for each in _files(one)}
    return any(_identity(each) in mine for each in _files(other))


def _files(path: Path) -> Iterable[Path]:
    return (each for each in path.rglob("*")) if path.is_dir() else (path,)


def _same(one: Path, other: Path) -> bool:
    return _identity(one) == _identity(other)


def _identity(path: Path) -> tuple[int, int] | str:
    """Return device and number of a file; a path that is none is only itself."""
    try:
        facts = path.stat()
    except OSError:
        return str(path)
    return str(path) if path.is_dir() else (facts.st_dev, facts.st_ino)
