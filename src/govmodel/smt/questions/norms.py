"""Questions about norms: conflict, unkeepable duty, hollow and narrowed permission, dilemma.

All have one form: some circumstances are possible in which no choice keeps every hard norm. What is
fixed by the circumstances differs: the givens (conflict), or a permission's own words (narrowed).

Norms that share no attribute are asked about apart (semantics, section 1), and for conflicts those that share
nothing but givens: what no choice keeps is kept by none for the sake of one such part, and a part without
conflicts is kept whatever else is so. Most parts are a norm or two, and a way to keep them can be written
down; the solver plays the others (`game.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Protocol, TypeVar

from govmodel.dataclass import dataclass, replace
from govmodel.model.expressions import All, Condition, Length, Timed
from govmodel.model.rules import NormRule, Reading, Rulebook
from govmodel.model.verdict import Case, Verdict
from govmodel.model.vocabulary import AttributeType
from govmodel.model.walk import commanded_in, names_in
from govmodel.semantics.cases import agreement, duty, prevails
from govmodel.smt.ask import EFFORT, Session, Value
from govmodel.smt.case import KIND, CaseTheory
from govmodel.smt.questions.game import MOST_CONFLICTS, Blocked, Game, NormAnswer, in_order, promise

T = TypeVar("T")


class Once(Protocol):
    """Asks a question, or knows the answer to one with the same key: for one rulebook, `fixed`, `effort`."""

    def __call__(self, key: object, make: Callable[[], T], /) -> T: ...


def _ask(_: object, question: Callable[[], T]) -> T:
    return question()


class Kept(Protocol):
    """A closed form that may answer first: whether one choice makes all the conditions so, on every day of a
    window of `window` days either way, whatever the attributes `given` are. False: not known."""

    def __call__(
        self,
        conditions: Iterable[Condition],
        kinds: Mapping[str, AttributeType],
        given: Collection[str],
        window: int,
        /,
    ) -> bool: ...


def _not_known(*_: object) -> bool:
    return False


def _known(once: Once, key: object, part: CaseTheory, question: Callable[[], NormAnswer]) -> NormAnswer:
    """The answer to a question about a part of a case, asked once for parts of one shape and told in the
    clauses and names of this one."""
    answer, clauses, names = once((key, part.shape), lambda: (question(), part.cited, part.names))
    if (clauses, names) == (part.cited, part.names):
        return answer
    cited = dict(zip(clauses, part.cited, strict=True))
    named = dict(zip(names, part.names, strict=True))
    blocked = (
        replace(
            b,
            clauses=tuple(cited[c] for c in b.clauses),
            norms=tuple(named[n] for n in b.norms),
            cases={cited[c]: case for c, case in b.cases.items()},
        )
        for b in answer.blocked
    )
    return replace(answer, blocked=tuple(blocked))


@dataclass(frozen=True, slots=True)
class Bound:
    """The least distance from the meeting that a permission promises and that is lawful, in days, for
    one kind of start day: `first` of them, `share` of 365. `lawful` None: none within the window."""

    first: date
    share: int
    stated: int
    lawful: int | None
    case: Case | None


def conflicts(
    rulebook: Rulebook,
    situation: str,
    body: str | None,
    *,
    effort: int = EFFORT,
    fixed: Reading | None = None,
    theory: CaseTheory | None = None,
    most: int = MOST_CONFLICTS,
    once: Once = _ask,
    kept: Kept = _not_known,
) -> NormAnswer:
    """FAILS iff in some circumstances (givens, start day, reading), possible in themselves, no choice
    keeps all hard norms. One clause: an unkeepable duty; several: a conflict between them.

    `most`: minimal clause sets looked for at most in each part of the case; that it was reached is said."""
    theory = theory or CaseTheory(rulebook, situation, body)

    def ask(part: CaseTheory) -> NormAnswer:
        return _known(
            once, ("conflicts", most), part, lambda: _conflicts(part, effort, fixed or {}, most, kept)
        )

    answers = [(part, ask(part)) for part in theory.split(_circumstances(theory))]
    joined = _sharing_clauses([part for part, answer in answers if answer.blocked])
    merged = [part for parts in joined if len(parts) > 1 for part in parts]
    told = [answer for part, answer in answers if part not in merged]
    told += [ask(theory.among(parts)) for parts in joined if len(parts) > 1]
    blocked = [_elsewhere(b, theory) for answer in told for b in answer.blocked]
    why = "; ".join(dict.fromkeys(answer.why for answer in told if answer.why))
    if not blocked:
        unknown = any(answer.verdict is Verdict.UNKNOWN for answer in told)
        return NormAnswer(Verdict.UNKNOWN if unknown else Verdict.HOLDS, why=why)
    return NormAnswer(Verdict.FAILS, in_order(blocked, theory.clauses), why=why)


def _conflicts(part: CaseTheory, effort: int, fixed: Reading, most: int, kept: Kept) -> NormAnswer:
    outer = _circumstances(part)
    if _kept_anyway(part, outer, None, kept):
        return NormAnswer(Verdict.HOLDS)
    return Game(part, outer, None, effort, fixed, most).play()


def _sharing_clauses(parts: Sequence[CaseTheory]) -> list[list[CaseTheory]]:
    """Parts with a clause in common together: of two sets of clauses one may then be within the other."""
    groups: list[list[CaseTheory]] = []
    for part in parts:
        near = [g for g in groups if any(set(part.clauses) & set(other.clauses) for other in g)]
        groups = [g for g in groups if g not in near] + [[*(p for g in near for p in g), part]]
    return groups


def _elsewhere(blocked: Blocked, theory: CaseTheory) -> Blocked:
    """The same told of this kind of case: the part may have been asked about in another."""
    return replace(blocked, cases={c: _placed(case, theory) for c, case in blocked.cases.items()})


def _placed(case: Case, theory: CaseTheory) -> Case:
    return replace(case, situation=theory.situation, body=theory.body)


def narrowed(
    rulebook: Rulebook,
    grant: NormRule,
    situation: str,
    body: str | None,
    *,
    effort: int = EFFORT,
    fixed: Reading | None = None,
    theory: CaseTheory | None = None,
    most: int = MOST_CONFLICTS,
    once: Once = _ask,
    kept: Kept = _not_known,
    known: Iterable[Collection[str]] = (),
) -> NormAnswer:
    """FAILS iff something that a permission promises in its own words (its `when`, its act, what it
    ranges over) cannot lawfully be done, however helpful everybody is. Hollow: nothing of it can.
    `known`: sets of clauses that whoever asks knows as conflicts, and that do not count."""
    theory = theory or CaseTheory(rulebook, situation, body)
    return _promised(theory, grant, False, effort, fixed or {}, most, once, kept, known)


def dilemmas(
    rulebook: Rulebook,
    grant: NormRule,
    situation: str,
    body: str | None,
    *,
    effort: int = EFFORT,
    fixed: Reading | None = None,
    theory: CaseTheory | None = None,
    most: int = MOST_CONFLICTS,
    once: Once = _ask,
    kept: Kept = _not_known,
    known: Iterable[Collection[str]] = (),
    fewest: int = 0,
) -> NormAnswer:
    """FAILS iff in some circumstances (givens too) a permission is promised, and once it is used no choice
    keeps every norm. `known`: sets of clauses that whoever asks knows as conflicts or narrowings, and that
    are not looked for again, nor any larger ones. `fewest`: sets of fewer clauses, beside those of the
    permission, are not told."""
    theory = theory or CaseTheory(rulebook, situation, body)
    return _promised(theory, grant, True, effort, fixed or {}, most, once, kept, known, fewest)


def _promised(
    theory: CaseTheory,
    grant: NormRule,
    with_givens: bool,
    effort: int,
    fixed: Reading,
    most: int,
    once: Once,
    kept: Kept,
    known: Iterable[Collection[str]] = (),
    fewest: int = 0,
) -> NormAnswer:
    """What a permission promises in vain; its own words are fixed, and the givens where so asked."""
    part = touched(theory, grant, effort=effort, fixed=fixed, once=once, kept=kept)
    own = own_words(grant, part)
    outer = tuple(dict.fromkeys((*own, *_givens(part)))) if with_givens else own
    places = {clause: place for place, clause in enumerate(part.clauses)}
    told = {tuple(sorted(places[c] for c in clauses)) for clauses in known if places.keys() >= set(clauses)}
    blocking = [tuple(part.clauses[place] for place in one) for one in sorted(told)]

    def ask() -> NormAnswer:
        if _kept_anyway(part, outer, grant, kept):
            return NormAnswer(Verdict.HOLDS)
        return Game(part, outer, grant, effort, fixed, most, known=blocking, fewest=fewest).play()

    key = ("promised", _place(grant, part), frozenset(outer), tuple(sorted(told)), fewest)
    answer = _known(once, key, part, ask)
    return replace(answer, blocked=tuple(_elsewhere(b, theory) for b in answer.blocked))


def touched(
    theory: CaseTheory,
    grant: NormRule,
    *,
    effort: int = EFFORT,
    fixed: Reading | None = None,
    once: Once = _ask,
    kept: Kept = _not_known,
) -> CaseTheory:
    """The parts of a case on which it depends whether a permission can be used: its own and those of which it
    speaks, and those that cannot be kept anyway."""
    named = {*own_words(grant, theory), *names_in(grant.content)}

    def own(part: CaseTheory) -> bool:
        return bool(named & part.kinds.keys()) or any(norm is grant for norm in part.looked_at)

    key = (id(grant), effort, *sorted((fixed or {}).items()))
    if key not in theory.touched:
        theory.touched[key] = grant, _with_parts(theory, own, effort, fixed or {}, once, kept)
    return theory.touched[key][1]


def around(
    theory: CaseTheory,
    norms: Iterable[NormRule],
    *,
    effort: int = EFFORT,
    once: Once = _ask,
    kept: Kept = _not_known,
) -> CaseTheory:
    """The parts of a case on which it depends what some of its norms add to the others: their own, and those
    that cannot be kept anyway."""
    ids = {id(norm) for norm in norms}

    def own(part: CaseTheory) -> bool:
        return any(id(norm) in ids for norm in part.looked_at)

    return _with_parts(theory, own, effort, {}, once, kept)


def _with_parts(
    theory: CaseTheory,
    own: Callable[[CaseTheory], bool],
    effort: int,
    fixed: Reading,
    once: Once,
    kept: Kept,
) -> CaseTheory:
    parts = [p for p in theory.parts if own(p) or not _without_conflict(p, effort, fixed, once, kept)]
    return parts[0] if len(parts) == 1 else theory.among(parts)


def _without_conflict(theory: CaseTheory, effort: int, fixed: Reading, once: Once, kept: Kept) -> bool:
    """Whether some choice keeps all norms whatever else is so."""
    return all(
        _known(
            once,
            ("conflicts", MOST_CONFLICTS),
            part,
            partial(_conflicts, part, effort, fixed, MOST_CONFLICTS, kept),
        ).verdict
        is Verdict.HOLDS
        for part in theory.split(_circumstances(theory))
    )


def _place(grant: NormRule, part: CaseTheory) -> int:
    """Which of the norms a permission is; where it is none of them, by itself."""
    return next((n for n, norm in enumerate(part.looked_at) if norm is grant), id(grant))


def _kept_anyway(theory: CaseTheory, outer: Collection[str], grant: NormRule | None, kept: Kept) -> bool:
    """Whether one choice keeps all norms in all circumstances, by the closed form. False: not known."""
    without = set(grant.clauses) if grant is not None else set()
    duties = [
        asked
        for norm in theory.hard
        if (asked := duty(norm)) is not None
        and not (set(norm.clauses) & without and not (grant is not None and prevails(grant, norm)))
    ]
    return kept(duties, theory.kinds, outer, theory.window)


def own_words(grant: NormRule, theory: CaseTheory) -> tuple[str, ...]:
    """The attributes in a permission's own `when` and act, with those that it ranges over in words."""
    parts: list[Condition] = [grant.content, *([grant.when] if grant.when else [])]
    names = {name for part in parts for name in names_in(part)}
    for word in grant.over:
        names |= {n for n in theory.kinds if n == word or n.rpartition(".")[2] == word}
    return tuple(n for n in theory.kinds if n in names)


def _circumstances(theory: CaseTheory) -> tuple[str, ...]:
    """The givens, and the kind of meeting where some are held so and so often: whoever calls a meeting may
    choose another kind, and these have to be held all the same. Not where some norm commands the kind."""
    commanded = {name for n in theory.hard if n.force != "may" for name in commanded_in(n.content)}
    fixed = {*_givens(theory), *((KIND,) if theory.held and KIND not in commanded else ())}
    return tuple(name for name in theory.kinds if name in fixed)


def _givens(theory: CaseTheory) -> tuple[str, ...]:
    """What nobody bound by the text chooses. An attribute that some norm commands or forbids is always a
    choice."""
    commanded = {name for n in theory.hard if n.force != "may" for name in commanded_in(n.content)}
    return tuple(n for n, kind in theory.kinds.items() if kind.chosen_by is None and n not in commanded)


def bounds(
    rulebook: Rulebook,
    grant: NormRule,
    situation: str,
    body: str | None,
    *,
    reading: Reading,
    effort: int = EFFORT,
    fixed: Reading | None = None,
    theory: CaseTheory | None = None,
    once: Once = _ask,
    only: Collection[str] | None = None,
) -> tuple[Verdict, tuple[Bound, ...], str]:
    """The effective bound of a permission with a distance from the meeting, per kind of start day; `only`: by
    these clauses.

    HOLDS iff on every start day the least lawful distance is the stated one. Found by bisection.
    """
    part = timed_bound(grant)
    if part is None:
        return Verdict.HOLDS, (), "the permission has no distance from the meeting"
    whole = theory or CaseTheory(rulebook, situation, body)
    theory = touched(whole, grant, effort=effort, fixed=fixed, once=once)
    total = {**rulebook.base, **reading}
    every = tuple(theory.clause_literal(c) for c in theory.clauses if only is None or c in only)
    key = ("bounds", _place(grant, theory), tuple(theory.literals_of(total)), every, theory.shape)
    verdict, found, why = once(key, lambda: _bounds(theory, grant, part, total, effort, every))
    here = (b if b.case is None else replace(b, case=_placed(b.case, whole)) for b in found)
    return verdict, tuple(here), why


def _bounds(
    theory: CaseTheory,
    grant: NormRule,
    part: Timed,
    reading: Reading,
    effort: int,
    every: Sequence[str],
) -> tuple[Verdict, tuple[Bound, ...], str]:
    session = Session(theory.declarations(), effort)
    session.add(f"(assert {promise(theory, grant)})")
    session.add(f"(assert {theory.lawful({}, without=grant.clauses, grant=grant)})")
    distance = f"(- |{part.event}|)" if part.way == "before" else f"|{part.event}|"
    assumed = [*every, *theory.literals_of(reading)]
    made: dict[tuple[str, int], str] = {}

    def literal(kind: str, number: int) -> str:
        if (kind, number) not in made:
            name = f"q{kind}{number}"
            term = f"(= S {number})" if kind == "S" else f"(<= {distance} {number})"
            session.add(f"(declare-const {name} Bool)(assert (=> {name} {term}))")
            made[kind, number] = name
        return made[kind, number]

    clear = reading.get("day-count") == "clear"
    position = theory.days.lengths[part.length, part.way]
    found: list[Bound] = []
    for number, shape in enumerate(theory.shapes):
        stated = shape.days[position][clear]
        at = [*assumed, literal("S", number)]
        low, high, tried = stated, theory.window, False
        best: Mapping[str, Value] | None = None
        result = session.ask(at)
        if result.status == "unknown":
            return Verdict.UNKNOWN, (), result.why
        if result.status == "sat":
            best = result.values
            high = abs(int(best.get(part.event, 0)))
            # The answer is nearly always one of the lengths of the text: try those before bisecting.
            likely = sorted({days[clear] for days in shape.days if low <= days[clear] < high})
            while low < high:
                likely = [n for n in likely if low <= n < high]
                middle = likely[0] if likely else high - 1 if tried else (low + high) // 2
                tried = bool(likely)
                result = session.ask([*at, literal("D", middle)])
                if result.status == "unknown":
                    return Verdict.UNKNOWN, (), result.why
                if result.status == "sat":
                    best = result.values
                    high = abs(int(best.get(part.event, 0)))
                else:
                    low = middle + 1
        case = None if best is None else Case(theory.situation, theory.body, shape.first, theory.facts(best))
        found.append(Bound(shape.first, shape.share, stated, None if best is None else high, case))
    same = all(b.lawful == b.stated for b in found)
    return (Verdict.HOLDS if same else Verdict.FAILS), tuple(found), ""


def timed_bound(grant: NormRule) -> Timed | None:
    """The distance from the meeting in a permission's act, if it has just one at-least."""
    parts = grant.content.items if isinstance(grant.content, All) else (grant.content,)
    timed = [p for p in parts if isinstance(p, Timed) and p.anchor == "meeting" and p.op == ">="]
    return timed[0] if len(timed) == 1 else None


def stated_length(grant: NormRule) -> Length | None:
    part = timed_bound(grant)
    return part.length if part else None


__all__ = [
    "Blocked", "Bound", "NormAnswer", "agreement", "bounds", "conflicts", "dilemmas", "narrowed",
    "own_words", "stated_length", "timed_bound",
]  # fmt: skip
