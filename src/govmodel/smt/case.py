"""One kind of case as SMT-LIB text: what is possible, and each norm under its clauses and options.

Names in the text: `|meeting.notice|` an attribute (times: an Int in days from the meeting, with
`|meeting.notice?|` whether it happens), `o:…` an option, `c0`, `c1` … a clause, `S` the kind of start day,
`L…` a length of time on that start day, in days.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from govmodel.model.constitution import Gate
from govmodel.model.expressions import Condition, OnDate, Timed
from govmodel.model.rules import NormRule, Reading, Rulebook
from govmodel.model.verdict import Fact
from govmodel.model.vocabulary import AFTER_MEETING, BEFORE_MEETING
from govmodel.model.walk import conditions
from govmodel.reading.lower import together
from govmodel.reading.options import entangled
from govmodel.semantics.cases import (
    MOST,
    WINDOW,
    act_of,
    attributes,
    binding,
    choices_of,
    conditions_of,
    duty,
    narrower,
    prevails,
    time_axioms,
    waiver,
)
from govmodel.smt.ask import Value
from govmodel.smt.days import YEAR, Days, Shape
from govmodel.smt.mentions import Mentions, apart, no_circle
from govmodel.smt.operators import boolean, integer, some
from govmodel.smt.terms import at, happens, index, term

KIND = "meeting.kind"


class CaseTheory:
    """The text of all cases of one situation of one body, over a year of start days.

    A norm with a condition that cannot be placed (too long a time, a count of heads) is `left_out`, with
    the reason, and so is what it would override: what is then found is still there, and what is not found
    is not decided for those. `held`: the kinds of meeting that the body must hold so and so often.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        situation: str,
        body: str | None,
        *,
        norms: Sequence[NormRule] | None = None,
        first_day: date | None = None,
        window: int = WINDOW,
        starts: int = YEAR,
        also: Collection[str] = (),
        held: Sequence[str] = (),
        mentions: Mentions | None = None,
    ) -> None:
        self.rulebook = rulebook
        self.situation = situation
        self.body = body
        self.window = window
        self.held = tuple(held)
        if norms is None:
            norms = rulebook.of(NormRule)
            norms = binding(norms, rulebook.situations, situation, body)
        bound = tuple(norms)
        self.mentions = Mentions() if mentions is None else mentions
        self.left_out = {n.name: why for n in bound if not n.soft and (why := self.mentions.why_not(n))}
        for norm in bound:
            if set(norm.breach_of) & self.left_out.keys() and not norm.soft:
                self.left_out.setdefault(norm.name, "the norm of whose breach it speaks is left out")
        lost = [n for n in bound if n.name in self.left_out]
        gone = {*self.left_out, *(n.name for n in bound if any(prevails(other, n) for other in lost))}
        self.bound = tuple(n for n in bound if n.name not in gone)
        # What bears on lawfulness: a soft norm neither binds nor overrides one that does.
        self.bearing = tuple(n for n in self.bound if not n.soft)
        # But a norm about the breach of a soft one binds, and only where that is broken.
        broken = {name for n in self.bearing for name in n.breach_of}
        self.looked_at = tuple(n for n in self.bound if not n.soft or n.name in broken)
        no_circle(self.looked_at)
        named = {name for n in self.looked_at for name in self.mentions.names(n)} | {*also}
        every_kind = attributes(rulebook.situations, situation)
        self.kinds = {name: kind for name, kind in every_kind.items() if name in named}
        # A norm has as many variants as readings of its words; all are about one agreement.
        self.agreements = tuple(dict.fromkeys(name for n in self.looked_at for name in choices_of(n)))
        self.hard = tuple(n for n in self.bound if not n.soft and duty(n) is not None)
        self.clauses = tuple(dict.fromkeys(c for n in self.hard for c in n.clauses))
        self._places = {clause: place for place, clause in enumerate(self.clauses)}
        guards = (name for n in self.looked_at for name, _ in n.gate)
        self.options = entangled(rulebook.ambiguities, guards)
        self.first_day = first_day or rulebook.first_day
        self.starts = starts
        self._splits: dict[frozenset[str], tuple[CaseTheory, ...]] = {}
        # The parts on which it depends whether a permission can be used, by that and what else was asked.
        self.touched: dict[tuple[object, ...], tuple[NormRule, CaseTheory]] = {}

    @cached_property
    def days(self) -> Days:
        """The calendar of the case."""
        parts = (p for n in self.looked_at for c in conditions_of(n) for p in conditions(c))
        return Days(
            (part for part in parts if isinstance(part, Timed | OnDate)),
            self.first_day,
            self.rulebook.nation,
            self.window,
            self.option_literal("day-count", "clear"),
            self.starts,
        )

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return self.days.shapes

    # parts

    @cached_property
    def parts(self) -> tuple[CaseTheory, ...]:
        """The case taken apart: norms that share no attribute, directly or by way of others or of the order
        of time, are kept or broken apart."""
        return self.split(())

    def split(self, fixed: Collection[str]) -> tuple[CaseTheory, ...]:
        """The case taken apart for whoever knows these attributes: norms that share others only. With each
        part go the events among `fixed` that the order of time ties to its own."""
        key = frozenset(fixed)
        if key not in self._splits:
            self._splits[key] = tuple(self._split(key))
        return self._splits[key]

    def _split(self, fixed: frozenset[str]) -> Iterator[CaseTheory]:
        axioms = time_axioms(self.kinds)
        for norms in apart(self.looked_at, axioms, fixed, self.mentions.mentioned):
            named = {name for norm in norms for name in self.mentions.mentioned(norm)}
            tied: set[str] = set()
            while more := {n for pair in axioms if {*pair} & (named | tied) for n in pair} & {*fixed} - tied:
                tied |= more
            yield self.only(norms, tied)

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """All that a question about the case depends on, with clauses and norms by their place: of one
        rulebook, cases of one shape have one answer. Norms on which somebody's choice hangs are told by
        themselves."""
        if self.agreements:
            return tuple(id(norm) for norm in self.looked_at)
        clauses = {clause: place for place, clause in enumerate(self.cited)}
        names = {name: place for place, name in enumerate(self.names)}

        def places(of: Mapping[str, int], wanted: Iterable[str]) -> tuple[int, ...]:
            return tuple(of[name] for name in wanted if name in of)

        rows = [
            (
                n.situation, n.force, n.content, n.when, n.unless, n.limit, n.always, n.over, n.gate,
                places(names, (n.name,)), places(clauses, n.clauses),
                *(places(names, other) for other in (n.overrides, n.subject_to, n.changes, n.breach_of)),
            )
            for n in self.looked_at
        ]  # fmt: skip
        held = self.held if KIND in self.kinds else ()
        return (*self.kinds, *rows, *held, self.window, self.starts)

    @property
    def cited(self) -> tuple[str, ...]:
        """The clauses of all norms that are looked at, soft ones too."""
        return tuple(dict.fromkeys(c for n in self.looked_at for c in n.clauses))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n.name for n in self.looked_at))

    def only(self, norms: Sequence[NormRule], also: Collection[str] = ()) -> CaseTheory:
        """The case with some of its norms alone, and the attributes `also`."""
        return CaseTheory(
            self.rulebook,
            self.situation,
            self.body,
            norms=norms,
            first_day=self.first_day,
            window=self.window,
            starts=self.starts,
            also=also,
            held=self.held,
            mentions=self.mentions,
        )

    def closer(self, norms: Iterable[NormRule]) -> CaseTheory:
        """The case with these norms, those on which it depends whether they are in force, and the events that
        the order of time ties to theirs; on the same start days."""
        kept = {id(norm) for norm in norms}
        new = [norm for norm in self.looked_at if id(norm) in kept]
        while new:
            norm = new.pop()
            above = [o for o in self.looked_at if prevails(o, norm) or o.name in norm.breach_of]
            new += [o for o in above if id(o) not in kept]
            kept |= {id(o) for o in above}
        if len(kept) == len(self.looked_at):
            return self
        own = [norm for norm in self.looked_at if id(norm) in kept]
        named = {name for norm in own for name in self.mentions.mentioned(norm)}
        axioms = time_axioms(self.kinds)
        while tied := {n for pair in axioms if named & {*pair} for n in pair if n not in named}:
            named |= tied
        closer = self.only(own, named)
        closer.days = self.days
        return closer

    def among(self, parts: Iterable[CaseTheory]) -> CaseTheory:
        """The case with the norms of some of its parts, in the order of the text."""
        kept = {id(norm) for part in parts for norm in part.looked_at}
        return self.only([norm for norm in self.looked_at if id(norm) in kept])

    def about(self, *norms: NormRule) -> CaseTheory:
        """The parts of the case to which these norms belong."""
        ids = {id(norm) for norm in norms}
        parts = [part for part in self.parts if any(id(norm) in ids for norm in part.looked_at)]
        return parts[0] if len(parts) == 1 else self.among(parts)

    # names

    def clause_literal(self, clause: str) -> str:
        return f"c{self._places[clause]}"

    def option_literal(self, ambiguity: str, option: str) -> str:
        return f"o:{ambiguity}={option}"

    @property
    def ambiguities(self) -> tuple[str, ...]:
        """The ambiguities that this case depends on, the built-in ones last."""
        built_in = [*(["day-count"] if self.days.counts else []), "lex-specialis"]
        return tuple(dict.fromkeys((*self.options, *built_in)))

    def literals_of(self, reading: Reading) -> list[str]:
        return [self.option_literal(n, reading[n]) for n in self.ambiguities if n in reading]

    # text

    def declarations(self) -> str:
        """Attributes within their kinds, options (exactly one each, sensible together), start days,
        the order of time."""
        return self._declared

    @cached_property
    def _declared(self) -> str:
        text = list(self.days.declarations())
        text.extend(self.attribute_text((*self.kinds, *self.agreements)))
        text.extend(self._option_text())
        text.extend(f"(declare-const c{i} Bool)" for i in range(len(self.clauses)))
        text.extend(self.days.meanings())
        text.append(f"(assert {self.possible({})})")
        return "\n".join(text)

    def attribute_text(self, names: Iterable[str], prefix: str = "") -> Iterable[str]:
        """Declarations of attributes and agreements, each within its kind, under prefixed names."""
        for name in names:
            kind = self.kinds.get(name)
            own = f"{prefix}{name}"
            if kind is None or kind.kind == "yes-no":
                yield f"(declare-const |{own}| Bool)"
                continue
            if kind.kind == "time":
                low, high = self.ends(name, 2 * self.window)
                yield f"(declare-const |{own}?| Bool)"
            else:
                # What is not listed is one more value, unless the list itself has an `other`.
                most = len(kind.values) - ("other" in kind.values)
                low, high = 0, most if kind.kind == "one-of" else MOST
            yield f"(declare-const |{own}| Int)"
            yield f"(assert (and (<= {integer(low)} |{own}|) (<= |{own}| {integer(high)})))"

    def ends(self, name: str, most: int) -> tuple[int, int]:
        """The first and the last day of an event that lies at most so many days from that of the case."""
        return 0 if name in AFTER_MEETING else -most, 0 if name in BEFORE_MEETING else most

    def near(self, names: Iterable[str]) -> str:
        """The events among these lie in the window of circumstances."""
        text = []
        for name in names:
            if name in self.kinds and self.kinds[name].kind == "time":
                low, high = self.ends(name, self.window)
                text.append(f"(assert (and (<= {integer(low)} |{name}|) (<= |{name}| {integer(high)})))")
        return "\n".join(text)

    def held_at_all(self) -> str:
        """The meeting is of a kind that is held so and so often."""
        return f"(assert {some(f'(= |{KIND}| {self.index(KIND, kind)})' for kind in self.held)})"

    def renamed(self, names: Iterable[str], prefix: str) -> dict[str, str]:
        """An environment that puts prefixed names in place of these attributes and agreements."""
        env = {}
        for name in names:
            env[name] = f"|{prefix}{name}|"
            if name in self.kinds and self.kinds[name].kind == "time":
                env[f"{name}?"] = f"|{prefix}{name}?|"
        return env

    def _option_text(self) -> Iterable[str]:
        for name in self.ambiguities:
            options = [o for o, _ in self.rulebook.ambiguities[name].options]
            literals = [f"|{self.option_literal(name, o)}|" for o in options]
            yield "".join(f"(declare-const {literal} Bool)" for literal in literals)
            yield f"(assert (or {' '.join(literals)}))"
            for i, one in enumerate(literals):
                for other in literals[i + 1 :]:
                    yield f"(assert (not (and {one} {other})))"
        for name in self.options:
            for option, needs in self.rulebook.ambiguities[name].only_with.items():
                for other, allowed in needs.items():
                    if other in self.options:
                        one = some(f"|{self.option_literal(other, o)}|" for o in allowed)
                        yield f"(assert (=> |{self.option_literal(name, option)}| {one}))"

    def possible(self, env: Mapping[str, str]) -> str:
        """The axioms of time, with `env` in place of attributes."""
        parts = ["true"]
        for earlier, later in time_axioms(self.kinds):
            both = f"(and {happens(earlier, env)} {happens(later, env)})"
            parts.append(f"(=> {both} (<= {at(earlier, env)} {at(later, env)}))")
        return f"(and {' '.join(parts)})"

    def lawful(
        self,
        env: Mapping[str, str],
        *,
        without: tuple[str, ...] = (),
        grant: NormRule | None = None,
        only: Collection[str] | None = None,
    ) -> str:
        """Every hard norm kept where its clauses are assumed and its options chosen, except norms of
        the clauses `without`; with a grant, special cases prevail under that reading. `only`: of the
        norms that rest on these clauses alone."""
        parts = ["true"]
        for norm in self.hard:
            if set(norm.clauses) & set(without) and not self._excepts(norm, grant):
                continue
            if only is not None and not set(norm.clauses) <= set(only):
                continue
            parts.append(self._kept(norm, env, grant))
        return f"(and {' '.join(parts)})"

    def _excepts(self, norm: NormRule, grant: NormRule | None) -> bool:
        return grant is not None and prevails(grant, norm)

    def kept(self, norm: NormRule) -> str:
        """One norm kept, where its clauses are assumed and its options chosen."""
        return self._kept(norm, {}, None)

    def _kept(self, norm: NormRule, env: Mapping[str, str], grant: NormRule | None) -> str:
        asked = duty(norm)
        if asked is None:
            return "true"
        guard = " ".join(self.clause_literal(c) for c in norm.clauses)
        guard += " " + self.gate(norm.gate)
        if grant is not None and narrower(grant, norm):
            guard += f" (not |{self.option_literal('lex-specialis', 'yes')}|)"
        force = "true" if norm.force == "may" else self.in_force(norm, env)
        return f"(=> (and {guard} {force}) {self.condition(asked, env)})"

    def in_force(self, norm: NormRule, env: Mapping[str, str], above: Collection[str] | None = None) -> str:
        """`above`: the names of those to which alone it gives way."""
        parts = ["true"]
        if norm.when is not None:
            parts.append(self.condition(norm.when, env))
        if norm.unless is not None:
            parts.append(f"(not {self.condition(norm.unless, env)})")
        if norm.waived_by is not None:
            name = waiver(norm)
            parts.append(f"(not {env.get(name, f'|{name}|')})")
        if norm.breach_of:
            breached = [o for o in self.looked_at if o.name in norm.breach_of]
            parts.append(some(self._breached(o, env) for o in breached))
        for other in self.bearing:
            if above is not None and other.name not in above:
                continue
            if prevails(other, norm) and together(norm.gate, other.gate) is not None:
                over = f"{self.gate(other.gate)} {self.in_force(other, env)}"
                if other.force == "may":
                    over += f" {self.condition(act_of(other), env)}"
                parts.append(f"(not (and {over}))")
        return f"(and {' '.join(parts)})"

    def _breached(self, norm: NormRule, env: Mapping[str, str]) -> str:
        asked = duty(norm)
        if asked is None:
            return "false"
        force = "true" if norm.force == "may" else self.in_force(norm, env)
        return f"(and {self.gate(norm.gate)} {force} (not {self.condition(asked, env)}))"

    def gate(self, gate: Gate) -> str:
        parts = ["true"]
        for name, options in gate:
            parts.append(some(f"|{self.option_literal(name, o)}|" for o in options))
        return f"(and {' '.join(parts)})"

    def condition(self, condition: Condition, env: Mapping[str, str]) -> str:
        """A condition as a term, with `env` in place of attributes."""
        return term(condition, env, self.kinds, self.days)

    def index(self, attribute: str, value: str) -> int:
        """The number that stands for a value of an attribute of several values."""
        return index(self.kinds, attribute, value)

    # back again

    def facts(self, values: Mapping[str, Value]) -> dict[str, Fact]:
        """The attributes of a model of the text; those it leaves open take their least value."""
        found: dict[str, Fact] = {}
        for name, kind in self.kinds.items():
            raw = values.get(name)
            if kind.kind == "time":
                found[name] = int(raw or 0) if values.get(f"{name}?") else None
            elif kind.kind == "yes-no":
                found[name] = bool(raw)
            elif kind.kind == "one-of":
                names = (*kind.values, "other")
                found[name] = names[int(raw or 0)]
            else:
                found[name] = int(raw or 0)
        for name in self.agreements:
            found[name] = bool(values.get(name))
        return found

    def constants(self, values: Mapping[str, Value], names: Iterable[str]) -> dict[str, str]:
        """An environment that fixes these attributes as in a model of the text."""
        env: dict[str, str] = {}
        for name in names:
            if name in self.kinds and self.kinds[name].kind == "time":
                env[f"{name}?"] = boolean(bool(values.get(f"{name}?")))
            raw = values.get(name, False if self._is_flag(name) else 0)
            env[name] = boolean(bool(raw)) if self._is_flag(name) else integer(int(raw))
        return env

    def moved(
        self, values: Mapping[str, Value], names: Iterable[str], anchor: str
    ) -> tuple[dict[str, str], str]:
        """The same with every event as far from an event of the circumstances as it is in the model, and the
        condition that this lies where events can."""
        env = self.constants(values, names)
        inside = ["true"]
        for name in names:
            if name in self.kinds and self.kinds[name].kind == "time" and values.get(f"{name}?"):
                by = int(values.get(name, 0)) - int(values.get(anchor, 0))
                env[name] = f"(+ |{anchor}| {integer(by)})"
                low, high = self.ends(name, 2 * self.window)
                inside.append(f"(<= {integer(low)} {env[name]} {integer(high)})")
        return env, f"(and {' '.join(inside)})"

    def _is_flag(self, name: str) -> bool:
        return name in self.agreements or self.kinds[name].kind == "yes-no"
