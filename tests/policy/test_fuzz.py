"""Whatever a file holds, reading it gives a policy or a list of what is wrong; nothing else comes of it."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules_engine import OPERATIONS, RULES, Engine, PolicyError, default_policy, load_policy, read_policy
from rules_engine.policy.model import LIMITS_BY_NAME
from rules_engine.policy.problems import annotation, problem_document
from rules_engine.policy.read import KEYS
from rules_engine.policy.write import write_policy
from tests.policy.files import WHOLE
from tests.profiles import scaled

TOKEN = re.compile(r'#[^\n]*|"[^"\n]*"|[A-Za-z0-9_:+-]+|[\[\]{}=,.]|\n| +')
TOKENS = {text: [match.span() for match in TOKEN.finditer(text)] for text in (WHOLE, write_policy(default_policy()))}
"""The tokens of a file that extends another, and of one that does not."""
VALUES = (
    *("", "true", "0", "-1", "1.5", "nan", "''", '""', '" "', "[]", "{}", "[1]", '[""]', "{ a = 1 }", "[[]]", "[{}]"),
    *("1979-05-27", "07:32:00", "1979-05-27T07:32:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"),
    *("'''", '"""', "[[", "]]", "#", "\\", "\0", "\ufeff", "\x85", "\u2028", "'\\u0000'", '"\\u0000"', '"\\ud800"'),
    *('"parameter_missing"', '"internal_error"', '"default"', '"../x.toml"', '"/"', '"."', "0x" + "f" * 4_000),
)
KEYWORDS = (
    *KEYS,
    *("without", "insert_before", "insert_after", "mode", "enforce_from", "code", "match", "expires", "reason"),
    *("merchant", "operation", "metadata", "key", "value", "[rules]", "[limits]", "[pipelines]", "[[waivers]]"),
)
NAMES = st.sampled_from([*(rule.name for rule in RULES), *OPERATIONS, *LIMITS_BY_NAME, *KEYWORDS])
INSERTED = st.one_of(st.sampled_from(VALUES), NAMES, NAMES.map(lambda name: f'"{name}"'), st.text(max_size=4))


def _read(text: str) -> None:
    problems: tuple[object, ...] = ()
    try:
        Engine(read_policy(text, source="shop.toml"))
    except PolicyError as refusal:
        problems = refusal.problems
        assert problems
        for problem in refusal.problems:
            assert re.fullmatch(r"shop\.toml(:[1-9]\d*:[1-9]\d*)?: .+", str(problem))
            assert problem_document(problem)["text"] == str(problem)
            assert re.match(r"::error file=shop\.toml", annotation(problem))
            assert "\n" not in annotation(problem)


@settings(max_examples=scaled(400))
@given(st.sampled_from(list(TOKENS)), st.data())
def test_broken_tokens(text: str, data: st.DataObject) -> None:
    """A file with some tokens replaced."""
    tokens = st.tuples(st.sampled_from(TOKENS[text]), INSERTED)
    changes = data.draw(st.lists(tokens, min_size=1, max_size=3, unique_by=lambda change: change[0]))
    for (start, end), inserted in sorted(changes, reverse=True):
        text = text[:start] + inserted + text[end:]
    _read(text)


@settings(max_examples=scaled(200))
@given(st.sampled_from(KEYS), st.sampled_from(VALUES))
def test_any_value_of_any_key(key: str, value: str) -> None:
    """A file in which a key has a value of any kind."""
    others = [line for line in WHOLE.partition("[pipelines]")[0].splitlines() if not line.startswith(key)]
    _read("\n".join([*others, f"{key} = {value}\n"]))


@settings(max_examples=scaled(200))
@given(st.lists(st.one_of(NAMES, st.sampled_from(VALUES), st.sampled_from(("=", "\n", "{", "}", "[", "]", ",", " ")))))
def test_random_words(words: list[str]) -> None:
    """A text of words that policies are made of, in any order."""
    _read(" ".join(words))


@settings(max_examples=scaled(200))
@given(st.text(max_size=200))
def test_random_text(text: str) -> None:
    """Any text."""
    _read(text)


@settings(max_examples=scaled(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=100), extends=st.text(max_size=20))
def test_random_files(tmp_path: Path, content: bytes, extends: str) -> None:
    """Any bytes as a file, and any name as the one that a file extends."""
    (tmp_path / "base.toml").write_bytes(content)
    quoted = "".join(f"\\U{ord(symbol):08X}" for symbol in extends)
    head = f'schema_version = 1\nid = "shop"\nextends = "{quoted}"\n'
    (tmp_path / "shop.toml").write_text(head, encoding="utf-8")
    (tmp_path / "next.toml").write_text(head.replace(quoted, "base.toml"), encoding="utf-8")
    for name in ("base.toml", "shop.toml", "next.toml"):
        with pytest.raises(PolicyError) as refusal:
            load_policy(tmp_path / name)
        assert refusal.value.problems
