"""A model from a file and those that it includes."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path, PurePath

from govmodel.errors import InputError, Problem
from govmodel.loading import build
from govmodel.loading.messages import Problems, canonical, did_you_mean, q
from govmodel.loading.names import gather
from govmodel.loading.nodes import Mapping, Node, Scalar, Sequence, compose, kind_of, read, source_of
from govmodel.loading.reader import Reader
from govmodel.model.constitution import Constitution
from govmodel.model.vocabulary import VERSION

MOST_FILES = 50
LANDSCAPE = ("landscape", "models", "same", "succeeds")
_PLAIN = re.compile(r"[^/\\:\0]+\Z")


def load(path: str | os.PathLike[str]) -> Constitution:
    """The constitution in a model file. Raises InputError with every problem of the file."""
    file = os.fsdecode(path)
    top = read(file)
    return _load(top, file, PurePath(file).stem, Path(file).parent)


def load_text(text: str, name: str = "model.yaml") -> Constitution:
    """The same for text that is in memory, which cannot include files. Raises InputError."""
    top = compose(source_of(text.removeprefix("\ufeff"), name))
    return _load(top, name, PurePath(name).stem, None)


def _load(top: Mapping, file: str, stem: str, beside: Path | None) -> Constitution:
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
    model = build.constitution(reader, whole, stem, file)
    if problems.errors or model is None:
        raise InputError(problems.found)
    return _finish(model, problems)


def _finish(model: Constitution, problems: Problems) -> Constitution:
    notes = tuple(sorted(problems.found, key=lambda p: p.mark))
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
        elif name in LANDSCAPE:
            problem = Problem(
                key.mark,
                "landscape",
                f"{q(key.text)} belongs to a landscape, and landscapes are not supported yet",
                "Check each of its models alone.",
            )
            raise InputError([problem])
        elif not main and name == "include":
            problems.add(
                key.mark,
                "include",
                "an included file cannot include others",
                "Name them all in the first file.",
            )
        elif not main and name == "document":
            problems.add(key.mark, "include", "the document stands in the first file only")
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
        found = q(node.text) if isinstance(node, Scalar) else kind_of(node)
        problems.add(
            node.mark,
            "version",
            f"this model is written for version {found} of the language; version {VERSION} is read",
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
        if not isinstance(each, Scalar) or not each.text.strip():
            problems.add(each.mark, "include", "the name of a file beside this one is expected here")
            continue
        name = each.text.strip()
        if not _PLAIN.match(name) or name in (".", ".."):
            problems.add(
                each.mark,
                "include",
                f"{q(name)} is no plain file name",
                "Included files lie beside this one; no folders, no addresses.",
            )
        elif name in seen:
            problems.add(each.mark, "include", f"{q(name)} is included twice, or is this file itself")
        else:
            seen.add(name)
            path = beside / name
            if _outside(path, beside):
                problems.add(
                    each.mark,
                    "include",
                    f"{q(name)} leads out of the directory of this file",
                    "Put the file itself beside this one.",
                )
                continue
            try:
                tops.append(read(path))
            except InputError as error:
                for problem in error.problems:
                    if problem.mark.line:
                        problems.found.append(problem)
                    else:
                        problems.add(each.mark, problem.code, f"{q(name)}: {problem.message}", problem.help)
    return tops


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
