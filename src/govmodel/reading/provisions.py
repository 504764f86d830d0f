"""What stands outside bodies, as rules: offices, matters, papers, norms, routes, statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from govmodel.model import constitution as drafted
from govmodel.model import rules as r
from govmodel.model.constitution import Constitution
from govmodel.model.expressions import All, Condition, Ordered, Timed
from govmodel.model.vocabulary import AttributeType
from govmodel.reading.lower import each, lower, text, together, untitled, value_of, yes
from govmodel.reading.situations import situations


def provisions(c: Constitution) -> Iterator[r.Rule]:
    """The rules of a model that belong to no body, in the order of the headings."""
    for name, office in c.offices.items():
        yield from _office(c, name, office)
    for name, matter in c.matters.items():
        for head, v in each(matter, c.readings):
            yield r.MatterRule(
                **head, name=name, title=v["name"], kind_of=v["kind_of"],
                settle=v["settle"] == "yes", interested=tuple(v["interested"] or ()),
            )  # fmt: skip
    for name, instrument in c.instruments.items():
        yield from _paper(c, name, instrument)
    yield from _norms(c)
    for route in c.routes:
        for head, v in each(route, c.readings):
            yield r.RouteRule(
                **head, who=v["who"], verb=v["verb"], whom=v["whom"], any_of=v["any_of"],
                matters=tuple(v["matter"] or ()), about=v["about"], about_receiver=v["about_receiver"],
                via=v["via"], every=v["every"], within=v["within"], effect=v["effect"],
                consent_of=tuple(v["consent_of"] or ()), force=v["force"] or "must",
                when=v["when"], until=v["until"], record=v["record"],
            )  # fmt: skip
    for statement in c.statements:
        for head, v in each(statement, c.readings):
            lists = (tuple(v["list"]), tuple(v["other_list"])) if v["list"] and v["other_list"] else None
            yield r.StatementRule(
                **head, says=v["says"], holds=v["holds"], stated=v["stated"], listed=v["listed"], lists=lists,
                inside=v["inside"] == "yes", refers_to=tuple(v["refers_to"] or ()),
            )  # fmt: skip
    for succession in c.succeeds:
        for head, v in each(succession, c.readings):
            if v["who"] in c.bodies:
                yield r.SuccessionRule(**head, who=v["who"], follows=v["follows"], since=v["from_"])


def composition(
    blocks: Iterable[drafted.CompositionRule],
    ambiguities: Mapping[str, drafted.Ambiguity],
    body: str | None,
    office: str | None,
) -> Iterator[r.CompositionRule]:
    """What must be so of the holder of an office, or of all who sit on a body."""
    for block in blocks:
        for head, v in each(block, ambiguities):
            yield r.CompositionRule(**head, body=body, office=office, needs=v["rule"])


def _office(c: Constitution, name: str, office: drafted.Office) -> Iterator[r.Rule]:
    chosen = office.chosen
    yield from composition(office.must_be, c.readings, text(office.of), name)
    for head, v in each(office, c.readings):
        for chosen_gate, how in lower(chosen, c.readings) if chosen else [(head["gate"], {})]:
            gate = together(head["gate"], chosen_gate)
            if gate is None:
                continue
            chosen_in = chosen.clauses if chosen else ()
            clauses = tuple(dict.fromkeys((*head["clauses"], *chosen_in)))
            yield r.OfficeRule(
                mark=head["mark"], clauses=clauses, gate=gate, name=name, title=untitled(v["name"]),
                of=v["of"],
                chosen_by=how.get("by"), chosen_every=how.get("every"), rotation=how.get("over") or (),
                follows=how.get("follows"), appointer=how.get("appointer"), term=v["term"],
                acting=v["acting"],
                post=how.get("post"), again=yes(v["again"]), matter=how.get("matter"),
                stated_in=head["clauses"], chosen_in=chosen_in or head["clauses"],
            )  # fmt: skip
    for resigns in office.resigns:
        for head, v in each(resigns, c.readings):
            yield r.ResignationRule(
                **head,
                office=name,
                notice=v["notice"],
                told=tuple(v["told"] or ()),
                force=v["force"] or "must",
            )
    for removed in office.removed:
        for head, v in each(removed, c.readings):
            yield r.RemovalRule(
                **head, office=name, agreed_by=v["agreed_by"], matter=v["matter"],
                consent_of=tuple(v["consent_of"] or ()), notice=v["notice"], told=tuple(v["told"] or ()),
                force=v["force"] or "must",
            )  # fmt: skip


def _paper(c: Constitution, name: str, paper: drafted.Instrument) -> Iterator[r.Rule]:
    for head, v in each(paper, c.readings):
        yield r.InstrumentRule(
            **head, name=name, title=v["name"], every=v["every"], external=v["external"] == "yes",
            kind=v["kind"], since=v["since"], after=v["after"], binds=tuple(v["binds"] or ()),
        )  # fmt: skip
    for called, other in paper.also.items():
        for head, v in each(other, c.readings):
            yield r.InstrumentNameRule(**head, instrument=name, called=called, defined=v["defined"] == "yes")
    for says, part in paper.contains.items():
        for head, _ in each(part, c.readings):
            yield r.ContentRule(**head, instrument=name, says=says)
    for order, step in enumerate(paper.steps):
        for head, v in each(step, c.readings):
            yield r.StepRule(
                **head, instrument=name, order=order, verb=v["verb"], whom=v["whom"], any_of=v["any_of"],
                by=v["by"], when=v["when"], every=v["every"], within=v["within"], at=v["at_"],
                consent_of=tuple(v["consent_of"] or ()), force=v["force"] or "must",
            )  # fmt: skip


def _norms(c: Constitution) -> Iterator[r.NormRule]:
    made: dict[str, int] = {}
    stems: list[tuple[drafted.Norm, str]] = []
    for norm in c.norms:
        stem = norm.id.value if norm.id else "+".join(norm.clauses)
        made[stem] = made.get(stem, 0) + 1
        stems.append((norm, stem if made[stem] == 1 else f"{stem}~{made[stem]}"))
    named = [(norm, stem, _every_name(stem, norm)) for norm, stem in stems]
    # Who names a norm by its id means it in everything that it is about.
    meant = {norm.id.value: names for norm, _, names in named if norm.id}

    def meant_by(ids: tuple[str, ...] | None) -> tuple[str, ...]:
        return tuple(name for other in ids or () for name in meant.get(other, (other,)))

    breached: dict[str, list[str]] = {}
    for norm, _, names in named:
        if norm.otherwise is not None:
            breached.setdefault(norm.otherwise.value, []).extend(names)
    kinds = {f"{s}.{a}": kind for s, info in situations(c).items() for a, kind in info.attributes.items()}
    for norm, stem, _ in named:
        breach_of = tuple(breached.get(norm.id.value, ())) if norm.id else ()
        for head, v in each(norm, c.readings):
            for about, name in zip(v["about"], _norm_names(stem, v["about"]), strict=True):
                force, content = _force(v)
                when = _presupposed(v["when"], force, content, kinds)
                yield r.NormRule(
                    **head, name=name, situation=about.situation, body=about.body, who=v["who"], force=force,
                    content=content, when=when, unless=v["unless"], by=v["by"],
                    agreed_by=v["if_agreed_by"], waived_by=v["waived_by"], over=tuple(v["over"] or ()),
                    limit=v["limit"] == "yes", only=v["only"] == "yes", always=v["always"] == "yes",
                    overrides=meant_by(v["overrides"]), subject_to=meant_by(v["subject_to"]),
                    changes=meant_by(v["changes"]), breach_of=breach_of, every=v["every"],
                )  # fmt: skip


def _every_name(stem: str, norm: drafted.Norm) -> tuple[str, ...]:
    """The names of a norm under all readings."""
    spoken = norm.about
    options = spoken.options.values() if isinstance(spoken, drafted.ByReading) else (value_of(spoken),)
    return tuple(dict.fromkeys(name for abouts in options for name in _norm_names(stem, abouts)))


def _norm_names(stem: str, abouts: tuple[drafted.About, ...]) -> tuple[str, ...]:
    """One name for each thing that a norm is about."""
    if len(abouts) == 1:
        return (stem,)
    places = [about.body or about.situation for about in abouts]
    return tuple(
        f"{stem}@{place}" if places.count(place) == 1 else f"{stem}@{about.situation}-{place}"
        for about, place in zip(abouts, places, strict=True)
    )


def _presupposed(
    when: Condition | None, force: r.Force, content: Condition, kinds: Mapping[str, AttributeType]
) -> Condition | None:
    """The `when` of a duty with what its times are counted from: what is to be done within 28 days after a
    report is issued is to be done when one is, where nobody bound by the text chooses that."""
    if force not in ("must", "should"):
        return when
    parts = content.items if isinstance(content, All) else (content,)
    anchors = [p.anchor for p in parts if isinstance(p, Timed | Ordered) and p.anchor in kinds]
    given = [a for a in dict.fromkeys(anchors) if kinds[a].chosen_by is None]
    happening = [Ordered(a, "before", a) for a in given]
    found = [*((when,) if when is not None else ()), *happening]
    return All(tuple(found)) if len(found) > 1 else found[0] if found else None


def _force(values: Mapping[str, Any]) -> tuple[r.Force, Any]:
    forces: tuple[tuple[str, r.Force], ...] = (
        ("must", "must"), ("must_not", "must-not"), ("may", "may"), ("should", "should"),
        ("should_not", "should-not"),
    )  # fmt: skip
    for field, force in forces:
        if values[field] is not None:
            return force, values[field]
    raise ValueError("a norm without a force passed the loader")
