"""A payment method configuration that is made, changed or deleted."""

from collections.abc import Sequence
from typing import Any, Final

from attrs import define

from rules_engine.models.draft import (
    ConfigurationCreateDraft,
    ConfigurationDeleteDraft,
    ConfigurationDraft,
    ConfigurationUpdateDraft,
)
from rules_engine.subjects.configuration import CONFIGURATION, ConfigurationSubject
from rules_engine.subjects.joined import Joined, JoinedOperation, UnknownFact
from rules_engine.subjects.target import TARGET_PLACE, target_id


@define(eq=False)
class SavedConfigurationJoined(Joined):
    """The items of every scope of the operations of a configuration."""

    configuration: Sequence[ConfigurationSubject] = ()


def join_configuration_create(draft: ConfigurationCreateDraft) -> SavedConfigurationJoined:
    """Join a new configuration with the account."""
    unknown: list[UnknownFact] = []
    return SavedConfigurationJoined(unknown)


def join_configuration_update(draft: ConfigurationUpdateDraft) -> SavedConfigurationJoined:
    """Join a change of a configuration with the stored one and the account."""
    unknown: list[UnknownFact] = []
    return SavedConfigurationJoined(unknown, configuration=_target(draft, unknown))


def join_configuration_delete(draft: ConfigurationDeleteDraft) -> SavedConfigurationJoined:
    """Join the end of a configuration with the stored one and what uses it."""
    unknown: list[UnknownFact] = []
    return SavedConfigurationJoined(unknown, configuration=_target(draft, unknown))


def _target(draft: ConfigurationDraft[Any], unknown: list[UnknownFact]) -> tuple[ConfigurationSubject, ...]:
    facts, configuration_id = draft.facts, target_id(draft)
    missing = configuration_id in facts.missing.configurations
    not_looked_up = not missing and configuration_id not in facts.configurations
    if not_looked_up:
        unknown.append(("configurations", configuration_id))
    return (ConfigurationSubject(TARGET_PLACE, configuration_id, missing, not_looked_up, None),)


ROWS: Final[tuple[JoinedOperation, ...]] = (
    (ConfigurationCreateDraft, join_configuration_create, ()),
    (ConfigurationUpdateDraft, join_configuration_update, (CONFIGURATION,)),
    (ConfigurationDeleteDraft, join_configuration_delete, (CONFIGURATION,)),
)
"""The draft of each operation, its join and its scopes."""
