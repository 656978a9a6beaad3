"""One engine is shared by any number of threads, from its first draft on."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Final

import pytest

from rules_engine import Engine, Verdict, default_policy, read_draft, required_facts
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.wire import structs

THREADS: Final = 8
TEXTS: Final = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "policies/drafts").glob("*.json"))]
WAYS: Final[dict[str, Callable[[Engine, bytes], object]]] = {
    "text": Engine.validate,
    "draft": lambda engine, text: engine.validate(read_draft(text)),
    "facts": lambda _, text: required_facts(text),
}


@pytest.fixture
def _restless() -> Iterator[None]:
    """Change threads as often as it goes."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def _forget() -> None:
    """Take away what was built lazily, so that every thread finds nothing and builds it."""
    structs.struct_of.cache_clear()
    for built in vars(structs).values():
        if isinstance(built, structs._Decoders):  # noqa: SLF001  # every one of them
            built.clear()


@pytest.mark.usefixtures("_restless")
@pytest.mark.parametrize("way", WAYS)
def test_threads_start_together(way: str) -> None:
    """Threads that judge the same drafts for the first time, all at once, get the verdicts that a single one gets."""
    judge = WAYS[way]
    expected = [judge(Engine(), text) for text in TEXTS[::8]]
    _forget()
    engine, start = Engine(), Barrier(THREADS)

    def run(_: int) -> list[object]:
        start.wait()
        return [judge(engine, text) for text in TEXTS[::8]]

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(run, range(THREADS))) == [expected] * THREADS


@pytest.mark.usefixtures("_restless")
def test_threads_mix_engines_and_operations() -> None:
    """Threads that each start at another draft of a shared engine, forwards or backwards, get the same verdicts."""
    expected = {text: Engine().validate(text) for text in TEXTS}
    _forget()
    engine, start = Engine(), Barrier(THREADS)

    def run(number: int) -> dict[bytes, Verdict]:
        turned = TEXTS[number * 7 :] + TEXTS[: number * 7]
        start.wait()
        return {text: engine.validate(text) for text in (turned if number % 2 else reversed(turned))}

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(run, range(THREADS))) == [expected] * THREADS


@pytest.mark.usefixtures("_restless")
def test_threads_compile_at_once() -> None:
    """Threads that compile at once, of one policy and of two, get functions of one text."""
    operations = ("session.create", "price.create", "session.expire", "refund.create")
    expected = {operation: CompiledPolicy(default_policy()).source_of(operation) for operation in operations}
    policies, start = [CompiledPolicy(default_policy()) for _ in range(2)], Barrier(len(operations))

    def run(number: int) -> tuple[str, str]:
        operation, policy = operations[number], policies[number % 2]
        start.wait()
        policy.compile(operation)
        return operation, policy.source_of(operation)

    with ThreadPoolExecutor(len(operations)) as pool:
        assert dict(pool.map(run, range(len(operations)))) == expected
