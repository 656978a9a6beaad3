"""`rules-engine help`: what is true of every command."""

from typing import Final, Literal

from rules_engine.cli.command import EXIT_CODES, ExitCode, Printer

_TOPICS: Final = {
    "exit-codes": (
        *(f"{code:>3}  {meaning}" for code, meaning in EXIT_CODES.items()),
        "",
        "Of several documents, the worst counts. No option changes an exit code.",
    )
}


def topics(topic: Literal["exit-codes"], /) -> ExitCode:
    """Explain a topic that concerns every command.

    Example: rules-engine help exit-codes

    Args:
        topic: What to explain.
    """
    printer = Printer()
    for line in _TOPICS[topic]:
        printer.line(line)
    return ExitCode.CLEAN
