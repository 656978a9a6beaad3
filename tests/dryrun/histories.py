"""Histories and tasks for the tests of the dry run."""

import os
import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from attrs import frozen

from rules_engine.dryrun.document import report_document
from rules_engine.dryrun.report import Report
from rules_engine.dryrun.task import Policies, Task, task_of
from rules_engine.policy.builtin import default_policy
from rules_engine.policy.load import load_policy
from rules_engine.policy.model import Policy
from rules_engine.wire.json_text import write_json

SHIPPED: Final = Path(__file__).parents[2] / "policies"


def shipped_documents() -> Iterator[bytes]:
    """Give the shipped drafts, one line each."""
    for path in sorted((SHIPPED / "drafts").glob("*.json")):
        yield b" ".join(path.read_bytes().split(b"\n"))


def write_history(path: Path, *, times: int = 1) -> Path:
    """Write the shipped drafts as JSON Lines, as many times as asked for, with a line that is none at the end."""
    lines = list(shipped_documents()) * times
    path.write_bytes(b"\n".join([*lines, b'{"version": 1', b""]))
    return path


def strict_task(*, sample: int = 3, by_merchant: bool = False) -> Task:
    """Hold the shipped strict policy against the default one."""
    return task_of(
        one(load_policy(SHIPPED / "strict.toml")), one(default_policy()), sample=sample, by_merchant=by_merchant
    )


def one(policy: Policy) -> Policies:
    """Judge everything by one policy."""
    return Policies(policy.id, policy)


def text_of(report: Report) -> str:
    """Write a report as it is published."""
    return write_json(report_document(report))


@frozen(eq=False)
class Deadly(Policies):
    """Policies that kill the process that judges a draft of one merchant by them."""

    merchant: str = ""

    def policy_for(self, merchant: str | None, now: datetime) -> Policy | None:
        """Kill this process, or choose as ever."""
        if merchant == self.merchant:
            os.kill(os.getpid(), signal.SIGKILL)
        return Policies.policy_for(self, merchant, now)
