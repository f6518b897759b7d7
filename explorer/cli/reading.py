"""What several verbs share: options from arguments, one verification per evidence."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection

from explorer.cli.progress import TerminalProgress
from explorer.core.absent import Absent
from explorer.model.verdicts import EvidenceReport
from explorer.session.engine import Engine, worker_processes
from explorer.session.options import VerifyOptions
from explorer.session.packs import load_pack
from explorer.session.profiles import load_profile
from explorer.session.trust_reading import checkpoint, load_trust
from explorer.store.schema import create_case


def options_from(
    arguments: argparse.Namespace,
    *,
    keep_statements: bool = False,
    hash_twice: bool = False,
) -> VerifyOptions:
    """Return what the user said about trust, time and extent.

    Raises:
        TrustError: If trust material cannot be understood.
        ProfileError: If a mapping profile or pack cannot be meant as it is written.
    """
    return VerifyOptions(
        trust=load_trust(arguments.trust),
        checkpoints=tuple(checkpoint(text) for text in arguments.checkpoint),
        copies=tuple(arguments.copy),
        as_of=arguments.as_of or Absent.NOT_IN_EXPORT,
        network=arguments.network,
        profiles=tuple(load_profile(each) for each in arguments.profile),
        packs=tuple(load_pack(each) for each in arguments.pack),
        format=arguments.format,
        jobs=arguments.jobs,
        keep_statements=keep_statements,
        hash_twice=hash_twice,
    )


def evidences(arguments: argparse.Namespace) -> list[tuple[Path, ...]]:
    """Return the paths of each evidence: one per path, or all together."""
    paths: list[Path] = arguments.paths
    return [tuple(paths)] if arguments.together else [(path,) for path in paths]


@contextmanager
def engine_for(jobs: int) -> Iterator[Engine]:
    """Yield an engine with that many worker processes."""
    with worker_processes(jobs) as executor:
        yield Engine(executor)


def verify_in_memory(
    engine: Engine, paths: tuple[Path, ...], options: VerifyOptions
) -> tuple[EvidenceReport, Connection]:
    """Verify one evidence with its case file in memory."""
    progress = TerminalProgress()
    database = create_case(None)
    report = engine.verify(paths, options, database, progress)
    progress.wipe()
    return report, database
