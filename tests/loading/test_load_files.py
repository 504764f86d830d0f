"""What is no model at all: files that cannot be read, text that is no YAML, bombs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from loading_help import HEAD, model, problems

from govmodel.errors import InputError
from govmodel.loading import load, load_text, nodes


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        load(path)
    (problem,) = caught.value.problems
    assert problem.mark.file == str(path)
    return str(problem).removeprefix(str(path))


def test_no_such_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "m.yaml") == ": no-such-file: there is no such file"


def test_directory(tmp_path: Path) -> None:
    assert ": not-a-file: is a directory" in refused(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name here")
def test_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "m.yaml")
    assert "is no ordinary file but a pipe" in refused(tmp_path / "m.yaml")


def test_device() -> None:
    if Path(os.devnull).exists():
        assert "is no ordinary file" in refused(Path(os.devnull))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("a: b")
    (tmp_path / "m.yaml").chmod(0)
    assert "cannot be read: permission denied" in refused(tmp_path / "m.yaml")


def test_null_in_the_name() -> None:
    with pytest.raises(InputError):
        load("a\0b")


def test_too_large(tmp_path: Path) -> None:
    with (tmp_path / "m.yaml").open("wb") as stream:
        stream.truncate(nodes.LARGEST + 1)
    assert "is larger than 16 MiB" in refused(tmp_path / "m.yaml")


def test_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_bytes("govmodel: é\nname: caf".encode() + b"\xe9 x")
    assert refused(tmp_path / "m.yaml").startswith(
        ":2:10: not-utf-8: byte 23 of the file (hexadecimal e9) is not UTF-8"
    )


def test_utf_16(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_bytes("govmodel: 1".encode("utf-16"))
    assert ":1:1: not-utf-8" in refused(tmp_path / "m.yaml")


def test_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_bytes(b"\xef\xbb\xbf" + model().encode())
    assert load(tmp_path / "m.yaml").id == "m"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty: there is nothing in this file"),
        ("# a remark\n", "empty"),
        ("- a\n", "a list was found where the headings"),
        ("just text\n", "a text without keys was found"),
        ("a: \x00\n", "U+0000"),
        ("a: \x1b[31m\n", "U+001B"),
        ('a: "\\e[31m"\n', "with a control character in it"),
        ("a: x\u202ey\n", "turns text around"),
        ("a: b\n---\na: c\n", "a second YAML document begins here"),
        ("a: &x b\n", "the anchor &x cannot be used: it hides which clause says what"),
        ("a: *x\n", "the alias *x cannot be used"),
        ("<<: {a: b}\n", 'the merge key "<<" cannot be used'),
        ("a: !!python/object/apply:os.system [ls]\n", "the tag tag:yaml.org,2002:python"),
        ("? [a]\n: b\n", "a list stands where a key is expected"),
        ("a:\n\t- b\n", "a tab stands here"),
        ("a: 'b\nc: d\n", "the quotes that open here are never closed"),
        ('a: "b" c\n', "text stands after the closing quotes"),
        ('a: "\\q"\n', "begins with a backslash"),
        ("a: {b: c\nd: e\n", 'the bracket "{" that opens here is not closed before line 2'),
        ("a: {b: c}}\n", '"}" closes nothing'),
        ("a: %b\n", 'a text cannot begin with "%" / Put the sentence in double quotes.'),
        ("a: - b\n", 'a text cannot begin with "-"'),
        ("a: b\n c\nd e\nf: g", "this line has no colon after its key"),
        ("a: b\n  c: d\n", "a key stands here, but the line above has begun a sentence"),
        ("a: {b: ?x}\n", "question mark"),
        ("a: {b: it says: no}\n", 'this sentence contains ": ", which YAML takes for a new key'),
        ("a: it says: no\n", 'this sentence contains ": ", which YAML takes for a new key'),
        ("- a\nb: c\n", "does not fit the lines above it"),
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_no_model(text: str, message: str, pure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if pure:
        import yaml

        monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)
    (found, *_) = problems(text)
    assert message in found


def bomb() -> str:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    return "\n".join(lines)


def test_alias_bomb() -> None:
    found = problems(bomb())
    assert len(found) <= nodes.MOST_PROBLEMS
    assert all(p.startswith(("anchor", "alias")) for p in found)


@pytest.mark.parametrize("depth", [10_000, 100_000])
@pytest.mark.parametrize(("start", "end"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_deep_nesting(depth: int, start: str, end: str) -> None:
    (found,) = problems(start * depth + "x" + end * depth)
    assert found.startswith("too-deep: blocks and lists are nested more than 64 deep here")


def test_more_values_than_any_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MOST_NODES", 100)
    (found,) = problems("a: [" + "b, " * 200 + "]")
    assert found.startswith("too-large: this file has more than 100 values")


# include


def files(tmp_path: Path, include: str, **others: str) -> Path:
    for name, text in others.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    main = tmp_path / "main.yaml"
    main.write_text(HEAD.replace('govmodel: "1"\n', f'govmodel: "1"\ninclude: {include}\n'))
    return main


def included(path: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        load(path)
    return [str(p).replace(str(path.parent) + os.sep, "") for p in caught.value.problems]


INDEX = 'clauses: {"1": one, "2": two}\n'


def test_include_merges(tmp_path: Path) -> None:
    extra = INDEX + "norms:\n  - {about: meeting, must: held, clause: '2'}\n"
    loaded = load(files(tmp_path, "extra.yaml", extra=extra))
    assert list(loaded.clauses_index) == ["1", "2"]
    assert loaded.norms[0].at.file.endswith("extra.yaml")


def test_include_name_in_two_files(tmp_path: Path) -> None:
    extra = INDEX + "parties: {police: {name: P, clause: '2'}}\n"
    (found,) = included(files(tmp_path, "extra.yaml", extra=extra))
    assert found.startswith(
        'extra.yaml:2:11: key-twice: the party "police" stands here '
        "for the second time; the first is at main.yaml, line 20"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../extra.yaml", "is no plain file name"),
        ("/etc/passwd", "is no plain file name"),
        ("https://example.org/x", "is no plain file name"),
        ("..", "is no plain file name"),
        ("[a, {b: c}]", "the name of a file beside this one is expected here"),
        ("gone.yaml", '"gone.yaml": there is no such file'),
        ("main.yaml", "is this file itself"),
        ("link.yaml", "leads out of the directory"),
        ("sub", "is a directory"),
    ],
)
def test_include_refused(tmp_path: Path, name: str, message: str) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "sub").mkdir()
    (tmp_path / "outside.yaml").write_text(INDEX)
    (inner / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert any(message in p for p in included(files(inner, name)))


def test_include_is_not_nested(tmp_path: Path) -> None:
    (found,) = included(files(tmp_path, "extra.yaml", extra=INDEX + "include: other.yaml\n"))
    assert "extra.yaml:2:1: include: an included file cannot include others" in found


def test_include_faults_of_the_other_file(tmp_path: Path) -> None:
    found = included(files(tmp_path, "extra.yaml", extra="a: [b\n"))
    assert any(p.startswith("extra.yaml:1:4: not-yaml") for p in found)


def test_text_in_memory_cannot_include() -> None:
    with pytest.raises(InputError, match="a model that is no file cannot include others"):
        load_text('govmodel: "1"\ninclude: x.yaml\ndocument: {title: x}\nclauses: {"1": x}\n')
