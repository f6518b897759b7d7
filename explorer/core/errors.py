"""The few exceptions of this program; a failed check is a result instead."""

from explorer.core.spans import ByteSpan


class ExplorerError(Exception):
    """Something could not be done; ``advice()`` says what the user can do."""

    def advice(self) -> str:
        """Return one sentence on what to do now, or an empty text."""
        return ""


class ReadError(ExplorerError):
    """A file, or one record of it, could not be read.

    Attributes:
        reason: Stable kebab-case code, such as ``too-long``.
        span: Where in the file, if known.
    """

    def __init__(
        self, message: str, reason: str = "malformed", span: ByteSpan | None = None
    ) -> None:
        """Keep the code and the place beside the message."""
        super().__init__(message)
        self.reason = reason
        self.span = span


class UnknownFormatError(ExplorerError):
    """No reader recognises the evidence."""

    def advice(self) -> str:
        """Name the command that lists the formats."""
        return "Run `provenance-explorer formats` to see what can be read."


class TrustError(ExplorerError):
    """Trust material given by the user could not be understood."""

    def advice(self) -> str:
        """Say what is accepted."""
        return (
            "Give a PEM file, a folder of PEM files (an MSP tree), a JSON list of keys "
            "or a trust profile (TOML)."
        )


class CheckpointError(TrustError):
    """A checkpoint is not written as it should be."""

    def advice(self) -> str:
        """Say how a checkpoint is written."""
        return "Write a checkpoint as HEIGHT=HASH, such as 12=ab34…, the hash in hex."


class CancelledError(ExplorerError):
    """The user asked to stop."""


class ProfileError(ExplorerError):
    """A mapping profile cannot be meant as it is written.

    Attributes:
        line: Line in the file, from 1.
        field: The field, such as ``event[2].time``; empty for the whole file.
    """

    def __init__(self, message: str, name: str, line: int, field: str) -> None:
        """Put file, line and field before the message."""
        place = f"{name}, line {line}" + (f", field {field}" if field else "")
        super().__init__(f"{place}: {message}")
        self.line = line
        self.field = field

    def advice(self) -> str:
        """Say where the fields are described."""
        return "See docs/mapping-profiles.md for the fields of a profile."


class PackError(ProfileError):
    """A domain pack cannot be meant as it is written."""

    def advice(self) -> str:
        """Say where the fields are described."""
        return "See docs/domain-packs.md for the fields of a pack."


class LessonError(ProfileError):
    """A lesson cannot be meant as it is written, or a step of it cannot be done."""

    def advice(self) -> str:
        """Say where the fields are described."""
        return "See docs/lessons.md for the fields of a lesson."
