"""How often what was compared: in this process, and in all processes of a test run."""

from __future__ import annotations

from collections import Counter

COMPARED: Counter[str] = Counter()
"""In this process."""
ELSEWHERE: Counter[str] = Counter()
"""In the other processes of this run, once they have ended."""


def told() -> str:
    """Everything that this run compared, in one line; empty: nothing."""
    every = COMPARED + ELSEWHERE
    if not every["constitutions"]:
        return ""
    rest = ", ".join(f"{what} {n:,}" for what, n in sorted(every.items()) if what != "constitutions")
    return f"{every['constitutions']:,} random constitutions: solver, closed form and judge agree ({rest})"
