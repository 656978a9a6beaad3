"""An installed plugin: its rules do nothing until a policy names them, and then judge like any other."""

import json
from pathlib import Path

import pytest
from attrs import evolve

from rules_engine import Engine, Mode, PolicyError, default_policy
from rules_engine.analysis.compare import compare_policies
from rules_engine.examples import examples
from rules_engine.exceptions import PolicyProblem
from rules_engine.plugins import Plugins, RefusedPlugin
from rules_engine.policy.load import read_policy
from rules_engine.policy.policy_set import PolicySet
from rules_engine.views import Limit
from tests.plugins.acme_rules.acme_rules import MAX_ORDER, RULES
from tests.plugins.installed import install, run_with

CREATE = examples()["create_minimal"]
HEAD = 'schema_version = 1\nid = "acme"\nextends = "default"\n'
NAMING = HEAD + (
    '[pipelines."session.create"]\n'
    'insert_after = { too_many_line_items = ["acme_order_too_large", "acme_dozen_broken"] }\n'
    "[rules]\n"
    'acme_dozen_broken = { mode = "warn" }\n'
    "[limits]\n"
    "acme_max_order = %s\n"
)


class TestLimits:
    """The limits of the application's rules, which a policy sets like any other."""

    def test_set(self) -> None:
        """A file sets the limit of a rule it is given: the rule reads it, and another mode counts too."""
        policy = read_policy(NAMING % 10_000, rules=RULES)
        verdict = Engine(policy, rules=RULES).validate(CREATE)
        assert verdict.codes == ("acme.order_too_large",)
        assert verdict.violations[0].evidence["maximum"] == 10_000
        assert [warning.rule for warning in verdict.warnings] == ["acme_dozen_broken"]
        assert Engine(policy.with_limits(acme_max_order=100_000_000), rules=RULES).validate(CREATE).codes == ()

    @pytest.mark.parametrize(
        ("value", "problem"),
        [
            ("0", "acme_max_order must lie between 1 and 100000000 minor units"),
            ("100000001", "acme_max_order must lie between 1 and 100000000 minor units"),
            ('"much"', "acme_max_order must be an integer, in minor units"),
        ],
    )
    def test_bounds(self, value: str, problem: str) -> None:
        """Such a limit has a type and bounds, and a file that does not keep them is refused with the place."""
        with pytest.raises(PolicyError) as refusal:
            read_policy(NAMING % value, source="acme.toml", rules=RULES)
        assert str(refusal.value) == f"acme.toml:9:18: {problem}"

    def test_unknown(self) -> None:
        """Without the rules, neither they nor their limit are known."""
        with pytest.raises(PolicyError) as refusal:
            read_policy(NAMING % 5)
        assert len(refusal.value.problems) == 4
        with pytest.raises(PolicyError, match="unknown limit acme_max_order"):
            default_policy().with_limits(acme_max_order=5)

    def test_inherited(self, tmp_path: Path) -> None:
        """A file that extends another inherits what it sets; so does a directory of policies."""
        (tmp_path / "base.toml").write_text(NAMING % 7, encoding="utf-8")
        child = 'schema_version = 1\nid = "child"\nextends = "base.toml"\n'
        (tmp_path / "default.toml").write_text(child, encoding="utf-8")
        policies = {policy.id: policy for policy in PolicySet.load(tmp_path, rules=RULES).policies}
        assert policies["child"].limits["acme_max_order"] == 7
        assert policies["child"].limit_values[MAX_ORDER] == 7

    def test_another_limit_of_the_same_name(self) -> None:
        """A rule whose limit only shares the name would be set in vain, and is refused."""
        other = Limit("acme_max_order", "Another one.", unit="units", default=1, minimum=1, maximum=2)
        policy = read_policy(NAMING % 7, rules=RULES)
        alike = [evolve(rule, limits=(other,)) if rule.limits else rule for rule in RULES]
        with pytest.raises(PolicyError, match="the limit acme_max_order of acme_order_too_large is not the one"):
            Engine(policy, rules=alike)


class TestNamedOnly:
    """What a policy does not name."""

    def test_installed_rules_do_nothing(self) -> None:
        """A rule that is merely installed judges nothing; one that is given as the application's own is appended."""
        policy = read_policy(HEAD + "[limits]\nacme_max_order = 1\n", rules=RULES)
        assert Engine(policy, installed=RULES).validate(CREATE).codes == ()
        assert "acme.order_too_large" in Engine(policy, rules=RULES).validate(CREATE).codes

    def test_mode_alone(self) -> None:
        """A mode for a rule that is in no pipeline is valid, and does nothing."""
        policy = default_policy().with_modes(Mode.WARN, "acme_dozen_broken")
        assert Engine(policy, installed=RULES).validate(CREATE).accepted

    def test_given_twice(self) -> None:
        """A rule that is both installed and given is one rule."""
        assert Engine(rules=RULES, installed=RULES).validate(CREATE).codes == ("acme.dozen_broken",)


def test_refused_plugin_is_named() -> None:
    """Where a policy names what does not exist, the refused plugins are named; other problems stay as they are."""
    plugins = Plugins(refused=(RefusedPlugin("acme", "acme-rules 1.0.0", ("no licence", "no luck")),))
    unknown, other = PolicyProblem("unknown rule acme_x", "a.toml", 1, 2), PolicyProblem("id must be a text", "a.toml")
    explained = plugins.explained(PolicyError([unknown, other]))
    assert str(explained) == (
        "a.toml:1:2: unknown rule acme_x; the plugin acme of acme-rules 1.0.0, which may bring it, is refused: "
        "no licence; no luck\na.toml: id must be a text"
    )


class TestCommandLine:
    """The command line, in a process that finds the sample package installed."""

    def test_check(self, tmp_path: Path) -> None:
        """`check --policy` judges by a policy that names the plugin's rules and sets its limit."""
        install(tmp_path)
        (tmp_path / "acme.toml").write_text(NAMING % 10_000, encoding="utf-8")
        (tmp_path / "draft.json").write_text(json.dumps(CREATE), encoding="utf-8")
        ran = run_with(tmp_path, "check", "draft.json", "--policy", "acme.toml", "--format", "concise")
        assert ran.stderr == ""
        assert (ran.returncode, ran.stdout) == (
            1,
            "draft.json: acme.order_too_large lineItems The order comes to more than Acme takes.\n",
        )
        plain = run_with(tmp_path, "check", "draft.json", "--format", "concise")
        assert (plain.returncode, plain.stdout) == (0, "")

    def test_policy_test(self, tmp_path: Path) -> None:
        """`policy test` knows the plugin's rules, and what its tests notice of the plugin's limit."""
        install(tmp_path)
        (tmp_path / "acme.toml").write_text(NAMING % 38_000, encoding="utf-8")
        (tmp_path / "draft.json").write_text(json.dumps(CREATE), encoding="utf-8")
        (tmp_path / "acme.test.toml").write_text(
            'policy = "acme.toml"\n[[tests]]\nname = "as much is fine"\ndraft = "draft.json"\ncodes = []\n'
            'warnings = ["acme.dozen_broken"]\n[[tests]]\nname = "more is not"\ndraft = "draft.json"\n'
            'codes = ["acme.order_too_large"]\nwarnings = ["acme.dozen_broken"]\n'
            '[tests.changes]\n"/facts/prices/price_mug/unitAmount" = 38001\n',
            encoding="utf-8",
        )
        ran = run_with(tmp_path, "policy", "test", "acme.test.toml", "--format", "json")
        assert (ran.returncode, ran.stderr) == (0, "")
        (suite,) = json.loads(ran.stdout)["suites"]
        assert suite["tests"]["passed"] == 2

    def test_plugins(self, tmp_path: Path) -> None:
        """`plugins` lists what is installed."""
        install(tmp_path)
        ran = run_with(tmp_path, "plugins", "--format", "json")
        assert ran.returncode == 0
        (plugin,) = json.loads(ran.stdout)["accepted"]
        assert (plugin["name"], plugin["package"]) == ("acme", "acme-rules 1.0.0")
        assert [rule["name"] for rule in plugin["rules"]] == ["acme_order_too_large", "acme_dozen_broken"]

    def test_refused(self, tmp_path: Path) -> None:
        """A refused plugin is listed with the reason, and named where a policy needs it."""
        install(tmp_path, broken="raise RuntimeError('no licence')\n")
        ran = run_with(tmp_path, "plugins")
        problem = "acme_rules:RULES cannot be imported: RuntimeError: no licence"
        assert (ran.returncode, ran.stdout) == (1, f"acme of acme-rules 1.0.0  refused\n  {problem}\n")
        (tmp_path / "acme.toml").write_text(HEAD + "[rules]\nacme_dozen_broken = {}\n", encoding="utf-8")
        (tmp_path / "draft.json").write_text(json.dumps(CREATE), encoding="utf-8")
        checked = run_with(tmp_path, "check", "draft.json", "--policy", "acme.toml")
        assert checked.returncode == 2
        assert checked.stderr == (
            "acme.toml:5:1: unknown rule acme_dozen_broken; the plugin acme of acme-rules 1.0.0, which may bring it, "
            f"is refused: {problem}\n"
        )


def test_compared() -> None:
    """Two policies that differ in a plugin's limit differ in its code: found, but not proven, for it has no dial."""
    first, second = (read_policy(NAMING % most, rules=RULES) for most in (100_000_000, 10_000))
    rows = compare_policies(first, second, rules=RULES, operations=["session.create"], search=lambda *_: [CREATE])
    (row,) = [row for row in rows if row.code == "acme.order_too_large"]
    assert (row.relation, row.proven, row.only_first) == ("more", False, None)
    assert [(axis.limit, axis.covered) for axis in row.axes] == [("acme_max_order", False)]
