"""GM304: one organisation without whom nothing is carried, though no clause says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from govmodel.checks.asking import Held, told_by_key
from govmodel.checks.bodies import electorate_of, of_one_size, same_votes
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import rule_at_full_attendance
from govmodel.checks.findings import clauses_of
from govmodel.checks.spaces import quorum_space, votes_on
from govmodel.checks.stories import plural, seat_title
from govmodel.exact import blocs
from govmodel.exact.matters import SECOND, matters
from govmodel.exact.votes import counted, voices
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, PresidingRule, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate, casting_places
from govmodel.semantics.counting import places
from govmodel.semantics.presiding import presiding
from govmodel.semantics.replay import carries
from govmodel.smt.questions import ballots as solver
from govmodel.words import text
from govmodel.words.text import listed

ID, NAME = "GM304", "hidden veto"

EXPRESS = frozenset({"consensus", "all"})
"""Kinds of threshold under which everybody has a veto, and the text says so."""


class Vetoed(NamedTuple):
    """What is not carried against one bloc (an organisation, or a seat of none), by which rule."""

    bloc: str
    decision: DecisionRule
    matters: tuple[str, ...]


def run(context: Context) -> CheckResult:
    return told_by_key(
        context,
        ID,
        partial(quorum_space, also=votes_on),
        partial(_vetoes, context),
        key=lambda v: (v.bloc, v.decision.clauses),
        level=lambda v: "warning" if "any" in v.matters else "note",
        tell=partial(_finding, context),
    )


def blocs_of(body: BodyRules) -> dict[str, tuple[str, ...]]:
    """Who votes as one: an organisation with all its places, or the one place of who sits for none."""
    found: dict[str, list[str]] = {}
    for place, seat in places(body).items():
        found.setdefault(seat.party or place, []).append(place)
    return {name: tuple(own) for name, own in found.items()}


def _vetoes(context: Context, rules: Rules, body: BodyRules) -> tuple[Vetoed, ...] | str | None:
    """Who alone can stop what, by rule. Nobody where all can, or where more members may come."""
    if not of_one_size(context, body):
        return None
    seats = electorate_of(context, rules, body)
    key = ("vetoes", *same_votes(context, rules, body))
    found = context.shared(key, partial(_stopping, context, rules, body, seats))
    if isinstance(found, str):
        return found
    return tuple(v for v in found if not _express(rules, v.decision, v.bloc)) or None


def _stopping(context: Context, rules: Rules, body: BodyRules, seats: Electorate) -> tuple[Vetoed, ...] | str:
    own = blocs_of(body)
    if len(own) < 3:
        return ()
    by_rule: dict[int, tuple[DecisionRule, list[str]]] = {}
    for matter in matters(body):
        decision = rule_at_full_attendance(rules, body, matter)
        carried = decision.carried if decision else None
        if decision is None or carried is None or carried.kind in EXPRESS:
            continue
        if "subject" in (decision.without, carried.without):
            continue  # who that is changes with the matter
        by_rule.setdefault(id(decision), (decision, []))[1].append(matter)
    found = []
    for decision, of in by_rule.values():
        extra = _extra(body)
        if not blocs.carried_without(rules, seats, decision, extra, seats.full):
            continue  # GM306
        stopping = []
        without = context.shared(("without", id(seats)), partial(_without, seats, own))
        answers: dict[tuple[int, ...], bool | str] = {}
        for name in own:
            others = without[name]
            if others not in answers:
                answers[others] = _stops(context, rules, seats, decision, extra, others)
            answer = answers[others]
            if isinstance(answer, str):
                return answer
            if answer:
                stopping.append(name)
        if len(stopping) == len(own):
            continue
        found += [Vetoed(n, decision, tuple(of)) for n in stopping]
    return tuple(found)


def _without(seats: Electorate, own: dict[str, tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    """For each bloc how many of each cell are left without it."""
    cell_of = {place: i for i, cell in enumerate(seats.cells) for place in cell.places}
    found = {}
    for name, its in own.items():
        left = list(seats.full)
        for place in its:
            left[cell_of[place]] -= 1
        found[name] = tuple(left)
    return found


def _extra(body: BodyRules) -> str | None:
    rule = presiding(body, "present", "present")
    return rule.extra_vote if rule and rule.extra_vote in SECOND else None


def _express(rules: Rules, decision: DecisionRule, bloc: str) -> bool:
    """Whether the text gives a consent to this party, or speaks of many that are no one organisation."""
    party = rules.parties.get(bloc)
    if party is None:
        return False
    return party.sector or bool({bloc, *party.classes} & set(decision.consent_of))


def _stops(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    extra: str | None,
    others: tuple[int, ...],
) -> bool | str:
    """Whether nothing is carried when all others (so many of each cell) are for it, by closed form and
    solver; a text: undecided."""
    say = voices(rules, seats, decision)
    votes = context.shared(("votes", context.kept(seats.cells)), partial(counted, seats))
    favour, whole, base = (
        votes(seats.less(present, out))
        for present, out in ((others, say.mute), (seats.full, say.mute), (seats.full, say.out))
    )
    if favour == whole:
        return False

    def make() -> bool | str:
        closed = blocs.carried_without(rules, seats, decision, extra, others)
        answer = solver.carried_without(
            rules, seats, decision, extra, others, effort=context.effort, beside=context.numbers
        )
        if answer.verdict is Verdict.UNKNOWN:
            return answer.why
        if (answer.verdict is Verdict.FAILS) != closed:
            return "the solver and the closed form disagree on what is carried without one of them"
        return not closed

    chairs = [i for i in seats.chairs if i not in say.mute]
    presides = bool(chairs), any(others[i] for i in chairs)
    how = decision.carried, rules.reading["base-of-a-majority"], decision.equal_votes, extra
    return context.shared(("veto", favour, whole, base, presides, how), make)


def _ballot(context: Context, rules: Rules, body: BodyRules, found: Vetoed) -> tuple[Gathering, int]:
    """All others vote for, and one of them presides where one may; the bloc votes against."""
    seats, bloc = electorate_of(context, rules, body), set(blocs_of(body)[found.bloc])
    everyone = tuple(places(body))
    mute = {p for i in voices(rules, seats, found.decision).mute for p in seats.cells[i].places}
    may = [p for p in everyone if p not in mute]
    chairs = [p for i in seats.chairs for p in seats.cells[i].places if p not in mute]
    presider = next((p for p in chairs if p not in bloc), next(iter(chairs), None)) if _extra(body) else None
    order = [p for p in (presider, *may) if p is not None and p not in bloc]
    casting = casting_places(body, tuple(may), tuple(dict.fromkeys(order)))
    favour = tuple(p for p in casting if p not in bloc)
    against = tuple(p for p in casting if p in bloc)
    silent = tuple(p for p in may if p not in casting)
    room = Gathering(
        body=body.name, present=everyone, in_favour=favour, against=against, abstaining=silent,
        presider=presider, matter=found.matters[0],
    )  # fmt: skip
    return room, len(bloc)


def _finding(context: Context, name: str, same: Sequence[Vetoed], held: Held) -> Finding | Undecided:
    found = same[0]
    rules = context.rules(held.told_in)
    body = rules.bodies[name]
    room, size = _ballot(context, rules, body, found)
    if carries(rules, room) or not room.against:
        why = "the judge does not confirm that one of them can stop it"
        return Undecided(check=ID, subject=name, why=why)
    party = rules.parties.get(found.bloc)
    who = party.title if party else seat_title(rules, body, found.bloc)
    titles = [rules.matters[m].title if m in rules.matters else m for m in found.matters if m != "any"]
    what = "anything" if "any" in found.matters else listed(titles, "or")
    own = [seat for seat in body.voting if (seat.party or seat.name) == found.bloc.partition("#")[0]]
    second = [r for r in (presiding(body, "present", "present"),) if isinstance(r, PresidingRule)]
    used = second if _extra(body) and room.presider in blocs_of(body)[found.bloc] else []
    votes = sum(places(body)[p].votes for p in room.in_favour)
    contra = sum(places(body)[p].votes for p in room.against)
    rule = text.clause(found.decision.clauses)
    with_what = plural(size, "seat") if contra <= size or used else plural(contra, "vote")
    return Finding(
        check=ID,
        name=NAME,
        level=held.level,
        clauses=clauses_of(found.decision, *used, *own),
        subject=f"{name}/{found.bloc}/{'+'.join(found.matters)}",
        message=f"the {body.title} cannot carry {what} against {who}, and no clause says so",
        mark=found.decision.mark,
        story=(
            f"All members come to a meeting of the {body.title}, and all but {who} vote for a proposal: "
            f"{plural(votes, 'vote')} for it, {plural(contra, 'vote')} against.",
            f"By {rule} that is not enough to carry it.",
            f"{text.capital(who)} can stop whatever is proposed with its {with_what}, as with a veto; the "
            "text gives none by name.",
        ),
        told_in=held.told_in,
        help="Say that this consent is needed, or change the threshold or the seats so that it is not.",
        readings=held.readings,
        in_base=held.in_base,
        evidence={
            "who": found.bloc,
            "matters": list(found.matters),
            "in_favour": list(room.in_favour),
            "against": list(room.against),
        },
    )


CHECK = Check(ID, NAME, run)
