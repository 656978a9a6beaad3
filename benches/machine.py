"""Where figures come from: the machine, the interpreter and the versions of what is measured."""

import os
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

_PACKAGES: Final = (
    *("rules-engine", "attrs", "cattrs", "msgspec", "pydantic", "zen-engine", "common-expression-language", "cedarpy"),
    "rule-engine",
)


def machine() -> str:
    """Name the interpreter, the processor and the system."""
    return (
        f"{platform.python_implementation()} {platform.python_version()} on {_processor()}, "
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}"
    )


def versions() -> Mapping[str, str]:
    """Give the versions of the packages that are measured and installed."""
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    """Name the processor; where the system has no list of them, the machine stands for it."""
    listed = Path("/proc/cpuinfo")
    for line in listed.read_text(encoding="utf-8").splitlines() if listed.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
