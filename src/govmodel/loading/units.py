"""Units of a text, and the lists in which items stand."""

from __future__ import annotations

from dataclasses import dataclass, field

from govmodel.loading.patterns import LEAD_IN, plain

NESTED = 2
"""So many blanks more before a bullet make a list within an item; one is met by accident."""
DEEPEST = 8
"""Lists within lists; what is deeper stands beside the last."""


@dataclass
class Paragraph:
    """Lines of one paragraph, with its place in the order of the text."""

    order: int
    lines: list[tuple[int, str]]

    def ends_in_lead_in(self) -> bool:
        return plain(self.lines[-1][1]).endswith(LEAD_IN)


@dataclass(eq=False)
class Unit:
    """What has a reference of its own in the text: a numbered clause, a titled part, an item, a footnote."""

    label: str
    footnote: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list)
    items: list[Unit] = field(default_factory=list)
    footnotes: list[Unit] = field(default_factory=list)

    def all_paragraphs(self) -> list[Paragraph]:
        """Its own and those of its items, in the order of the text."""
        found = [*self.paragraphs, *(p for item in self.items for p in item.all_paragraphs())]
        return sorted(found, key=lambda p: p.order)

    def ends_in_lead_in(self) -> bool:
        return bool(self.paragraphs) and self.paragraphs[-1].ends_in_lead_in()


@dataclass
class OpenList:
    """A list that may go on: its items hang from `parent`."""

    parent: Unit
    style: str
    indent: int
    last: dict[str, int] = field(default_factory=dict)
    """What its last mark counts as; nothing for bullets."""
    item: Unit | None = None
    bulleted: bool = False
    """A bullet stood before the mark of its last item."""
    gapped: bool = False
    """There was a gap before its last item."""


@dataclass
class Lists:
    """The open lists of a clause, the innermost last."""

    clause: Unit
    open: list[OpenList] = field(default_factory=list)

    @property
    def inner(self) -> OpenList | None:
        return self.open[-1] if self.open else None

    def next(self, style: str, counts: dict[str, int], bulleted: bool, gap: bool) -> bool:
        """Whether a mark is the next of an open list, written as the others are."""
        return any(
            place.style == style and place.bulleted == bulleted and (place.gapped or not gap)
            and any(place.last.get(kind) == n - 1 for kind, n in counts.items())
            for place in self.open
        )  # fmt: skip

    def marked(self, style: str, counts: dict[str, int], indent: int) -> OpenList:
        """Where an item with a mark belongs: where it is the next, or the first of a list within the last
        item, or to the nearest list with such marks."""
        place = self._marked(style, counts, indent)
        going_on = {kind: n for kind, n in counts.items() if place.last.get(kind) == n - 1}
        place.last = going_on or counts
        return place

    def _marked(self, style: str, counts: dict[str, int], indent: int) -> OpenList:
        for depth in reversed(range(len(self.open))):
            place = self.open[depth]
            if place.style == style and any(place.last.get(k) == n - 1 for k, n in counts.items()):
                del self.open[depth + 1 :]
                return place
        if not self.open:
            return self.begin(style, indent)
        alike = [depth for depth, place in enumerate(self.open) if place.style == style]
        if 1 in counts.values() and (not alike or self._within(indent)):
            return self.begin(style, indent)
        if alike:
            del self.open[alike[-1] + 1 :]
        return self.open[-1]

    def bulleted(self, indent: int) -> OpenList:
        """Where an item with a bullet belongs: within the last item where that leads in to a list or stands
        farther out, else beside it."""
        if not self.open or self._within(indent):
            return self.begin("-", indent)
        while len(self.open) > 1 and indent < self.open[-1].indent:
            self.open.pop()
        return self.open[-1]

    def rows(self, indent: int) -> OpenList:
        """The table of the clause, which a page may break."""
        if not self.open or self.open[0].style != "|":
            self.open = []
            return self.begin("|", indent)
        return self.open[0]

    def begin(self, style: str, indent: int) -> OpenList:
        """A list within the last item; in the clause itself where there is none."""
        if len(self.open) >= DEEPEST:
            return self.open[-1]
        parent = self.open[-1].item if self.open else None
        self.open.append(OpenList(parent or self.clause, style, indent))
        return self.open[-1]

    def _within(self, indent: int) -> bool:
        inner = self.open[-1]
        lead_in = inner.item is not None and inner.item.ends_in_lead_in()
        return lead_in or indent >= inner.indent + NESTED
