"""A network as SVG, DOT, Mermaid, GraphML or JSON text. Whatever the document says is escaped."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

from govmodel.graph.build import Network
from govmodel.graph.layout import Drawn, Layout, Line, Placed, segments
from govmodel.graph.measure import clean
from govmodel.graph.sketch import FAMILIES, Box, Family, Sketch, describe

FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"

COLOURS: dict[Family, str] = {
    "decision": "#a8271d",
    "accountability": "#1a5a96",
    "delegation": "#2c6b2f",
    "support": "#5c5470",
    "succession": "#6b5900",
}
"""Each at least 5:1 against white, and told apart by those who do not see red and green by the words."""

FAMILY_WORDS: dict[Family, str] = {
    "decision": "escalates, decides",
    "accountability": "reports, scrutinises",
    "delegation": "delegates, creates, directs",
    "support": "advises, serves, informs",
    "succession": "took the place of",
}

INK, MUTED, PAPER = "#1b1f24", "#4a5058", "#ffffff"

# look: fill, outline, text, width of the outline, dashes, radius
_LOOKS: dict[str, tuple[str, str, str, float, str, float]] = {
    "own": ("#ffffff", "#16324f", INK, 1.8, "", 6),
    "office": ("#dfe9f3", "#16324f", INK, 1.2, "", 6),
    "member": ("#ffffff", "#16324f", INK, 1.2, "", 12),
    "external": ("#f1f1ee", "#85857c", "#30332f", 1.0, "", 2),
    "outsider": ("#ffffff", "#85857c", "#30332f", 1.0, "4 3", 14),
    "nobody": ("#fff3f1", "#a8271d", "#a8271d", 1.4, "2 3", 14),
}


_HALO = {
    "stroke": PAPER, "stroke-width": "3", "stroke-opacity": "0.85", "stroke-linejoin": "round",
    "paint-order": "stroke",
}  # fmt: skip
"""A pale edge behind the letters, so that a line that passes does not cross them."""


def svg(picture: Layout, prefix: str = "graph") -> str:
    """One self-contained picture: no script, no style sheet, nothing fetched. `prefix` keeps its ids
    apart from those of other pictures on one page."""
    legend, high = _legend(picture)
    height = picture.height + high
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_n(picture.width)} {_n(height)}",
            "width": _n(picture.width),
            "height": _n(height),
            "role": "img",
            "aria-labelledby": f"{prefix}-title {prefix}-desc",
            "font-family": FONT,
        },
    )
    ET.SubElement(root, "title", {"id": f"{prefix}-title"}).text = picture.sketch.title
    ET.SubElement(root, "desc", {"id": f"{prefix}-desc"}).text = describe(picture.sketch)
    ET.SubElement(root, "rect", {"width": "100%", "height": "100%", "fill": PAPER})
    for line in picture.title:
        _text(root, line, INK)
    for frame in picture.frames:
        fill, stroke = ("#fbfaf6", "#b9b5a3") if frame.title else ("#eef3f8", "#c3d1df")
        ET.SubElement(
            root,
            "rect",
            {
                "x": _n(frame.x), "y": _n(frame.y), "width": _n(frame.width), "height": _n(frame.height),
                "rx": "12", "fill": fill, "stroke": stroke, "stroke-width": "1",
            },
        )  # fmt: skip
    if picture.apart is not None and picture.links:
        _text(root, Line(24, picture.apart + 8, "Named without a route to another:", 11, False, False), MUTED)
    for link in picture.links:
        _link(root, link)
    for line in (line for frame in picture.frames for line in frame.title):
        _text(root, line, MUTED, **_HALO)
    for link in picture.links:
        _label(root, link)
    for placed in picture.boxes:
        _box(root, placed)
    if not picture.boxes:
        _text(root, Line(24, picture.top + 6, "There is nothing to show.", 13, False, False), MUTED)
    root.extend(legend)
    ET.indent(root, " ")
    return ET.tostring(root, encoding="unicode") + "\n"


def _n(number: float) -> str:
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def _text(parent: ET.Element, line: Line, colour: str, **more: str) -> None:
    attributes = {"x": _n(line.x), "y": _n(line.y), "font-size": _n(line.size), "fill": colour}
    if line.bold:
        attributes["font-weight"] = "bold"
    if line.middle:
        attributes["text-anchor"] = "middle"
    ET.SubElement(parent, "text", {**attributes, **more}).text = line.text


def _box(root: ET.Element, placed: Placed) -> None:
    box = placed.box
    fill, outline, ink, thick, dashes, radius = _LOOKS[box.look]
    group = ET.SubElement(root, "g")
    ET.SubElement(group, "title").text = " – ".join(said.text for said in box.said)
    shape = {
        "width": _n(placed.width), "height": _n(placed.height), "rx": _n(radius),
        "stroke": outline, "stroke-width": _n(thick),
    }  # fmt: skip
    if dashes:
        shape["stroke-dasharray"] = dashes
    if box.family:  # a second sheet behind: it stands for several
        ET.SubElement(group, "rect", {"x": _n(placed.x + 4), "y": _n(placed.y + 4), "fill": fill, **shape})
    ET.SubElement(group, "rect", {"x": _n(placed.x), "y": _n(placed.y), "fill": fill, **shape})
    title = INK
    if box.look == "own":
        x, y, w, h, r = placed.x, placed.y, placed.width, placed.head, radius
        lower = f"V{_n(y + h)} H{_n(x)}" if h < placed.height else (
            f"V{_n(y + h - r)} q0,{_n(r)} -{_n(r)},{_n(r)} H{_n(x + r)} q-{_n(r)},0 -{_n(r)},-{_n(r)}"
        )  # fmt: skip
        ET.SubElement(
            group,
            "path",
            {
                "d": f"M{_n(x)},{_n(y + r)} q0,-{_n(r)} {_n(r)},-{_n(r)} H{_n(x + w - r)} "
                f"q{_n(r)},0 {_n(r)},{_n(r)} {lower} Z",
                "fill": outline,
            },
        )
        title = "#ffffff"
    for line in placed.lines:
        heading = line.y < placed.y + placed.head
        _text(group, line, title if heading and box.look == "own" else ink)


def _link(root: ET.Element, drawn: Drawn) -> None:
    colour = COLOURS[drawn.link.family]
    start = drawn.spline[0]
    path = [f"M{_n(start[0])},{_n(start[1])}"]
    for a, b, c in segments(drawn.spline):
        path.append(f"C{_n(a[0])},{_n(a[1])} {_n(b[0])},{_n(b[1])} {_n(c[0])},{_n(c[1])}")
    attributes = {"d": " ".join(path), "fill": "none", "stroke": colour, "stroke-width": "1.6"}
    if drawn.link.dashed:
        attributes["stroke-dasharray"] = "6 4"
    ET.SubElement(root, "path", attributes)
    for tip, base, forward in (
        (drawn.head_tip, drawn.spline[-1], True),
        (drawn.tail_tip, drawn.spline[0], False),
    ):
        if tip is not None:
            these = {label.family for label in drawn.link.labels if label.forward == forward}
            _arrow(root, base, tip, next(COLOURS[family] for family in FAMILIES if family in these))


def _arrow(root: ET.Element, base: tuple[float, float], tip: tuple[float, float], colour: str) -> None:
    dx, dy = tip[0] - base[0], tip[1] - base[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    nx, ny = -dy / length * 4, dx / length * 4
    points = [tip, (base[0] + nx, base[1] + ny), (base[0] - nx, base[1] - ny)]
    ET.SubElement(
        root, "polygon", {"points": " ".join(f"{_n(x)},{_n(y)}" for x, y in points), "fill": colour}
    )


def _label(root: ET.Element, drawn: Drawn) -> None:
    group = ET.SubElement(root, "g")
    ET.SubElement(group, "title").text = "; ".join(label.text for label in drawn.link.labels)
    for line, label, first in drawn.lines:
        colour = COLOURS[label.family]
        if first:
            # Which way this line goes: the head of the link is below or above.
            down = label.forward == drawn.down
            middle, top = line.x - 8, line.y - 8
            a, b = (top, top + 8) if down else (top + 8, top)
            ET.SubElement(
                group,
                "path",
                {
                    "d": f"M{_n(middle)},{_n(a)} V{_n(b)} M{_n(middle - 3)},{_n(b + (a - b) * 0.4)} "
                    f"L{_n(middle)},{_n(b)} L{_n(middle + 3)},{_n(b + (a - b) * 0.4)}",
                    "fill": "none", "stroke": colour, "stroke-width": "1.2",
                },
            )  # fmt: skip
        _text(group, line, colour, **_HALO)


def _legend(picture: Layout) -> tuple[list[ET.Element], float]:
    """What the colours and boxes mean, of those that occur; and its height."""
    y = picture.height - 10
    families = [f for f in FAMILIES if any(lb.family == f for d in picture.links for lb in d.link.labels)]
    looks = [look for look in _LOOKS if any(p.box.look == look for p in picture.boxes)]
    made: list[ET.Element] = []
    if not families and not looks:
        return made, 0.0
    rule = ET.Element("path", {"d": f"M24,{_n(y)} H{_n(picture.width - 24)}", "stroke": "#d5d5d0"})
    made.append(rule)
    x, y = 24.0, y + 22

    def word(text: str, room: float) -> None:
        nonlocal x
        group = ET.Element("g")
        _text(group, Line(x, y, text, 11, False, False), MUTED)
        made.append(group)
        x += room

    def place(text: str) -> float:
        nonlocal x, y
        room = 6.4 * len(text) + 22
        if x > 24 and x + 40 + room > picture.width - 24:
            x, y = 24.0, y + 22
        return room

    for family in families:
        room = place(FAMILY_WORDS[family])
        made.append(
            ET.Element(
                "path",
                {"d": f"M{_n(x)},{_n(y - 4)} h26", "stroke": COLOURS[family], "stroke-width": "2.4"},
            )
        )
        x += 33
        word(FAMILY_WORDS[family], room)
    if any(d.link.dashed for d in picture.links):
        room = place("dashed: may")
        made.append(
            ET.Element(
                "path",
                {
                    "d": f"M{_n(x)},{_n(y - 4)} h26",
                    "stroke": MUTED,
                    "stroke-width": "1.6",
                    "stroke-dasharray": "6 4",
                },
            )
        )
        x += 33
        word("dashed: may", room)
    names = {
        "own": "a body of this text", "office": "its office", "member": "its members",
        "external": "constituted elsewhere", "outsider": "not constituted", "nobody": "nobody is named",
    }  # fmt: skip
    for look in looks:
        fill, outline, _, thick, dashes, radius = _LOOKS[look]
        room = place(names[look])
        shape = {
            "x": _n(x), "y": _n(y - 11), "width": "24", "height": "14", "rx": _n(min(radius, 7)),
            "fill": outline if look == "own" else fill, "stroke": outline, "stroke-width": _n(thick),
        }  # fmt: skip
        if dashes:
            shape["stroke-dasharray"] = dashes
        made.append(ET.Element("rect", shape))
        x += 31
        word(names[look], room)
    return made, y - picture.height + 20


# ------------------------------------------------------------------ text formats


def dot(picture: Sketch) -> str:
    """The picture for Graphviz, to be laid out anew."""
    ids = {box.key: f"n{place}" for place, box in enumerate(picture.boxes)}
    lines = [
        "digraph govmodel {",
        f"  graph [rankdir=TB, label={_dot_text(picture.title)}, labelloc=t, fontname=sans];",
        "  node [shape=box, style=filled, fillcolor=white, fontname=sans, fontsize=11];",
        "  edge [fontname=sans, fontsize=9];",
    ]

    def node(box: Box, indent: str) -> str:
        fill, outline, _, _, dashes, _ = _LOOKS[box.look]
        style = "filled,dashed" if dashes else "filled"
        text = _dot_text("\n".join(said.text for said in box.said))
        return (
            f'{indent}{ids[box.key]} [label={text}, style="{style}", fillcolor="{fill}", color="{outline}"];'
        )

    def framed(boxes: list[Box], indent: str) -> None:
        for place, frame in enumerate(picture.frames):
            inside = [box for box in boxes if box.frame == frame]
            if inside:
                lines.append(f"{indent}subgraph cluster_{place} {{")
                lines.append(f'{indent}  style=filled; color="#eef3f8"; label="";')
                lines.extend(node(box, f"{indent}  ") for box in inside)
                lines.append(f"{indent}}}")
        lines.extend(node(box, indent) for box in boxes if box.frame is None)

    for place, (text, title) in enumerate(picture.texts):
        lines.append(f"  subgraph cluster_text_{place} {{")
        lines.append(f'    style=filled; color="#fbfaf6"; label={_dot_text(title)};')
        framed([box for box in picture.boxes if box.text == text], "    ")
        lines.append("  }")
    named = [text for text, _ in picture.texts]
    framed([box for box in picture.boxes if box.text not in named], "  ")
    for link in picture.links:
        way = {(True, True): "both", (True, False): "forward"}.get((link.forward, link.backward), "back")
        text = _dot_text("\n".join(_directed(link.forward, link.backward, lb) for lb in link.labels))
        style = "dashed" if link.dashed else "solid"
        colour = COLOURS[link.family]
        lines.append(
            f"  {ids[link.tail]} -> {ids[link.head]} [label={text}, dir={way}, style={style}, "
            f'color="{colour}", fontcolor="{colour}"];'
        )
    return "\n".join([*lines, "}"]) + "\n"


def _directed(forward: bool, backward: bool, label: Any) -> str:
    text: str = label.text
    return f"{'↓' if label.forward else '↑'} {text}" if forward and backward else text


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def mermaid(picture: Sketch) -> str:
    """The picture as a Mermaid flowchart."""
    ids = {box.key: f"n{place}" for place, box in enumerate(picture.boxes)}
    shapes = {"outsider": ("([", "])"), "member": ("(", ")"), "office": ("(", ")")}
    lines = ["flowchart TB", f"  accTitle: {_mermaid_text(picture.title) or 'Governance'}"]

    def node(box: Box, indent: str) -> str:
        text = "<br/>".join(_mermaid_text(said.text) for said in box.said)
        left, right = shapes.get(box.look, ("[", "]"))
        return f'{indent}{ids[box.key]}{left}"{text}"{right}:::{box.look}'

    def framed(boxes: list[Box], indent: str) -> None:
        for place, frame in enumerate(picture.frames):
            inside = [box for box in boxes if box.frame == frame]
            if inside:
                lines.append(f'{indent}subgraph s{place}[" "]')
                lines.extend(node(box, f"{indent}  ") for box in inside)
                lines.append(f"{indent}end")
        lines.extend(node(box, indent) for box in boxes if box.frame is None)

    for place, (text, title) in enumerate(picture.texts):
        lines.append(f'  subgraph t{place}["{_mermaid_text(title)}"]')
        framed([box for box in picture.boxes if box.text == text], "    ")
        lines.append("  end")
    named = [text for text, _ in picture.texts]
    framed([box for box in picture.boxes if box.text not in named], "  ")
    for link in picture.links:
        tail, head = (link.tail, link.head) if link.forward else (link.head, link.tail)
        arrow = "<-->" if link.forward and link.backward else "-.->" if link.dashed else "-->"
        labels = [_directed(link.forward, link.backward, label) for label in link.labels]
        text = "<br/>".join(_mermaid_text(label) for label in labels)
        lines.append(f'  {ids[tail]} {arrow}|"{text}"| {ids[head]}')
    for place, link in enumerate(picture.links):
        lines.append(f"  linkStyle {place} stroke:{COLOURS[link.family]},color:{COLOURS[link.family]}")
    for look, (fill, outline, ink, _, dashes, _) in _LOOKS.items():
        dash = f",stroke-dasharray:{dashes}" if dashes else ""
        lines.append(f"  classDef {look} fill:{fill},stroke:{outline},color:{ink}{dash}")
    return "\n".join(lines) + "\n"


def _mermaid_text(text: str) -> str:
    """Letters, digits and what is harmless as they are, all else as Mermaid's numbered characters."""
    return "".join(c if c.isalnum() or c in " .,()-–’·…↓↑/:" else f"#{ord(c)};" for c in clean(text))


def graphml(network: Network) -> str:
    """The whole network, nothing folded, for programs that read graphs."""
    root = ET.Element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"})
    fields = {
        "node": ("kind", "name", "title", "clauses", "external", "family", "of", "text"),
        "edge": (
            "verb", "matters", "clauses", "force", "effect", "about", "via", "any_of", "seats", "role",
            "since",
        ),
    }  # fmt: skip
    kind = {"external": "boolean", "family": "boolean", "any_of": "boolean", "seats": "int"}
    for domain, names in fields.items():
        for name in names:
            ET.SubElement(
                root,
                "key",
                {
                    "id": f"{domain}-{name}",
                    "for": domain,
                    "attr.name": name,
                    "attr.type": kind.get(name, "string"),
                },
            )
    graph = ET.SubElement(root, "graph", {"id": "govmodel", "edgedefault": "directed"})
    for node in network.nodes:
        element = ET.SubElement(graph, "node", {"id": clean(node.key)})
        _data(element, "node", {name: getattr(node, name) for name in fields["node"]})
    for place, edge in enumerate(network.edges):
        ends = {"id": f"e{place}", "source": clean(edge.tail), "target": clean(edge.head)}
        element = ET.SubElement(graph, "edge", ends)
        _data(element, "edge", {name: getattr(edge, name) for name in fields["edge"]})
    ET.indent(root, " ")
    return "<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode") + "\n"


def _data(element: ET.Element, domain: str, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if value in (None, (), ""):
            continue
        text = str(value).lower() if isinstance(value, bool) else value
        text = "; ".join(value) if isinstance(value, tuple) else str(text)
        ET.SubElement(element, "data", {"key": f"{domain}-{name}"}).text = clean(text)


def as_json(network: Network, title: str, reading: Mapping[str, str]) -> str:
    """The whole network, nothing folded: `nodes` and `links`, which most programs for graphs take."""
    nodes = [
        {
            "id": node.key, "kind": node.kind, "name": node.name, "title": node.title,
            "clauses": list(node.clauses), "external": node.external, "family": node.family, "of": node.of,
            "text": node.text,
        }
        for node in network.nodes
    ]  # fmt: skip
    links = [
        {
            "source": edge.tail, "target": edge.head, "verb": edge.verb, "matters": list(edge.matters),
            "clauses": list(edge.clauses), "force": edge.force, "effect": edge.effect, "about": edge.about,
            "via": edge.via, "any_of": edge.any_of, "seats": edge.seats, "role": edge.role,
            "since": edge.since,
        }
        for edge in network.edges
    ]  # fmt: skip
    whole = {"schema": 1, "title": title, "directed": True, "multigraph": True, "reading": dict(reading)}
    text = json.dumps({**whole, "nodes": nodes, "links": links}, indent=2, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text
