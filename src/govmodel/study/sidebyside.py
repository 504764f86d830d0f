"""A list of work done by several processes of this machine, with the answers that one would give.

Queues are filled before the processes are forked, so that nobody deals: whoever is free takes the next
task of a queue, until all are empty.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

from govmodel.dataclass import dataclass
from govmodel.study.naming import wrong

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Place: TypeAlias = tuple[int, int]
"""Of a task: its queue, and which one of it."""

MOST = 8
"""Processes at most: each imports engines of its own."""

LONGEST = 256
"""Tasks of one queue at most: the place of each is one byte, which is read whole or not at all."""

ROOM = 1 << 20
"""Bytes of answers that wait for whoever reads them, where the system has room for so many: a model that was
read takes a tenth of it."""


def possible() -> int:
    """How many processes can share work here: so many as there are cores, or as `GOVMODEL_WORKERS` says.

    Raises InputError where that is no number of processes.
    """
    said = os.environ.get("GOVMODEL_WORKERS", "")
    if said and not (said.isascii() and said.isdigit() and int(said)):
        raise wrong(f"GOVMODEL_WORKERS is {said!r}; a number of processes is expected, 1 or more")
    if not hasattr(os, "fork"):
        return 1
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(int(said) if said else free, MOST)


def share(
    queues: Sequence[Sequence[Task]],
    work: Callable[[Task], Answer],
    lost: Callable[[Task], Answer],
    workers: int,
    tell: Callable[[Task], None] | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> list[list[Answer]]:
    """The answer to each task of each queue. Tasks of one queue have something in common: whoever takes
    one stays with the queue, and goes on to the next when it is empty.

    The other processes are made by fork: they see all that is loaded, and give back what can be pickled.
    What one raises is raised here. `lost` answers for a task that no process gave back, because it ended,
    as one does that the system stops for want of memory. `tell` hears of each task that this one does.
    `meanwhile`: what this one does first, once the others are at work.

    Only for a process without threads: a lock that another thread holds would never be free again.
    """
    taken = [_filled(len(queue)) for queue in queues]
    others: list[_Other] = []
    found: dict[Place, Answer] = {}

    def done_by(number: int, tell: Callable[[Task], None] | None) -> Iterator[tuple[Place, Answer]]:
        for at in _way(len(queues), number, workers):
            while byte := os.read(taken[at], 1):
                place = at, byte[0]
                task = queues[at][byte[0]]
                if tell is not None:
                    tell(task)
                yield place, work(task)

    try:
        for number in range(1, workers):
            try:
                others.append(_forked(lambda number=number: done_by(number, None)))  # type: ignore[misc]
            except OSError:
                break  # no more processes, or no more files: those that there are do it
        if meanwhile is not None:
            meanwhile()
        found.update(done_by(0, tell))
        errors: list[Exception] = []
        for other in others:
            answers, error = other.told()
            found.update(answers)
            errors += [] if error is None else [error]
        if errors:
            raise errors[0]
    finally:
        for other in others:
            other.end()
        for reading in taken:
            os.close(reading)
    return [
        [found[at, n] if (at, n) in found else lost(task) for n, task in enumerate(queue)]
        for at, queue in enumerate(queues)
    ]


def _filled(tasks: int) -> int:
    """A pipe with a byte for each task, to be read from by any process; it ends after the last."""
    if tasks > LONGEST:
        raise ValueError(f"a queue holds at most {LONGEST} tasks")
    reading, writing = os.pipe()
    os.write(writing, bytes(range(tasks)))
    os.close(writing)
    return reading


def _way(queues: int, number: int, workers: int) -> list[int]:
    """The order in which a worker goes through the queues. Two by two they begin at the ends of a part of
    them and meet in its middle; then they go on to help where the others are."""
    parts = (workers + 1) // 2
    first, last = (part * queues // parts for part in (number // 2, number // 2 + 1))
    if number % 2:
        return [*range(last - 1, -1, -1), *range(queues - 1, last - 1, -1)]
    return [*range(first, queues), *range(first)]


@dataclass()
class _Other:
    """Another process: its number, and the end of the pipe from which its answers are read."""

    process: int
    answers: int
    over: bool = False

    def told(self) -> tuple[dict[Place, Any], Exception | None]:
        """What it did, and what it raised; where it ended without a word, what it did before."""
        found: dict[Place, Any] = {}
        error = None
        ended = contextlib.suppress(EOFError, pickle.UnpicklingError)  # in the middle of an answer: lost
        with os.fdopen(self.answers, "rb", closefd=False) as back, ended:
            while True:
                said = pickle.load(back)
                if isinstance(said, Exception):
                    error = said
                else:
                    found.update((said,))
        self.over = True
        os.waitpid(self.process, 0)
        return found, error

    def end(self) -> None:
        os.close(self.answers)
        if not self.over:  # something was raised here, and nobody asks it any more
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


def _forked(work: Callable[[], Iterator[tuple[Place, Answer]]]) -> _Other:
    reading, writing = os.pipe()
    parent = os.getpid()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if child == 0:
        status = 1
        try:
            os.close(reading)
            _tell(_Outbox(writing), work, parent)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    return _Other(child, reading)


def _tell(outbox: _Outbox, work: Callable[[], Iterator[tuple[Place, Answer]]], parent: int) -> None:
    try:
        for found in work():
            outbox.put(pickle.dumps(found))
            if os.getppid() != parent:
                return  # nobody waits for it any more
    except Exception as error:
        outbox.put(pickle.dumps(error))
    outbox.send()


class _Outbox:
    """What is written to a pipe without waiting for whoever reads it, until all is said."""

    def __init__(self, writing: int) -> None:
        self.writing, self.waiting = writing, bytearray()
        os.set_blocking(writing, False)
        with contextlib.suppress(ImportError, AttributeError, OSError):  # Linux has room for more
            import fcntl

            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, ROOM)

    def put(self, data: bytes) -> None:
        self.waiting += data
        with contextlib.suppress(BlockingIOError):
            self._write()

    def send(self) -> None:
        os.set_blocking(self.writing, True)
        self._write()

    def _write(self) -> None:
        while self.waiting:
            del self.waiting[: os.write(self.writing, self.waiting)]
