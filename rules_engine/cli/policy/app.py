"""The commands of `rules-engine policy ...`."""

from cyclopts import App

from rules_engine.cli.policy.check import check
from rules_engine.cli.policy.compare import compare
from rules_engine.cli.policy.show import diff, schema, show
from rules_engine.cli.policy.test import run_tests

policy_app = App(name="policy", help="Check, show, compare and test policies.", help_format="plaintext")
for command in (check, show, diff, schema, compare):
    policy_app.command(command)
policy_app.command(run_tests, name="test")
