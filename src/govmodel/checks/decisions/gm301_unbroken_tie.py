"""GM301: equal votes that nobody may break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from govmodel.checks.bodies import electorate_of, meeting_bodies, regardless_of_chairs, statuses
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import turnouts_of, voted, voted_on, voters
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import alike, quorum_space, votes_on
from govmodel.checks.stories import gathering_facts, next_meeting, on, plural, seat_title, some
from govmodel.exact.coalitions import equal_votes as closed_form
from govmodel.model.expressions import Condition
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, PresidingRule, Reading, Rule, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate, presides_as
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.meeting import case_of, chain, governed, interest_rules, presiding
from govmodel.semantics.replay import unbroken_tie
from govmodel.smt.questions.meetings import equal_votes
from govmodel.words import text

ID, NAME = "GM301", "unbroken tie"

AWAY = ("absent", "vacant", "interested-leaves", "late")


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name, _votes, away=True)
        failing: list[Reading] = []
        rules_of: list[tuple[DecisionRule, str]] = []
        for reading, rules, own in context.under(space, body.name):
            for decision in own.decisions:
                matter = governed(own, decision)
                if matter is None or decision.equal_votes is not None:
                    continue
                asked += 1
                try:
                    tied = _is_tied(context, rules, own, decision, matter)
                except NotCountable as error:
                    undecided.append(Undecided(check=ID, subject=body.name, why=str(error)))
                    continue
                if isinstance(tied, str):
                    undecided.append(Undecided(check=ID, subject=body.name, why=tied))
                elif tied:
                    failing.append(reading)
                    rules_of.append((decision, matter))
                    break
        if not failing:
            continue
        base = in_base(context, failing)
        index = next(
            (i for i, r in enumerate(failing) if in_base(context, [r])), 0
        )  # the story is told in the base reading where it can be
        rules = context.rules(failing[index])
        shown = _told(context, rules, rules.bodies[body.name], *rules_of[index])
        if isinstance(shown, str):
            undecided.append(Undecided(check=ID, subject=body.name, why=shown))
        elif (level := lowered(_level(rules.bodies[body.name], shown.way), base)) is not None:
            findings.append(
                _finding(context, body.name, failing[index], shown, level, holding(space, failing), base)
            )
    return result(ID, findings, undecided, asked)


def _votes(rule: Rule) -> bool:
    """Rules that bear on equal votes: who presides, and thresholds that two equal sides can miss."""
    if isinstance(rule, DecisionRule):
        return rule.carried is not None and rule.carried.kind in ("share", "plurality")
    return votes_on(rule)


class _Way(NamedTuple):
    """Circumstances in which nobody breaks equal votes by a casting vote: the statuses of chair and deputy,
    who then presides, and whether an interest keeps whoever that is from voting."""

    chair: str
    deputy: str
    rule: PresidingRule | None
    barred: bool

    @property
    def twice(self) -> bool:
        """Whether whoever presides has a second vote that always counts."""
        return self.rule is not None and self.rule.extra_vote == "additional" and not self.barred


class _Tie(NamedTuple):
    """Equal votes under a rule in some circumstances."""

    decision: DecisionRule
    way: _Way
    gathering: Gathering


def _is_tied(
    context: Context, rules: Rules, body: BodyRules, decision: DecisionRule, matter: str
) -> bool | str:
    """Whether votes can be equal in some circumstances, as the judge confirms of one of the bodies that are
    alike; a text: undecided."""
    for way in _ways(context, body):
        gone = _gone(body, way)
        if not gone and not way.twice:
            seats = regardless_of_chairs(context, rules, body)
            base = rules.reading["base-of-a-majority"], rules.reading["rounding"]
            same = ("tie", id(seats), id(decision), matter, base, _circumstances(way))
            tied = partial(_in_some, context, rules, seats, decision, matter, way, [seats.full])
            found = context.shared(same, tied)
        else:
            seats = _presided(context, rules, body, way)
            found = _in_some(context, rules, seats, decision, matter, way, _limits(seats, gone))
        if found:
            return found
    return False


def _circumstances(way: _Way) -> tuple[object, ...]:
    """What equal votes depend on, beside who may be there."""
    extra = None if way.rule is None else (way.rule.extra_vote, way.rule.who == "agreed")
    return way.chair, way.deputy, extra, way.barred


def _in_some(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    matter: str,
    way: _Way,
    limits: Sequence[tuple[int, ...]],
) -> bool | str:
    """Whether votes can be equal within one of these limits; asked once for all bodies whose seats come to
    the same numbers."""

    def tied(limit: tuple[int, ...]) -> bool | str:
        tie = _tie(context, rules, seats, decision, matter, way, limit)
        return tie if isinstance(tie, str) else tie is not None

    body = seats.body
    what = (id(body.decisions), decision.clauses, matter, decision.touching, decision.round)
    for limit in limits:
        found = voted_on(
            context, "tie", rules, seats, decision, partial(tied, limit), _alike(rules, decision, way),
            _circumstances(way), what,
            start=limit, chairs=way.twice, case=case_of(body, decision, matter),
        )  # fmt: skip
        if found:
            return found
    return False


def _told(context: Context, rules: Rules, body: BodyRules, decision: DecisionRule, matter: str) -> _Tie | str:
    """The tie of this very body in the most normal circumstances; the solver confirms too that no smaller
    meeting has one."""
    case = case_of(body, decision, matter)
    for way in _ways(context, body):
        seats = _presided(context, rules, body, way)
        for limit in _limits(seats, _gone(body, way)):
            tie = _tie(context, rules, seats, decision, matter, way, limit)
            if isinstance(tie, _Tie):
                fewest = len(tie.gathering.present)
                why = _confirmed(context, rules, seats, decision, limit, fewest, way, case)
                return why or tie
            if tie is not None:
                return tie
    return "equal votes were found at one body and not at another that is like it"


def _tie(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    matter: str,
    way: _Way,
    limit: tuple[int, ...],
) -> _Tie | str | None:
    """The smallest meeting within a limit with equal votes, confirmed by the judge; a text: undecided."""
    case = case_of(seats.body, decision, matter)
    found = _equal(context, rules, seats, decision, limit, way, case)
    if isinstance(found, str):
        return found
    if not found[0]:
        return None
    told = Gathering(
        body=seats.body.name,
        present=seats.seat_names(found[0]),
        chair=way.chair,
        deputy=way.deputy,
        matter=matter,
        touching=next(iter(decision.touching), None),
        election_round=decision.round,
    )
    gathering = _voted(rules, seats, told, found[1], None if way.barred else way.rule, decision)
    if not unbroken_tie(rules, gathering):
        return "the judge does not confirm the equal votes"
    return _Tie(decision, way, gathering)


def _level(body: BodyRules, way: _Way) -> Level:
    """Warning where a vote to break it is named, and is missing for an interest only."""
    named = any(p.extra_vote in ("casting", "additional") for p in body.presiding)
    by_text = way.rule is not None and way.rule.extra_vote == "none" and named
    interest = "interested" in way.chair or "interested" in way.deputy
    return "error" if not named or by_text or not interest else "warning"


def _ways(context: Context, body: BodyRules) -> tuple[_Way, ...]:
    """The circumstances to be tried, the most normal first."""

    def make() -> tuple[_Way, ...]:
        found = []
        for chair, deputy in _pairs(body):
            rule = presiding(body, chair, deputy)
            if rule is None and body.presiding:
                continue  # nobody presides, so nobody puts it to the vote: GM502
            barred = rule is not None and _barred(body, rule, chair, deputy)
            if rule is None or rule.extra_vote != "casting" or barred:
                found.append(_Way(chair, deputy, rule, barred))
        return tuple(found)

    return context.shared(("ways to a tie", id(body.presiding), id(body.interests)), make)


def _gone(body: BodyRules, way: _Way) -> list[str | None]:
    """The offices of those who are not there, or may not vote."""
    if not body.presiding:
        return []
    pairs = zip(chain(body), (way.chair, way.deputy), strict=True)
    gone = [office for office, status in pairs if status in AWAY]
    return [*gone, way.rule.who] if way.barred and way.rule is not None else gone


def _barred(body: BodyRules, rule: PresidingRule, chair: str, deputy: str) -> bool:
    """Whether who presides under a rule has an interest that bars from voting."""
    offices = chain(body)
    status = {offices[0]: chair, offices[1]: deputy}.get(rule.who, "present")
    return status == "interested-stays" and bool(interest_rules(body))


def _alike(rules: Rules, decision: DecisionRule, way: _Way) -> tuple[object, ...]:
    extra = "additional" if way.twice else None
    return (*alike(decision, rules.reading["base-of-a-majority"], extra), decision.without)


def _equal(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    limit: tuple[int, ...],
    way: _Way,
    case: Condition | None,
) -> tuple[tuple[int, ...], int] | str:
    """The smallest attendance with equal votes, by closed form; that there is none, by the solver too; a
    text: not decided."""
    kinds = turnouts_of(context, rules, seats, decision, limit, case, chairs=way.twice)
    if kinds is None:
        return "too many seats for the closed form"
    found = closed_form(rules, seats, decision, limit, kinds, additional=way.twice)
    if found is None:
        return "too many seats for the closed form"
    return found if found[0] else _confirmed(context, rules, seats, decision, limit, 0, way, case) or found


def _confirmed(
    context: Context,
    rules: Rules,
    seats: Electorate,
    decision: DecisionRule,
    limit: tuple[int, ...],
    fewest: int,
    way: _Way,
    case: Condition | None,
) -> str | None:
    """Why the solver does not confirm that so few are the fewest with equal votes; None: it does."""
    ask = partial(
        equal_votes, rules, seats, decision, limit,
        additional=way.twice, effort=context.effort, beside=context.numbers, guess=fewest, case=case,
    )  # fmt: skip
    answer = voted_on(
        context, "equal votes", rules, seats, decision, ask, _alike(rules, decision, way), way.twice,
        start=limit, chairs=way.twice, case=case,
    )  # fmt: skip
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    if (answer.number or 0) != fewest:
        return "the solver and the closed form disagree on equal votes"
    return None


def _pairs(body: BodyRules) -> list[tuple[str, str]]:
    """Pairs of statuses, the most normal first: as few as possible not simply present."""
    pairs = [(c, d) for c in statuses(body) for d in statuses(body)]
    order = ["present", "absent", "vacant", "late", "interested-leaves", "interested-stays"]
    return sorted(
        pairs, key=lambda p: ((p[0] != "present") + (p[1] != "present"), order.index(p[0]), order.index(p[1]))
    )


def _presided(context: Context, rules: Rules, body: BodyRules, way: _Way) -> Electorate:
    """The electorate of a body, where it matters who presides with whoever does so then."""
    seats = electorate_of(context, rules, body)
    if not way.twice or way.rule is None or way.rule.who == presides_as(body):
        return seats
    return context.shared(("presided", id(seats), way.rule.who), partial(seats.presided, way.rule.who))


def _limits(seats: Electorate, gone: Sequence[str | None]) -> list[tuple[int, ...]]:
    """The most of each cell that can be there when those who hold these offices are away, for every
    possible holder of each."""
    found = [tuple(seats.full)]
    for office in gone:
        less = [
            tuple(n - (i == j) for j, n in enumerate(limit))
            for limit in found
            for i, cell in enumerate(seats.cells)
            if cell.may_preside(office) and limit[i]
        ]
        found = list(dict.fromkeys(less)) or found
    return found


def _voted(
    rules: Rules,
    seats: Electorate,
    gathering: Gathering,
    each: int,
    rule: PresidingRule | None,
    decision: DecisionRule,
) -> Gathering:
    """The gathering with so many votes on each side, and somebody presiding under a rule."""
    twice = rule is not None and rule.extra_vote == "additional"
    if rule is not None:
        vote = voters(rules, gathering, decision)
        may = [p for cell in seats.cells if cell.may_preside(rule.who) for p in cell.places if p in vote]
        presider = vote[0] if rule.who == "agreed" else may[0] if may else None
        gathering = replace(gathering, presider=presider)
    # The presider votes for, and counts twice where the second vote is additional.
    return voted(rules, gathering, decision, each - twice, leads=twice)


def _finding(
    context: Context,
    name: str,
    reading: Reading,
    tie: _Tie,
    level: Level,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding:
    rules = context.rules(reading)
    body = rules.bodies[name]
    rule, gathering = tie.way.rule, tie.gathering
    votes = [p for p in body.presiding if p.extra_vote in ("casting", "additional")]
    cited = [r for r in (rule, tie.decision, *votes) if r is not None]
    clauses = clauses_of(*cited)
    chair, deputy = chain(body)
    story = [
        f"On {on(next_meeting(context))} {plural(len(gathering.present), 'member')} come to the {body.title}."
    ]
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
    story.append(
        f"A proposal is put, and the votes are equal, {len(gathering.in_favour) + twice} to "
        f"{len(gathering.against)}. For it: {sides[0]}. Against it: {sides[1]}."
    )
    end = "Nobody may break it, and the text does not say what equal votes mean."
    if context.base["equal-votes"] == "not-carried":
        end += f' By the convention "{_convention(context)}" it would fail, if that convention applies.'
    story.append(end)
    when = " when an acting chairman presides" if rule is not None and rule.who == "agreed" else ""
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses,
        subject=name,
        message=f"equal votes at the {body.title} cannot be broken{when}",
        mark=(rule or tie.decision).mark,
        story=tuple(story),
        help="Make the further vote a casting one, for equal votes only, or say that then a proposal falls."
        if twice
        else "Give the further vote to whoever presides, or say that with equal votes a proposal falls.",
        told_in=reading,
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
