"""A file of YAML to nodes that keep every scalar's text and place.

The nodes are made from the parser's events, not by PyYAML's composer: depth is capped before
anything is nested, and what hides where a value comes from (anchors, aliases, tags) is refused.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from govmodel.dataclass import dataclass
from govmodel.errors import InputError, Mark, Problem
from govmodel.loading import syntax
from govmodel.loading.messages import q
from govmodel.loading.source import Source

LARGEST = 16 * 1024 * 1024
DEEPEST = 64
MOST_NODES = 500_000
MOST_PROBLEMS = 200
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


# Nodes are not frozen: a model has tens of thousands, and freezing them takes a tenth of its loading.
@dataclass(slots=True, eq=False)
class Scalar:
    text: str
    source: Source
    start: int
    end: int
    style: str
    """`""` for plain text, else the quote or `|` or `>`."""

    @property
    def mark(self) -> Mark:
        return self.source.mark(self.start)

    def place(self, offset: int) -> Mark:
        """Where a character of the text stands in the file, also in quoted and folded text."""
        raw = self.source.text
        at = self.start
        if self.style in ("|", ">"):
            line = bisect_right(self.source.starts, at)
            if line >= len(self.source.starts):
                return self.mark
            at = self.source.starts[line]
        elif self.style:
            at += 1
        for character in self.text[:offset]:
            if character.isspace():
                continue
            while at < self.end and raw[at] != character and (raw[at].isspace() or raw[at] == "\\"):
                at += 1
            if at >= self.end or raw[at] != character:
                return self.mark
            at += 1
        while at < self.end and raw[at].isspace() and offset < len(self.text):
            at += 1
        return self.source.mark(min(at, self.end))


@dataclass(slots=True, eq=False)
class Sequence:
    items: list[Node]
    source: Source
    start: int

    @property
    def mark(self) -> Mark:
        return self.source.mark(self.start)


@dataclass(slots=True, eq=False)
class Mapping:
    entries: list[tuple[Scalar, Node]]
    source: Source
    start: int
    flow: bool

    @property
    def mark(self) -> Mark:
        return self.source.mark(self.start)


Node: TypeAlias = Scalar | Sequence | Mapping


def pairs(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    """Keys and values of a mapping; none of anything else."""
    if isinstance(node, Mapping):
        yield from node.entries


def kind_of(node: Node) -> str:
    """What a node is, in words."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a block of keys"
    return "nothing" if not node.text and not node.style else "a sentence"


def said(node: Node) -> str:
    """What stands there, as messages quote it: its words, or what it is."""
    if isinstance(node, Scalar) and (node.text.strip() or node.style):
        return q(node.text.strip())
    return kind_of(node)


def _refuse(file: str, code: str, message: str, help: str = "", mark: Mark | None = None) -> InputError:
    return InputError([Problem(mark or Mark(file), code, message, help)])


def read_bytes(path: str | os.PathLike[str], text: bool = False) -> bytes:
    """The bytes of an ordinary file. Raises InputError; never waits on a pipe or a device. `text`: it is
    the text of a document and no model."""
    file = os.fsdecode(path)
    try:
        status = os.stat(file)
    except FileNotFoundError:
        raise _refuse(file, "no-such-file", "there is no such file") from None
    except (OSError, ValueError) as error:
        raise _refuse(file, "unreadable", f"cannot be read: {_why(error)}") from None
    if stat.S_ISDIR(status.st_mode):
        what, which = ("text", "the text") if text else ("model", "the .yaml file")
        raise _refuse(file, "not-a-file", f"is a directory; a {what} is one file", f"Name {which} in it.")
    if not stat.S_ISREG(status.st_mode):
        raise _refuse(file, "not-a-file", "is no ordinary file but a pipe, a socket or a device")
    if status.st_size > LARGEST:
        raise _too_large(file, text)
    try:
        # Non-blocking, lest the file became a pipe since.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise _refuse(file, "not-a-file", "is no ordinary file but a pipe, a socket or a device")
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise _refuse(file, "unreadable", f"cannot be read: {_why(error)}") from None
    if len(data) > LARGEST:
        raise _too_large(file, text)
    return data


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or "the system refuses").lower() if isinstance(error, OSError) else str(error)


def _too_large(file: str, text: bool) -> InputError:
    return _refuse(
        file,
        "too-large",
        f"is larger than {LARGEST // 1024 // 1024} MiB, the most that is read",
        "A constitution takes some tens of kilobytes." + ("" if text else " Split a large one with include."),
    )


def decode(data: bytes, file: str) -> Source:
    """The text of a file, which must be UTF-8. Raises InputError with the place of the first other byte."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        mark = Source(file, before + " ").mark(len(before))
        raise _refuse(
            file,
            "not-utf-8",
            f"byte {error.start + 1} of the file (hexadecimal {data[error.start]:02x}) is not UTF-8",
            "Save the file as UTF-8.",
            mark,
        ) from None
    return source_of(text.removeprefix("\ufeff"), file)


def source_of(text: str, file: str) -> Source:
    """The same for text that is already in memory."""
    source = Source(file, text)
    if text.replace("\n", "").isprintable():  # as nearly all are: the patterns take far longer
        return source
    for pattern, what in (
        (_FORBIDDEN, "a control character"),
        (_TURNING, "a character that turns text around"),
    ):
        match = pattern.search(text)
        if match:
            number = ord(match.group())
            raise _refuse(
                file,
                "control-character",
                f"{what}, U+{number:04X}{_named(number)}, cannot stand in a model",
                "Delete it.",
                source.mark(match.start()),
            )
    return source


def _named(number: int) -> str:
    name = unicodedata.name(chr(number), "")
    return f" ({name.lower()})" if name else ""


@dataclass(slots=True)
class _Open:
    """A list or block that is being read."""

    node: Sequence | Mapping
    key: Scalar | None = None
    waits: bool = False
    """A key was read, though perhaps a bad one, and its value comes next."""


@dataclass()
class _Composer:
    source: Source
    problems: list[Problem] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    nodes: int = 0

    def stop(self, index: int, code: str, message: str, help: str = "") -> InputError:
        return InputError([*self.problems, Problem(self.source.mark(index), code, message, help)])

    def problem(self, index: int, code: str, message: str, help: str = "") -> None:
        self.problems.append(Problem(self.source.mark(index), code, message, help))
        if len(self.problems) >= MOST_PROBLEMS:
            raise InputError(self.problems)

    def put(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif top.waits:
            if top.key is not None:
                top.node.entries.append((top.key, node))
            top.key, top.waits = None, False
        else:
            top.waits = True
            top.key = node if isinstance(node, Scalar) else None
            if top.key is None:
                self.problem(
                    node.start,
                    "bad-key",
                    f"{kind_of(node)} stands where a key is expected",
                    "A key is a word.",
                )
            elif top.key.text == "<<" and not top.key.style:
                self.problem(
                    node.start,
                    "merge-key",
                    'the merge key "<<" cannot be used: it hides which clause says what',
                    "Write the values out.",
                )
                top.key = None

    def check(self, event: Any) -> None:
        start = event.start_mark.index
        if getattr(event, "anchor", None):
            sign = "&" + event.anchor
            self.problem(
                start,
                "anchor",
                f"the anchor {_short(sign)} cannot be used: it hides which clause says what",
                "Write the value out where it is needed. A sentence that begins with & needs quotes.",
            )
        tag = getattr(event, "tag", None)
        if tag:
            self.problem(
                start,
                "tag",
                f"the tag {_short(tag)} cannot be used: a model is text, numbers are read by their place",
                "Leave it out. A sentence that begins with ! needs quotes.",
            )


def _short(text: str) -> str:
    shown = "".join(c if c.isprintable() else "?" for c in text)
    return shown if len(shown) <= 40 else shown[:39] + "…"


def compose(source: Source) -> Mapping:
    """The nodes of a file. Raises InputError with every problem of its form."""
    composer = _Composer(source)
    try:
        _run(composer, _events(source.text))
    except yaml.YAMLError as error:
        raise InputError([*composer.problems, syntax.explain(source, error)]) from None
    root = composer.root
    if composer.problems:
        raise InputError(composer.problems)
    if root is None or (isinstance(root, Scalar) and not root.text):
        raise _refuse(
            source.file,
            "empty",
            "there is nothing in this file",
            "govmodel new FILE writes a model to start from.",
        )
    if not isinstance(root, Mapping):
        what = "a list" if isinstance(root, Sequence) else "a text without keys"
        raise composer.stop(
            root.start,
            "no-headings",
            f"{what} was found where the headings of a model are expected",
            'A model begins with govmodel: "1".',
        )
    return root


def _events(text: str) -> Iterator[Any]:
    """As `yaml.parse`, which asks the parser twice for each event."""
    parser = LOADER(text)
    try:
        yield from iter(parser.get_event, None)
    finally:
        parser.dispose()


def _run(composer: _Composer, events: Iterator[Any]) -> None:
    source, stack = composer.source, composer.stack
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor or event.tag:
                composer.check(event)
            style = event.style or ""
            node = Scalar(event.value, source, event.start_mark.index, event.end_mark.index, style)
            strange = style == '"' and not event.value.isprintable()
            if strange and (_FORBIDDEN.search(event.value) or _TURNING.search(event.value)):
                composer.problem(
                    node.start,
                    "control-character",
                    "this text is written with a control character in it",
                    "Leave it out.",
                )
            composer.put(node)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor or event.tag:
                composer.check(event)
            start = event.start_mark.index
            if len(stack) >= DEEPEST:
                raise composer.stop(
                    start,
                    "too-deep",
                    f"blocks and lists are nested more than {DEEPEST} deep here",
                    "No model needs more than ten. Is a bracket too many?",
                )
            if kind is yaml.MappingStartEvent:
                stack.append(_Open(Mapping([], source, start, bool(event.flow_style))))
            else:
                stack.append(_Open(Sequence([], source, start)))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            composer.put(stack.pop().node)
        elif kind is yaml.AliasEvent:
            composer.problem(
                event.start_mark.index,
                "alias",
                f"the alias *{_short(event.anchor)} cannot be used: it hides which clause says what",
                "Write the value out. A sentence that begins with * needs quotes.",
            )
            composer.put(Scalar("", source, event.start_mark.index, event.end_mark.index, "*"))
        elif kind is yaml.DocumentStartEvent and composer.root is not None:
            raise composer.stop(
                event.start_mark.index,
                "two-documents",
                "a second YAML document begins here",
                "One file holds one model. Delete this line, or put the rest into a file of its own.",
            )
        composer.nodes += 1
        if composer.nodes > MOST_NODES:
            raise composer.stop(
                event.start_mark.index,
                "too-large",
                f"this file has more than {MOST_NODES:,} values",
                "Is it a model? Split a large one with include.",
            )


def read(path: str | os.PathLike[str]) -> Mapping:
    """The nodes of the file at a path."""
    return compose(decode(read_bytes(path), str(Path(path))))
