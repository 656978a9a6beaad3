"""A policy file states what differs from the one that it extends, and keeps where each value is written."""

import itertools
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from rules_engine import Mode, Policy, PolicyError, default_policy, load_policy, read_policy
from rules_engine.path import Path as KeyPath
from rules_engine.policy.load import LONGEST_CHAIN

Write = Callable[[str, str], Path]
HEAD = 'schema_version = 1\nid = "{id}"\nextends = "{base}"\n'
STRICT = (
    HEAD.format(id="strict", base="default")
    + """
merchant = "mer_1"
effective_from = 2026-01-01T00:00:00Z
effective_until = 2027-01-01T00:00:00Z

[pipelines]
"session.expire" = ["session_already_over", "session_missing"]
"session.confirm" = { without = ["price_sold_out"] }

[rules]
price_expired = { enforce_from = 2026-06-01T00:00:00Z }
price_inactive = { enforce_from = 2026-06-01T00:00:00Z }
price_missing = { mode = "warn" }

[limits]
max_discounts = 2
max_line_items = 10

[[waivers]]
code = "price_sold_out"
match = { merchant = "mer_1" }
expires = 2026-06-01T00:00:00Z
reason = "Counted by hand."
"""
)
SHOP = (
    HEAD.format(id="shop", base="strict.toml")
    + """
[pipelines]
"session.expire" = { insert_before = { session_missing = [] }, without = ["session_already_over"] }

[rules]
price_expired = { mode = "shadow" }
price_missing = {}

[limits]
max_discounts = 3

[[waivers]]
code = "price_inactive"
match = { operation = "session.create" }
expires = 2026-06-01T00:00:00Z
reason = "Old catalogue."
"""
)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file below a directory of the test."""

    def call(name: str, text: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return call


def refusal_of(path: Path) -> list[str]:
    """Load a file that is no policy, and list its problems, with the directory left out."""
    with pytest.raises(PolicyError) as refusal:
        load_policy(path)
    return [str(problem).replace(f"{path.parent}/", "") for problem in refusal.value.problems]


class TestChain:
    """A file that extends a file that extends the default policy."""

    @pytest.fixture
    def shop(self, write: Write) -> Policy:
        """Load the last of three."""
        write("strict.toml", STRICT)
        return load_policy(write("shop.toml", SHOP))

    def test_what_a_policy_states_is_inherited(self, shop: Policy) -> None:
        """Modes, delays and limits are overridden by name, pipelines by operation, and waivers add up."""
        default = default_policy()
        assert shop.pipelines["session.expire"] == ("session_missing",)
        rest = [rule for rule in default.pipelines["session.confirm"] if rule != "price_sold_out"]
        assert list(shop.pipelines["session.confirm"]) == rest
        assert shop.pipelines["session.create"] == default.pipelines["session.create"]
        assert shop.modes == {
            "price_expired": Mode.SHADOW,
            "price_inactive": Mode.ENFORCE,
            "price_missing": Mode.ENFORCE,
        }
        assert shop.limits == {**default.limits, "max_discounts": 3, "max_line_items": 10}
        assert [waiver.id for waiver in shop.waivers] == ["strict#1", "shop#1"]

    def test_a_rule_is_overridden_whole(self, shop: Policy) -> None:
        """A mode takes the delay of the base away; a rule that is not named keeps it."""
        assert list(shop.enforce_from) == ["price_inactive"]

    def test_what_a_policy_is_is_not_inherited(self, shop: Policy) -> None:
        """Its name, its merchant and its window are a policy's own."""
        assert (shop.id, shop.merchant, shop.effective_from, shop.effective_until) == ("shop", None, None, None)

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            (("id",), "shop.toml:2:1"),
            (("merchant",), None),
            (("effective_from",), None),
            (("pipelines", "session.expire"), "shop.toml:6:1"),
            (("pipelines", "session.expire", "session_missing"), "strict.toml:10:45"),
            (("pipelines", "session.expire", "session_already_over"), None),
            (("pipelines", "session.confirm"), "strict.toml:11:1"),
            (("pipelines", "session.confirm", "price_sold_out"), None),
            (("rules", "price_expired", "mode"), "shop.toml:9:19"),
            (("rules", "price_expired", "enforce_from"), None),
            (("rules", "price_inactive", "enforce_from"), "strict.toml:15:20"),
            (("rules", "price_missing"), "shop.toml:10:1"),
            (("rules", "price_missing", "mode"), None),
            (("limits", "max_discounts"), "shop.toml:13:1"),
            (("limits", "max_line_items"), "strict.toml:20:1"),
            (("waivers", "strict#1"), "strict.toml:22:3"),
            (("waivers", "shop#1", "expires"), "shop.toml:18:1"),
        ],
    )
    def test_where_a_value_is_written(self, shop: Policy, tmp_path: Path, path: KeyPath, place: str | None) -> None:
        """Every value leads to the file, line and column that it is from; one that is no more leads nowhere."""
        origin = shop.origins.get(path)
        assert place == (None if origin is None else str(origin).replace(f"{tmp_path}/", ""))

    def test_everything_has_an_origin(self, shop: Policy) -> None:
        """No rule of a pipeline, mode, delay, limit or waiver comes from nowhere, and nothing else has an origin."""
        paths: set[KeyPath] = {("id",)}
        paths |= {("pipelines", operation) for operation in shop.pipelines}
        paths |= {("pipelines", operation, rule) for operation, rules in shop.pipelines.items() for rule in rules}
        paths |= {("rules", rule) for rule in shop.modes}
        paths |= {("limits", limit) for limit in shop.limits}
        paths |= {("waivers", waiver.id) for waiver in shop.waivers}
        assert paths <= set(shop.origins)
        inner = set(shop.origins) - paths
        assert {path[0] for path in inner} == {"rules", "waivers"}
        assert {path[1] for path in inner if path[0] == "rules"} <= set(shop.modes)

    def test_copies_forget_what_they_change(self, shop: Policy) -> None:
        """A copy with another value does not claim that a file states it."""
        copy = shop.with_modes(Mode.WARN, "price_inactive").with_limits(max_discounts=1)
        copy = copy.with_pipeline("session.expire", ())
        assert copy.enforce_from == {}
        lost = set(shop.origins) - set(copy.origins)
        assert lost == {
            ("rules", "price_inactive"),
            ("rules", "price_inactive", "enforce_from"),
            ("limits", "max_discounts"),
            ("pipelines", "session.expire"),
            ("pipelines", "session.expire", "session_missing"),
        }

    def test_origins_are_no_part_of_what_is_shown(self, shop: Policy) -> None:
        """Where a value is written does not show in the policy's own form."""
        assert repr(shop) == repr(attrs.evolve(shop, origins={}))


class TestPipelineChanges:
    """Pipelines that are stated as changes."""

    def read(self, changes: str) -> tuple[str, ...]:
        """Read the pipeline that comes of changes to that of `session.confirm`."""
        text = HEAD.format(id="shop", base="default") + f'[pipelines."session.confirm"]\n{changes}\n'
        return read_policy(text).pipelines["session.confirm"]

    def test_no_change(self) -> None:
        """A table of no changes is the inherited pipeline."""
        assert self.read("") == default_policy().pipelines["session.confirm"]

    def test_moves(self) -> None:
        """A rule that is taken out may be put back elsewhere; rules go in as they are listed."""
        moved = self.read(
            'without = ["price_expired", "price_inactive"]\n'
            'insert_before = { session_missing = ["price_inactive", "price_expired"] }'
        )
        taken = ("price_inactive", "price_expired")
        rest = [rule for rule in default_policy().pipelines["session.confirm"] if rule not in taken]
        assert moved == (*taken, *rest)

    def test_inserts_after(self) -> None:
        """Rules that go in after another stand right behind it, in their order."""
        moved = self.read(
            'without = ["price_expired", "price_inactive"]\n'
            'insert_after = { session_missing = ["price_inactive", "price_expired"] }'
        )
        assert moved[:4] == ("session_missing", "price_inactive", "price_expired", "checkout_session_expired")

    def test_anchors_may_have_been_inserted(self) -> None:
        """Changes are made one after the other: a rule that went in may have others put after it."""
        moved = self.read(
            'without = ["price_expired", "price_inactive"]\n'
            'insert_before = { session_missing = ["price_inactive"] }\n'
            'insert_after = { price_inactive = ["price_expired"] }'
        )
        assert moved[:3] == ("price_inactive", "price_expired", "session_missing")


class TestWhatIsExtended:
    """Files that cannot be extended."""

    def test_a_file_elsewhere(self, write: Write) -> None:
        """A file is named relative to the one that extends it."""
        write("strict.toml", STRICT)
        folder = write("merchants/shop.toml", HEAD.format(id="shop", base="../strict.toml"))
        assert load_policy(folder).limits["max_line_items"] == 10

    def test_not_there(self, write: Write) -> None:
        """A file that is not there is refused where it is named, with the nearest file that is."""
        write("strict.toml", STRICT)
        shop = write("shop.toml", HEAD.format(id="shop", base="stict.toml"))
        assert refusal_of(shop) == ["shop.toml:3:11: there is no file stict.toml to extend; did you mean strict.toml?"]

    @pytest.mark.parametrize(
        ("base", "said"),
        [
            ("defalt", "there is no file defalt to extend; did you mean default?"),
            (".", "there is no file . to extend"),
            ("a\\u0000b", "there is no file a\\x00b to extend"),
            ("x" * 5_000, f"there is no file {'x' * 5_000} to extend"),
            ("/etc/hosts", "/etc/hosts must be named relative to this file"),
            ("", 'extends must be "default", or the name of a file relative to this one'),
        ],
        ids=["misspelt", "a folder", "no name of a file", "too long", "absolute", "empty"],
    )
    def test_no_file(self, write: Write, base: str, said: str) -> None:
        """What is no file relative to this one is refused where it is named."""
        shop = write("shop.toml", HEAD.format(id="shop", base=base))
        assert refusal_of(shop) == [f"shop.toml:3:11: {said}"]

    def test_itself(self, write: Write) -> None:
        """A file that extends itself is refused, once."""
        shop = write("shop.toml", HEAD.format(id="shop", base="shop.toml"))
        assert refusal_of(shop) == ["shop.toml:3:11: the file extends itself: shop.toml extends shop.toml"]

    def test_in_a_circle(self, write: Write) -> None:
        """A circle is refused where it closes, and names all files of it, and none that only leads there."""
        write("c.toml", HEAD.format(id="c", base="b.toml"))
        write("b.toml", HEAD.format(id="b", base="./c.toml"))
        assert refusal_of(write("a.toml", HEAD.format(id="a", base="b.toml"))) == [
            "c.toml:3:11: the file extends itself: b.toml extends c.toml extends b.toml"
        ]

    def test_too_long_a_chain(self, write: Write) -> None:
        """As many files as the limit may extend one another, and one more may not."""
        names = ["default", *(f"f{number}.toml" for number in range(LONGEST_CHAIN + 1))]
        files = [
            write(name, HEAD.format(id=name.removesuffix(".toml"), base=base))
            for base, name in itertools.pairwise(names)
        ]
        assert load_policy(files[-2]).id == f"f{LONGEST_CHAIN - 1}"
        assert refusal_of(files[-1]) == [
            f"f1.toml:3:11: more than {LONGEST_CHAIN} files extend one another, beginning with {names[-1]}"
        ]

    def test_wrong_itself(self, write: Write) -> None:
        """What is wrong with both files is listed at once, of each in its own name; what was meant is not guessed."""
        write("strict.toml", STRICT.replace("max_discounts", "max_discount"))
        shop = write("shop.toml", SHOP.replace("max_discounts", "max_discont").replace('"shadow"', '"shadw"'))
        assert refusal_of(shop) == [
            "strict.toml:19:1: unknown limit max_discount; did you mean max_discounts?",
            "shop.toml:9:26: mode must be one of enforce, warn, shadow, off; did you mean shadow?",
            "shop.toml:13:1: unknown limit max_discont; did you mean max_discounts?",
        ]

    def test_a_name_that_the_base_has(self, write: Write) -> None:
        """Two waivers of one name are refused, wherever the other one is."""
        write("strict.toml", STRICT)
        shop = write("shop.toml", SHOP.replace("[[waivers]]", '[[waivers]]\nid = "strict#1"'))
        assert refusal_of(shop) == ["shop.toml:16:6: the waiver at strict.toml:22:3 is called strict#1 already"]
