"""The process that works through inputs one by one, until it is told to stop or is killed."""

from __future__ import annotations

import re
import signal
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.diagnostic import Diagnostic
from ctimaturity.diagnostics.errors import JobError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

READY = "ready"
"""What a worker says first, so that one that cannot even start is told from one that died."""

_Input = TypeVar("_Input")
_Result = TypeVar("_Result")


def attempt(function: Callable[[_Input], _Result], value: _Input) -> _Result | Failure:
    """The function's result; a `Failure` where it raises."""
    try:
        return function(value)
    except MemoryError:
        return Failure(FailureKind.OUT_OF_MEMORY)
    except JobError as error:  # of what every input needs, such as a definition
        return Failure(FailureKind.BROKEN, reasons=error.diagnostics)
    except Exception as error:  # noqa: BLE001  (a fault in one input must not cost the others)
        reason = of_installation(error)
        if reason is None:
            return Failure(FailureKind.RAISED, _where(error))
        return Failure(FailureKind.BROKEN, reasons=(reason,))


def of_installation(error: Exception) -> Diagnostic | None:
    """The finding on what is installed, where an exception can have no other cause.

    So it is with modules that cannot be imported and with models that Pydantic cannot make anything of.
    """
    if isinstance(
        error, ImportError
    ):  # its text names modules, and the path of one, which is nobody's business
        return Diagnostic(codes.TOOL_BROKEN, parameters={"reason": re.sub(r" \(.*\)$", "", str(error))})
    if isinstance(error, SyntaxError) or type(error).__name__.startswith("Pydantic"):
        return tool_broken(error)
    return None


def tool_broken(error: Exception) -> Diagnostic:
    """The finding on a tool that fails whatever it is given."""
    return Diagnostic(codes.TOOL_BROKEN, parameters={"reason": _where(error)})


def work(
    function: Callable[[_Input], object],
    connection: Connection,
    inherited: Sequence[Connection],
    memory: int,
) -> None:
    """Answer each input that comes along the connection, until its other end is closed.

    Args:
        function: What to do with an input.
        connection: Inputs come in, results go out.
        inherited: Connections of other workers that a forked process has a copy of; they are
            closed, so that each worker sees the end of its own.
        memory: Bytes the process may ask for beyond what it begins with, where the platform has such a limit.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; it ends the workers
    for other in inherited:
        other.close()
    _limit_memory(memory)
    with suppress(EOFError, OSError):
        connection.send(READY)
        while True:
            outcome = attempt(function, connection.recv())
            failure = attempt(connection.send, outcome)
            if failure is not None:  # a result that cannot be sent is the function's fault
                connection.send(failure)


def _limit_memory(memory: int) -> None:
    """Bound what inputs may take beyond what the process holds already.

    A forked process begins with everything that its parent holds: of a notebook, gigabytes.
    """
    if sys.platform != "linux":
        return
    import resource

    limit = _held() + memory
    with suppress(ValueError, OSError):  # a stricter limit holds already
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _held() -> int:
    """Bytes of this process that count for its limit; 0 where the system does not tell."""
    with suppress(OSError, ValueError), Path("/proc/self/status").open(encoding="ascii") as status:
        for line in status:
            if line.startswith("VmData:"):
                return int(line.split()[1]) << 10
    return 0


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    frame = frames[-1] if frames else None
    place = f" in {frame.name}, line {frame.lineno}" if frame else ""
    return f"{type(error).__name__}{place}"
