"""A policy file becomes a policy: one that extends another or is complete, read from where it stands."""

import re
from pathlib import Path

import pytest

from rules_engine import OPERATIONS, Code, Mode, PolicyError, load_policy, rule
from rules_engine.policy.load import LARGEST_FILE
from rules_engine.views.context import Context
from rules_engine.views.session import SessionView
from tests.policy.files import HEAD, refusal_of

ROOT = Path(__file__).parents[2]


@rule(Code.custom("acme.cash_limit", "Too much for cash."), on=SessionView)
def cash_limit(session: SessionView, _: Context) -> bool:
    """The session comes to more than the shop takes in cash."""
    return session.subtotal is not None and session.subtotal > 50_000


class TestExtending:
    """A file that takes the default policy over and states what differs."""

    def test_names_rules_of_an_application(self, tmp_path: Path) -> None:
        """A file may order and soften rules that the library does not have, once they are given."""
        file = tmp_path / "shop.toml"
        file.write_text(
            HEAD + '[pipelines]\n"session.create" = ["cash_limit"]\n[rules]\ncash_limit = { mode = "shadow" }\n',
            encoding="utf-8",
        )
        policy = load_policy(file, rules=[cash_limit])
        assert policy.pipelines["session.create"] == ("cash_limit",)
        assert policy.modes == {"cash_limit": Mode.SHADOW}
        with pytest.raises(PolicyError, match="unknown rule cash_limit"):
            load_policy(file)

    def test_a_rule_of_an_application_keeps_to_its_scope(self) -> None:
        """An application's rule, too, is refused where it does not apply to the operation."""
        text = HEAD + '[pipelines]\n"session.expire" = ["cash_limit"]\n'
        assert refusal_of(text, rules=(cash_limit,)) == ["shop.toml:5:21: cash_limit does not apply to session.expire"]


class TestCompleteFile:
    """A file that extends nothing."""

    def test_must_name_every_pipeline(self) -> None:
        """An operation without a pipeline is refused at the table of pipelines, and the way out is named."""
        stated = "".join(f'"{operation}" = []\n' for operation in OPERATIONS if operation != "session.confirm")
        assert refusal_of(f'schema_version = 1\nid = "shop"\n[pipelines]\n{stated}') == [
            'shop.toml:3:2: no pipeline for session.confirm; extends = "default" takes over its own'
        ]

    def test_an_empty_file(self) -> None:
        """Nothing at all is a policy without version, id and pipelines."""
        found = refusal_of("")
        assert "shop.toml:1:1: schema_version must be 1" in found
        assert "shop.toml:1:1: id must be a text that names the policy" in found
        assert len(found) == 2 + len(OPERATIONS)


class TestFile:
    """What stands between a path and the text of a policy."""

    def test_names_the_path(self, tmp_path: Path) -> None:
        """Problems name the file as the caller did."""
        file = tmp_path / "shop.toml"
        file.write_text(HEAD + "[limits]\nmax_discount = 1\n", encoding="utf-8")
        with pytest.raises(PolicyError) as refusal:
            load_policy(file)
        assert str(refusal.value) == f"{file}:5:1: unknown limit max_discount; did you mean max_discounts?"

    def test_not_there(self, tmp_path: Path) -> None:
        """A file that is not there cannot be read."""
        file = tmp_path / "shop.toml"
        with pytest.raises(PolicyError, match=re.escape(f"{file}: cannot be read: No such file")):
            load_policy(file)

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder cannot be read."""
        with pytest.raises(PolicyError, match=re.escape(f"{tmp_path}: cannot be read: ")):
            load_policy(tmp_path)

    def test_no_path_at_all(self) -> None:
        """A name that no file can have cannot be read."""
        with pytest.raises(PolicyError, match="cannot be read: no file can have this name"):
            load_policy("shop\0.toml")

    def test_not_utf_8(self, tmp_path: Path) -> None:
        """A byte that is not UTF-8 is refused at its line and column."""
        file = tmp_path / "shop.toml"
        file.write_bytes(HEAD.encode() + '# é: "'.encode() + b"\xff")
        with pytest.raises(PolicyError) as refusal:
            load_policy(file)
        assert tuple(map(str, refusal.value.problems)) == (f"{file}:4:7: not UTF-8",)

    def test_as_long_as_may_be(self, tmp_path: Path) -> None:
        """A file of the greatest length is read, and one byte more is refused."""
        file = tmp_path / "shop.toml"
        file.write_bytes(HEAD.encode().ljust(LARGEST_FILE, b"\n"))
        assert load_policy(file).id == "shop"
        file.write_bytes(HEAD.encode().ljust(LARGEST_FILE + 1, b"\n"))
        with pytest.raises(PolicyError) as refusal:
            load_policy(file)
        assert tuple(map(str, refusal.value.problems)) == (f"{file}: longer than {LARGEST_FILE} bytes",)
