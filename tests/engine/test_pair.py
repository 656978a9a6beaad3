"""Two plans in one pass: what is asked once, and what twice."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import attrs
import pytest

from rules_engine import (
    Code,
    FactsError,
    Mode,
    Policy,
    PolicyError,
    Waiver,
    WaiverMatch,
    default_policy,
    read_draft,
    rule,
)
from rules_engine.compiled_policy import CompiledPolicy, TwoPolicies
from rules_engine.engine.resolve import resolve
from rules_engine.examples import changed, examples
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context, Limit
from rules_engine.views.line_item import LineItemView

CREATE = examples()["create"]
DEFAULT = CompiledPolicy(default_policy())
LINES = len(CREATE["request"]["lineItems"])
PIPELINE = default_policy().pipelines[CREATE["operation"]]
WITHOUT = tuple(name for name in PIPELINE if name != "price_sold_out")
LATER = datetime(2099, 1, 1, tzinfo=UTC)
WAIVER = Waiver("known", "price_sold_out", WaiverMatch(operation="session.create"), LATER, "We know.")
BROKEN = changed(CREATE, {"/facts/prices/price_bowl/active": False})
MOST = Limit("acme_most", "The most lines that the shop packs.", "lines", 500, minimum=0, maximum=1000)
TOO_MANY = Code.custom("acme.too_many", "The shop cannot pack so many.")


def _counted(asked: Counter[str], name: str, *, limits: tuple[Limit[Any], ...]) -> Rule[LineItemView]:
    """Make a rule that counts how often it is asked, and refuses lines beyond a limit of the application."""

    @rule(TOO_MANY, on=LineItemView, limits=limits)
    def counted(line: LineItemView, ctx: Context) -> bool:
        """The shop cannot pack so many."""
        asked[name] += 1
        return line.index >= ctx.limits[MOST]

    return attrs.evolve(counted, name=name)


def _policy(*rules: str, most: int = 500, name: str = "packed") -> Policy:
    return Policy(name, {"session.create": rules}, limits={"acme_most": most}, own_limits=(MOST,))


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the policies for which what is found was resolved."""
    policies: list[str] = []

    def counting(plan: Any, *others: Any) -> Any:
        policies.append(plan.policy)
        return resolve(plan, *others)

    monkeypatch.setattr("rules_engine.engine.judge.resolve", counting)
    return policies


class TestAskedOnce:
    """A rule is asked again only where its limits differ."""

    @pytest.mark.parametrize("document", [CREATE, BROKEN], ids=["clean", "refused"])
    @pytest.mark.parametrize(("most", "times"), [(500, 1), (499, 2)])
    def test_limits(self, document: dict[str, Any], most: int, times: int) -> None:
        """Each item is asked of once for both policies where the limits of the rule are equal, and twice where not."""
        asked: Counter[str] = Counter()
        reads = _counted(asked, "reads", limits=(MOST,))
        rules = ("price_inactive", "reads")
        first = CompiledPolicy(_policy(*rules), rules=[reads])
        second = CompiledPolicy(_policy(*rules, most=most), rules=[reads])
        draft = read_draft(document)
        first.judge(draft)
        alone = asked.pop("reads")
        TwoPolicies(first, second).judge(draft)
        assert asked["reads"] == times * alone
        assert alone == LINES if document is CREATE else LINES <= alone <= 2 * LINES

    def test_in_one_policy_only(self) -> None:
        """A rule that one policy has is asked under the limits of that one, and once."""
        asked: Counter[str] = Counter()
        reads = _counted(asked, "reads", limits=(MOST,))
        without = CompiledPolicy(_policy(most=0), installed=[reads])
        having = CompiledPolicy(_policy("reads"), installed=[reads])
        draft = read_draft(CREATE)
        for engines in ((having, without), (without, having)):
            asked.clear()
            first, second = TwoPolicies(engines[0], engines[1]).judge(draft)
            assert (first.accepted, second.accepted, asked["reads"]) == (True, True, LINES)

    def test_each_under_its_own_limits(self) -> None:
        """Where a limit differs, each verdict is that of its own policy, in either order."""
        asked: Counter[str] = Counter()
        reads = _counted(asked, "reads", limits=(MOST,))
        strict, lenient = (CompiledPolicy(_policy("reads", most=most), rules=[reads]) for most in (0, 500))
        draft = read_draft(CREATE)
        assert [verdict.accepted for verdict in TwoPolicies(strict, lenient).judge(draft)] == [False, True]
        assert [verdict.accepted for verdict in TwoPolicies(lenient, strict).judge(draft)] == [True, False]

    def test_one_policy_twice(self, resolved: list[str]) -> None:
        """A policy paired with itself is resolved once, and gives one verdict."""
        first, second = TwoPolicies(DEFAULT, DEFAULT).judge(read_draft(BROKEN))
        assert (first is second, first.codes, resolved) == (True, ("price_inactive",), ["default"])
        TwoPolicies(DEFAULT, DEFAULT).judge(read_draft(CREATE))
        assert resolved == ["default"]

    @pytest.mark.parametrize(
        ("change", "times"),
        [
            pytest.param({"id": "renamed"}, 1, id="another name"),
            pytest.param({"limits": {"max_line_items": 50}}, 1, id="a limit of another rule"),
            pytest.param({"modes": {"price_expired": Mode.WARN}}, 1, id="the mode of another rule"),
            pytest.param({"limits": {"max_quantity": 5}}, 2, id="its limit"),
            pytest.param({"modes": {"quantity_out_of_range": Mode.WARN}}, 2, id="its mode"),
            pytest.param({"modes": {"session_amount_too_large": Mode.SHADOW}}, 2, id="the mode of a dependant"),
            pytest.param({"enforce_from": {"quantity_out_of_range": LATER}}, 2, id="its delay"),
            pytest.param(
                {
                    "modes": {"quantity_out_of_range": Mode.WARN},
                    "enforce_from": {"quantity_out_of_range": LATER},
                },
                2,
                id="its delay and its mode until then",
            ),
            pytest.param({"waivers": (WAIVER,)}, 2, id="a waiver of a dependant"),
            pytest.param({"pipelines": {"session.create": PIPELINE[::-1]}}, 2, id="the order"),
            pytest.param({"pipelines": {"session.create": WITHOUT}}, 2, id="without a dependant"),
        ],
    )
    def test_resolved_once(self, resolved: list[str], change: dict[str, Any], times: int) -> None:
        """What is found is resolved and reported once for both where nothing that decides its state differs."""
        policy = default_policy()
        parts = {name: {**getattr(policy, name), **part} for name, part in change.items() if isinstance(part, dict)}
        engines = DEFAULT, CompiledPolicy(attrs.evolve(policy, **{**change, **parts}))
        draft = read_draft(changed(CREATE, {"/request/lineItems/0/quantity": -1}))
        assert TwoPolicies(engines[0], engines[1]).judge(draft) == tuple(engine.judge(draft) for engine in engines)
        assert len(resolved) == times + len(engines)

    def test_each_in_its_own_order(self) -> None:
        """Where two rules that are violated change places, each verdict comes in the order of its own policy."""
        swapped = {"price_inactive": "expires_too_soon", "expires_too_soon": "price_inactive"}
        other = default_policy().with_pipeline("session.create", [swapped.get(name, name) for name in PIPELINE])
        draft = read_draft(changed(BROKEN, {"/request/expiresAfterMinutes": 1}))
        first, second = TwoPolicies(DEFAULT, CompiledPolicy(other)).judge(draft)
        assert [found.rule for found in first.violations] == ["expires_too_soon", "price_inactive"]
        assert second.violations == first.violations[::-1]

    def test_evidence_under_each_limit(self) -> None:
        """Evidence may show a limit that does not decide: each verdict shows that of its own policy."""
        broken = changed(CREATE, {"/request/lineItems/1/adjustableQuantity/minimum": 6})
        engines = DEFAULT, CompiledPolicy(default_policy().with_limits(max_quantity=1000))
        first, second = TwoPolicies(engines[0], engines[1]).judge(read_draft(broken))
        assert first.codes == second.codes
        shown = [found.evidence["limit"] for found in (*first.violations, *second.violations)]
        assert shown == [2_147_483_647, 1000]

    def test_what_is_written_once(self) -> None:
        """What the second policy evaluates by itself are the rules whose limits differ."""
        fewer = CompiledPolicy(default_policy().with_limits(max_line_items=1))
        pair = TwoPolicies(DEFAULT, fewer).pair_of("session.create")
        rest = pair._find_rest.source  # noqa: SLF001  # the text is not public, and this is what is written
        assert (rest.count("setdefault("), "max_line_items" in rest) == (1, True)


class TestFaults:
    """What raises, and what cannot be judged."""

    def test_rule_that_raises(self) -> None:
        """A rule that raises takes neither verdict down, whichever policy has it."""

        @rule(TOO_MANY, on=LineItemView)
        def broken(line: LineItemView, _: Context) -> bool:
            """The rule has a bug."""
            raise ValueError(line.index)

        having, without = (CompiledPolicy(_policy(*names), installed=[broken]) for names in (["broken"], []))
        draft = read_draft(CREATE)
        for engines in ((having, without), (without, having), (having, having)):
            alone = tuple(engine.judge(draft) for engine in engines)
            assert TwoPolicies(engines[0], engines[1]).judge(draft) == alone
        assert having.judge(draft).faults != ()

    def test_request_that_does_not_parse(self) -> None:
        """The faults of the request are in both verdicts, each with the name of its policy."""
        refused = read_draft(changed(CREATE, {"/request/lineItems": 5}))
        first, second = DEFAULT, CompiledPolicy(_policy("price_inactive"))
        assert TwoPolicies(first, second).judge(refused) == (first.judge(refused), second.judge(refused))

    def test_what_cannot_be_judged(self) -> None:
        """A draft that cannot be judged is refused as by one engine, and so is an operation that a policy has not."""
        two = TwoPolicies(DEFAULT, CompiledPolicy(_policy("price_inactive")))
        draft: Any = read_draft(CREATE)
        with pytest.raises(FactsError, match="/facts/now: expected an instant with an offset"):
            two.judge(attrs.evolve(draft, facts=attrs.evolve(draft.facts, now=draft.facts.now.replace(tzinfo=None))))
        with pytest.raises(PolicyError, match="packed has no pipeline for session"):
            two.judge(read_draft(examples()["expire"]))

    def test_gives_what_it_judged_by(self) -> None:
        """What the draft comes to can be read from what it was judged by."""
        draft: Any = read_draft(CREATE)
        verdicts, views = TwoPolicies(DEFAULT, DEFAULT).judge_views(draft)
        assert all(verdict.accepted for verdict in verdicts)
        assert [session.subtotal for session in views["session"]] == [128_500]
