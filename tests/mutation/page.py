"""The page docs/mutation.md: `PYTHONPATH=tests python -m mutation.page docs/mutation.md`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from govmodel.checks import CATALOGUE, FAMILIES
from mutation.operators import OPERATORS, Operator
from mutation.running import SOUND, Outcome, outcome
from mutation.survivors import WHY

PAGE = Path(__file__).parents[2] / "docs" / "mutation.md"

HEAD = """\
# Mutation: would it have been found?

A check that finds nothing may be right, or blind. To tell which, the tests of govmodel take {texts} sound
constitutions (`tests/sound`), in which no check finds an error or a warning, and make one slip in them at
a time: the quorum is raised beyond the seats, a deputy is dropped, the rule on equal votes is deleted, a
deadline is said again with another number. Such a slip is a *mutation*, and the text with it a *mutant*.
Then the check that is there for this slip is asked, and has to find it. A mutant that it does not find
*survives*.

There are {operators} kinds of slip, each made wherever a sound text has room for it.
Of {made} mutants the intended checks find {found}, which is {share}.
The test run makes all of them anew and holds this page to what it finds; at least {least} % have to be found.

A mutant survives for one of three reasons. Most often it is no slip in that text, because another of its
clauses catches it: then silence is right. Sometimes the check says that it could not decide, which is no
silence. And sometimes the check is blind or careful; then the list at the end says so.

What this does not show: how many slips of kinds that nobody thought of would be found, and how many slips
of real texts are like these. The [findings on real constitutions](findings/) were read beside their clauses.

## What was changed, and what was found
"""

LEAST = 95
"""How many of a hundred mutants have to be found at least."""


def page(outcomes: Iterable[Outcome]) -> str:
    every = list(outcomes)
    made, found = sum(o.made for o in every), sum(o.found for o in every)
    lines = HEAD.format(
        texts=len(SOUND), operators=len(every), made=made, found=found, share=f"{100 * found / made:.1f} %",
        least=LEAST,
    ).splitlines()  # fmt: skip
    names = {check.id: check for check in CATALOGUE}
    for family, title in FAMILIES.items():
        own = [o for o in every if names[o.operator.check[:5]].family == family]
        if own:
            lines += [
                "",
                f"### {title}",
                "",
                "| slip | to be found by | mutants | found |",
                "| --- | --- | --- | --- |",
            ]
            lines += [row(o) for o in own]
    lines += ["", "## What survives, and why", ""]
    lines += [line for o in every for line in survivors(o)]
    return "\n".join(lines) + "\n"


def row(of: Outcome) -> str:
    return f"| {of.operator.says} | {of.operator.check} | {of.made} | {of.found} |"


def survivors(of: Outcome) -> Iterator[str]:
    for survivor in of.survivors:
        why = (
            f"not decided, and said so: {survivor.open}"
            if survivor.open
            else reason(of.operator, survivor.text)
        )
        yield f"* {_start(of.operator)}, in `{survivor.text}` ({survivor.place}): {why}."


def _start(operator: Operator) -> str:
    return f"**{operator.says}** ({operator.check})"


def reason(operator: Operator, text: str) -> str:
    return WHY.get((operator.says, text), "nobody has said why")


def rows_of(text: str) -> dict[str, tuple[str, int, int]]:
    """What a page says of each slip: by which check it is to be found, how often it was made and found."""
    cells = re.findall(r"^\| (.+) \| (GM[^|]+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    return {says: (check, int(made), int(found)) for says, check, made, found in cells}


def survivors_of(text: str, operator: Operator) -> list[str]:
    """The lines of a page on the survivors of one slip."""
    return [line for line in text.splitlines() if line.startswith(f"* {_start(operator)}, in ")]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(outcome(operator) for operator in OPERATORS), "utf-8")
