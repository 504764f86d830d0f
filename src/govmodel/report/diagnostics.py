"""Problems of the input as text: file:line:column, code, message, help."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.errors import Problem

MOST = 50
"""Problems of one file that are shown at most; the rest are counted."""


ALIKE = 3
"""If one problem is found more often in a file, it is told once, with the lines of the others."""

LINES = 8
"""Of the others so many lines are named."""


def _places(others: Sequence[Problem]) -> str:
    lines = list(dict.fromkeys(str(p.mark.line) for p in others))
    if len(lines) == 1:
        return f"{len(others)} times more on line {lines[0]}"
    rest = f" and {len(lines) - LINES} more" if len(lines) > LINES else ""
    return f"on lines {', '.join(lines[:LINES])}{rest}"


def problems_text(problems: Sequence[Problem], others: int = 0) -> str:
    """Every problem on lines of its own, and a last line that counts them. `others`: how many other
    models were checked all the same."""
    lines: list[str] = []
    for file in dict.fromkeys(p.mark.file for p in problems):
        own = [p for p in problems if p.mark.file == file]
        alike: dict[tuple[str, str, str], list[Problem]] = {}
        for problem in own:
            alike.setdefault((problem.code, problem.message, problem.help), []).append(problem)
        more = [p for same in alike.values() if len(same) > ALIKE for p in same[1:]]
        shown = [p for p in own if not any(p is other for other in more)]
        for problem in shown[:MOST]:
            lines.append(f"{problem.mark}: {problem.level}: {problem.message} [{problem.code}]")
            if problem.help:
                lines.append(f"    help: {problem.help}")
            same = alike[problem.code, problem.message, problem.help]
            if len(same) > ALIKE:
                lines.append(f"    the same {_places(same[1:])}")
        if len(shown) > MOST:
            lines.append(f"{file}: … and {len(shown) - MOST} more.")
    errors = sum(p.level == "error" for p in problems)
    if errors:
        left = "the other models were checked" if others else "nothing was checked"
        lines.append(f"{errors} problem{'s' if errors != 1 else ''}; {left}.")
    return "\n".join(lines) + "\n"
