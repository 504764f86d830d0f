"""GM307: a member who is against a proposal does better to stay away than to vote against it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from govmodel.checks.asking import Held, told_by_key
from govmodel.checks.bodies import electorate_of, meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of
from govmodel.checks.spaces import quorum_space, votes_on
from govmodel.checks.stories import gathering_facts, next_meeting, on, plural, seat_title
from govmodel.dataclass import replace
from govmodel.exact.matters import matters
from govmodel.exact.no_show import NoShow
from govmodel.exact.no_show import no_show as closed_form
from govmodel.model.expressions import Condition
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate, casting_places
from govmodel.semantics.counting import places
from govmodel.semantics.deciding import case_of, rules_for
from govmodel.semantics.meeting import governing, quorate, tally
from govmodel.smt.questions.ballots import no_show
from govmodel.words import text

ID, NAME = "GM307", "no-show paradox"


class Paradox(NamedTuple):
    """A matter, the rules by which it is carried, and a meeting at which a vote against it helps it."""

    matter: str
    rules: tuple[DecisionRule, ...]
    found: NoShow


def run(context: Context) -> CheckResult:
    def cased(body: BodyRules) -> bool:
        """Whether a threshold depends on who is there."""
        own = context.of_body(body.name)
        return any(isinstance(rule, DecisionRule) and rule.when is not None for rule in own)

    return told_by_key(
        context,
        ID,
        partial(quorum_space, also=votes_on),
        partial(_paradoxes, context),
        key=lambda p: clauses_of(*p.rules),
        level=lambda _: "warning",
        tell=partial(_finding, context),
        bodies=[body for body in meeting_bodies(context) if cased(body)],
    )


def _paradoxes(context: Context, rules: Rules, body: BodyRules) -> tuple[Paradox, ...] | str | None:
    """One for each set of rules under which a matter is carried in cases."""
    seats = electorate_of(context, rules, body)
    found: dict[tuple[int, ...], Paradox] = {}
    for matter in matters(body):
        own = rules_for(body, matter)
        key = tuple(id(rule) for rule in own)
        about = {name for d in own for name in (d.without, d.carried.without if d.carried else None)}
        if len(own) < 2 or key in found or "subject" in about:
            continue
        ways = tuple((rule, case_of(body, rule, matter)) for rule in own)
        answer = _asked(context, rules, seats, ways)
        if isinstance(answer, str):
            return answer
        if answer is not None:
            found[key] = Paradox(matter, own, answer)
    return tuple(found.values()) or None


def _asked(
    context: Context,
    rules: Rules,
    seats: Electorate,
    ways: tuple[tuple[DecisionRule, Condition | None], ...],
) -> NoShow | str | None:
    """The smallest meeting of the kind, by closed form and solver; a text: undecided."""

    def make() -> NoShow | str | None:
        closed = closed_form(rules, seats, ways)
        if closed is None:
            return "too many seats for the closed form"
        answer = no_show(rules, seats, ways, effort=context.effort, beside=context.numbers)
        if answer.verdict is Verdict.UNKNOWN:
            return answer.why
        if (answer.verdict is Verdict.FAILS) != bool(closed):
            return "the solver and the closed form disagree on who had better stay away"
        return closed or None

    said = tuple((d.carried, d.equal_votes, d.without, case) for d, case in ways)
    return context.once("no show", rules, seats, make, said, rules.reading["base-of-a-majority"])


def _meetings(rules: Rules, seats: Electorate, found: Paradox) -> tuple[Gathering, Gathering]:
    """The meeting, and the same without one of those against."""
    body = seats.body
    where, show = places(body), found.found
    present = seats.seat_names(show.present)
    room = Gathering(body=body.name, present=present, matter=found.matter)
    decision = governing(rules, room)
    carried = decision.carried if decision else None
    mute = seats.named(rules, decision.without if decision else None, carried.without if carried else None)
    may = tuple(
        p for p in present if p in where and p not in {q for i in mute for q in seats.cells[i].places}
    )
    leaver = next(p for p in reversed(may) if p in seats.cells[show.cell].places)
    casting = casting_places(body, may, (leaver,))
    others = tuple(p for p in casting if p != leaver)
    favour = others[: show.in_favour]
    against = tuple(p for p in casting if p not in favour)
    silent = tuple(p for p in may if p not in casting)
    one = replace(room, in_favour=favour, against=against, abstaining=silent)
    gone = tuple(p for p in present if p != leaver)
    after = replace(one, present=gone, against=tuple(p for p in against if p != leaver))
    return one, after


def _finding(context: Context, name: str, same: Sequence[Paradox], held: Held) -> Finding | Undecided:
    found = same[0]
    rules = context.rules(held.told_in)
    body = rules.bodies[name]
    one, after = _meetings(rules, electorate_of(context, rules, body), found)
    first, second = tally(rules, one).outcome, tally(rules, after).outcome
    if (
        first != "carried"
        or second in ("carried", "not allowed")
        or not (quorate(rules, one) and quorate(rules, after))
    ):
        why = "the judge does not confirm that a vote against helps the proposal"
        return Undecided(check=ID, subject=name, why=why)
    (leaver,) = set(one.present) - set(after.present)
    who = seat_title(rules, body, leaver)
    by, instead = governing(rules, one), governing(rules, after)
    rule, other = (d.clauses if d is not None else () for d in (by, instead))
    other = other or rule
    matter = rules.matters[found.matter].title if found.matter in rules.matters else "a proposal"
    favour, against = plural(len(one.in_favour), "vote"), plural(len(one.against), "vote")
    return Finding(
        check=ID,
        name=NAME,
        level=held.level,
        clauses=clauses_of(*found.rules),
        subject=f"{name}/{found.matter}",
        message=f"a vote against can help a proposal at the {body.title}, where staying away would stop it",
        mark=found.rules[0].mark,
        story=(
            f"On {on(next_meeting(context))} {plural(len(one.present), 'member')} of the {body.title} vote "
            f"on {matter}: {favour} for it, {against} against.",
            f"By {text.clause(rule)} it is carried.",
            f"Had {who}, who is against, stayed away, {text.clause(other)} would apply to those who were "
            "there, and it would be lost.",
            "Who comes and votes against helps what they oppose.",
        ),
        told_in=held.told_in,
        help="Let the votes in favour decide by themselves: a number of them, or a share of all members.",
        readings=held.readings,
        in_base=held.in_base,
        evidence={"meeting": gathering_facts(one), "away": leaver},
    )


CHECK = Check(ID, NAME, run)
