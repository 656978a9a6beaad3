"""The waivers of a policy file."""

from collections.abc import Mapping
from typing import Any

from rules_engine.codes import Code
from rules_engine.operations import OPERATIONS
from rules_engine.policy.document import Document
from rules_engine.policy.locate import Path
from rules_engine.policy.model import KeyPath, Origin, Policy
from rules_engine.policy.waiver import SESSIONS, MetadataMatch, Waiver, WaiverMatch, admits_metadata, why_not_waivable

KEYS = ("id", "code", "match", "expires", "reason")
MATCHES = ("merchant", "operation", "metadata")


class WaiverReader:
    """The waivers of one file.

    Attributes:
        waivers: Those that are lawful, in the order of the file.
        origins: Where each of them and of its values is written.
    """

    def __init__(self, document: Document, policy: str, codes: Mapping[str, Code], base: Policy | None) -> None:
        """Read the waivers.

        Args:
            document: The file.
            policy: The id of the policy, after which waivers without a name of their own are called.
            codes: Every code that a waiver may name, and those that it may not.
            base: The policy whose waivers come before these; None for none.
        """
        self.waivers: list[Waiver] = []
        self.origins: dict[KeyPath, Origin] = {}
        self._document = document
        self._policy = policy
        self._codes = codes
        inherited = () if base is None else base.waivers
        self._places = {
            waiver.id: str(base.origins.get(("waivers", waiver.id), base.id)) for waiver in inherited if base
        }
        stated = document.value(("waivers",))
        if not isinstance(stated, list | None):
            document.problem(
                ("waivers",), "waivers must be an array of tables, each headed [[waivers]]", expected="[[waivers]]"
            )
            return
        for position, waiver in enumerate(stated or ()):
            path = ("waivers", position)
            if isinstance(waiver, dict):
                self._read(path, waiver)
            else:
                document.problem(path, "expected a waiver, which is a table", expected="a table")

    def _read(self, path: Path, stated: Mapping[str, Any]) -> None:
        document = self._document
        before = len(document.problems)
        document.unknown_keys(path, KEYS)
        name = self._name(path)
        code = self._code((*path, "code"))
        match = self._match((*path, "match"))
        expires = document.instant((*path, "expires"), required=True)
        reason = document.text((*path, "reason"), "says why", required=True)
        if len(document.problems) > before or code is None or match is None or expires is None or reason is None:
            return
        self.waivers.append(Waiver(name, code, match, expires, reason))
        self.origins["waivers", name] = document.origin(path)
        self.origins.update({("waivers", name, key): document.origin((*path, key)) for key in stated})

    def _name(self, path: Path) -> str:
        """Read the id of a waiver; one without is called after its policy and its place: `christmas#1`."""
        name = self._document.text((*path, "id"), "names the waiver") or f"{self._policy}#{int(path[-1]) + 1}"
        if name in self._places:
            message = f"the waiver at {self._places[name]} is called {name} already"
            self._document.problem((*path, "id"), message, of_value=True, expected="a name of its own")
        self._places[name] = str(self._document.origin(path))
        return name

    def _code(self, path: Path) -> str | None:
        name = self._document.text(path, "names the code that is waived", required=True)
        if name is None:
            return None
        if name not in self._codes:
            self._document.unknown(path, "code", name, self._codes, of_value=True)
            return None
        refusal = why_not_waivable(self._codes[name])
        if refusal is None:
            return name
        self._document.problem(path, f"{name} {refusal}", of_value=True, expected="the code of a rule")
        return None

    def _match(self, path: Path) -> WaiverMatch | None:
        document = self._document
        stated = document.value(path)
        if not isinstance(stated, dict) or not stated:
            expected = "a table of one or more of " + ", ".join(MATCHES)
            document.problem(path, f"match must be {expected}", of_value=True, expected=expected)
            return None
        document.unknown_keys(path, MATCHES)
        merchant = document.text((*path, "merchant"), "is the id of an account")
        operation = document.text((*path, "operation"), "names an operation")
        if operation is not None and operation not in OPERATIONS:
            document.unknown((*path, "operation"), "operation", operation, OPERATIONS, of_value=True)
            operation = None
        metadata = None if stated.get("metadata") is None else self._metadata((*path, "metadata"))
        match = WaiverMatch(merchant, operation, metadata)
        if not admits_metadata(match):
            message = f"{operation} has no session, whose metadata could match"
            document.problem((*path, "metadata"), message, expected=f"an operation that begins with {SESSIONS}")
        return match

    def _metadata(self, path: Path) -> MetadataMatch | None:
        if not isinstance(self._document.value(path), dict):
            expected = "a table of a key and, where it matters, its value"
            self._document.problem(path, f"metadata must be {expected}", of_value=True, expected=expected)
            return None
        self._document.unknown_keys(path, ("key", "value"))
        key = self._document.text((*path, "key"), "is a key of the session's metadata", required=True)
        value = self._document.value((*path, "value"))
        if not isinstance(value, str | None):
            message = "value must be a text; metadata that is no text is matched by its key alone"
            self._document.problem((*path, "value"), message, of_value=True, expected="a text")
        return None if key is None else MetadataMatch(key, value)
