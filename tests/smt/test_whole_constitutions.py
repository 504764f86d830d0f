"""Whole constitutions, drawn as files along the declaration of the language: read, compared by all engines,
and put to every check. And whether nothing that can be written was left undrawn."""

from __future__ import annotations

import inspect
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from govmodel.checks import CATALOGUE
from govmodel.checks.context import Context
from govmodel.errors import InputError
from govmodel.loading import load_text
from govmodel.loading.build import VERBS, block_class, keys
from govmodel.model import expressions
from govmodel.model.constitution import Constitution
from govmodel.model.language import Block, ByReading, Plain, SetBy
from govmodel.model.rules import NormRule, Rulebook
from govmodel.model.vocabulary import SITUATIONS
from govmodel.reading import read, readings, under
from govmodel.semantics.cells import electorate
from govmodel.semantics.counting import places
from govmodel.smt.case import CaseTheory
from govmodel.study.checking import run_checks
from strategies.agreement import compare_norms, compare_quorums, compare_votes
from strategies.compared import COMPARED
from strategies.dice import Rolled, drawn
from strategies.situations import World
from strategies.trying import Tried
from strategies.whole import LEFT_TO_LANDSCAPES, whole

MOST_PLACES = 5
MOST_CASES = 1_500
"""Cases of one situation that are tried; with more of them it is left to smaller worlds."""
NORMS_EACH = 3


def constitutions(seeds: range) -> Iterator[tuple[int, Constitution]]:
    """Those of these that are sound as files; nearly all."""
    refused = 0
    for seed in seeds:
        try:
            yield seed, load_text(whole(Rolled(seed)), f"drawn-{seed}.yaml")
        except InputError:
            refused += 1
    assert refused * 10 <= len(seeds)


# what is drawn


def constructs(value: Any) -> Iterator[tuple[object, ...]]:
    """Everything of the language that a part of a constitution is made of: keys, in what way they are given,
    words of closed lists, verbs, guards, and what sentences of the small language are made of."""
    if isinstance(value, Block):
        cls = type(value).__name__
        if value.gate:
            yield ("guard",)
        if hasattr(value, "verb"):
            yield "verb", cls, value.verb
        for key in keys(type(value)).values():
            own = getattr(value, key.field)
            if own is None or own in ((), {}):
                continue
            yield "key", cls, key.name
            if key.holds == "Value":
                yield "given", type(own).__name__
            for word in _words(own) if key.choices else ():
                yield "word", cls, key.name, word
    elif is_dataclass(value):
        yield "sentence", type(value).__name__
        for name in ("kind", "op", "way", "how", "which", "of"):
            own = getattr(value, name, None)
            if isinstance(own, str):
                yield "in a sentence", type(value).__name__, name, own
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple):
        for each in value:
            yield from constructs(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from constructs(getattr(value, field.name))


def _words(value: Any) -> Iterator[str]:
    match value:
        case Plain(inner):
            yield from (inner,) if isinstance(inner, str) else inner
        case ByReading(_, options):
            for each in options.values():
                yield from (each,) if isinstance(each, str) else each
        case str():
            yield value


def declared() -> Iterator[tuple[object, ...]]:
    """Everything that can be written."""
    met, waiting = set[str](), ["Constitution"]
    while waiting:
        cls = waiting.pop()
        if cls in met:
            continue
        met.add(cls)
        for key in keys(block_class(cls)).values():
            if key.name in LEFT_TO_LANDSCAPES:
                continue
            yield "key", cls, key.name
            yield from (("word", cls, key.name, word) for word in key.choices)
            waiting += [key.block] if key.block else []
        yield from (("verb", cls, verb) for verb in VERBS.get(cls, ()))
    yield ("guard",)
    yield from (("given", way.__name__) for way in (Plain, ByReading, SetBy))
    for name, cls_ in inspect.getmembers(expressions, is_dataclass):
        if cls_.__module__ == expressions.__name__:
            yield "sentence", name


def test_nothing_that_can_be_written_is_left_undrawn() -> None:
    seen: Counter[tuple[object, ...]] = Counter()
    for _, constitution in constitutions(range(250)):
        seen.update(set(constructs(constitution)))
    never = [what for what in declared() if not seen[what]]
    assert never == []


# what the engines say of them


def bodies(book: Rulebook, chance: random.Random) -> int:
    """Quorums and votes of every body that is small enough, under one reading."""
    own = [name for name, a in book.ambiguities.items() if not a.built_in]
    reading = chance.choice(readings(book, own).all)
    rules, compared = under(book, reading), 0
    for body in rules.bodies.values():
        if (
            not body.seats
            or len(places(body, ("voting", "non-voting", "attending", "advising"))) > MOST_PLACES
        ):
            continue
        seats = electorate(rules, body)
        compare_quorums(rules, seats)
        for matter in rules.matters:
            compare_votes(rules, seats, matter, {})
        compared += 1
    return compared


def norms(book: Rulebook, chance: random.Random) -> int:
    """A few norms of each situation whose cases are few enough."""
    compared = 0
    for situation in book.situations:
        about = [r for r in book.rules if isinstance(r, NormRule) and r.situation == situation]
        chosen = chance.sample(about, min(NORMS_EACH, len(about)))
        if not chosen:
            continue
        rest = tuple(r for r in book.rules if not isinstance(r, NormRule))
        world = World(replace(book, rules=(*rest, *chosen)), situation, None, 1, 6)
        theory = CaseTheory(world.rulebook, situation, None, window=world.window, starts=world.starts)
        if not theory.left_out and len(Tried(world).every_case) <= MOST_CASES:
            compare_norms(world)
            compared += 1
    return compared


@pytest.mark.parametrize("part", range(10))
def test_the_engines_agree(part: int) -> None:
    compared = 0
    for seed, constitution in constitutions(range(1_000 + part * 20, 1_000 + (part + 1) * 20)):
        book, chance = read(constitution), random.Random(seed)
        compared += bodies(book, chance) + norms(book, chance)
        COMPARED["constitutions"] += 1
        COMPARED["drawn as files"] += 1
    assert compared >= 20


@given(drawn(whole), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_engines_agree_where_hypothesis_draws(text: str, chance: random.Random) -> None:
    """The same constitutions, drawn so that one that fails is shrunk."""
    try:
        book = read(load_text(text, "drawn.yaml"))
    except InputError:
        reject()
    bodies(book, chance)
    norms(book, chance)
    COMPARED["constitutions"] += 1
    COMPARED["drawn as files by Hypothesis"] += 1


@pytest.mark.parametrize("part", range(5))
def test_no_check_falls_over(part: int) -> None:
    for _, constitution in constitutions(range(2_000 + part * 4, 2_000 + (part + 1) * 4)):
        context = Context(read(constitution), 2_000_000)
        for answer in run_checks(context, CATALOGUE, None):
            assert not [u for u in answer.undecided if "defect of govmodel" in u.why], answer.undecided


def test_situations_are_all_spoken_of() -> None:
    spoken = set()
    for _, constitution in constitutions(range(60)):
        spoken |= {r.situation for r in read(constitution).rules if isinstance(r, NormRule)}
    assert SITUATIONS.keys() <= spoken
