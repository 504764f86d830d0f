"""Small rules by hand and by chance, for the tests of graph/."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from govmodel.errors import Mark
from govmodel.model.expressions import Comparison, Count, Number, Span, Threshold
from govmodel.model.rules import (
    BodyRules,
    CapRule,
    DecisionRule,
    MatterRule,
    MeetingRule,
    NormRule,
    OfficeRule,
    PartyRule,
    PresidingRule,
    QuorumRule,
    RouteRule,
    Rules,
    SeatRule,
)

MARK = Mark("m.yaml", 1, 1)


def head(*clauses: str) -> dict[str, Any]:
    return {"clauses": clauses or ("1",), "mark": MARK}


def party(name: str, title: str = "", classes: tuple[str, ...] = ()) -> PartyRule:
    return PartyRule(
        **head("4.1"), name=name, title=title or name.upper(), classes=classes, part_of=None, sector=False
    )


def seat(body: str, name: str, low: int = 1, high: int | None = 1, **more: Any) -> SeatRule:
    known: dict[str, Any] = {"party": None, "classes": (), "role": "voting", "votes": 1, "optional": False}
    return SeatRule(**head("4.1"), body=body, name=name, low=low, high=high, **{**known, **more})


def cap(body: str, parties: tuple[str, ...], at_most: int) -> CapRule:
    return CapRule(**head("4.2"), body=body, parties=parties, at_most=at_most)


def decision(body: str, *matters: str) -> DecisionRule:
    return DecisionRule(
        **head("4.3"),
        body=body,
        matters=matters or ("any",),
        first=None,
        carried=Threshold("consensus"),
        how=(),
        proxies=None,
        consent_of=(),
        may_opt_out=None,
        binding_on=None,
        without=None,
        equal_votes=None,
    )


def quorum(body: str, number: int) -> QuorumRule:
    from fractions import Fraction

    return QuorumRule(
        **head("4.5"),
        body=body,
        needs=Comparison(Count("present"), ">=", Number(Fraction(number))),
        gates="meeting",
        measured=None,
        rounding=None,
    )


def presiding(body: str, order: int, who: str, **more: Any) -> PresidingRule:
    known: dict[str, Any] = {
        "when": None,
        "chosen_by": None,
        "lasts": None,
        "extra_vote": None,
        "powers": None,
        "late_after": None,
    }
    return PresidingRule(**head("5.5"), body=body, order=order, who=who, **{**known, **more})


def meeting(body: str, called_by: str | None) -> MeetingRule:
    return MeetingRule(
        **head("6.6"),
        body=body,
        kind="extraordinary",
        how_often=None,
        at_least=None,
        called_by=called_by,
        on_request_of=None,
        cancelled_by=None,
    )


def body(
    name: str, title: str = "", external: bool = False, family: Span | None = None, **more: Any
) -> BodyRules:
    return BodyRules(
        name=name, title=title or f"The {name}", external=external, family=family, clauses=("1.1",), **more
    )


def office(name: str, of: str | None, title: str = "", **more: Any) -> OfficeRule:
    known: dict[str, Any] = {
        "chosen_by": None,
        "chosen_every": None,
        "rotation": (),
        "follows": None,
        "appointer": None,
        "term": None,
        "acting": None,
    }
    return OfficeRule(**head("5.1"), name=name, title=title or name.capitalize(), of=of, **{**known, **more})


def matter(name: str, settle: bool = False, kind_of: str | None = None) -> MatterRule:
    return MatterRule(**head(), name=name, title=name, kind_of=kind_of, settle=settle, interested=())


def norm(name: str, **more: Any) -> NormRule:
    known: dict[str, Any] = {
        "situation": "meeting",
        "body": None,
        "who": None,
        "force": "may",
        "content": Comparison(Count("present"), ">=", Number(1)),  # type: ignore[arg-type]
        "when": None,
        "unless": None,
        "by": None,
        "agreed_by": None,
        "waived_by": None,
        "over": (),
        "limit": False,
        "only": False,
        "always": False,
        "overrides": (),
    }
    return NormRule(**head(name), name=name, **{**known, **more})


def route(
    who: str | tuple[str, ...], verb: str, whom: str | tuple[str, ...], *clauses: str, **more: Any
) -> RouteRule:
    known: dict[str, Any] = {
        "any_of": False,
        "matters": (),
        "about": None,
        "about_receiver": None,
        "via": None,
        "every": None,
        "within": None,
        "effect": None,
        "consent_of": (),
        "force": "must",
    }
    return RouteRule(
        **head(*(clauses or ("7.1",))),
        who=(who,) if isinstance(who, str) else who,
        verb=verb,
        whom=(whom,) if isinstance(whom, str) else whom,
        **{**known, **more},
    )


def rules(*things: Any) -> Rules:
    """Rules of these parties, bodies, offices, matters, norms and routes, each in the order given."""

    def of(kind: type) -> list[Any]:
        return [thing for thing in things if isinstance(thing, kind)]

    return Rules(
        id="m",
        reading={},
        first_day=date(2010, 5, 1),
        nation="ENG",
        parties={p.name: p for p in of(PartyRule)},
        bodies={b.name: b for b in of(BodyRules)},
        offices={o.name: o for o in of(OfficeRule)},
        matters={m.name: m for m in of(MatterRule)},
        instruments={},
        norms=tuple(of(NormRule)),
        routes=tuple(of(RouteRule)),
        statements=(),
    )


HOSTILE = (
    "<script>alert(1)</script>",
    'quotes " and \' and ` and \\N \\" end',
    "new\nline\r\ttab\x00\x07\x1b",
    "]]> --> <!-- & &amp; #quot; %%{init}%%",
    "W" * 400,
    "x" + "‮" + "right to left \ud800",
    "健康福祉委員会" * 12,
    "end",
    "",
)


def board(title: str = "The Board", office_title: str = "Chair") -> Rules:
    """One board with everything that a picture shows."""
    return rules(
        party("p"),
        body(
            "b",
            title,
            seats=(seat("b", "s", 15, 15), seat("b", "more", 0, 3, optional=True)),
            quorum=(quorum("b", 8),),
            presiding=(presiding("b", 0, "c", extra_vote="casting"),),
            decisions=(decision("b"),),
        ),
        body("x", "An outside body", external=True),
        body("f", "Groups", family=Span(1, None)),
        body("alone", "A body without routes", external=True),
        office("c", "b", office_title),
        matter("dispute", settle=True),
        matter("policy"),
        route("complainant", "escalates_to", "c", "11.1", matters=("dispute",), about="b"),
        route("b", "escalates_to", "x", "17.1", matters=("dispute",), effect="final", force="should"),
        route("c", "acts_as", "b", "5.3"),
        route("b", "decides", "policy", "3.1"),
        route("b", "scrutinises", "b", "3.2"),
        route("b", "creates", "f", "8.1", force="may"),
        route("f", "reports_to", "b", "8.2", matters=("policy",)),
        route("f.chair", "reports_to", "b", "8.3"),
        route("f", "escalates_to", "nobody", "14.1"),
        route("p", "advises", "b", "9.1"),
        route("member", "reports_to", "its-party", "3.3"),
        route("b", "consults", "public", "1.5", force="may"),
    )


# ------------------------------------------------------------------ by chance

NAMES = ("a", "b", "x", "y", "oa", "ob", "complainant")
MATTERS = ("m", "n", "k")
VERBS = ("escalates_to", "escalates_to", "escalates_to", "determines", "decides", "reports_to", "creates")


@st.composite
def networks(draw: st.DrawFn) -> Rules:
    """Two bodies of the text's own, two others, two offices, three matters, up to eight routes."""
    things: list[Any] = [
        body(
            "a",
            seats=(seat("a", "s"),) if draw(st.booleans()) else (),
            decisions=(decision("a", draw(st.sampled_from(("m", "k", "any")))),)
            if draw(st.booleans())
            else (),
        ),
        body("b"),
        body("x", external=True),
        body("y", external=True),
        office("oa", "a"),
        office("ob", "x"),
        matter("m", settle=True),
        matter("n"),
        matter("k", kind_of=draw(st.sampled_from((None, "m", "n")))),
    ]
    for number in range(draw(st.integers(0, 8))):
        verb = draw(st.sampled_from(VERBS))
        named = draw(st.lists(st.sampled_from(MATTERS), max_size=2, unique=True))
        if verb in ("determines", "decides"):
            whom: tuple[str, ...] = (draw(st.sampled_from(MATTERS)),)
            named = []
        else:
            whom = tuple(
                draw(st.lists(st.sampled_from((*NAMES, "nobody")), min_size=1, max_size=2, unique=True))
            )
        things.append(
            route(
                draw(st.sampled_from(NAMES)),
                verb,
                whom,
                f"r{number}",
                matters=tuple(named),
                any_of=len(whom) > 1 and draw(st.booleans()),
                effect=draw(st.sampled_from((None, None, None, "hears", "resolves", "final")))
                if verb == "escalates_to"
                else None,
                about=draw(st.sampled_from((None, None, "a", "x", "oa"))) if verb == "escalates_to" else None,
                about_receiver=draw(st.sampled_from((None, None, "y", "oa")))
                if verb == "escalates_to"
                else None,
            )
        )
    return rules(*things)
