"""The document, the readings, classes and organisations, and the clause index, in words."""

from __future__ import annotations

from collections.abc import Iterator

from govmodel.errors import Mark
from govmodel.model.vocabulary import BUILT_IN_READINGS
from govmodel.words import numbers
from govmodel.words.speaking import At, Bit, Speaker, View
from govmodel.words.text import article, listed, lowered, quoted, spaced, stripped

NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}


def document(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What the text is."""
    title = stripped(v["title"]) if v["title"] is not None else "untitled"
    yield Bit("title", f"the document is “{title}”")
    if v["version"] is not None:
        yield Bit("version", f"its version is {v['version']}")
    if v["status"] is not None:
        yield Bit("status", f"its status is “{v['status']}”")
    if v["date"] is not None:
        yield Bit("date", f"its date is {numbers.date(v['date'])}")
    else:
        yield Bit("date", "it bears no date")
    if v["dated"] is not None:
        dated = {
            "printed": "the text bears that date",
            "inferred": "that date is inferred, and not in the text",
        }
        yield Bit("dated", dated[v["dated"]])
    if v["nation"] is not None:
        yield Bit("nation", f"its bank holidays are those of {NATIONS.get(v['nation'], v['nation'])}")
    if v["id"] is not None:
        yield Bit("id", f"the model is called {quoted(v['id'])}", apart=True)
    if v["source"] is not None:
        yield Bit("source", f"the text is in the file {v['source']}", apart=True)
    if v["numbering"] is not None:
        yield Bit("numbering", f"clauses are cited so: {lowered(stripped(v['numbering']))}", apart=True)
    if v["parts"]:
        said = listed(f"{letter} is {stripped(part.value)}" for letter, part in v["parts"].items())
        yield Bit("parts", f"the letters before clause numbers are those of the parts: {said}", apart=True)


def layout(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """How the source shows its clauses, for whoever holds the text against the model."""
    shows = {
        "headings": "lines that head clauses look like",
        "numbers": "clauses are numbered like",
        "items": "items of lists are marked like",
        "footnotes": "footnotes are marked like",
        "left_out": "these lines are no part of it:",
    }
    yield Bit("layout", "the file of the text is cut into clauses by examples")
    for field, says in shows.items():
        if v[field] is not None:
            yield Bit(field, f"{says} {listed(quoted(pattern) for pattern in v[field])}")
    lines = {"titles": "clauses without a number begin with", "parts": "parts begin with"}
    for field, says in lines.items():
        if v[field]:
            told = listed(f"{quoted(words.value)} ({ref})" for ref, words in v[field].items())
            yield Bit(field, f"{says} {told}")


def joined(s: Speaker) -> Iterator[tuple[str, Mark]]:
    """That a model joins several texts, and which."""
    if s.c.landscape is not None:
        yield f"several texts are read as one: “{stripped(s.c.landscape.value)}”", s.c.landscape.mark
    for name, file in s.c.models.items():
        member = s.c.members.get(name)
        title = member.document.title if member is not None and member.document is not None else None
        what = f" (“{stripped(title.value)}”)" if title is not None else ""
        yield f"{quoted(name)} is the text of the model {file.value}{what}", file.mark


def same(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """What is one thing, named in several texts."""
    yield Bit("names", f"these are one and the same: {listed(_called(s, n) for n in v['names'] or ())}")
    if v["seats_of"] is not None:
        yield Bit(
            "seats", f"of their lists of seats these count: {listed(_called(s, n) for n in v['seats_of'])}"
        )


def succession(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """A body or text that took the place of another."""
    since = f", from {numbers.date(v['from_'])} on" if v["from_"] is not None else ""
    yield Bit("follows", f"{_called(s, v['who'])} takes the place of {_called(s, v['follows'])}{since}")


def _called(s: Speaker, name: str) -> str:
    """A text of several, or something in one of them."""
    return f"the text {quoted(name)}" if name in s.c.models else s.names.the(name)


def convention(name: str, option: str) -> str:
    """A convention that the model names for what the text leaves out."""
    reading = BUILT_IN_READINGS.get(name)
    question = f" ({reading.question})" if reading else ""
    answer = reading.options.get(option.replace("_", "-"), option) if reading else option
    return f"where the text is silent on {quoted(name)}{question}, the model takes it that {_goes_on(answer)}"


def _goes_on(answer: str) -> str:
    return (
        answer
        if answer.startswith(("the ", "it ", "nothing ", "neither ", "only "))
        else f"the answer is “{answer}”"
    )


def ambiguity(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """A question that the text leaves open, and its answers."""
    name = at.path[-1]
    question = stripped(v["question"] or spaced(name))
    if name in s.fixed:
        answer = v["options"][s.fixed[name]].value
        settled = f"{quoted(s.fixed[name])}: {lowered(stripped(answer))}"
        yield Bit("question", f"{quoted(name)} asks: {question} It is read here as {settled}")
        return
    base = v["base"]
    answers = [
        f"{quoted(option)}{' (the base)' if option == base else ''}: {stripped(words.value)}"
        for option, words in v["options"].items()
    ]
    yield Bit("question", f"{quoted(name)} asks: {question} It can be read as " + "; or as ".join(answers))
    if v["because"] is not None:
        yield Bit(
            "because", f"{quoted(base)} is the base because: {lowered(stripped(v['because']))}", apart=True
        )
    for option, needs in v["only_with"].items():
        wanted = listed(
            f"{quoted(other)} as {listed((quoted(o) for o in allowed), 'or')}"
            for other, allowed in needs.items()
        )
        yield Bit(
            f"only {option}", f"{quoted(name)} can be read as {quoted(option)} only with {wanted}", apart=True
        )


def party_class(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """A class of organisations, or of people."""
    name = quoted(spaced(at.path[-1]))
    yield Bit("name", f"{name} is a class: {lowered(stripped(v['name'] or ''))}")


def party(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """An organisation."""
    title = stripped(v["name"] or spaced(at.path[-1]))
    kind = "a sector and no organisation" if v["sector"] == "yes" else "an organisation"
    if v["sector"] == "no":
        kind = "an organisation and no sector"
    classes = v["is_"] or ()
    of = (
        f", of the class{'es' if len(classes) > 1 else ''} {listed(quoted(spaced(c)) for c in classes)}"
        if classes
        else ""
    )
    yield Bit("name", f"{title} ({quoted(at.path[-1])}) is {kind}{of}")
    if v["part_of"] is not None:
        yield Bit("part", f"it is a part of {s.names.all(v['part_of'])}")
    if v["successor"] is not None:
        yield Bit("successor", f"it is followed by {s.names.all(v['successor'])}")


WHY = {
    "aspiration": "it is an aspiration",
    "description": "it describes and lays nothing down",
    "definition": "it is a definition",
    "external": "it speaks of what others lay down",
    "procedure": "it is a matter of procedure",
    "spent": "it is spent",
    "unread": "it has not been read yet",
}
"""Why nothing rests on a clause."""


def clause(s: Speaker, v: View, at: At) -> Iterator[Bit]:
    """A clause of the index on which nothing rests, and why. Of the others nothing is said here: their
    sentences stand under what they are about."""
    says = stripped(v["says"] or "")
    if v["is_"] is not None:
        yield Bit(
            "is", f"nothing rests on this clause, since {WHY.get(v['is_'], article(v['is_']))}: “{says}”"
        )
    if v["repeats"] is not None:
        repeats = v["repeats"] if isinstance(v["repeats"], str) else listed(v["repeats"])
        yield Bit("repeats", f"this clause says again what clause {repeats} says: “{says}”")
