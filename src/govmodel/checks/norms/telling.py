"""Stories about cases: facts in words, with dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from govmodel.checks.context import Context
from govmodel.checks.findings import lowered
from govmodel.checks.norms.asking import Kind, named
from govmodel.checks.stories import on
from govmodel.model.finding import Finding, Level, Undecided
from govmodel.model.rules import Reading
from govmodel.model.verdict import Case, Fact
from govmodel.semantics.cases import lineage
from govmodel.semantics.replay import blocks, broken_of
from govmodel.smt.questions.norms import Blocked
from govmodel.words.events import is_clause
from govmodel.words.text import capital


def blocked_finding(
    context: Context,
    kind: Kind,
    blocked: Blocked,
    *,
    check: str,
    name: str,
    level: Level,
    message: str,
    help: str,
) -> Finding | Undecided | None:
    """A finding about duties, with the circumstances in words; None where its level falls to silence;
    undecided where the judge does not confirm it."""
    final = lowered(level, blocked.in_base)
    if final is None:
        return None
    rules = context.rules(blocked.reading)
    for clause, case in blocked.cases.items():
        if not blocks(rules, case, clause, blocked.clauses):
            why = f"the judge does not confirm that clause {clause} is needed"
            return Undecided(check=check, subject=str(kind), why=why)
    first = next(iter(blocked.cases.values()))
    kind = _own(context, kind, blocked)
    story = [f"The case: {event_in_words(context, kind)}, on {on(first.day)}."]
    story += [f"{sentence(context, fact, value, first.day)}." for fact, value in blocked.facts.items()]
    for clause in blocked.clauses:
        story.append(f"Clause {clause}: {_says(context, clause)}.")
    story.append("Whatever is chosen, one of these is not kept.")
    involved = named(context, blocked.norms)
    return Finding(
        check=check,
        name=name,
        level=final,
        clauses=blocked.clauses,
        subject=involved[0].name if len(blocked.clauses) == 1 else str(kind),
        message=message,
        mark=involved[0].mark,
        story=tuple(story),
        told_in=blocked.reading,
        help=help,
        readings=spoken(blocked.readings),
        in_base=blocked.in_base,
        evidence={"facts": {k: plain(v) for k, v in blocked.facts.items()}, "norms": list(blocked.norms)},
    )


def _own(context: Context, kind: Kind, blocked: Blocked) -> Kind:
    """The kind of case of what blocks: a meeting, though other rules are about its items or who attends it.
    For each clause the widest event of what is broken, and of all these the narrowest."""
    rules = context.rules(blocked.reading)
    around = lineage(context.rulebook.situations, kind.situation)
    needed = [around.index(s) for s in {name.rpartition(".")[0] for name in blocked.facts} if s in around]
    for clause, case in blocked.cases.items():
        own = [n for n in broken_of(rules, case, blocked.clauses) if clause in n.clauses]
        needed.append(max((around.index(n.situation) for n in own if n.situation in around), default=0))
    return Kind(around[min(needed, default=0)], kind.body)


def spoken(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Partial readings, less those that a smaller one makes needless; `()` for all readings."""
    items = [frozenset(r.items()) for r in readings]
    kept = [r for r, own in zip(readings, items, strict=True) if not any(other < own for other in items)]
    found: list[Reading] = []
    for reading in kept:
        if reading not in found:
            found.append(reading)
    return () if {} in found else tuple(found)


def plain(value: Fact) -> object:
    return str(value) if isinstance(value, Fraction) else value


def event_in_words(context: Context, kind: Kind) -> str:
    says = context.rulebook.situations[kind.situation].says
    body = next((r for r in context.rules().bodies.values() if r.name == kind.body), None)
    if body is None:
        return says
    return f"{says} of the {body.title}" if kind.situation == "meeting" else f"{says} ({body.title})"


def _says(context: Context, clause: str) -> str:
    entry = context.rulebook.clauses.get(clause)
    return entry.says if entry else "(not in the clause index)"


def sentence(context: Context, name: str, value: Fact, day: date) -> str:
    """A fact of a case in words."""
    if name.startswith("agreed:"):
        return "It is agreed" if value else "It is not agreed"
    if name.startswith("waived:"):
        return "It is lifted" if value else "It is not lifted"
    situation, _, key = name.rpartition(".")
    kind = context.rulebook.situations[situation].attributes[key]
    match kind.kind:
        case "yes-no":
            return capital(kind.says) if value else f"It is not so that {kind.says}"
        case "time" if isinstance(value, int):
            between = " on" if is_clause(kind.says) else ":"
            return f"{capital(kind.says)}{between} {on(day + timedelta(days=value))}"
        case "time":
            never = f"It never happens that {kind.says}"
            return never if is_clause(kind.says) else f"{capital(kind.says)}: not at all"
        case "one-of" if kind.says.startswith("the "):
            return f"{capital(kind.says)} is {str(value).replace('-', ' ')}"
        case _:
            return f"{capital(kind.says)}: {value}"


def facts_of(case: Case, names: tuple[str, ...]) -> Mapping[str, object]:
    return {n: plain(case.facts[n]) for n in names if n in case.facts}


def clauses_in_words(clauses: tuple[str, ...]) -> str:
    """`clause 6.3`, `clauses 6.3 and 6.4`."""
    return f"clause{'s' if len(clauses) > 1 else ''} {' and '.join(clauses)}"
