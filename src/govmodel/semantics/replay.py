"""Whether a witness is what it claims to be. Every witness that is printed was replayed here."""

from __future__ import annotations

from govmodel.model.rules import NormRule, Rules
from govmodel.model.verdict import Case, Gathering
from govmodel.semantics.cases import act_of, binding, broken, in_force, possible, true
from govmodel.semantics.meeting import quorate, tally


def _binding(rules: Rules, case: Case) -> tuple[NormRule, ...]:
    return binding(rules.norms, rules.situations, case.situation, case.body)


def lawful(rules: Rules, case: Case, without: tuple[str, ...] = ()) -> bool:
    """The case can be, and keeps every hard norm but those of the clauses left out."""
    return possible(rules.situations, case) and all(
        set(norm.clauses) & set(without)
        for norm in broken(_binding(rules, case), case, rules.nation, rules.reading)
    )


def blocks(
    rules: Rules, case: Case, clause: str, clauses: tuple[str, ...], own: tuple[str, ...] = ()
) -> bool:
    """The case can be, breaks a norm of `clause`, and keeps those of the other `clauses`."""
    if not possible(rules.situations, case):
        return False
    bad = broken(_binding(rules, case), case, rules.nation, rules.reading)
    others = set(clauses) - {clause}
    own_only = [n for n in bad if not set(n.clauses) & set(own)]
    return any(clause in n.clauses for n in own_only) and not any(
        set(n.clauses) & others and clause not in n.clauses for n in own_only
    )


def promised(rules: Rules, case: Case, grant: NormRule) -> bool:
    """The case can be, and in it the permission applies and is exercised."""
    norms = _binding(rules, case)
    return (
        possible(rules.situations, case)
        and in_force(grant, norms, case, rules.nation, rules.reading)
        and true(act_of(grant), case, rules.nation, rules.reading)
    )


def exercised_lawfully(rules: Rules, case: Case, grant: NormRule) -> bool:
    """The permission is exercised and everything but its own clause is kept."""
    return promised(rules, case, grant) and lawful(rules, case, grant.clauses)


def unbroken_tie(rules: Rules, gathering: Gathering) -> bool:
    """The meeting is quorate, its vote is allowed, and it ends in equal votes that nobody breaks."""
    return quorate(rules, gathering) and tally(rules, gathering).outcome == "tied"


def carries(rules: Rules, gathering: Gathering) -> bool:
    """The meeting is quorate, and the votes as given carry the matter."""
    return quorate(rules, gathering) and tally(rules, gathering).outcome == "carried"
