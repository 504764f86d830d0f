"""By which rule of a body a matter is decided."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.model.expressions import All, Condition, Not
from govmodel.model.remembered import remembered
from govmodel.model.rules import BodyRules, DecisionRule


def at_meetings(rule: DecisionRule) -> bool:
    """Whether what a rule speaks of is decided in a meeting (also), and not in writing only."""
    return not rule.how or bool({"meeting", "ballot"} & set(rule.how))


def in_writing(rule: DecisionRule) -> bool:
    """Whether what a rule speaks of may be decided in writing."""
    return "writing" in rule.how


def rules_for(
    body: BodyRules, matter: str, *, touching: str | None = None, election_round: int = 1,
    written: bool = False,
) -> tuple[DecisionRule, ...]:  # fmt: skip
    """The rules by which a meeting (or, `written`, a vote in writing) carries a matter, of which the
    first applies whose case (`when`) is there: those that name the matter before those about any, those
    for a case before the one for all others, later ones before earlier, among those that say how it is
    carried in this round. `touching`: what is proposed amends this clause; then rules for amending it
    come before those for anything."""
    return _rules_for(body.decisions, matter, touching, election_round, written)


@remembered(10_000)
def _rules_for(
    decisions: Sequence[DecisionRule], matter: str, touching: str | None, election_round: int, written: bool
) -> tuple[DecisionRule, ...]:
    there = in_writing if written else at_meetings
    stating = [d for d in decisions if d.carried is not None and there(d) and d.round == election_round]
    amending = [d for d in stating if touching is not None and touching in d.touching]
    stating = amending or [d for d in stating if not d.touching]
    found: list[DecisionRule] = []
    for among in ([d for d in stating if matter in d.matters], [d for d in stating if "any" in d.matters]):
        found += reversed([d for d in among if d.when is not None and d not in found])
        if plain := [d for d in among if d.when is None]:
            return (*found, plain[-1])
    return tuple(found)


def rule_for(
    body: BodyRules, matter: str, *, touching: str | None = None, election_round: int = 1
) -> DecisionRule | None:
    """The rule by which a meeting carries a matter in all but special cases."""
    found = rules_for(body, matter, touching=touching, election_round=election_round)
    return found[-1] if found and found[-1].when is None else None


def governed(body: BodyRules, rule: DecisionRule) -> str | None:
    """A matter that a rule decides at meetings in some case, one that it names before any; None: others
    come before it on all of them."""
    named = sorted(rule.matters, key=lambda matter: matter == "any")
    touching = next(iter(rule.touching), None)
    return next(
        (m for m in named if rule in rules_for(body, m, touching=touching, election_round=rule.round)), None
    )


def goes_on(body: BodyRules, rule: DecisionRule, matter: str) -> bool:
    """Whether what is not carried under this rule is put to another round."""
    named = [d for d in body.decisions if matter in d.matters and d.carried is not None]
    return any(d.round > rule.round for d in named)


def case_of(body: BodyRules, rule: DecisionRule, matter: str) -> Condition | None:
    """When a rule applies to a matter, as one condition on who is there; None: always."""
    found = rules_for(body, matter, touching=next(iter(rule.touching), None), election_round=rule.round)
    before = found[: found.index(rule)]
    parts: list[Condition] = [Not(d.when) for d in before if d.when is not None]
    parts += [rule.when] if rule.when is not None else []
    return All(tuple(parts)) if parts else None
