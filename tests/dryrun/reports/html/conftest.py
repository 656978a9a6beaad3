"""The browser for the tests that need one, started once a file."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.dryrun.reports.html.chromium import Chromium

REQUIRED = "RULES_ENGINE_REQUIRE_BROWSER"
"""The variable that, set to 1, makes a missing browser a failure."""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Chromium"]:
    """Give a browser; where there is none, skip, unless one is required."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None or find_spec("selenium") is None:
        reason = "needs chromium, chromedriver and pip install 'rules-engine[browser]'"
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from tests.dryrun.reports.html.chromium import Chromium  # noqa: PLC0415  # selenium may not be installed

    started = Chromium(binary, driver, tmp_path_factory.mktemp("chromium"))
    try:
        yield started
    finally:
        started.close()
