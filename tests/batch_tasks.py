"""What workers do in the tests of the pool; other processes find these functions by name."""

from __future__ import annotations

import os
import signal
import time
from importlib import import_module
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def process_of(_: int) -> int:
    return os.getpid()


def slowest_first(number: int) -> int:
    time.sleep(0.05 if number == 0 else 0)
    return number


def odd_ones_fail(number: int) -> int:
    if number % 2:
        raise ValueError("juan.perez@example.org")
    return number


def needs_what_is_not_installed(number: int) -> int:
    import_module("not_installed")
    return number


def third_kills_its_worker(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def third_never_ends(number: int) -> int:
    if number == 3:
        time.sleep(60)
    return number


def third_takes_all_memory(number: int) -> int:
    if number == 3:
        return len(bytearray(2_000_000_000))
    return number


def third_gives_what_cannot_be_sent(number: int) -> object:
    return (lambda: number) if number == 3 else number


def killed_the_first_time(folder: str) -> str:
    mark = Path(folder) / "tried"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


def say_and_wait(folder: str) -> None:
    (Path(folder) / f"{os.getpid()}.pid").touch()
    time.sleep(60)
