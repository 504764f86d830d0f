"""What must hold of a block beyond the shape of its keys, and of a whole model."""

from __future__ import annotations

import re
from typing import Any

from govmodel.loading import body_rules, circles
from govmodel.loading.expressions import Fault, parse
from govmodel.loading.messages import canonical, did_you_mean, listed, q
from govmodel.loading.names import LONGEST_CHAIN
from govmodel.loading.nodes import Scalar
from govmodel.loading.reader import Reader, changed_by_others
from govmodel.model.constitution import (
    Ambiguity,
    AttributeBlock,
    ByReading,
    Constitution,
    Norm,
    Plain,
    Statement,
)
from govmodel.model.expressions import All, AnyOf, Comparison, Not, OnDate, Ordered, Timed
from govmodel.model.vocabulary import BUILT_IN_READINGS, NONE, SITUATIONS

_FINGERPRINT = re.compile(r"[0-9a-f]{16}\Z")
FORCES = ("must", "should", "may", "must_not", "should_not")


def check(reader: Reader, block: Any, present: set[str], used: dict[str, list[str]]) -> None:
    """Look at one block when it has been read. `present`: "
    "its keys, good or bad; `used`: attributes by key."""
    match block:
        case Norm():
            _norm(reader, block, present, used)
        case Ambiguity():
            _ambiguity(reader, block, present)
        case AttributeBlock():
            _attribute(reader, block)
        case Statement():
            _statement(reader, block, present)
        case _:
            body_rules.check(reader, block, present)


def _norm(reader: Reader, norm: Norm, present: set[str], used: dict[str, list[str]]) -> None:
    forces = [f for f in FORCES if canonical(f) in present]
    if len(forces) > 1:
        both = "both " if len(forces) == 2 else ""
        reader.problems.add(
            norm.at,
            "two-forces",
            f"this norm says {both}{listed(forces, 'and')}",
            "Two rules need two blocks, each with its clause.",
        )
        return
    if not forces:
        reader.problems.add(
            norm.at,
            "no-force",
            "this norm neither commands, forbids nor allows anything",
            f"Say {listed(FORCES)}.",
        )
        return
    (force,) = forces
    if norm.id is not None and norm.id.value == NONE:
        reader.problems.add(
            norm.id.mark, "name-taken", f"{q(NONE)} is a word of the language and cannot be an id"
        )
    if force == "may":
        _grant(reader, norm, present)
        if norm.waived_by is not None:
            reader.problems.add(
                norm.at,
                "waived",
                "waived_by belongs to a duty or a prohibition, and this norm says may",
                "Whose leave a may needs stands in if_agreed_by.",
            )
        return
    for key in ("limit", "changes"):
        if key in present:
            reader.problems.add(norm.at, key, f"{key} belongs to a may, and this norm says {force}")
    _choosable(reader, norm, force, used.get(force, []))


def _grant(reader: Reader, norm: Norm, present: set[str]) -> None:
    conditioned = bool({"when", "unless", "if-agreed-by"} & present)
    if "limit" not in present and norm.may is not None and (conditioned or _bounded(norm.may)):
        what = "a condition" if conditioned else "a bound"
        reader.problems.add(
            norm.at,
            "no-limit",
            f"this may has {what}; does it forbid the rest?",
            "Say limit: yes where the text allows nothing else, limit: no where it leaves the rest open.",
        )


def _bounded(value: Any) -> bool:
    """Whether a condition has a number or a date in it."""
    if isinstance(value, Plain):
        return _bounded(value.value)
    if isinstance(value, ByReading):
        return any(_bounded(v) for v in value.options.values())
    if isinstance(value, All | AnyOf):
        return any(_bounded(v) for v in value.items)
    if isinstance(value, Not):
        return _bounded(value.item)
    return isinstance(value, Timed | Comparison | OnDate | Ordered)


def _choosable(reader: Reader, norm: Norm, force: str, used: list[str]) -> None:
    """What is commanded or forbidden must be somebody's choice."""
    kinds = []
    for full in dict.fromkeys(used):
        situation, _, name = full.rpartition(".")
        info = reader.names.situations.get(situation)
        if info and name in info.attributes:
            kinds.append((full, info.attributes[name]))
    if not kinds or any(kind.chosen_by for _, kind in kinds):
        return
    full = kinds[0][0].replace(".", " ")
    value = getattr(norm, force)
    reader.problems.add(
        value.mark if value is not None else norm.at,
        "given",
        f"{full} is given: nobody whom the text binds chooses it, so no norm can say {force} of it",
        "Let a norm speak of what somebody does, or declare the attribute with choice_of.",
    )


def _statement(reader: Reader, statement: Statement, present: set[str]) -> None:
    pairs = (("stated", "listed"), ("list", "other-list"))
    for one, other in (*pairs, *((b, a) for a, b in pairs)):
        if one in present and other not in present:
            reader.problems.add(
                statement.at,
                "half-statement",
                f"this statement has {one.replace('-', '_')} without {other.replace('-', '_')}",
                "A statement compares two things of the text.",
            )
    if "inside" in present and "list" not in present:
        reader.problems.add(statement.at, "half-statement", "inside belongs to a list and an other_list")
    if not {"holds", "stated", "listed", "list", "other-list", "refers-to"} & present:
        reader.problems.add(
            statement.at,
            "empty-statement",
            "this statement has nothing that can be looked at",
            "Add holds, stated and listed, list and other_list, or refers_to.",
        )


def _ambiguity(reader: Reader, reading: Ambiguity, present: set[str]) -> None:
    options = reading.options
    if reading.base is not None and options:
        base = canonical(reading.base.value)
        if base not in options:
            near = reader.problems.near(base, options)
            reader.problems.add(
                reading.base.mark,
                "unknown-option",
                f"the base {q(base)} is no option{did_you_mean(near)}",
                f"The options are {', '.join(options)}.",
            )
    if "options" in present and len(options) == 1:
        reader.problems.add(
            reading.at,
            "one-option",
            "this reading has one option only",
            "A clause with one meaning needs no reading.",
        )
    for option in reading.only_with:
        if options and option not in options:
            near = reader.problems.near(option, options)
            reader.problems.add(
                reading.at,
                "unknown-option",
                f"only_with: this reading has no option {q(option)}{did_you_mean(near)}",
                f"The options are {', '.join(options)}.",
            )


def _attribute(reader: Reader, block: AttributeBlock) -> None:
    given = block.given is not None and block.given.value == "yes"
    if given and block.choice_of is not None:
        reader.problems.add(
            block.at,
            "given",
            "this attribute is both given and the choice of somebody",
            "Leave one of the two out.",
        )
    if block.type is None:
        return
    if block.values and block.type.value != "one-of":
        reader.problems.add(
            block.values.mark,
            "values",
            f"only an attribute of type one-of has values; this one is {block.type.value}",
        )


def attribute_name(reader: Reader, name: str, key: Scalar) -> None:
    """An attribute must be a word that a condition takes for a name."""
    try:
        if parse(name, "condition").items[0].kind == "flag":
            return
    except Fault:
        pass
    reader.problems.add(
        key.mark,
        "reserved-word",
        f"no attribute can be called {q(name)}: the word has a meaning of its own in conditions",
        "Choose another name.",
    )


def whole(reader: Reader, model: Constitution) -> None:
    """Look at a model when all of it has been read."""
    _clauses(reader, model)
    _where_silent(reader, model)
    _situations(reader, model)
    circles.look(reader, model)


def _clauses(reader: Reader, model: Constitution) -> None:
    if "clauses" in reader.names.headings and not reader.names.index and not reader.problems.found:
        reader.problems.add(
            model.at,
            "no-index",
            "this model has no clause index",
            "List every clause of the document under clauses, in your own words.",
        )
    for ref, entry in model.clauses_index.items():
        if entry.text is not None and not _FINGERPRINT.match(entry.text.value):
            reader.problems.add(
                entry.text.mark,
                "fingerprint",
                f"{q(entry.text.value)} is no fingerprint: that is 16 of the digits 0 to 9 and a to f",
                "govmodel trace MODEL --source TEXT prints the fingerprint of every clause that has none.",
            )
        if entry.is_ is not None and ref in reader.cited:
            what, mark = reader.cited[ref]
            place = f"line {mark.line}" if mark.file == entry.at.file else f"{mark.file}, line {mark.line}"
            article = "an" if entry.is_.value[0] in "aeu" else "a"
            said = {"aspiration", "description", "definition", "procedure"}
            called = f"{article} {entry.is_.value}" if entry.is_.value in said else entry.is_.value
            reader.problems.add(
                entry.at,
                "set-aside-and-cited",
                f"clause {ref} is called {called}, but {what} at {place} rests on it",
                "Delete is: here, or cite another clause there.",
            )
        if entry.repeats and entry.repeats.value == ref:
            reader.problems.add(entry.repeats.mark, "repeats", f"clause {ref} cannot repeat itself")
    if reader.unquoted:
        places = sorted(reader.unquoted, key=lambda p: p[0])
        for file in dict.fromkeys(mark.file for mark, _ in places):
            here = [(m, t) for m, t in places if m.file == file]
            mark, text = next(((m, t) for m, t in here if changed_by_others(t)), here[0])
            what = (
                f"turn {text} into {_number(text)}" if changed_by_others(text) else f"read {text} as a number"
            )
            more = f" {len(here) - 1} more such in this file." if len(here) > 1 else ""
            reader.problems.add(
                mark,
                "unquoted-number",
                f'write clause "{text}" in quotes',
                f"govmodel reads it right, but other programs {what}.{more}",
                "note",
            )


def _number(text: str) -> str:
    try:
        return f"{float(text.replace('_', '')):g}"
    except ValueError:
        return "another number"


def _where_silent(reader: Reader, model: Constitution) -> None:
    for name, answer in model.where_silent.items():
        reading = BUILT_IN_READINGS.get(name)
        if reading is None:
            near = reader.problems.near(name, BUILT_IN_READINGS)
            reader.problems.add(
                answer.mark,
                "unknown-reading",
                f"where_silent: no built-in reading is called {q(name)}{did_you_mean(near)}",
                f"They are {', '.join(BUILT_IN_READINGS)}.",
            )
        elif canonical(answer.value) not in reading.options:
            near = reader.problems.near(answer.value, reading.options)
            options = ", ".join(f"{o} ({w})" for o, w in reading.options.items())
            reader.problems.add(
                answer.mark,
                "unknown-option",
                f"{name} has no option {q(answer.value)}{did_you_mean(near)}",
                f"Its options are {options}.",
            )


def _situations(reader: Reader, model: Constitution) -> None:
    for name, situation in model.situations.items():
        if len(reader.names.chain(name)) >= LONGEST_CHAIN:
            reader.problems.add(
                situation.at, "too-deep", "more than nine situations are part of each other here"
            )
        built_in = SITUATIONS.get(name)
        if built_in is None:
            continue
        part_of = situation.part_of
        if part_of is not None and part_of.value != built_in.part_of:
            reader.problems.add(
                part_of.mark, "built-in", f"what {built_in.says} belongs to is built in and cannot be changed"
            )
        for attribute, block in situation.attributes.items():
            known = built_in.attributes.get(attribute)
            if known and block.type is not None and block.type.value != known.kind:
                reader.problems.add(
                    block.type.mark,
                    "built-in",
                    f"{q(attribute)} of {built_in.says} is built in "
                    f"as {known.kind} and cannot be {block.type.value}",
                    "Choose another name.",
                )
