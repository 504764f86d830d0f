"""The only place that talks to z3: SMT-LIB text in, three answers out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from ctypes import CFUNCTYPE, byref, c_int, c_longlong, c_uint, c_void_p, cast
from dataclasses import field
from typing import Any, Literal, TypeAlias

import z3

from govmodel.dataclass import dataclass

EFFORT = 2_000_000
"""z3's `rlimit` for one call: the same on every machine, unlike a time."""

z3.set_param("ctrl_c", False)
"""Else z3 takes a Ctrl-C that comes while it searches for the end of its effort, and nobody hears of it."""

Value: TypeAlias = "bool | int"


@dataclass(frozen=True, slots=True)
class Result:
    """One of three: `sat` with values by name, `unsat` with the assumptions that it needed, `unknown`
    with the reason. Refuses to be a bool."""

    status: Literal["sat", "unsat", "unknown"]
    values: Mapping[str, Value] = field(default_factory=dict)
    core: tuple[str, ...] = ()
    why: str = ""

    def __bool__(self) -> bool:
        raise TypeError("a result has three values; compare its status")


QUICK: Mapping[str, object] = {"arith.solver": 2, "propagate_values": False}
"""Settings for questions that are asked by the hundred, each of a few numbers: less is got ready for them."""


class Numbers:
    """One solver at which sessions take turns, for many small questions that are answered by yes or no: no
    values are told, since which are found depends on what was asked before.

    What a session says is taken back when another has its turn; what was declared stays known.
    """

    def __init__(self) -> None:
        self.failed = ""
        self.context: Any = None
        self.turn: Session | None = None
        self.solver: Any = None
        self.literals: dict[str, Any] = {}
        self._parser: Any = None
        self._sorts: dict[str, str] = {}
        self._own: set[str] = set()
        self._effort = 0
        self._texts: dict[tuple[int, str], tuple[object, str]] = {}
        try:
            self.context = z3.Context()
        except z3.Z3Exception as error:
            self.failed = f"the solver failed: {error}"

    def take(self, session: Session, effort: int) -> None:
        """Another session has its turn. Raises z3.Z3Exception."""
        self.turn, self._own = session, set()
        if self.solver is not None and self._effort == effort:
            self.solver.pop()
        else:
            self.solver, self._effort = _solver(self.context, effort), effort
            for name, value in QUICK.items():
                self.solver.set(name, value)
        self.solver.push()

    def once(self, thing: object, key: str, make: Callable[[], str]) -> str:
        """What is said of a thing, made once; the thing is kept, else another could have its identity."""
        known = self._texts.get((id(thing), key))
        if known is None:
            known = self._texts[id(thing), key] = thing, make()
        return known[1]

    def leave(self) -> None:
        """A solver that gave up, or of which nothing more is asked, and what it has read, are not used
        again."""
        self.turn = self.solver = self._parser = None
        self._texts.clear()

    def read(self, text: str) -> None:
        """Assert what a text says. Raises z3.Z3Exception."""
        declared = _DECLARED.findall(text)
        if self._parser is None or any(self._sorts.get(name, sort) != sort for name, sort in declared):
            self._parser, self._sorts = z3.ParserContext(self.context), {}
        known = self._sorts.keys() - self._own

        def unknown(found: re.Match[str]) -> str:
            return "" if found[1] in known and found[1] not in self._own else found[0]

        for name, sort in declared:
            self._sorts[name] = sort
        declares = "".join(unknown(found) for found in _DECLARED.finditer(text))
        formulas = self._parser.from_string(f"{declares}(assert {_conjoined(text)})")
        context, solver = self.context.ref(), self.solver.solver
        z3.Z3_solver_assert(context, solver, z3.Z3_ast_vector_get(context, formulas.vector, 0))
        self._own.update(name for name, _ in declared)

    def true(self, text: str, effort: int) -> bool:
        """Whether an assertion is true that leaves nothing open. Raises z3.Z3Exception."""
        if self._parser is None:
            self._parser, self._sorts = z3.ParserContext(self.context), {}
        formulas = self._parser.from_string(text)
        return reckon(formulas, effort)


_DECLARED = re.compile(r"\(declare-const (\|[^|]*\||[^\s()]+) (\w+)\)")


def _conjoined(text: str) -> str:
    """What is asserted, as one statement: each thing asserted takes its own time."""
    return f"(and true {_DECLARED.sub('', text).replace('(assert ', '(and ')})"


def _solver(context: Any, effort: int) -> Any:
    solver = z3.SimpleSolver(ctx=context)
    solver.set("rlimit", effort)
    solver.set("random_seed", 1)
    return solver


class Session:
    """A solver that is fed with text and asked under assumptions (names of declared Booleans)."""

    def __init__(
        self,
        text: str,
        effort: int = EFFORT,
        *,
        beside: Session | Numbers | None = None,
        closed: bool = False,
    ) -> None:
        # A context of its own: in a shared one, which model is found depends on what was asked before.
        # `beside` shares that of another session, whose questions are always asked in the same order; a
        # context costs three milliseconds. Where only numbers are wanted, it shares the solver too.
        self._context: Any = None
        self._solver: Any = None
        self._literals: dict[str, Any] = {}
        self._constants: dict[int, tuple[str, Any]] = {}
        self._failed = ""
        self._heard = 0
        self._effort = effort
        self._numbers = beside if isinstance(beside, Numbers) else None
        self._closed = closed and self._numbers is not None  # it is one assertion that leaves nothing open
        if isinstance(beside, Numbers):
            self._context, self._failed = beside.context, beside.failed
            self._literals = beside.literals
        else:
            try:
                if beside is not None and beside._context is not None:
                    self._context = beside._context
                    self._literals, self._constants = beside._literals, beside._constants
                else:
                    self._context = z3.Context()
                self._solver = _solver(self._context, effort)
            except z3.Z3Exception as error:
                self._failed = f"the solver failed: {error}"
        self.text: list[str] = []
        self.add(text)

    def add(self, text: str) -> None:
        """Declarations and assertions; names declared before are known. Read when something is asked."""
        self.text.append(text)

    def at(self, values: Mapping[str, int]) -> Result | None:
        """Whether the assertions hold of these numbers: a question in which nothing is left open, so that it
        is reckoned out and needs no search. None: they are not the numbers of all that is declared."""
        text = "".join(self.text)
        names = [name for name, _ in _DECLARED.findall(text)]
        if not names or not values.keys() >= set(names):
            return None
        bound = " ".join(f"({name} {values[name]})" for name in names)
        closed = f"(assert (let ({bound}) {_conjoined(text)}))"
        return Session(closed, self._effort, beside=self._numbers, closed=True).ask()

    def _read(self) -> None:
        if self._failed:
            return
        try:
            if self._numbers is not None and self._numbers.turn is not self:
                self._heard = 0
                self._numbers.take(self, self._effort)
                self._solver = self._numbers.solver
            text = "\n".join(self.text[self._heard :])
            self._heard = len(self.text)
            if text and self._numbers is not None:
                self._numbers.read(text)
            elif text:
                self._solver.from_string(text)
        except z3.Z3Exception as error:
            self._failed = f"the solver failed: {error}"

    def ask(self, assumptions: Sequence[str] = ()) -> Result:
        """Whether the assertions can hold together with these assumptions (`-name`: its negation)."""
        if not self._closed:
            self._read()
        if self._failed:
            found = Result("unknown", why=self._failed)
        else:
            found = self._reckoned() if self._closed else self._asked(assumptions)
        if found.status == "unknown" and self._numbers is not None:
            self._numbers.leave()
        return found

    def _asked(self, assumptions: Sequence[str]) -> Result:
        try:
            literals = [self._literal(name) for name in assumptions]
            status = check(self._solver, literals)
            if status == z3.sat:
                # What is found at a solver of many sessions depends on what was asked before.
                told = {} if self._numbers else _values(self._solver.model(), self._constants)
                return Result("sat", values=told)
            if status == z3.unsat and self._numbers is not None:
                return Result("unsat", core=tuple(assumptions))  # nobody makes them fewer
            if status == z3.unsat:
                core = _core(self._solver)
                needed = (n for n, each in zip(assumptions, literals, strict=True) if each.ast.value in core)
                return Result("unsat", core=tuple(needed))
            why = self._solver.reason_unknown()
            limit = "at the limit of its effort" if "cancel" in why or "resource" in why else f"({why})"
            return Result("unknown", why=f"the solver stopped {limit}")
        except z3.Z3Exception as error:
            return Result("unknown", why=f"the solver failed: {error}")

    def _reckoned(self) -> Result:
        assert self._numbers is not None
        try:
            return Result("sat" if self._numbers.true("".join(self.text), self._effort) else "unsat")
        except z3.Z3Exception as error:
            return Result("unknown", why=f"the solver failed: {error}")

    def _literal(self, name: str) -> Any:
        if name not in self._literals:
            plain = z3.Bool(name.removeprefix("-"), self._context)
            self._literals[name] = z3.Not(plain) if name.startswith("-") else plain
        return self._literals[name]


# z3's own wrappers convert every argument and ask for an error after every call, which for the values of a
# model takes longer than most answers; what follows calls the same functions of its library without that.


def _raw(wrapper: Any, result: Any, *arguments: Any) -> Any:
    address = cast(wrapper.__defaults__[0].f, c_void_p).value  # z3 keeps the function of the library there
    assert address is not None
    return CFUNCTYPE(result, *arguments)(address)


_check = _raw(z3.Z3_solver_check_assumptions, c_int, c_void_p, c_void_p, c_uint, c_void_p)
_error = _raw(z3.Z3_get_error_code, c_int, c_void_p)
_vector_size = _raw(z3.Z3_ast_vector_size, c_uint, c_void_p, c_void_p)
_vector_get = _raw(z3.Z3_ast_vector_get, c_void_p, c_void_p, c_void_p, c_uint)
_num_consts = _raw(z3.Z3_model_get_num_consts, c_uint, c_void_p, c_void_p)
_const_decl = _raw(z3.Z3_model_get_const_decl, c_void_p, c_void_p, c_void_p, c_uint)
_const_interp = _raw(z3.Z3_model_get_const_interp, c_void_p, c_void_p, c_void_p, c_void_p)
_bool_value = _raw(z3.Z3_get_bool_value, c_int, c_void_p, c_void_p)
_int_value = _raw(z3.Z3_get_numeral_int64, c_int, c_void_p, c_void_p, c_void_p)


def check(solver: Any, literals: Sequence[Any]) -> Any:
    context = solver.ctx.ref().value
    asts = (c_void_p * len(literals))(*[literal.ast.value for literal in literals])
    found = _check(context, solver.solver.value, len(literals), asts)
    if error := _error(context):
        raise z3.Z3Exception(z3.Z3_get_error_msg(solver.ctx.ref(), error))
    return z3.CheckSatResult(found)


def reckon(formulas: Any, effort: int) -> bool:
    """Whether the first of these formulas, in which nothing is left open, comes to true, in so many steps at
    most. Raises z3.Z3Exception."""
    context = formulas.ctx.ref()
    (steps := z3.ParamsRef(formulas.ctx)).set("max_steps", effort)
    found = z3.Z3_simplify_ex(context, z3.Z3_ast_vector_get(context, formulas.vector, 0), steps.params)
    truth: int = _bool_value(context.value, found.value)
    if not truth:
        raise z3.Z3Exception("something was left open")
    return truth > 0


def _core(solver: Any) -> set[int]:
    """Addresses of the assumptions that were needed."""
    context, core = solver.ctx.ref().value, solver.unsat_core()
    vector = core.vector.value
    return {_vector_get(context, vector, i) for i in range(_vector_size(context, vector))}


def _values(model: Any, known: dict[int, tuple[str, Any]]) -> dict[str, Value]:
    """The constants of a model by name. `known`: the name of each that a model had before, by its address,
    with a reference that keeps it there."""
    context, own = model.ctx.ref().value, model.model.value
    found: dict[str, Value] = {}
    number = c_longlong()
    where = byref(number)
    for i in range(_num_consts(context, own)):
        constant = _const_decl(context, own, i)
        if constant not in known:
            decl = z3.FuncDecl(None)
            decl.value = constant
            kept = z3.FuncDeclRef(decl, model.ctx)
            known[constant] = kept.name(), kept
        value = _const_interp(context, own, constant)
        truth = _bool_value(context, value)
        if truth:
            found[known[constant][0]] = truth > 0
        elif _int_value(context, value, where):
            found[known[constant][0]] = number.value
    return found


def shrink(session: Session, candidates: Sequence[str], always: Sequence[str]) -> tuple[str, ...] | None:
    """The subset of the candidates, minimal with `always ∪ subset` unsatisfiable, from which later candidates
    are left out first: it does not depend on the cores that the solver happens to find. The candidates must
    be unsatisfiable as they stand. None: the solver gave up."""
    kept = list(candidates)
    core: set[str] | None = None
    for name in reversed(candidates):
        if name not in kept:
            continue
        rest = [n for n in kept if n != name]
        if core is not None and name not in core:
            kept = rest  # what is unsatisfiable already is so without it
            continue
        result = session.ask([*always, *rest])
        if result.status == "unknown":
            return None
        if result.status == "unsat":
            kept, core = rest, set(result.core)
    return tuple(kept)
