"""GM303: a few members can bind all."""

from __future__ import annotations

from dataclasses import dataclass

from govmodel.checks.bodies import electorate_of, meeting_bodies
from govmodel.checks.context import Check, Context
from govmodel.checks.decisions.ballots import capture, is_second, valid_by, voted
from govmodel.checks.findings import clauses_of, holding, in_base, lowered, result
from govmodel.checks.spaces import quorum_space, votes_on
from govmodel.checks.stories import gathering_facts, next_meeting, on, plural, some
from govmodel.exact.coalitions import Capture, voices
from govmodel.model.finding import CheckResult, Finding, Level, Undecided
from govmodel.model.rules import BodyRules, DecisionRule, Reading, Rules
from govmodel.model.verdict import Gathering
from govmodel.semantics.cells import Electorate
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.meeting import case_of, presiding, rule_for, rules_for
from govmodel.semantics.replay import carries
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
        open_sized = False
        for reading, rules, own in context.under(space, body.name):
            if not rules_for(own, "any") or not own.quorum:
                continue
            if any(seat.high != seat.low for seat in own.voting):
                open_sized = True
                continue
            asked += 1
            try:
                least = _fewest(context, rules, own)
            except NotCountable as error:
                undecided.append(Undecided(check=ID, subject=body.name, why=str(error)))
                break
            if isinstance(least, str):
                undecided.append(Undecided(check=ID, subject=body.name, why=least))
                break
            if least is None:
                continue
            found, decision = least
            size = electorate_of(context, rules, own).size
            table.append(
                {
                    "reading": dict(reading),
                    "fewest": found.in_favour,
                    "voting_seats": size,
                    "votes_cast": found.cast,
                    "second_vote": found.second_vote,
                }
            )
            level = _level(own, decision, found.in_favour, size)
            if level is not None:
                rows.append(_Row(reading, found, decision, size, level))
        if open_sized:
            why = "the text does not say how many seats there are, so not how many are few"
            undecided.append(Undecided(check=ID, subject=body.name, why=why))
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
    """One reading in which few can bind all: how, under which rule, of how many seats."""

    reading: Reading
    found: Capture
    decision: DecisionRule
    size: int
    level: Level


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
    rule = presiding(body, "present", "present")
    case = case_of(body, decision, "any")
    seats = electorate_of(context, rules, body)
    return capture(context, rules, seats, decision, rule.extra_vote if rule else None, case)


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
    level = lowered(row.level, base)
    if level is None:
        return None
    rules = context.rules(reading)
    body = rules.bodies[name]
    seats = electorate_of(context, rules, body)
    gathering = _gathering(rules, seats, decision, found)
    if not carries(rules, gathering):
        return Undecided(check=ID, subject=name, why="the judge does not confirm that so few carry")
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
    story = [
        f"{again} {on(next_meeting(context))} {plural(_members(gathering, seats), 'member')} of {size} come "
        f"to the {body.title}; {enough}.",
        f"For a proposal: {sides[0]}. Against: {sides[1]}.",
        *_sharing(gathering),
        f"The chair's further vote decides ({' and '.join(rule.clauses)})."
        if second and rule
        else "That is enough.",
        f"The decision binds all {size}: {plural(found.in_favour, 'member')} made it.",
    ]
    if min(fewest) < found.in_favour:
        options = ", ".join(f"{k}: {v}" for k, v in least["reading"].items() if v != context.base.get(k))  # type: ignore[attr-defined]
        story.append(f"In another reading ({options}) it takes {plural(min(fewest), 'member')} only.")
    return Finding(
        check=ID,
        name=NAME,
        level=level,
        clauses=clauses_of(*used),
        subject=name,
        message=f"{plural(found.in_favour, 'member')} of {size} can bind the {body.title}",
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
            "table": table,
            "range": [min(fewest), max(fewest)],
        },
    )


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
