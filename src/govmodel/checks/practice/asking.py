"""What the checks of practice share: one simulation of the base reading under the scenario of the call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govmodel.checks.context import Context
from govmodel.checks.findings import clauses_of
from govmodel.dataclass import dataclass
from govmodel.errors import InputError
from govmodel.model.finding import Finding, Level, Undecided
from govmodel.model.record import Estimate
from govmodel.model.rules import Reading, Rule
from govmodel.sim import Plan, Tallies, estimates, plan, simulate_all
from govmodel.sim.ladders import uncountable
from govmodel.sim.plan import BodyPlan

YEARS, REPLICATIONS, SEED = 5, 400, 1


@dataclass(frozen=True, slots=True)
class Practised:
    """A run of the base reading: its plan, and what was counted."""

    plan: Plan
    tallies: Tallies

    def bodies(self) -> Iterator[BodyPlan]:
        """The bodies that meet."""
        return (body for body in self.plan.bodies if body.meets)

    def figure(self, body: BodyPlan, name: str) -> Estimate:
        return next(e for e in estimates(self.plan, self.tallies, body.number) if e.figure == name)


def practised(context: Context, years: int = YEARS) -> Practised | None:
    """The run that all checks of practice look at. None: there is no scenario, or no body meets in it."""
    scenario = context.scenario
    if scenario is None:
        return None

    def run() -> Practised | None:
        try:
            whole = plan(context.rules(), scenario, years=years, seed=SEED)
        except (InputError, ValueError):
            return None  # which the caller tells, before any check is run
        return Practised(whole, simulate_all(whole, REPLICATIONS))

    return context.shared(("practice", years), run)


def not_run(context: Context, check: str) -> tuple[Undecided, ...]:
    """The bodies of which a check of practice says nothing, since nobody can count their quorum."""
    if context.scenario is None:
        return ()
    rules = context.rules()
    why = {body.name: uncountable(rules, body) for body in rules.bodies.values() if not body.external}
    return tuple(Undecided(check=check, subject=name, why=said) for name, said in why.items() if said)


def finding(
    context: Context,
    ran: Practised,
    check: tuple[str, str],
    level: Level,
    body: BodyPlan,
    rules: Sequence[Rule],
    message: str,
    story: tuple[str, ...],
    help: str,
    evidence: dict[str, object],
    years: str = f"{YEARS}",
) -> Finding:
    """A finding of practice: it names the scenario, and holds in the reading that was run."""
    scenario = ran.plan.scenario
    run: Reading = {name: ran.plan.rules.reading[name] for name in context.rulebook.ambiguities}
    base = context.rulebook.base
    own = {name for name, ambiguity in context.rulebook.ambiguities.items() if not ambiguity.built_in}
    assumed = (
        f"This is what {years} years of meetings come to, {REPLICATIONS} times over, if people behave as in "
        f"the scenario {scenario.name}, of which every number is an assumption."
    )
    if context.fixed.keys() < own:
        one = "its base, and as --reading says" if context.fixed else "its base"
        assumed += f" The text is read in one way, {one}; whether it is so in others is not asked."
    return Finding(
        check=check[0],
        name=check[1],
        level=level,
        clauses=clauses_of(*rules),
        subject=body.name,
        message=f"under the scenario {scenario.name}, {message}",
        mark=rules[0].mark,
        story=(*story, assumed),
        help=help,
        readings=(run,),
        only_run=True,
        in_base=all(option == base[name] for name, option in run.items()),
        told_in=run,
        evidence={"scenario": scenario.name, "years": YEARS, "replications": REPLICATIONS, **evidence},
    )


def percent(share: float) -> str:
    return f"{100 * share:.0f} %"
