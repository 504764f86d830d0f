"""Questions about norms: conflict, unkeepable duty, hollow and narrowed permission, dilemma.

All have one form: some circumstances are possible in which no choice keeps every hard norm. What is
fixed by the circumstances differs: the givens (conflict), or a permission's own words (narrowed).
Decided by counterexample-guided instantiation: guess circumstances, look for a lawful choice, learn
from each choice found. All minimal clause sets are enumerated as in MARCO (Liffiton, Previti, Malik and
Marques-Silva 2016), with the circumstances among what is searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from govmodel.model.expressions import All, Condition, Length, Timed
from govmodel.model.rules import NormRule, Reading, Rulebook
from govmodel.model.verdict import Case, Fact, Verdict
from govmodel.model.walk import commanded_in, conditions, names_in
from govmodel.reading import minimal, readings
from govmodel.semantics.cases import act_of, agreement, conditions_of
from govmodel.smt.ask import EFFORT, Result, Session, Value, shrink
from govmodel.smt.case import CaseTheory

ROUNDS = 400
"""Guesses at most for one question; beyond, UNKNOWN."""
MOST_CONFLICTS = 20
"""Minimal clause sets looked for at most in one kind of case."""
MOST_READINGS = 40
"""Partial readings looked for at most for one clause set."""
MOST_COMBINED = 1024
"""Readings enumerated at most to say partial ones in fewer words."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """Circumstances in which no choice keeps the norms of these clauses, which are minimal.

    `readings`: minimal partial readings, any one of which suffices (`({},)`: all). `facts`: only
    those without which it goes. `cases[c]`: a lawful choice but for clause c, which shows that c is
    needed (for a permission: that it is promised). `day_matters`: it goes on some start days.
    """

    clauses: tuple[str, ...]
    norms: tuple[str, ...]
    facts: Mapping[str, Fact]
    reading: Reading
    readings: tuple[Reading, ...]
    in_base: bool
    cases: Mapping[str, Case]
    day_matters: bool


@dataclass(frozen=True, slots=True)
class NormAnswer:
    """The verdict with all that was found; `why` says why UNKNOWN or what bound was reached."""

    verdict: Verdict
    blocked: tuple[Blocked, ...] = ()
    hollow: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The least distance from the meeting that a permission promises and that is lawful, in days, for
    one kind of start day: `first` of them, `share` of 365. `lawful` None: none within the window."""

    first: date
    share: int
    stated: int
    lawful: int | None
    case: Case | None


class _Unknown(Exception):
    pass


def conflicts(
    rulebook: Rulebook,
    situation: str,
    body: str | None,
    *,
    effort: int = EFFORT,
    fixed: Reading | None = None,
    theory: CaseTheory | None = None,
) -> NormAnswer:
    """FAILS iff in some circumstances (givens, start day, reading), possible in themselves, no choice
    keeps all hard norms. One clause: an unkeepable duty; several: a conflict between them."""
    theory = theory or CaseTheory(rulebook, situation, body)
    return _Game(theory, _givens(theory), None, effort, fixed or {}).play()


def narrowed(
    rulebook: Rulebook,
    grant: NormRule,
    situation: str,
    body: str | None,
    *,
    effort: int = EFFORT,
    fixed: Reading | None = None,
    theory: CaseTheory | None = None,
) -> NormAnswer:
    """FAILS iff something that a permission promises in its own words (its `when`, its act, what it
    ranges over) cannot lawfully be done, however helpful everybody is. Hollow: nothing of it can."""
    theory = theory or CaseTheory(rulebook, situation, body)
    own = own_words(grant, theory)
    return _Game(theory, own, grant, effort, fixed or {}).play()


def dilemmas(
    rulebook: Rulebook,
    grant: NormRule,
    situation: str,
    body: str | None,
    *,
    effort: int = EFFORT,
    fixed: Reading | None = None,
    theory: CaseTheory | None = None,
) -> NormAnswer:
    """FAILS iff in some circumstances (givens too) a permission is promised, and once it is used no choice
    keeps every norm. Whoever asks leaves out what is a conflict or a narrowing anyway."""
    theory = theory or CaseTheory(rulebook, situation, body)
    outer = tuple(dict.fromkeys((*own_words(grant, theory), *_givens(theory))))
    return _Game(theory, outer, grant, effort, fixed or {}).play()


def own_words(grant: NormRule, theory: CaseTheory) -> tuple[str, ...]:
    """The attributes in a permission's own `when` and act, with those that it ranges over in words."""
    parts: list[Condition] = [grant.content, *([grant.when] if grant.when else [])]
    names = {name for part in parts for name in names_in(part)}
    for word in grant.over:
        names |= {n for n in theory.kinds if n == word or n.rpartition(".")[2] == word}
    return tuple(n for n in theory.kinds if n in names)


def _givens(theory: CaseTheory) -> tuple[str, ...]:
    """What nobody bound by the text chooses. An attribute that some norm commands or forbids is always a
    choice."""
    commanded = {name for n in theory.hard if n.force != "may" for name in commanded_in(n.content)}
    return tuple(n for n, kind in theory.kinds.items() if kind.chosen_by is None and n not in commanded)


class _Game:
    """∃ circumstances ∀ choices, over one theory. `grant` None: all norms; else a permission's promise."""

    def __init__(
        self,
        theory: CaseTheory,
        outer: tuple[str, ...],
        grant: NormRule | None,
        effort: int,
        fixed: Reading,
    ) -> None:
        self.t = theory
        self.grant = grant
        self.outer = outer
        self.choices = tuple(n for n in (*theory.kinds, *theory.agreements) if n not in outer)
        self.effort = effort
        self.fixed = fixed
        self.without = grant.clauses if grant is not None else ()
        self.every = tuple(f"c{i}" for i in range(len(theory.clauses)))
        self.text = f"{theory.declarations()}\n{theory.near(outer)}"
        text = self.text
        self.circumstances = Session(text, effort)
        if grant is not None:
            self.circumstances.add(f"(assert {self._promise()})")
        self.choice = Session(text, effort, beside=self.circumstances)
        # `w` waives everything; every question denies it but one, on which readings a loss rests.
        lawful = theory.lawful({}, without=self.without, grant=grant)
        self.choice.add(f"(declare-const w Bool)(assert (or w {lawful}))")
        self.sessions = [self.circumstances, self.choice]
        self._facts: dict[tuple[str, Value | None], str] = {}
        self.fixed_literals = theory.literals_of(fixed)
        # Events of the circumstances from which times run: what is chosen is learnt in relation to them too.
        parts = (p for n in theory.looked_at for c in conditions_of(n) for p in conditions(c))
        anchors = {p.anchor for p in parts if isinstance(p, Timed)}
        self.anchors = tuple(n for n in outer if n in anchors)

    def _promise(self, env: Mapping[str, str] | None = None) -> str:
        assert self.grant is not None
        act = self.t.condition(act_of(self.grant), env or {})
        when = self.t.in_force(self.grant, env or {})
        return f"(and {self.t.gate(self.grant.gate)} {when} {act})"

    # the loop

    def play(self) -> NormAnswer:
        try:
            return self._play()
        except _Unknown as error:
            return NormAnswer(Verdict.UNKNOWN, why=str(error))

    def _play(self) -> NormAnswer:
        found: dict[tuple[str, ...], Blocked] = {}
        everything = True
        while len(found) < MOST_CONFLICTS:
            lost = self._lose(() if everything else None, ())
            if lost is None and everything and found:
                everything = False  # what is left hides behind what was found: look at fewer clauses
                continue
            if lost is None:
                break
            clauses = self._clauses(lost)
            found[clauses] = self._describe(clauses)
            self._settle(clauses, len(found))
        why = "" if len(found) < MOST_CONFLICTS else f"stopped at {MOST_CONFLICTS} minimal clause sets"
        if not found:
            return NormAnswer(Verdict.HOLDS, why=why)
        blocked = tuple(found.values())
        return NormAnswer(Verdict.FAILS, blocked, hollow=self._hollow(blocked), why=why)

    def _hollow(self, blocked: Sequence[Blocked]) -> bool:
        """The permission promises something, and nothing of it is lawful: in the base reading if it is
        narrowed there, else in the reading of the first clauses found."""
        if self.grant is None:
            return False
        own = any(b.in_base for b in blocked)
        reading = self._base() if own else self.t.literals_of(blocked[0].reading)
        session = Session(self.text, self.effort, beside=self.circumstances)
        session.add(f"(assert {self._promise()})")
        promised = session.ask(reading)
        session.add(f"(assert {self.t.lawful({}, without=self.without, grant=self.grant)})")
        result = session.ask([*self.every, *reading])
        if "unknown" in (promised.status, result.status):
            raise _Unknown(promised.why or result.why)
        return promised.status == "sat" and result.status == "unsat"

    def _base(self) -> list[str]:
        base = {**self.t.rulebook.base, **self.fixed}
        return self.t.literals_of(base)

    def _settle(self, clauses: tuple[str, ...], number: int) -> None:
        """From now on only what does not follow from this clause set: with all of these clauses in play, the
        circumstances are such that some choice keeps them. So every set that is minimal in some circumstances
        is found, and a larger one too where the smaller does not block."""
        prefix = f"k{number}~"
        self.circumstances.add("".join(self.t.attribute_text(self.choices, prefix)))
        env = self.t.renamed(self.choices, prefix)
        kept = self.t.lawful(env, without=self.without, grant=self.grant, only=clauses)
        playing = " ".join(self.t.clause_literal(c) for c in clauses)
        self.circumstances.add(f"(assert (=> (and {playing}) (and {self.t.possible(env)} {kept})))")

    def _clause_assumptions(self, dropped: Sequence[str]) -> list[str]:
        off = {self.t.clause_literal(c) for c in dropped}
        return [f"-{c}" if c in off else c for c in self.every]

    def _lose(
        self, dropped: Sequence[str] | None, extra: Sequence[str], within: Session | None = None
    ) -> Mapping[str, Value] | None:
        """Circumstances in which no choice is lawful with some clauses dropped; None: there are none.
        `dropped` None: any clauses may be, and the values of the clauses say which are left.
        `within`: a narrower session of circumstances."""
        guesses = within or self.circumstances
        assumed = [] if dropped is None else self._clause_assumptions(dropped)
        for _ in range(ROUNDS):
            guess = guesses.ask([*assumed, *self.fixed_literals, *extra])
            if guess.status == "unknown":
                raise _Unknown(guess.why)
            if guess.status == "unsat":
                return None
            values = guess.values
            answer = self._best_choice(values)
            if answer is None:
                return values
            env = self.t.constants(answer.values, self.choices)
            lawful = self.t.lawful(env, without=self.without, grant=self.grant)
            guesses.add(f"(assert (not (and {self.t.possible(env)} {lawful})))")
            for anchor in (a for a in self.anchors if values.get(f"{a}?")):
                both = {**values, **answer.values}
                env, inside = self.t.moved(both, self.choices, anchor)
                lawful = self.t.lawful(env, without=self.without, grant=self.grant)
                guesses.add(f"(assert (not (and {inside} {self.t.possible(env)} {lawful})))")
        raise _Unknown(f"no end after {ROUNDS} guesses of circumstances")

    def _best_choice(self, values: Mapping[str, Value]) -> Result | None:
        """A choice that is lawful in these circumstances with the clauses that are in play, and keeps as many
        of the others as can be: what it breaks for nothing would have to be learnt one by one. None: there is
        none."""
        facts = self._literals(values)
        kept = [c for c in self.every if values.get(c)]
        best = self.choice.ask(["-w", *self.every, *facts])
        if best.status == "unsat" and len(kept) < len(self.every):
            best = self.choice.ask(["-w", *kept, *facts])
            for clause in (c for c in self.every if c not in kept):
                if best.status != "sat":
                    break
                more = self.choice.ask(["-w", *kept, clause, *facts])
                if more.status == "sat":
                    kept.append(clause)
                    best = more
        if best.status == "unknown":
            raise _Unknown(best.why)
        return None if best.status == "unsat" else best

    def _needed(self, clauses: tuple[str, ...]) -> Session:
        """Circumstances in which each of these clauses is needed: with all but it, some choice is lawful."""
        session = Session(self.text, self.effort, beside=self.circumstances)
        if self.grant is not None:
            session.add(f"(assert {self._promise()})")
        for i, _ in enumerate(clauses):
            session.add("".join(self.t.attribute_text(self.choices, f"{i}~")))
            env = self.t.renamed(self.choices, f"{i}~")
            session.add(f"(assert {self._all_but_one(clauses, i, env)})")
        for (name, value), literal in self._facts.items():
            session.add(self._meaning(literal, name, value))
        self.sessions.append(session)
        return session

    def _all_but_one(self, clauses: tuple[str, ...], left_out: int, env: Mapping[str, str]) -> str:
        """The norms of all these clauses but one are kept by the choices of `env`."""
        rest = [c for i, c in enumerate(clauses) if i != left_out]
        lawful = self.t.lawful(env, without=self.without, grant=self.grant, only=rest)
        return f"(and {self.t.possible(env)} {lawful})"

    def _options(self, clauses: tuple[str, ...], values: Mapping[str, Value]) -> tuple[str, ...]:
        """Fewest options with which these facts show that the clauses block, and that each is needed."""
        proof = []
        for i, _ in enumerate(clauses):
            copy = {n: values[f"{i}~{n}"] for n in self._parts(self.choices) if f"{i}~{n}" in values}
            proof.append(self._all_but_one(clauses, i, self.t.constants(copy, self.choices)))
        if self.grant is not None:
            proof.append(self._promise(self.t.constants(values, self.choices)))
        tag = f"p{len(self.choice.text)}"
        shown = f"(and {' '.join(proof)})"
        self.choice.add(f"(declare-const {tag} Bool)(assert (=> (and {tag} w) (not {shown})))")
        literals = [self.t.clause_literal(c) for c in clauses]
        facts = self._fact_literals(values)
        options = shrink(self.choice, self._option_literals(values), [tag, *literals, *facts])
        if options is None:
            raise _Unknown("the solver gave up while a reading was made minimal")
        return options

    def _parts(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            yield name
            if name in self.t.kinds and self.t.kinds[name].kind == "time":
                yield f"{name}?"

    # facts as assumptions

    def _literals(self, values: Mapping[str, Value]) -> list[str]:
        return [*self._option_literals(values), *self._fact_literals(values)]

    def _option_literals(self, values: Mapping[str, Value]) -> list[str]:
        return [
            self.t.option_literal(name, option)
            for name in self.t.ambiguities
            for option, _ in self.t.rulebook.ambiguities[name].options
            if values.get(self.t.option_literal(name, option))
        ]

    def _fact_literals(self, values: Mapping[str, Value]) -> list[str]:
        names = ("S", *self.outer)
        return [self._fact(name, _value_of(values, name, self.t)) for name in names]

    def _fact(self, name: str, value: Value | None) -> str:
        """The name of a Boolean which says, in every session, that a name has a value. None: the event
        does not happen."""
        key = (name, value)
        if key not in self._facts:
            literal = f"f{len(self._facts)}"
            for session in self.sessions:
                session.add(self._meaning(literal, name, value))
            self._facts[key] = literal
        return self._facts[key]

    def _meaning(self, literal: str, name: str, value: Value | None) -> str:
        if value is None:
            term = f"(not |{name}?|)"
        else:
            number = "true" if value is True else "false" if value is False else _number(value)
            happens = f"|{name}?|" if name != "S" and self.t.kinds[name].kind == "time" else "true"
            term = f"(and {happens} (= |{name}| {number}))"
        return f"(declare-const {literal} Bool)(assert (= {literal} {term}))"

    # from a loss to what is reported

    def _clauses(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """A minimal set among the clauses that are in play, in these circumstances."""
        playing = [c for c in self.every if values.get(c)]
        core = shrink(self.choice, playing, ["-w", *self._literals(values)])
        if core is None:
            raise _Unknown("the solver gave up while a conflict was made minimal")
        return tuple(self.t.clauses[int(c[1:])] for c in core)

    def _describe(self, clauses: tuple[str, ...]) -> Blocked:
        """Everything about one minimal clause set: where it blocks, under which readings, with proofs."""
        rest = [c for c in self.t.clauses if c not in clauses]
        needed = self._needed(clauses)
        base = self._lose(rest, self._base(), needed)
        values = base if base is not None else self._lose(rest, (), needed)
        if values is None:
            raise _Unknown("a conflict went away when it was asked about again")
        values = self._canonical(values, rest, self._base() if base is not None else (), needed)
        literals = [self.t.clause_literal(c) for c in clauses]
        options = self._options(clauses, values)
        facts = shrink(self.choice, self._fact_literals(values), ["-w", *literals, *options])
        if facts is None:
            raise _Unknown("the solver gave up while circumstances were made minimal")
        names = {literal: key for key, literal in self._facts.items()}
        shown = {names[f][0] for f in facts}
        everything = self.t.facts(values)
        norms = tuple(n.name for n in self.t.hard if set(n.clauses) & set(clauses))
        return Blocked(
            clauses=clauses,
            norms=norms,
            facts={name: everything[name] for name in self.outer if name in shown},
            reading=self._reading(self._option_literals(values)),
            readings=self._readings(clauses, rest, needed),
            in_base=base is not None,
            cases={clause: self._all_but(clause, clauses, values) for clause in clauses},
            day_matters="S" in shown,
        )

    def _canonical(
        self, values: Mapping[str, Value], rest: Sequence[str], options: Sequence[str], within: Session
    ) -> Mapping[str, Value]:
        """The same loss with the fewest abnormal facts, then the least in declared order: the first
        kind of start day; flags off; amounts and distances at a bound that some clause names."""
        chosen: list[str] = [*options]
        best = values
        if not options:
            for name in self.t.ambiguities:
                ambiguity = self.t.rulebook.ambiguities[name]
                others = [o for o, _ in ambiguity.options if o != ambiguity.base]
                for option in (ambiguity.base, *others):
                    literal = self.t.option_literal(name, option)
                    again = self._lose(rest, [*chosen, literal], within)
                    if again is not None:
                        best = again
                        chosen.append(literal)
                        break
        for name in ("S", *self.outer):
            for value in self._preferred(name):
                fact = self._fact(name, value)
                again = self._lose(rest, [*chosen, fact], within)
                if again is not None:
                    best = again
                    chosen.append(fact)
                    break
            else:
                chosen.append(self._fact(name, _value_of(best, name, self.t)))
        return best

    def _preferred(self, name: str) -> Iterator[Value]:
        if name == "S":
            yield from self.t.days.ordinary
            return
        kind = self.t.kinds[name]
        if kind.kind == "yes-no":
            yield False
        elif kind.kind == "one-of":
            yield from range(len(kind.values))
        else:
            yield from sorted(self._landmarks(name), key=abs)

    def _landmarks(self, name: str) -> set[int]:
        """Values of an amount or a distance that the clauses themselves name."""
        found = {0} if self.t.kinds[name].kind == "amount" else set()
        for norm in self.t.bearing:
            for condition in conditions_of(norm):
                found |= set(_numbers(condition, name, self.t))
        return found

    def _reading(self, option_literals: Sequence[str]) -> Reading:
        pairs = (literal[2:].partition("=") for literal in option_literals)
        return {name: option for name, _, option in pairs}

    def _readings(
        self, clauses: tuple[str, ...], rest: Sequence[str], within: Session
    ) -> tuple[Reading, ...]:
        """The minimal partial readings under which these clauses block and each is needed: some are
        found and blocked until none is left, and together they are said in the fewest words."""
        found: list[Reading] = []
        within.add("(declare-const new Bool)")
        while len(found) < MOST_READINGS:
            values = self._lose(rest, ["new"], within)
            if values is None:
                return self._fewest(found)
            options = self._options(clauses, values)
            found.append(self._reading(options))
            blocked = " ".join(f"|{o}|" for o in options)
            within.add(f"(assert (=> new (not (and true {blocked}))))")
        return tuple(found)

    def _fewest(self, found: Sequence[Reading]) -> tuple[Reading, ...]:
        names = dict.fromkeys(name for reading in found for name in reading)
        space = readings(self.t.rulebook, names, self.fixed, MOST_COMBINED)
        if not space.complete:
            return tuple(found)
        holding = [r for r in space.all if any(all(r[n] == o for n, o in f.items()) for f in found)]
        return minimal(space, holding)

    def _all_but(self, clause: str, clauses: tuple[str, ...], values: Mapping[str, Value]) -> Case:
        """A case in these circumstances that keeps every clause of the set but one: the proof that
        the one is needed, and of a permission that it is promised."""
        session = Session(self.text, self.effort, beside=self.circumstances)
        session.add(f"(assert {self.t.lawful({}, without=self.without, grant=self.grant)})")
        if self.grant is not None:
            session.add(f"(assert {self._promise()})")
        for (name, value), literal in self._facts.items():
            session.add(self._meaning(literal, name, value))
        assumed = [self.t.clause_literal(c) for c in clauses if c != clause]
        others = [self.t.clause_literal(c) for c in self.t.clauses if c not in clauses]
        helpful = session.ask([*assumed, *others, *self._literals(values)])
        result = helpful if helpful.status == "sat" else session.ask([*assumed, *self._literals(values)])
        if result.status != "sat":
            raise _Unknown(result.why or f"clause {clause} turned out not to be needed")
        shape = self.t.shapes[int(values.get("S", 0))]
        return Case(self.t.situation, self.t.body, shape.first, self.t.facts(result.values))


def bounds(
    rulebook: Rulebook,
    grant: NormRule,
    situation: str,
    body: str | None,
    *,
    reading: Reading,
    effort: int = EFFORT,
    theory: CaseTheory | None = None,
) -> tuple[Verdict, tuple[Bound, ...], str]:
    """The effective bound of a permission with a distance from the meeting, per kind of start day.

    HOLDS iff on every start day the least lawful distance is the stated one. Found by bisection.
    """
    theory = theory or CaseTheory(rulebook, situation, body)
    part = timed_bound(grant)
    if part is None:
        return Verdict.HOLDS, (), "the permission has no distance from the meeting"
    session = Session(theory.declarations(), effort)
    game = _Game(theory, own_words(grant, theory), grant, effort, {})
    session.add(f"(assert {game._promise()})")
    session.add(f"(assert {theory.lawful({}, without=grant.clauses, grant=grant)})")
    distance = f"(- |{part.event}|)" if part.way == "before" else f"|{part.event}|"
    assumed = [*game.every, *theory.literals_of({**rulebook.base, **reading})]
    made: dict[tuple[str, int], str] = {}

    def literal(kind: str, number: int) -> str:
        if (kind, number) not in made:
            name = f"q{kind}{number}"
            term = f"(= S {number})" if kind == "S" else f"(<= {distance} {number})"
            session.add(f"(declare-const {name} Bool)(assert (=> {name} {term}))")
            made[kind, number] = name
        return made[kind, number]

    clear = {**rulebook.base, **reading}.get("day-count") == "clear"
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
        case = None if best is None else Case(situation, body, shape.first, theory.facts(best))
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


def _numbers(condition: Condition, name: str, theory: CaseTheory) -> Iterator[int]:
    from govmodel.model.expressions import Attribute, Comparison, Number

    for part in conditions(condition):
        if isinstance(part, Timed) and name == part.event and part.anchor == "meeting":
            position = theory.days.lengths[part.length, part.way]
            for shape in theory.shapes[:1]:
                sign = -1 if part.way == "before" else 1
                yield sign * shape.days[position][0]
        if isinstance(part, Comparison) and part.left == Attribute(name) and isinstance(part.right, Number):
            yield int(part.right.value)


def _value_of(values: Mapping[str, Value], name: str, theory: CaseTheory) -> Value | None:
    """What a name stands for in a model of the text; what the model leaves open is least."""
    kind = "amount" if name == "S" else theory.kinds[name].kind
    if kind == "time" and not values.get(f"{name}?"):
        return None
    return values.get(name, False if kind == "yes-no" else 0)


def _number(value: Value) -> str:
    return str(int(value)) if value >= 0 else f"(- {-int(value)})"


__all__ = [
    "Blocked", "Bound", "NormAnswer", "agreement", "bounds", "conflicts", "dilemmas", "narrowed",
    "own_words", "stated_length", "timed_bound",
]  # fmt: skip
