"""Policy files that may name the rules of installed plugins."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rules_engine.exceptions import PolicyError
from rules_engine.plugins import Plugins, load_plugins
from rules_engine.policy.builtin import DEFAULT, default_policy
from rules_engine.policy.load import load_policy
from rules_engine.policy.model import Policy
from rules_engine.rules.row import Rule


@contextmanager
def installed_rules() -> Iterator[tuple[Rule[Any], ...]]:
    """Give the rules of the installed plugins; where a policy names what nobody knows, say which were refused.

    Raises:
        PolicyError: What was raised meanwhile, with the refused plugins beside the names that they may bring.
    """
    plugins = load_plugins()
    with explaining(plugins):
        yield plugins.rules


@contextmanager
def explaining(plugins: Plugins) -> Iterator[None]:
    """Say which plugins were refused, where a policy names what nobody knows.

    Raises:
        PolicyError: The same, explained.
    """
    try:
        yield
    except PolicyError as error:
        raise plugins.explained(error) from error


def load_named_policy(path: str, rules: tuple[Rule[Any], ...]) -> Policy:
    """Load a policy file, or the policy of the library by its name.

    Args:
        path: The file, or `default`.
        rules: Rules of installed plugins that the file may name.

    Raises:
        PolicyError: Something is wrong with the file.
    """
    return default_policy() if path == DEFAULT else load_policy(path, rules=rules)
