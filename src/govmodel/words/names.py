"""Whom and what the names of a model mean, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from govmodel.model.constitution import Constitution
from govmodel.words.text import article, listed, plural, quoted, singular, spaced

Kind: TypeAlias = Literal[
    "body", "office", "party", "class", "seat", "matter", "instrument", "chair", "member", "other"
]

PEOPLE: Mapping[str, str] = {
    "any": "anyone",
    "anyone": "anyone",
    "nobody": "nobody",
    "member": "a member",
    "members": "the members",
    "chair": "the chair",
    "deputy-chair": "the deputy chair",
    "body": "the body",
    "subject": "whoever it is about",
    "those-who-agree": "those who agree",
    "requesters": "those who ask for it",
    "complainant": "whoever complains",
    "parties": "the parties",
    "public": "the public",
    "agreed": "somebody on whom they agree",
    "its-party": "the member’s own organisation",
    "caller": "whoever calls the meeting",
    "presider": "whoever presides",
    "submitter": "whoever submits the item",
    "authors": "the authors of the papers",
    "secretariat": "the secretariat",
}
"""Names that need no declaration, and the roles of built-in situations."""

_BARE = re.compile(
    r"(?i:the|a|an|all|some|each|every|any|those|these|this|its|their|other|local|one|no)\b|"
    r"(government|elected|registered|audit|school)\b"
)
_HEAD = re.compile(r"\s+(?:of|for|in|to|from|who|that|which|between|on|at|with)\b.*|\s*\(.*", re.S)
_WITH_ARTICLE_WORDS = """
service services authority team office company trust group board partnership sector community
committee agency unit panel forum union association executive assembly commissioner commission
department directorate society federation network alliance
"""
_WITH_ARTICLE = frozenset(_WITH_ARTICLE_WORDS.split())


_ONE_OF_A_CLASS_WORDS = """
agency authority board body chair chairman charity college commissioner committee company
council councillor deputy director district employer executive forum group head holder
institution landlord leader lead manager member nominee office officer organisation partner
partnership party person provider representative school secretary sector-body service
stakeholder trust trustee university volunteer
"""
_ONE_OF_A_CLASS = frozenset(_ONE_OF_A_CLASS_WORDS.split())
"""Last words of the names of classes that are nouns for one of the class."""


class Names:
    """The names of one constitution. `home` is the body of which bare words (`member`, `chair`) speak."""

    def __init__(self, constitution: Constitution) -> None:
        self.c = constitution
        self.seats: dict[str, str] = {}
        for body, block in constitution.bodies.items():
            for seat in block.seats:
                self.seats.setdefault(seat, body)

        self.texts = {name: Names(member) for name, member in constitution.members.items()}

    def elsewhere(self, name: str) -> tuple[Names, str, str] | None:
        """Of a name in another text of a landscape (`y2016.group`): the names of that text, the name there,
        and the text."""
        text, _, own = name.partition(".")
        return (self.texts[text], own, text) if own and text in self.texts else None

    # what a name is

    def kind(self, name: str) -> Kind:
        c = self.c
        if found := self.elsewhere(name):
            return found[0].kind(found[1])
        tables: tuple[tuple[Kind, Mapping[str, Any]], ...] = (
            ("body", c.bodies), ("office", c.offices), ("party", c.parties), ("class", c.classes),
            ("matter", c.matters), ("instrument", c.instruments),
        )  # fmt: skip
        for kind, table in tables:
            if name in table:
                return kind
        if name in ("member", "members"):
            return "member"
        head, dot, tail = name.rpartition(".")
        if dot and head in c.bodies:
            return "member" if tail in ("member", "members") else "chair"
        return "seat" if name in self.seats and name not in PEOPLE else "other"

    # titles

    def title(self, name: str) -> str:
        """The title as the model gives it, without its article."""
        c = self.c
        if found := self.elsewhere(name):
            return found[0].title(found[1])
        for table in (c.bodies, c.offices, c.parties, c.matters, c.instruments):
            block: Any = table.get(name)
            if block is not None and block.name is not None:
                return re.sub(r"^the ", "", str(block.name.value), flags=re.I)
        return spaced(name)

    def short(self, name: str) -> str:
        """A body by the capitals of its name, where the model's name for it is these; else its title."""
        title = self.title(name)
        initials = "".join(w[0] for w in re.split(r"[\s-]+", title) if w[:1].isupper())
        key = name.replace("-", "").upper()
        if f"({key})" in title:
            return key
        if len(key) > 2 and initials.endswith(key) and name in self.c.bodies:
            return key
        return title

    def heading(self, name: str) -> str:
        """The title, with the capitals that stand for it."""
        title, short = self.title(name), self.short(name)
        return title if short == title or f"({short})" in title else f"{title} ({short})"

    def several(self, name: str) -> bool:
        """Whether a body is one of several of its kind."""
        block = self.c.bodies.get(name)
        return block is not None and block.family is not None

    # in a sentence

    def the(self, name: str, home: str | None = None) -> str:
        """Somebody, or a paper, in the middle of a sentence: `the OSCP`, `each CDRP`, `the Chairman`."""
        if found := self.elsewhere(name):
            return f"{found[0].the(found[1])} (in {quoted(found[2])})"
        match self.kind(name):
            case "body":
                return self._body(name)
            case "office":
                title = self.title(name)
                return title if _BARE.match(title) else f"the {title}"
            case "party":
                block = self.c.parties[name].name
                title = self.title(name)
                named = str(block.value) if block is not None else title
                return self._party(title) if named == title else f"the {title}"
            case "class":
                return f"each {self.each(name)}"
            case "instrument":
                return self.paper(name)
            case "matter":
                return PEOPLE[name] if name in PEOPLE else self.matter(name)
            case "member":
                head = name.rpartition(".")[0] or home
                people = "the members" if name.endswith("members") else "a member"
                return f"{people} of {self.the(head)}" if head and head in self.c.bodies else people
            case "chair":
                head, _, tail = name.rpartition(".")
                return f"the {spaced(tail)} of {self.the(head)}"
            case "seat":
                return f"the {spaced(name)}"
            case "other":
                if name == "body" and home in self.c.bodies:
                    return self.the(str(home))
                if name.startswith("party(") and name.endswith(")"):
                    return f"the organisation of {self.the(name[len('party(') : -1], home)}"
                return PEOPLE.get(name, spaced(name) if name in PEOPLE else self._free(name))

    def paper(self, name: str) -> str:
        """A paper with its article: `the Forward Plan`, `these terms of reference`."""
        block = self.c.instruments.get(name)
        title = str(block.name.value) if block and block.name else spaced(name)
        return title if re.match(r"(the|these|this|its)\b", title, re.I) else f"the {title}"

    def matter(self, name: str) -> str:
        """A matter in words, as the model gives it: `a dispute between members`."""
        block = self.c.matters.get(name)
        return str(block.name.value).removesuffix(".") if block and block.name else spaced(name)

    def thing(self, name: str, home: str | None = None) -> str:
        """Somebody or something to which something is done; a matter before a role of that name."""
        return self.matter(name) if name in self.c.matters else self.the(name, home)

    def _free(self, name: str) -> str:
        return f"the {spaced(name)}" if re.fullmatch(r"[a-z0-9-]+", name) else name

    def each(self, name: str) -> str:
        """One of a class of organisations: `responsible authority`."""
        block = self.c.classes.get(name)
        says = str(block.name.value) if block and block.name else ""
        if says.startswith(f"{spaced(name)} "):
            return singular(says) if _plural(says) else says
        if spaced(name).split()[-1] in _ONE_OF_A_CLASS:
            return spaced(name)
        return f"of the class {quoted(spaced(name))}"

    def every(self, name: str) -> str:
        """All of a class of organisations: `responsible authorities`."""
        one = self.each(name)
        return f"members {one}" if one.startswith("of the class") else plural(one)

    def _body(self, name: str) -> str:
        title, short = self.title(name), self.short(name)
        if self.several(name):
            if short == title and _plural(title):
                return title if _BARE.match(title) or title[:1].islower() else f"the {title}"
            return f"each {short}"
        if _BARE.match(title) and short == title:
            return title
        return f"the {short}"

    def _party(self, title: str) -> str:
        head = _HEAD.sub("", title).split()
        if _BARE.match(title) or not head:
            return title
        last = head[-1].lower()
        if title.startswith(("NHS", "HM ")):
            return title
        return f"the {title}" if last in _WITH_ARTICLE or title == "Police" else title

    def label(self, name: str) -> str:
        """A name as it stands in a table: `OSCP`, `Chairman`, `a member`."""
        kind = self.kind(name)
        if kind in ("body", "office", "party", "class"):
            return self.short(name)
        return re.sub(r"^the (?!public|members|parties)", "", self.thing(name))

    def full(self, name: str) -> str:
        """A body with its article, its title and the capitals that stand for it."""
        heading = self.heading(name)
        return heading if _BARE.match(heading) else f"the {heading}"

    def one(self, name: str) -> str:
        """Any one of several: `a TBG`, `a member`; else as `the`."""
        if self.elsewhere(name):
            return self.the(name)
        if self.kind(name) == "body" and self.several(name) and not _plural(self.short(name)):
            return article(self.short(name))
        if self.kind(name) == "class":
            return self.a(name)
        return self.the(name)

    def all(self, names: str | Iterable[str], home: str | None = None, last: str = "and") -> str:
        """One or several, as `the`."""
        several = (names,) if isinstance(names, str) else names
        return listed((self.the(name, home) for name in several), last)

    def together(self, names: str | Iterable[str], home: str | None = None) -> str:
        """The same after `by`: what a class does is done by them, and whether by each of them or by all
        together the model does not say."""
        several = (names,) if isinstance(names, str) else names
        return listed(
            f"the {self.every(name)}" if self.kind(name) == "class" else self.the(name, home)
            for name in several
        )

    def subject_is(self, words: str, name: str) -> bool:
        """Whether the first words of a clause (`the Chairman`, `OSCP`) mean this name."""
        bare = re.sub(r"^(the|a|an|each|every) ", "", words.strip(), flags=re.I)
        if not bare:
            return False
        if name in ("member", "members"):
            return bare in ("member", "members")
        if name in PEOPLE and self.kind(name) == "other":
            return bare == re.sub(r"^(the|a|an) ", "", PEOPLE[name])
        title = self.title(name)
        return bare in (title, self.short(name), spaced(name)) or title.endswith(f" {bare}")

    # groups of members

    def members(self, groups: Iterable[str], number: int = 2) -> str:
        """Members that belong to any of some groups: `responsible-authority members`, `members from the
        Police`, `members on the seats ‘authorities’`."""
        names = list(groups)
        noun = "member" if number == 1 else "members"
        classes = [n for n in names if self.kind(n) == "class"]
        parties = [n for n in names if self.kind(n) == "party"]
        bodies = [n for n in names if self.kind(n) == "body"]
        seats = [n for n in names if n not in (*classes, *parties, *bodies)]
        said = []
        if classes:
            said.append(f"{listed((spaced(n) for n in classes), 'or')} {noun}")
        if parties:
            said.append(f"{noun} from {self.all(parties, last='or')}")
        if bodies:
            said.append(f"{noun} of {self.all(bodies, last='or')}")
        if seats:
            places = listed((quoted(spaced(n)) for n in seats), "or")
            said.append(f"{noun} on the seat{'s' if len(seats) > 1 else ''} {places}")
        return listed(said, "or") or noun

    def many(self, name: str) -> bool:
        """Whether a title is of several: `officers of the Council have`."""
        title = self.title(name)
        return title[:1].islower() and _plural(title)

    def a(self, name: str) -> str:
        each = self.each(name) if self.kind(name) == "class" else spaced(name)
        return f"one {each}" if each.startswith("of the ") else article(each)

    def plural(self, name: str) -> str:
        """Bodies of one kind: `CDRPs`, `Tactical Business Groups`."""
        short = self.short(name)
        return short if _plural(short) else plural(short)


def _plural(title: str) -> bool:
    head = _HEAD.sub("", title).split()
    if not head:
        return False
    last = head[head.index("and") - 1] if "and" in head[1:] else head[-1]
    return title.lower().startswith(("those ", "all ")) or (
        last.endswith("s") and not last.endswith(("ss", "us", "is"))
    )
