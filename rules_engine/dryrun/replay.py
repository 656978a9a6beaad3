"""Replay records under a task: one report, whoever reads the records, and in what order."""

import heapq
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from rules_engine.compiled_policy import CompiledPolicy, TwoPolicies
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.report import (
    ACCEPTED,
    BASELINE,
    CANDIDATE,
    UNDECIDED,
    USES,
    Answer,
    Lost,
    Report,
    Transition,
    UnreadableRecord,
    answer_of,
    change_of,
    group_tally,
)
from rules_engine.dryrun.showing import Showcase, Verdicts
from rules_engine.dryrun.task import Policies, Task, Where
from rules_engine.exceptions import DraftError, FactsError
from rules_engine.models.currency import CURRENCIES, fold_currency
from rules_engine.models.draft import Draft
from rules_engine.path import shown
from rules_engine.plugins import load_plugins
from rules_engine.policy.model import Policy
from rules_engine.rules.row import Rule
from rules_engine.views.stored_session import build_stored_session
from rules_engine.views.views import Views
from rules_engine.violation import Verdict
from rules_engine.wire.read import read_draft

_MOST_CELLS = 1 << 12
"""How many cells are counted apart before they are added up."""
_MOST_RECORDED: Final = 100
_LONGEST_CODE: Final = 100
_AND_MORE: Final = "…"
"""How many codes a recorded answer has at most, and how many characters each of them; what stands for the rest."""

Amount = tuple[str, int]
"""A currency code in upper case, and minor units of that currency."""
LARGEST: Final = 2**53 - 1
"""The largest amount of one draft, in minor units: the largest integer that every reader of JSON takes as it is."""
_Cell = tuple[str, bool, int, str | None, str | None, tuple[Answer, Answer]]
"""The operation, whether the request parses, the day as an ordinal, the merchant, the currency, and both answers."""


class BothSides:
    """The policies of a task, each compiled when it is first needed."""

    def __init__(self, task: Task) -> None:
        """Compile nothing yet."""
        self._baseline = task.baseline
        self._candidate = task.candidate
        self._installed: tuple[Rule[Any], ...] = load_plugins().rules if task.plugins else ()
        self._compiled: dict[Policy, CompiledPolicy] = {}
        self._pairs: dict[tuple[Policy, Policy], TwoPolicies] = {}

    def judge(self, draft: Draft[Any]) -> tuple[Verdicts, Amount | None]:
        """Judge a draft, or a request that does not parse.

        Returns:
            The verdicts of both sides, None for the recorded codes and where no policy applied; and the amount at
            stake, None where there is none, or it is unknown.

        Raises:
            DraftError: The draft holds numbers that are too long to compute with.
        """
        after = _policy_for(self._candidate, draft)
        before = None if self._baseline is None else _policy_for(self._baseline, draft)
        one, other = before or after, after or before
        if one is None or other is None:
            return (None, None), None
        pair = self._pairs.get((one, other))
        if pair is None:
            pair = self._pairs[one, other] = TwoPolicies(self._compile(one), self._compile(other))
        if draft.faults:
            first, second = pair.judge(draft)
            amount = None
        else:
            (first, second), views = pair.judge_views(draft)
            amount = amount_at_stake(draft, views)
        return (None if before is None else first, None if after is None else second), amount

    def _compile(self, policy: Policy) -> CompiledPolicy:
        compiled = self._compiled.get(policy)
        if compiled is None:
            compiled = self._compiled[policy] = CompiledPolicy(policy, installed=self._installed)
        return compiled


def _policy_for(policies: Policies, draft: Draft[Any]) -> Policy | None:
    """Return the policy that applies to a draft, if it has a pipeline for the operation."""
    policy = policies.policy_for(_merchant_of(draft), draft.facts.now)
    return policy if policy is not None and draft.operation in policy.pipelines else None


def _merchant_of(draft: Draft[Any]) -> str | None:
    merchant = draft.facts.merchant
    return None if merchant is None else merchant.id


def amount_at_stake(draft: Any, views: Views) -> Amount | None:
    """Return the subtotal of a session before discounts, or what is to be given back.

    Args:
        draft: The draft.
        views: Its views.

    Returns:
        The amount in the currency that the buyer sees; None where the operation has none, facts are missing, the
        currency is not valid, the lines differ in theirs, or it is negative or more than `LARGEST`.
    """
    for refund in views.get("refund", ()):
        return _amount(views["balance"][0].currency, refund.taken) if views["balance"] else None
    if not draft.operation.startswith("session."):
        return None
    for currency in views.get("currency", ()):
        return _amount(currency.code, _subtotal(views, currency.code))
    stored = build_stored_session(draft, [])
    return _amount(stored.currency, _subtotal(views, stored.currency) if views.get("line_list") else stored.subtotal)


def _subtotal(views: Views, currency: str | None) -> int | None:
    (lines,) = views["line_list"]
    # Of lines in several currencies there is no sum.
    if lines.subtotal_unknown or any(line.currency != currency for line in views["line_item"]):
        return None
    subtotal: int | None = lines.subtotal
    return subtotal


def _amount(currency: str | None, minor_units: int | None) -> Amount | None:
    if currency is None or minor_units is None:
        return None
    folded = fold_currency(currency)
    # What a caller calls a currency or an amount may be anything; a report must not grow with the one, and a single
    # draft must not drown the amounts of all others with the other.
    return (folded, minor_units) if folded in CURRENCIES and 0 <= minor_units <= LARGEST else None


def replay(records: Iterable[Record], task: Task, *, sides: BothSides | None = None, file: str = "") -> Report:
    """Judge records, and report what became of them.

    Args:
        records: The records. One that is no draft is counted as such.
        task: By which policies, and what is asked of the report.
        sides: The policies of the task, where they are compiled already.
        file: The file that the records stand in, or what else their positions count in.
    """
    return Replay(task, sides).report_of(records, file)


class Replay:
    """Replays one part of a history after the other, and gives a report of each."""

    def __init__(self, task: Task, sides: BothSides | None = None) -> None:
        """Start with nothing read."""
        self._task = task
        self._sides = BothSides(task) if sides is None else sides
        self._showcase = Showcase(task.header)
        self._file = ""
        self._report = Report(task.header)
        self._where = None if task.where == Where() else task.where
        self._cells: dict[_Cell, list[int]] = {}

    def report_of(self, records: Iterable[Record], file: str = "") -> Report:
        """Judge the records of one more part, and report what became of them; no part is to be given twice.

        Args:
            records: The records. One that is no draft is counted as such.
            file: The file that they stand in, or what else their positions count in.

        Returns:
            The report of the part, but for the exemplars that no report of all parts would keep, since as many of
            earlier parts come before them.
        """
        self._file = file
        for record in records:
            self._add(record)
        self._add_up()
        report, self._report = self._report, Report(self._task.header)
        self._showcase.put_into(report)
        return report

    def _add(self, record: Record) -> None:
        if record.document is None:
            self._add_unreadable(record, record.problem or "cannot be read", None)
            return
        try:
            draft = read_draft(record.document, models=self._task.plugins, keys=self._task.keys)
            where = self._where
            if where is not None and not where.fits(draft.operation, _merchant_of(draft), draft.facts.now):
                self._report.filtered_out += 1
                return
            verdicts, amount = self._sides.judge(draft)
        except FactsError as error:
            self._report.invalid_facts += 1
            self._report.refused_keys.update({_shortened(key): 1 for key in error.keys})
            self._keep(self._report.invalid_facts_samples, record, error.problem, error.pointer)
        except DraftError as error:
            self._add_unreadable(record, error.problem, error.pointer)
        except Exception as error:  # noqa: BLE001  # no record stops a run, whatever the rules of plugins do with it
            self._add_unreadable(record, f"cannot be judged: {type(error).__name__}", None)
        else:
            answers = self._answers(draft, verdicts)
            self._count(draft, amount, answers)
            self._use(verdicts)
            if answers != (ACCEPTED, ACCEPTED):
                self._showcase.consider(answers, record, draft.id, verdicts)
                if UNDECIDED in answers:
                    self._note_missing(verdicts)

    def _answers(self, draft: Draft[Any], verdicts: Verdicts) -> tuple[Answer, Answer]:
        before, after = (UNDECIDED if verdict is None else answer_of(verdict) for verdict in verdicts)
        if self._task.baseline is not None:
            return before, after
        if draft.recorded is None:
            self._report.unrecorded += 1
            return after, after
        return _recorded_answer(draft.recorded.codes), after

    def _use(self, verdicts: Verdicts) -> None:
        for side, verdict in zip((BASELINE, CANDIDATE), verdicts, strict=True):
            if verdict is None or _has_nothing(verdict):
                continue
            for how, found in USES.items():
                for item in getattr(verdict, found):
                    if item.rule is not None:
                        self._report.uses[side, how, item.rule] += 1

    def _note_missing(self, verdicts: Verdicts) -> None:
        before, after = verdicts
        kinds = {fact.kind for verdict in verdicts if verdict is not None for fact in verdict.required_facts}
        if after is None or (before is None and self._task.baseline is not None):
            kinds.add("policy")
        self._report.missing_facts.update(kinds)

    def _add_unreadable(self, record: Record, problem: str, pointer: str | None) -> None:
        self._report.unreadable += 1
        self._keep(self._report.unreadable_samples, record, problem, pointer)
        if record.cuts_off:
            self._report.lost.append(Lost(record.place, problem))

    def _keep(self, samples: list[UnreadableRecord], record: Record, problem: str, pointer: str | None) -> None:
        one = UnreadableRecord(self._file, record.position, record.place, problem, pointer)
        samples[:] = heapq.nsmallest(self._task.header.sample, (*samples, one))

    def _count(self, draft: Draft[Any], amount: Amount | None, answers: tuple[Answer, Answer]) -> None:
        now = draft.facts.now
        day = now.toordinal() if now.tzinfo is UTC else now.astimezone(UTC).toordinal()
        merchant = _merchant_of(draft) if self._task.header.by_merchant else None
        currency, minor_units = (None, 0) if amount is None else amount
        name = (draft.operation, not draft.faults, day, merchant, currency, answers)
        cell = self._cells.get(name)
        if cell is None:
            if len(self._cells) >= _MOST_CELLS:
                self._add_up()
            cell = self._cells[name] = [0, 0]
        cell[0] += 1
        cell[1] += minor_units

    def _add_up(self) -> None:
        report = self._report
        for (operation, parses, day, merchant, currency, answers), (drafts, minor_units) in self._cells.items():
            if parses:
                report.operations[operation] += drafts
            values = {
                "operation": operation,
                "day": datetime.fromordinal(day).date().isoformat(),
                "currency": currency or "",
            }
            if self._task.header.by_merchant:
                values["merchant"] = shown(merchant or "")
            change = change_of(*answers)
            transition = report.transitions.setdefault(answers, Transition())
            transition.tally.add(drafts, currency, minor_units)
            for dimension, value in values.items():
                group_tally(report, dimension, value, change).add(drafts, currency, minor_units)
        self._cells.clear()


def _has_nothing(verdict: Verdict) -> bool:
    return verdict.accepted and not (verdict.warnings or verdict.shadowed or verdict.waived or verdict.faults)


def _recorded_answer(codes: Sequence[str]) -> Answer:
    """Return codes as a report may repeat them, each once: no secret, and no more than an application would answer."""
    known = tuple(dict.fromkeys(_shortened(shown(code)) for code in codes[:_MOST_RECORDED]))
    return known if len(codes) <= _MOST_RECORDED else (*known, _AND_MORE)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_CODE else name[: _LONGEST_CODE - 1] + _AND_MORE
