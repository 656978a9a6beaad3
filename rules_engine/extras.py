"""Libraries that extras bring, imported where one is needed."""

import importlib
import json
from importlib import metadata
from types import ModuleType
from urllib.parse import urlsplit
from urllib.request import url2pathname

from rules_engine.distribution import DISTRIBUTION


class MissingExtraError(ImportError):
    """A library is not installed; the text holds the command that installs it."""


def install_command(extra: str) -> str:
    """Return the command that adds an extra to this installation.

    Args:
        extra: Such as `cli`.

    Returns:
        A command for a shell. It installs from the place that the distribution was installed from (PEP 610): a
        checkout, a file, a repository; else from the package index.
    """
    try:
        recorded = metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        recorded = None
    requirement = f"{DISTRIBUTION}[{extra}]"
    if recorded is None:
        return f"pip install '{requirement}'"
    origin = json.loads(recorded)
    url = origin["url"]
    if origin.get("dir_info", {}).get("editable"):
        return f"pip install -e '{url2pathname(urlsplit(url).path)}[{extra}]'"
    if version := origin.get("vcs_info"):
        url = f"{version['vcs']}+{url}@{version['commit_id']}"
    return f"pip install '{requirement} @ {url}'"


def load_extra(module: str, extra: str) -> ModuleType:
    """Import a module of a library that an extra brings, and return the library.

    Args:
        module: Such as `pyarrow.parquet`; the library is `pyarrow`.
        extra: The extra.

    Raises:
        MissingExtraError: The library is not installed.
    """
    name = module.partition(".")[0]
    try:
        library = importlib.import_module(name)
        importlib.import_module(module)
    except ModuleNotFoundError:
        raise MissingExtraError(f"{name} is not installed: {install_command(extra)}") from None
    return library
