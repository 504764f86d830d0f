"""What a norm speaks of: a situation, and of which body."""

from __future__ import annotations

import re

from govmodel.loading.messages import canonical, q
from govmodel.loading.names import SituationInfo, where
from govmodel.loading.nodes import Node, Scalar, Sequence
from govmodel.loading.reader import Reader
from govmodel.model.constitution import About

_ABOUT = re.compile(r"([a-z][\w.-]*)(?:\s+of\s+([a-z][\w.-]*))?\Z")


def abouts(reader: Reader, node: Node) -> tuple[About, ...] | None:
    """The situations of a norm; None where one of them is none."""
    found = [about(reader, each) for each in (node.items if isinstance(node, Sequence) else [node])]
    known = tuple(each for each in found if each is not None)
    return known if len(known) == len(found) else None


def about(reader: Reader, node: Node) -> About | None:
    text = reader.text(node, "a situation, such as meeting of NAME,")
    if text is None or not isinstance(node, Scalar):
        return None
    match = _ABOUT.match(text)
    if not match:
        reader.problems.add(
            node.mark, "about", f"{q(text)} is no situation", "Write meeting, or meeting of a body."
        )
        return None
    situation = canonical(match.group(1))
    names = reader.names
    if names.lost(situation):
        return None
    if situation not in names.situations:
        near = reader.problems.near(situation, names.situations)
        info: SituationInfo | None = names.situations.get(near or "")
        hint = f'; did you mean "{near}" ({info.says})?' if info else ""
        reader.problems.add(
            node.mark,
            "unknown-name",
            f"about: no situation is called {q(situation)}{hint}",
            "" if near else "Declare it under situations.",
        )
        return None
    body = None
    if match.group(2):
        body = canonical(match.group(2))
        if names.lost(body):
            return None
        if body not in names.declared("bodies"):
            mark = node.place(node.text.rindex(match.group(2)))
            pool = names.pool(("bodies",))
            near = reader.problems.near(body, pool)
            hint = f'; did you mean "{near}"{where(pool[near][1], mark)}?' if near else ""
            reader.problems.add(mark, "unknown-name", f"about: no body is called {q(body)}{hint}")
            return None
    return About(situation, body, node.mark)
