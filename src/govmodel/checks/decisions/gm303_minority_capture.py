"""GM303: a few members can bind all."""

from __future__ import annotations

from functools import partial
from itertools import chain

from govmodel.checks.bodies import electorate_of, meeting_bodies, same_votes
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import abstained, capture, is_second, valid_by, voted
from govmodel.checks.decisions.sizes import larger, open_seats
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import quorum_space, votes_on
from govmodel.checks.stories import gathering_facts, next_meeting, on, plural, some
from govmodel.dataclass import dataclass, replace
from govmodel.exact.abstentions import Sparse
from govmodel.exact.abstentions import fewest_with_abstentions as closed_form
from govmodel.exact.coalitions import Capture
from govmodel.exact.matters import SECOND
from govmodel.exact.votes import voices
from govmodel.model.finding import LEVELS, CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, PresidingRule, Reading, Rules
from govmodel.model.verdict import Gathering, Verdict
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.deciding import case_of, rule_for, rules_for
from govmodel.semantics.holders import without_a_vote
from govmodel.semantics.presiding import presiding
from govmodel.semantics.replay import carries
from govmodel.smt.questions.ballots import fewest_with_abstentions
from govmodel.words import text

ID, NAME = "GM303", "minority capture"


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    asked = 0
    for body in meeting_bodies(context):
        space = quorum_space(context, body.name, votes_on)
        rows: list[_Row] = []
        table: list[dict[str, object]] = []
        unknown: dict[str, None] = {}
        for reading, rules, own in context.under(space, body.name):
            if not rules_for(own, "any") or not own.quorum:
                continue
            if not own.voting:
                unknown["every seat may stay empty, and the text does not say how many there may be"] = None
                continue
            if open_seats(own) and not in_base(context, [reading]):
                continue  # two levels lower, and so silent or nearly so: decision 0023
            asked += 1
            least = _in_every_size(context, reading, rules, own)
            if isinstance(least, str):
                unknown[least] = None
                break
            if least is None:
                continue
            table.append(
                {
                    "reading": dict(reading),
                    "fewest": least.found.in_favour,
                    "voting_seats": least.size,
                    "votes_cast": least.found.cast,
                    "second_vote": least.found.second_vote,
                }
            )
            if least.level is not None:
                rows.append(least)
        undecided += [Undecided(check=ID, subject=body.name, why=why) for why in unknown]
        if not rows:
            continue
        failing = [row.reading for row in rows]
        made = _finding(
            context, body.name, rows, table, space.all[0], holding(space, failing), in_base(context, failing)
        )
        if isinstance(made, Undecided):
            undecided.append(made)
        elif made is not None:
            findings.append(made)
    return result(ID, findings, undecided, asked)


@dataclass(frozen=True, slots=True)
class _Row:
    """How few can bind all in one reading, under which rule, of how many seats. `level` None: that is no
    finding, at least in one of the sizes of the body that the text allows. `body` is in its smallest, and has
    up to `largest` seats in those that were asked about."""

    reading: Reading
    found: Capture
    decision: DecisionRule
    body: BodyRules
    size: int
    largest: int
    level: Level | None


def _in_every_size(context: Context, reading: Reading, rules: Rules, body: BodyRules) -> _Row | str | None:
    """The fewest of the smallest size; their level is that of the size in which it is the lowest. None:
    nothing is ever carried there; a text: undecided."""
    smallest: _Row | None = None
    for sized in chain((body,), larger(context, body)):
        try:
            same = ("fewest that bind", *same_votes(context, rules, sized))
            least = context.shared(same, partial(_fewest, context, rules, sized))
        except NotCountable as error:
            return str(error)
        if isinstance(least, str):
            return least
        if least is None:
            return smallest and replace(smallest, level=None)
        found, decision = least
        size = electorate_of(context, rules, sized).size
        level = _level(sized, decision, found.in_favour, size)
        if smallest is None:
            smallest = _Row(reading, found, decision, sized, size, size, level)
        if level is None or smallest.level is None:
            return replace(smallest, level=None)
        worst = max(smallest.level, level, key=LEVELS.index)
        smallest = replace(smallest, level=worst, largest=max(size, smallest.largest))
    return smallest


def _fewest(context: Context, rules: Rules, body: BodyRules) -> tuple[Capture, DecisionRule] | str | None:
    """The fewest that carry what has no rule of its own, over all cases of turnout; a text: undecided."""
    best: tuple[Capture, DecisionRule] | None = None
    for decision in rules_for(body, "any"):
        found = _capture(context, rules, body, decision)
        if isinstance(found, str):
            return found
        if found is not None and (best is None or found.in_favour < best[0].in_favour):
            best = found, decision
    return best


def _level(body: BodyRules, decision: DecisionRule, fewest: int, size: int) -> Level | None:
    """Error: one person. Warning: under a third, unless the text asks for more votes on every matter
    that it names, or binds only those who agree."""
    if decision.binding_on == "those-who-agree":
        return None
    if fewest == 1:
        return "error"
    named = {m for d in body.decisions for m in d.matters if m != "any"}
    higher = {m for m in named if _stricter(rule_for(body, m), decision)}
    return "warning" if 3 * fewest < size and (not named or named - higher) else None


def _stricter(rule: DecisionRule | None, than: DecisionRule) -> bool:
    """Whether a matter has a rule of its own that asks for more than the general one."""
    if rule is None or rule is than or rule.carried is None or than.carried is None:
        return False
    if rule.carried.kind in ("consensus", "all"):
        return True
    own, general = rule.carried, than.carried
    return own.share > general.share or (own.base in ("seats", "members") and general.base != own.base)


def _capture(context: Context, rules: Rules, body: BodyRules, decision: DecisionRule) -> Capture | str | None:
    """The fewest that carry, by closed form and solver; a text: undecided."""
    case = case_of(body, decision, "any")
    return capture(context, rules, _seats(context, rules, body), decision, _extra(body), case)


def _seats(context: Context, rules: Rules, body: BodyRules) -> Electorate:
    """The cells of a body; where somebody presides with a second vote who has no first one, any may."""
    seats = electorate_of(context, rules, body)
    if _extra(body) in SECOND and seats.outsider:
        return context.shared(("led by any", context.kept(seats)), seats.led_by_any)
    return seats


def _extra(body: BodyRules) -> str | None:
    """The further vote of whoever presides."""
    rule = presiding(body, "present", "present")
    return rule.extra_vote if rule else None


def _gathering(rules: Rules, seats: Electorate, decision: DecisionRule, found: Capture) -> Gathering:
    """The meeting at which so few carry: the chair votes for, everybody else who may votes against."""
    present = seats.seat_names(found.present)
    mute = voices(rules, seats, decision).mute
    may = (c for i, c in enumerate(seats.cells) if c.may_chair and i not in mute)
    chair = next((p for c in may for p in c.places if p in present), None)
    gathering = Gathering(body=seats.body.name, present=present, presider=chair)
    return voted(rules, gathering, decision, found.in_favour, leads=True)


def _finding(
    context: Context,
    name: str,
    rows: list[_Row],
    table: list[dict[str, object]],
    base_reading: Reading,
    readings: tuple[Reading, ...],
    base: bool,
) -> Finding | Undecided | None:
    row = next((r for r in rows if dict(r.reading) == dict(base_reading)), rows[0])
    reading, found, decision, size = row.reading, row.found, row.decision, row.size
    level = lowered(row.level, base) if row.level is not None else None
    if level is not None and row.largest > size:
        level = lowered(level, False)  # not every size was tried
    if level is None:
        return None
    rules, body = context.rules(reading), row.body
    if body is not rules.bodies[name]:
        rules = replace(rules, bodies={**rules.bodies, name: body})
    seats = _seats(context, rules, body)
    gathering = _gathering(rules, seats, decision, found)
    if not carries(rules, gathering):
        return Undecided(check=ID, subject=name, why="the judge does not confirm that so few carry")
    sparse = _with_abstentions(context, rules, seats, decision)
    if isinstance(sparse, str):
        return Undecided(check=ID, subject=name, why=sparse)
    rule = presiding(body, "present", "present")
    quorums = valid_by(rules, gathering)
    used = [r for r in (decision, rule if found.second_vote else None, *quorums) if r is not None]
    fewest = [int(str(line["fewest"])) for line in table]
    least = min(table, key=lambda line: int(str(line["fewest"])))
    quorum = text.clause(clauses_of(*quorums))
    enough = f"by {quorum} that is enough" if quorums else "the meeting goes on without a quorum"
    again = "After a meeting without a quorum, on" if is_second(rules, gathering) else "On"
    sides = some(rules, body, gathering.in_favour), plural(len(gathering.against), "member")
    second = found.second_vote and rule is not None
    outside = electorate_of(context, rules, body).outsider
    beside = rule if second and rule is not None and (outside or without_a_vote(body, rule.who)) else None
    helped = f" with the vote of {text.the(rules.offices[beside.who].title)}" if beside is not None else ""
    story = [
        f"{again} {on(next_meeting(context))} {plural(_members(gathering, seats), 'member')} of {size} come "
        f"to the {body.title}; {enough}.",
        f"For a proposal: {sides[0]}. Against: {sides[1]}.",
        *_sharing(gathering),
        f"The chair's further vote decides ({' and '.join(rule.clauses)})."
        if second and rule
        else "That is enough.",
        f"The decision binds all {size}: {plural(found.in_favour, 'member')} made it{helped}.",
    ]
    if sparse.in_favour < found.in_favour:
        story.append(_abstaining(sparse, rule))
    if row.largest > size:
        story.append(
            f"There may be more members. At each number that was tried, up to {row.largest}, few are enough."
        )
    if min(fewest) < found.in_favour:
        options = ", ".join(f"{k}: {v}" for k, v in least["reading"].items() if v != context.base.get(k))  # type: ignore[attr-defined]
        story.append(f"In another reading ({options}) it takes {plural(min(fewest), 'member')} only.")
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses_of(*used),
        subject=name,
        message=f"{plural(found.in_favour, 'member')} of {size} can bind the {body.title}{helped}",
        mark=used[0].mark,
        story=tuple(story),
        told_in=reading,
        help="Raise the quorum, or ask for more votes on major matters.",
        readings=readings,
        in_base=base,
        evidence={
            "gathering": gathering_facts(gathering),
            "fewest": found.in_favour,
            "of": size,
            "up_to": row.largest,
            "with_abstentions": {
                "fewest": sparse.in_favour,
                "against": sparse.against,
                "present": sum(sparse.present),
                "second_vote": sparse.second_vote,
            },
            "table": table,
            "range": [min(fewest), max(fewest)],
        },
    )


def _with_abstentions(
    context: Context, rules: Rules, seats: Electorate, decision: DecisionRule
) -> Sparse | str:
    """The fewest where those there may abstain, by closed form and solver, replayed; a text: undecided."""
    extra, case = _extra(seats.body), case_of(seats.body, decision, "any")
    found = closed_form(rules, seats, decision, extra, case=case)
    answer = fewest_with_abstentions(
        rules, seats, decision, extra, case=case, effort=context.effort, beside=context.numbers,
        guess=found.in_favour if found else None,
    )  # fmt: skip
    if answer.verdict is Verdict.UNKNOWN:
        return answer.why
    if found is None or answer.number != found.in_favour:
        return "the solver and the closed form disagree on how few carry where others abstain"
    if not carries(rules, abstained(rules, seats, decision, found)):
        return "the judge does not confirm how few carry where others abstain"
    return found


def _abstaining(found: Sparse, rule: PresidingRule | None) -> str:
    """How few are enough where the others there abstain, in a sentence."""
    votes = plural(found.in_favour, "vote")
    against = f", with {plural(found.against, 'vote')} against it" if found.against else ""
    second = " and the further vote of whoever presides" if found.second_vote and rule is not None else ""
    return f"If others there abstain, {votes} for it{second} would be enough{against}."


def _members(gathering: Gathering, seats: Electorate) -> int:
    """How many of those present vote as a rule."""
    voting = {p for cell in seats.cells if cell.seat.role == "voting" for p in cell.places}
    return sum(p in voting for p in gathering.present)


def _sharing(gathering: Gathering) -> list[str]:
    """Those who are there and cast no vote of their own, in words."""
    silent = len(gathering.abstaining)
    if not silent:
        return []
    return [f"The other {plural(silent, 'member')} there cast no vote: they share one with somebody."]


CHECK = Check(ID, NAME, run)
