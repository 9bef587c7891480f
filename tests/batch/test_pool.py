from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import batch_tasks
from ctimaturity.batch.failure import Failure, FailureKind
from ctimaturity.batch.pool import Allowance, available_cores, map_inputs
from ctimaturity.diagnostics import codes
from ctimaturity.diagnostics.errors import JobError

if TYPE_CHECKING:
    from collections.abc import Callable

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="a limit that only Linux keeps")


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_stand_in_the_order_of_the_inputs(jobs: int) -> None:
    assert map_inputs(batch_tasks.slowest_first, range(12), jobs=jobs) == list(range(12))


def test_no_inputs_no_results() -> None:
    assert map_inputs(batch_tasks.double, [], jobs=2) == []


def test_a_few_inputs_are_done_in_this_process() -> None:
    assert map_inputs(batch_tasks.process_of, range(3), jobs=2) == [os.getpid()] * 3


def test_many_inputs_are_shared_by_at_most_that_many_processes() -> None:
    processes = map_inputs(batch_tasks.process_of, range(40), jobs=2)
    assert os.getpid() not in processes
    assert len(set(processes)) <= 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_counts_every_input_once(jobs: int) -> None:
    seen: list[tuple[int, int]] = []
    map_inputs(batch_tasks.double, range(9), jobs=jobs, progress=lambda *counts: seen.append(counts))
    assert seen == [(done, 9) for done in range(1, 10)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_costs_one_input_and_its_text_stays_inside(jobs: int) -> None:
    results = map_inputs(batch_tasks.odd_ones_fail, range(8), jobs=jobs)
    assert results[::2] == [0, 2, 4, 6]
    for failure in results[1::2]:
        assert isinstance(failure, Failure)
        assert failure.kind is FailureKind.RAISED
        assert failure.detail.startswith("ValueError in odd_ones_fail, line ")
        assert "juan" not in failure.detail


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_every_input_needs_and_is_broken_ends_the_job(jobs: int) -> None:
    with pytest.raises(JobError) as caught:
        map_inputs(batch_tasks.needs_what_is_not_installed, range(8), jobs=jobs)
    (finding,) = caught.value.diagnostics
    assert finding.code == codes.TOOL_BROKEN
    assert finding.parameters["reason"] == "No module named 'not_installed'"


@needs_signals
def test_a_killed_worker_costs_one_input() -> None:
    results = map_inputs(batch_tasks.third_kills_its_worker, range(10), jobs=2)
    assert results == [0, 1, 2, Failure(FailureKind.DIED), 4, 5, 6, 7, 8, 9]


@needs_signals
def test_an_input_is_tried_again_when_its_worker_died_for_another_reason(tmp_path: Path) -> None:
    folders = []
    for number in range(4):
        folder = tmp_path / str(number)
        folder.mkdir()
        folders.append(str(folder))
    assert map_inputs(batch_tasks.killed_the_first_time, folders, jobs=2) == ["done"] * 4


def test_an_endless_input_is_ended_at_its_time() -> None:
    allowance = Allowance(seconds=0.5)
    results = map_inputs(batch_tasks.third_never_ends, range(6), jobs=2, allowance=allowance)
    assert results == [0, 1, 2, Failure(FailureKind.TIMED_OUT), 4, 5]


@linux
def test_memory_is_bounded() -> None:
    allowance = Allowance(memory=1_000_000_000)
    results = map_inputs(batch_tasks.third_takes_all_memory, range(6), jobs=2, allowance=allowance)
    assert results == [0, 1, 2, Failure(FailureKind.OUT_OF_MEMORY), 4, 5]


@linux
def test_what_the_program_holds_already_is_not_counted() -> None:
    held = bytearray(300_000_000)
    allowance = Allowance(memory=200_000_000)
    assert map_inputs(batch_tasks.double, range(6), jobs=2, allowance=allowance) == [0, 2, 4, 6, 8, 10]
    assert len(held) == 300_000_000


def test_a_result_that_cannot_be_sent_is_a_failure() -> None:
    results = map_inputs(batch_tasks.third_gives_what_cannot_be_sent, range(5), jobs=2)
    failure = results[3]
    assert isinstance(failure, Failure)
    assert failure.kind is FailureKind.RAISED
    assert results[:3] + results[4:] == [0, 1, 2, 4]


def test_works_while_another_thread_runs() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert map_inputs(batch_tasks.double, range(6), jobs=2) == [0, 2, 4, 6, 8, 10]
    finally:
        ended.set()
        thread.join()


@needs_signals
def test_ctrl_c_ends_the_workers(tmp_path: Path) -> None:
    program = (
        # Where the tests run in the background of a shell, Ctrl-C is ignored; not so where people sit.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import batch_tasks\n"
        "from ctimaturity.batch.pool import map_inputs\n"
        "map_inputs(batch_tasks.say_and_wait, [sys.argv[2]] * 4, jobs=2)\n"
    )
    tests = str(Path(batch_tasks.__file__).parent)
    with subprocess.Popen(
        [sys.executable, "-c", program, tests, str(tmp_path)], stderr=subprocess.DEVNULL
    ) as parent:
        _until(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
        parent.send_signal(signal.SIGINT)
        assert parent.wait(10) != 0
    workers = [int(path.stem) for path in tmp_path.glob("*.pid")]
    _until(lambda: not any(_runs(worker) for worker in workers))


@needs_signals
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import batch_tasks, os, signal\n"
        "from pathlib import Path\n"
        "from ctimaturity.batch.pool import map_inputs\n"
        "def killed(done, total):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "found = map_inputs(batch_tasks.process_of, range(4), jobs=2, progress=killed)\n"
    )
    tests = str(Path(batch_tasks.__file__).parent)
    subprocess.run([sys.executable, "-c", program, tests], check=False, stderr=subprocess.DEVNULL)
    _until(lambda: not _children_of_nobody(program))


def test_where_workers_cannot_start_the_work_is_done_all_the_same(tmp_path: Path) -> None:
    program = tmp_path / "unguarded.py"
    program.write_text(
        "import sys, threading\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "import batch_tasks\n"
        "from ctimaturity.batch.pool import map_inputs\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "print(map_inputs(batch_tasks.double, range(5), jobs=2))\n"
    )
    tests = str(Path(batch_tasks.__file__).parent)
    ran = subprocess.run(
        [sys.executable, str(program), tests], capture_output=True, check=True, text=True, timeout=60
    )
    assert ran.stdout == "[0, 2, 4, 6, 8]\n"


def test_there_is_a_core() -> None:
    assert available_cores() >= 1


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 120  # ends what hangs
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _children_of_nobody(program: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if program.encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found
