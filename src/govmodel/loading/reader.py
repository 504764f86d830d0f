"""What every reader of a value needs: the names, the problems, and where in the model it stands."""

from __future__ import annotations

import re
from dataclasses import field

from govmodel.dataclass import dataclass, replace
from govmodel.errors import Mark
from govmodel.loading.messages import Problems, canonical, did_you_mean, q
from govmodel.loading.names import Names, headings_in_words, where
from govmodel.loading.nodes import Mapping, Node, Scalar, Sequence, kind_of
from govmodel.model.constitution import Gate
from govmodel.model.vocabulary import NOTHING

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_NUMERIC = re.compile(
    r"[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|[0-9]+(:[0-5]?[0-9])+)\Z"
)
_KEPT = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]*[1-9])?\Z")


@dataclass(frozen=True, slots=True)
class Around:
    """What the blocks around a value settle for it."""

    clauses: tuple[str, ...] = ()
    gate: Gate = ()
    body: str | None = None
    excused: bool = False
    """A block around this one has already been told that it has no clause."""


@dataclass()
class Reader:
    """State of one reading of a model."""

    names: Names
    problems: Problems
    cited: dict[str, tuple[str, Mark]] = field(default_factory=dict)
    """Clauses on which something rests, with the first thing that does."""
    unquoted: list[tuple[Mark, str]] = field(default_factory=list)

    # keys

    def entries(self, node: Mapping, what: str, exact: bool = False) -> list[tuple[str, Scalar, Node]]:
        """Keys and values of a block, each key once. Exact: keys are no names but references or words."""
        found: dict[str, tuple[str, Scalar, Node]] = {}
        for key, value in node.entries:
            name = key.text.strip() if exact else canonical(key.text)
            if node.flow and comma(key, value, node):
                self.comma(key)
                continue
            if name in found:
                first = found[name][1].mark
                shown = (
                    f"line {first.line}"
                    if first.file == key.source.file
                    else f"{first.file}, line {first.line}"
                )
                if what == "clause":
                    self.problems.add(
                        key.mark,
                        "clause-twice",
                        f"clause {q(name)} stands here for the second time; the first is at {shown}",
                        f"If the document prints it twice, call them {name}a and {name}b."[:200],
                    )
                else:
                    self.problems.add(
                        key.mark,
                        "key-twice",
                        f"{what} {q(name)} stands here for the second time; the first is at {shown}",
                        "Keep one of them.",
                    )
                continue
            found[name] = (name, key, value)
        return list(found.values())

    def comma(self, key: Scalar) -> None:
        self.problems.add(
            key.mark,
            "comma",
            f"{q(key.text)} was read as a key, because inside {{…}} a comma ends the value",
            "Put the sentence in double quotes.",
        )

    # names

    def name(self, node: Node, what: str) -> str | None:
        """A new name."""
        text = self.text(node, "a name")
        if text is None:
            return None
        name = canonical(text)
        if not NAME.match(name):
            better = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            self.problems.add(
                node.mark,
                "bad-name",
                f"{what} cannot be called {q(text)}",
                "A name has small letters, digits and hyphens, and begins with a letter"
                + (f": {q(better)}." if NAME.match(better) else "."),
            )
            return None
        return name

    def reference(self, node: Node, refers: tuple[str, ...], key: str) -> str | None:
        """A name that is declared under one of these headings."""
        text = self.text(node, "one name")
        if text is None:
            return None
        name = canonical(text)
        pool = self.names.pool(refers)
        if name in pool:
            return name
        if self.names.lost(name):
            return None
        mark = node.mark
        near = self.problems.near(name, pool)
        if near:
            heading, declared = pool[near]
            hint = f'; did you mean {heading}"{near}"{where(declared, mark)}?'
            self.problems.add(mark, "unknown-name", f"{key}: nothing is called {q(text)}{hint}")
            return None
        other = self._elsewhere(name)
        wanted = headings_in_words(refers)
        if other:
            self.problems.add(mark, "wrong-name", f"{key}: {wanted} is expected here, and {other}")
        else:
            self.problems.add(
                mark,
                "unknown-name",
                f"{key}: nothing is called {q(text)}",
                f"Expected is {wanted}; declare it under its heading.",
            )
        return None

    def _elsewhere(self, name: str) -> str:
        articles = {
            "classes": "a class", "parties": "a party", "bodies": "a body", "offices": "an office",
            "matters": "a matter", "situations": "a situation", "instruments": "an instrument",
            "readings": "a reading",
        }  # fmt: skip
        for heading, words in articles.items():
            mark = self.names.declared(heading).get(name)
            if mark:
                return f"{q(name)} is {words} (line {mark.line})"
        return ""

    # text

    def text(self, node: Node, wanted: str) -> str | None:
        """The text of a scalar, or a problem."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if text:
            return text
        if isinstance(node, Scalar) and node.style:
            self.problems.add(
                node.mark,
                "empty-value",
                f"{wanted} is expected here; the quotes are empty",
                "Leave the key out where the text is silent.",
            )
            return None
        found = kind_of(node)
        if found == "nothing":
            self.problems.add(
                node.mark,
                "empty-value",
                f"nothing stands here, and {wanted} is expected",
                "Leave the key out where the text is silent.",
            )
        else:
            self.problems.add(node.mark, "wrong-type", f"{found} was found where {wanted} is expected")
        return None

    # clauses

    def clause(self, node: Node, what: str, rests: bool = True) -> str | None:
        text = self.text(node, "the reference of a clause")
        if text is None or not isinstance(node, Scalar):
            return None
        self.quoted(node)
        if text not in self.names.index:
            if self.names.index or "clauses" in self.names.headings:
                self.unknown_clause(node, text)
            return None
        if rests:
            self.cited.setdefault(text, (what, node.mark))
        return text

    def quoted(self, node: Scalar) -> None:
        text = node.text.strip()
        if not node.style and _NUMERIC.match(text):
            self.unquoted.append((node.mark, text))

    def unknown_clause(self, node: Scalar, text: str) -> None:
        index = self.names.index
        if not index:
            return
        if self.names.lost(text):
            return
        near = self.problems.near(text, index)
        help = ""
        model, colon, _ = text.rpartition(":")
        if colon and model not in self.names.declared("models"):
            nearest = self.problems.near(model, self.names.declared("models"))
            self.problems.add(
                node.mark,
                "unknown-clause",
                f"clause {q(text)}: no model is called {q(model)} here{did_you_mean(nearest)}",
                "Name the file of the other model under models.",
            )
            return
        chapter = re.match(r"(.*?)\.[0-9]+", text) if self.problems.near.left else None
        if chapter:
            pattern = re.compile(re.escape(chapter.group(1)) + r"\.([0-9]{1,6})\Z")
            numbers = sorted(int(m.group(1)) for ref in index if (m := pattern.match(ref)))
            if len(numbers) > 1:
                head = chapter.group(1)
                known = [f"{head}.{number}" for number in numbers]
                if numbers[-1] - numbers[0] == len(numbers) - 1:
                    help = f"The index has {known[0]} to {known[-1]}."
                else:
                    shown = known if len(known) < 9 else [*known[:7], "…", known[-1]]
                    help = f"The index has {', '.join(shown)}."
        help = help or "If the document has this clause, add it under clauses."
        self.problems.add(
            node.mark,
            "unknown-clause",
            f"clause {q(text)} is not in the clause index{did_you_mean(near)}",
            help,
        )

    def clauses(self, node: Node, what: str, rests: bool = True) -> tuple[str, ...]:
        nodes = node.items if isinstance(node, Sequence) else [node]
        if not nodes:
            self.problems.add(node.mark, "empty-value", "this list of clauses is empty")
        found = [self.clause(n, what, rests) for n in nodes]
        return tuple(dict.fromkeys(c for c in found if c is not None))

    def target(self, node: Node, refers: tuple[str, ...], key: str) -> str | None:
        """What a reference of the text points to: a clause, something declared, or nothing."""
        text = self.text(node, "a clause or a name")
        if text is None or not isinstance(node, Scalar):
            return None
        if text == NOTHING:
            return text
        self.quoted(node)
        if text in self.names.index:
            return text
        pool = self.names.pool(refers)
        if canonical(text) in pool:
            return canonical(text)
        near = self.problems.near(text, [*self.names.index, *pool])
        self.problems.add(
            node.mark,
            "unknown-target",
            f"{key}: there is no clause {q(text)}, and nothing is called so{did_you_mean(near)}",
            f"Write {NOTHING} where the document has no such thing.",
        )
        return None

    # readings

    def gate(self, node: Node, around: Gate) -> Gate:
        """Options under which a block stands, joined to those of the blocks around it."""
        if not isinstance(node, Mapping):
            found = kind_of(node)
            self.problems.add(
                node.mark,
                "wrong-type",
                f"{found} was found where a reading and its option are expected",
                "Write reading: {NAME: OPTION}.",
            )
            return around
        gate = dict(around)
        for name, key, value in self.entries(node, "the reading"):
            options = self.options_of(name, key)
            if options is None:
                continue
            chosen = []
            for each in value.items if isinstance(value, Sequence) else [value]:
                option = self.text(each, "an option")
                if option is None:
                    continue
                if canonical(option) in options:
                    chosen.append(canonical(option))
                else:
                    self.unknown_option(each.mark, name, option)
            if not chosen:
                continue
            kept = tuple(o for o in options if o in chosen and o in gate.get(name, options))
            if not kept:
                self.problems.add(
                    value.mark,
                    "never",
                    "this can never stand: the block around it stands "
                    f"only under {name}: {' or '.join(gate[name])}",
                )
                continue
            gate[name] = kept
        return tuple(gate.items())

    def options_of(self, name: str, key: Node) -> tuple[str, ...] | None:
        options = self.names.options.get(name)
        if options is None and self.names.lost(name):
            return None
        if options is None:
            near = self.problems.near(name, self.names.options)
            mark = self.names.declared("readings").get(near or "")
            self.problems.add(
                key.mark,
                "unknown-reading",
                "no reading is called "
                f"{q(name)}{did_you_mean(near).rstrip('?')}{where(mark, key.mark)}{'?' if near else ''}",
            )
        return options

    def unknown_option(self, mark: Mark, name: str, option: str) -> None:
        options = self.names.options[name]
        near = self.problems.near(option, options)
        self.problems.add(
            mark,
            "unknown-option",
            f"the reading {name} has no option {q(option)}; its options are {', '.join(options)}",
            f"Did you mean {q(near)}?" if near else "",
        )


def comma(key: Scalar, value: Node, node: Mapping, known: bool = True) -> bool:
    """Whether a key is the tail of a sentence that a comma cut in two; a known key looks like a name."""
    if not node.flow or key.style or not isinstance(value, Scalar):
        return False
    empty = not value.text and not value.style and value.start == value.end
    return empty and not (known and NAME.match(canonical(key.text)))


def changed_by_others(text: str) -> bool:
    """Whether a number loses its spelling when a YAML reader turns it into one: 6.10 does."""
    return not _KEPT.match(text)


def inside(around: Around, **changes: object) -> Around:
    return replace(around, **changes)  # type: ignore[arg-type]
