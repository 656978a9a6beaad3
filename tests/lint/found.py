"""Findings of a policy that extends the default one, as text, and a waiver for it to have."""

from datetime import UTC, datetime
from typing import Final

from rules_engine import read_policy
from rules_engine.lint import lint_policy

HEAD: Final = 'schema_version = 1\nid = "shop"\nextends = "default"\nmerchant = "mer_1"\n'
"""Four lines, so that what follows begins on the fifth; the merchant keeps it from saying nothing."""
TODAY: Final = datetime(2027, 1, 1, tzinfo=UTC)
_WAIVER: Final = """\
[[waivers]]
id = "till"
code = "{code}"
match = {match}
expires = {expires}
reason = "Known."
"""


def found(text: str, at: datetime | None = TODAY) -> list[str]:
    """Read a policy and give what is found, a line each, in the order it is found."""
    return [str(finding) for finding in lint_policy(read_policy(HEAD + text, source="shop.toml"), at=at)]


def waiver(
    code: str = "price_sold_out", match: str = '{ operation = "session.create" }', expires: str = "2027-01-01T00:00:01Z"
) -> str:
    """Write a waiver."""
    return _WAIVER.format(code=code, match=match, expires=expires)
