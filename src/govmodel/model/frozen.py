"""`@dataclass(frozen=True)` for a language of many classes: its methods are compiled when they are called.

The standard one writes six methods for every class and compiles each of them at once, which takes longer than
all else that is imported (docs/decisions/0033).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, FrozenInstanceError
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool, slots: bool = False, kw_only: bool = False):
        """The same as `dataclasses.dataclass`, of which these options are known, with `frozen` always."""
        if not frozen:
            raise TypeError("a class of the language is frozen")
        return partial(_made, slots=slots, kw_only=kw_only)


def _made(cls: type, slots: bool, kw_only: bool) -> type:
    said = cls.__doc__
    cls.__doc__ = said or cls.__name__  # else the standard one spends long on making something up
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    made.__doc__ = said
    fields = dataclasses.fields(made)
    compared = [f.name for f in fields if f.compare]
    _later(made, "__init__", partial(_init, made, fields))
    _later(made, "__eq__", partial(_eq, compared))
    _later(made, "__hash__", partial(_hash, compared))
    made.__repr__ = _repr
    made.__setattr__ = _cannot_assign
    made.__delattr__ = _cannot_delete
    if slots:
        made.__getstate__ = _state
        made.__setstate__ = _restore
    return made  # type: ignore[no-any-return]


def _later(cls: type, name: str, written: Callable[[], tuple[str, dict[str, Any]]]) -> None:
    """A method that is compiled when it is called for the first time, and then takes the place of this."""

    def method(self: Any, *given: Any, **named: Any) -> Any:
        text, known = written()
        exec(text, known)
        compiled = known[name]
        compiled.__qualname__ = f"{cls.__qualname__}.{name}"
        compiled.__module__ = cls.__module__
        setattr(cls, name, compiled)
        return compiled(self, *given, **named)

    method.__name__, method.__qualname__ = name, f"{cls.__qualname__}.{name}"
    setattr(cls, name, method)


def _init(cls: type, fields: Iterable[Field[Any]]) -> tuple[str, dict[str, Any]]:
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    first: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for f in fields:
        asked, value = f.name, f.name
        if f.default is not MISSING:
            known[f"_{f.name}"] = f.default
            asked = f"{f.name}=_{f.name}"
        elif f.default_factory is not MISSING:
            known[f"_{f.name}"] = f.default_factory
            asked, value = f"{f.name}=_missing", f"_{f.name}() if {f.name} is _missing else {f.name}"
        if f.init:
            (named if f.kw_only else first).append(asked)
            body.append(f"_set(self, {f.name!r}, {value})")
        elif asked != f.name:
            made = "()" if f.default is MISSING else ""
            body.append(f"_set(self, {f.name!r}, _{f.name}{made})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join(["self", *first, *(["*", *named] if named else [])])
    return f"def __init__({parameters}):\n " + "\n ".join(body or ["pass"]), known


def _eq(names: Iterable[str]) -> tuple[str, dict[str, Any]]:
    same = f"{_values('self', names)} == {_values('other', names)}"
    return (
        f"def __eq__(self, other):\n return {same} if other.__class__ is self.__class__ else NotImplemented",
        {},
    )


def _hash(names: Iterable[str]) -> tuple[str, dict[str, Any]]:
    return f"def __hash__(self):\n return hash({_values('self', names)})", {}


def _values(of: str, names: Iterable[str]) -> str:
    return "(" + "".join(f"{of}.{name}, " for name in names) + ")"


def _repr(self: Any) -> str:
    shown = (f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _cannot_assign(self: Any, name: str, value: object) -> NoReturn:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _cannot_delete(self: Any, name: str) -> NoReturn:  # noqa: ARG001
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> tuple[object, ...]:
    return tuple([getattr(self, name) for name in type(self).__dataclass_fields__])


def _restore(self: Any, state: tuple[object, ...]) -> None:
    for name, value in zip(type(self).__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)
