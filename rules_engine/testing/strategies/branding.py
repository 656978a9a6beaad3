"""Strategies of how a payment page looks."""

from rules_engine.models import BrandingColors, BrandingSettings
from rules_engine.testing.strategies.plural import plural

branding_colors = plural("branding_colors", BrandingColors)
branding_settings = plural("branding_settings", BrandingSettings)
