"""A trace as text and as JSON. Computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from govmodel.model.traced import Traced, TracedClause
from govmodel.report import forms
from govmodel.report.forms import WIDTH, Paint, many, no_paint

SCHEMA = 1
"""The version of the JSON shape."""
INDENT = "    "
Tell: TypeAlias = Callable[[TracedClause], Iterable[str]]


def as_json(traced: Traced) -> str:
    """One object for the whole call, stable and versioned."""
    return forms.as_json(SCHEMA, models=[traced.to_dict()])


def as_text(traced: Traced, paint: Paint = no_paint, width: int = WIDTH, *, brief: bool = False) -> str:
    """For people: what is not as it was read, how much is encoded, and what became of every clause."""
    return "\n".join(_Text(traced, paint, width).lines(brief)) + "\n"


class _Text:
    def __init__(self, traced: Traced, paint: Paint, width: int) -> None:
        self.traced, self.paint, self.width = traced, paint, width

    def lines(self, brief: bool) -> Iterable[str]:
        traced = self.traced
        yield self.paint("strong", traced.title)
        yield from self.wrapped(
            f"{traced.path} beside {traced.source}: {many(len(traced.clauses), 'clause')}, "
            f"{many(traced.lines, 'line')} of text.", "", "quiet",
        )  # fmt: skip
        yield ""
        yield from self.troubles()
        yield from self.encoded()
        yield from self.again()
        yield from self.passed_over()
        if not brief:
            yield self.paint("strong", "Clauses")
            for clause in traced.clauses:
                yield from self.clause(clause)
            yield ""
        yield self.paint("strong", self.verdict())

    def verdict(self) -> str:
        traced = self.traced
        if traced.faithful:
            return "Nothing is unread, unknown, missing or changed."
        counts = [
            f"{number} {word}"
            for number, word in (
                (len(traced.of("unread")), "unread"),
                (len(traced.unknown), "unknown"),
                (len(traced.of("missing")), "missing"),
                (len(traced.of("changed")), "changed"),
            )
            if number
        ]
        return f"{', '.join(counts)}."

    def troubles(self) -> Iterable[str]:
        traced = self.traced
        unread, missing, changed = traced.of("unread"), traced.of("missing"), traced.of("changed")
        not_compared = traced.of("not compared")
        yield from self.group(
            "error",
            unread,
            "Unread",
            "the text has it, and the index does not or calls it unread",
            self.unread,
        )
        if traced.unknown:
            yield self.paint("error", f"Unknown: {many(len(traced.unknown), 'line')}")
            yield from self.wrapped("no pattern of the layout claims it", INDENT, "quiet")
            for line in traced.unknown:
                yield from self.wrapped(f"{traced.source}:{line.number}  “{line.text}”", "  ")
            yield ""
        yield from self.group(
            "error", missing, "Missing", "the index has it, and the text does not", self.missing
        )
        yield from self.group(
            "error", changed, "Changed", "the text has other words than were read", self.changed
        )
        if traced.findings:
            yield self.paint("strong", "Findings that cite what changed or is missing")
            for finding in traced.findings:
                yield from self.wrapped(f"{finding.id}: {finding.message}.", "  ")
            yield ""
        if traced.undecided:
            some = many(traced.undecided, "question")
            yield from self.wrapped(f"{some} of the checks were not decided, so there may be more.", "")
            yield ""
        yield from self.group(
            "warning", not_compared, "Not compared", "the index has no fingerprint of it", self.not_compared
        )
        for hint in traced.hints:
            yield from self.wrapped(f"help: {hint}.", "", "note")
        if traced.hints:
            yield ""

    def unread(self, clause: TracedClause) -> Iterable[str]:
        yield from self.wrapped(f"{clause.ref}  {self.place(clause)}  “{clause.begins}”", "  ")
        if clause.mark is not None:
            yield from self.wrapped(f"called unread at {clause.mark}", INDENT)
        if clause.same_words_as is not None:
            yield from self.wrapped(f"the very words that the index has as {clause.same_words_as}", INDENT)
        yield from self.wrapped(f'text: "{clause.fingerprint}"', INDENT, "quiet")

    def missing(self, clause: TracedClause) -> Iterable[str]:
        yield from self.wrapped(f"{clause.ref}  {clause.mark}  {clause.says}", "  ")
        if clause.same_words_as is not None:
            yield from self.wrapped(f"its very words are now {clause.same_words_as}", INDENT)
        yield from self.resting(clause)

    def changed(self, clause: TracedClause) -> Iterable[str]:
        yield from self.wrapped(f"{clause.ref}  {self.place(clause)}  “{clause.begins}”", "  ")
        yield from self.wrapped(f"read as: {clause.says}", INDENT)
        if clause.same_words_as is not None:
            yield from self.wrapped(f"the very words that the index has as {clause.same_words_as}", INDENT)
        yield from self.resting(clause)
        yield from self.wrapped(
            f'text: "{clause.fingerprint}" now, "{clause.indexed}" at {clause.mark}', INDENT, "quiet"
        )

    def not_compared(self, clause: TracedClause) -> Iterable[str]:
        yield from self.wrapped(f'{clause.ref}  {clause.mark}  text: "{clause.fingerprint}"', "  ")

    def resting(self, clause: TracedClause) -> Iterable[str]:
        for provision in clause.provisions:
            yield from self.wrapped(f"rests on it: {provision.text}  {provision.mark}", INDENT)
        if clause.findings:
            yield from self.wrapped(f"cited by: {', '.join(clause.findings)}", INDENT)
        elif self.traced.checked:
            yield from self.wrapped("no finding cites it", INDENT)

    def encoded(self) -> Iterable[str]:
        tally = self.traced.tally
        yield self.paint("strong", "Encoded")
        share = f" ({_percent(tally.share)})" if tally.share is not None else ""
        part = f", {tally.in_part} of them in part" if tally.in_part else ""
        yield from self.wrapped(
            f"{tally.encoded} of {many(tally.operative, 'operative clause')}{share}{part}.", "  "
        )
        aside = sum(tally.set_aside.values())
        if aside:
            kinds = ", ".join(f"{number} {why}" for why, number in tally.set_aside.items())
            yield from self.wrapped(f"{many(aside, 'clause')} set aside: {kinds}.", "  ")
        nothing = [
            c.ref
            for c in self.traced.clauses
            if not c.encoded and c.mark is not None and c.disposition in (None, "unread")
        ]
        if nothing:
            yield from self.wrapped(f"Nothing rests on {', '.join(nothing)}.", "  ")
        yield ""

    def again(self) -> Iterable[str]:
        """What a reviewer should look at, though it is no fault of itself."""
        traced = self.traced
        if not (traced.look_again or traced.commanding):
            return
        yield self.paint("warning", "Look again")
        yield from self.wrapped(
            "set aside or left out, though the text has words that command, forbid or allow", INDENT, "quiet"
        )
        for clause in traced.look_again:
            words = ", ".join(f"“{word}”" for word in clause.operative)
            text = f"{clause.ref}  {self.place(clause)}  {clause.disposition}, with {words}"
            yield from self.wrapped(text, "  ")
        for line in traced.commanding:
            yield from self.wrapped(f"heading  {traced.source}:{line.number}  “{line.text}”", "  ")
        yield ""

    def passed_over(self) -> Iterable[str]:
        if not self.traced.left_out:
            return
        yield self.paint("strong", "Left out")
        for why, name in (("heading", "headings"), ("furniture", "of the page"), ("no words", "no words")):
            lines = [line for line in self.traced.left_out if line.why == why]
            if lines and why == "no words":
                yield from self.wrapped(f"{name}: {_lines([line.number for line in lines])}", "  ")
            elif lines:
                text = " · ".join(f"{line.number} {line.text}" for line in lines)
                yield from self.wrapped(f"{name}: {text}", "  ")
        yield ""

    def clause(self, clause: TracedClause) -> Iterable[str]:
        plural = "s" if len(clause.lines) > 1 else ""
        where = f"line{plural} {_span(clause.lines)}" if clause.lines else "not in the text"
        state = "" if clause.state == "same" else f"  {clause.state}"
        head = f"{self.paint('strong', clause.ref)}  {self.paint('quiet', where)}{self.paint('error', state)}"
        yield f"  {head}"
        if clause.says:
            yield from self.wrapped(f"{clause.says}.", INDENT)
        if clause.disposition:
            yield from self.wrapped(f"set aside: {clause.disposition}", INDENT, "quiet")
        for provision in clause.provisions:
            yield from self.wrapped(f"→ {provision.text}  {provision.mark}", INDENT)
        if clause.repeats:
            yield from self.wrapped(f"→ says again what {', '.join(clause.repeats)} says", INDENT)
        elif not clause.encoded and not clause.disposition and clause.mark is not None:
            yield from self.wrapped("nothing rests on it", INDENT, "warning")
        if clause.left_aside:
            yield from self.wrapped(f"left aside: {clause.left_aside}", INDENT, "quiet")

    def place(self, clause: TracedClause) -> str:
        return f"{self.traced.source}:{_span(clause.lines)}"

    def group(
        self, role: str, clauses: Sequence[TracedClause], name: str, means: str, each: Tell
    ) -> Iterable[str]:
        if not clauses:
            return
        yield self.paint(role, f"{name}: {many(len(clauses), 'clause')}")
        yield from self.wrapped(means, INDENT, "quiet")
        for clause in clauses:
            yield from each(clause)
        yield ""

    def wrapped(self, text: str, indent: str, role: str = "") -> Iterable[str]:
        return forms.wrapped(text, self.width, indent, self.paint, role, then=f"{indent}  ")


def _percent(share: float) -> str:
    """Never 100 % where something is left."""
    text = f"{share * 100:.1f}".removesuffix(".0")
    return f"{'99.9' if text == '100' and share < 1 else text} %"


def _span(lines: Sequence[int]) -> str:
    """`3`, or `3 to 7`."""
    return str(lines[0]) if lines[0] == lines[-1] else f"{lines[0]} to {lines[-1]}"


def _lines(numbers: Sequence[int]) -> str:
    """`3`, `3–5`, `3, 5–7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
