"""The exit codes of the command line. No option changes them."""

import enum


class ExitCode(enum.IntEnum):
    """How a command ended; of several documents, the worst counts."""

    CLEAN = 0
    """Everything is accepted."""
    FINDINGS = 1
    """Something is refused, or undecided."""
    UNUSABLE = 2
    """The arguments are wrong, something cannot be read, or the report cannot be written."""
    INTERRUPTED = 130
    """It was ended by Ctrl-C, as 128 and the number of that signal: what shells expect."""
    READER_GONE = 141
    """Whoever read the output stopped reading, as 128 and the number of that signal: what shells expect."""


class UsageError(Exception):
    """Arguments that do not go together."""
