"""Rules that installed packages bring: found, checked, and refused by name where they are not lawful."""

from rules_engine.plugins.load import GROUP, Plugin, Plugins, RefusedPlugin, load_plugins

__all__ = ["GROUP", "Plugin", "Plugins", "RefusedPlugin", "load_plugins"]
