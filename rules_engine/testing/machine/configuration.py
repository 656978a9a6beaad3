"""The operations of a payment method configuration."""

from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import MultipleResults, initialize, multiple, rule

from rules_engine.testing.machine.shop import Record, merged
from rules_engine.testing.machine.till import CONFIGURATIONS, Till, maybe_nowhere
from rules_engine.testing.machine.world import FIRST_CONFIGURATION

_FIELDS: Final = ("name", "enabledMethods", "isDefault")
_NAMES: Final = st.sampled_from(("Online shop", "Fair", "Standard"))
_METHODS: Final = st.lists(st.sampled_from(("card", "fawry", "tabby")), max_size=2, unique=True)
_CREATES: Final = st.fixed_dictionaries(
    {"name": _NAMES, "enabledMethods": st.just(["card"]) | _METHODS},
    optional={"isDefault": st.booleans()},
)
_UPDATES: Final = st.fixed_dictionaries(
    {}, optional={"name": _NAMES, "enabledMethods": _METHODS, "isDefault": st.booleans()}
) | st.fixed_dictionaries({"unknown": st.just(1)})


class ConfigurationOperations(Till):
    """Configurations are made, changed and deleted; making one the default takes that from the one before."""

    @initialize(target=CONFIGURATIONS)
    def first_configuration(self) -> str:
        """Open with the default that every account has."""
        return str(FIRST_CONFIGURATION["id"])

    @rule(target=CONFIGURATIONS, request=_CREATES)
    def create_configuration(self, request: Record) -> str | MultipleResults[str]:
        """Make a configuration."""
        if not self.admits("configuration.create", request):
            return multiple()
        configuration_id = self.shop.new_id("pmc")
        self._put_configuration(merged({"id": configuration_id, "isDefault": False}, request, _FIELDS))
        return configuration_id

    @rule(configuration_id=maybe_nowhere(CONFIGURATIONS, "configuration"), request=_UPDATES)
    def update_configuration(self, configuration_id: str, request: Record) -> None:
        """Change a configuration, the default or another, that is there or not."""
        if not self.admits("configuration.update", request, configuration_id):
            return
        self.shop.refer("configurations", configuration_id, "a change")
        if configuration_id in self.shop.configurations:
            self._put_configuration(merged(self.shop.configurations[configuration_id], request, _FIELDS))

    @rule(configuration_id=maybe_nowhere(CONFIGURATIONS, "configuration"))
    def delete_configuration(self, configuration_id: str) -> None:
        """Delete a configuration, the default or another, in use or not, that is there or not."""
        if self.admits("configuration.delete", {}, configuration_id):
            self.shop.delete("configurations", configuration_id)

    def _put_configuration(self, configuration: Record) -> None:
        if configuration["isDefault"]:
            for other in self.shop.configurations.values():
                other["isDefault"] = False
        self.shop.configurations[configuration["id"]] = configuration
