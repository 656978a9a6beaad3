"""Start the command line: `rules-engine`, or `python -m rules_engine`."""

import sys
from collections.abc import Sequence

from rules_engine.extras import install_command

_EXTRA = {"cyclopts", "rich"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line, which the extra `cli` brings.

    Args:
        argv: The arguments after the name of the program; those of this process where none are given.

    Returns:
        The exit code: 0 clean, 1 findings, 2 usage or unreadable input; 130 where it was interrupted.
    """
    try:
        from rules_engine.cli.app import run  # noqa: PLC0415  # the library must work, and say so, without the extra

        return run(sys.argv[1:] if argv is None else argv)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _EXTRA:
            raise
        sys.stderr.write(f"rules-engine: {missing} is not installed: {install_command('cli')}\n")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
