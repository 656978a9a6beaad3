"""Spark for the tests: a session on this machine, and a cluster of its own on the loopback interface."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import frozen

from rules_engine.dryrun.spark import start_session

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 90
"""How many seconds a cluster has to come up."""


@frozen
class Cluster:
    """A master and its workers.

    Attributes:
        address: Of the master.
        workers: The processes of the workers.
    """

    address: str
    workers: tuple["subprocess.Popen[bytes]", ...]


def until(ready: Callable[[], bool]) -> None:
    """Wait until something is so, and not for ever."""
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.1)


def children_of(pid: int) -> list[int]:
    """Name the processes that a process has started."""
    lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for children in lists for child in children.split()]


def descendants_of(pid: int) -> list[int]:
    """Name the processes below a process."""
    return [below for child in children_of(pid) for below in (child, *descendants_of(child))]


def _environment() -> dict[str, str]:
    import pyspark  # noqa: PLC0415  # an extra

    return {
        **os.environ,
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture(scope="session", autouse=True)
def _loopback() -> Iterator[None]:
    """Keep Spark on this machine, and let its Python processes find this checkout."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("SPARK_LOCAL_IP", "PYSPARK_PYTHON", "PYTHONPATH"):
            patch.setenv(name, _environment()[name])
        yield


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session on this machine."""
    session = start_session()
    yield session
    session.stop()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A master and two workers with one core each."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address, log = f"spark://127.0.0.1:{port}", tmp_path / "master.log"
    started: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *arguments: str) -> "subprocess.Popen[bytes]":
        environment = _environment()
        script = Path(environment["SPARK_HOME"]) / "bin" / "spark-class"
        command = [str(script), f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1", "--webui-port", "0"]
        with log.open("ab") as output:
            process = subprocess.Popen([*command, *arguments], env=environment, stdout=output, stderr=output)  # noqa: S603  # Spark's own script
        started.append(process)
        return process

    try:
        start("master.Master", "--port", str(port))
        until(lambda: b"Starting Spark master" in log.read_bytes())
        resources = ("--cores", "1", "--memory", "1g", "--work-dir", str(tmp_path / "work"))
        workers = tuple(start("worker.Worker", *resources, address) for _ in range(2))
        until(lambda: log.read_bytes().count(b"Registering worker") == len(workers))
        yield Cluster(address, workers)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(timeout=PATIENCE)
