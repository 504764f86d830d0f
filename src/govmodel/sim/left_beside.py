"""What a text says of what happens beside the business of meetings, and a run does not do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from govmodel.model.expressions import Frequency
from govmodel.model.rules import BodyRules, NormRule, OfficeRule, Rule, Rules
from govmodel.model.scenario import Scenario
from govmodel.model.walk import commanded_in, names_in
from govmodel.sim.calling import AHEAD
from govmodel.sim.joining import lets_in
from govmodel.sim.missing import ABSENCES, of_body
from govmodel.sim.owing import at_a_meeting, route_name, step_name
from govmodel.sim.plan import DutyPlan

ENDS_A_SEAT = frozenset({"removes", "suspends"})
OPENS_A_SEAT = frozenset({"appoints", "admits"})
CHANGES_BODIES = frozenset({"creates", "ends", "delegates_to"})

Aside = tuple[Rule, str]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run does beside meetings. `papers`: those that come up as items; `filled`: the offices;
    `duties`: what falls due."""

    scenario: Scenario
    papers: frozenset[str]
    filled: frozenset[str]
    duties: tuple[DutyPlan, ...]

    @property
    def owed(self) -> frozenset[str]:
        """The names of what falls due."""
        return frozenset(duty.name.partition("#")[0] for duty in self.duties)


def left_beside(rules: Rules, meeting: Iterable[BodyRules], ran: Ran) -> Iterator[str]:
    """One sentence for each kind of such rules of the bodies that meet, with the clauses."""
    own = tuple(meeting)
    bodies = {body.name for body in own}
    followed: list[Rule] = []
    if ran.scenario.absences is not None:
        followed += [rule for body in own for rule, _ in of_body(rules, body)]
    joined = [body.name for body in own if lets_in(body, ran.scenario)]
    asides = (
        *_of_offices(rules, bodies, ran.filled),
        *(_of_seats(own) if ran.scenario.terms is None else ()),
        *_of_routes(rules, ran.owed, followed, joined),
        *_of_papers(rules, bodies, ran),
        *_of_norms(rules, ran.owed, followed),
    )
    cited: dict[str, dict[str, None]] = {}
    for rule, words in asides:
        cited.setdefault(words, {}).update(dict.fromkeys(rule.clauses))
    for words, clauses in cited.items():
        yield f"{words} ({', '.join(clauses)})"


def serves(office: OfficeRule, bodies: Iterable[str]) -> bool:
    """Whether an office is one of these bodies, or of none."""
    return office.of is None or office.of in bodies


CHOSEN = {
    "election": "elected", "agreement": "agreed on", "appointment": "appointed", "provision": "provided",
}  # fmt: skip


def _of_offices(rules: Rules, bodies: set[str], filled: frozenset[str]) -> Iterator[Aside]:
    for office in rules.offices.values():
        if not serves(office, bodies):
            continue
        if office.name in filled:
            continue
        if office.chosen_by is not None and office.chosen_by != "rotation":
            way = CHOSEN.get(office.chosen_by, "brought by a post")
            yield office, f"{office.title}: who is {way} is as the scenario says, in the whole run"
        elif office.term is not None and office.chosen_by is None:
            yield office, f"{office.title}: no term of office ends"
    for resigns in rules.resignations:
        if serves(rules.offices[resigns.office], bodies):
            yield resigns, f"{rules.offices[resigns.office].title}: nobody resigns from the office"
    for removes in rules.removals:
        if serves(rules.offices[removes.office], bodies):
            yield removes, f"{rules.offices[removes.office].title}: nobody is removed from the office"


def _of_seats(bodies: Iterable[BodyRules]) -> Iterator[Aside]:
    for body in bodies:
        yield from ((s, f"{body.name}: no term of a seat ends") for s in body.seats if s.term is not None)


def _of_routes(
    rules: Rules, owed: frozenset[str], followed: Sequence[Rule], joined: Sequence[str]
) -> Iterator[Aside]:
    for route in rules.routes:
        whom = {*route.whom} - {*rules.offices}
        if route in followed or (route.verb == "admits" and {*route.who} <= {*joined}):
            continue
        if route.verb in ENDS_A_SEAT and whom:
            yield route, "nobody is suspended or removed"
        elif route.verb in OPENS_A_SEAT and whom:
            yield route, "nobody is admitted or appointed beside those who sit"
        elif route.verb in CHANGES_BODIES:
            yield route, "no body begins or ends, and no power is delegated"
        elif falls_due(route.every) and not {route_name(route, who) for who in route.who} & owed:
            yield route, "what falls due at regular times is taken as done"


def _of_papers(rules: Rules, bodies: set[str], ran: Ran) -> Iterator[Aside]:
    for paper in rules.instruments.values():
        steps = [step for step in rules.steps if step.instrument == paper.name and step.force != "may"]
        due = [step for step in steps if falls_due(step.every or paper.every)]
        if paper.name in ran.papers:
            due = [step for step in due if not at_a_meeting(step, bodies)]
        cases = [step for step in due if step.when is not None]
        rest: list[Rule] = [s for s in due if s not in cases and step_name(s) not in ran.owed]
        if falls_due(paper.every) and not steps and paper.name not in ran.owed:
            rest.append(paper)
        if not paper.external:
            yield from ((rule, "papers that are due at regular times do not come up") for rule in rest)
            yield from (
                (s, "a step of a paper at a time or in a case of its own is taken as done") for s in cases
            )


def _of_norms(rules: Rules, owed: frozenset[str], followed: Sequence[Rule]) -> Iterator[Aside]:
    for norm in rules.norms:
        if norm.name in owed:
            continue
        if norm.force in ("must", "should") and (norm.situation == "year" or falls_due(norm.every)):
            yield norm, "what falls due at regular times is taken as done"
        elif norm.when is not None and ABSENCES in names_in(norm.when):
            if norm not in followed:
                yield norm, "nothing follows from absences in a row"
        elif norm.force in ("must", "must-not") and not _ahead(norm):
            yield norm, "what must or must not be besides is taken as kept"


def _ahead(norm: NormRule) -> bool:
    """Whether it decides when a meeting may be called."""
    return norm.situation == "meeting" and bool(commanded_in(norm.content) & {*AHEAD})


def falls_due(every: Frequency | None) -> bool:
    """Whether something falls due so and so often in a stated time."""
    return every is not None and bool(every.times) and every.unit in ("week", "month", "quarter", "year")
