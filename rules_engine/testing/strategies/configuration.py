"""Strategies of payment method configurations, and of the requests that act on them."""

from rules_engine.models import Configuration, ConfigurationCreate, ConfigurationDelete, ConfigurationUpdate
from rules_engine.testing.strategies.plural import plural

configurations = plural("configurations", Configuration)
configuration_creates = plural("configuration_creates", ConfigurationCreate)
configuration_updates = plural("configuration_updates", ConfigurationUpdate)
configuration_deletes = plural("configuration_deletes", ConfigurationDelete)
