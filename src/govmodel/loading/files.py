"""A model from a file, those that it includes, and the models that it names."""

from __future__ import annotations

import os
import re
from dataclasses import field, replace
from pathlib import Path, PurePath

from govmodel.dataclass import dataclass
from govmodel.errors import InputError, Problem
from govmodel.loading import build, landscape
from govmodel.loading.messages import Problems, canonical, did_you_mean, q
from govmodel.loading.names import Names, gather
from govmodel.loading.nodes import Mapping, Node, Scalar, Sequence, compose, read, said, source_of
from govmodel.loading.reader import NAME, Reader
from govmodel.model.constitution import Constitution
from govmodel.model.vocabulary import VERSION

MOST_FILES = 50
FIRST_FILE_ONLY = ("document", "landscape", "models", "same", "succeeds")
_PLAIN = re.compile(r"[^/\\:\0]+\Z")


def load(path: str | os.PathLike[str]) -> Constitution:
    """The constitution in a model file, with the models that it names. Raises InputError with every
    problem of all the files."""
    file = os.fsdecode(path)
    return _usable(_load(read(file), file, Path(file).parent, Opened((file,))))


def load_text(text: str, name: str = "model.yaml") -> Constitution:
    """The same for text that is in memory, which cannot name other files. Raises InputError."""
    top = compose(source_of(text.removeprefix("\ufeff"), name))
    return _usable(_load(top, name, None, Opened((name,))))


@dataclass(frozen=True)
class Opened:
    """The files on the way to a model, outermost first, and how many more models may be opened."""

    way: tuple[str, ...]
    left: list[int] = field(default_factory=lambda: [MOST_FILES])


@dataclass(frozen=True)
class Loaded:
    """What came of a model file. `names` None: it is no model at all; `model` None: it has errors."""

    names: Names | None
    model: Constitution | None
    problems: tuple[Problem, ...]


def _usable(loaded: Loaded) -> Constitution:
    if loaded.model is None or any(p.level == "error" for p in loaded.problems):
        raise InputError(loaded.problems)
    return loaded.model


def _no_other_file(top: Mapping) -> None:
    """One sentence, where each key of another kind of file would be an unknown heading. Raises InputError."""
    keys = {canonical(key.text) for key, _ in top.entries}
    if not keys & {"document", "bodies", "clauses"}:
        for kind in ("scenario", "grid"):
            if kind in keys:
                says = f"this is a {kind}; a model is expected here"
                raise InputError((Problem(top.mark, "no-model", says),))


def _load(top: Mapping, file: str, beside: Path | None, opened: Opened) -> Loaded:
    _no_other_file(top)
    problems = Problems()
    mains = _headings(top, problems)
    included = [
        _headings(m, problems, main=False) for m in _included(mains.get("include"), problems, beside, file)
    ]
    _version(mains, top, problems)
    merged: dict[str, list[tuple[Scalar, Node]]] = {}
    for headings in (mains, *included):
        for name, pair in headings.items():
            if name not in ("govmodel", "include"):
                merged.setdefault(name, []).append(pair)
    known = {canonical(k.name) for k in build.keys(Constitution).values()}
    names = gather({n: [v for _, v in ps] for n, ps in merged.items() if n in known}, problems)
    members = _members(mains.get("models"), problems, beside, opened)
    for short, member in members.items():
        if member.names is not None:
            names.join(short, member.names)
        else:
            names.unread.add(short)
    entries = [(pairs[0][0], _join([v for _, v in pairs])) for pairs in merged.values()]
    reader = Reader(names, problems)
    if "clauses" in merged:
        names.headings.setdefault("clauses", {})
    else:
        problems.add(
            top.mark,
            "no-index",
            "this model has no clause index",
            "List every clause of the document under clauses, in your own words.",
        )
    whole = Mapping(entries, top.source, top.start, top.flow)
    model = build.constitution(reader, whole, PurePath(file).stem, file)
    theirs = tuple(p for member in members.values() for p in member.problems)
    models = {short: member.model for short, member in members.items() if member.model is not None}
    if model is not None and len(models) == len(members):
        model = replace(model, members=models)
        landscape.check(model, problems)
    if model is None or problems.errors or any(p.level == "error" for p in theirs):
        return Loaded(names, None, (*problems.found, *theirs))
    return Loaded(names, _finish(model, problems), ())


def _members(
    pair: tuple[Scalar, Node] | None, problems: Problems, beside: Path | None, opened: Opened
) -> dict[str, Loaded]:
    """The models that a model names, by their short names."""
    if pair is None or not isinstance(pair[1], Mapping):
        return {}
    members: dict[str, Loaded] = {}
    for key, node in pair[1].entries:
        short = canonical(key.text)
        if short in members or not NAME.match(short):
            continue  # which the reader tells
        path = _beside(node, problems, beside, "model")
        members[short] = Loaded(None, None, ()) if path is None else _member(path, node, problems, opened)
    return members


def _member(path: Path, node: Node, problems: Problems, opened: Opened) -> Loaded:
    nothing = Loaded(None, None, ())
    way = [PurePath(file).name for file in opened.way]
    if path.name in way:
        circle = [*way[way.index(path.name) :], path.name]
        problems.add(
            node.mark,
            "circle",
            f"models goes round in a circle: {' → '.join(circle)}"
            if len(circle) > 2
            else f"{q(path.name)} names itself as another model",
        )
        return nothing
    opened.left[0] -= 1
    if opened.left[0] < 0:
        problems.add(node.mark, "models", f"more than {MOST_FILES} models are joined")
        return nothing
    file = str(path)
    try:
        return _load(read(file), file, path.parent, replace(opened, way=(*opened.way, file)))
    except InputError as error:
        _told(error, node, path, problems)
        return nothing


def _finish(model: Constitution, problems: Problems) -> Constitution:
    found = [*problems.found, *(note for member in model.members.values() for note in member.notes)]
    notes = tuple(sorted(found, key=lambda p: p.mark))
    document = model.document
    ident = document.id.value if document is not None and document.id is not None else model.id
    return replace(model, id=ident, notes=notes)


def _headings(top: Mapping, problems: Problems, main: bool = True) -> dict[str, tuple[Scalar, Node]]:
    """The headings of one file. Those that are unknown stay, to be told with the others."""
    found: dict[str, tuple[Scalar, Node]] = {}
    for key, node in top.entries:
        name = canonical(key.text)
        if name in found:
            problems.add(
                key.mark,
                "key-twice",
                f"the heading {q(key.text)} stands here for the second "
                f"time; the first is at line {found[name][0].mark.line}",
                "Put everything under one.",
            )
        elif not main and name == "include":
            problems.add(
                key.mark,
                "include",
                "an included file cannot include others",
                "Name them all in the first file.",
            )
        elif not main and name in FIRST_FILE_ONLY:
            problems.add(key.mark, "include", f"{name} stands in the first file only")
        else:
            found[name] = (key, node)
    return found


def _version(headings: dict[str, tuple[Scalar, Node]], top: Mapping, problems: Problems) -> None:
    key_and_node = headings.get("govmodel")
    if key_and_node is None:
        near = problems.near("govmodel", headings)
        problems.add(
            top.mark,
            "version",
            f"this model does not say for which version of the language it is written{did_you_mean(near)}",
            f'Begin it with govmodel: "{VERSION}".',
        )
        return
    node = key_and_node[1]
    if not isinstance(node, Scalar) or node.text.strip() != VERSION:
        problems.add(
            node.mark,
            "version",
            f"this model is written for version {said(node)} of the language; version {VERSION} is read",
            f'Write govmodel: "{VERSION}".',
        )


def _included(
    pair: tuple[Scalar, Node] | None, problems: Problems, beside: Path | None, first: str
) -> list[Mapping]:
    if pair is None:
        return []
    key, node = pair
    if beside is None:
        problems.add(key.mark, "include", "a model that is no file cannot include others")
        return []
    tops = []
    seen = {PurePath(first).name}
    names = node.items if isinstance(node, Sequence) else [node]
    if len(names) > MOST_FILES:
        problems.add(node.mark, "include", f"more than {MOST_FILES} files are included")
        names = []
    for each in names:
        path = _beside(each, problems, beside, "include")
        if path is None:
            continue
        if path.name in seen:
            problems.add(each.mark, "include", f"{q(path.name)} is included twice, or is this file itself")
            continue
        seen.add(path.name)
        try:
            tops.append(read(path))
        except InputError as error:
            _told(error, each, path, problems)
    return tops


def _beside(node: Node, problems: Problems, beside: Path | None, code: str) -> Path | None:
    """The file beside this one that a node names."""
    if not isinstance(node, Scalar) or not node.text.strip():
        problems.add(node.mark, code, "the name of a file beside this one is expected here")
        return None
    if beside is None:
        problems.add(node.mark, code, "a model that is no file cannot name others")
        return None
    name = node.text.strip()
    if not _PLAIN.match(name) or name in (".", ".."):
        problems.add(
            node.mark,
            code,
            f"{q(name)} is no plain file name",
            "Files that are named here lie beside this one; no folders, no addresses.",
        )
        return None
    if _outside(beside / name, beside):
        problems.add(
            node.mark,
            code,
            f"{q(name)} leads out of the directory of this file",
            "Put the file itself beside this one.",
        )
        return None
    return beside / name


def _told(error: InputError, node: Node, path: Path, problems: Problems) -> None:
    """What is wrong with a file, at its place in it, else where the file is named."""
    for problem in error.problems:
        if problem.mark.line:
            problems.found.append(problem)
        else:
            problems.add(node.mark, problem.code, f"{q(path.name)}: {problem.message}", problem.help)


def _outside(path: Path, beside: Path) -> bool:
    try:
        return path.resolve().parent != beside.resolve()
    except (OSError, RuntimeError, ValueError):
        return True


def _join(nodes: list[Node]) -> Node:
    """The values of one heading from several files as one."""
    first = nodes[0]
    if len(nodes) == 1:
        return first
    if all(isinstance(n, Mapping) for n in nodes):
        entries = [e for n in nodes if isinstance(n, Mapping) for e in n.entries]
        assert isinstance(first, Mapping)
        return Mapping(entries, first.source, first.start, first.flow)
    items = [i for n in nodes for i in (n.items if isinstance(n, Sequence) else [n])]
    return Sequence(items, first.source, first.start)
