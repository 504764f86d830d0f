"""A solver that fails on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import z3

from govmodel.model.verdict import Answer
from govmodel.smt import ask


def stop(patch: pytest.MonkeyPatch, when: int, error: BaseException | None = None) -> list[int]:
    """From the n-th question on (from 0) the solver gives up, or its library raises. The list that comes
    back grows with every question."""
    check, reckon, asked = ask.check, ask.reckon, list[int]()

    def fails() -> bool:
        asked.append(len(asked))
        if len(asked) > when and error is not None:
            raise error.with_traceback(None)  # else it would hold on to all that failed before
        return len(asked) > when

    def checking(solver: Any, literals: Any) -> Any:
        return z3.unknown if fails() else check(solver, literals)

    def reckoning(formulas: Any, effort: int) -> bool:
        if fails():
            raise z3.Z3Exception(b"max. steps exceeded")
        return reckon(formulas, effort)

    patch.setattr(ask, "check", checking)
    patch.setattr(ask, "reckon", reckoning)
    return asked


NEVER = 10**9
"""So late that a solver which stops then only counts its questions."""


def without_search(question: Callable[[], Answer]) -> Answer:
    """What is answered where the solver reckons out an example and never searches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ask, "check", lambda *_: z3.unknown)
        return question()
