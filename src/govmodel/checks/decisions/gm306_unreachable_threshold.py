"""GM306: a threshold that not even everybody's vote reaches, or no bare quorum's."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from govmodel.checks.asking import ask
from govmodel.checks.bodies import electorate_of, meeting_bodies, of_one_size, same_votes
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import capture, carried_by_all, say_of
from govmodel.checks.findings import clauses_of, lowered, result
from govmodel.checks.spaces import quorum_space, votes_on
from govmodel.checks.stories import plural
from govmodel.exact.gatherings import bare_quorum_carries
from govmodel.exact.matters import Played, matters, played
from govmodel.exact.quorums import fewest_there, quorate
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, Reading, Rules
from govmodel.model.verdict import Verdict
from govmodel.semantics.cells import Electorate, subjects
from govmodel.semantics.counting import places
from govmodel.semantics.deciding import case_of, rules_for
from govmodel.semantics.meeting import counted_roles, sittings
from govmodel.semantics.presiding import presiding
from govmodel.smt.questions import gatherings
from govmodel.words import text

ID, NAME = "GM306", "unreachable threshold"


class Unreached(NamedTuple):
    """What nobody can carry, or (`bare` how many are a quorum) what a bare quorum cannot."""

    matters: tuple[str, ...]
    clauses: tuple[str, ...]
    bare: int


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    number = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name, votes_on)
        asked = ask(context, ID, body.name, space, partial(_unreached, context))
        number += asked.number
        undecided += asked.undecided
        if not asked.found:
            continue
        reading, readings, base = asked.where(context)
        found = asked.found[0][1]
        level: Level | None = lowered("note" if found.bare else "error", base)
        if level is None:
            continue
        rules = context.rules(reading)
        own = rules.bodies[body.name]
        seats = electorate_of(context, rules, own)
        if not _judged(rules, own, seats, found):
            why = "the judge does not confirm that the threshold is out of reach"
            undecided.append(Undecided(check=ID, subject=body.name, why=why))
            continue
        findings.append(_finding(rules, own, seats.size, found, level, reading, readings, base))
    return result(ID, findings, undecided, number)


def _unreached(context: Context, rules: Rules, body: BodyRules) -> Unreached | str | None:
    if not of_one_size(context, body):
        return None  # with more members it may be reached
    key = ("unreached", *same_votes(context, rules, body))
    return context.shared(key, partial(_of_one_size, context, rules, body))


def _of_one_size(context: Context, rules: Rules, body: BodyRules) -> Unreached | str | None:
    seats = electorate_of(context, rules, body)
    if not quorate(rules, seats, seats.full):
        return None  # GM201
    never: dict[tuple[DecisionRule, ...], list[str]] = {}
    for matter in matters(body):
        ways = rules_for(body, matter)
        found = [_is_ever_carried(context, rules, seats, matter, way) for way in ways]
        if ways and not any(found):
            never.setdefault(ways, []).append(matter)
        elif True not in found and ways:
            return next(why for why in found if isinstance(why, str))
    for ways, own in never.items():
        return Unreached(tuple(own), clauses_of(*ways), 0)
    plays = list(played(seats))
    if not body.quorum or not plays or len(sittings(body)) > 1 or any(way.cases for way in plays):
        return None
    for play in plays:
        bare = context.once(
            "bare quorum",
            rules,
            seats,
            partial(_by_bare_quorum, context, rules, seats, play),
            _key(rules, seats, play),
        )
        if bare is not False:
            return bare if isinstance(bare, str) else None
    least = fewest_there(rules, seats)
    clauses = clauses_of(*(play.decision for play in plays), *body.quorum)
    return Unreached(tuple(m for play in plays for m in play.matters), clauses, sum(least or ()))


def _is_ever_carried(
    context: Context, rules: Rules, seats: Electorate, matter: str, decision: DecisionRule
) -> bool | str:
    """Whether the matter is ever carried by this rule; a text: undecided."""
    rule = presiding(seats.body, "present", "present")
    found = capture(
        context, rules, _about(seats, decision), decision,
        rule.extra_vote if rule else None, case_of(seats.body, decision, matter),
    )  # fmt: skip
    return found if isinstance(found, str) else found is not None


def _key(rules: Rules, seats: Electorate, way: Played) -> object:
    """What the answer depends on beside the heads and the votes."""
    about = _about(seats, way.decision)
    say = say_of(rules, about, way.decision)
    return way.decision.carried, rules.reading["base-of-a-majority"], about.subject, say


def _about(seats: Electorate, decision: DecisionRule) -> Electorate:
    """Where whoever a matter is about is left out: the first member is."""
    about = subjects(seats, decision)
    return seats.about(about[0]) if about else seats


def _by_bare_quorum(context: Context, rules: Rules, seats: Electorate, way: Played) -> bool | str:
    seats = _about(seats, way.decision)
    least = fewest_there(rules, seats)
    closed = bare_quorum_carries(rules, seats, way.decision)
    if least is None or closed is None:
        return True if least is not None and not sum(least) else "too many seats for the closed form"
    answer = gatherings.bare_quorum_carries(
        rules, seats, way.decision, sum(least), effort=context.effort, beside=context.numbers, at=least
    )
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    if (answer.verdict is Verdict.FAILS) != closed:
        return "the solver and the closed form disagree on what a bare quorum carries"
    return closed


def _judged(rules: Rules, body: BodyRules, seats: Electorate, found: Unreached) -> bool:
    """Whether the judge counts everybody's votes, or those of a bare quorum, and finds nothing carried."""
    present = tuple(places(body, counted_roles(body)))
    if found.bare:
        present = seats.seat_names(fewest_there(rules, seats) or ())
    return not any(carried_by_all(rules, seats, present, matter) for matter in found.matters)


def _finding(
    rules: Rules,
    body: BodyRules,
    size: int,
    found: Unreached,
    level: Level,
    told_in: Reading,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding:
    if found.bare:
        message = f"no meeting of the {body.title} at its bare quorum of {found.bare} can carry anything"
        there = plural(found.bare, "member").capitalize()
        quorum, rule = clauses_of(*body.quorum), clauses_of(*(d for d in body.decisions if d.carried))
        story: tuple[str, ...] = (
            f"{there} of {size} come to a meeting of the {body.title}: a quorum by {text.clause(quorum)}.",
            "All of them vote for whatever is proposed.",
            f"By {text.clause(rule)} that is not enough to carry it: the meeting could be held, and "
            "could decide nothing.",
        )
        help_ = "Raise the quorum to what decides, or take the majority of those who vote."
    else:
        what = ", ".join(rules.matters[m].title if m in rules.matters else m for m in found.matters)
        what = "anything" if "any" in found.matters else what
        message = f"not even a vote of all {size} members of the {body.title} can carry {what}"
        story = (
            f"All {size} members of the {body.title} come and vote in favour.",
            f"By {text.clause(found.clauses)} that is not enough.",
        )
        help_ = "Lower the threshold, or state it as a share."
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=found.clauses,
        subject=body.name if found.bare else f"{body.name}/{'+'.join(found.matters)}",
        message=message,
        mark=next(d.mark for d in body.decisions if set(d.clauses) & set(found.clauses)),
        story=story,
        told_in=told_in,
        help=help_,
        readings=readings,
        in_base=base,
        evidence={"matters": list(found.matters), "bare_quorum": found.bare or None, "voting_seats": size},
    )


CHECK = Check(ID, NAME, run)
