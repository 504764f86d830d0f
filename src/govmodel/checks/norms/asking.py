"""The questions that several checks on norms share, each asked once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from govmodel.checks.context import Context
from govmodel.checks.findings import clauses_of
from govmodel.dataclass import dataclass
from govmodel.exact.calendars import often
from govmodel.exact.keeping import together
from govmodel.model.finding import Undecided
from govmodel.model.rules import MeetingRule, NormRule, Rules
from govmodel.model.verdict import Verdict
from govmodel.semantics.cases import NotDecidable, binding, lineage
from govmodel.smt.case import CaseTheory
from govmodel.smt.mentions import Mentions
from govmodel.smt.questions.norms import Blocked, NormAnswer, Once, conflicts, dilemmas, narrowed


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case: a situation of a body (None: of no body in particular)."""

    situation: str
    body: str | None

    def __str__(self) -> str:
        return f"{self.situation} of {self.body}" if self.body else self.situation


def norms(context: Context) -> tuple[NormRule, ...]:
    rules = context.rulebook.rules
    return context.shared("norms", lambda: tuple(r for r in rules if isinstance(r, NormRule)))


def named(context: Context, names: Collection[str]) -> list[NormRule]:
    """The norms of these names, each in all its variants, in the order of the text."""

    def make() -> dict[str, list[tuple[int, NormRule]]]:
        found: dict[str, list[tuple[int, NormRule]]] = {}
        for place, norm in enumerate(norms(context)):
            found.setdefault(norm.name, []).append((place, norm))
        return found

    known = context.shared("norms by name", make)
    every = sorted((pair for name in {*names} for pair in known.get(name, ())), key=lambda pair: pair[0])
    return [norm for _, norm in every]


def kinds(context: Context) -> tuple[Kind, ...]:
    """The kinds of case that some norm speaks of, innermost situations only where they say it all."""
    return context.shared("kinds of case", lambda: _kinds(context))


def _kinds(context: Context) -> tuple[Kind, ...]:
    situations = context.rulebook.situations
    found: dict[Kind, set[str]] = {}
    everything = norms(context)
    bodies = tuple(dict.fromkeys(n.body for n in everything if n.body is not None))
    for situation in dict.fromkeys(n.situation for n in everything):
        own = [n for n in everything if n.situation == situation]
        for body in dict.fromkeys(n.body for n in own):
            for place in (body,) if body is not None else (bodies if _met(context, situation) else (None,)):
                found.setdefault(Kind(situation, place), set())
    inner = {Kind(parent, kind.body) for kind in found for parent in lineage(situations, kind.situation)[1:]}
    return tuple(kind for kind in found if kind not in inner and _ours(context, kind))


def _ours(context: Context, kind: Kind) -> bool:
    """Whether the norms on a kind of case are not all of one other text of a landscape."""
    if not context.rulebook.texts:
        return True
    return context.ours(clauses_of(*_bound(context, kind)))


def _met(context: Context, situation: str) -> bool:
    """Whether an event of this situation belongs to a meeting of some body."""
    return "meeting" in lineage(context.rulebook.situations, situation)


def theory(context: Context, kind: Kind) -> CaseTheory | str:
    """The text of a kind of case, or why it cannot be written."""

    def make() -> object:
        try:
            bound, held = _bound(context, kind), _held(context).get(kind.body or "", ())
            mentions = context.shared("what norms mention", Mentions)
            return CaseTheory(
                context.rulebook, kind.situation, kind.body, norms=bound, held=held, mentions=mentions
            )
        except NotDecidable as error:
            return str(error)

    made = context.shared(("theory", kind), make)
    assert isinstance(made, (CaseTheory, str))
    return made


def _held(context: Context) -> Mapping[str, tuple[str, ...]]:
    """The kinds of meeting that a body holds so and so often under every reading, by body."""

    def make() -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for rule in (r for r in context.rulebook.of(MeetingRule) if not r.gate):
            stated = (rule.how_often, rule.at_least)
            if any(each is not None and often(each, exactly=True) is not None for each in stated):
                found[rule.body] = tuple(dict.fromkeys((*found.get(rule.body, ()), rule.kind)))
        return found

    return context.shared("kinds of meeting held", make)


def _bound(context: Context, kind: Kind) -> Sequence[NormRule]:
    """The norms that bind in a kind of case."""
    own = _by_body(context, norms(context), kind.body)
    return binding(own, context.rulebook.situations, kind.situation, kind.body)


def bound_under(context: Context, rules: Rules, kind: Kind) -> Sequence[NormRule]:
    """The norms that bind in a kind of case under one reading."""
    own = _by_body(context, rules.norms, kind.body)
    return binding(own, rules.situations, kind.situation, kind.body)


def _by_body(context: Context, among: tuple[NormRule, ...], body: str | None) -> Sequence[NormRule]:
    """The norms of a body and of any, in the order of the text; all of them, where no body is meant."""
    if body is None:
        return among

    def make() -> dict[str | None, list[tuple[int, NormRule]]]:
        found: dict[str | None, list[tuple[int, NormRule]]] = {}
        for place, norm in enumerate(among):
            found.setdefault(norm.body, []).append((place, norm))
        return found

    grouped = context.shared(("norms by body", id(among)), make)
    own = sorted((*grouped.get(None, ()), *grouped.get(body, ())), key=lambda pair: pair[0])
    return [norm for _, norm in own]


def left_out(context: Context, kind: Kind, check: str) -> list[Undecided]:
    """The norms that could not be asked about in a kind of case, and why."""
    text = theory(context, kind)
    if isinstance(text, str):
        return []
    return [Undecided(check=check, subject=name, why=why) for name, why in text.left_out.items()]


def unknown(answer: NormAnswer | str) -> str:
    """Why a question was not asked or not answered; empty: it was answered."""
    if isinstance(answer, str):
        return answer
    return answer.why if answer.verdict is Verdict.UNKNOWN else ""


def found_in(answer: NormAnswer | str) -> tuple[Blocked, ...]:
    """What an answer has found; nothing where there is none."""
    return () if isinstance(answer, str) else answer.blocked


def ask_conflicts(context: Context, kind: Kind, once: Once | None = None) -> NormAnswer | str:
    """The answer on conflicts in a kind of case, or why it was not asked. `once`: who knows the answers for
    parts of a case; the context itself, if nobody else."""
    text = theory(context, kind)
    if isinstance(text, str):
        return text
    answer = context.shared(
        ("conflicts", kind),
        lambda: conflicts(
            context.rulebook,
            kind.situation,
            kind.body,
            effort=context.effort,
            fixed=context.fixed,
            theory=text,
            most=context.most_conflicts,
            once=once or context.shared,
            kept=together,
        ),
    )
    assert isinstance(answer, NormAnswer)
    return answer


def grants(context: Context) -> tuple[NormRule, ...]:
    return tuple(n for n in norms(context) if n.force == "may" and _ours(context, kind_of_norm(context, n)))


def kind_of_norm(context: Context, norm: NormRule) -> Kind:
    """The kind of case in which one norm is asked about: its own event; of the first body that meets,
    where it speaks of the meetings of any."""
    body = norm.body
    if body is None and _met(context, norm.situation):
        body = next((r.body for r in context.rulebook.of(MeetingRule)), None)
    return Kind(norm.situation, body)


def ask_narrowed(
    context: Context, grant: NormRule, known: Sequence[Collection[str]] = ()
) -> NormAnswer | str:
    """The answer on a permission, or why it was not asked; `known` conflicts do not count."""
    return _ask_of(context, grant, ("narrowed", *map(tuple, known)), partial(narrowed, known=known))


def ask_dilemmas(
    context: Context, grant: NormRule, known: Iterable[Collection[str]] = ()
) -> NormAnswer | str:
    """The answer on what two clauses or more come to once a permission is used, or why it was not asked; not
    what follows from sets of clauses that are `known` to block."""
    return _ask_of(context, grant, "dilemmas", partial(dilemmas, known=known, fewest=2))


def _ask_of(
    context: Context, grant: NormRule, name: object, question: Callable[..., NormAnswer]
) -> NormAnswer | str:
    kind = kind_of_norm(context, grant)
    text = theory(context, kind)
    if isinstance(text, str):
        return text
    if grant.name in text.left_out:
        return text.left_out[grant.name]
    answer = context.shared(
        (name, grant.name, grant.gate),
        lambda: question(
            context.rulebook,
            grant,
            kind.situation,
            kind.body,
            effort=context.effort,
            fixed=context.fixed,
            theory=text,
            most=context.most_conflicts,
            once=context.shared,
            kept=together,
        ),
    )
    assert isinstance(answer, NormAnswer)
    return answer
