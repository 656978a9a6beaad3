"""The quantities that rules compare with limits, and that can be set in valid examples: derived from the rows."""

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from rules_engine.examples.counterexamples import SetValue, changes_of
from rules_engine.examples.documents import changed
from rules_engine.examples.valid import examples
from rules_engine.rules import RULES
from rules_engine.rules.kinds import Setting


@frozen(eq=False)
class Dial:
    """A quantity that can be set.

    Attributes:
        rule: The name of the rule that compares it.
        limit: The name of the limit it is compared with.
        setting: How it can be set.
        example: The valid example it is set in.
    """

    rule: str
    limit: str
    setting: Setting
    example: str

    @property
    def least(self) -> int | None:
        """The least value that a draft of this example can have; None where the quantity is a member of a set."""
        return self.setting.least

    @property
    def most(self) -> int | None:
        """The greatest one."""
        return self.setting.most

    @property
    def beyond(self) -> str:
        """Why no draft lies beyond these."""
        return self.setting.beyond

    def turn(self, value: SetValue) -> Mapping[str, Any]:
        """Return the changes that set it, pointer to value."""
        return changes_of(self.setting, value)

    def document(self, value: SetValue, *, example: str | None = None) -> dict[str, Any]:
        """Return the draft document in which the quantity has a value.

        Args:
            value: The value.
            example: Another valid example than its own, where the same changes may mean the same.

        Raises:
            LookupError: The changes do not fit the example.
            TypeError: The same.
        """
        return changed(examples()[example or self.example], self.turn(value))


DIALS: Final = tuple(
    Dial(rule.name, limit.name, setting, example)
    for rule in RULES
    for limit in rule.limits
    for setting in rule.settings
    for example in setting.names
    if setting.most is not None or isinstance(limit.default, frozenset)
)
"""A row a rule, limit and kind of draft, in the order of the rules."""
