"""What `show` answers with: a model read back as sentences and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, Literal, TypeAlias, get_args

from govmodel.dataclass import dataclass
from govmodel.errors import Mark

What: TypeAlias = Literal[
    "sentences", "summary", "seats", "readings", "routes", "clocks", "coalitions", "power"
]
WHATS: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What a block of the model says, in words.

    `text` has neither capital, clauses nor full stop; `said` is the whole. `kind`: the class of the
    block (`Quorum`). `under`: the headings it stands under, the widest first. `readings`: the
    ambiguities on which it depends. `silent`: it says what the text leaves out, and no clause says it.
    `name`: the name by which findings and other blocks point to it (a norm's id, a reading).
    """

    text: str
    kind: str
    under: tuple[str, ...]
    mark: Mark
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    silent: bool = False
    name: str = ""

    @property
    def said(self) -> str:
        """The sentence with its capital letter, its clauses in brackets, and its full stop."""
        start = self.text[:1].upper() + self.text[1:]
        cited = f" [{', '.join(self.clauses)}]" if self.clauses else ""
        return f"{start}{cited}{' [the text is silent]' if self.silent else ''}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Became:
    """What became of a clause: `sentences` rest on it; where none does, `fate` says why in words.

    `also`: what else there is to know of it (what part was left aside, what it says again).
    """

    ref: str
    says: str
    fate: str
    sentences: tuple[Sentence, ...] = ()
    also: tuple[str, ...] = ()
    disposition: str | None = None
    fingerprint: str | None = None

    @property
    def resting(self) -> tuple[Sentence, ...]:
        """The sentences that rest on the clause; that it is asked about does not count."""
        return tuple(s for s in self.sentences if s.kind != "Ambiguity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`columns` are plain names (`seats_min`), and a row has a cell for each: str, int, bool or None.

    `heads`: how columns are called above a table for people. `shown`: which of them such a table has
    (all, when empty). `below`: remarks that stand under it.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    heads: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    below: tuple[str, ...] = ()

    def dicts(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def table(
    name: str,
    title: str,
    rows: Sequence[Mapping[str, Any]],
    shown: Sequence[str] = (),
    heads: Mapping[str, str] | None = None,
    below: Sequence[str] = (),
) -> Table:
    """A table of rows that all have the same columns."""
    columns = tuple(rows[0]) if rows else tuple(shown)
    cells = tuple(tuple(row[column] for column in columns) for row in rows)
    return Table(
        name=name, title=title, columns=columns, rows=cells, heads=heads or {}, shown=tuple(shown),
        below=tuple(below),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A model read back. `sentences` in the order of their headings, or `clauses` in that of the index
    (`--by clause`), or `tables`, of which the first is the main one. `fixed`: the readings that were
    settled by the call. `remarks`: what a reader must know of the whole.
    """

    model: str
    path: str
    title: str
    what: What
    fixed: Mapping[str, str]
    sentences: tuple[Sentence, ...] = ()
    clauses: tuple[Became, ...] = ()
    tables: tuple[Table, ...] = ()
    remarks: tuple[str, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Flat rows for a data frame: one a sentence, one a clause, or those of the main table."""
        if self.tables:
            return [{"model": self.model, **row} for row in self.tables[0].dicts()]
        if self.clauses:
            return [{"model": self.model, **_clause(c)} for c in self.clauses]
        return [{"model": self.model, **_sentence(s)} for s in self.sentences]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, of the shape that `--format json` prints for one model."""
        whole: dict[str, Any] = {
            "id": self.model, "path": self.path, "title": self.title, "what": self.what,
            "fixed": dict(self.fixed),
        }  # fmt: skip
        if self.what == "sentences" and not self.clauses:
            whole["sentences"] = [_sentence(s) for s in self.sentences]
        if self.clauses:
            whole["clauses"] = [
                {**_clause(c), "sentences": [_sentence(s) for s in c.sentences]} for c in self.clauses
            ]
        for table in self.tables:
            whole[table.name] = table.dicts()
            if table.below:
                whole[f"{table.name}_remarks"] = list(table.below)
        whole["remarks"] = list(self.remarks)
        return whole


def _sentence(sentence: Sentence) -> dict[str, Any]:
    under = (*sentence.under, "", "", "")
    return {
        "part": under[0], "of": under[1], "about": under[2], "kind": sentence.kind, "name": sentence.name,
        "sentence": sentence.said, "clauses": " ".join(sentence.clauses),
        "readings": " ".join(sentence.readings), "silent": sentence.silent, "place": str(sentence.mark),
    }  # fmt: skip


def _clause(became: Became) -> dict[str, Any]:
    return {
        "clause": became.ref, "says": became.says, "became": became.fate, "also": " ".join(became.also),
        "disposition": became.disposition, "fingerprint": became.fingerprint,
        "sentences": [s.said for s in became.sentences],
    }  # fmt: skip
