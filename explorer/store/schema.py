"""Tables of the case file (SQLite 3).

Blocks and entries share one numbering, ``row``, so that the list of blocks with their
entries pages by primary key. Bytes are not copied: rows hold offsets into the evidence.
"""

import sqlite3
from pathlib import Path

SCHEMA_VERSION = 2

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source(id INTEGER PRIMARY KEY, path TEXT NOT NULL, size_bytes INTEGER,
  sha256 TEXT NOT NULL DEFAULT '', modified_ns INTEGER);
CREATE TABLE ledger(id INTEGER PRIMARY KEY, format TEXT, title TEXT, entry_unit TEXT,
  report TEXT NOT NULL DEFAULT '');
CREATE TABLE block(row INTEGER PRIMARY KEY, ledger INTEGER, height INTEGER,
  source INTEGER, start INTEGER, end INTEGER, hash BLOB, parent BLOB,
  time_us INTEGER, entries INTEGER, refused INTEGER, configuration INTEGER,
  status INTEGER);
CREATE TABLE entry(row INTEGER PRIMARY KEY, ledger INTEGER, block INTEGER,
  position INTEGER, id TEXT, kind TEXT, author TEXT, time_us INTEGER, source INTEGER,
  start INTEGER, end INTEGER, refused TEXT, summary TEXT);
CREATE TABLE finding(id INTEGER PRIMARY KEY, ledger INTEGER, check_id TEXT, kind TEXT,
  outcome INTEGER, severity TEXT, reason TEXT, block INTEGER, entry INTEGER,
  entry_id TEXT, message TEXT, expected TEXT, computed TEXT, detail TEXT, spans TEXT,
  cause INTEGER, is_root INTEGER);
CREATE TABLE thing(id INTEGER PRIMARY KEY, ledger INTEGER, thing TEXT, block INTEGER,
  entry INTEGER, label TEXT, kind TEXT, deleted INTEGER, value BLOB, amount TEXT,
  unit TEXT, rank INTEGER, struck INTEGER);
CREATE TABLE flow(ledger INTEGER, source INTEGER, target INTEGER, block INTEGER,
  entry INTEGER, relation TEXT, link TEXT, fact TEXT, struck INTEGER);
CREATE TABLE act(ledger INTEGER, block INTEGER, entry INTEGER, entry_id TEXT,
  what TEXT, agent TEXT, time_us INTEGER, fact TEXT, struck INTEGER);
CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize="unicode61");
"""

_INDEXES = """
CREATE INDEX IF NOT EXISTS block_height ON block(ledger, height);
CREATE INDEX IF NOT EXISTS entry_place ON entry(ledger, block, position);
CREATE INDEX IF NOT EXISTS entry_id ON entry(id);
CREATE INDEX IF NOT EXISTS act_place ON act(ledger, block, entry);
CREATE INDEX IF NOT EXISTS thing_name ON thing(thing);
"""


CACHE_KIB = 64 * 1024
"""Memory of a case file without a place."""


def create_case(path: Path | None) -> sqlite3.Connection:
    """Return a connection to a new case file; ``None`` keeps it in memory.

    A file that is already there is replaced. In memory means up to ``CACHE_KIB``: what
    is more goes to a temporary file without a name, so that large ledgers fit.
    """
    if path is not None:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect("" if path is None else path, check_same_thread=False)
    settings = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
        if path is not None
        else f"PRAGMA journal_mode=OFF; PRAGMA cache_size=-{CACHE_KIB};"
    )
    database.executescript(f"{settings} PRAGMA user_version={SCHEMA_VERSION};{_TABLES}")
    database.commit()
    return database


def add_indexes(database: sqlite3.Connection) -> None:
    """Index what is looked up; done once, after the rows are in."""
    database.executescript(_INDEXES)


def open_case(path: Path) -> sqlite3.Connection:
    """Return a read-only connection to a case file that the engine may be writing."""
    database = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False
    )
    database.execute("PRAGMA query_only=ON")
    return database
