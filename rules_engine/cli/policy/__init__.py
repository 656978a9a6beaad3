"""The commands of `rules-engine policy ...`. A command is imported when it is called."""

from cyclopts import App

policy_app = App(name="policy", help="Check, show, compare and test policies.", help_format="plaintext")
for command, place in {
    "check": "check:check",
    "show": "show:show",
    "diff": "show:diff",
    "schema": "show:schema",
    "test": "test:run_tests",
    "compare": "compare:compare",
}.items():
    policy_app.command(f"rules_engine.cli.policy.{place}", name=command)
