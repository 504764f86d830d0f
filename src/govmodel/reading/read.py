"""Constitution → Rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from govmodel.model import constitution as drafted
from govmodel.model import rules as r
from govmodel.model.constitution import Block, Constitution, Gate
from govmodel.model.vocabulary import BUILT_IN_READINGS
from govmodel.reading.equal_votes import with_equal_votes
from govmodel.reading.joining import joined
from govmodel.reading.landscape import wholes
from govmodel.reading.lower import conjoin, each, names_of, setter, text, untitled, value_of, yes
from govmodel.reading.provisions import composition, provisions
from govmodel.reading.situations import situations

FIRST_DAY = date(2025, 1, 1)
"""Start days of a document without a date run from here (a fixed day, never today)."""


def read(constitution: Constitution) -> r.Rulebook:
    """The rules that a constitution states, each guarded by the options under which it stands; of a
    landscape, those of all its texts."""
    if not constitution.members:
        return _Reader(constitution).rulebook()
    return joined(constitution, [(gate, _Reader(whole).rulebook()) for gate, whole in wholes(constitution)])


class _Reader:
    def __init__(self, constitution: Constitution) -> None:
        self.c = constitution
        self.classes_of = {
            name: tuple(value_of(party.is_) or ()) for name, party in constitution.parties.items()
        }

    def rulebook(self) -> r.Rulebook:
        c = self.c
        document = c.document
        return r.Rulebook(
            id=c.id,
            path=c.path,
            title=text(c.landscape) or text(document.title if document else None) or c.id,
            first_day=_first_day(text(document.date if document else None)),
            nation=text(document.nation if document else None) or "ENG",
            ambiguities=self._ambiguities(),
            rules=tuple(self._rules()),
            situations=situations(c),
            clauses={ref: _clause(ref, entry) for ref, entry in c.clauses_index.items()},
            classes={name: text(cls.name) or name for name, cls in c.classes.items()},
            also_cited=self._also_cited(),
            assumed=self._assumed(),
            notes=c.notes,
        )

    def _assumed(self) -> tuple[str, ...]:
        """What the document leaves out and every story needs: said in each report, not passed over."""
        document = self.c.document
        said = []
        if not text(document.date if document else None):
            said.append("the document has no date")
        elif text(document.dated if document else None) == "inferred":
            said.append("the document bears no date, and this one is inferred")
        if not text(document.nation if document else None):
            said.append("no nation is stated")
        return tuple(said)

    def _also_cited(self) -> tuple[str, ...]:
        """Clauses of blocks that say something but become no rule."""
        blocks: list[Block] = [*self.c.classes.values(), *self.c.same, *self.c.succeeds]
        return tuple(dict.fromkeys(ref for block in blocks for ref in block.clauses))

    def _ambiguities(self) -> dict[str, r.AmbiguityRule]:
        silent = {name.replace("_", "-"): v.value for name, v in self.c.where_silent.items()}
        found = {
            name: r.AmbiguityRule(
                name=name,
                question=text(a.question) or name,
                options=tuple((option, words.value) for option, words in a.options.items()),
                base=text(a.base) or next(iter(a.options)),
                because=text(a.because) or "",
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

    def _each(self, block: Block) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        return each(block, self.c.readings)

    def _rules(self) -> Iterator[r.Rule]:
        c = self.c
        for name, party in c.parties.items():
            for head, v in self._each(party):
                yield r.PartyRule(
                    **head, name=name, title=v["name"], classes=tuple(v["is_"] or ()),
                    part_of=v["part_of"], sector=v["sector"] == "yes", successor=v["successor"],
                )  # fmt: skip
        for name, cls in c.classes.items():
            for called, other in cls.called.items():
                yield r.ClassNameRule(
                    clauses=other.clauses, mark=other.at, gate=other.gate, cls=name, called=called
                )
        for name, body in c.bodies.items():
            yield from self._body(name, body)
        yield from provisions(c)

    def _body(self, name: str, body: drafted.Body) -> Iterator[r.Rule]:
        for head, v in self._each(body):
            yield r.BodyRule(
                **head,
                name=name,
                title=untitled(v["name"]),
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
        yield from composition(body.rules, self.c.readings, name, None)
        for quorum in body.quorum:
            for head, v in self._each(quorum):
                yield r.QuorumRule(
                    **head, body=name, needs=v["needs"], set_by=setter(quorum.needs),
                    counts=tuple(v["counts"] or ("voting",)), gates=v["gates"] or "meeting",
                    measured=v["measured"], rounding=v["rounding"],
                )  # fmt: skip
        for inquorate in body.inquorate:
            for head, v in self._each(inquorate):
                yield r.InquorateRule(
                    **head, body=name, when=v["when"], wait=v["wait"], then=v["then"], resumes=v["resumes"],
                    second_quorum=v["second_quorum"], second_notice=v["second_notice"],
                )  # fmt: skip
        yield from with_equal_votes([*self._decisions(name, body)], self.c.readings)
        for order, presiding in enumerate(body.presiding):
            for head, v in self._each(presiding):
                yield r.PresidingRule(
                    **head, body=name, order=order, who=v["who"], when=v["when"], chosen_by=v["chosen_by"],
                    lasts=v["lasts"], extra_vote=v["extra_vote"], powers=yes(v["powers"]),
                    late_after=v["late_after"], even_if=v["even_if"] if v["even_if"] != "none" else None,
                )  # fmt: skip
        for meeting in body.meetings:
            for head, v in self._each(meeting):
                yield r.MeetingRule(
                    **head, body=name, kind=v["kind"], how_often=v["how_often"], at_least=v["at_least"],
                    ahead_of=v["ahead_of"], called_by=v["called_by"], on_request_of=v["on_request_of"],
                    requesters=v["requesters"] or 1, then=v["then"], cancelled_by=v["cancelled_by"],
                    consults=v["consults"],
                )  # fmt: skip
        for interest in body.interests:
            for head, v in self._each(interest):
                yield r.InterestRule(
                    **head, body=name, kind=v["kind"], declares=v["declares"], votes=yes(v["votes"]),
                    takes_part=yes(v["takes_part"]), withdraws=v["withdraws"],
                    counts_to_quorum=yes(v["counts_to_quorum"]), waived_by=v["waived_by"],
                )  # fmt: skip
        for standin in body.standins:
            for head, v in self._each(standin):
                yield r.StandInRule(
                    **head, body=name, kind=v["kind"], named_by=v["named_by"], seats=v["for_"],
                    who=tuple(v["who"] or ()), votes=yes(v["votes"]),
                    counts_to_quorum=yes(v["counts_to_quorum"]), matter=v["matter"],
                    force=v["force"] or "must", notice=v["notice"],
                )  # fmt: skip
        for membership in body.membership:
            for head, v in self._each(membership):
                yield r.MembershipRule(
                    **head, body=name, joins=tuple(v["joins"] or ()), leaves=tuple(v["leaves"] or ()),
                    agreed_by=v["agreed_by"], consent_of=tuple(v["consent_of"] or ()),
                    notice=v["notice"], told=tuple(v["told"] or ()), force=v["force"] or "must",
                )  # fmt: skip

    def _decisions(self, name: str, body: drafted.Body) -> Iterator[r.DecisionRule]:
        for decision in body.decisions:
            for head, v in self._each(decision):
                yield r.DecisionRule(
                    **head, body=name, matters=tuple(v["matter"] or ("any",)), first=v["first"],
                    carried=v["carried_by"], how=tuple(v["how"] or ()), proxies=v["proxies"],
                    consent_of=tuple(v["consent_of"] or ()), may_opt_out=v["may_opt_out"],
                    binding_on=v["binding_on"], without=v["without"], equal_votes=v["equal_votes"],
                    put_by=v["put_by"], silence=v["silence"], within=v["within"],
                    touching=tuple(v["touching"] or ()), round=v["round"] or 1, when=v["when"],
                )  # fmt: skip

    def _seat(self, body: str, name: str, seat: drafted.Seat) -> Iterator[r.SeatRule]:
        for head, v in self._each(seat):
            span = v["seats"]
            low, high = (span.low, span.high) if span else (1, 1)
            optional = v["optional"] == "yes" or (span is not None and span.low == 0)
            common: dict[str, Any] = {
                **head, "body": body, "role": v["role"] or "voting", "votes": int(v["votes"] or 1),
                "optional": optional, "holder": v["holder"], "holder_is": tuple(v["is_"] or ()),
                "ex_officio": v["ex_officio"], "unless_represented": v["unless_represented"] == "yes",
                "nominated_by": v["nominated_by"], "chosen_by": v["chosen_by"],
                "invited_by": v["by_invitation_of"], "agreed_by": v["agreed_by"], "term": v["term"],
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
        if party is not None and text(party.sector) == "yes":
            parts = tuple(p for p, other in self.c.parties.items() if text(other.part_of) == name)
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


def _clause(ref: str, entry: drafted.ClauseEntry) -> r.Clause:
    return r.Clause(
        ref=ref,
        says=(text(entry.says) or "").rstrip("."),
        disposition=text(entry.is_),
        repeats=names_of(entry.repeats),
        printed=text(entry.printed),
        left_aside=entry.left_aside,
        fingerprint=text(entry.text),
        mark=entry.at,
    )


def _first_day(text: str | None) -> date:
    if not text:
        return FIRST_DAY
    parts = [int(p) for p in text.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
