"""What the command line tells the shell. No flag changes it."""

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
    """It was ended by Ctrl-C, as 128 and the number of that signal tell a shell."""
    READER_GONE = 141
    """Whoever read the output stopped reading, as 128 and the number of that signal tell a shell."""


class UsageError(Exception):
    """Arguments that do not go together."""
