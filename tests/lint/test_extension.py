"""A policy that extends another one: what it says, and where what it takes over is written."""

from rules_engine import Policy, default_policy, load_policy, read_policy
from rules_engine.lint import lint_policy
from tests.house.source import ROOT
from tests.lint.found import HEAD, TODAY, waiver


class TestExtension:
    """A policy that extends another one and changes nothing."""

    def test_says_nothing(self) -> None:
        """An id is not enough, and neither is a limit as it was; a merchant, a window or a value that differs is."""
        head = HEAD.replace('merchant = "mer_1"\n', "")
        for text in (head, head + "[limits]\nmax_line_items = 100\n", head + "[rules]\nprice_expired = {}\n"):
            (finding,) = lint_policy(read_policy(text, source="shop.toml"), at=TODAY)
            assert str(finding) == (
                "shop.toml:2:1: extension_says_nothing: shop says nothing that default, which it extends, does not say"
            )
        for text in (
            HEAD,
            head + "effective_from = 2026-01-01T00:00:00Z\n",
            head + "effective_until = 2028-01-01T00:00:00Z\n",
            head + "[limits]\nmax_line_items = 99\n",
            head + '[rules]\nexpires_too_late = { mode = "warn" }\n',
            head + "[rules]\nexpires_too_late = { enforce_from = 2028-01-01T00:00:00Z }\n",
        ):
            assert lint_policy(read_policy(text), at=TODAY) == ()

    def test_of_a_chain(self) -> None:
        """What a file extends is the next one of the chain, not the last."""
        policy = load_policy(ROOT / "policies" / "merchants" / "pottery.toml")
        assert policy.extends is not None
        assert policy.extends.id == "strict"
        assert policy.extends.extends is default_policy()
        assert default_policy().extends is None

    def test_inherited_faults_are_told_where_they_are_written(self) -> None:
        """An expired waiver of an extended file is the matter of that file."""
        base = read_policy(HEAD + waiver(expires="2026-01-01T00:00:00Z"), source="base.toml")
        heir = Policy(
            "heir", base.pipelines, limits=base.limits, waivers=base.waivers, source="heir.toml", origins=base.origins
        )
        assert [finding.source for finding in lint_policy(base, at=TODAY)] == ["base.toml"]
        assert lint_policy(heir, at=TODAY) == ()
