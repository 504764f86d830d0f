"""Two halves of one piece of work at the same time, on two cores."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Lost(RuntimeError):
    """The other process ended without an answer."""


def possible() -> bool:
    """Whether there is a second core, and a cheap way to use it."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and os.environ.get("GOVMODEL_WORKERS") != "1"


def both(first: Callable[[], T], second: Callable[[], T]) -> tuple[T, T]:
    """The answers of two functions. The first runs in a process of its own, made by fork: it sees all
    that is loaded, and gives back what can be pickled. What it raises is raised here.

    Only for a process without threads: a lock that another thread holds would never be free again.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as out:
                out.write(_answer(first))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as back:
        try:
            own = second()
            told = back.read()
        finally:
            os.waitpid(child, 0)
    if not told:
        raise Lost("a process that checked one half ended without an answer")
    answer, error = pickle.loads(told)
    if error is not None:
        raise error
    return answer, own


def _answer(run: Callable[[], T]) -> bytes:
    try:
        return pickle.dumps((run(), None))
    except Exception as error:
        return pickle.dumps((None, error))
