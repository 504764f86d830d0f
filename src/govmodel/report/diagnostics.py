"""Problems of the input as text: file:line:column, code, message, help."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.errors import Problem

MOST = 50
"""Problems of one file that are shown at most; the rest are counted."""


def problems_text(problems: Sequence[Problem], others: int = 0) -> str:
    """Every problem on lines of its own, and a last line that counts them. `others`: how many other
    models were checked all the same."""
    lines: list[str] = []
    for file in dict.fromkeys(p.mark.file for p in problems):
        own = [p for p in problems if p.mark.file == file]
        for problem in own[:MOST]:
            lines.append(f"{problem.mark}: {problem.level}: {problem.message} [{problem.code}]")
            if problem.help:
                lines.append(f"    help: {problem.help}")
        if len(own) > MOST:
            lines.append(f"{file}: … and {len(own) - MOST} more.")
    errors = sum(p.level == "error" for p in problems)
    if errors:
        left = "the other models were checked" if others else "nothing was checked"
        lines.append(f"{errors} problem{'s' if errors != 1 else ''}; {left}.")
    return "\n".join(lines) + "\n"
