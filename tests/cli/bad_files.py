"""Input that cannot be used, one kind at a time: name, bytes, and what the message must say."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cli_help import FIRE

GOOD = Path(FIRE).read_text("utf-8")
BOMB = 'a: &a ["x"]\n' + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@dataclass(frozen=True)
class Bad:
    """`line` and `column` 0: the file as a whole is meant. `model`: a scenario cannot have this fault."""

    name: str
    content: bytes | Callable[[Path], None]
    line: int
    column: int
    said: str

    def put(self, folder: Path) -> str:
        path = folder / f"{self.name}.yaml"
        if isinstance(self.content, bytes):
            path.write_bytes(self.content)
        else:
            self.content(path)
        return str(path)


def _but(name: str, old: str, new: str, said: str, within: str | None = None) -> Bad:
    """The fire board with one thing changed. The fault is expected at `within` (or where the change is)."""
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    at = text.index(new if within is None else within, GOOD.rindex("\n", 0, GOOD.index(old)))
    line = text.count("\n", 0, at) + 1
    return Bad(name, text.encode(), line, at - text.rfind("\n", 0, at), said)


BAD: tuple[Bad, ...] = (
    # not YAML
    Bad("bracket", b'govmodel: "1"\nbodies: {a: [b\nfoo: }\n', 2, 13, "is not closed"),
    Bad("tab", b'govmodel: "1"\n\tbodies: x\n', 2, 1, "a tab stands here"),
    Bad("prose", b"Dear all, please find attached our terms of reference.\n", 1, 1, "headings of a model"),
    Bad("list", b"- a\n- b\n", 1, 1, "a list was found"),
    Bad("two-documents", f"{GOOD}---\n{GOOD}".encode(), GOOD.count("\n") + 1, 1, "a second YAML document"),
    _but("python-tag", 'govmodel: "1"', "govmodel: !!python/name:os.system 1", "the tag", "!!python"),
    _but("anchor", "Carrow Fire Board, standing", "&board Carrow", "the anchor &board", "&board"),
    Bad("alias-bomb", BOMB.encode(), 1, 4, "the anchor &a"),
    Bad("deep-list", b"govmodel: " + b"[" * 10_000 + b"]" * 10_000, 1, 74, "nested more than"),
    Bad("deep-block", b"govmodel: " + b"{a: " * 10_000 + b"}" * 10_000, 1, 263, "nested more than"),
    Bad("deep-dashes", b"- " * 10_000 + b"x", 1, 129, "nested more than"),
    Bad("steps", "".join(f"{' ' * i}a:\n" for i in range(400)).encode(), 65, 65, "nested more than"),
    # types, keys, names
    _but(
        "list-for-block",
        '{name: North Carrow Council, clause: "1"}',
        "[1, 2]",
        "a list was found",
        "north: [",
    ),
    _but("text-for-number", "seats: 4", "seats: four hundred and one", "no number of seats", "four hundred"),
    _but("negative", "seats: 4", "seats: -4", "no number of seats", "-4"),
    _but("half-a-seat", "seats: 4", "seats: 4.5", "no number of seats", "4.5"),
    _but("too-many", "seats: 4", f"seats: {10**20}", "too large", str(10**20)),
    _but("5000-digits", "seats: 4", f"seats: {'9' * 5_000}", "no number of seats", "999"),
    _but("by-zero", ">= 4", ">= 5/0 of seats", "5/0", "5/0"),
    _but("500-percent", ">= 4", ">= 500% of seats", "more than the whole", "500%"),
    _but("day-13", "date: 2021-05", "date: 2021-13", "there is no 2021-13", "2021-13"),
    _but("key", "    quorum:", "    quorom:", 'did you mean "quorum"?', "quorom"),
    _but("heading", "offices:", "ofices:", 'did you mean "offices"?', "ofices"),
    _but("word", "extra_vote: casting", "extra_vote: castnig", 'did you mean "casting"?', "castnig"),
    _but("key-twice", "nation: WLS", "nation: WLS\n  nation: ENG", "for the second time", "nation: ENG"),
    Bad("clause-twice", f'{GOOD}  "7": again\n'.encode(), GOOD.count("\n") + 1, 3, "for the second time"),
    _but("party", "party: north", "party: nort", 'did you mean the party "north" (line 13)?', "nort,"),
    _but("clause", 'clause: "2"', 'clause: "22"', 'clause "22" is not in the clause index', '"22"'),
    _but("empty-value", "name: Carrow Fire Board", "name:", "nothing stands after name", "name:\n"),
    _but("language", 'govmodel: "1"', 'govmodel: "2"', "version 1 is read", '"2"'),
    # expressions
    _but("fault-in-the-middle", "3 working", "3 wroking", 'found "wroking"', "wroking"),
    _but("comparison", ">= 4", ">> 4", ">", "> 4"),
    _but("attribute", "papers at", "paper at", 'did you mean "papers"', "paper at"),
    _but("open-bracket", "present >= 4", '"(present >= 4"', "expected )", '", gates'),
    _but(
        "deep-expression", "present >= 4", f"{'(' * 10_000}present >= 4{')' * 10_000}", "longer than", "((("
    ),
    _but("deep-brackets", "present >= 4", f"{'(' * 300}present >= 4{')' * 300}", "brackets", "((("),
    _but("long-expression", ">= 4", f">= {'1 plus ' * 3_000}4", "longer than", "present >= 1"),
    # bytes
    Bad("latin-1", GOOD.replace("Carrow", "Carr\xf6w", 1).encode("latin-1"), 5, 14, "is not UTF-8"),
    Bad("utf-16", GOOD.encode("utf-16"), 1, 1, "is not UTF-8"),
    _but("nul", "Carrow", "Carr\0w", "U+0000", "\0"),
    _but("escape", "Carrow", "Carr\x1bw", "U+001B", "\x1b"),
    _but("escape-in-quotes", "name: Carrow Fire Board", 'name: "\\e[2J"', "control character", '"\\e'),
    _but("right-to-left", "name: Carrow Fire Board", 'name: "a \\u202e b"', "control character", '"a '),
    # files
    Bad("empty", b"", 0, 0, "there is nothing in this file"),
    Bad("comment", b"# nothing yet\n", 0, 0, "there is nothing in this file"),
    Bad("17-megabytes", GOOD.encode() + b"#" + b"x" * (17 << 20), 0, 0, "larger than 16 MiB"),
    Bad("missing", lambda path: None, 0, 0, "there is no such file"),
    Bad("directory", lambda path: path.mkdir(), 0, 0, "is a directory"),
    Bad("pipe", lambda path: os.mkfifo(path), 0, 0, "a pipe, a socket or a device"),
    Bad("device", lambda path: path.symlink_to("/dev/null"), 0, 0, "a pipe, a socket or a device"),
    Bad("broken-link", lambda path: path.symlink_to("nowhere"), 0, 0, "there is no such file"),
    Bad("link-to-itself", lambda path: path.symlink_to(path.name), 0, 0, "cannot be read"),
)
