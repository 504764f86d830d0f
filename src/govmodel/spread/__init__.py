"""Work spread over processes of this machine, or over a Dask scheduler's.

Whoever does a piece of work, its answer is the same: nothing that is handed out may depend on who
does it, or on what was done before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Common = TypeVar("Common")
Task = TypeVar("Task")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Hands:
    """Who works: so many processes of this machine (1: this one), or those of the Dask scheduler at an
    address (`tcp://host:8786`)."""

    workers: int = 1
    scheduler: str | None = None


def spread(
    function: Callable[[Common, Task], Answer], common: Common, tasks: Sequence[Task], hands: Hands
) -> Iterator[tuple[int, Answer]]:
    """The answer to each task with the task's place in the list, in the order in which they are done.

    `function` is one of a module's own (not a closure), so that other processes can find it. Closing the
    iterator gives up what is not begun.

    Raises:
        Lost: the workers cannot be reached, or went away.
    """
    if hands.scheduler is not None:
        from govmodel.spread.scheduler import over_scheduler

        yield from over_scheduler(function, common, tasks, hands.scheduler)
    elif min(hands.workers, len(tasks)) > 1:
        from govmodel.spread.processes import over_processes

        yield from over_processes(function, common, tasks, min(hands.workers, len(tasks)))
    else:
        for place, task in enumerate(tasks):
            yield place, function(common, task)
