"""How the process of a command ends."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

_SHORT: list[bool] = []


def short_lived() -> None:
    """Settings for a process that ends soon. Nearly all that it makes stays in use, but for the 16 megabytes
    that z3 takes and gives back for every question."""
    from govmodel.spread.memory import keep_memory

    gc.set_threshold(1_000_000, 50, 50)
    keep_memory()
    _SHORT.append(True)


def end(status: int) -> NoReturn:
    """The end of a command that has said all. Where it was short-lived, what it made goes with the process:
    nobody takes it apart first."""
    if _SHORT:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
    sys.exit(status)
