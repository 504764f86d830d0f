"""Circumstances in which no choice keeps every norm: guessed, and refuted by choices, until one side wins.

Decided by counterexample-guided instantiation: guess circumstances, look for a lawful choice, learn from each
choice found. All minimal clause sets are enumerated as in MARCO (Liffiton, Previti, Malik and Marques-Silva
2016), with the circumstances among what is searched. What is told of a set is its most ordinary story, which
does not depend on the guesses: every fact takes the first value of its order with which the set still blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from govmodel.dataclass import dataclass
from govmodel.model.expressions import Timed
from govmodel.model.rules import NormRule, Reading
from govmodel.model.verdict import Case, Fact, Verdict
from govmodel.model.walk import conditions
from govmodel.reading import minimal, readings
from govmodel.semantics.cases import act_of, conditions_of, time_axioms
from govmodel.smt.ask import Result, Session, Value, shrink
from govmodel.smt.case import KIND, CaseTheory
from govmodel.smt.operators import every
from govmodel.smt.questions.facts import Facts, kind_of, ordinary, parts, preferred, reading_of, value_of

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


class Undecided(Exception):
    """A question that is given up, and why."""


def in_order(blocked: Iterable[Blocked], clauses: Sequence[str]) -> tuple[Blocked, ...]:
    """Clause sets as their clauses come in the text."""
    places = {clause: place for place, clause in enumerate(clauses)}
    return tuple(sorted(blocked, key=lambda b: tuple(places[clause] for clause in b.clauses)))


def promise(theory: CaseTheory, grant: NormRule, env: Mapping[str, str] | None = None) -> str:
    """A permission applies and is used, as a term."""
    act = theory.condition(act_of(grant), env or {})
    when = theory.in_force(grant, env or {})
    return f"(and {theory.gate(grant.gate)} {when} {act})"


class Game:
    """∃ circumstances ∀ choices, over one theory. `grant` None: all norms; else a permission's promise."""

    def __init__(
        self,
        theory: CaseTheory,
        outer: tuple[str, ...],
        grant: NormRule | None,
        effort: int,
        fixed: Reading,
        most: int = MOST_CONFLICTS,
        beside: Session | None = None,
        known: Iterable[tuple[str, ...]] = (),
        fewest: int = 0,
    ) -> None:
        """`known`: clause sets that block, and are not to be found again. `fewest`: of what is told, clauses
        beside those of the permission."""
        self.t = theory
        self.known = tuple(known)
        self.fewest = fewest
        self.most = most
        self.grant = grant
        self.outer = outer
        self.choices = tuple(n for n in (*theory.kinds, *theory.agreements) if n not in outer)
        self.effort = effort
        self.fixed = fixed
        self.without = grant.clauses if grant is not None else ()
        self.every = tuple(f"c{i}" for i in range(len(theory.clauses)))
        self.every_one = frozenset(self.every)
        self.text = f"{theory.declarations()}\n{theory.near(outer)}"
        text = self.text
        self.circumstances = Session(text, effort, beside=beside)
        self.circumstances.add(self._supposed())
        self.choice = Session(text, effort, beside=self.circumstances)
        # `w` waives everything; every question denies it but one, on which readings a loss rests.
        lawful = theory.lawful({}, without=self.without, grant=grant)
        self.choice.add(f"(declare-const w Bool)(assert (or w {lawful}))")
        if grant is not None:  # `u`: the permission is used
            self.choice.add(f"(declare-const u Bool)(assert (=> u {self._promise()}))")
        self.facts = Facts(theory, outer, [self.circumstances, self.choice])
        self.fixed_literals = theory.literals_of(fixed)
        # Events of the circumstances from which times run, or that must come before or after what is
        # chosen: that is learnt in relation to them too.
        every = (p for n in theory.looked_at for c in conditions_of(n) for p in conditions(c))
        anchors = {p.anchor for p in every if isinstance(p, Timed)}
        for pair in time_axioms(theory.kinds):
            anchors |= set(pair) if set(pair) & set(self.choices) else set()
        self.anchors = tuple(n for n in outer if n in anchors)

    def _supposed(self) -> str:
        """What the circumstances are searched for: what a permission promises, or a meeting that is held."""
        if self.grant is not None:
            return f"(assert {self._promise()})"
        return self.t.held_at_all() if KIND in self.outer else ""

    def _promise(self, env: Mapping[str, str] | None = None) -> str:
        assert self.grant is not None
        return promise(self.t, self.grant, env or {})

    # the loop

    def play(self) -> NormAnswer:
        try:
            return self._play()
        except Undecided as error:
            return NormAnswer(Verdict.UNKNOWN, why=str(error))

    def _play(self) -> NormAnswer:
        found: dict[tuple[str, ...], Blocked] = {}
        everything, settled = True, 0
        for clauses in self.known:
            self._settle(clauses, settled := settled + 1)
        most = settled + self.most
        while settled < most:
            lost = self._lose(() if everything else None, ())
            if lost is None and everything and settled:
                everything = False  # what is left hides behind what was found: look at fewer clauses
                continue
            if lost is None:
                break
            clauses = self._clauses(lost)
            if len(set(clauses).difference(self.without)) >= self.fewest:
                found[clauses] = self._told(clauses)
            self._settle(clauses, settled := settled + 1)
        why = "" if settled < most else f"stopped at {self.most} minimal clause sets"
        if not found:
            return NormAnswer(Verdict.HOLDS, why=why)
        blocked = in_order(found.values(), self.t.clauses)
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
        if self.known:  # what is known takes something from each permission: only what is told counts
            for number, each in enumerate(blocked):
                self._keep(session, each.clauses, number)
        else:
            session.add(f"(assert {self.t.lawful({}, without=self.without, grant=self.grant)})")
        result = session.ask([*self.every, *reading])
        if "unknown" in (promised.status, result.status):
            raise Undecided(promised.why or result.why)
        return promised.status == "sat" and result.status == "unsat"

    def _base(self) -> list[str]:
        base = {**self.t.rulebook.base, **self.fixed}
        return self.t.literals_of(base)

    def _closer(self, clauses: Collection[str]) -> CaseTheory:
        """The case with the norms of these clauses, and the permission."""
        own = [n for n in self.t.looked_at if n is self.grant or set(n.clauses) <= set(clauses)]
        return self.t.closer(own)

    def _told(self, clauses: tuple[str, ...]) -> Blocked:
        """Everything about one minimal clause set; the other norms have no part in it."""
        closer = self._closer(clauses)
        if closer is self.t:
            return self._describe(clauses)
        outer = tuple(n for n in self.outer if n in closer.kinds)
        beside = self.circumstances
        return Game(closer, outer, self.grant, self.effort, self.fixed, beside=beside)._describe(clauses)

    def _settle(self, clauses: tuple[str, ...], number: int) -> None:
        """From now on only what does not follow from this clause set: with all of these clauses in play, the
        circumstances are such that some choice keeps them. So every set that is minimal in some circumstances
        is found, and a larger one too where the smaller does not block."""
        self._keep(self.circumstances, clauses, number)

    def _keep(self, session: Session, clauses: tuple[str, ...], number: int) -> None:
        """Where these clauses are all in play, some choice keeps them, with choices of its own."""
        prefix = f"k{number}~"
        closer = self._closer(clauses)
        choices = [n for n in (*closer.kinds, *closer.agreements) if n not in self.outer]
        session.add("".join(closer.attribute_text(choices, prefix)))
        env = self.t.renamed(choices, prefix)
        kept = self.t.lawful(env, without=self.without, grant=self.grant, only=clauses)
        playing = " ".join(self.t.clause_literal(c) for c in clauses)
        session.add(f"(assert (=> (and {playing}) (and {closer.possible(env)} {kept})))")

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
                raise Undecided(guess.why)
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
        raise Undecided(f"no end after {ROUNDS} guesses of circumstances")

    def _best_choice(self, values: Mapping[str, Value]) -> Result | None:
        """A choice that is lawful in these circumstances with the clauses that are in play, and keeps nearly
        all of the others too: what it breaks for nothing would have to be learnt one by one. Of each set
        that the solver says cannot be kept, the last clause not in play is given up. None: there is none."""
        facts = self.facts.literals(values)
        playing = {c for c in self.every if values.get(c)}
        kept = list(self.every)
        best = self.choice.ask(["-w", *kept, *facts])
        while best.status == "unsat":
            spare = [c for c in best.core if c in self.every_one and c not in playing]
            if not spare:
                return None
            kept.remove(spare[-1])
            best = self.choice.ask(["-w", *kept, *facts])
        if best.status == "unknown":
            raise Undecided(best.why)
        return best

    def _needed(self, clauses: tuple[str, ...]) -> Session:
        """Circumstances in which each of these clauses is needed: with all but it, some choice is lawful."""
        session = Session(self.text, self.effort, beside=self.circumstances)
        session.add(self._supposed())
        for i, _ in enumerate(clauses):
            session.add("".join(self.t.attribute_text(self.choices, f"{i}~")))
            env = self.t.renamed(self.choices, f"{i}~")
            session.add(f"(assert {self._all_but_one(clauses, i, env)})")
        self.facts.tell(session)
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
            copy = {n: values[f"{i}~{n}"] for n in parts(self.t, self.choices) if f"{i}~{n}" in values}
            proof.append(self._all_but_one(clauses, i, self.t.constants(copy, self.choices)))
        if self.grant is not None:
            proof.append(self._promise(self.t.constants(values, self.choices)))
        tag = f"p{len(self.choice.text)}"
        shown = f"(and {' '.join(proof)})"
        self.choice.add(f"(declare-const {tag} Bool)(assert (=> (and {tag} w) (not {shown})))")
        literals = [self.t.clause_literal(c) for c in clauses]
        facts = self.facts.circumstances(values)
        options = shrink(self.choice, self.facts.options(values), [tag, *literals, *facts])
        if options is None:
            raise Undecided("the solver gave up while a reading was made minimal")
        return options

    # from a loss to what is reported

    def _clauses(self, values: Mapping[str, Value]) -> tuple[str, ...]:
        """A minimal set among the clauses that are in play, in these circumstances."""
        playing = [c for c in self.every if values.get(c)]
        core = shrink(self.choice, playing, ["-w", *self.facts.literals(values)])
        if core is None:
            raise Undecided("the solver gave up while a conflict was made minimal")
        return tuple(self.t.clauses[int(c[1:])] for c in core)

    def _describe(self, clauses: tuple[str, ...]) -> Blocked:
        """Everything about one minimal clause set: where it blocks, under which readings, with proofs."""
        rest = [c for c in self.t.clauses if c not in clauses]
        needed = self._needed(clauses)
        base = self._lose(rest, self._base(), needed)
        values = base if base is not None else self._lose(rest, (), needed)
        if values is None:
            raise Undecided("a conflict went away when it was asked about again")
        values = self._canonical(values, rest, self._base() if base is not None else (), needed)
        literals = [self.t.clause_literal(c) for c in clauses]
        options = self._options(clauses, values)
        facts = shrink(self.choice, self.facts.circumstances(values), ["-w", *literals, *options])
        if facts is None:
            raise Undecided("the solver gave up while circumstances were made minimal")
        shown = {self.facts.name(fact) for fact in facts}
        everything = self.t.facts(values)
        norms = tuple(n.name for n in self.t.hard if set(n.clauses) & set(clauses))
        return Blocked(
            clauses=clauses,
            norms=norms,
            facts={name: everything[name] for name in self.outer if name in shown},
            reading=reading_of(self.facts.options(values)),
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

        def again(literals: Sequence[str]) -> Mapping[str, Value] | None:
            return self._lose(rest, literals, within)

        chosen: list[str] = [*options]
        best = values
        if not options:
            for name in self.t.ambiguities:
                ambiguity = self.t.rulebook.ambiguities[name]
                others = [o for o, _ in ambiguity.options if o != ambiguity.base]
                for option in (ambiguity.base, *others):
                    literal = self.t.option_literal(name, option)
                    found = best if best.get(literal) else again([*chosen, literal])
                    if found is not None:
                        best = found
                        chosen.append(literal)
                        break
        for name in ("S", *self.outer):
            best, fact = self._first(name, preferred(self.t, name), best, chosen, again)
            chosen.append(fact)
        return best

    def _first(
        self,
        name: str,
        usual: Iterable[Value | None],
        best: Mapping[str, Value],
        chosen: Sequence[str],
        ask: Callable[[Sequence[str]], Mapping[str, Value] | None],
    ) -> tuple[Mapping[str, Value], str]:
        """The first value that a name can take beside what is chosen, as a literal, with a model of it; what
        `best` says needs no asking. Beyond the `usual` ones, the nearest to nought."""
        for value in usual:
            fact = self.facts.fact(name, value)
            found = best if value_of(self.t, best, name) == value else ask([*chosen, fact])
            if found is not None:
                return found, fact
        value = value_of(self.t, best, name)
        if value is None or name == "S" or kind_of(self.t, name) in ("yes-no", "one-of"):
            return best, self.facts.fact(name, value)  # nothing else is left
        low, high = 0, abs(int(value))
        while low < high:
            middle = (low + high) // 2
            near = ask([*chosen, self.facts.near(name, middle)])
            if near is None:
                low = middle + 1
            else:
                best, high = near, abs(int(value_of(self.t, near, name) or 0))
        for value in (-high, high):
            fact = self.facts.fact(name, value)
            found = best if value_of(self.t, best, name) == value else ask([*chosen, fact])
            if found is not None:
                return found, fact
        raise Undecided(f"no value of {name} could be told")

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
            found.append(reading_of(options))
            blocked = every(f"|{o}|" for o in options)
            within.add(f"(assert (=> new (not {blocked})))")
        return tuple(found)

    def _fewest(self, found: Sequence[Reading]) -> tuple[Reading, ...]:
        names = dict.fromkeys(name for reading in found for name in reading)
        space = readings(self.t.rulebook, names, self.fixed, MOST_COMBINED)
        if not space.complete:
            return tuple(found)
        holding = [r for r in space.all if any(all(r[n] == o for n, o in f.items()) for f in found)]
        return minimal(space, holding)

    def _all_but(self, clause: str, clauses: tuple[str, ...], values: Mapping[str, Value]) -> Case:
        """The most ordinary case in these circumstances that keeps every clause of the set but one, and
        those outside it if it can: the proof that the one is needed, and of a permission that it is
        promised."""
        used = ["u"] if self.grant is not None else []
        kept = [self.t.clause_literal(c) for c in self.t.clauses if c != clause]
        within = [self.t.clause_literal(c) for c in clauses if c != clause]
        facts = self.facts.literals(values)
        result = self.choice.ask(["-w", *used, *kept, *facts])
        if result.status == "unsat":
            kept = within
            result = self.choice.ask(["-w", *used, *kept, *facts])
        if result.status != "sat":
            raise Undecided(result.why or f"clause {clause} turned out not to be needed")

        def again(literals: Sequence[str]) -> Mapping[str, Value] | None:
            found = self.choice.ask(literals)
            if found.status == "unknown":
                raise Undecided(found.why)
            return found.values if found.status == "sat" else None

        best: Mapping[str, Value] = result.values
        chosen = ["-w", *used, *kept, *facts]
        for name in self.choices:
            best, fact = self._first(name, ordinary(self.t, name), best, chosen, again)
            chosen.append(fact)
        shape = self.t.shapes[int(values.get("S", 0))]
        return Case(self.t.situation, self.t.body, shape.first, self.t.facts(best))
