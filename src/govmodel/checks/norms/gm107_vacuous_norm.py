"""GM107: a norm about a case that can never be, or of which its exception leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal, TypeAlias

from govmodel.checks.context import Check, Context
from govmodel.checks.findings import clauses_of, result
from govmodel.checks.norms.asking import kind_of_norm, norms, theory
from govmodel.exact.keeping import together
from govmodel.model.expressions import Not
from govmodel.model.finding import CheckResult, Finding, Undecided
from govmodel.model.rules import NormRule, Rule, Rules
from govmodel.model.verdict import Answer, Verdict
from govmodel.semantics.cases import prevails
from govmodel.smt.questions.cases import ever_in_force, spoken_of
from govmodel.words import text

ID, NAME = "GM107", "vacuous norm"


Why: TypeAlias = Literal["no case", "excepted", "overruled"]
"""Why nothing follows from a norm: its case can never be; it is excepted in each; others prevail in each."""
Never: TypeAlias = tuple[Why, tuple[str, ...]]
"""Why nothing follows, with the names of the norms without which something would."""


def run(context: Context) -> CheckResult:
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    variants: dict[str, list[NormRule]] = {}
    for norm in norms(context):
        if not norm.soft:
            variants.setdefault(norm.name, []).append(norm)
    asked = 0
    over_each = _over(context)
    for own in variants.values():
        over = over_each(own)
        if not over and not all(n.when is not None or n.unless is not None for n in own):
            continue
        asked += 1
        found = _never(context, own, over)
        if isinstance(found, Undecided):
            undecided.append(found)
        elif found is not None:
            why, needed = found
            findings.append(_finding(context, own[0], why, [n for n in over if n.name in needed]))
    return result(ID, findings, undecided, asked)


def _over(context: Context) -> Callable[[list[NormRule]], list[NormRule]]:
    """What commands or forbids, and prevails over a norm (its variants) by the words of the text. A
    permission does so only where somebody uses it."""
    by_name: dict[str, dict[int, NormRule]] = {}
    naming: dict[str, dict[int, NormRule]] = {}
    """Those of a name, and those that name one as what gives way, by their places."""
    for place, other in enumerate(norms(context)):
        if not other.soft and other.force != "may":
            by_name.setdefault(other.name, {})[place] = other
            for name in (*other.overrides, *other.changes):
                naming.setdefault(name, {})[place] = other

    def over(variants: list[NormRule]) -> list[NormRule]:
        found: dict[int, NormRule] = {}
        for norm in variants:
            near = (naming.get(norm.name, {}), *(by_name.get(name, {}) for name in norm.subject_to))
            found |= {n: other for some in near for n, other in some.items() if prevails(other, norm)}
        return [found[place] for place in sorted(found)]

    return over


def _never(context: Context, variants: list[NormRule], over: list[NormRule]) -> Never | Undecided | None:
    """Why nothing ever follows from the norm, under any reading; None: something does."""
    name = variants[0].name
    names = {name, *(other.name for other in over)}

    def about(rule: Rule) -> bool:
        return isinstance(rule, NormRule) and rule.name in names

    whys: dict[Why, list[str]] = {}
    for reading in context.space(about).all:
        rules = context.rules(reading)
        norm = next((n for n in rules.norms if n.name == name), None)
        if norm is None:
            continue
        above = [n for n in rules.norms if n in over and prevails(n, norm)]
        found = _why(context, norm, above, rules)
        if found is None or isinstance(found, Undecided):
            return found
        why, needed = found
        whys.setdefault(why, []).extend(needed)
    return next(((why, tuple(whys[why])) for why in _ORDER if why in whys), None)


_ORDER: tuple[Why, ...] = ("overruled", "excepted", "no case")


def _why(context: Context, norm: NormRule, above: list[NormRule], rules: Rules) -> Never | Undecided | None:
    """The same under one reading."""
    text = theory(context, kind_of_norm(context, norm))
    if isinstance(text, str):
        return Undecided(check=ID, subject=norm.name, why=text)
    if norm.name in text.left_out:
        return Undecided(check=ID, subject=norm.name, why=text.left_out[norm.name])
    speaks = [norm.when] if norm.when is not None else []
    stays = [*speaks, *([Not(norm.unless)] if norm.unless is not None else [])]
    yields = [Not(other.when) for other in above if other.when is not None]
    if len(yields) == len(above) and together([*stays, *yields], text.kinds):
        return None
    key = norm.name, norm.gate, rules.reading["day-count"]
    if speaks and not together(speaks, text.kinds):
        ask = partial(spoken_of, text.only([norm]), norm, rules.reading, effort=context.effort)
        answer = context.shared(("spoken of", *key), ask)
        assert isinstance(answer, Answer)
        if answer.verdict is not Verdict.HOLDS:
            return _no_case(norm, answer)
    if not above and norm.unless is None:
        return None
    closer = text.closer([norm])

    def in_force(names: tuple[str, ...]) -> Answer:
        """Whether it ever is, where it gives way to these alone."""
        ask = partial(ever_in_force, closer, norm, rules.reading, above=names, effort=context.effort)
        gates = tuple((n.name, n.gate) for n in above)
        return context.shared(("in force", *key, gates, names), ask)

    needed = tuple(dict.fromkeys(n.name for n in above))
    answers = [in_force(needed)]
    if answers[0].verdict is Verdict.HOLDS:
        return None
    # Its own exception comes before others, and of them no more than it takes.
    if norm.unless is not None and needed:
        answers.append(in_force(()))
        needed = () if answers[-1].verdict is Verdict.FAILS else needed
    for one in needed:
        left = tuple(name for name in needed if name != one)
        if left:
            answers.append(in_force(left))
            needed = left if answers[-1].verdict is Verdict.FAILS else needed
    unknown = next((answer for answer in answers if answer.verdict is Verdict.UNKNOWN), None)
    if unknown is not None:
        return Undecided(check=ID, subject=norm.name, why=unknown.why)
    return ("overruled" if needed else "excepted"), needed


def _no_case(norm: NormRule, answer: Answer) -> Never | Undecided:
    if answer.verdict is Verdict.UNKNOWN:
        return Undecided(check=ID, subject=norm.name, why=answer.why)
    return "no case", ()


def _finding(context: Context, norm: NormRule, why: Why, over: list[NormRule]) -> Finding:
    index = context.rulebook.clauses
    clauses = clauses_of(norm, *over) if why == "overruled" else norm.clauses
    above = clauses_of(*over)
    own, others, leaves = text.clause(norm.clauses), text.clause(above), text.clause(above, "leaves", "leave")
    speaks = "of which it speaks" + (", but for those that it excepts itself," if norm.unless else "")
    message, last, help = {
        "no case": (
            f"{text.clause(norm.clauses, 'speaks', 'speak')} of a case that can never be",
            "What it asks to be so at once cannot be so at once, whoever obeys or does not obey.",
            "Look at the conditions of the clause: two of them exclude each other.",
        ),
        "excepted": (
            f"the exception in {own} leaves no case for its rule",
            "In each case of which it speaks the exception is there too, and so nothing follows from it.",
            "Say in fewer words when the rule does not apply, or strike the rule out.",
        ),
        "overruled": (
            f"{leaves} no case for {own}",
            f"In each case {speaks} something else prevails, by {others}: nothing follows from it.",
            "Say in what case the exception is meant, or strike the rule out.",
        ),
    }[why]
    return Finding(
        check=ID,
        name=NAME,
        level="note" if why == "no case" else "warning",
        clauses=clauses,
        subject=norm.name,
        message=message,
        mark=norm.mark,
        story=(*(f"Clause {c}: {index[c].says}." for c in clauses if c in index), last),
        help=help,
    )


CHECK = Check(ID, NAME, run)
