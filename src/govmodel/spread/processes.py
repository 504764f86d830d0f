"""Processes of this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

from govmodel.errors import Lost
from govmodel.spread import Answer, Common, Task
from govmodel.spread.memory import keep_memory

_job: tuple[Callable[[Any, Any], Any], Any] | None = None
"""In a worker process: what is done with each task, and what all tasks share, received once."""


def over_processes(
    function: Callable[[Common, Task], Answer], common: Common, tasks: Sequence[Task], workers: int
) -> Iterator[tuple[int, Answer]]:
    """See `spread`."""
    # Spawned, not forked: a fork copies locks that other threads (a progress bar's) may hold.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _start, (function, common))
    try:
        with _undisturbed():
            places = {pool.submit(_work, task): place for place, task in enumerate(tasks)}
        for done in as_completed(list(places)):
            # Forgotten here and by the pool once it is handed on: answers do not pile up.
            yield places.pop(done), done.result()
    except BrokenProcessPool:
        raise Lost("a worker process was ended from outside, perhaps for want of memory") from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A process that is born here hears no Ctrl-C, not even while it is still importing; the parent hears
    one that came meanwhile as soon as this ends."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(function: Callable[[Any, Any], Any], common: Any) -> None:
    global _job
    _job = function, common
    keep_memory()
    # A user's Ctrl-C reaches every process; the parent says what there is to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that was killed cannot end its workers, and they would wait for it for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(task: Any) -> Any:
    if _job is None:
        raise RuntimeError("a worker was not given its work")
    function, common = _job
    return function(common, task)
