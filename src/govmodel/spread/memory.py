"""How a process that does nothing but our work deals with memory."""

from __future__ import annotations

import contextlib
import ctypes


def keep_memory() -> None:
    """Memory that is given back is kept for what comes next, and large pieces are no exception
    (M_MMAP_THRESHOLD and M_TRIM_THRESHOLD of glibc): to have them from the system anew takes longer than
    most of what is done in them, and processes that ask for them at once wait for each other."""
    with contextlib.suppress(AttributeError, OSError, TypeError):  # another C library
        keep = ctypes.CDLL(None).mallopt
        keep(-3, 1 << 25)
        keep(-1, 1 << 28)
