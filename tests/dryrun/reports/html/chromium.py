"""Pages as a real browser shows them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

_FLAGS: Final = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_MOST_TABS: Final = 400
PHONE: Final = (360, 740)
DESK: Final = (1280, 900)


class Chromium:
    """A browser without a window, in which pages are opened from files."""

    def __init__(self, binary: str, driver: str, folder: Path) -> None:
        """Start the browser.

        Args:
            binary: The program.
            driver: The program that drives it.
            folder: What it may write in.
        """
        options = webdriver.ChromeOptions()
        options.binary_location = binary
        for flag in (*_FLAGS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self._driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        self._file = folder / "page.html"

    def close(self) -> None:
        """End the browser."""
        self._driver.quit()

    def open(
        self, page: str, size: tuple[int, int] = DESK, *, scheme: str = "light", is_script_allowed: bool = True
    ) -> None:
        """Open a page.

        Args:
            page: Its text.
            size: The window, in CSS pixels.
            scheme: `light` or `dark`, as the reader prefers it.
            is_script_allowed: Whether the browser runs scripts.
        """
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE}
        self.command("Emulation.setDeviceMetricsOverride", metrics)
        preferred = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        features = [{"name": name, "value": value} for name, value in preferred.items()]
        self.command("Emulation.setEmulatedMedia", {"features": features})
        self.command("Emulation.setScriptExecutionDisabled", {"value": not is_script_allowed})
        self._file.write_text(page, encoding="utf-8")
        for kind in ("browser", "performance"):
            self._driver.get_log(kind)  # type: ignore[no-untyped-call]  # selenium leaves it without types
        self._driver.get(self._file.as_uri())

    def command(self, command: str, arguments: Mapping[str, Any] | None = None) -> Any:
        """Send a command of the browser's own protocol."""
        return self._driver.execute_cdp_cmd(command, dict(arguments or {}))

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a function's body in the page, and give what it returns."""
        return self._driver.execute_script(script, *arguments)

    def find(self, selector: str) -> WebElement:
        """Return the first element that a CSS selector chooses."""
        return self._driver.find_element("css selector", selector)

    def messages(self) -> list[str]:
        """Return what the page wrote to the console, errors of the browser included."""
        entries = self._driver.get_log("browser")  # type: ignore[no-untyped-call]  # selenium leaves it without types
        return [entry["message"] for entry in entries]

    def requested(self) -> set[str]:
        """Name the schemes of everything that the page asked for."""
        entries = self._driver.get_log("performance")  # type: ignore[no-untyped-call]  # selenium leaves it without types
        events = [json.loads(entry["message"])["message"] for entry in entries]
        urls = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return {url.partition(":")[0] for url in urls}

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        ActionChains(self._driver).send_keys(*keys).perform()

    def tab_to(self, selector: str) -> None:
        """Go on with the Tab key until the focus is at what a CSS selector chooses.

        Raises:
            AssertionError: It cannot be reached, or the focus is not seen on the way.
        """
        for _ in range(_MOST_TABS):
            self.press(Keys.TAB)
            assert self.run("return getComputedStyle(document.activeElement).outlineStyle") != "none"
            if self.run("return document.activeElement.matches(arguments[0])", selector):
                return
        raise AssertionError(f"no way to {selector}")

    def accessible(self) -> list[tuple[str, str]]:
        """Return the role and the name of everything that assistive technology finds."""
        nodes = self.command("Accessibility.getFullAXTree")["nodes"]
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]
