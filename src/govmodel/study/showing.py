"""The use case `show`: a model read back as sentences and tables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import assert_never

from govmodel.loading import load
from govmodel.model.constitution import Constitution
from govmodel.model.rule import stands
from govmodel.model.rules import Reading, Rulebook
from govmodel.model.shown import WHATS, Became, Sentence, Shown, Table, What
from govmodel.reading import complete, read
from govmodel.reading.landscape import wholes
from govmodel.study import tables
from govmodel.study.dates import known_days
from govmodel.study.naming import known_reading, unknown, wrong
from govmodel.words.provisions import by_clause, read_back
from govmodel.words.speaking import Speaker

BY = ("subject", "clause")
"""Orders of the sentences: by what they are about, or by the clause index."""

NOTATION = (
    "Some values are notation of the model where the text adds nothing: a seat is voting, is one, and has "
    "1 vote; a step, a route, a stand-in or a rule on membership says must (that it is for "
    "somebody to decide, to appoint and the like means must too); a body is this text’s own.",
    "Clauses stand in brackets. A name in ‘…’ that “is read as” something is a question that the text leaves "
    "open: `govmodel show MODEL readings` lists them, and `--reading NAME=OPTION` settles one.",
)


def show(
    model: str | os.PathLike[str] | Constitution,
    what: str = "sentences",
    *,
    by: str = "subject",
    reading: Mapping[str, str] | None = None,
) -> Shown:
    """Read a model back.

    Args:
        model: a model file, or a constitution that was loaded.
        what: `sentences`, `summary`, `seats`, `readings`, `routes`, `clocks`, `coalitions` or
            `power`.
        by: the order of sentences: `subject` (body, office, matter, paper, norm, route) or `clause`.
        reading: options to settle; of these nothing is conditional any more.

    Raises:
        InputError: the file cannot be used, or an argument names something that is not there.
    """
    chosen = _what(what)
    if by not in BY:
        raise wrong(f"sentences are ordered by {' or by '.join(BY)}, not by {by!r}")
    if by == "clause" and chosen != "sentences":
        raise wrong(f"only sentences can be ordered by clause, not {chosen}")
    constitution = model if isinstance(model, Constitution) else load(model)
    rulebook = read(constitution)
    fixed = known_reading(rulebook, reading or {})
    speaker = Speaker(constitution, fixed)
    if constitution.members and chosen not in ("sentences", "seats"):  # its own, with nothing joined
        speaker = Speaker(_joined(constitution, rulebook, fixed), fixed)
    sentences: tuple[Sentence, ...] = ()
    clauses: tuple[Became, ...] = ()
    made: tuple[Table, ...] = ()
    remarks: tuple[str, ...] = ()
    match chosen:
        case "sentences" if by == "clause":
            clauses, remarks = by_clause(speaker), (*NOTATION, *_others(constitution))
        case "sentences":
            sentences, remarks = read_back(speaker), (*NOTATION, *_others(constitution))
        case "summary":
            made = tables.bodies(speaker, rulebook, fixed, Speaker(constitution, fixed))
        case "seats":
            made = tables.seats(speaker, rulebook, fixed)
        case "readings":
            made = tables.readings(speaker, rulebook, fixed)
        case "routes":
            made = (tables.routes(speaker),)
        case "clocks":
            known_days(rulebook, constitution)
            made = (tables.clocks(speaker, rulebook),)
        case "coalitions":
            made = tables.coalitions(speaker, rulebook, fixed)
        case "power":
            made = tables.indices(speaker, rulebook, fixed)
        case _:
            assert_never(chosen)
    return Shown(
        model=rulebook.id, path=rulebook.path, title=rulebook.title, what=chosen, fixed=fixed,
        sentences=sentences, clauses=clauses, tables=made, remarks=remarks,
    )  # fmt: skip


def _others(constitution: Constitution) -> tuple[str, ...]:
    """Of a landscape: where its other texts are read back."""
    files = [member.path for member in constitution.members.values()]
    return (
        (f"The texts that this one joins are read back by themselves: {', '.join(files)}.",) if files else ()
    )


def _joined(constitution: Constitution, rulebook: Rulebook, fixed: Reading) -> Constitution:
    """The texts of a landscape as one, as they are joined in the base reading and the settled options."""
    reading = complete(rulebook, fixed)
    return next(whole for gate, whole in wholes(constitution) if stands(gate, reading))


def _what(name: str) -> What:
    for what in WHATS:
        if name == what:
            return what
    problem = unknown("there is nothing to show called", name, WHATS)
    raise wrong(problem.message, problem.help)
