"""The arguments of `rules-engine policy ...`."""

from cyclopts import App

policy_app = App(name="policy", help="Check, show, compare and test policies.", help_format="plaintext")
