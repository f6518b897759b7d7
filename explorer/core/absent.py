"""Typed absence."""

from enum import StrEnum


class Absent(StrEnum):
    """Why a value that could exist is not here. Never use ``None`` for this."""

    NOT_IN_FORMAT = "not-in-format"
    NOT_IN_EXPORT = "not-in-export"
    UNREADABLE = "unreadable"
