"""Replay records under a task: one report, whoever reads the records, and in what order."""

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from rules_engine.dryrun.amount import Amount
from rules_engine.dryrun.history.record import Record
from rules_engine.dryrun.judge import Judge, Judged
from rules_engine.dryrun.report import (
    BASELINE,
    CANDIDATE,
    UNDECIDED,
    Answer,
    Change,
    Lost,
    Report,
    RuleUse,
    Transition,
    UnreadableRecord,
    answer_of,
    change_of,
    group_tally,
)
from rules_engine.dryrun.showing import Showcase
from rules_engine.dryrun.task import Task
from rules_engine.dryrun.where import Where
from rules_engine.exceptions import DraftError
from rules_engine.models import Draft
from rules_engine.path import shown
from rules_engine.violation import Verdict
from rules_engine.wire.read import read_draft

_MOST_CELLS = 1 << 12
"""How many cells are counted apart before they are added up."""

_MOST_RECORDED = 100
_LONGEST_CODE = 100
_AND_MORE = "…"
"""How many codes a recorded answer has at most, and how many characters each of them; what stands for the rest."""

_Cell = tuple[str, bool, int, str | None, str | None, Answer, Answer]
"""The operation, whether the request parses, the day as an ordinal, the merchant, the currency, and both answers."""


def replay(records: Iterable[Record], task: Task, *, judge: Judge | None = None, file: str = "") -> Report:
    """Judge records, and report what became of them.

    Args:
        records: The records. One that is no draft is counted as such.
        task: By which policies, and what is asked of the report.
        judge: The policies of the task, where they are compiled already.
        file: The file that the records stand in, or what else their positions count in.
    """
    return Replay(task, judge).report_of(records, file)


class Replay:
    """Replays one part of a history after the other, and gives a report of each."""

    def __init__(self, task: Task, judge: Judge | None = None) -> None:
        """Start with nothing read.

        Args:
            task: By which policies, and what is asked of the reports.
            judge: The policies of the task, where they are compiled already.
        """
        self._task = task
        self._judge = Judge(task) if judge is None else judge
        self._showcase = Showcase(task.header)
        self._file = ""
        self._report = Report(task.header)
        self._where = None if task.where.is_everything else task.where
        self._cells: dict[_Cell, list[int]] = {}
        self._uses: Counter[tuple[str, str, str]] = Counter()

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
        report.uses.update({RuleUse(*use): times for use, times in self._uses.items()})
        self._uses.clear()
        return report

    def _add(self, record: Record) -> None:
        if record.document is None:
            self._add_unreadable(record, record.problem or "cannot be read", None)
            return
        try:
            draft = read_draft(record.document, models=self._task.plugins)
            if self._where is not None and not self._is_meant(self._where, draft):
                self._report.filtered_out += 1
                return
            judged = self._judge.judge(draft)
        except DraftError as error:
            self._add_unreadable(record, error.problem, error.pointer)
        except Exception as error:  # noqa: BLE001  # no record stops a run, whatever a host's own rules make of it
            self._add_unreadable(record, f"cannot be judged: {type(error).__name__}", None)
        else:
            self._add_judged(record, draft, judged)

    def _is_meant(self, where: Where, draft: Draft[Any]) -> bool:
        return where.fits(draft.operation, _merchant_of(draft), draft.facts.now)

    def _add_judged(self, record: Record, draft: Draft[Any], judged: Judged) -> None:
        before, after = self._answers(draft, judged)
        self._count(draft, judged.amount, before, after)
        if judged.before is not None:
            self._use(BASELINE, judged.before)
        if judged.after is not None:
            self._use(CANDIDATE, judged.after)
        if before or after:
            self._showcase.consider((before, after), record, draft.id, judged)
            if change_of(before, after) is Change.UNDECIDED:
                self._note_missing(judged)

    def _answers(self, draft: Draft[Any], judged: Judged) -> tuple[Answer, Answer]:
        after = UNDECIDED if judged.after is None else answer_of(judged.after)
        if self._task.baseline is not None:
            return UNDECIDED if judged.before is None else answer_of(judged.before), after
        if draft.recorded is None:
            self._report.unrecorded += 1
            return after, after
        return _recorded_answer(draft.recorded.codes), after

    def _use(self, side: str, verdict: Verdict) -> None:
        if verdict.accepted and not (verdict.warnings or verdict.shadowed or verdict.waived or verdict.faults):
            return
        for how, found in (
            ("enforced", verdict.violations),
            ("warned", verdict.warnings),
            ("shadowed", verdict.shadowed),
            ("waived", verdict.waived),
            ("skipped", verdict.skipped),
            ("raised", verdict.faults),
        ):
            for item in found:
                if item.rule is not None:
                    self._uses[side, item.rule, how] += 1

    def _note_missing(self, judged: Judged) -> None:
        verdicts = [verdict for verdict in (judged.before, judged.after) if verdict is not None]
        kinds = {fact.kind for verdict in verdicts for fact in verdict.required_facts}
        if judged.after is None or (judged.before is None and self._task.baseline is not None):
            kinds.add("policy")
        for kind in kinds:
            self._report.missing_facts[kind] += 1

    def _add_unreadable(self, record: Record, problem: str, pointer: str | None) -> None:
        self._report.unreadable += 1
        if self._task.header.sample:
            one = UnreadableRecord(self._file, record.position, record.place, problem, pointer)
            kept = self._report.unreadable_samples
            kept[:] = heapq.nsmallest(self._task.header.sample, (*kept, one))
        if record.cuts_off:
            self._report.lost.append(Lost(record.place, problem))

    def _count(self, draft: Draft[Any], amount: Amount | None, before: Answer, after: Answer) -> None:
        now = draft.facts.now
        day = now.toordinal() if now.tzinfo is UTC else now.astimezone(UTC).toordinal()
        merchant = _merchant_of(draft) if self._task.header.by_merchant else None
        currency, minor_units = (None, 0) if amount is None else amount
        name = (draft.operation, not draft.faults, day, merchant, currency, before, after)
        cell = self._cells.get(name)
        if cell is None:
            if len(self._cells) >= _MOST_CELLS:
                self._add_up()
            cell = self._cells[name] = [0, 0]
        cell[0] += 1
        cell[1] += minor_units

    def _add_up(self) -> None:
        report = self._report
        for (operation, parses, day, merchant, currency, before, after), (drafts, minor_units) in self._cells.items():
            if parses:
                report.operations[operation] += drafts
            values = {
                "operation": operation,
                "day": datetime.fromordinal(day).date().isoformat(),
                "currency": currency or "",
            }
            if self._task.header.by_merchant:
                values["merchant"] = shown(merchant or "")
            change = change_of(before, after)
            transition = report.transitions.setdefault((before, after), Transition())
            transition.tally.add(drafts, currency, minor_units)
            for dimension, value in values.items():
                group_tally(report, dimension, value, change).add(drafts, currency, minor_units)
        self._cells.clear()


def _recorded_answer(codes: Sequence[str]) -> Answer:
    """Give codes as a report may repeat them, each once: no secret, and no more than a host would ever answer."""
    known = tuple(dict.fromkeys(_shortened(shown(code)) for code in codes[:_MOST_RECORDED]))
    return known if len(codes) <= _MOST_RECORDED else (*known, _AND_MORE)


def _shortened(code: str) -> str:
    return code if len(code) <= _LONGEST_CODE else code[: _LONGEST_CODE - 1] + _AND_MORE


def _merchant_of(draft: Draft[Any]) -> str | None:
    merchant = draft.facts.merchant
    return None if merchant is None else merchant.id
