"""`dataclass` for a language of many classes: msgspec makes them (docs/decisions/0036).

To the type checker they are the standard ones, and so they are to `fields`, `match`, `copy` and `pickle`.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:
    from msgspec.structs import replace as replace

    def dataclass(*, frozen=False, slots=False, kw_only=False, eq=True, order=False):
        """The same as `dataclasses.dataclass`, of which these options are known; of `field` a default, a
        factory and metadata. Without `slots` there is room for what is cached."""
        return partial(_made, frozen=frozen, dict=not slots, kw_only=kw_only, eq=eq, order=order)


_Struct: Any = type(msgspec.Struct)


class _Data(_Struct):  # type: ignore[misc]
    """Leaves a class that inherits from one of these as it was written: `dataclass` makes it."""

    def __new__(cls, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> type:
        return type(name, (), {**space, "__orig_bases__": bases})


_Root = _Struct.__new__(_Data, "_Root", (msgspec.Struct,), {})
_OF_EVERY_CLASS = ("__dict__", "__weakref__")


def _made(cls: type, kw_only: bool, **options: bool) -> Any:
    space = {name: value for name, value in vars(cls).items() if name not in _OF_EVERY_CLASS}
    bases = tuple(base for base in cls.__bases__ if base is not object)
    if not bases:
        bases = space.pop("__orig_bases__", ())
    if not any(isinstance(base, _Data) for base in bases):
        bases = (_Root, *bases)
    for name in space.get("__annotations__", ()):
        value = space.get(name)
        if isinstance(value, dataclasses.Field):
            space[name] = _default(value)
    space["__dataclass_fields__"] = _Fields(cls, kw_only)
    return _Struct.__new__(_Data, cls.__name__, bases, space, kw_only=kw_only, **options)


def _default(field: dataclasses.Field[Any]) -> Any:
    if not (field.init and field.compare and field.repr):
        raise TypeError("a field of these classes is given, shown and compared")
    if field.default_factory is not dataclasses.MISSING:
        return msgspec.field(default_factory=field.default_factory)
    return msgspec.NODEFAULT if field.default is dataclasses.MISSING else field.default


class _Fields:
    """What the standard library knows of a class, found out when it is asked for."""

    def __init__(self, written: type, kw_only: bool) -> None:
        self.written, self.kw_only = written, kw_only

    def __get__(self, _: object, made: Any) -> dict[str, Any]:
        self.written.__doc__ = self.written.__doc__ or " "  # else it makes something up, which takes long
        standard = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=self.kw_only)
        own: Any = standard(self.written)
        found: dict[str, Any] = {}
        for base in reversed(made.__bases__):
            found |= getattr(base, "__dataclass_fields__", {})
        made.__dataclass_fields__ = found = found | own.__dataclass_fields__
        return found
