"""Valid examples of the operations of a configuration."""

from collections.abc import Mapping
from typing import Any, Final

from rules_engine.examples.worlds.account import drafted

_STORED: Final = {
    "configurations": {
        "pmc_1": {"id": "pmc_1", "name": "Standard", "isDefault": True, "enabledMethods": ["card"]},
        "pmc_2": {"id": "pmc_2", "name": "Online shop", "enabledMethods": ["card", "fawry"]},
    },
    "usage": {"configurations": {"pmc_2": 0}},
}

EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "configuration_create": drafted("configuration.create", {"name": "Online shop", "enabledMethods": ["card"]}),
    "configuration_create_default": drafted(
        "configuration.create", {"name": "Every method", "enabledMethods": ["card", "fawry", "valu"], "isDefault": True}
    ),
    "configuration_update": drafted("configuration.update", {"enabledMethods": ["card"]}, _STORED, target="pmc_2"),
    "configuration_update_default": drafted(
        "configuration.update",
        {"name": "Standard", "enabledMethods": ["card", "valu"], "isDefault": True},
        _STORED,
        target="pmc_1",
    ),
    "configuration_update_succeeds": drafted(
        "configuration.update", {"name": "From now on", "isDefault": True}, _STORED, target="pmc_2"
    ),
    "configuration_delete": drafted("configuration.delete", {}, _STORED, target="pmc_2"),
}
"""Draft documents by name."""
