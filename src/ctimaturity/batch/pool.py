"""Many inputs on several processes, any of which may end at the cost of one input only."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic, TypeVar

from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.batch.worker import READY, attempt, work
from ctimaturity.diagnostics.errors import JobError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""
_Input = TypeVar("_Input")
_Result = TypeVar("_Result")
_FEW = 3
_GRACE = 1.0
_START = 60.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one input may cost.

    Attributes:
        seconds: Time; beyond it the worker is killed.
        memory: Bytes a worker may take beyond what it begins with, where the platform has such a limit.
    """

    seconds: float = 60.0
    memory: int = 1 << 30


def available_cores() -> int:
    """How many cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def forks() -> bool:
    """Whether a worker starts in milliseconds, so that even a single input may have one."""
    return sys.platform == "linux" and threading.active_count() == 1


def map_inputs(
    function: Callable[[_Input], _Result],
    inputs: Sequence[_Input],
    *,
    jobs: int,
    allowance: Allowance | None = None,
    progress: Progress | None = None,
    apart: bool = False,
) -> list[_Result | Failure]:
    """Apply a function to many inputs.

    One job, or a few inputs, are done in this process, where a fault is a `Failure` too but
    time and memory are not bounded.

    Args:
        function: A function of a module, so that another process finds it by name.
        inputs: Small values, such as paths, that can be pickled; so can the results.
        jobs: How many processes at most.
        allowance: What one input may cost.
        progress: Called with how many are done and how many there are.
        apart: Do one input too in a process of its own, so that its time and memory are bounded.

    Returns:
        The results in the order of the inputs, with a `Failure` where there is none.

    Raises:
        JobError: The function can do nothing with any input; what was done till then is lost.
    """
    report = progress or _in_silence
    if not inputs or (not apart and (jobs <= 1 or len(inputs) <= _FEW)):
        results: list[_Result | Failure] = []
        for value in inputs:
            results.append(_possible(attempt(function, value)))
            report(len(results), len(inputs))
        return results
    pool = _Pool(function, inputs, min(max(jobs, 1), len(inputs)), allowance or Allowance(), report)
    return pool.run()


def _possible(outcome: _Result | Failure) -> _Result | Failure:
    """An outcome, unless it says that there can be none for any input."""
    if isinstance(outcome, Failure) and outcome.kind is FailureKind.BROKEN:
        raise JobError(outcome.reasons)
    return outcome


def _in_silence(_done: int, _total: int) -> None:
    """Progress that nobody watches."""


def _context(function: Callable[..., object]) -> BaseContext:
    """How workers are started.

    Forking costs a few milliseconds where starting afresh costs as many as the imports of the
    function's module, and is safe where no other thread of ours may hold a lock.
    """
    if forks():
        return multiprocessing.get_context("fork")
    if sys.platform == "linux":
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([function.__module__])
        return context
    return multiprocessing.get_context("spawn")


class _Worker:
    """A process, and the input it is busy with."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.ready = False
        self.busy_with: int | None = None
        self.deadline = 0.0

    def end(self, *, grace: float = 0.0) -> None:
        """Close the connection, at which the process ends by itself, and kill it if it does not."""
        self.connection.close()
        if grace:
            self.process.join(grace)
        self.process.kill()
        self.process.join()
        self.process.close()


class _Pool(Generic[_Input, _Result]):
    """One run over the inputs."""

    def __init__(
        self,
        function: Callable[[_Input], _Result],
        inputs: Sequence[_Input],
        jobs: int,
        allowance: Allowance,
        report: Progress,
    ) -> None:
        self._function = function
        self._inputs = inputs
        self._jobs = jobs
        self._allowance = allowance
        self._report = report
        self._context = _context(function)
        self._waiting = deque(range(len(inputs)))
        self._tried: set[int] = set()
        self._results: dict[int, _Result | Failure] = {}
        self._workers: list[_Worker] = []
        self._unstarted = 0

    def run(self) -> list[_Result | Failure]:
        grace = 0.0
        try:
            while len(self._results) < len(self._inputs):
                if self._unstarted > self._jobs:
                    self._go_on_alone()
                self._assign()
                self._collect()
            grace = _GRACE
        finally:  # on Ctrl-C and in a broken tool without grace
            for worker in self._workers:
                worker.end(grace=grace)
        return [self._results[number] for number in range(len(self._inputs))]

    def _assign(self) -> None:
        """Give every idle worker an input, and start workers while there are inputs for them."""
        while self._waiting:
            worker = next((worker for worker in self._workers if worker.busy_with is None), None)
            if worker is None:
                if len(self._workers) == self._jobs:
                    return
                worker = self._start()
            number = self._waiting.popleft()
            worker.busy_with = number
            worker.deadline = time.monotonic() + (self._allowance.seconds if worker.ready else _START)
            try:
                worker.connection.send(self._inputs[number])
            except OSError:  # it died before it could take the input
                self._bury(worker, FailureKind.DIED)

    def _go_on_alone(self) -> None:
        """Do in this process what is left, since workers cannot be started here.

        That is so where the program that called us starts afresh in each of them, for want of
        `if __name__ == "__main__"`. What has killed a worker is not tried here.
        """
        for number in list(self._waiting):
            self._waiting.remove(number)
            died = number in self._tried
            outcome = Failure(FailureKind.DIED) if died else attempt(self._function, self._inputs[number])
            self._finish(number, outcome)

    def _collect(self) -> None:
        """Wait for answers until the first deadline; bury who died or is late."""
        busy = {worker.connection: worker for worker in self._workers if worker.busy_with is not None}
        if not busy:
            return
        until = min(worker.deadline for worker in busy.values())
        ready = wait(list(busy), timeout=max(0.0, until - time.monotonic()))
        for connection, worker in busy.items():
            if connection in ready:
                self._take_answer(worker)
            elif worker.deadline <= time.monotonic():
                self._bury(worker, FailureKind.TIMED_OUT)

    def _take_answer(self, worker: _Worker) -> None:
        number = worker.busy_with
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            self._bury(worker, FailureKind.DIED)
            return
        if not worker.ready:
            worker.ready = answer == READY
            worker.deadline = time.monotonic() + self._allowance.seconds
        elif number is not None:
            worker.busy_with = None
            self._finish(number, answer)

    def _bury(self, worker: _Worker, kind: FailureKind) -> None:
        """Remove a worker; the input it was busy with is lost.

        An input whose worker died is tried once more in another one: it may have been killed
        for a reason of the machine, or of the input before.
        """
        self._workers.remove(worker)
        worker.end()
        number = worker.busy_with
        if number is None:
            return
        if not worker.ready:
            self._unstarted += 1
            self._waiting.appendleft(number)
        elif kind is FailureKind.DIED and number not in self._tried:
            self._tried.add(number)
            self._waiting.appendleft(number)
        else:
            self._finish(number, Failure(kind))

    def _finish(self, number: int, outcome: _Result | Failure) -> None:
        self._results[number] = _possible(outcome)
        self._report(len(self._results), len(self._inputs))

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        forked = self._context.get_start_method() == "fork"
        inherited = [ours, *(worker.connection for worker in self._workers)] if forked else []
        process = self._context.Process(  # type: ignore[attr-defined]
            target=work, args=(self._function, theirs, inherited, self._allowance.memory), daemon=True
        )
        with warnings.catch_warnings():
            # threads of libraries (numpy's) count for this warning; they hold no lock of ours
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker
