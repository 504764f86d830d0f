"""Our data classes behave like those that the standard library makes."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
import pkgutil
from dataclasses import MISSING, Field, field, fields, is_dataclass, make_dataclass
from functools import cached_property
from typing import Any

import pytest

import govmodel
from govmodel.dataclass import dataclass, replace


def rooms() -> list[Any]:
    found = pkgutil.walk_packages(govmodel.__path__, "govmodel.")
    return [importlib.import_module(room.name) for room in found if not room.name.endswith("__main__")]


def frozen(cls: type[Any]) -> bool:
    return bool(cls.__struct_config__.frozen)


CLASSES: list[type[Any]] = [
    cls
    for room in rooms()
    for _, cls in inspect.getmembers(room, inspect.isclass)
    if cls.__module__ == room.__name__ and is_dataclass(cls) and hasattr(cls, "__struct_config__")
]


def matched(cls: Any) -> tuple[str, ...]:
    found: tuple[str, ...] = cls.__match_args__
    return found


def like(f: Field[Any]) -> Any:
    return field(default=f.default, default_factory=f.default_factory, kw_only=f.kw_only)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__qualname__)
def test_a_class_is_what_the_standard_one_would_be(cls: type[Any]) -> None:
    given = {f.name: f"the {f.name}" for f in fields(cls) if f.default is MISSING}
    if hasattr(cls, "__post_init__"):  # which reads what it is given
        pytest.skip("has something of its own to do")
    mine: Any = cls(**given)
    same = cls(**given)
    alike = cls.__struct_config__.eq
    twin = make_dataclass(
        cls.__qualname__, [(f.name, f.type, like(f)) for f in fields(cls)], frozen=frozen(cls), eq=alike
    )
    theirs = twin(**given)
    assert is_dataclass(cls)
    assert [getattr(mine, f.name) for f in fields(mine)] == [getattr(theirs, f.name) for f in fields(twin)]
    if "__repr__" not in vars(cls):
        assert repr(mine) == repr(theirs).replace(f"{twin.__qualname__}(", f"{cls.__name__}(", 1)
    assert (mine == same) is alike
    assert mine != theirs
    if frozen(cls):
        assert hash(mine) == hash(same)
    for again in (pickle.loads(pickle.dumps(mine)), copy.copy(mine), copy.deepcopy(mine), replace(mine)):
        assert type(again) is cls
        assert [getattr(again, f.name) for f in fields(cls)] == [getattr(mine, f.name) for f in fields(cls)]
        assert (again == mine) is alike
    assert matched(cls) == matched(twin)
    for f in fields(cls):
        assert replace(mine, **{f.name: "other"}) != mine
        if frozen(cls):
            with pytest.raises(AttributeError, match="immutable"):
                setattr(mine, f.name, 1)
            with pytest.raises(AttributeError, match="immutable"):
                delattr(mine, f.name)


def test_there_are_many() -> None:
    assert len(CLASSES) > 200


@dataclass(frozen=True, slots=True)
class Base:
    a: int


@dataclass(frozen=True, slots=True)
class Child(Base):
    b: tuple[int, ...] = field(default=(), metadata={"says": "numbers"})
    c: dict[str, int] = field(default_factory=dict, kw_only=True)

    def twice(self) -> int:
        return 2 * self.a


@dataclass(frozen=True)
class Cached:
    a: int
    asked: list[int] = field(default_factory=list)

    @cached_property
    def slow(self) -> int:
        self.asked.append(self.a)
        return self.a + 1


@dataclass(slots=True, eq=False)
class Node:
    text: str


def test_one_that_inherits() -> None:
    assert hash(Child) == hash(Child)  # of classes nothing changes
    child = Child(1, (2,), c={"x": 3})
    assert (child.a, child.b, child.c, child.twice()) == (1, (2,), {"x": 3}, 2)
    assert [(f.name, dict(f.metadata)) for f in fields(Child)] == [
        ("a", {}),
        ("b", {"says": "numbers"}),
        ("c", {}),
    ]
    assert repr(child) == "Child(a=1, b=(2,), c={'x': 3})"
    assert child == Child(1, (2,), c={"x": 3}) != Child(1, (2,))
    assert Child(1) != Base(1)
    assert Base(1) != Child(1)
    assert Child(1).c is not Child(1).c
    with pytest.raises(TypeError, match="Missing required argument 'a'"):
        Child()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Unexpected keyword argument 'd'"):
        Child(1, d=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unhashable type: 'dict'"):
        hash(child)


@dataclass(frozen=True, slots=True, order=True)
class Ordered:
    a: int
    b: str = ""


def test_one_that_has_an_order() -> None:
    assert sorted([Ordered(2), Ordered(1, "b"), Ordered(1)]) == [Ordered(1), Ordered(1, "b"), Ordered(2)]
    with pytest.raises(TypeError, match="not supported between"):
        assert Ordered(1) < Base(1)  # type: ignore[operator]


def test_one_that_keeps_what_it_found_and_one_that_changes() -> None:
    cached = Cached(1)
    assert (cached.slow, cached.slow, cached.asked) == (2, 2, [1])
    assert cached == Cached(1, [1])
    node, other = Node("a"), Node("a")
    assert node != other
    assert len({node, other}) == 2
    node.text = "b"
    assert node.text == "b"


def test_what_is_not_known_of_a_field_is_refused() -> None:
    class Hidden:
        a: int = field(default=1, repr=False)

    with pytest.raises(TypeError, match="a field of these classes is given, shown and compared"):
        dataclass(frozen=True)(Hidden)
    with pytest.raises(TypeError, match="unexpected keyword argument 'unsafe_hash'"):
        dataclass(unsafe_hash=True)
