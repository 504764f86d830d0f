"""Two halves of one piece of work at the same time, on two cores."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def possible() -> bool:
    """Whether there is a second core, and a cheap way to use it."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and os.environ.get("GOVMODEL_WORKERS") != "1"


def both(first: Callable[[], T], second: Callable[[], T], lost: Callable[[], T]) -> tuple[T, T]:
    """The answers of two functions. The first runs in a process of its own, made by fork: it sees all
    that is loaded, and gives back what can be pickled. What it raises is raised here; `lost` answers for
    it where its process ends without an answer, as one does that the system stops for want of memory.

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
    status = 0
    try:
        with os.fdopen(reading, "rb") as back:
            own = second()
            told = back.read()
    finally:  # nobody reads any more, so that the other does not wait to be read
        _, status = os.waitpid(child, 0)
    if status != 0:
        return lost(), own
    answer, error = pickle.loads(told)
    if error is not None:
        raise error
    return answer, own


def _answer(run: Callable[[], T]) -> bytes:
    try:
        return pickle.dumps((run(), None))
    except Exception as error:
        return pickle.dumps((None, error))
