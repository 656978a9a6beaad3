"""Rules that installed packages bring."""

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, distributions
from pathlib import Path
from textwrap import dedent

import pytest

from rules_engine import RULES, Engine, default_policy
from rules_engine.examples import examples
from rules_engine.plugins import GROUP, load_plugins

SAMPLE = Path(__file__).parent / "acme_rules"
CREATE = examples()["create"]

VALID = '''
from rules_engine import Code, rule
from rules_engine.views import SessionView, Limit

CODE = Code.custom("shop.many_lines", "The shop takes few lines.")
MOST = Limit("shop_most_lines", "The most lines.", unit="lines", default=2, minimum=1, maximum=9)
NUMBER = 2


@rule(CODE, on=SessionView, limits=(MOST,), undecided_when=lambda session, _: session.subtotal_unknown)
def shop_many_lines(session, ctx):
    """The shop takes few lines."""
    return session.line_count is not None and session.line_count > ctx.limits[MOST]


RULES = (shop_many_lines,)
'''
EXPRESSION = "return session.line_count is not None and session.line_count > ctx.limits[MOST]"


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that modules can be imported from; what was imported from it is forgotten afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    before = dict(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - set(before):
        if name.startswith("brought"):
            del sys.modules[name]


def _point(folder: Path, text: str, name: str = "brought") -> EntryPoint:
    (folder / f"{name}.py").write_text(dedent(text), encoding="utf-8")
    return EntryPoint(name, f"{name}:RULES", GROUP)


def _refusal(folder: Path, text: str) -> str:
    plugins = load_plugins([_point(folder, text)])
    assert (plugins.accepted, plugins.rules) == ((), ())
    (refused,) = plugins.refused
    assert str(refused).startswith("plugin brought of an unknown package is refused: ")
    return "; ".join(refused.problems)


def test_valid_plugin(modules: Path) -> None:
    """A plugin whose rules are valid is let in, and its rule judges like any other, in the place a policy gives it."""
    plugins = load_plugins([_point(modules, VALID)])
    assert plugins.refused == ()
    assert [(plugin.name, plugin.package) for plugin in plugins.accepted] == [("brought", "an unknown package")]
    assert [rule.name for rule in plugins.rules] == ["shop_many_lines"]
    names = default_policy().pipelines["session.create"]
    policy = default_policy().with_pipeline("session.create", ("shop_many_lines", *names))
    assert Engine(policy, rules=plugins.rules).validate(CREATE).codes == ("shop.many_lines",)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("raise RuntimeError('no licence')", "brought:RULES cannot be imported: RuntimeError: no licence"),
        ("def broken(:", "brought:RULES cannot be imported: SyntaxError: "),
        ("", "brought:RULES cannot be imported: AttributeError: "),
        ("RULES = []", "brought:RULES must be a tuple of rules"),
        ("RULES = ('shop_many_lines',)", "brought:RULES must be a tuple of rules"),
        (VALID + "RULES *= 2\n", "there is a rule shop_many_lines already"),
        (
            VALID.replace("def shop_many_lines", "def price_expired").replace("(shop_many_lines,)", "(price_expired,)"),
            "there is a rule price_expired already",
        ),
        (
            VALID.replace('"shop_most_lines"', '"max_line_items"'),
            "shop_many_lines declares the limit max_line_items again",
        ),
        (
            VALID.replace(
                'CODE = Code.custom("shop.many_lines", "The shop takes few lines.")',
                "from attrs import evolve\nfrom rules_engine.codes import PRICE_EXPIRED\n"
                "CODE = evolve(PRICE_EXPIRED, http_status=402)",
            ),
            "shop_many_lines declares the code price_expired again",
        ),
        (
            VALID.replace("limits=(MOST,), ", ""),
            "shop_many_lines: the rule reads limits that the rule does not declare: shop_most_lines",
        ),
    ],
)
def test_refused_plugin(modules: Path, text: str, problem: str) -> None:
    """A plugin that does not import, brings no rules, or declares again what exists, is refused by name."""
    assert _refusal(modules, text).startswith(problem)


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("return time.time() > 5", "a rule calls nothing but len, and not time.time"),
        ("return time.tzname == session.ui_mode", "time is no constant of the module"),
        ("return any(True for _ in (1, 2))", "a rule calls nothing but len, and not any"),
        ("return [session] == []", "List has no place in a rule"),
        ("return session.ui_mode == f'{NUMBER}'", "JoinedStr has no place in a rule"),
        ("return True if session.line_count else False", "IfExp has no place in a rule"),
        ("return (lambda: True)() is True", "Lambda has no place in a rule"),
        (
            "return ctx.clock is None",
            "of the context a rule reads now, custom, and limits by the names of their constants",
        ),
        ("return session.__class__ is None", "__class__ is private"),
        ("return session.metadata['a'] == 1", "a rule looks nothing up but limits, and not session.metadata['a']"),
        ("return len(session.lines)", "a rule compares values, or reads an attribute"),
        ("number = 2\n    return session.line_count == number", "must be a docstring and one return of an expression"),
        ("return", "must be a docstring and one return of an expression"),
    ],
)
def test_impure_rule(modules: Path, expression: str, problem: str) -> None:
    """A rule that calls, loops, chooses, asks a clock or looks beyond its two arguments is refused."""
    assert problem in _refusal(modules, "import time\n" + VALID.replace(EXPRESSION, expression))


def test_impure_undecided_when(modules: Path) -> None:
    """The second expression of a rule is checked in the same way."""
    text = VALID.replace("lambda session, _: session.subtotal_unknown", "lambda session, _: bool(session)")
    assert "undecided_when, line 10: a rule calls nothing but len, and not bool" in _refusal(modules, text)


FORMS = '''
from rules_engine import Code, rule
from rules_engine.views import SessionView

CODE = Code.custom("shop.many_lines", "The shop takes few lines.")


class Callable:
    """The shop takes few lines."""

    __name__ = "shop_many_lines"

    def __call__(self, session, _):
        return session.line_count == 1


def closing(number):
    def shop_many_lines(session, _):
        """The shop takes few lines."""
        return session.line_count == number

    return shop_many_lines


def typed():
    names = {"__name__": "typed_in"}
    exec("def shop_many_lines(session, _):\\n    'Few lines.'\\n    return session.line_count == 1", names)
    return names["shop_many_lines"]


RULES = (rule(CODE, on=SessionView)(FORM),)
'''


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ("Callable()", "the rule must be a plain function"),
        ("closing(1)", "the rule must not close over variables or have default arguments"),
        ("typed()", "the rule cannot be read where it is written, so it might read anything"),
    ],
)
def test_rule_of_another_form(modules: Path, form: str, problem: str) -> None:
    """What is no plain function with a source cannot be checked."""
    assert problem in _refusal(modules, FORMS.replace("FORM)", f"{form})"))


def test_second_of_two(modules: Path) -> None:
    """Of two plugins that bring the same rule, the later one by package and name is refused, in whatever order."""
    points = [_point(modules, VALID, "brought_b"), _point(modules, VALID, "brought_a")]
    for order in (points, points[::-1]):
        plugins = load_plugins(order)
        assert [plugin.name for plugin in plugins.accepted] == ["brought_a"]
        assert [refused.name for refused in plugins.refused] == ["brought_b"]


def test_sample_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample package is found where it is installed, and its rules are valid."""
    monkeypatch.syspath_prepend(SAMPLE)
    plugins = load_plugins([EntryPoint("acme", "acme_rules:RULES", GROUP)])
    assert plugins.refused == ()
    assert [rule.name for rule in plugins.rules] == ["acme_order_too_large", "acme_dozen_broken"]
    assert {rule.name for rule in plugins.rules}.isdisjoint(rule.name for rule in RULES)


def test_installed_plugins_are_found() -> None:
    """Without entry points of its own, the function looks at those of the installed packages."""
    installed = [point for found in distributions() for point in found.entry_points if point.group == GROUP]
    plugins = load_plugins()
    assert len(plugins.accepted) + len(plugins.refused) == len(installed)
