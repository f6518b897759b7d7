"""The case file: one SQLite file that the engine writes and everything else reads."""
