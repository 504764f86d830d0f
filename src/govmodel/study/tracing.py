"""The use case `trace`: the index of a model beside the text of its document."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from govmodel.loading import load
from govmodel.loading.messages import printable
from govmodel.loading.prose import operative
from govmodel.loading.sharing import cut, plain_reference
from govmodel.loading.texts import read_text
from govmodel.model.constitution import Constitution
from govmodel.model.cut import Cut, Line, Piece
from govmodel.model.finding import Finding
from govmodel.model.rules import Clause, Rulebook
from govmodel.model.traced import State, Tally, Traced, TracedClause, beginning
from govmodel.reading import read, resting
from govmodel.words.provisions import by_clause
from govmodel.words.speaking import Speaker


def trace(
    model: str | os.PathLike[str] | Constitution,
    source: str | os.PathLike[str],
    *,
    findings: bool = True,
) -> Traced:
    """Hold the clause index of a model against the text of its document.

    Args:
        model: a model file, or a constitution that was loaded.
        source: the file of the text, plain text in UTF-8, which the model's `document.layout` fits.
        findings: where a clause changed or is missing, ask every check, and name the findings that
            cite it. That takes as long as `check`.

    Raises:
        InputError: a file cannot be used.
    """
    constitution = model if isinstance(model, Constitution) else load(model)
    text = read_text(source)
    rulebook = read(constitution)
    layout = constitution.document.layout if constitution.document else None
    found = cut(text, layout, constitution.clauses_index)
    clauses = _clauses(constitution, rulebook, found)
    result = Traced(
        id=constitution.id,
        path=constitution.path,
        title=rulebook.title,
        source=text.file,
        lines=len(text.starts) if not text.text.endswith("\n") else len(text.starts) - 1,
        clauses=clauses,
        unknown=_shown(found.unknown),
        left_out=_shown(found.left_out),
        tally=_tally(clauses),
        commanding=_shown(tuple(line for line in found.left_out if operative(line.text))),
        hints=_hints(found, clauses),
    )
    return _with_findings(result, constitution) if findings else result


def _clauses(constitution: Constitution, rulebook: Rulebook, found: Cut) -> tuple[TracedClause, ...]:
    index = {ref: rulebook.clauses[ref] for ref in constitution.clauses_index}  # not those of joined models
    rests = resting(rulebook)
    became = {
        clause.ref: tuple(said for said in clause.sentences if not said.silent)
        for clause in by_clause(Speaker(constitution))
    }
    pieces = {piece.ref: piece for piece in found.pieces}
    moved = _moved(index, pieces)
    made = []
    for ref in (*pieces, *(ref for ref in index if ref not in pieces)):
        piece, entry = pieces.get(ref), index.get(ref)
        clause = TracedClause(
            ref=ref,
            state=_state(piece, entry),
            lines=piece.lines if piece else (),
            begins=beginning(printable(piece.text)) if piece else "",
            fingerprint=piece.fingerprint if piece else None,
            same_words_as=moved.get(ref),
        )
        if entry is not None:
            aside = entry.disposition is not None and entry.disposition != "unread"
            clause = replace(
                clause,
                says=entry.says,
                mark=entry.mark,
                indexed=entry.fingerprint,
                disposition=entry.disposition,
                left_aside=entry.left_aside,
                repeats=entry.repeats,
                encoded=ref in rests,
                provisions=became.get(ref, ()),
                operative=operative(piece.text) if piece and aside else (),
            )
        made.append(clause)
    return tuple(made)


def _shown(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(replace(line, text=beginning(printable(line.text))) for line in lines)


def _state(piece: Piece | None, entry: Clause | None) -> State:
    if piece is None:
        return "missing"
    if entry is None or entry.disposition == "unread":
        return "unread"
    if entry.fingerprint is None:
        return "not compared"
    return "same" if entry.fingerprint == piece.fingerprint else "changed"


def _moved(index: Mapping[str, Clause], pieces: Mapping[str, Piece]) -> dict[str, str]:
    """Where a clause of the text has the words of another entry of the index, or a missing entry those of
    another clause of the text; only where that can be said of one alone."""
    same = {
        ref: ref in index and index[ref].fingerprint == piece.fingerprint for ref, piece in pieces.items()
    }
    was: dict[str, list[str]] = {}
    now: dict[str, list[str]] = {}
    for ref, entry in index.items():
        if entry.fingerprint and not same.get(ref):
            was.setdefault(entry.fingerprint, []).append(ref)
    for ref, piece in pieces.items():
        if not same[ref]:
            now.setdefault(piece.fingerprint, []).append(ref)
    found = {}
    for words, refs in now.items():
        if len(refs) == 1 and len(was.get(words, ())) == 1:
            found[refs[0]] = was[words][0]
    for ref, old in tuple(found.items()):
        if old not in pieces:
            found[old] = ref
    return found


def _tally(clauses: Iterable[TracedClause]) -> Tally:
    """Of the index, and of the clauses that it lacks."""
    every = list(clauses)
    aside = [c.disposition for c in every if c.disposition not in (None, "unread")]
    encoded = [c for c in every if c.encoded and c.disposition in (None, "unread")]
    return Tally(
        clauses=len(every),
        operative=len(every) - len(aside),
        encoded=len(encoded),
        in_part=sum(c.left_aside is not None for c in encoded),
        set_aside={why: number for why, number in Counter(aside).most_common() if why},
    )


def _hints(found: Cut, clauses: tuple[TracedClause, ...]) -> tuple[str, ...]:
    """What may be the matter where much of a text is unread or missing."""
    hints = [f"the line at which {ref} begins, by the layout, is not in the text" for ref in found.not_found]
    missing = {plain_reference(c.ref) for c in clauses if c.state == "missing"}
    again = {c.ref: c.lines[0] for c in clauses if c.state == "unread" and c.ref.endswith("b")}
    started = [(line, ref[:-1]) for ref, line in again.items() if ref[:-1] in missing]
    if started:
        line, ref = min(started)
        hints.append(
            f"the number {ref} is printed again at line {line}; where a part begins in which numbering "
            "starts again, name it in the layout, under parts"
        )
    return tuple(hints)


def _with_findings(result: Traced, constitution: Constitution) -> Traced:
    """The same with the findings that cite a clause whose words changed or are gone."""
    touched = {c.ref for c in result.clauses if c.state in ("changed", "missing")}
    if not touched:
        return result
    from govmodel.study.checking import check

    checked = check(constitution)
    cited: dict[str, list[str]] = {}
    findings: list[Finding] = []
    for finding in checked.findings:
        on = touched & set(finding.clauses)
        if on:
            findings.append(finding)
        for ref in on:
            cited.setdefault(ref, []).append(finding.id)
    clauses = tuple(replace(c, findings=tuple(cited.get(c.ref, ()))) for c in result.clauses)
    return replace(
        result, clauses=clauses, findings=tuple(findings), checked=True, undecided=len(checked.undecided)
    )
