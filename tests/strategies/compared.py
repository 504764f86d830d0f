"""How often what was compared: in this process, and in all processes of a test run."""

from __future__ import annotations

from collections import Counter

COMPARED: Counter[str] = Counter()
"""In this process."""
ELSEWHERE: Counter[str] = Counter()
"""In the other processes of this run, once they have ended."""
SECOND = "questions put to a second solver"


def told() -> list[str]:
    """Everything that this run compared, in lines."""
    every = COMPARED + ELSEWHERE
    lines = []
    if every["constitutions"]:
        rest = [f"{what} {n:,}" for what, n in sorted(every.items()) if what not in ("constitutions", SECOND)]
        lines.append(
            f"{every['constitutions']:,} random constitutions: solver, closed form and judge agree"
            f" ({', '.join(rest)})"
        )
    if every[SECOND]:
        lines.append(f"{every[SECOND]:,} questions: z3 and cvc5 agree")
    return lines
