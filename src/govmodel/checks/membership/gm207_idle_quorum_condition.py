"""GM207: a part of a quorum that the other parts make good in any case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable
from functools import partial

from govmodel.checks.asking import ask
from govmodel.checks.bodies import meeting_bodies, open_sized, regardless_of_chairs
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.membership.quorums import fewest
from govmodel.checks.spaces import quorum_space
from govmodel.checks.stories import plural
from govmodel.exact.gatherings import idle, parts
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, QuorumRule, Reading, Rules
from govmodel.model.verdict import Verdict
from govmodel.semantics.cells import Electorate
from govmodel.semantics.meeting import sittings
from govmodel.smt.questions.gatherings import binds
from govmodel.words import text
from govmodel.words.quorums import quorum_in_short

ID, NAME = "GM207", "idle quorum condition"

Parts = tuple[tuple[QuorumRule, bool], ...]


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    number = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name)
        asked = ask(context, ID, body.name, space, partial(_parts, context))
        number += asked.number
        undecided += asked.undecided
        if asked.undecided:
            continue
        stands: dict[Hashable, list[tuple[Reading, QuorumRule]]] = {}
        needed: set[Hashable] = set()
        for reading, found in asked.found:
            for part, is_idle in found:
                key: Hashable = (part.needs, part.clauses)
                stands.setdefault(key, []).append((reading, part))
                if not is_idle:
                    needed.add(key)
        names: Counter[str] = Counter()
        for condition, rows in stands.items():
            failing = [reading for reading, _ in rows]
            base = in_base(context, failing)
            level = lowered("note", base)
            if condition in needed or level is None:
                continue
            rules = context.rules(failing[0])
            title = rules.bodies[body.name].title
            part = rows[0][1]
            clauses = part.clauses
            words = quorum_in_short(part)
            said = _said(rules, words)
            names[words] += 1
            rest = clauses_of(*rules.bodies[body.name].quorum)
            findings.append(
                Finding(
                    check=ID,
                    name=NAME,
                    level=level,
                    clauses=clauses,
                    subject=f"{body.name}/{_name(words, names[words])}",
                    message=f"a part of the quorum of the {title} makes no difference: {said}",
                    mark=part.mark,
                    story=(
                        f"Whoever comes to a meeting of the {title}: where the rest of {text.clause(rest)} "
                        f"is met, this part is met too: {said}.",
                        "Struck out, it would change no meeting.",
                    ),
                    told_in=failing[0],
                    help="Strike the part out, or raise it to what was meant.",
                    readings=holding(space, failing),
                    in_base=base,
                    evidence={"condition": str(part.needs)},
                )
            )
    return result(ID, findings, undecided, number)


def _said(rules: Rules, words: str) -> str:
    """A number of members, or of those of one kind, in words for a sentence."""
    number, _, group = words.partition(" of ")
    if not number.isdigit() or not all(part.isalnum() for part in group.split("-") if group):
        return words
    if not group:
        return f"{plural(int(number), 'member')} present"
    party = rules.parties.get(group)
    title = rules.classes.get(group) or (party.title if party else group.replace("-", " "))
    return f"{number} of {text.the(title)} present"


def _name(words: str, number: int) -> str:
    """A name for a part of a quorum, which stays what it is when lines move: `1-of-lead-authority`."""
    name = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return name if number == 1 else f"{name}-{number}"


def _parts(context: Context, rules: Rules, body: BodyRules) -> Parts | str | None:
    """The parts of the quorum, each with whether it is idle. None of them is where the text leaves the
    number of seats open, or offers a second meeting with another quorum."""
    seats = regardless_of_chairs(context, rules, body)
    if fewest(context, rules, seats) == ():
        return None  # no meeting is quorate: GM201
    every = parts(rules, seats)
    if len(every) < 2 or open_sized(body) or len(sittings(body)) > 1:
        return tuple((part, False) for part in every)
    unneeded = context.shared(
        ("idle", seats.shape, rules.reading["rounding"]), partial(_idle, context, rules, seats)
    )
    if isinstance(unneeded, str):
        return unneeded
    return tuple((part, i in unneeded) for i, part in enumerate(every))


def _idle(context: Context, rules: Rules, seats: Electorate) -> tuple[int, ...] | str:
    """The numbers of the idle parts, by solver and closed form; a text: undecided."""
    every, unneeded = parts(rules, seats), idle(rules, seats)
    if unneeded is None:
        return "too many seats for the closed form"
    for i in unneeded:
        others = [other for j, other in enumerate(every) if j != i]
        answer = binds(rules, seats, every[i], others, effort=context.effort, beside=context.numbers)
        if answer.verdict is Verdict.UNKNOWN:
            return answer.why
        if answer.verdict is Verdict.FAILS:
            return "the solver and the closed form disagree"
    return unneeded


CHECK = Check(ID, NAME, run)
