"""Problems of the input as text: file:line:column, code, message, help."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.errors import Problem

MOST = 50
"""Problems shown at most; the rest are counted."""


def problems_text(problems: Sequence[Problem]) -> str:
    """Every problem on lines of its own, and a last line that counts them."""
    lines = []
    for problem in problems[:MOST]:
        lines.append(f"{problem.mark}: {problem.level}: {problem.message} [{problem.code}]")
        if problem.help:
            lines.append(f"    help: {problem.help}")
    errors = sum(p.level == "error" for p in problems)
    if len(problems) > MOST:
        lines.append(f"… and {len(problems) - MOST} more.")
    if errors:
        lines.append(f"{errors} problem{'s' if errors != 1 else ''}; nothing was checked.")
    return "\n".join(lines) + "\n"
