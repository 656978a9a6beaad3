"""The browser for the tests that need one, started once a file."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.dryrun.reports.html.chromium import Chromium


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Chromium"]:
    """Start a browser; whoever runs `pytest -m browser` has one."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None or find_spec("selenium") is None:
        pytest.fail("needs chromium, chromedriver and pip install '.[browser]'")
    from tests.dryrun.reports.html.chromium import Chromium  # noqa: PLC0415  # selenium may not be installed

    started = Chromium(binary, driver, tmp_path_factory.mktemp("chromium"))
    try:
        yield started
    finally:
        started.close()
