"""`rules-engine policy schema`: a JSON Schema of policy files, for editors."""

import sys
from collections.abc import Iterable
from typing import Any

from rules_engine.cli.exit_code import ExitCode
from rules_engine.policy.schema import policy_schema
from rules_engine.rules.declaration import Rule
from rules_engine.wire.json_text import write_json


def schema(rules: Iterable[Rule[Any]] = ()) -> ExitCode:
    """Print the schema.

    Args:
        rules: Rules of installed packages that policy files may name.
    """
    sys.stdout.write(write_json(policy_schema(rules), indent=2) + "\n")
    return ExitCode.CLEAN
