"""Units of a text to clauses, as fine as the index has them.

The index says where a clause ends: one that is cited whole covers all of its text, and one of which
the index has items, paragraphs or sentences is cut into these, so that none of them is missed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from govmodel.loading.cutting import Units, units
from govmodel.loading.prose import fingerprint, sentences
from govmodel.loading.source import Source
from govmodel.loading.units import Paragraph, Unit
from govmodel.model.constitution import Layout
from govmodel.model.cut import Cut, Piece

LONGEST = 200
"""References that are longer are not looked into."""

_BLANK = re.compile(r"\s+(?=(?:p[0-9]+(?:s[0-9]+)?|s[0-9]+|fn[0-9]*)\Z)")
_SENTENCE = re.compile(r"(.+?)\s?s[0-9]+\Z")
_PARAGRAPH = re.compile(r"(.+?)\s?p[0-9]+\Z")
_ITEM = re.compile(r"(.+)\([^()]+\)[a-z]?\Z")
_FOOTNOTE = re.compile(r"(.+?)\s?fn[0-9]*\Z")


def cut(source: Source, layout: Layout | None, index: Iterable[str]) -> Cut:
    """The clauses of a text under the references of an index, and of what it has beside them."""
    found = units(source, layout)
    grain = _Grain.of(index)
    pieces = [piece for unit, ref in _named(found) for piece in _Sharer(grain).unit(unit, ref)]
    pieces.sort(key=lambda piece: piece.lines)
    return Cut(
        source.file, tuple(pieces), tuple(found.left_out), tuple(found.unknown), tuple(found.not_found)
    )


def plain_reference(ref: str) -> str:
    """A reference without the blank before `p2`, `s2` or `fn`, which may be there or not."""
    return _BLANK.sub("", ref)


@dataclass
class _Grain:
    """How fine an index is: its references, and those of which it has items, paragraphs or sentences."""

    spelt: dict[str, str]
    items: set[str] = field(default_factory=set)
    paragraphs: set[str] = field(default_factory=set)
    sentences: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, index: Iterable[str]) -> _Grain:
        grain = cls({plain_reference(ref): ref for ref in index})
        for ref in grain.spelt:
            if len(ref) > LONGEST:
                continue
            footnote = _FOOTNOTE.match(ref)
            if footnote:
                ref = footnote[1]
            if sentence := _SENTENCE.match(ref):
                ref = sentence[1]
                grain.sentences.add(ref)
            if paragraph := _PARAGRAPH.match(ref):
                ref = paragraph[1]
                grain.paragraphs.add(ref)
            while item := _ITEM.match(ref):
                ref = item[1]
                grain.items.add(ref)
        return grain

    def spell(self, ref: str) -> str:
        return self.spelt.get(plain_reference(ref), ref)

    def has(self, ref: str) -> bool:
        return plain_reference(ref) in self.spelt


def _named(found: Units) -> list[tuple[Unit, str]]:
    """Units without a parent, each with its reference: letters tell those apart that are printed alike."""
    return _told_apart([unit for unit in found.top if unit.all_paragraphs()], "")


def _told_apart(alike: list[Unit], before: str) -> list[tuple[Unit, str]]:
    many = Counter(unit.label for unit in alike)
    seen: Counter[str] = Counter()
    named = []
    for unit in alike:
        ref = before + unit.label
        if many[unit.label] > 1:
            seen[unit.label] += 1
            ref += _letter(seen[unit.label])
        named.append((unit, ref))
    return named


def _letter(number: int) -> str:
    """1 is a, 26 z, 27 aa."""
    text = ""
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


@dataclass
class _Atom:
    """A sentence, with what follows it in lists that are not apart. Numbers count from 1."""

    paragraph: int
    sentence: int
    """In its paragraph."""
    count: int
    """In its clause."""
    lines: list[int]
    words: list[str]


@dataclass(frozen=True)
class _Sharer:
    grain: _Grain

    def unit(self, unit: Unit, ref: str) -> list[Piece]:
        """The clauses of a unit, of its items and of their footnotes."""
        ref = self.grain.spell(ref)
        plain = plain_reference(ref)
        known = self.grain.has(ref) or plain in self.grain.paragraphs or plain in self.grain.sentences
        apart = plain in self.grain.items or not known
        pieces = self.own(unit, plain, apart)
        notes = list(unit.footnotes)
        if apart:
            for item, its in _told_apart(unit.items, plain):
                pieces += self.unit(item, its)
        else:
            notes += [note for item in _below(unit) for note in item.footnotes]
        for number, note in enumerate(notes, 1):
            pieces.append(self.piece(f"{plain}fn{number if number > 1 else ''}", _atoms(note.paragraphs, [])))
        return pieces

    def own(self, unit: Unit, ref: str, apart: bool) -> list[Piece]:
        """A unit's own text, cut into paragraphs and sentences where the index has them."""
        below = [] if apart else [p for item in unit.items for p in item.all_paragraphs()]
        atoms = _atoms(unit.paragraphs, below)
        grouped: dict[str, list[_Atom]] = {}
        for atom in atoms:
            grouped.setdefault(self.reference(ref, atom), []).append(atom)
        return [self.piece(its, group) for its, group in grouped.items()]

    def reference(self, ref: str, atom: _Atom) -> str:
        number = atom.count
        if ref in self.grain.paragraphs:
            ref = self.numbered(ref, "p", atom.paragraph)
            number = atom.sentence
        if ref in self.grain.sentences:
            return self.numbered(ref, "s", number)
        return ref

    def numbered(self, ref: str, sign: str, number: int) -> str:
        """The first paragraph or sentence goes by the bare reference where the index has it so."""
        its = f"{ref}{sign}{number}"
        bare = number == 1 and not self.grain.has(its) and (sign == "p" or self.grain.has(ref))
        return ref if bare else its

    def piece(self, ref: str, atoms: list[_Atom]) -> Piece:
        text = " ".join(word for atom in atoms for word in atom.words)
        lines = tuple(sorted({line for atom in atoms for line in atom.lines}))
        return Piece(self.spelling(ref), lines, text, fingerprint(text))

    def spelling(self, ref: str) -> str:
        """As the index has it; a new one with a blank after a title."""
        if self.grain.has(ref):
            return self.grain.spell(ref)
        return re.sub(r"(?<=[A-Za-z]{2})((?:p[0-9]+)?(?:s[0-9]+)?|fn[0-9]*)\Z", r" \1", ref).rstrip()


def _below(unit: Unit) -> list[Unit]:
    return [each for item in unit.items for each in (item, *_below(item))]


def _atoms(own: list[Paragraph], below: list[Paragraph]) -> list[_Atom]:
    """Sentences of a unit's own paragraphs, with what its items say joined to the sentence before."""
    atoms: list[_Atom] = []
    places = {id(paragraph): number for number, paragraph in enumerate(own, 1)}
    for paragraph in sorted([*own, *below], key=lambda p: p.order):
        number = places.get(id(paragraph))
        text = " ".join(part for _, part in paragraph.lines)
        if number is None and atoms:
            atoms[-1].words.append(text)
            atoms[-1].lines += [line for line, _ in paragraph.lines]
            continue
        spans = sentences(text) if number is not None else []
        made = [
            _Atom(number or 1, sentence, len(atoms) + sentence, [], [text[start:end].strip()])
            for sentence, (start, end) in enumerate(spans or [(0, len(text))], 1)
        ]
        for line, atom in _lines_of(paragraph, spans):
            made[atom].lines.append(line)
        atoms += made
    return atoms


def _lines_of(paragraph: Paragraph, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each line of a paragraph with each of the sentences on it; one without any goes with the last."""
    at = first = 0
    for line, part in paragraph.lines:
        until = at + len(part)
        while first < len(spans) - 1 and spans[first][1] <= at:
            first += 1
        yield line, first
        for sentence in range(first + 1, len(spans)):
            if spans[sentence][0] >= until:
                break
            yield line, sentence
        at = until + 1
