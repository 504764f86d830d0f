"""What `trace` found: an index of clauses beside the text of its document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from govmodel.dataclass import dataclass
from govmodel.errors import Mark
from govmodel.model.checked import finding_dict
from govmodel.model.cut import Line
from govmodel.model.finding import Finding
from govmodel.model.shown import Sentence

State: TypeAlias = Literal["same", "changed", "unread", "missing", "not compared"]
"""`unread`: the index does not have it, or calls it so. `missing`: the text does not have it.
`not compared`: the index has no fingerprint of it."""
BEGINS = 8
"""So many words of the text are shown, to find a place by."""
LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedClause:
    """One clause, of the index, of the text, or of both.

    `lines`: of the text, from 1; empty where it is missing. `begins`: its first words there. `indexed`
    is the fingerprint in the index, `fingerprint` that of the text. `same_words_as`: where the
    index, or the text, has these very words under another reference. `provisions`: what it became.
    `encoded`: a rule rests on it, and more than a bare name. `operative`: words of command in the text
    of a clause that is set aside. `findings`: ids of those that cite it, where it is changed or missing.
    """

    ref: str
    state: State
    says: str = ""
    mark: Mark | None = None
    lines: tuple[int, ...] = ()
    begins: str = ""
    fingerprint: str | None = None
    indexed: str | None = None
    same_words_as: str | None = None
    disposition: str | None = None
    left_aside: str | None = None
    repeats: tuple[str, ...] = ()
    encoded: bool = False
    provisions: tuple[Sentence, ...] = ()
    operative: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How much is encoded of the index, and of what it lacks. A clause is operative unless the index says
    why nothing rests on it."""

    clauses: int
    operative: int
    encoded: int
    in_part: int
    """Encoded clauses of which something is left aside."""
    set_aside: Mapping[str, int]
    """How many clauses for each reason."""

    @property
    def share(self) -> float | None:
        """The share of operative clauses that are encoded; None where there are none."""
        return self.encoded / self.operative if self.operative else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """An index held against a text. `clauses` in the order of the text, the missing ones at the end.

    Of lines that are unknown or left out only the first words are kept. `checked`: whether findings
    were asked for, which is so where something changed or is missing. `undecided`: how many
    questions of the checks were not decided then. `hints`: what may be the matter.
    """

    id: str
    path: str
    title: str
    source: str
    lines: int
    clauses: tuple[TracedClause, ...]
    unknown: tuple[Line, ...]
    left_out: tuple[Line, ...]
    tally: Tally
    commanding: tuple[Line, ...] = ()
    """Headings that were left out though they have words of command."""
    findings: tuple[Finding, ...] = ()
    checked: bool = False
    undecided: int = 0
    hints: tuple[str, ...] = ()

    def of(self, state: State) -> tuple[TracedClause, ...]:
        return tuple(clause for clause in self.clauses if clause.state == state)

    @property
    def faithful(self) -> bool:
        """Nothing is unread, unknown, missing or changed."""
        return not (self.unknown or self.of("unread") or self.of("missing") or self.of("changed"))

    @property
    def look_again(self) -> tuple[TracedClause, ...]:
        """Clauses that are set aside though their text commands, forbids or allows something."""
        return tuple(clause for clause in self.clauses if clause.disposition and clause.operative)

    def rows(self) -> list[dict[str, Any]]:
        """One flat row a clause, for a data frame."""
        return [
            {
                "model": self.id, "clause": c.ref, "state": c.state, "says": c.says,
                "first_line": c.lines[0] if c.lines else None, "last_line": c.lines[-1] if c.lines else None,
                "disposition": c.disposition, "encoded": c.encoded, "provisions": len(c.provisions),
                "in_part": bool(c.left_aside), "operative": " ".join(c.operative),
                "fingerprint": c.fingerprint, "indexed": c.indexed,
            }
            for c in self.clauses
        ]  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        """Plain data, of the shape that `--format json` prints."""
        tally = self.tally
        return {
            "id": self.id,
            "path": self.path,
            "title": self.title,
            "source": self.source,
            "lines": self.lines,
            "faithful": self.faithful,
            "tally": {
                "clauses": tally.clauses, "operative": tally.operative, "encoded": tally.encoded,
                "in_part": tally.in_part, "set_aside": dict(tally.set_aside), "share": tally.share,
            },
            **{state.replace(" ", "_"): [c.ref for c in self.of(state)] for state in NOT_SAME},
            "unknown": [_line(line) for line in self.unknown],
            "look_again": [c.ref for c in self.look_again],
            "commanding": [_line(line) for line in self.commanding],
            "clauses": [_clause(c) for c in self.clauses],
            "left_out": [{**_line(line), "why": line.why} for line in self.left_out],
            "checked": self.checked,
            "findings": [finding_dict(f) for f in self.findings],
            "undecided": self.undecided,
            "hints": list(self.hints),
        }  # fmt: skip


NOT_SAME: tuple[State, ...] = ("unread", "missing", "changed", "not compared")


def _line(line: Line) -> dict[str, Any]:
    return {"line": line.number, "begins": line.text}


def _clause(clause: TracedClause) -> dict[str, Any]:
    return {
        "clause": clause.ref,
        "state": clause.state,
        "says": clause.says,
        "place": str(clause.mark) if clause.mark else None,
        "lines": list(clause.lines),
        "begins": clause.begins,
        "fingerprint": clause.fingerprint,
        "indexed": clause.indexed,
        "same_words_as": clause.same_words_as,
        "disposition": clause.disposition,
        "left_aside": clause.left_aside,
        "repeats": list(clause.repeats),
        "encoded": clause.encoded,
        "provisions": [
            {"says": p.text, "kind": p.kind, "readings": list(p.readings), "place": str(p.mark)}
            for p in clause.provisions
        ],
        "operative": list(clause.operative),
        "findings": list(clause.findings),
    }


def beginning(text: str) -> str:
    """The first words of a text, to find a place by."""
    words = text.split()
    shown = " ".join(words[:BEGINS])
    if len(shown) > LONGEST:
        shown = shown[:LONGEST].rpartition(" ")[0] or shown[:LONGEST]
    return shown if shown == " ".join(words) else f"{shown} …"
