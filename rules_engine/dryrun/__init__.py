"""The dry run: what a policy would have done to a history of drafts."""

from rules_engine.dryrun.condition import Condition, read_condition
from rules_engine.dryrun.document import read_report, report_document
from rules_engine.dryrun.history.files import Record
from rules_engine.dryrun.history.lines import read_stream
from rules_engine.dryrun.history.plan import plan, read_split
from rules_engine.dryrun.local import FinishedParts, replay_locally
from rules_engine.dryrun.replay import replay
from rules_engine.dryrun.report import Answer, Change, Report, merge
from rules_engine.dryrun.spark import drafts_to_reports, merged
from rules_engine.dryrun.task import Policies, Task, Where, read_where
from rules_engine.record_files import HistoryWriter

__all__ = [
    "Answer",
    "Change",
    "Condition",
    "FinishedParts",
    "HistoryWriter",
    "Policies",
    "Record",
    "Report",
    "Task",
    "Where",
    "drafts_to_reports",
    "merge",
    "merged",
    "plan",
    "read_condition",
    "read_report",
    "read_split",
    "read_stream",
    "read_where",
    "replay",
    "replay_locally",
    "report_document",
]
