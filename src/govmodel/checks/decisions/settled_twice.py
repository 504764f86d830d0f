"""Equal votes that one clause settles, where by another whoever presides may break them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govmodel.checks.bodies import electorate_of, meeting_bodies
from govmodel.checks.context import Context
from govmodel.checks.decisions.ties import Tie, first_way_to_tie, told, without_casting_vote
from govmodel.checks.findings import holding, in_base, lowered
from govmodel.checks.spaces import quorum_space, votes_on
from govmodel.checks.stories import gathering_facts, next_meeting, on, plural
from govmodel.dataclass import replace
from govmodel.model.finding import Finding, Level, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, PresidingRule, Reading, Rules
from govmodel.model.verdict import Gathering
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.deciding import goes_on, governed, rule_for
from govmodel.semantics.meeting import TIES, tally
from govmodel.semantics.presiding import presiding
from govmodel.semantics.replay import unbroken_tie
from govmodel.words import text

MEANS = {
    "not-carried": "a proposal falls",
    "carried": "a proposal is carried",
    "deferred": "a proposal is put off",
    "lot": "lots are drawn",
}
"""What becomes of a proposal by the rule on equal votes."""


class _Both(NamedTuple):
    """Under a reading: the rules on equal votes, the first with a matter that it decides, and the one under
    which the chair presides and has the casting vote. `rest`: circumstances in which no clause says whether
    whoever presides then has it."""

    reading: Reading
    decisions: tuple[DecisionRule, ...]
    matter: str
    link: PresidingRule
    rest: bool


def settled_twice(context: Context, check: str, name: str) -> tuple[list[Finding], list[Undecided], int]:
    """The findings, what was left undecided, and how many bodies were asked about."""
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for body in meeting_bodies(context):
        own = context.of_body(body.name)
        says = any(isinstance(r, DecisionRule) and r.carried and r.equal_votes for r in own)
        if not says or not any(isinstance(r, PresidingRule) and r.extra_vote == "casting" for r in own):
            continue
        asked += 1
        try:
            found = _of_body(context, check, name, body.name)
        except NotCountable as error:
            found = Undecided(check=check, subject=body.name, why=str(error))
        if isinstance(found, Undecided):
            undecided.append(found)
        elif found is not None:
            findings.append(found)
    return findings, undecided, asked


def _of_body(context: Context, check: str, name: str, body: str) -> Finding | Undecided | None:
    space = quorum_space(context, body, votes_on, away=True)
    rows: list[_Both] = []
    for reading, rules, own in context.under(space, body):
        row = _both(context, own, reading)
        if row is None:
            continue
        plain, stripped = _plain(context, rules, own, equal_votes=False, casting=False)
        way = first_way_to_tie(context, plain, stripped, _same(own, row.decisions[0], stripped), row.matter)
        if isinstance(way, str):
            return Undecided(check=check, subject=body, why=way)
        if way is not None and presiding(own, way.chair, way.deputy) is row.link:
            rows.append(row)
    if not rows:
        return None
    holds = [row.reading for row in rows]
    base = in_base(context, holds)
    row = next((r for r in rows if in_base(context, [r.reading])), rows[0])
    level = lowered("note" if row.rest else "warning", base)
    if level is None:
        return None
    rules = context.rules(row.reading)
    gathering = _witness(context, rules, rules.bodies[body], row)
    if isinstance(gathering, str):
        return Undecided(check=check, subject=body, why=gathering)
    return _finding(context, (check, name, level), rules, row, gathering, holding(space, holds), base)


def _both(context: Context, body: BodyRules, reading: Reading) -> _Both | None:
    """The clauses that both speak of equal votes, where they are several."""
    link = presiding(body, "present", "present")
    if link is None or link.extra_vote != "casting":
        return None
    others = without_casting_vote(context, body)
    if any(way.barred or way.rule is None or way.rule.extra_vote is not None for way in others):
        return None  # the rule on equal votes is for whoever has no casting vote then
    decisions = _rules_on_equal_votes(body)
    if any({*clauses} & {*link.clauses} for clauses in (_saying(d) for d in decisions)):
        return None  # one provision says both: the one is for where the other is not used
    if not decisions:
        return None
    matter = governed(body, decisions[0])
    return _Both(reading, decisions, matter, link, bool(others)) if matter is not None else None


def _rules_on_equal_votes(body: BodyRules) -> tuple[DecisionRule, ...]:
    """Those that the casting vote meets: the one on any matter. Where none is put to the vote as such, all
    others, if each of them says what equal votes mean: else the casting vote is for the rest of them."""
    voted = [
        d
        for d in body.decisions
        if d.carried is not None and d.carried.kind in TIES and governed(body, d) is not None
    ]
    whole = rule_for(body, "any")
    if whole is not None and whole in voted:
        return (whole,) if whole.equal_votes is not None else ()
    every = all(
        d.equal_votes is not None and not any(goes_on(body, d, matter) for matter in d.matters) for d in voted
    )
    return tuple(voted) if every else ()


def _saying(decision: DecisionRule) -> tuple[str, ...]:
    """The clauses that say what equal votes mean under a rule."""
    return decision.ties or decision.clauses


def _plain(
    context: Context, rules: Rules, body: BodyRules, *, equal_votes: bool, casting: bool
) -> tuple[Rules, BodyRules]:
    """The rules without what they say of equal votes, or of casting votes; the same objects each time."""

    def make() -> tuple[Rules, BodyRules]:
        decisions = body.decisions
        if not equal_votes:
            decisions = tuple(replace(d, equal_votes=None) for d in decisions)
        links = body.presiding
        if not casting:
            links = tuple(replace(p, extra_vote=None) if p.extra_vote == "casting" else p for p in links)
        own = replace(body, decisions=decisions, presiding=links)
        return replace(rules, bodies={**rules.bodies, body.name: own}), own

    key = ("plain", context.kept(rules), context.kept(body), equal_votes, casting)
    return context.shared(key, make)


def _same(body: BodyRules, decision: DecisionRule, other: BodyRules) -> DecisionRule:
    """The rule of the other body in the place of this one."""
    return other.decisions[next(i for i, d in enumerate(body.decisions) if d is decision)]


def _witness(context: Context, rules: Rules, body: BodyRules, row: _Both) -> Gathering | str:
    """Equal votes that come to one thing by the one clause alone, and to another by the other, as the judge
    has it; a text: not decided."""
    plain, own = _plain(context, rules, body, equal_votes=False, casting=False)
    tie = told(context, plain, own, _same(body, row.decisions[0], own), row.matter)
    if not isinstance(tie, Tie):
        return tie
    by_rule, _ = _plain(context, rules, body, equal_votes=True, casting=False)
    by_vote, _ = _plain(context, rules, body, equal_votes=False, casting=True)
    led = tuple(_led(context, rules, body, tie))
    if not led:
        return "whoever presides has no seat that votes, and a casting vote is counted from such a seat only"
    for gathering in led:
        broken = tally(by_vote, gathering)
        apart = broken.casting_used and tally(by_rule, gathering).outcome != broken.outcome
        if apart and unbroken_tie(plain, gathering):
            return gathering
    return "the judge does not confirm that the two clauses differ"


def _led(context: Context, rules: Rules, body: BodyRules, tie: Tie) -> Iterator[Gathering]:
    """Such a meeting, whoever presides on the one side or the other, if need be come for somebody else."""
    seen = tie.gathering
    led = [seen]
    if seen.presider is None and tie.way.rule is not None:
        who = tie.way.rule.who
        leaders = [
            p for c in electorate_of(context, rules, body).cells if c.may_preside(who) for p in c.places
        ]
        led = [_instead(seen, other, leader) for leader in leaders[:1] for other in seen.present]
    for gathering in led:
        yield gathering
        yield replace(gathering, in_favour=gathering.against, against=gathering.in_favour)


def _instead(gathering: Gathering, place: str, leader: str) -> Gathering:
    def moved(places: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(leader if p == place else p for p in places)

    return replace(
        gathering,
        present=moved(gathering.present),
        in_favour=moved(gathering.in_favour),
        against=moved(gathering.against),
        presider=leader,
    )


def _finding(
    context: Context,
    head: tuple[str, str, Level],
    rules: Rules,
    row: _Both,
    gathering: Gathering,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding:
    check, name, level = head
    body, index = rules.bodies[gathering.body], context.rulebook.clauses
    saying = tuple(dict.fromkeys(c for d in row.decisions for c in _saying(d)))
    cited = (*saying, *row.link.clauses)
    rule, vote = text.clause(saying), text.clause(row.link.clauses)
    chair = rules.offices[row.link.who].title if row.link.who in rules.offices else "whoever presides"
    on_what = f" on {rules.matters[row.matter].title}" if row.matter in rules.matters else ""
    means = MEANS[row.decisions[0].equal_votes or "not-carried"]
    in_favour = gathering.presider in gathering.in_favour
    broken = "it is carried" if in_favour else "it falls"
    story = [f"Clause {c}: {index[c].says}." for c in cited if c in index]
    come = plural(len(gathering.present), "member")
    story += [
        f"On {on(next_meeting(context))} {come} come to the {body.title}. A proposal{on_what} is put, "
        f"and the votes are equal, {len(gathering.in_favour)} to {len(gathering.against)}.",
        f"By {rule} {means}. By {vote} {text.the(chair)} has a casting vote and gives it "
        f"{'for' if in_favour else 'against'} the proposal: {broken}. Nothing says which clause prevails.",
    ]
    return Finding(
        check=check,
        name=name,
        level=level,
        clauses=cited,
        subject=f"{body.name}/equal-votes",
        message=f"when the votes{on_what} at the {body.title} are equal, {means} by {rule}, and by {vote} "
        f"{text.the(chair)} decides",
        mark=row.link.mark,
        story=tuple(story),
        told_in=row.reading,
        help=f"Strike one of the two, or say in {rule} that it is for where no casting vote is given.",
        readings=readings,
        in_base=base,
        evidence={"gathering": gathering_facts(gathering)},
    )
