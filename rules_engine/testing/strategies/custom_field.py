"""Strategies of the fields that a merchant adds to the payment page."""

from rules_engine.models import CustomField, DropdownOption, LinkCustomField
from rules_engine.testing.strategies.plural import plural

dropdown_options = plural("dropdown_options", DropdownOption)
custom_fields = plural("custom_fields", CustomField)
link_custom_fields = plural("link_custom_fields", LinkCustomField)
