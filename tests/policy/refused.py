"""A file that takes the default policy over, and what is said of a text that is no policy."""

from typing import Any

import pytest

from rules_engine import PolicyError, Rule
from rules_engine.policy.load import read_policy

HEAD = 'schema_version = 1\nid = "shop"\nextends = "default"\n'


def refusal_of(text: str, *, rules: tuple[Rule[Any], ...] = ()) -> list[str]:
    """Read a text that is no policy, and give what is said of it."""
    with pytest.raises(PolicyError) as refusal:
        read_policy(text, source="shop.toml", rules=rules)
    return list(map(str, refusal.value.problems))
