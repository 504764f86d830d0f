"""Constitution → Rulebook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from govmodel.model import constitution as drafted
from govmodel.model import rules as r
from govmodel.model.constitution import Block, Constitution, Gate
from govmodel.model.vocabulary import (
    BUILT_IN_READINGS,
    SITUATIONS,
    AttributeType,
    SituationType,
)
from govmodel.model.walk import names_in
from govmodel.reading.lower import conjoin, lower

FIRST_DAY = date(2025, 1, 1)
"""Start days of a document without a date run from here (a fixed day, never today)."""


def read(constitution: Constitution) -> r.Rulebook:
    """The rules that a constitution states, each guarded by the options under which it stands."""
    return _Reader(constitution).rulebook()


class _Reader:
    def __init__(self, constitution: Constitution) -> None:
        self.c = constitution
        self.classes_of = {
            name: tuple(_value(party.is_) or ()) for name, party in constitution.parties.items()
        }

    def rulebook(self) -> r.Rulebook:
        c = self.c
        document = c.document
        return r.Rulebook(
            id=c.id,
            path=c.path,
            title=_text(document.title if document else None) or c.id,
            first_day=_first_day(_text(document.date if document else None)),
            nation=_text(document.nation if document else None) or "ENG",
            ambiguities=self._ambiguities(),
            rules=tuple(self._rules()),
            situations=self._situations(),
            clauses={ref: _clause(ref, entry) for ref, entry in c.clauses_index.items()},
            classes={name: _text(cls.name) or name for name, cls in c.classes.items()},
            also_cited=self._also_cited(),
            assumed=self._assumed(),
            notes=c.notes,
        )

    def _assumed(self) -> tuple[str, ...]:
        """What the document leaves out and every story needs: said in each report, not passed over."""
        document = self.c.document
        said = []
        if not _text(document.date if document else None):
            said.append("the document has no date")
        if not _text(document.nation if document else None):
            said.append("no nation is stated")
        return tuple(said)

    def _also_cited(self) -> tuple[str, ...]:
        """Clauses of blocks that say something but become no rule."""
        c = self.c
        blocks: list[Block] = [*c.classes.values(), *c.situations.values()]
        for body in c.bodies.values():
            blocks += body.rules
        for office in c.offices.values():
            blocks += [*office.must_be, *office.resigns, *office.removed]
        for instrument in c.instruments.values():
            blocks += [*instrument.steps, *instrument.also.values()]
        return tuple(dict.fromkeys(ref for block in blocks for ref in block.clauses))

    def _ambiguities(self) -> dict[str, r.AmbiguityRule]:
        silent = {name.replace("_", "-"): v.value for name, v in self.c.where_silent.items()}
        found = {
            name: r.AmbiguityRule(
                name=name,
                question=_text(a.question) or name,
                options=tuple((option, words.value) for option, words in a.options.items()),
                base=_text(a.base) or next(iter(a.options)),
                because=_text(a.because) or "",
                clauses=a.clauses,
                only_with=a.only_with,
            )
            for name, a in self.c.readings.items()
        }
        for name, built_in in BUILT_IN_READINGS.items():
            found[name] = r.AmbiguityRule(
                name=name,
                question=built_in.question,
                options=tuple(built_in.options.items()),
                base=silent.get(name, next(iter(built_in.options))),
                because="a convention that the model names" if name in silent else "",
                clauses=(),
                only_with={},
                built_in=True,
            )
        return found

    def _situations(self) -> dict[str, SituationType]:
        found = dict(SITUATIONS)
        kinds = {_text(m.kind) or "" for body in self.c.bodies.values() for m in body.meetings}
        for name, situation in self.c.situations.items():
            base = found.get(name, SituationType(_text(situation.name) or name, None, {}))
            attributes = dict(base.attributes)
            for key, block in situation.attributes.items():
                given = _text(block.given) == "yes" or (not block.choice_of and not self._commanded(key))
                attributes[key] = AttributeType(
                    kind=(block.type.value if block.type else "yes-no"),  # type: ignore[arg-type]
                    chosen_by=None if given else (_text(block.choice_of) or "body"),
                    says=_text(block.says) or key.replace("-", " "),
                    values=tuple(_value(block.values) or ()),
                )
            found[name] = SituationType(base.says, _text(situation.part_of) or base.part_of, attributes)
        found["meeting"] = _with_values(found["meeting"], "kind", kinds | {"ordinary"})
        found["item"] = _with_values(found["item"], "matter", set(self.c.matters) | {"other"})
        return found

    def _commanded(self, attribute: str) -> bool:
        """An attribute that some norm commands or forbids is somebody's choice."""
        for norm in self.c.norms:
            for value in (norm.must, norm.should, norm.must_not, norm.should_not, norm.may):
                for condition in _all(value):
                    if any(name.rpartition(".")[2] == attribute for name in names_in(condition)):
                        return True
        return False

    def _each(self, block: Block) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """(what every rule has, the block's plain values) for each variant of a block."""
        for gate, values in lower(block, self.c.readings):
            yield {"clauses": block.clauses, "mark": block.at, "gate": gate}, values

    def _rules(self) -> Iterator[r.Rule]:
        c = self.c
        for name, party in c.parties.items():
            for head, v in self._each(party):
                yield r.PartyRule(
                    **head, name=name, title=v["name"], classes=tuple(v["is_"] or ()),
                    part_of=v["part_of"], sector=v["sector"] == "yes",
                )  # fmt: skip
        for name, body in c.bodies.items():
            yield from self._body(name, body)
        for name, office in c.offices.items():
            yield from self._office(name, office)
        for name, matter in c.matters.items():
            for head, v in self._each(matter):
                yield r.MatterRule(
                    **head, name=name, title=v["name"], kind_of=v["kind_of"],
                    settle=v["settle"] == "yes", interested=tuple(v["interested"] or ()),
                )  # fmt: skip
        for name, instrument in c.instruments.items():
            for head, v in self._each(instrument):
                yield r.InstrumentRule(
                    **head, name=name, title=v["name"], every=v["every"], external=v["external"] == "yes"
                )
        yield from self._norms()
        for route in c.routes:
            for head, v in self._each(route):
                yield r.RouteRule(
                    **head, who=v["who"], verb=v["verb"], whom=v["whom"], any_of=v["any_of"],
                    matters=tuple(v["matter"] or ()), about=v["about"], about_receiver=v["about_receiver"],
                    via=v["via"], every=v["every"], within=v["within"], effect=v["effect"],
                    consent_of=tuple(v["consent_of"] or ()), force=v["force"] or "must",
                )  # fmt: skip
        for statement in c.statements:
            for head, v in self._each(statement):
                yield r.StatementRule(
                    **head,
                    says=v["says"],
                    holds=v["holds"],
                    stated=v["stated"],
                    listed=v["listed"],
                    lists=(tuple(v["list"]), tuple(v["other_list"]))
                    if v["list"] and v["other_list"]
                    else None,
                )

    def _body(self, name: str, body: drafted.Body) -> Iterator[r.Rule]:
        for head, v in self._each(body):
            yield r.BodyRule(
                **head,
                name=name,
                title=_untitled(v["name"]),
                external=v["external"] == "yes",
                family=v["family"],
            )
        for called, other in body.called.items():
            yield r.BodyNameRule(
                clauses=other.clauses, mark=other.at, gate=other.gate, body=name, called=called
            )
        for seat_name, seat in body.seats.items():
            yield from self._seat(name, seat_name, seat)
        for cap in body.caps:
            yield from self._cap(name, cap)
        for quorum in body.quorum:
            for head, v in self._each(quorum):
                yield r.QuorumRule(
                    **head, body=name, needs=v["needs"], gates=v["gates"] or "meeting",
                    measured=v["measured"], rounding=v["rounding"],
                )  # fmt: skip
        for inquorate in body.inquorate:
            for head, v in self._each(inquorate):
                yield r.InquorateRule(
                    **head, body=name, when=v["when"], wait=v["wait"], then=v["then"],
                    second_quorum=v["second_quorum"], second_notice=v["second_notice"],
                )  # fmt: skip
        for decision in body.decisions:
            for head, v in self._each(decision):
                yield r.DecisionRule(
                    **head, body=name, matters=tuple(v["matter"] or ("any",)), first=v["first"],
                    carried=v["carried_by"], how=tuple(v["how"] or ()), proxies=v["proxies"],
                    consent_of=tuple(v["consent_of"] or ()), may_opt_out=v["may_opt_out"],
                    binding_on=v["binding_on"], without=v["without"], equal_votes=v["equal_votes"],
                )  # fmt: skip
        for order, presiding in enumerate(body.presiding):
            for head, v in self._each(presiding):
                yield r.PresidingRule(
                    **head, body=name, order=order, who=v["who"], when=v["when"], chosen_by=v["chosen_by"],
                    lasts=v["lasts"], extra_vote=v["extra_vote"], powers=_yes(v["powers"]),
                    late_after=v["late_after"],
                )  # fmt: skip
        for meeting in body.meetings:
            for head, v in self._each(meeting):
                yield r.MeetingRule(
                    **head, body=name, kind=v["kind"], how_often=v["how_often"], at_least=v["at_least"],
                    called_by=v["called_by"], on_request_of=v["on_request_of"],
                    cancelled_by=v["cancelled_by"],
                )  # fmt: skip
        for interest in body.interests:
            for head, v in self._each(interest):
                yield r.InterestRule(
                    **head, body=name, kind=v["kind"], declares=v["declares"], votes=_yes(v["votes"]),
                    takes_part=_yes(v["takes_part"]), withdraws=v["withdraws"],
                    counts_to_quorum=_yes(v["counts_to_quorum"]), waived_by=v["waived_by"],
                )  # fmt: skip
        for standin in body.standins:
            for head, v in self._each(standin):
                yield r.StandInRule(
                    **head, body=name, kind=v["kind"], named_by=v["named_by"], seats=v["for_"],
                    votes=_yes(v["votes"]), counts_to_quorum=_yes(v["counts_to_quorum"]),
                    matter=v["matter"], force=v["force"] or "must", notice=v["notice"],
                )  # fmt: skip
        for membership in body.membership:
            for head, v in self._each(membership):
                yield r.MembershipRule(
                    **head, body=name, joins=v["joins"], leaves=v["leaves"], agreed_by=v["agreed_by"],
                    notice=v["notice"], told=tuple(v["told"] or ()), force=v["force"] or "must",
                )  # fmt: skip

    def _seat(self, body: str, name: str, seat: drafted.Seat) -> Iterator[r.SeatRule]:
        for head, v in self._each(seat):
            span = v["seats"]
            low, high = (span.low, span.high) if span else (1, 1)
            optional = v["optional"] == "yes" or (span is not None and span.low == 0)
            common: dict[str, Any] = {
                **head, "body": body, "role": v["role"] or "voting", "votes": int(v["votes"] or 1),
                "optional": optional, "holder": v["holder"], "ex_officio": v["ex_officio"],
                "unless_represented": v["unless_represented"] == "yes", "invited_by": v["by_invitation_of"],
                "term": v["term"],
            }  # fmt: skip
            each = v["for_each"]
            if each in self.c.classes:
                for party, classes in self.classes_of.items():
                    if each in classes:
                        gate = self._gate_of_party(head["gate"], party)
                        if gate is not None:
                            yield r.SeatRule(**{**common, "gate": gate}, name=f"{name}.{party}", party=party,
                                             classes=classes, low=low, high=high)  # fmt: skip
            elif each is not None:
                family = self.c.bodies[each].family if each in self.c.bodies else None
                bodies = family.value if family else None
                yield r.SeatRule(
                    **common, name=name, party=None, classes=(each,),
                    low=low * bodies.low if bodies else low,
                    high=high * bodies.high if bodies and bodies.high and high is not None else None,
                )  # fmt: skip
            else:
                party = v["party"]
                yield r.SeatRule(**common, name=name, party=party,
                                 classes=self.classes_of.get(party or "", ()), low=low,
                                 high=high)  # fmt: skip

    def _gate_of_party(self, gate: Gate, party: str) -> Gate | None:
        """A seat for each party of a class is there only where the party is."""
        joined: Gate | None = gate
        for name, options in self.c.parties[party].gate:
            joined = conjoin(joined, name, options) if joined is not None else None
        return joined

    def _members_of(self, name: str) -> tuple[str, ...]:
        """The parties that a name in a cap stands for: a class, a sector (its parts), or a party."""
        if name in self.c.classes:
            return tuple(p for p, classes in self.classes_of.items() if name in classes)
        party = self.c.parties.get(name)
        if party is not None and _text(party.sector) == "yes":
            parts = tuple(p for p, other in self.c.parties.items() if _text(other.part_of) == name)
            return (name, *parts)
        return (name,)

    def _cap(self, body: str, cap: drafted.Cap) -> Iterator[r.CapRule]:
        for head, v in self._each(cap):
            if v["each"] is not None and v["each"] in self.c.classes:
                for party in self._members_of(v["each"]):
                    gate = self._gate_of_party(head["gate"], party)
                    if gate is not None:
                        own = {**head, "gate": gate}
                        yield r.CapRule(**own, body=body, parties=(party,), at_most=v["at_most"])
            else:
                names = v["together"] or ((v["each"],) if v["each"] else ())
                parties = tuple(dict.fromkeys(p for n in names for p in self._members_of(n)))
                yield r.CapRule(**head, body=body, parties=parties, at_most=v["at_most"])

    def _office(self, name: str, office: drafted.Office) -> Iterator[r.OfficeRule]:
        chosen = office.chosen
        for head, v in self._each(office):
            notices = [_value(m.notice) for m in office.resigns if m.notice]
            for chosen_gate, how in lower(chosen, self.c.readings) if chosen else [(head["gate"], {})]:
                gate: Gate | None = head["gate"]
                for ambiguity, options in chosen_gate:
                    gate = conjoin(gate, ambiguity, options) if gate is not None else None
                if gate is None:
                    continue
                clauses = tuple(dict.fromkeys((*head["clauses"], *(chosen.clauses if chosen else ()))))
                yield r.OfficeRule(
                    mark=head["mark"], clauses=clauses, gate=gate, name=name, title=v["name"], of=v["of"],
                    chosen_by=how.get("by"), chosen_every=how.get("every"), rotation=how.get("over") or (),
                    follows=how.get("follows"), appointer=how.get("appointer"), term=v["term"],
                    acting=v["acting"], notice=notices[0] if notices else None,
                )  # fmt: skip

    def _norms(self) -> Iterator[r.NormRule]:
        made: dict[str, int] = {}
        named: list[tuple[drafted.Norm, tuple[str, ...]]] = []
        for norm in self.c.norms:
            stem = norm.id.value if norm.id else "+".join(norm.clauses)
            made[stem] = made.get(stem, 0) + 1
            named.append((norm, _norm_names(stem if made[stem] == 1 else f"{stem}~{made[stem]}", norm)))
        # Who overrides a norm by its id overrides it in everything that it is about.
        meant = {norm.id.value: names for norm, names in named if norm.id}
        for norm, names in named:
            for head, v in self._each(norm):
                overrides = tuple(
                    name for other in v["overrides"] or () for name in meant.get(other, (other,))
                )
                for about, name in zip(norm.about, names, strict=True):
                    force, content = _force(v)
                    yield r.NormRule(
                        **head,
                        name=name,
                        situation=about.situation, body=about.body, who=v["who"], force=force,
                        content=content, when=v["when"], unless=v["unless"], by=v["by"],
                        agreed_by=v["if_agreed_by"], waived_by=v["waived_by"], over=tuple(v["over"] or ()),
                        limit=v["limit"] == "yes", only=v["only"] == "yes", always=v["always"] == "yes",
                        overrides=overrides,
                    )  # fmt: skip


def _norm_names(stem: str, norm: drafted.Norm) -> tuple[str, ...]:
    """One name for each thing that a norm is about."""
    if len(norm.about) == 1:
        return (stem,)
    places = [about.body or about.situation for about in norm.about]
    return tuple(
        f"{stem}@{place}" if places.count(place) == 1 else f"{stem}@{about.situation}-{place}"
        for about, place in zip(norm.about, places, strict=True)
    )


def _force(values: Mapping[str, Any]) -> tuple[r.Force, Any]:
    forces: tuple[tuple[str, r.Force], ...] = (
        ("must", "must"), ("must_not", "must-not"), ("may", "may"), ("should", "should"),
        ("should_not", "should-not"),
    )  # fmt: skip
    for field, force in forces:
        if values[field] is not None:
            return force, values[field]
    raise ValueError("a norm without a force passed the loader")


def _with_values(situation: SituationType, attribute: str, values: set[str]) -> SituationType:
    attributes = dict(situation.attributes)
    old = attributes[attribute]
    merged = (*old.values, *sorted(v for v in values if v and v not in old.values))
    attributes[attribute] = AttributeType(old.kind, old.chosen_by, old.says, merged)
    return SituationType(situation.says, situation.part_of, attributes)


def _clause(ref: str, entry: drafted.ClauseEntry) -> r.Clause:
    return r.Clause(
        ref=ref,
        says=(_text(entry.says) or "").rstrip("."),
        disposition=_text(entry.is_),
        repeats=_names(entry.repeats),
        printed=_text(entry.printed),
        left_aside=entry.left_aside,
        fingerprint=_text(entry.text),
        mark=entry.at,
    )


def _untitled(title: str) -> str:
    """A title without its article: messages put their own."""
    return title.removeprefix("the ").removeprefix("The ")


def _first_day(text: str | None) -> date:
    if not text:
        return FIRST_DAY
    parts = [int(p) for p in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _text(value: Any) -> str | None:
    found = _value(value)
    return None if found is None else str(found)


def _value(value: Any) -> Any:
    return value.value if isinstance(value, drafted.Plain) else None


def _names(value: Any) -> tuple[str, ...]:
    found = _value(value)
    return () if found is None else (found,) if isinstance(found, str) else tuple(found)


def _all(value: Any) -> tuple[Any, ...]:
    if isinstance(value, drafted.Plain):
        return (value.value,)
    if isinstance(value, drafted.ByReading):
        return tuple(value.options.values())
    return ()


def _yes(value: str | None) -> bool | None:
    return None if value is None else value == "yes"
