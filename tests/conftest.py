"""How the suite runs: the profiles of Hypothesis are known before a test is collected."""

from tests import profiles as profiles  # noqa: PLC0414  # imported for what it registers
