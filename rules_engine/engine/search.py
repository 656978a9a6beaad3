"""Search a draft for everything that is wrong with it: some rules, asked at once."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

from rules_engine.engine.evaluate import Finding, Findings, Truth, evaluate, may_be_undecided
from rules_engine.engine.inline import Search, Sought, generate_search
from rules_engine.rules.row import Rule
from rules_engine.views.context import Context
from rules_engine.views.scope import Scope
from rules_engine.views.views import Views


class Searcher:
    """Rules that are asked at once; any number of threads may share it.

    Two functions are written for them when they are first needed: one for drafts of which every fact is known, where
    our own rules are not undecided, and one for the others.
    """

    def __init__(self, title: str, rules: Mapping[int, Rule[Any]], *, written: bool = True) -> None:
        """Write nothing yet.

        Args:
            title: What the policy and the operation are called.
            rules: The rules, each by its place in a plan.
            written: Whether to write functions. That costs far more than to ask the rules one by one of a few drafts.
        """
        self._title = title
        self._rules = rules
        self._written = written

    def __call__(self, views: Views, context: Context) -> Findings:
        """Tell what the rules say where they are not clear."""
        if not self._written:
            return self.one_by_one(views, context)
        try:
            search = self._where_facts_are_unknown if views.unknown else self._where_all_is_known
            searched = search(views, context)
        except Exception:  # noqa: BLE001  # invariant 8: where one rule raises, each is evaluated by itself
            return self.one_by_one(views, context)
        return by_place(searched)

    def one_by_one(self, views: Views, context: Context) -> Findings:
        """Tell the same by asking one rule after the other: what the functions that are written must agree with."""
        found: Findings = {}
        for place, rule in self._rules.items():
            troubles = [finding for finding in evaluate(rule, views, context) if finding.truth is not Truth.CLEAR]
            if troubles:
                found[place] = troubles
        return found

    def write(self) -> None:
        """Write at once what would be written when it is first needed."""
        if self._written:
            _ = self._where_all_is_known, self._where_facts_are_unknown

    @cached_property
    def _where_all_is_known(self) -> Search:
        return generate_search(self._title, _by_scope(self._rules, may_be_undecided), all_known=True)

    @cached_property
    def _where_facts_are_unknown(self) -> Search:
        return generate_search(f"{self._title}, facts unknown", _by_scope(self._rules, lambda _: True), all_known=False)


def by_place(searched: Iterable[tuple[int, Finding]]) -> Findings:
    """Put together what each rule says."""
    found: Findings = {}
    for place, finding in searched:
        if place in found:
            found[place].append(finding)
        else:
            found[place] = [finding]
    return found


def _by_scope(
    rules: Mapping[int, Rule[Any]], undecided: Callable[[Rule[Any]], bool]
) -> dict[Scope[Any], list[Sought[Any]]]:
    """Give what to seek on the items of each scope; `undecided` tells which rules to ask whether they are."""
    by_scope: dict[Scope[Any], list[Sought[Any]]] = {}
    for place, rule in rules.items():
        undecided_when = rule.undecided_when if undecided(rule) else None
        by_scope.setdefault(rule.scope, []).append((place, rule.violated, undecided_when))
    return by_scope
