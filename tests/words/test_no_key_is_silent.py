"""No key of the language is silent: each says something in `govmodel show sentences`.

Driven by the dataclasses of the language. For every kind of block, at every place where it may stand, a
small constitution is made; every key in turn is put in, changed, read in two ways, or left to somebody,
and each time what is read back must change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from govmodel.errors import Mark
from govmodel.loading.build import NOUNS, keys
from govmodel.loading.values import Key
from govmodel.model import constitution as language
from govmodel.model.constitution import About, Block, ByReading, Constitution, Plain, SetBy
from govmodel.model.expressions import Comparison, Count, Frequency, Length, Number, Span, Threshold
from govmodel.words.provisions import WORDS, by_clause, read_back
from govmodel.words.speaking import Speaker

MARK = Mark("m.yaml", 1, 1)
NAMES = {
    "classes": ("county", "district"),
    "parties": ("ash", "birch"),
    "bodies": ("panel", "forum"),
    "offices": ("clerk", "warden"),
    "matters": ("dispute", "grant"),
    "situations": ("meeting", "item"),
    "instruments": ("roll", "plan"),
    "norms": ("first-norm", "second-norm"),
    "seats": ("oak-seat", "elm-seat"),
    "builtin": ("public", "complainant"),
    "chairs": ("panel.chair", "forum.chair"),
    "any": ("panel", "clerk"),
    "models": ("first-text", "second-text"),
}
"""Two names under each heading."""
TYPED: dict[str, tuple[Any, ...]] = {
    "sentence": ("a lime tree", "a pear tree"),
    "condition": tuple(Comparison(Count("present"), ">=", Number(Fraction(n))) for n in (7, 8)),
    "carried": tuple(Threshold("share", Fraction(n, 3), base="voting") for n in (1, 2)),
    "length": (Length(5, "day", "working"), Length(6, "month")),
    "frequency": (Frequency(1, "quarter"), Frequency(2, "year")),
    "span": (Span(2, 2), Span(0, 5)),
    "votes": (3, 4),
    "date": ("2010-05", "2011"),
    "about": ((About("meeting", "panel", MARK),), (About("item", "forum", MARK),)),
    "words-by-name": ({"x": Plain("the x way", MARK)}, {"y": Plain("the y way", MARK)}),
    "options": ({"x": {"other": ("p",)}}, {"x": {"other": ("q",)}}),
    "clauses": ("2", "3"),
    "target": (("2",), ("panel",), ("nothing",)),
    "patterns": (("1.1",), ("(a)",)),
    "sentences": (("a lime tree",), ("a pear tree",)),
}
REQUIRED: dict[str, dict[str, Any]] = {
    "Norm": {"must": Plain(TYPED["condition"][0], MARK)},
    "Route": {"verb": "reports_to", "whom": ("forum",)},
    "Step": {"verb": "prepared_by", "whom": ("forum",)},
    "ClauseEntry": {"ref": "1"},
    "Ambiguity": {"options": {o: Plain(f"the {o} way", MARK) for o in "xy"}, "base": Plain("x", MARK)},
}
"""What a block of a class needs beside the keys that are marked so."""
FORCES = ("must", "should", "may", "must_not", "should_not")

Path = tuple[tuple[str, str], ...]
"""How a block is reached: (field, class) by (field, class)."""


def paths(cls: str = "Constitution", so_far: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every place where a block may stand, with its class."""
    yield so_far, cls
    for key in keys(getattr(language, cls)).values():
        if key.block and not any(name == key.block for _, name in so_far):
            yield from paths(key.block, (*so_far, (key.field, key.block)))


def samples(key: Key) -> tuple[Any, ...]:
    """At least two values of a key, bare."""
    if key.choices:
        return tuple((c,) for c in key.choices) if key.shape == "words" else key.choices
    if key.shape in ("name", "names"):
        names: tuple[str, ...] = NAMES[key.refers[0]] if key.refers else ("lime", "pear")
        if key.shape == "name":
            return names
        if key.inner.startswith("tuple[tuple"):
            return ((names,), tuple((n,) for n in names))
        return ((names[0],), (names[1],), names)
    if key.shape == "clauses" and key.inner != "str":
        return tuple((ref,) for ref in TYPED["clauses"])
    if key.shape == "number":
        return ("2", "3") if key.inner == "str" else (2, 3)
    if key.shape == "word":  # an option of the block itself
        return ("x", "y")
    if key.shape == "block":
        return (made(key.block), made(key.block, clauses=("7",)))
    if key.shape == "blocks":
        return ((made(key.block),), (made(key.block, clauses=("7",)),))
    if key.shape == "named":
        return ({"lime": made(key.block)}, {"pear": made(key.block)})
    return TYPED[key.shape]


def wrapped(key: Key, value: Any) -> Any:
    return Plain(value, MARK) if key.holds else value


def made(cls: str, **given: Any) -> Any:
    """A block of a class with what it needs, and no more."""
    values: dict[str, Any] = {"at": MARK, "clauses": ("9.9",), **REQUIRED.get(cls, {})}
    for key in keys(getattr(language, cls)).values():
        if key.required and key.field not in values:
            values[key.field] = wrapped(key, samples(key)[0])
    return getattr(language, cls)(**{**values, **given})


@cache
def world() -> Constitution:
    """A constitution in which every name of NAMES is declared, and two questions are open."""
    name = {n: Plain(f"the {n} of the shire", MARK) for each in NAMES.values() for n in each}
    body = {b: made("Body", name=name[b], external=Plain("yes", MARK)) for b in NAMES["bodies"]}
    seats = {s: made("Seat") for s in NAMES["seats"]}
    asked = made("Ambiguity")
    return Constitution(
        at=MARK,
        id="m",
        document=made("Document"),
        readings={"asked": asked, "other": replace(asked, options=dict.fromkeys("pq", asked.options["x"]))},
        classes={n: made("PartyClass", name=name[n]) for n in NAMES["classes"]},
        parties={n: made("Party", name=name[n]) for n in NAMES["parties"]},
        bodies={**body, "seated": made("Body", seats=seats)},
        offices={n: made("Office", name=name[n]) for n in NAMES["offices"]},
        matters={n: made("Matter", name=name[n]) for n in NAMES["matters"]},
        instruments={n: made("Instrument", name=name[n]) for n in NAMES["instruments"]},
        norms=tuple(made("Norm", id=Plain(n, MARK)) for n in NAMES["norms"]),
        clauses_index={ref: made("ClauseEntry", ref=ref) for ref in ("2", "3")},
    )


def placed(path: Path, block: Any) -> Constitution:
    """The world with a block at a place."""
    whole: Any = block
    for number in range(len(path) - 1, -1, -1):
        field, _ = path[number]
        around = world() if number == 0 else made(path[number - 1][1])
        old = getattr(around, field)
        if isinstance(old, dict):
            key = "1" if field == "clauses_index" else "new"
            whole = replace(around, **{field: {**old, key: whole}})
        elif isinstance(old, tuple):
            whole = replace(around, **{field: (*old, whole)})
        else:
            whole = replace(around, **{field: whole})
    assert isinstance(whole, Constitution)
    return whole


def back(constitution: Constitution, fixed: dict[str, str] | None = None) -> str:
    """All that is read back by subject; by clause too, where the index is what is tried."""
    speaker = Speaker(constitution, fixed)
    lines = [f"{sentence.said} {sentence.name}" for sentence in read_back(speaker)]
    if "1" in constitution.clauses_index:
        for became in by_clause(speaker):
            lines += [became.ref, became.says, became.fate, *became.also, str(became.fingerprint)]
    return "\n".join(lines)


PLACES = [(path, cls) for path, cls in paths() if path]
KEYS = [(path, cls, key) for path, cls in PLACES for key in keys(getattr(language, cls)).values()]
VALUES = [(path, cls, key) for path, cls, key in KEYS if key.holds == "Value" and len(samples(key)) > 1]


def name_of(path: Path, key: str = "") -> str:
    return ".".join([field for field, _ in path] + ([key] if key else []))


def advice(cls: str, key: str) -> str:
    words = WORDS.get(getattr(language, cls))
    where = f"{words.__module__}.{words.__name__}" if words else "govmodel.words"
    return f"the key {key!r} of a {NOUNS[cls]} is silent in `govmodel show`: give it words in {where}"


def test_every_kind_of_block_has_words() -> None:
    reached = {cls for _, cls in paths()} - {"Constitution"}
    missing = sorted(name for name in reached if getattr(language, name) not in WORDS)
    assert not missing, f"no words for {', '.join(missing)}: add them to WORDS in govmodel.words.provisions"
    declared = {c for c in vars(language).values() if isinstance(c, type) and issubclass(c, Block)}
    assert declared - {Block, Constitution} == set(WORDS), "a kind of block that stands nowhere has words"


@pytest.mark.parametrize(("path", "cls", "key"), KEYS, ids=[name_of(p, k.name) for p, _, k in KEYS])
def test_a_key_says_something(path: Path, cls: str, key: Key) -> None:
    """Putting it in changes what is read back, and so does every change of its value; but a value that is
    notation says the same when it is left out."""
    plain = made(cls)
    if cls == "Norm" and key.name in FORCES:
        plain = replace(plain, must=None)
    told = [] if key.required or key.name in FORCES else [back(placed(path, plain))]
    usual = re.search(r"([\w-]+) when left out", key.says)
    values = [v for v in samples(key) if usual is None or v != usual.group(1)]
    told += [back(placed(path, replace(plain, **{key.field: wrapped(key, v)}))) for v in values]
    assert len(set(told)) == len(told), advice(cls, key.name)


@pytest.mark.parametrize(("path", "cls", "key"), VALUES, ids=[name_of(p, k.name) for p, _, k in VALUES])
def test_a_value_that_depends_on_a_reading_says_so(path: Path, cls: str, key: Key) -> None:
    plain = replace(made(cls), must=None) if cls == "Norm" and key.name in FORCES else made(cls)
    one, other = samples(key)[:2]
    asked = ByReading("asked", {"x": one, "y": other}, MARK)
    block = replace(plain, **{key.field: asked})
    told = back(placed(path, block))
    assert "‘asked’ is read as" in told, advice(cls, key.name)
    for option, value in (("x", one), ("y", other)):
        settled = back(placed(path, block), {"asked": option})
        assert "‘asked’ is read as" not in settled
        same = replace(plain, **{key.field: wrapped(key, value)})
        assert settled == back(placed(path, same), {"asked": option})


@pytest.mark.parametrize(("path", "cls", "key"), VALUES, ids=[name_of(p, k.name) for p, _, k in VALUES])
def test_a_value_that_is_left_to_somebody_says_to_whom(path: Path, cls: str, key: Key) -> None:
    plain = replace(made(cls), must=None) if cls == "Norm" and key.name in FORCES else made(cls)
    told = back(placed(path, replace(plain, **{key.field: SetBy("warden", MARK)})))
    assert "leaves this to the warden of the shire" in told, advice(cls, key.name)


@pytest.mark.parametrize(("path", "cls"), PLACES, ids=[name_of(p) for p, _ in PLACES])
def test_what_every_block_has(path: Path, cls: str) -> None:
    """Its clauses, the readings under which it stands, remarks, and what was left aside."""
    block = made(cls)
    before = back(placed(path, block))
    if cls not in ("Document", "ClauseEntry"):
        assert "[9.9]" in before
    gated = replace(block, gate=(("asked", ("y",)),))
    if cls not in ("Document", "ClauseEntry", "Ambiguity"):
        told = back(placed(path, gated))
        assert told.count("‘asked’ is read as ‘y’") > before.count("‘asked’ is read as ‘y’"), cls
        assert back(placed(path, gated), {"asked": "y"}) == back(placed(path, block), {"asked": "y"})
        assert len(back(placed(path, gated), {"asked": "x"})) < len(told)
    for field in ("note", "left_aside"):
        assert "a plum tree" in back(placed(path, replace(block, **{field: "a plum tree"}))), field


def test_headings_of_the_model() -> None:
    """A heading whose blocks are tried above needs no more; the others are tried here."""
    for key in keys(Constitution).values():
        if key.shape == "words-by-name":
            pair: tuple[Any, Any] = ({"equal-votes": Plain("not-carried", MARK)}, {})
        elif key.block:
            continue
        else:
            pair = (wrapped(key, samples(key)[0]), wrapped(key, samples(key)[1]))
        one, other = (replace(world(), **{key.field: value}) for value in pair)
        assert back(one) != back(other), advice("Document", key.name)


@pytest.mark.parametrize("cls", ["Route", "Step"])
def test_verbs_and_receivers_say_something(cls: str) -> None:
    """What stands in the verb of a route or a step is no key of its own."""
    from govmodel.model.vocabulary import ROUTE_VERBS, STEP_VERBS

    path = next(p for p, name in PLACES if name == cls)
    verbs = ROUTE_VERBS if cls == "Route" else STEP_VERBS
    told = [back(placed(path, made(cls, verb=verb))) for verb in verbs]
    assert len(set(told)) == len(verbs)
    whom = [
        back(placed(path, made(cls, whom=w)))
        for w in (("forum",), ("panel",), ("forum", "panel"), ("nobody",))
    ]
    assert len(set(whom)) == len(whom)
    if "any_of" in {spec.name for spec in fields(getattr(language, cls))}:
        both = [back(placed(path, made(cls, whom=("forum", "panel"), any_of=a))) for a in (False, True)]
        assert both[0] != both[1]
