"""GM308: who abstains, or may not vote, is counted against what is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from govmodel.checks.asking import Held, told_by_key
from govmodel.checks.bodies import electorate_of
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import part, say_of
from govmodel.checks.findings import clauses_of
from govmodel.checks.spaces import alike, quorum_space
from govmodel.checks.stories import next_meeting, on, plural
from govmodel.dataclass import replace
from govmodel.exact.matters import matters
from govmodel.exact.silences import Silence, against_by_silence, counted_in, recusable
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, InterestRule, Rule, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate, casting_places, subjects
from govmodel.semantics.counting import places
from govmodel.semantics.deciding import case_of, rules_for
from govmodel.semantics.meeting import quorate, tally
from govmodel.smt.questions import ballots as solver
from govmodel.words import text

ID, NAME = "GM308", "silence that counts against a proposal"


class Counted(NamedTuple):
    """Silence under one rule: on what, by whom (`recused`: who may not vote), and at which meeting."""

    matter: str
    decision: DecisionRule
    recused: InterestRule | None
    silence: Silence


def run(context: Context) -> CheckResult:
    return told_by_key(
        context,
        ID,
        partial(quorum_space, also=_about),
        partial(_counted, context),
        key=_key,
        level=lambda c: "warning" if c.recused else "note",
        tell=partial(_finding, context),
    )


def _about(rule: Rule) -> bool:
    return isinstance(rule, InterestRule) or (isinstance(rule, DecisionRule) and rule.carried is not None)


def _key(found: Counted) -> tuple[object, ...]:
    return found.decision.clauses, found.recused is not None


def _counted(context: Context, rules: Rules, body: BodyRules) -> tuple[Counted, ...] | str | None:
    """Every rule on decisions under which silence counts against, each once for who abstains and for who
    may not vote; found once for all readings that leave the same of votes and interests."""
    own = body.seats, body.caps, body.quorum, body.inquorate, body.decisions, body.interests, body.presiding
    read = rules.reading["base-of-a-majority"], rules.reading["rounding"]
    key = ("counted against", *map(id, (*own, rules.offices, rules.composition)), *read)
    return context.shared(key, partial(_counted_at, context, rules, body))


def _counted_at(context: Context, rules: Rules, body: BodyRules) -> tuple[Counted, ...] | str | None:
    found: dict[tuple[object, ...], Counted] = {}
    for matter in matters(body):
        for decision in rules_for(body, matter):
            for recused in _silent(rules, body, decision):
                silence = _asked(context, rules, body, matter, decision, recused)
                if isinstance(silence, str):
                    return silence
                if silence is not None:
                    made = Counted(matter, decision, recused, silence)
                    found.setdefault(_key(made), made)
    return tuple(found.values()) or None


def _silent(rules: Rules, body: BodyRules, decision: DecisionRule) -> Iterator[InterestRule | None]:
    """Whose silence the base of a share counts: of those who abstain (None), and of those whom a rule on
    interests keeps from voting."""
    carried = decision.carried
    if carried is None or carried.kind != "share":
        return
    base = carried.base or rules.reading["base-of-a-majority"]
    if counted_in(base, recused=False, stays=True):
        yield None
    for rule in body.interests:
        if rule.votes is False and counted_in(base, recused=True, stays=_stays(rule)):
            yield rule


def _stays(rule: InterestRule) -> bool:
    """Whether who may not vote is in the room."""
    return rule.withdraws not in ("must", "should")


def _asked(
    context: Context,
    rules: Rules,
    body: BodyRules,
    matter: str,
    decision: DecisionRule,
    recused: InterestRule | None,
) -> Silence | str | None:
    """The silence that defeats a proposal, by closed form and solver; a text: undecided."""
    seats, case = _electorate(context, rules, body, decision), case_of(body, decision, matter)
    barred, stays = recused is not None, recused is not None and _stays(recused)

    def make() -> Silence | str | None:
        closed = against_by_silence(rules, seats, decision, recused=barred, stays=stays, case=case)
        if closed is None:
            return "too many seats for the closed form"
        answer = solver.against_by_silence(
            rules, seats, decision, recused=barred, stays=stays, case=case, effort=context.effort,
            beside=context.numbers, guess=closed.silent if closed else None,
        )  # fmt: skip
        if answer.verdict is Verdict.UNKNOWN:
            return answer.why
        if answer.number != (closed.silent if closed else None):
            return "the solver and the closed form disagree on whose silence counts"
        return closed or None

    carried = alike(decision, rules.reading["base-of-a-majority"], "additional")
    also = (carried, barred, stays, *say_of(rules, seats, decision), *part(case))
    return context.once("silence", rules, seats, make, *also)


def _electorate(context: Context, rules: Rules, body: BodyRules, decision: DecisionRule) -> Electorate:
    """Where whoever a matter is about has no say: the first member is."""
    seats = electorate_of(context, rules, body)
    about = subjects(seats, decision)
    return seats.about(about[0]) if about else seats


def _meeting(context: Context, rules: Rules, body: BodyRules, found: Counted) -> tuple[Gathering, Gathering]:
    """The meeting at which the silence defeats the proposal, and the same if the silent ones voted for it."""
    seats = _electorate(context, rules, body, found.decision)
    silence = found.silence
    voters = seats.seat_names(silence.voters)
    subject = next(iter(seats.cells[seats.subject].places), None) if seats.subject is not None else None
    carried = found.decision.carried
    mute = seats.named(rules, found.decision.without, carried.without if carried else None)
    out = {p for i in mute for p in seats.cells[i].places}
    casting = casting_places(body, tuple(p for p in voters if p in places(body) and p not in out))
    room = Gathering(body=body.name, present=voters, matter=found.matter, subject=subject)
    if found.recused is None:
        favour, silent = casting[: silence.in_favour], casting[len(casting) - silence.silent :]
        against = casting[silence.in_favour : len(casting) - silence.silent]
        idle = tuple(p for p in voters if p in places(body) and p not in (*casting, *out))
        one = replace(room, in_favour=favour, against=against, abstaining=(*silent, *idle))
        return one, replace(one, in_favour=(*favour, *silent), abstaining=idle)
    free = [p for i in recusable(seats, mute) for p in seats.cells[i].places if p not in voters]
    barred = tuple(free[: silence.silent])
    there = tuple(p for p in places(body) if p in (*voters, *barred))
    others = tuple(p for p in voters if p not in places(body))
    whole = (*there, *others)
    favour, against = casting[: silence.in_favour], casting[silence.in_favour :]
    one = replace(
        room,
        present=whole if _stays(found.recused) else voters,
        in_favour=favour,
        against=against,
        barred=barred,
    )
    return one, replace(one, present=whole, in_favour=(*favour, *barred), barred=())


def _finding(context: Context, name: str, same: Sequence[Counted], held: Held) -> Finding | Undecided:
    found = same[0]
    rules = context.rules(held.told_in)
    body = rules.bodies[name]
    one, other = _meeting(context, rules, body, found)
    voting = replace(one, barred=(), present=tuple(p for p in one.present if p not in one.barred))
    confirmed = tally(rules, one).outcome not in ("carried", "not allowed") and quorate(rules, voting)
    if not confirmed or tally(rules, other).outcome != "carried":
        why = "the judge does not confirm that the silence defeats the proposal"
        return Undecided(check=ID, subject=name, why=why)
    message, story, help_ = _told(context, rules, body, found, one)
    clauses = clauses_of(found.decision, *([found.recused] if found.recused else []))
    return Finding(
        check=ID,
        name=NAME,
        level=held.level,
        clauses=clauses,
        subject=f"{name}/{'recusal' if found.recused else 'abstention'}",
        message=message,
        mark=found.decision.mark,
        story=story,
        told_in=held.told_in,
        help=help_,
        readings=held.readings,
        in_base=held.in_base,
        evidence={
            "matter": found.matter,
            "silent": found.silence.silent,
            "in_favour": list(one.in_favour),
            "against": list(one.against),
            "abstaining": list(one.abstaining),
            "barred": list(one.barred),
        },
    )


def _told(
    context: Context, rules: Rules, body: BodyRules, found: Counted, room: Gathering
) -> tuple[str, tuple[str, ...], str]:
    """Message, story and help."""
    matter = rules.matters[found.matter].title if found.matter in rules.matters else "a proposal"
    silent, rule = found.silence.silent, text.clause(found.decision.clauses)
    cast = [("for it", len(room.in_favour)), ("against it", len(room.against))]
    votes = " and ".join(f"{plural(n, 'vote')} {side}" for side, n in cast)
    are = "is" if len(room.in_favour) == 1 else "are"
    day, who = on(next_meeting(context)), plural(silent, "member").capitalize()
    if found.recused is None:
        come = plural(sum(p in places(body) for p in room.present), "member")
        message = f"an abstention counts as a vote against at the {body.title}"
        story: tuple[str, ...] = (
            f"On {day} {come} of {len(places(body))} come to the {body.title}; there is a vote on {matter}.",
            f"{who} would leave the question to the others and {'abstains' if silent == 1 else 'abstain'}; "
            f"there {are} {votes}.",
            f"Of the votes cast that is enough, and by {rule} it is lost: the share is of a number in "
            "which those who abstain are.",
        )
        return message, story, "Take the share of the votes for and against, or say that abstentions count."
    may_not, has, leaves = text.clause(found.recused.clauses), "have", "leave"
    if silent == 1:
        has, leaves = "has", "leaves"
    message = f"who may not vote because of an interest counts against the proposal at the {body.title}"
    story = (
        f"On {day} there is a vote at the {body.title} on {matter}.",
        f"{who} {has} an interest and by {may_not} may not vote.",
        *([] if _stays(found.recused) else [f"By the same clause {who.lower()} {leaves} the room."]),
        f"There {are} {votes}.",
        f"By {rule} it is lost: the share is of a number in which those are who may not vote, and so "
        "their interest works as a vote against.",
    )
    return message, story, "Take the share of those who are entitled to vote on the matter."


CHECK = Check(ID, NAME, run)
