"""GM210: with the chair's second vote one party has more votes than a cap allows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from govmodel.checks.asking import Held, told_by_key
from govmodel.checks.bodies import electorate_of, meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of
from govmodel.checks.spaces import quorum_space, votes_on
from govmodel.checks.stories import next_meeting, on, plural
from govmodel.dataclass import replace
from govmodel.exact.matters import SECOND, matters
from govmodel.exact.quorums import quorate
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, CapRule, DecisionRule, PresidingRule, Rule, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate, casting_places
from govmodel.semantics.counting import places
from govmodel.semantics.meeting import most_votes, tally, votes_of
from govmodel.semantics.presiding import presiding
from govmodel.smt.questions.ballots import second_vote_over
from govmodel.words import text
from govmodel.words.text import listed

ID, NAME = "GM210", "double vote against a cap"


class Exceeded(NamedTuple):
    """A cap, the rule that gives whoever presides a second vote, and the parties that may preside with it."""

    cap: CapRule
    rule: PresidingRule
    parties: tuple[str, ...]


def run(context: Context) -> CheckResult:
    def capped(body: BodyRules) -> bool:
        return any(isinstance(rule, CapRule) for rule in context.of_body(body.name))

    return told_by_key(
        context,
        ID,
        partial(quorum_space, also=_about),
        partial(_exceeded, context),
        key=_key,
        level=lambda _: "warning",
        tell=partial(_finding, context),
        bodies=[body for body in meeting_bodies(context) if capped(body)],
    )


def _about(rule: Rule) -> bool:
    """Who presides and has how many votes; not how anything is carried."""
    return votes_on(rule) and not isinstance(rule, DecisionRule)


def _key(found: Exceeded) -> tuple[str, ...]:
    """One finding for one second vote, whichever caps it exceeds in a reading."""
    return found.rule.clauses


def _exceeded(context: Context, rules: Rules, body: BodyRules) -> tuple[Exceeded, ...] | str | None:
    """The caps that a second vote exceeds, unless one clause gives both."""
    rule = presiding(body, "present", "present")
    if rule is None or rule.extra_vote not in SECOND or not body.caps:
        return None
    seats = electorate_of(context, rules, body)
    if not quorate(rules, seats, seats.full):
        return None  # GM201
    where = places(body)
    may = {p for cell in seats.cells if cell.may_chair for p in cell.places}
    found = []
    for cap in body.caps:
        own = tuple(p for p, seat in where.items() if seat.party in cap.parties)
        chairs = tuple(p for p in own if p in may and where[p].votes <= cap.at_most)
        if not chairs or set(cap.clauses) & set(rule.clauses):
            continue
        closed = most_votes(body, own) + 1 > cap.at_most
        counts = tuple(len({*own} & {*cell.places}) for cell in seats.cells)
        answer = context.once(
            "second vote",
            rules,
            seats,
            partial(
                second_vote_over,
                rules,
                seats,
                counts,
                cap.at_most,
                effort=context.effort,
                beside=context.numbers,
            ),
            counts,
            cap.at_most,
        )
        if answer.verdict is Verdict.UNKNOWN:
            return answer.why
        if (answer.verdict is Verdict.FAILS) != closed:
            return "the solver and the closed form disagree on the votes of one party"
        if closed:
            parties = tuple(dict.fromkeys(where[p].party for p in chairs))
            found.append(Exceeded(cap, rule, tuple(p for p in parties if p is not None)))
    return tuple(found) or None


def _ballot(rules: Rules, seats: Electorate, found: Exceeded) -> Gathering | None:
    """A vote in which whoever presides for a capped party casts the second vote too; the judge counts it."""
    body = seats.body
    where = places(body)
    may = [p for cell in seats.cells if cell.may_chair for p in cell.places]
    presider = next(p for p in where if p in may and where[p].party == found.parties[0])
    everyone = tuple(where)
    theirs = tuple(p for p in everyone if where[p].party in found.cap.parties)
    casting = casting_places(body, everyone, (presider, *theirs))
    last = next((p for p in reversed(casting) if p not in theirs), None)
    even = casting if len(casting) % 2 == 0 else tuple(p for p in casting if p != last)
    favour = [p for p in even if p in theirs][: len(even) // 2]
    favour += [p for p in even if p not in favour][: len(even) // 2 - len(favour)]
    room = Gathering(
        body=body.name, present=everyone, in_favour=tuple(p for p in even if p in favour),
        against=tuple(p for p in even if p not in favour),
        abstaining=tuple(p for p in everyone if p not in even), presider=presider,
    )  # fmt: skip
    for matter in matters(body):
        ballot = replace(room, matter=matter)
        counted = tally(rules, ballot)
        cast = votes_of(body, ballot.in_favour)
        own = votes_of(body, (p for p in even if p in theirs))
        if counted.in_favour == cast + 1 and own + 1 > found.cap.at_most:
            return ballot
    return None


def _finding(
    context: Context, name: str, found: Sequence[Exceeded], held: Held
) -> Finding | Undecided | None:
    rules = context.rules(held.told_in)
    body = rules.bodies[name]
    seats, first = electorate_of(context, rules, body), found[0]
    room = _ballot(rules, seats, first)
    if room is None:
        return None  # no vote of the text comes to a second vote
    parties = tuple(dict.fromkeys(p for e in found for p in e.parties))
    titles = [rules.parties[p].title if p in rules.parties else p for p in parties]
    who, cap = titles[0], plural(first.cap.at_most, "vote")
    total = plural(first.cap.at_most + 1, "vote")
    limit, second = text.clause(first.cap.clauses), text.clause(first.rule.clauses)
    sides = f"{len(room.in_favour)} to {len(room.against)}"
    casting = first.rule.extra_vote == "casting"
    whose = who if len(parties) == 1 else "whichever party presides"
    return Finding(
        check=ID,
        name=NAME,
        level=held.level,
        clauses=clauses_of(first.cap, first.rule),
        subject=f"{name}/{'+'.join(parties[:1]) if len(parties) == 1 else 'whoever-presides'}",
        message=f"with the second vote {whose} has {total} at the {body.title}, and the cap allows {cap}",
        mark=first.cap.mark,
        story=(
            f"On {on(next_meeting(context))} somebody from {who} presides at the {body.title}"
            + (f", and a vote ends {sides}." if casting else f"; the votes without the second are {sides}."),
            f"By {second} the one who presides votes a second time: {who} has {total} then.",
            f"By {limit} it has {cap} at most. The text does not say which prevails, and the result "
            "hangs on it.",
            *([f"So it is with {_further(titles[1:])} too."] if len(titles) > 1 else []),
        ),
        told_in=held.told_in,
        help="Say whether the second vote comes on top of the votes to which the party is held.",
        readings=held.readings,
        in_base=held.in_base,
        evidence={
            "parties": list(parties),
            "at_most": first.cap.at_most,
            "in_favour": list(room.in_favour),
            "against": list(room.against),
            "presider": room.presider,
        },
    )


def _further(titles: Sequence[str]) -> str:
    return listed(titles if len(titles) < 4 else [*titles[:2], f"{len(titles) - 2} more"])


CHECK = Check(ID, NAME, run)
