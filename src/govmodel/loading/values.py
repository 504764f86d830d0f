"""Values of keys by their shape: sentences, words, names, lengths, conditions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from govmodel.dataclass import dataclass
from govmodel.loading.abouts import abouts
from govmodel.loading.conditions import Resolver, Scope
from govmodel.loading.expressions import Fault, Start, Tree, parse
from govmodel.loading.messages import canonical, listed, number_word, q
from govmodel.loading.nodes import Mapping, Node, Scalar, Sequence
from govmodel.loading.patterns import PLACES, PatternFault, pattern
from govmodel.loading.reader import Around, Reader
from govmodel.model.constitution import ByReading, Plain, SetBy
from govmodel.model.vocabulary import NONE, NOTHING

MOST_NUMBER = 1_000_000


@dataclass(frozen=True)
class Key:
    """One key of a block, as its dataclass declares it."""

    field: str
    name: str
    shape: str
    says: str
    choices: tuple[str, ...]
    block: str
    refers: tuple[str, ...]
    required: bool
    example: str
    holds: str
    """`Plain`, `Value`, or nothing for what is kept bare."""
    inner: str
    """The type of the value itself."""
    left: bool = False


class Asked(NamedTuple):
    """A value that is wanted: of which key, where, and what the names in its sentences mean."""

    key: Key
    around: Around
    scopes: tuple[Scope, ...] = ()
    used: list[str] | None = None


def value(reader: Reader, node: Node, asked: Asked) -> Any:
    """A plain value, one by reading, or one that is left to somebody; None after a problem."""
    key = asked.key
    if isinstance(node, Mapping):
        words = {canonical(k.text): (k, v) for k, v in node.entries}
        if "by-reading" in words or "set-by" in words:
            if key.holds != "Value":
                which = "by_reading" if "by-reading" in words else "set_by"
                reader.problems.add(
                    node.mark,
                    "fixed-value",
                    f"{key.name} cannot have {which}",
                    "Write the block once for each option, with reading: {NAME: OPTION}.",
                )
                return None
            if "by-reading" in words:
                return by_reading(reader, node, asked)
            found = set_by(reader, node)
            if found is not None and not may_be_left(key):
                reader.problems.add(
                    node.mark,
                    "fixed-value",
                    f"{key.name} cannot have set_by",
                    ""
                    if key.shape == "about"
                    else "Without it the rest says nothing. Leave the block out, or "
                    "write a reading with what it may be.",
                )
                return None
            return found
    found = SHAPES[key.shape](reader, node, asked)
    if found is None:
        return None
    return Plain(found, node.mark) if key.holds else found


def may_be_left(key: Key) -> bool:
    """Whether the value of a key can be left to somebody: a condition or a required key cannot, for nothing
    would be known of the rule, unless the key says so."""
    return key.left or (not key.required and key.shape not in ("about", "condition"))


def by_reading(reader: Reader, node: Mapping, asked: Asked) -> ByReading[Any] | None:
    entries = reader.entries(node, "the option")
    (_, key, chosen), *_ = [e for e in entries if e[0] == "by-reading"]
    text = reader.text(chosen, "the name of a reading")
    if text is None:
        return None
    name = canonical(text)
    options = reader.options_of(name, chosen)
    if options is None:
        return None
    values: dict[str, Any] = {}
    bad = False
    for option, key, given in entries:
        if option == "by-reading":
            continue
        if option not in options:
            reader.unknown_option(key.mark, name, key.text)
            bad = True
            continue
        if isinstance(given, Mapping) and asked.key.shape not in ("block", "blocks"):
            reader.problems.add(
                given.mark,
                "wrong-type",
                "a value for one option cannot depend on another reading",
                "Write the block once for each option, with reading: {NAME: OPTION}.",
            )
            bad = True
            continue
        found = SHAPES[asked.key.shape](reader, given, asked)
        bad = bad or found is None
        values[option] = found
    missing = [o for o in options if o not in values]
    if missing and not bad:
        these = listed([q(m) for m in missing], "and")
        reader.problems.add(
            node.mark,
            "option-missing",
            f"{name} has {number_word(len(options))} "
            f"option{'s' * (len(options) != 1)}; what holds here under {these}?",
            "Every option needs its value here.",
        )
    if missing or bad:
        return None
    return ByReading(name, {o: values[o] for o in options}, node.mark)


def set_by(reader: Reader, node: Mapping) -> SetBy | None:
    entries = reader.entries(node, "the key")
    for name, key, _ in entries:
        if name != "set-by":
            reader.problems.add(key.mark, "unknown-key", f"{q(name)} cannot stand beside set_by")
    who = reader.reference(next(v for n, _, v in entries if n == "set-by"), ("any", "instruments"), "set_by")
    return SetBy(who, node.mark) if who else None


# shapes


def sentence(reader: Reader, node: Node, _: Asked) -> str | None:
    return reader.text(node, "a sentence")


def sentences(reader: Reader, node: Node, asked: Asked) -> tuple[str, ...] | None:
    found = [reader.text(n, "a sentence") for n in _each(reader, node, asked)]
    return tuple(text for text in found if text is not None)


def patterns(reader: Reader, node: Node, asked: Asked) -> tuple[str, ...] | None:
    found = []
    for each in _each(reader, node, asked):
        text = reader.text(each, "the mark of a clause, such as 1.1,")
        if text is None:
            continue
        try:
            found.append(pattern(text, PLACES[asked.key.field]).written)
        except PatternFault as fault:
            reader.problems.add(each.mark, "pattern", f"{asked.key.name}: {q(text)} {fault}", fault.help)
    return tuple(found)


def _each(reader: Reader, node: Node, asked: Asked) -> list[Node]:
    if not isinstance(node, Sequence):
        return [node]
    if not node.items:
        reader.problems.add(
            node.mark, "empty-value", f"{asked.key.name}: this list is empty", "Leave the key out."
        )
    return node.items


def word(reader: Reader, node: Node, asked: Asked) -> str | None:
    key = asked.key
    text = reader.text(node, "one word")
    if text is None:
        return None
    if not key.choices or text in key.choices:
        return text if key.choices else canonical(text)
    folded = {canonical(c).lower(): c for c in key.choices}
    if canonical(text) in folded:
        return folded[canonical(text)]
    near = reader.problems.near(text, key.choices)
    if near is None and text.lower() in ("true", "on", "false", "off") and "yes" in key.choices:
        near = "yes" if text.lower() in ("true", "on") else "no"
    shown = f"; did you mean {q(near)}?" if near else ""
    reader.problems.add(
        node.mark, "unknown-word", f"{key.name} cannot be {q(text)}{shown}", f"It is {listed(key.choices)}."
    )
    return None


def words(reader: Reader, node: Node, asked: Asked) -> tuple[str, ...] | None:
    nodes = node.items if isinstance(node, Sequence) else [node]
    found = [word(reader, n, asked) for n in nodes]
    return None if None in found else tuple(w for w in found if w is not None)


def name(reader: Reader, node: Node, asked: Asked) -> str | None:
    key = asked.key
    if not key.refers:
        return reader.name(node, f"the {key.name}")
    return reader.reference(node, key.refers, key.name)


def names(reader: Reader, node: Node, asked: Asked) -> tuple[Any, ...] | None:
    if asked.key.refers == ("norms",) and isinstance(node, Scalar) and node.text.strip() == NONE:
        return ()
    nodes = node.items if isinstance(node, Sequence) else [node]
    if not nodes:
        reader.problems.add(
            node.mark,
            "empty-value",
            f"{asked.key.name}: this list is empty",
            "Leave the key out where the text is silent.",
        )
        return None
    found: list[Any] = []
    for each in nodes:
        if isinstance(each, Sequence) and asked.key.inner.startswith("tuple[tuple"):
            inner = names_of(reader, each, asked)
            found.append(inner)
        else:
            one = name(reader, each, asked)
            found.append((one,) if one and asked.key.inner.startswith("tuple[tuple") else one)
    return None if None in found else tuple(found)


def names_of(reader: Reader, node: Sequence, asked: Asked) -> tuple[str, ...] | None:
    found = [name(reader, each, asked) for each in node.items]
    return None if None in found or not found else tuple(n for n in found if n is not None)


def clauses(reader: Reader, node: Node, asked: Asked) -> Any:
    if asked.key.inner == "str":
        return reader.clause(node, asked.key.name, rests=False)
    return reader.clauses(node, asked.key.name, rests=False)


def target(reader: Reader, node: Node, asked: Asked) -> tuple[str, ...] | None:
    """What a reference points to."""
    nodes = node.items if isinstance(node, Sequence) else [node]
    found = [reader.target(n, asked.key.refers, asked.key.name) for n in nodes]
    if NOTHING in found and len(found) > 1:
        reader.problems.add(node.mark, "target", f"{asked.key.name}: {NOTHING} stands alone, or not at all")
        return None
    return None if None in found else tuple(t for t in found if t is not None)


def number(reader: Reader, node: Node, asked: Asked) -> Any:
    text = reader.text(node, "a whole number")
    if text is None:
        return None
    wanted = asked.key.inner
    if wanted == "str" and re.fullmatch(r"per [a-z][a-z -]*", text):
        return text
    found = _whole(text)
    if found is None:
        reader.problems.add(
            node.mark, "number", f"{asked.key.name}: {q(text)} is no whole number of 0 or more"
        )
        return None
    return str(found) if wanted == "str" else found


def votes(reader: Reader, node: Node, asked: Asked) -> int | None:
    text = reader.text(node, "a number of votes")
    if text is None:
        return None
    match = re.fullmatch(r"(\S+)( votes?)?", text)
    found = _whole(match.group(1)) if match else None
    if found is None:
        reader.problems.add(
            node.mark,
            "number",
            f"{asked.key.name}: {q(text)} is no number of votes",
            "Write 1 vote, or 2 votes.",
        )
    return found


def _whole(text: str) -> int | None:
    in_words = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    if text in in_words:
        return in_words.index(text)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        return None
    return int(text) if int(text) <= MOST_NUMBER else None


def a_date(reader: Reader, node: Node, asked: Asked) -> str | None:
    text = reader.text(node, "a date")
    if text is None:
        return None
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    try:
        if match:
            date(int(match.group(1)), int(match.group(2) or 1), int(match.group(3) or 1))
            return text
        message = f"{asked.key.name}: {q(text)} is no date"
    except ValueError:
        message = f"{asked.key.name}: there is no {text}"
    reader.problems.add(node.mark, "date", message, "Write 2010, 2010-05 or 2010-05-31.")
    return None


# sentences of the small language


def _sentence(
    reader: Reader, node: Node, asked: Asked, start: Start, wanted: str, make: Callable[[Resolver, Tree], Any]
) -> Any:
    text = reader.text(node, wanted)
    if text is None or not isinstance(node, Scalar):
        return None
    try:
        tree = parse(node.text, start)
    except Fault as fault:
        better = _unparsed(node.text.strip(), start)
        if better:
            reader.problems.add(node.mark, *better)
        else:
            reader.problems.add(node.place(fault.offset), fault.code, fault.message, fault.help)
        return None
    result: Any = None
    scopes = asked.scopes or (Scope(reader.names, body=asked.around.body),)
    for count, scope in enumerate(scopes):
        resolver = Resolver(scope, reader.problems.near, node.mark)
        found = make(resolver, tree)
        if resolver.faults:
            for each in resolver.faults:
                reader.problems.add(node.place(each.offset), each.code, each.message, each.help)
            return None
        if asked.used is not None:
            asked.used.extend(resolver.used)
        if count and found != result:
            reader.problems.add(
                node.mark,
                "two-meanings",
                f"this means one thing of the {scopes[0].chain[0]} and another of the {scope.chain[0]}",
                "Write two norms, one about each.",
            )
            return None
        result = found
    return result


def _unparsed(text: str, start: Start) -> tuple[str, str, str] | None:
    """Better words than those of the grammar, for what people write instead."""
    if start == "frequency":
        return _frequency(text)
    if start == "length" and re.search(r"[0-9]", text) is None and len(text) < 60:
        return (
            "length",
            f"{q(text)} is not a known length of time",
            'Write "5 working days", "48 hours" or "six months".',
        )
    if start == "span":
        return "span", f"{q(text)} is no number of seats", 'Write "3", "0..5", or "1.." for one or more.'
    if start == "condition":
        try:
            parse(f"present >= {text}", "condition")
        except Fault:
            return None
        return (
            "amount",
            f"{q(text)} is a number, and a condition is expected",
            f"Write {q('present >= ' + text)}.",
        )
    return None


_TIMES = {"once": "1", "twice": "2", "thrice": "3"}
_LY = {
    "daily": "every day", "weekly": "every week", "fortnightly": "every 2 weeks", "monthly": "every month",
    "quarterly": "every quarter", "annually": "every year", "annual": "every year", "yearly": "every year",
    "half-yearly": "2 per year", "termly": "every term",
}  # fmt: skip


def _frequency(text: str) -> tuple[str, str, str]:
    lower = text.lower()
    if re.match(r"bi-?(annual|ennial|month|week|year)", lower):
        return (
            "frequency",
            f"{q(text)} bears two meanings: twice in each, or once in two",
            "Make a reading of it, or write what is meant: 2 per year, every 2 years.",
        )
    match = re.fullmatch(r"(?:(\S+) times|(once|twice|thrice)) (?:a|an|each|every|per|in each) (\w+)", lower)
    if lower in _LY:
        better = f'write "{_LY[lower]}"'
    elif match:
        count = _TIMES.get(match.group(2) or "", str(_whole(match.group(1) or "") or match.group(1)))
        better = f'write "{count} per {match.group(3)}" or "every quarter"'
    else:
        better = 'write "4 per year", "every quarter", "every 2 months", "once" or "as asked"'
    return "frequency", f"{q(text)} is not a known frequency; {better}", ""


def condition(reader: Reader, node: Node, asked: Asked) -> Any:
    return _sentence(reader, node, asked, "condition", "a condition", lambda r, t: r.condition(t))


def carried(reader: Reader, node: Node, asked: Asked) -> Any:
    return _sentence(reader, node, asked, "carried", "what carries a decision", lambda r, t: r.threshold(t))


def length(reader: Reader, node: Node, asked: Asked) -> Any:
    return _sentence(reader, node, asked, "length", "a length of time", lambda r, t: r.length(t.items[0]))


def frequency(reader: Reader, node: Node, asked: Asked) -> Any:
    return _sentence(reader, node, asked, "frequency", "a frequency", lambda r, t: r.frequency(t))


def span(reader: Reader, node: Node, asked: Asked) -> Any:
    return _sentence(reader, node, asked, "span", "a number of seats", lambda r, t: r.span(t))


SHAPES: dict[str, Callable[[Reader, Node, Asked], Any]] = {
    "sentence": sentence,
    "sentences": sentences,
    "about": lambda reader, node, _: abouts(reader, node),
    "patterns": patterns,
    "word": word,
    "words": words,
    "name": name,
    "names": names,
    "clauses": clauses,
    "target": target,
    "number": number,
    "votes": votes,
    "date": a_date,
    "condition": condition,
    "carried": carried,
    "length": length,
    "frequency": frequency,
    "span": span,
}
