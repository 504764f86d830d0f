"""What is so in a case, as assumptions of the solver, and the values that need the least telling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from govmodel.model.expressions import Attribute, Comparison, Condition, Number, Timed
from govmodel.model.rules import Reading
from govmodel.model.walk import conditions
from govmodel.semantics.cases import conditions_of
from govmodel.smt.ask import Session, Value
from govmodel.smt.case import CaseTheory
from govmodel.smt.operators import integer


class Facts:
    """Literals that say, in every session that was told, what an attribute is. `outer`: the attributes of
    the circumstances."""

    def __init__(self, theory: CaseTheory, outer: tuple[str, ...], sessions: Iterable[Session]) -> None:
        self.t = theory
        self.outer = outer
        self.sessions = list(sessions)
        self._facts: dict[tuple[str, Value | None], str] = {}
        self._names: dict[str, str] = {}
        self._said: dict[str, str] = {}

    def tell(self, session: Session) -> None:
        """From now on this session knows the literals too."""
        for meaning in self._said.values():
            session.add(meaning)
        self.sessions.append(session)

    def _say(self, literal: str, meaning: str) -> None:
        self._said[literal] = meaning
        for session in self.sessions:
            session.add(meaning)

    def literals(self, values: Mapping[str, Value]) -> list[str]:
        """The options and the circumstances of a model of the text."""
        return [*self.options(values), *self.circumstances(values)]

    def options(self, values: Mapping[str, Value]) -> list[str]:
        """The options that are chosen in a model of the text."""
        return [
            self.t.option_literal(name, option)
            for name in self.t.ambiguities
            for option, _ in self.t.rulebook.ambiguities[name].options
            if values.get(self.t.option_literal(name, option))
        ]

    def circumstances(self, values: Mapping[str, Value]) -> list[str]:
        """The start day and the attributes of the circumstances in a model of the text."""
        return [self.fact(name, value_of(self.t, values, name)) for name in ("S", *self.outer)]

    def fact(self, name: str, value: Value | None) -> str:
        """The literal which says that a name has a value. None: the event does not happen."""
        key = (name, value)
        if key not in self._facts:
            literal = self._facts[key] = f"f{len(self._facts)}"
            self._names[literal] = name
            if value is None:
                term = f"(not |{name}?|)"
            else:
                number = "true" if value is True else "false" if value is False else integer(int(value))
                there = "true" if name == "S" or name not in self.t.kinds else self._there(name)
                term = f"(and {there} (= |{name}| {number}))"
            self._say(literal, f"(declare-const {literal} Bool)(assert (= {literal} {term}))")
        return self._facts[key]

    def name(self, fact: str) -> str:
        """Of what a fact says the value."""
        return self._names[fact]

    def near(self, name: str, most: int) -> str:
        """The literal which says that an amount is, or an event lies, at most so far from nought."""
        literal = f"near{most}:{name}"
        if literal not in self._said:
            text = f"(and {self._there(name)} (<= {integer(-most)} |{name}| {most}))"
            self._say(literal, f"(declare-const |{literal}| Bool)(assert (= |{literal}| {text}))")
        return literal

    def _there(self, name: str) -> str:
        return f"|{name}?|" if self.t.kinds[name].kind == "time" else "true"


def kind_of(theory: CaseTheory, name: str) -> str:
    """The kind of an attribute; an agreement is there or not."""
    return theory.kinds[name].kind if name in theory.kinds else "yes-no"


def value_of(theory: CaseTheory, values: Mapping[str, Value], name: str) -> Value | None:
    """What a name stands for in a model of the text; what the model leaves open is least. None: the event
    does not happen."""
    kind = "amount" if name == "S" else kind_of(theory, name)
    if kind == "time" and not values.get(f"{name}?"):
        return None
    return values.get(name, False if kind == "yes-no" else 0)


def parts(theory: CaseTheory, names: Iterable[str]) -> Iterator[str]:
    """The names in the text of some attributes: that an event happens has one of its own."""
    for name in names:
        yield name
        if name in theory.kinds and theory.kinds[name].kind == "time":
            yield f"{name}?"


def reading_of(options: Sequence[str]) -> Reading:
    """The reading in which these literals of options are chosen."""
    pairs = (literal.removeprefix("o:").partition("=") for literal in options)
    return {name: option for name, _, option in pairs}


def preferred(theory: CaseTheory, name: str) -> Iterator[Value | None]:
    """The values of a circumstance that need the least telling: the start days that are ordinary; flags
    off; the first value that is listed; an amount or a distance that some clause names."""
    if name == "S":
        yield from theory.days.ordinary
        return
    kind = theory.kinds[name]
    if kind.kind == "yes-no":
        yield False
    elif kind.kind == "one-of":
        yield from range(len(kind.values))
    else:
        yield from sorted(_landmarks(theory, name), key=lambda value: (abs(value), value))
        if kind.kind == "time":
            yield None


def ordinary(theory: CaseTheory, name: str) -> Iterator[Value | None]:
    """The same for what is chosen: an event that does not happen need not be told."""
    if name not in theory.kinds:
        yield False
    elif theory.kinds[name].kind == "time":
        yield None
        yield from sorted(_landmarks(theory, name), key=lambda value: (abs(value), value))
    else:
        yield from preferred(theory, name)


def _landmarks(theory: CaseTheory, name: str) -> set[int]:
    """Values of an amount or a distance that the clauses themselves name."""
    found = {0} if theory.kinds[name].kind == "amount" else set()
    for norm in theory.bearing:
        for condition in conditions_of(norm):
            found |= set(_numbers(theory, condition, name))
    return found


def _numbers(theory: CaseTheory, condition: Condition, name: str) -> Iterator[int]:
    for part in conditions(condition):
        if isinstance(part, Timed) and name == part.event and part.anchor == "meeting":
            position = theory.days.lengths[part.length, part.way]
            for shape in theory.shapes[:1]:
                sign = -1 if part.way == "before" else 1
                yield sign * shape.days[position][0]
        if isinstance(part, Comparison) and part.left == Attribute(name) and isinstance(part.right, Number):
            yield int(part.right.value)
