"""What is wrong with a policy, for machines: as JSON, and as annotations of GitHub."""

from typing import Any

from attrs import asdict

from rules_engine.exceptions import PolicyProblem, on_one_line


def problem_document(problem: PolicyProblem) -> dict[str, Any]:
    """Turn a problem into plain values: its attributes by name, and the line that a person reads as `text`."""
    stated = {"path": list(problem.path), "expected": problem.expected or None}
    return {**asdict(problem), **stated, "text": str(problem)}


def annotation(problem: PolicyProblem) -> str:
    """Render a problem as a workflow command of GitHub, which annotates the file at its line and column."""
    message = (
        problem.message if problem.suggestion is None else f"{problem.message}; did you mean {problem.suggestion}?"
    )
    return workflow_command("error", message, file=problem.source, line=problem.line, col=problem.column)


def workflow_command(level: str, message: str, **properties: str | int | None) -> str:
    """Render a workflow command of GitHub.

    Args:
        level: `error`, `warning` or `notice`.
        message: The message.
        properties: Where it belongs; what is None is left out.
    """
    stated = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::{level} {stated}::{_escaped(message)}" if stated else f"::{level}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return on_one_line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
