"""GM301: equal votes that nobody may break."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import NamedTuple, TypeAlias

from govmodel.checks.bodies import (
    as_called,
    at_its_most,
    meeting_bodies,
    open_sized,
)
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import is_second, valid_by
from govmodel.checks.decisions.ties import Tie, Way, told, way_to_tie
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import quorum_space, votes_on, with_all_there
from govmodel.checks.stories import gathering_facts, next_meeting, on, plural, seat_title, some
from govmodel.dataclass import dataclass, replace
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRule, BodyRules, DecisionRule, PresidingRule, Reading, Rule, Rules
from govmodel.reading import Readings, choosing
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.deciding import goes_on, governed
from govmodel.semantics.presiding import chain
from govmodel.words import text

ID, NAME = "GM301", "unbroken tie"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name, _votes, away=True)
        found = _failing(context, body.name, space, _as_they_are)
        if not found.rows and any(open_sized(own) for _, _, own in context.under(space, body.name)):
            more = _failing(context, body.name, space, partial(at_its_most, context))
            found = replace(more, asked=found.asked + more.asked)
        asked += found.asked
        undecided += [Undecided(check=ID, subject=body.name, why=why) for why in found.why]
        if not found.rows:
            continue
        failing = [row.reading for row in found.rows]
        base = in_base(context, failing)
        # the story is told in the base reading where it can be
        row = next((r for r in found.rows if in_base(context, [r.reading])), found.rows[0])
        rules, own = found.size(context.rules(row.reading), body.name)
        shown = _most_ordinary(context, rules, own, row)
        if isinstance(shown, str):
            undecided.append(Undecided(check=ID, subject=body.name, why=shown))
        elif (level := lowered(_level(own, shown.way), base)) is not None:
            findings.append(_finding(context, rules, own, row, shown, level, holding(space, failing), base))
    return result(ID, findings, undecided, asked)


Size: TypeAlias = Callable[[Rules, str], tuple[Rules, BodyRules]]


class _Row(NamedTuple):
    """A reading in which votes can be equal, and under which rule, for which matter."""

    reading: Reading
    decision: DecisionRule
    matter: str


@dataclass(frozen=True, slots=True)
class _Found:
    """The readings in which votes can be equal with so many seats filled, why others were not decided, and
    how many questions were asked."""

    size: Size
    rows: tuple[_Row, ...]
    why: tuple[str, ...]
    asked: int


def _as_they_are(rules: Rules, name: str) -> tuple[Rules, BodyRules]:
    return rules, rules.bodies[name]


def _failing(context: Context, name: str, space: Readings, size: Size) -> _Found:
    rows: list[_Row] = []
    why: list[str] = []
    asked = 0
    chosen = choosing(_with_all_there(context, name, space))
    at_once: dict[Hashable, _Row] = {}
    """What is so with the chair and the deputy chair there, in the first reading of those that leave as
    much of this: what a clause says of their absence is nothing to it."""
    for reading in space.all:
        key = chosen(reading)
        if key in at_once:
            rows.append(_Row(reading, at_once[key].decision, at_once[key].matter))
            asked += 1
            continue
        whole = context.rules(reading)
        if name not in whole.bodies:
            continue
        rules, own = size(whole, name)
        first = True
        for decision in own.decisions:
            same = ("governed", id(own.decisions), id(decision))
            matter = context.shared(same, partial(governed, own, decision))
            if matter is None or decision.equal_votes is not None or goes_on(own, decision, matter):
                continue
            asked += 1
            try:
                way = way_to_tie(context, rules, own, decision, matter)
            except NotCountable as error:
                way = str(error)
            if isinstance(way, Way):
                rows.append(_Row(reading, decision, matter))
                if first and way.ordinary:
                    at_once[key] = rows[-1]
                break
            if way is not None:
                why.append(_on(rules, matter, way))
            first = False
    return _Found(size, tuple(rows), tuple(why), asked)


def _with_all_there(context: Context, name: str, space: Readings) -> tuple[str, ...]:
    """The ambiguities of a space on which equal votes depend where the chair and the deputy chair are there:
    whether anybody presides is always among them."""
    rules = context.of_body(name)
    gates = [rule.gate for rule in with_all_there(r for r in rules if isinstance(r, PresidingRule))]
    gates += [rule.gate for rule in context.rulebook.of(BodyRule) if rule.name == name]
    spoken = {*quorum_space(context, name, _votes).names, *(n for gate in gates for n, _ in gate)}
    return tuple(n for n in space.names if n in spoken)


def _on(rules: Rules, matter: str, why: str) -> str:
    """Why a question is not decided, with the matter where it is of one."""
    return f"{rules.matters[matter].title}: {why}" if matter in rules.matters else why


def _most_ordinary(context: Context, rules: Rules, body: BodyRules, row: _Row) -> Tie | str:
    """The tie to be told: at a meeting as it is called, and only if there is none, at an adjourned one."""
    called, own = as_called(context, rules, body.name)
    found = told(context, called, own, row.decision, row.matter)
    if isinstance(found, str) and own is not body:
        return told(context, rules, body, row.decision, row.matter)
    return found


def _votes(rule: Rule) -> bool:
    """Rules that bear on equal votes: who presides, and thresholds that two equal sides can miss."""
    if isinstance(rule, DecisionRule):
        return rule.carried is not None and rule.carried.kind in ("share", "plurality")
    return votes_on(rule)


def _level(body: BodyRules, way: Way) -> Level:
    """Warning where a vote to break it is named, and is missing for an interest only."""
    named = any(p.extra_vote in ("casting", "additional") for p in body.presiding)
    by_text = way.rule is not None and way.rule.extra_vote == "none" and named
    interest = "interested" in way.chair or "interested" in way.deputy
    return "error" if not named or by_text or not interest else "warning"


def _finding(
    context: Context,
    rules: Rules,
    body: BodyRules,
    row: _Row,
    tie: Tie,
    level: Level,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding:
    rule, gathering = tie.way.rule, tie.gathering
    second = is_second(rules, gathering)
    all_there = (tie.way.chair, tie.way.deputy) == ("present", "present")
    votes = [p for p in body.presiding if p.extra_vote in ("casting", "additional") and not all_there]
    enough = valid_by(rules, gathering) if second else ()
    cited = [r for r in (rule, tie.decision, *votes, *enough) if r is not None]
    clauses = clauses_of(*cited)
    chair, deputy = chain(body)
    story = [
        f"{'After a meeting without a quorum, on' if second else 'On'} {on(next_meeting(context))} "
        f"{plural(len(gathering.present), 'member')} come to the {body.title}."
    ]
    if body is not context.rules(row.reading).bodies[body.name]:
        story.insert(0, "Seats whose number the text leaves open are filled as far as it allows.")
    if chair:
        story.append(_where(rules, chair, gathering.chair, "chair"))
    if deputy:
        story.append(_where(rules, deputy, gathering.deputy, "deputy chair"))
    if rule is None:
        story.append("Nobody is there who may preside." if body.presiding else "No clause says who presides.")
    elif rule.who == "agreed" and gathering.presider:
        who = seat_title(rules, body, gathering.presider)
        story.append(f"By {text.clause(rule.clauses)} they agree on {who} to preside.")
    if rule is not None:
        one, several, what = {
            "none": ("gives", "give", "whoever presides then no further vote"),
            "additional": ("gives", "give", "whoever presides a further vote that always counts"),
        }.get(rule.extra_vote or "", ("says", "say", "nothing of a further vote"))
        story.append(f"{text.capital(text.clause(rule.clauses, one, several))} {what}.")
        if tie.way.barred:
            story.append("Who presides has an interest in the matter, and so has no vote.")
    twice = tie.way.twice
    if gathering.touching is not None:
        story.append(f"It is proposed to amend clause {gathering.touching}.")
    sides = some(rules, body, gathering.in_favour), some(rules, body, gathering.against)
    on_what = f" on {rules.matters[row.matter].title}" if row.matter in rules.matters else ""
    story.append(
        f"A proposal{on_what} is put, and the votes are equal, {len(gathering.in_favour) + twice} to "
        f"{len(gathering.against)}. For it: {sides[0]}. Against it: {sides[1]}."
    )
    end = "Nobody may break it, and the text does not say what equal votes mean."
    if context.base["equal-votes"] == "not-carried":
        end += f' By the convention "{_convention(context)}" it would fail, if that convention applies.'
    story.append(end)
    acting = rule is not None and rule.who == "agreed" and chair is not None
    when = " when an acting chairman presides" if acting else ""
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses,
        subject=body.name,
        message=f"equal votes{on_what} at the {body.title} cannot be broken{when}",
        mark=(rule or tie.decision).mark,
        story=tuple(story),
        help="Make the further vote a casting one, for equal votes only, or say that then a proposal falls."
        if twice
        else "Give the further vote to whoever presides, or say that with equal votes a proposal falls.",
        told_in=row.reading,
        readings=readings,
        in_base=base,
        evidence={"gathering": gathering_facts(gathering), "convention": context.base["equal-votes"]},
    )


def _convention(context: Context) -> str:
    ambiguity = context.rulebook.ambiguities["equal-votes"]
    return dict(ambiguity.options)[context.base["equal-votes"]]


def _where(rules: Rules, office: str, status: str, role: str) -> str:
    title = rules.offices[office].title if office in rules.offices else role
    words = {
        "present": "is there",
        "absent": "is absent",
        "vacant": "has not been appointed",
        "late": "is late",
        "interested-leaves": "leaves for an interest",
        "interested-stays": "has an interest and stays",
    }
    return f"The {title} {words[status]}."


CHECK = Check(ID, NAME, run)
