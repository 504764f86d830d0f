"""What a constitution says outside its bodies, as drafted: offices, matters, situations, papers, norms,
routes, statements, and what joins several texts. A part of the declaration of the language (see
`constitution`)."""

from __future__ import annotations

from collections.abc import Mapping

from govmodel.dataclass import dataclass
from govmodel.errors import Mark
from govmodel.model.expressions import Condition, Frequency, Length
from govmodel.model.language import FORCES, YES_NO, Block, ByReading, Plain, Value, key


@dataclass(frozen=True, kw_only=True)
class Name(Block):
    """Another name, or a part of a paper, in the words before the colon."""

    defined: Plain[str] | None = key(
        "word", "the text itself says that the two names mean one thing", choices=YES_NO
    )


@dataclass(frozen=True, kw_only=True)
class Chosen(Block):
    by: Value[str] | None = key(
        "word",
        "in what way",
        choices=("rotation", "election", "appointment", "agreement", "post", "provision"),
        required=True,
    )
    post: Value[str] | None = key("sentence", "the post that brings the office, where one does")
    every: Value[Frequency] | None = key("frequency", "how often", example="every year")
    over: tuple[tuple[str, ...], ...] = key("names", "the places of the rotation", refers=("parties",))
    follows: Value[str] | None = key("name", "the next holder of this office", refers=("offices",))
    appointer: Value[str] | None = key(
        "name",
        "who appoints, or provides those who do it",
        refers=("bodies", "offices", "classes", "parties"),
    )
    matter: Value[str] | None = key("name", "the matter as which it is decided", refers=("matters",))


@dataclass(frozen=True, kw_only=True)
class Departure(Block):
    """How a holder leaves an office: resigns, or is removed."""

    agreed_by: Value[str] | None = key("name", "who decides it", refers=("any",))
    matter: Value[str] | None = key("name", "the matter as which it is decided", refers=("matters",))
    consent_of: Value[tuple[str, ...]] | None = key("names", "who must consent besides", refers=("any",))
    notice: Value[Length] | None = key("length", "with what notice")
    told: Value[tuple[str, ...]] | None = key("names", "who is told", refers=("any",))
    force: Value[str] | None = key("word", "must when left out", choices=FORCES)


@dataclass(frozen=True, kw_only=True)
class CompositionRule(Block):
    rule: Value[Condition] | None = key("condition", "what must be so of the holders", required=True)


@dataclass(frozen=True, kw_only=True)
class Office(Block):
    name: Plain[str] | None = key("sentence", "the office's name", required=True)
    of: Plain[str] | None = key("name", "the body it serves", refers=("bodies",))
    chosen: Chosen | None = key("block", "how it is filled", block="Chosen")
    term: Value[Length] | None = key("length", "for how long")
    must_be: tuple[CompositionRule, ...] = key("blocks", "what the holder must be", block="CompositionRule")
    resigns: tuple[Departure, ...] = key("blocks", "how the holder resigns", block="Departure")
    removed: tuple[Departure, ...] = key("blocks", "how the holder is removed", block="Departure")
    again: Value[str] | None = key("word", "whether a holder may be chosen again", choices=YES_NO)
    acting: Value[str] | None = key("name", "who acts for it between meetings", refers=("offices", "builtin"))


@dataclass(frozen=True, kw_only=True)
class Matter(Block):
    name: Plain[str] | None = key("sentence", "the matter in words", required=True)
    kind_of: Plain[str] | None = key("name", "the wider matter", refers=("matters",))
    settle: Plain[str] | None = key("word", "it must end in a determination", choices=YES_NO)
    interested: Value[tuple[str, ...]] | None = key(
        "names", "who has an interest in it", refers=("parties", "classes", "builtin", "offices")
    )


@dataclass(frozen=True, kw_only=True)
class AttributeBlock(Block):
    type: Plain[str] | None = key(
        "word", "what it can be", choices=("yes-no", "one-of", "amount", "time"), required=True
    )
    says: Plain[str] | None = key("sentence", "the attribute in words")
    values: Plain[tuple[str, ...]] | None = key("names", "its values, for one-of", fixed=True)
    given: Plain[str] | None = key("word", "nobody bound by the text chooses it", choices=YES_NO)
    choice_of: Plain[str] | None = key("name", "the role that chooses it", refers=("any",))


@dataclass(frozen=True, kw_only=True)
class Situation(Block):
    name: Plain[str] | None = key("sentence", "the event in words")
    part_of: Plain[str] | None = key("name", "the event it belongs to", refers=("situations", "builtin"))
    attributes: Mapping[str, AttributeBlock] = key("named", "what is so of it", block="AttributeBlock")


@dataclass(frozen=True, kw_only=True)
class Step(Block):
    """`verb` is the one verb of the block and `whom` its receivers; `any_of`: one of them will do."""

    verb: str = ""
    whom: tuple[str, ...] = ()
    any_of: bool = False
    by: Value[str] | None = key("name", "who does it, where the verb says to or with whom", refers=("any",))
    when: Value[Condition] | None = key("condition", "in what case")
    every: Value[Frequency] | None = key("frequency", "how often", example="at each meeting of oscp")
    within: Value[Length] | None = key("length", "how soon after the step before it")
    at_: Value[str] | None = key("sentence", "where: on which pages, at which event")
    consent_of: Value[tuple[str, ...]] | None = key("names", "whose agreement it needs", refers=("any",))
    force: Value[str] | None = key("word", "must when left out", choices=FORCES)


@dataclass(frozen=True, kw_only=True)
class Instrument(Block):
    name: Plain[str] | None = key("sentence", "the paper's name", required=True)
    kind: Plain[str] | None = key("sentence", "plan, assessment, agreement, protocol, register …")
    external: Plain[str] | None = key("word", "made by others", choices=YES_NO)
    every: Value[Frequency] | None = key("frequency", "how often it is made")
    since: Plain[str] | None = key("date", "from when")
    after: Value[str] | None = key("name", "the paper it follows", refers=("instruments",))
    also: Mapping[str, Name] = key("named", "other names that the text gives it", block="Name")
    contains: Mapping[str, Name] = key("named", "what the text says must stand in it", block="Name")
    binds: Value[tuple[str, ...]] | None = key("names", "whom it binds", refers=("any",))
    steps: tuple[Step, ...] = key("blocks", "how it comes about, in order", block="Step")


@dataclass(frozen=True, slots=True)
class About:
    """What a norm speaks of: a situation, and of which body where the text says so."""

    situation: str
    body: str | None
    mark: Mark


@dataclass(frozen=True, kw_only=True)
class Norm(Block):
    id: Plain[str] | None = key("name", "a name by which other norms point to it")
    about: Value[tuple[About, ...]] | None = key(
        "about", "the event it speaks of", required=True, example="meeting of oscp"
    )
    who: Value[str] | None = key("name", "whom it binds", refers=("any",))
    must: Value[Condition] | None = key("condition", "what must be so")
    should: Value[Condition] | None = key("condition", "what should be so")
    may: Value[Condition] | None = key("condition", "what is allowed")
    must_not: Value[Condition] | None = key("condition", "what must not be so")
    should_not: Value[Condition] | None = key("condition", "what should not be so")
    when: Value[Condition] | None = key("condition", "in what case it applies")
    unless: Value[Condition] | None = key("condition", "in what case it does not")
    by: Value[str] | None = key("name", "who alone may invoke the unless", refers=("any",))
    if_agreed_by: Value[str] | None = key("name", "whose agreement a may needs", refers=("any",))
    waived_by: Value[str] | None = key("name", "who may lift it", refers=("any",))
    over: Plain[tuple[str, ...]] | None = key("names", "attributes that `any` ranges over", fixed=True)
    limit: Value[str] | None = key("word", "whether the bound of a may is exhaustive", choices=YES_NO)
    only: Plain[str] | None = key("word", "no other ground counts", choices=YES_NO)
    always: Value[str] | None = key("word", "it says each, only, all", choices=YES_NO)
    overrides: Value[tuple[str, ...]] | None = key(
        "names", "norms that give way to it, or `none`", refers=("norms",)
    )
    subject_to: Value[tuple[str, ...]] | None = key(
        "names", "norms to which it gives way, or `none`", refers=("norms",)
    )
    changes: Value[tuple[str, ...]] | None = key(
        "names",
        "norms that a may lifts when it is used, unless they say always; or `none`",
        refers=("norms",),
    )
    otherwise: Plain[str] | None = key("name", "the norm about its breach", refers=("norms",))

    @property
    def abouts(self) -> tuple[About, ...]:
        """Whatever it speaks of, under one reading or another."""
        match self.about:
            case Plain(value):
                return value
            case ByReading(_, options):
                return tuple(dict.fromkeys(each for option in options.values() for each in option))
            case _:
                return ()

    every: Value[Frequency] | None = key("frequency", "how often it falls due")


@dataclass(frozen=True, kw_only=True)
class Route(Block):
    """`verb` is the one verb of the block and `whom` its receivers; `any_of`: one of them will do."""

    who: Plain[tuple[str, ...]] | None = key("names", "from whom", refers=("any",), required=True, fixed=True)
    verb: str = ""
    whom: tuple[str, ...] = ()
    any_of: bool = False
    matter: Value[tuple[str, ...]] | None = key("names", "on what", refers=("matters", "builtin"))
    about: Plain[str] | None = key("name", "whom the matter concerns", refers=("any",))
    about_receiver: Value[str] | None = key(
        "name", "where it goes when it is about the receiver", refers=("any",)
    )
    via: Plain[str] | None = key("name", "through whom", refers=("any",))
    every: Value[Frequency] | None = key("frequency", "how often")
    within: Value[Length] | None = key("length", "how soon")
    when: Value[Condition] | None = key(
        "condition", "in what case; attributes of any situation", example="trouble.off-target"
    )
    until: Value[str] | None = key("sentence", "until what happens")
    effect: Value[str] | None = key(
        "word", "what the receiver can do", choices=("hears", "advises", "resolves", "final")
    )
    consent_of: Value[tuple[str, ...]] | None = key("names", "whose agreement it needs", refers=("any",))
    force: Value[str] | None = key("word", "must when left out", choices=FORCES)
    record: Plain[str] | None = key("sentence", "where it is recorded")


@dataclass(frozen=True, kw_only=True)
class Statement(Block):
    says: Plain[str] | None = key("sentence", "what the text states, in our words", required=True)
    holds: Value[Condition] | None = key(
        "condition", "the statement as a condition", example="seats(oscp) = 15"
    )
    stated: Plain[int] | None = key("number", "a number that the text states")
    listed: Value[int] | None = key("number", "how many the text then lists")
    list: Value[tuple[str, ...]] | None = key("names", "what one list of the text names, in words of ours")
    other_list: Value[tuple[str, ...]] | None = key("names", "what another list of the same things names")
    inside: Plain[str] | None = key(
        "word", "the other list may name more; `no` when left out: both name the same", choices=YES_NO
    )
    refers_to: Value[tuple[str, ...]] | None = key(
        "target",
        "what the words of the clause point to: clauses, something declared, or `nothing`",
        refers=("any", "matters", "instruments", "situations", "norms"),
    )


@dataclass(frozen=True, kw_only=True)
class Same(Block):
    """Bodies, parties, offices or papers of several texts that are one thing."""

    names: Plain[tuple[str, ...]] | tuple[()] = key(
        "names",
        "what is one thing, by its name in each text",
        refers=("bodies", "parties", "offices", "instruments"),
        required=True,
        fixed=True,
        example="[y2016.oversight, committee]",
    )
    seats_of: Plain[tuple[str, ...]] | tuple[()] = key(
        "names", "whose lists of seats count, where several texts list them", refers=("bodies",), fixed=True
    )


@dataclass(frozen=True, kw_only=True)
class Succession(Block):
    """A body or a text that took the place of another."""

    who: Plain[str] | None = key(
        "name", "the body or text that follows", refers=("bodies", "models"), required=True
    )
    follows: Plain[str] | None = key(
        "name", "the body or text whose place it takes", refers=("bodies", "models"), required=True
    )
    from_: Plain[str] | None = key("date", "from when")
