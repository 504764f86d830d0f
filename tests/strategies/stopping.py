"""A solver that fails on purpose."""

from __future__ import annotations

from typing import Any

import pytest
import z3

from govmodel.smt import ask


def stop(patch: pytest.MonkeyPatch, when: int, error: BaseException | None = None) -> list[int]:
    """From the n-th question on (from 0) the solver gives up, or its library raises. The list that comes
    back grows with every question."""
    check, asked = ask.check, list[int]()

    def failing(solver: Any, literals: Any) -> Any:
        asked.append(len(asked))
        if len(asked) <= when:
            return check(solver, literals)
        if error is not None:
            raise error.with_traceback(None)  # else it would hold on to all that failed before
        return z3.unknown

    patch.setattr(ask, "check", failing)
    return asked


NEVER = 10**9
"""So late that a solver which stops then only counts its questions."""
