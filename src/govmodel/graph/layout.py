"""Where everything stands: Graphviz's `dot` places boxes of known size and routes the links.

Graphviz is handed numbers and keys of our own making only, never a word of the document, and no text
to measure: the same layout on every machine, whatever its fonts.
"""

from __future__ import annotations

from itertools import pairwise
from math import dist

import pygraphviz

from govmodel.dataclass import dataclass, replace
from govmodel.graph.measure import width, wrap
from govmodel.graph.sketch import Box, Label, Link, Sketch

Point = tuple[float, float]

PAD = 10.0
TITLE, NAME, NOTE, LABEL = 13.0, 12.0, 10.5, 10.5
MANY = 150  # links; beyond that one try has to do
LEADING = 1.32
MARGIN = 24.0
GAP = 3.0  # between a box and whatever passes or touches it
ARROW = 14.0  # room for the arrow before a line of a label


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its left edge (its middle, where `middle`) and its baseline."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    middle: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A box where it stands: `x`, `y` is its upper left corner; lengths are pixels, y grows downwards."""

    box: Box
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    head: float  # height of the part that bears the title


@dataclass(frozen=True, slots=True)
class Drawn:
    """A link: Bézier points (1 + 3n), the tips of its arrows, and its lines with what each one is."""

    link: Link
    spline: tuple[Point, ...]
    tail_tip: Point | None
    head_tip: Point | None
    label: tuple[float, float, float, float]
    lines: tuple[tuple[Line, Label, bool], ...]  # the bool: the first line of its label
    down: bool  # the head stands lower than the tail


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame around boxes: those of a body, or, with `title`, those of a text of a landscape."""

    name: str
    x: float
    y: float
    width: float
    height: float
    title: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture with every length known. `top`: where the drawing begins, below title and subtitle.
    `apart`: where the row of boxes without links begins, None where there is none."""

    sketch: Sketch
    width: float
    height: float
    top: float
    title: tuple[Line, ...]
    frames: tuple[Frame, ...]
    boxes: tuple[Placed, ...]
    links: tuple[Drawn, ...]
    apart: float | None


def layout(picture: Sketch) -> Layout:
    """Lay out a sketch; the same one always the same way."""
    boxes = {box.key: _sized(box) for box in picture.boxes}
    linked = {key for link in picture.links for key in (link.tail, link.head)}
    framed = {box.frame for box in picture.boxes if box.frame and box.key in linked}
    inside = [b for b in picture.boxes if b.key in linked or b.frame in framed]
    outside = [b for b in picture.boxes if b not in inside]
    wide, high = 0.0, 0.0
    placed: list[Placed] = []
    drawn: list[Drawn] = []
    frames: list[Frame] = []
    if inside:
        chosen = [boxes[b.key] for b in inside]
        orders = (chosen, chosen[::-1], sorted(chosen, key=lambda placed: -placed.width))
        tries = [(order, stagger) for order in orders for stagger in (1, 2, 3)]
        tries = tries if len(picture.links) <= MANY else tries[:1]
        tried = [_dot(picture, order, stagger) for order, stagger in tries]
        wide, high, placed, drawn, frames = min(tried, key=_clumsiness)
    least = max(760.0, wide)
    heading = _heading(picture, least)
    top = MARGIN + sum(line.size * LEADING for line in heading) + 14
    placed = [_moved(p, MARGIN + (least - wide) / 2, top) for p in placed]
    drawn = [_shifted(d, MARGIN + (least - wide) / 2, top) for d in drawn]
    frames = [_framed(f, MARGIN + (least - wide) / 2, top) for f in frames]
    apart = None
    bottom = top + high
    if outside:
        apart = bottom + (18 if inside else 0)
        row, bottom = _rows([boxes[b.key] for b in outside], MARGIN, apart + (24 if inside else 0), least)
        placed.extend(row)
    return Layout(
        sketch=picture,
        width=least + 2 * MARGIN,
        height=bottom + MARGIN,
        top=top,
        title=heading,
        frames=tuple(frames),
        boxes=tuple(placed),
        links=tuple(drawn),
        apart=apart,
    )


def _heading(picture: Sketch, room: float) -> tuple[Line, ...]:
    lines: list[Line] = []
    y = MARGIN
    for text, size, bold in ((picture.title, 20.0, True), (picture.subtitle, 12.0, False)):
        for part in wrap(text, room, size, bold, 3):
            y += size * LEADING
            lines.append(Line(MARGIN, round(y - size * 0.3, 2), part, size, bold, False))
    return tuple(lines)


# ------------------------------------------------------------------ boxes


def _sized(box: Box) -> Placed:
    """A box at the origin, as wide as its text needs within limits."""
    room = {"own": 256.0, "office": 140.0, "member": 132.0, "external": 136.0}.get(box.look, 112.0)
    title_size = TITLE + 2 if box.look == "own" else NAME if box.look != "nobody" else LABEL
    rows: list[tuple[str, float, bool, bool, bool]] = []
    for said in box.said:
        title = said.style != "note"
        size = title_size if title else NOTE
        bold = title and box.look in ("own", "office", "external")
        many = len([s for s in box.said if s.style == "name"])
        cut = wrap(said.text, room, size, bold, (2 if many > 4 else 4) if title else 0)
        rows.extend((part, size, bold, title, place == 0) for place, part in enumerate(cut))
    inner = max((width(text, size, bold) for text, size, bold, _, _ in rows), default=40.0)
    wide = round(max(inner + 2 * PAD + (12 if box.look == "outsider" else 0), 64.0), 2)
    lines: list[Line] = []
    y = PAD - 2
    head = 0.0
    for place, (text, size, bold, title, first) in enumerate(rows):
        if not title and place and rows[place - 1][3]:
            head = y + 5
            y = head + 4
        elif first and place:
            y += 3
        y += size * LEADING
        x = wide / 2 if title else PAD
        lines.append(Line(x, round(y - size * 0.32, 2), text, size, bold, title))
    high = round(y + PAD - 2, 2)
    return Placed(box, 0.0, 0.0, wide, high, tuple(lines), head or high)


def _moved(placed: Placed, dx: float, dy: float) -> Placed:
    lines = tuple(replace(line, x=line.x + dx, y=line.y + dy) for line in placed.lines)
    return replace(placed, x=placed.x + dx, y=placed.y + dy, lines=lines)


def _rows(boxes: list[Placed], x: float, y: float, room: float) -> tuple[list[Placed], float]:
    """Boxes side by side, in rows no wider than `room`."""
    made: list[Placed] = []
    at, low = 0.0, y
    for box in boxes:
        if at and at + box.width > room:
            at, y = 0.0, low + 18
        made.append(_moved(box, x + at, y))
        low = max(low, y + box.height)
        at += box.width + 18
    return made, low


# ------------------------------------------------------------------ labels


def _label_lines(labels: tuple[Label, ...]) -> list[tuple[str, Label, bool]]:
    return [
        (part, label, place == 0)
        for label in labels
        for place, part in enumerate(wrap(label.text, 118.0, LABEL, False, 4))
    ]


def _label_size(labels: tuple[Label, ...]) -> tuple[float, float]:
    rows = _label_lines(labels)
    return (
        max(width(text, LABEL) for text, _, _ in rows) + ARROW + 6,
        len(rows) * LABEL * LEADING + 4,
    )


# ------------------------------------------------------------------ dot


def _dot(
    picture: Sketch, boxes: list[Placed], stagger: int
) -> tuple[float, float, list[Placed], list[Drawn], list[Frame]]:
    steps = _staggered(picture, stagger)
    graph = pygraphviz.AGraph(strict=False, directed=True)
    graph.graph_attr.update(
        rankdir="TB", nodesep="0.2", ranksep="0.42", splines="true", newrank="true", remincross="true",
        mclimit="8", nslimit="20", nslimit1="20", searchsize="200",
    )  # fmt: skip
    graph.node_attr.update(shape="box", fixedsize="true", label="")
    graph.edge_attr.update(arrowsize="0.8")
    ids = {placed.box.key: f"n{place}" for place, placed in enumerate(boxes)}
    for placed in boxes:
        graph.add_node(
            ids[placed.box.key],
            width=f"{(placed.width + 2 * GAP) / 72:.4f}",
            height=f"{(placed.height + 2 * GAP) / 72:.4f}",
        )
    around = {}
    for place, (text, title) in enumerate(picture.texts):
        members = [ids[p.box.key] for p in boxes if p.box.text == text]
        if members:
            lines = _text_title(title)
            wide = max(width(part, NAME, True) for part in lines)
            around[text] = graph.add_subgraph(
                members,
                name=f"clustertext{place}",
                margin="16",
                label=_room(wide + 2 * PAD, len(lines) * NAME * LEADING + 6),
                labelloc="t",
                labeljust="l",
            )
    for place, frame in enumerate(picture.frames):
        inside = [p for p in boxes if p.box.frame == frame]
        if inside:
            home = around.get(next((p.box.text for p in inside if p.box.key == f"body:{frame}"), ""), graph)
            home.add_subgraph([ids[p.box.key] for p in inside], name=f"cluster{place}", margin="14")
    linked: set[str] = set()
    for place, link in enumerate(picture.links):
        wide, high = _label_size(link.labels)
        linked |= {link.tail, link.head}
        graph.add_edge(
            ids[link.tail],
            ids[link.head],
            key=f"e{place}",
            label=_room(wide, high),
            dir={(True, True): "both", (True, False): "forward"}.get((link.forward, link.backward), "back"),
            minlen=str(steps[place]),
            weight=str(4 if link.family == "decision" else 2 if link.family == "accountability" else 1),
        )
    for frame in picture.frames:
        for placed in boxes:
            box = placed.box
            if box.frame == frame and box.key not in linked and f"body:{frame}" in ids:
                graph.add_edge(ids[box.key], ids[f"body:{frame}"], key=f"hold{ids[box.key]}", style="invis")
    graph.layout(prog="dot")
    return _read(graph, picture, boxes, ids)


def _room(wide: float, high: float) -> str:
    """A label without words, which keeps this room free."""
    return (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" '
        f'WIDTH="{wide:.0f}" HEIGHT="{high:.0f}"><TR><TD></TD></TR></TABLE>>'
    )


def _text_title(title: str) -> tuple[str, ...]:
    return wrap(title, 380.0, NAME, True, 2)


def _framed(frame: Frame, dx: float, dy: float) -> Frame:
    title = tuple(replace(line, x=line.x + dx, y=line.y + dy) for line in frame.title)
    return replace(frame, x=frame.x + dx, y=frame.y + dy, title=title)


def _staggered(picture: Sketch, stagger: int) -> list[int]:
    """How many ranks each link spans at least. Boxes with one link only, to the same box from the same
    side, are put on `stagger` ranks in turn instead of all on one."""
    degree: dict[str, int] = {}
    for link in picture.links:
        for key in (link.tail, link.head):
            degree[key] = degree.get(key, 0) + 1
    seen: dict[tuple[str, bool], int] = {}
    steps: list[int] = []
    for link in picture.links:
        leaf = degree[link.tail] == 1
        if not leaf and degree[link.head] != 1:
            steps.append(1)
            continue
        hub = (link.head if leaf else link.tail, leaf)
        steps.append(1 + seen.get(hub, 0) % stagger)
        seen[hub] = seen.get(hub, 0) + 1
    return steps


def _clumsiness(made: tuple[float, float, list[Placed], list[Drawn], list[Frame]]) -> float:
    """How far a layout is from one that fits a landscape page, has short links, and lines of words that
    nothing covers or crosses. Weights are a matter of taste; only their order of magnitude is not."""
    wide, high, boxes, links, _ = made
    score = max(wide, 1.5 * high)
    taken = [(p.x, p.y, p.width, p.height) for p in boxes]
    paths = {id(drawn): _along(drawn.spline) for drawn in links}
    for place, drawn in enumerate(links):
        score += sum(dist(a, b) for a, b in pairwise(drawn.spline)) / 20
        others = [other.label for other in links[place + 1 :]]
        score += 150 * sum(_overlap(drawn.label, other) for other in (*others, *taken))
        x, y, across, down = drawn.label
        for other_link in links:
            if other_link is not drawn:
                near = [p for p in paths[id(other_link)] if x < p[0] < x + across and y < p[1] < y + down]
                score += 15 * len(near)
    return score


def _along(spline: tuple[Point, ...]) -> list[Point]:
    """Points on a link, some five for each piece of it."""
    points: list[Point] = []
    start = spline[0]
    for a, b, end in segments(spline):
        for part in range(5):
            t = part / 5
            u = 1 - t
            points.append(
                (
                    u**3 * start[0] + 3 * u * u * t * a[0] + 3 * u * t * t * b[0] + t**3 * end[0],
                    u**3 * start[1] + 3 * u * u * t * a[1] + 3 * u * t * t * b[1] + t**3 * end[1],
                )
            )
        start = end
    return points


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def _read(
    graph: pygraphviz.AGraph, picture: Sketch, boxes: list[Placed], ids: dict[str, str]
) -> tuple[float, float, list[Placed], list[Drawn], list[Frame]]:
    x0, y0, x1, y1 = (float(n) for n in graph.graph_attr["bb"].split(","))

    def point(text: str) -> Point:
        x, y = text.split(",")[-2:]
        return round(float(x) - x0, 2), round(y1 - float(y), 2)

    placed: list[Placed] = []
    for box in boxes:
        x, y = point(graph.get_node(ids[box.box.key]).attr["pos"])
        placed.append(_moved(box, x - box.width / 2, y - box.height / 2))
    drawn: list[Drawn] = []
    for place, link in enumerate(picture.links):
        edge = graph.get_edge(ids[link.tail], ids[link.head], key=f"e{place}")
        tail_tip = head_tip = None
        spline: list[Point] = []
        for part in edge.attr["pos"].split(";")[0].split():
            if part.startswith("e,"):
                head_tip = point(part)
            elif part.startswith("s,"):
                tail_tip = point(part)
            else:
                spline.append(point(part))
        x, y = point(edge.attr["lp"])
        drawn.append(_drawn(link, tuple(spline), tail_tip, head_tip, x, y))
    frames: list[Frame] = []
    clusters = [(f"clustertext{place}", text, title) for place, (text, title) in enumerate(picture.texts)]
    clusters += [(f"cluster{place}", frame, "") for place, frame in enumerate(picture.frames)]
    for cluster, name, title in clusters:
        found = next((g for g in _subgraphs(graph) if g.name == cluster), None)
        if found is None:
            continue
        left, low, right, high = (float(n) for n in found.graph_attr["bb"].split(","))
        rows = enumerate(_text_title(title) if title else [], 1)
        at = left - x0 + PAD, y1 - high + 2
        lines = tuple(
            Line(at[0], round(at[1] + n * NAME * LEADING, 2), t, NAME, True, False) for n, t in rows
        )
        frames.append(Frame(name, left - x0, y1 - high, right - left, high - low, lines))
    return x1 - x0, y1 - y0, placed, drawn, frames


def _subgraphs(graph: pygraphviz.AGraph) -> list[pygraphviz.AGraph]:
    """The frames of a graph, and those within them."""
    return [g for outer in graph.subgraphs() for g in (outer, *_subgraphs(outer))]


def _drawn(
    link: Link, spline: tuple[Point, ...], tail_tip: Point | None, head_tip: Point | None, x: float, y: float
) -> Drawn:
    wide, high = _label_size(link.labels)
    left, top = x - wide / 2, y - high / 2
    start, end = tail_tip or spline[0], head_tip or spline[-1]
    lines = []
    for place, (text, label, first) in enumerate(_label_lines(link.labels)):
        baseline = top + 2 + (place + 1) * LABEL * LEADING - LABEL * 0.32
        line = Line(round(left + 3 + ARROW, 2), round(baseline, 2), text, LABEL, False, False)
        lines.append((line, label, first))
    return Drawn(
        link, spline, tail_tip, head_tip, (round(left, 2), round(top, 2), round(wide, 2), round(high, 2)),
        tuple(lines), end[1] >= start[1],
    )  # fmt: skip


def _shifted(drawn: Drawn, dx: float, dy: float) -> Drawn:
    def move(point: Point) -> Point:
        return round(point[0] + dx, 2), round(point[1] + dy, 2)

    x, y, wide, high = drawn.label
    return replace(
        drawn,
        spline=tuple(move(p) for p in drawn.spline),
        tail_tip=move(drawn.tail_tip) if drawn.tail_tip else None,
        head_tip=move(drawn.head_tip) if drawn.head_tip else None,
        label=(*move((x, y)), wide, high),
        lines=tuple((replace(ln, x=ln.x + dx, y=ln.y + dy), lb, first) for ln, lb, first in drawn.lines),
    )


def segments(spline: tuple[Point, ...]) -> list[tuple[Point, Point, Point]]:
    """The points after the first in threes: two control points and an end."""
    return [(spline[i], spline[i + 1], spline[i + 2]) for i in range(1, len(spline) - 2, 3)]


__all__ = ["Drawn", "Frame", "Layout", "Line", "Placed", "Point", "layout", "segments"]
