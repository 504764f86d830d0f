"""The only place that talks to z3: SMT-LIB text in, three answers out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ctypes import byref, c_longlong
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import z3

EFFORT = 2_000_000
"""z3's `rlimit` for one call: the same on every machine, unlike a time."""

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


class Session:
    """A solver that is fed with text and asked under assumptions (names of declared Booleans)."""

    def __init__(self, text: str, effort: int = EFFORT, *, beside: Session | None = None) -> None:
        # A context of its own: in a shared one, which model is found depends on what was asked before.
        # `beside` shares that of another session, whose questions are always asked in the same order,
        # or of which only numbers are wanted; a context costs three milliseconds.
        self._context: Any = None
        self._solver: Any = None
        self._literals: dict[str, Any] = {}
        self._constants: dict[int, tuple[str, Any]] = {}
        self._failed = ""
        self._heard = 0
        try:
            shared = beside._context if beside is not None else None
            self._context = shared if shared is not None else z3.Context()
            self._solver = z3.SimpleSolver(ctx=self._context)
            self._solver.set("rlimit", effort)
            self._solver.set("random_seed", 1)
        except z3.Z3Exception as error:
            self._failed = f"the solver failed: {error}"
        self.text: list[str] = []
        self.add(text)

    def add(self, text: str) -> None:
        """Declarations and assertions; names declared before are known. Read when something is asked."""
        self.text.append(text)

    def _read(self) -> None:
        text = "\n".join(self.text[self._heard :])
        self._heard = len(self.text)
        if self._failed:
            return
        try:
            if text:
                self._solver.from_string(text)
        except z3.Z3Exception as error:
            self._failed = f"the solver failed: {error}"

    def ask(self, assumptions: Sequence[str] = ()) -> Result:
        """Whether the assertions can hold together with these assumptions (`-name`: its negation)."""
        self._read()
        if self._failed:
            return Result("unknown", why=self._failed)
        try:
            literals = [self._literal(name) for name in assumptions]
            status = check(self._solver, literals)
            if status == z3.sat:
                return Result("sat", values=_values(self._solver.model(), self._constants))
            if status == z3.unsat:
                core = _core(self._solver)
                needed = (n for n, each in zip(assumptions, literals, strict=True) if each.get_id() in core)
                return Result("unsat", core=tuple(needed))
            why = self._solver.reason_unknown()
            limit = "at the limit of its effort" if "cancel" in why or "resource" in why else f"({why})"
            return Result("unknown", why=f"the solver stopped {limit}")
        except z3.Z3Exception as error:
            return Result("unknown", why=f"the solver failed: {error}")

    def _literal(self, name: str) -> Any:
        if name not in self._literals:
            plain = z3.Bool(name.removeprefix("-"), self._context)
            self._literals[name] = z3.Not(plain) if name.startswith("-") else plain
        return self._literals[name]


# z3's own wrappers convert every assumption and every name of a model each time, which takes longer than most
# answers; what follows calls the same functions of its library without that.


def check(solver: Any, literals: Sequence[Any]) -> Any:
    asts = (z3.Ast * len(literals))(*(literal.ast for literal in literals))
    found = z3.Z3_solver_check_assumptions(solver.ctx.ref(), solver.solver, len(literals), asts)
    return z3.CheckSatResult(found)


def _core(solver: Any) -> set[int]:
    """Ids of the assumptions that were needed."""
    context = solver.ctx.ref()
    core = solver.unsat_core()
    asts = (z3.Z3_ast_vector_get(context, core.vector, i) for i in range(len(core)))
    return {z3.Z3_get_ast_id(context, ast) for ast in asts}


def _values(model: Any, known: dict[int, tuple[str, Any]]) -> dict[str, Value]:
    """The constants of a model by name. `known`: the name of each that a model had before, by its address,
    with a reference that keeps it there."""
    context, own = model.ctx.ref(), model.model
    found: dict[str, Value] = {}
    number = c_longlong()
    for i in range(z3.Z3_model_get_num_consts(context, own)):
        constant = z3.Z3_model_get_const_decl(context, own, i)
        if constant.value not in known:
            kept = z3.FuncDeclRef(constant, model.ctx)
            known[constant.value] = kept.name(), kept
        value = z3.Z3_model_get_const_interp(context, own, constant)
        truth = z3.Z3_get_bool_value(context, value)
        if truth != z3.Z3_L_UNDEF:
            found[known[constant.value][0]] = bool(truth == z3.Z3_L_TRUE)
        elif z3.Z3_get_numeral_int64(context, value, byref(number)):
            found[known[constant.value][0]] = number.value
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
