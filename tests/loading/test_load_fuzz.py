"""Whatever the input: a Constitution, or an InputError whose problems have sane places."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loading_help import model, norm

from govmodel.errors import InputError, Mark, Problem
from govmodel.loading import load, load_text
from govmodel.loading.expressions import Fault, Start, parse

TEMPLATE = Path(load_text.__code__.co_filename).with_name("template.yaml").read_text(encoding="utf-8")
TEXTS = (
    TEMPLATE,
    model(norm("must: papers at least 5 working days before meeting\nwhen: kind is extraordinary")),
)
PIECES = [
    *(" ", "", "\n", "\t", ":", ": ", ",", "{", "}", "[", "]", '"', "'", "?", "- ", "|", ">", "%", "@", "#"),
    *(
        "&a ",
        "*a",
        "!!x ",
        "<<: ",
        "---\n",
        "(",
        ")",
        "0",
        "99999999999",
        "1/0",
        "é",
        "\u2028",
        "\x85",
        "\x00",
    ),
    *(
        "\ud800",
        "or",
        "and",
        "not",
        "is",
        "by_reading",
        "set_by",
        "clause",
        "yes",
        "null",
        "chair",
        "meeting",
    ),
    *(
        "{by_reading: tie}",
        "{set_by: chair}",
        "[[]]",
        "{}",
        "any_of",
        "reading",
        "include",
        "situations",
        "..",
    ),
]


def faults(text: str) -> tuple[Problem, ...]:
    try:
        load_text(text, "m.yaml")
    except InputError as error:
        return error.problems or (Problem(Mark("nothing was told"), "", ""),)
    return ()


def sane(text: str) -> None:
    lines = sum(text.count(c) for c in "\n\r\x85\u2028\u2029")
    for problem in faults(text):
        assert problem.mark.file == "m.yaml"
        assert 0 <= problem.mark.line <= lines + 1
        assert (problem.mark.column >= 1) == (problem.mark.line >= 1)
        assert problem.code
        assert problem.message
        assert len(problem.message) < 2_000
        assert problem.message.isprintable()


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        size = draw(st.integers(0, 12))
        piece = draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)))
        match draw(st.integers(0, 3)):
            case 0:
                text = text[:at] + piece + text[at + size :]
            case 1:
                text = text[:at] + piece + text[at:]
            case 2:
                lines = text.split("\n")
                line = draw(st.integers(0, len(lines) - 1))
                text = "\n".join(lines[:line] + lines[line + 1 :])
            case _:
                lines = text.split("\n")
                one, other = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
                lines[one], lines[other] = lines[other], lines[one]
                text = "\n".join(lines)
    return text


@settings(max_examples=400, deadline=None)
@given(mutated())
def test_mutated_models(text: str) -> None:
    sane(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_random_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes(data)
    with suppress(InputError):
        load(path)


WORDS = [
    "present",
    "members",
    "voting",
    "for",
    "seats",
    ">=",
    "<",
    "=",
    "at",
    "least",
    "most",
    "more",
    "than",
    "one",
    "two",
    "third",
    "half",
    "of",
    "quarter",
    "5",
    "8%",
    "1/2",
    "and",
    "or",
    "not",
    "(",
    ")",
    "is",
    "any",
    "papers",
    "before",
    "after",
    "within",
    "days",
    "working",
    "clear",
    "no",
    "later",
    "in",
    "May",
    "31",
    "meeting",
    "times",
    "plus",
    "greater",
    "if",
    "all",
    "but",
    "majority",
    "consensus",
    "every",
    "per",
    "year",
    "once",
    "as",
    "asked",
    "..",
    ".",
    "exempt",
    "kind",
    ",",
    "?",
    "é",
    "A",
]
STARTS: tuple[Start, ...] = ("condition", "carried", "length", "frequency", "span")


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(STARTS), st.lists(st.sampled_from(WORDS), max_size=9), st.sampled_from([" ", "", "\n"])
)
def test_random_sentences(start: Start, words: list[str], joint: str) -> None:
    text = joint.join(words)
    with suppress(Fault):
        parse(text, start)
    if start == "condition" and text.strip():
        quoted = text.replace('"', "").replace("\n", " ")
        sane(model(norm(f'must: "{quoted}"')))
