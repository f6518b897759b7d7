"""The engine: sources, changes while reading, cancelling, workers."""

from pathlib import Path

import pytest

from explorer.core.errors import CancelledError
from explorer.core.tasks import NullContext
from explorer.crypto.trust import TrustStore
from explorer.model.verdicts import EvidenceReport, Verdict
from explorer.session.engine import Engine, sha256_of, worker_processes
from explorer.session.options import VerifyOptions
from explorer.store.schema import create_case

PEARS = Path(__file__).resolve().parents[2] / "sample_chains" / "pears" / "pears.jsonl"


class Disturbing:
    """A context that changes a file as soon as reading has begun."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def step(self, done: int, total: int) -> None:
        assert 0 <= done <= total
        with self._path.open("ab") as file:
            file.write(b"x")


class Cancelling:
    def step(self, done: int, total: int) -> None:
        raise CancelledError("stop")


def verify(path: Path, *, hash_twice: bool = False) -> EvidenceReport:
    options = VerifyOptions(TrustStore(), hash_twice=hash_twice)
    return Engine(None).verify((path,), options, create_case(None), NullContext())


@pytest.mark.parametrize("hash_twice", [False, True])
def test_sources_have_their_digest_and_are_unchanged(hash_twice: bool) -> None:
    (source,) = verify(PEARS, hash_twice=hash_twice).sources
    assert source.sha256 == sha256_of(PEARS)
    assert source.unchanged


@pytest.mark.parametrize("hash_twice", [False, True])
def test_a_file_that_changes_meanwhile_is_said(
    tmp_path: Path, hash_twice: bool
) -> None:
    path = tmp_path / "pears.jsonl"
    path.write_bytes(PEARS.read_bytes())
    options = VerifyOptions(TrustStore(), hash_twice=hash_twice)
    report = Engine(None).verify((path,), options, create_case(None), Disturbing(path))
    assert [each.unchanged for each in report.sources] == [False]


def test_cancelling_reaches_the_caller() -> None:
    with pytest.raises(CancelledError):
        Engine(None).verify(
            (PEARS,), VerifyOptions(TrustStore()), create_case(None), Cancelling()
        )


def test_what_cannot_be_read_has_no_digest(tmp_path: Path) -> None:
    assert sha256_of(tmp_path / "missing") == ""
    report = verify(tmp_path / "missing")
    assert (report.verdict, report.problem_reason) == (
        Verdict.UNREADABLE,
        "cannot-read",
    )


def test_one_job_needs_no_other_process() -> None:
    with worker_processes(1) as executor:
        assert executor is None
    with worker_processes(2) as executor:
        assert executor is not None
        assert executor.submit(sha256_of, PEARS).result() == sha256_of(PEARS)
