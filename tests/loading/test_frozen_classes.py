"""Frozen classes behave like those that dataclasses makes."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
import pkgutil
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields, make_dataclass, replace
from typing import Any

import pytest

import govmodel
from govmodel.model.frozen import dataclass

frozen = dataclass.__module__


def rooms() -> list[Any]:
    found = pkgutil.walk_packages(govmodel.__path__, "govmodel.")
    return [importlib.import_module(room.name) for room in found if not room.name.endswith("__main__")]


CLASSES = [
    cls
    for room in rooms()
    for _, cls in inspect.getmembers(room, inspect.isclass)
    if cls.__module__ == room.__name__ and getattr(vars(cls).get("__repr__"), "__module__", "") == frozen
]


def like(f: Field[Any]) -> Any:
    return field(
        default=f.default, default_factory=f.default_factory, init=f.init, repr=f.repr, compare=f.compare,
        kw_only=f.kw_only,
    )  # fmt: skip


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__qualname__)
def test_a_class_is_what_the_standard_one_would_be(cls: type[Any]) -> None:
    given = {f.name: f"the {f.name}" for f in fields(cls) if f.init and f.default_factory is MISSING}
    if hasattr(cls, "__post_init__"):  # which reads what it is given
        pytest.skip("has something of its own to do")
    mine, same = cls(**given), cls(**given)
    twin = make_dataclass(
        cls.__qualname__, [(f.name, f.type, like(f)) for f in fields(cls)], frozen=True,
        slots="__slots__" in vars(cls),
    )  # fmt: skip
    theirs = twin(**given)
    assert [getattr(mine, f.name) for f in fields(cls)] == [getattr(theirs, f.name) for f in fields(cls)]
    own, other = (inspect.signature(vars(each)["__init__"]).parameters for each in (cls, twin))
    assert [(p.name, p.kind) for p in own.values()] == [(p.name, p.kind) for p in other.values()]
    assert repr(mine) == repr(theirs)
    assert mine == same
    assert mine != theirs
    if all(f.default_factory is MISSING for f in fields(cls)):
        assert hash(mine) == hash(same) == hash(theirs)
    for again in (pickle.loads(pickle.dumps(mine)), copy.copy(mine), copy.deepcopy(mine), replace(mine)):
        assert (type(again), again) == (cls, mine)
    assert cls.__match_args__ == twin.__match_args__  # type: ignore[attr-defined]
    for f in fields(cls):
        if f.compare and f.init:
            assert replace(mine, **{f.name: "other"}) != mine
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{f.name}'"):
            setattr(mine, f.name, 1)
        with pytest.raises(FrozenInstanceError, match=f"cannot delete field '{f.name}'"):
            delattr(mine, f.name)


@dataclass(frozen=True, slots=True)
class Base:
    a: int


@dataclass(frozen=True, slots=True)
class Child(Base):
    b: tuple[int, ...] = ()
    made: list[int] = field(default_factory=list, init=False, compare=False, repr=False)
    fixed: str = field(default="f", init=False)
    c: dict[str, int] = field(default_factory=dict, kw_only=True)

    def __post_init__(self) -> None:
        self.made.append(self.a)


def test_one_that_inherits() -> None:
    assert hash(Child) == hash(Child)  # of classes nothing changes
    child = Child(1, (2,), c={"x": 3})
    assert (child.a, child.b, child.c, child.made, child.fixed) == (1, (2,), {"x": 3}, [1], "f")
    assert repr(child) == "Child(a=1, b=(2,), fixed='f', c={'x': 3})"
    assert child == Child(1, (2,), c={"x": 3}) != Child(1, (2,))
    assert Child(1) != Base(1)
    assert Base(1) != Child(1)
    assert hash(Base(1)) == hash((1,))
    assert Child(1).c is not Child(1).c
    with pytest.raises(TypeError, match=r"Child\.__init__\(\) missing 1 required positional argument: 'a'"):
        Child()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'd'"):
        Child(1, d=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unhashable type: 'dict'"):
        hash(child)


def test_what_is_not_frozen_has_no_place_there() -> None:
    with pytest.raises(TypeError, match="a class of the language is frozen"):
        dataclass(frozen=False)
    with pytest.raises(TypeError, match="unexpected keyword argument 'order'"):
        dataclass(frozen=True, order=True)
