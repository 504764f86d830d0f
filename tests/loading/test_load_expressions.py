"""Sentences of the language: the right trees, exact numbers, helpful refusals."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from loading_help import good, model, norm, one, placed

from govmodel.loading import grammar
from govmodel.loading.expressions import Fault, Start, Token, Tree, parse
from govmodel.model.constitution import Plain
from govmodel.model.expressions import (
    All,
    AnyOf,
    Attribute,
    Comparison,
    Count,
    Flag,
    Frequency,
    Is,
    Length,
    Not,
    Number,
    OnDate,
    Ordered,
    Pick,
    Share,
    Span,
    Sum,
    Threshold,
    Timed,
    Times,
)

F = Fraction
PRESENT = Count("present")

TABLE: dict[Start, list[str]] = {
    "condition": [
        "present >= 8",
        "present at least 8",
        "present >= one third of seats and present(responsible-authority) >= 3",
        "present(cooperating or participating) >= 1",
        "present >= greater of (5% of members or 3)",
        "present >= nearest to one third of members",
        "papers at least 5 working days before meeting",
        "minutes within 10 working days after meeting",
        "published in May",
        "published no later than 31 May",
        "kind is extraordinary",
        "purpose is any of (crime or drugs)",
        "party(chair) is not party(vice-chair)",
        "seats(scp) = 17",
        "not (a or b) and c",
        "x at least one quarter before meeting",
        "present >= one quarter of seats",
        "a.b is c and present plus 2 minus 1 < lesser of (1/2 of seats or 3 times for)",
    ],
    "carried": [
        "consensus",
        "majority",
        "majority of voting",
        "two thirds of voting",
        "more than half of present",
        "all of members except subject",
        "75% of voting",
        "5 of seats",
        "no dissent",
        "if for > 3 times against",
        "all but 1 of members",
        "most votes",
    ],
    "length": ["5 working days", "7 clear days", "six months", "48 hours", "one quarter"],
    "frequency": [
        *("every quarter", "4 per year", "as asked", "once", "every 2 months", "2 per 3 years"),
        *("as needed", "regularly", "at each meeting", "at the next meeting of scp"),
    ],
    "span": ["0..5", "1..", "3", "two"],
}


@pytest.fixture(scope="module")
def lark() -> Any:
    return grammar.build()


def test_the_table_is_current() -> None:
    made = "python -m govmodel.loading.grammar"
    assert grammar.TABLE.read_text(encoding="utf-8") == grammar.table(), f"run {made}"


@pytest.mark.parametrize(("start", "text"), [(s, t) for s, texts in TABLE.items() for t in texts])
def test_same_trees_as_lark(lark: Any, start: Start, text: str) -> None:
    assert _plain(parse(text, start)) == _plain(lark.parse(text, start=start))


def _plain(tree: Any) -> Any:
    if isinstance(tree, Token):
        return tree.text
    if isinstance(tree, Tree):
        return tree.kind, [_plain(item) for item in tree.items]
    if hasattr(tree, "children"):
        found: list[Any] = []
        for item in tree.children:
            inner = _plain(item)
            if not isinstance(inner, str) and inner[0].startswith("_"):
                found += inner[1]
            else:
                found.append(inner)
        return str(tree.data), found
    return str(tree)


def quorum(text: str) -> Any:
    loaded = good(f"statements:\n  - says: it\n    clause: '1'\n    holds: {text}\n")
    holds = loaded.statements[0].holds
    assert isinstance(holds, Plain)
    return holds.value


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("present >= 8", Comparison(PRESENT, ">=", Number(F(8)))),
        ("present at least eight", Comparison(PRESENT, ">=", Number(F(8)))),
        ("present at most 8", Comparison(PRESENT, "<=", Number(F(8)))),
        ("present more than 8", Comparison(PRESENT, ">", Number(F(8)))),
        ("present fewer than 8", Comparison(PRESENT, "<", Number(F(8)))),
        ("present exactly 8", Comparison(PRESENT, "=", Number(F(8)))),
        (
            "present >= one third of seats and present(responsible-authority) >= 3",
            All(
                (
                    Comparison(PRESENT, ">=", Share(F(1, 3), Count("seats"))),
                    Comparison(Count("present", ("responsible-authority",)), ">=", Number(F(3))),
                )
            ),
        ),
        (
            "present(cooperating or participating) >= 1",
            Comparison(Count("present", ("cooperating", "participating")), ">=", Number(F(1))),
        ),
        (
            "present >= greater of (5% of members or 3)",
            Comparison(PRESENT, ">=", Pick("greater", Share(F(1, 20), Count("members")), Number(F(3)))),
        ),
        (
            "present >= nearest to one third of members",
            Comparison(PRESENT, ">=", Share(F(1, 3), Count("members"), nearest=True)),
        ),
        ("present >= 12.5% of members", Comparison(PRESENT, ">=", Share(F(1, 8), Count("members")))),
        ("present >= 2/3 of members", Comparison(PRESENT, ">=", Share(F(2, 3), Count("members")))),
        ("seats(scp) = 17", Comparison(Count("seats", ("scp",)), "=", Number(F(17)))),
        (
            "parties(responsible-authority) = 6",
            Comparison(Count("parties", ("responsible-authority",)), "=", Number(F(6))),
        ),
        ("present >= members except subject", Comparison(PRESENT, ">=", Count("members", (), "subject"))),
        (
            "present >= 2 plus 3 minus 1",
            Comparison(PRESENT, ">=", Sum((Number(F(2)), Number(F(3))), (Number(F(1)),))),
        ),
        ("taking part >= 3", Comparison(Count("taking-part"), ">=", Number(F(3)))),
        ("requesters >= 4", Comparison(Attribute("meeting.requesters"), ">=", Number(F(4)))),
        ("for > 3 times against", Comparison(Count("for"), ">", Times(F(3), Count("against")))),
        ("kind is extraordinary", Is("meeting.kind", ("extraordinary",))),
        ("kind is not extraordinary", Not(Is("meeting.kind", ("extraordinary",)))),
        ("matter is any of (funding or dispute)", Is("item.matter", ("funding", "dispute"))),
        ("item is urgent", Flag("item.urgent")),
        ("urgent or not exempt", AnyOf((Flag("item.urgent"), Not(Flag("meeting.exempt"))))),
        ("meeting.exempt", Flag("meeting.exempt")),
    ],
)
def test_conditions(text: str, tree: Any) -> None:
    assert quorum(text) == tree


@pytest.mark.parametrize(
    ("text", "about", "tree"),
    [
        (
            "papers at least 5 working days before meeting",
            "meeting of scp",
            Timed("meeting.papers", ">=", Length(5, "day", "working"), "before", "meeting"),
        ),
        (
            "papers at least 5 working days before meeting",
            "item of scp",
            Timed("item.papers", ">=", Length(5, "day", "working"), "before", "meeting"),
        ),
        (
            "papers no later than 5 clear days before meeting",
            "meeting of scp",
            Timed("meeting.papers", ">=", Length(5, "day", "clear"), "before", "meeting"),
        ),
        (
            "minutes within 10 working days after meeting",
            "meeting of scp",
            Timed("meeting.minutes", "<=", Length(10, "day", "working"), "after", "meeting"),
        ),
        ("notice before papers", "meeting of scp", Ordered("meeting.notice", "before", "meeting.papers")),
        ("papers in May", "meeting of scp", OnDate("meeting.papers", "in", 5)),
        ("papers no later than 31 May", "meeting of scp", OnDate("meeting.papers", "by", 5, 31)),
        ("papers no later than 2010-05-31", "meeting of scp", OnDate("meeting.papers", "by", 5, 31, 2010)),
        ("shared", "disclosure", Flag("disclosure.shared")),
        ("purpose is any of (crime or drugs)", "disclosure", Is("disclosure.purpose", ("crime", "drugs"))),
        (
            "length <= 5 minutes",
            "disclosure",
            Comparison(Attribute("disclosure.length"), "<=", Length(5, "minute")),
        ),
        (
            "declared or member is absent",
            "attendance of scp",
            AnyOf((Flag("attendance.declared"), Flag("attendance.absent"))),
        ),
    ],
)
def test_norms(text: str, about: str, tree: Any) -> None:
    (loaded,) = good(norm(f"must: {text}", about)).norms
    assert isinstance(loaded.must, Plain)
    assert loaded.must.value == tree


@pytest.mark.parametrize(
    ("text", "threshold"),
    [
        ("consensus", Threshold("consensus")),
        ("no dissent", Threshold("consensus")),
        ("majority", Threshold("share", F(1, 2), True)),
        ("majority of voting", Threshold("share", F(1, 2), True, base="voting")),
        ("two thirds of voting", Threshold("share", F(2, 3), base="voting")),
        ("more than half of present", Threshold("share", F(1, 2), True, base="present")),
        ("75% of voting", Threshold("share", F(3, 4), base="voting")),
        ("all of members except subject", Threshold("all", base="members", without="subject")),
        ("all but 1 of members", Threshold("all", number=1, base="members")),
        ("5 of seats", Threshold("count", number=5, base="seats")),
        ("most votes", Threshold("plurality")),
        (
            "if for > 3 times against",
            Threshold("formula", formula=Comparison(Count("for"), ">", Times(F(3), Count("against")))),
        ),
    ],
)
def test_thresholds(text: str, threshold: Threshold) -> None:
    body = (
        f"bodies:\n  b:\n    name: b\n    clause: '1'\n    decisions: [{{matter: any, carried_by: {text}}}]\n"
    )
    from govmodel.loading import load_text

    head = 'govmodel: "1"\ndocument: {title: t}\n'
    loaded = load_text(head + body + 'clauses: {"1": one}\n')
    carried = loaded.bodies["b"].decisions[0].carried_by
    assert isinstance(carried, Plain)
    assert carried.value == threshold


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("every", "every quarter", Frequency(1, "quarter")),
        ("every", "4 per year", Frequency(4, "year")),
        ("every", "every 2 months", Frequency(1, "month", 2)),
        ("every", "as asked", Frequency(0, None)),
        ("every", "once", Frequency(1, None)),
        ("every", "as needed", Frequency(0, None, words="as-needed")),
        ("every", "regularly", Frequency(0, None, words="regularly")),
        ("every", "at each meeting of scp", Frequency(0, None, at="each-meeting", of="scp")),
        ("every", "at the next meeting of scp", Frequency(0, None, at="next-meeting", of="scp")),
        ("within", "six months", Length(6, "month")),
        ("within", "48 hours", Length(48, "hour")),
        ("within", "7 clear working days", Length(7, "day", "clear-working")),
    ],
)
def test_frequencies_and_lengths(key: str, text: str, value: Any) -> None:
    (route,) = good(f"routes:\n  - {{who: scp, informs: public, {key}: {text}, clause: '1'}}\n").routes
    assert getattr(route, key).value == value


@pytest.mark.parametrize(("text", "value"), [("0..5", Span(0, 5)), ("1..", Span(1, None)), ("3", Span(3, 3))])
def test_spans(text: str, value: Span) -> None:
    loaded = good().bodies
    assert loaded
    head = 'govmodel: "1"\ndocument: {title: t}\nbodies:\n  b:\n    name: b\n    clause: "1"\n'
    from govmodel.loading import load_text

    seat = (
        load_text(head + f'    seats: {{s: {{seats: "{text}"}}}}\nclauses: {{"1": one}}\n')
        .bodies["b"]
        .seats["s"]
    )
    assert isinstance(seat.seats, Plain)
    assert seat.seats.value == value


def test_presiding_and_composition() -> None:
    text = model().replace(
        "    meetings: [{kind: extraordinary}]\n",
        "    presiding:\n"
        "      - {who: deputy-chair, when: chair is late or deputy-chair is not conflicted}\n"
        "    rules: [{rule: party(chair) is not party(scp-chair)}]\n",
    )
    text = text.replace(
        "Chairman, of: scp,",
        "Chairman, of: scp, must_be: {rule: holder is cooperating or party is council},",
    )
    from govmodel.loading import load_text

    loaded = load_text(text)
    when = loaded.bodies["scp"].presiding[0].when
    assert isinstance(when, Plain)
    assert when.value == AnyOf((Flag("chair.late"), Not(Flag("deputy-chair.conflicted"))))
    rule = loaded.bodies["scp"].rules[0].rule
    assert isinstance(rule, Plain)
    assert rule.value == Not(Is("party(chair)", ("party(scp-chair)",)))
    must_be = loaded.offices["scp-chair"].must_be[0].rule
    assert isinstance(must_be, Plain)
    assert must_be.value == AnyOf((Is("holder", ("cooperating",)), Is("party", ("council",))))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "paper at least 5 days before meeting",
            'a meeting has no attribute "paper"; did you mean "papers" (when the '
            "papers go out)? / To add one, declare it under situations: meeting.",
        ),
        ("papers at least 5 days before metting", 'has no attribute "metting"'),
        (
            "papers 5 working days before meeting",
            'after "papers" expected at least, at most, within, before, after, is or '
            'in; found "5" / Did you mean "papers at least 5 working days before meeting"?',
        ),
        ("kind is extrordinary", 'did you mean "extraordinary"?'),
        ("kind", "has several values"),
        ("papers", "is a time; when is it to be?"),
        ("requesters", "is a number; how large"),
        ("held is yes", "Write held, or not held."),
        ("member is absent", "Speak of an attendance"),
        ("papers at least 5 working weeks before meeting", "only days can be working"),
        ("papers no later than 31 June", "there is no 31 June"),
        ("papers no later than 2011-02-29", "there is no 2011-02-29"),
        ("papers in 31 May", "a month is expected after in"),
        ("papers >= 5 days", "before or after what?"),
        ("papers >= 5", "cannot be compared with a number"),
        ("present >= 110% of members", "is more than the whole"),
        ("present >= four thirds of members", "is more than the whole"),
        ("present >= 1/0 of members", "is no share"),
        ("present >= 0% of members", "a share of nothing"),
        ("present >= 50%", "a share of what?"),
        ("present >= 99999999999999999999", "too large"),
        ("present >= 5 days", "a number is compared with a length of time"),
        ("present(polic) >= 1", 'did you mean the party "police" (line 19)?'),
        ("present >= 8, 9", "There are no commas"),
        ("present => 8", 'Write ">="'),
        ("present >= 8 and", "found the end"),
        ("held and and held", 'found "and"'),
        ("(held", "expected )"),
        ("Held", 'Did you mean "held"?'),
        ("8", 'Write "present >= 8"'),
        ("chair is absent", "only a rule on presiding"),
        ("itm.late", 'no "itm" belongs to a meeting'),
        ("(" * 40 + "held" + ")" * 40, "more than 30 deep"),
        ("held and " * 500 + "held", "longer than 2,000"),
    ],
)
def test_refusals(text: str, message: str) -> None:
    assert message in one(norm(f"must: {text!r}"))


def test_two_slips_in_one_sentence_are_both_told() -> None:
    assert len(placed(model(norm("must: helt and quorat")))) == 2


def test_places_in_plain_quoted_and_folded_text() -> None:
    places = [
        placed(model(norm(must)))[0].split(": ")[0]
        for must in ("must: held and helt", 'must: "held and helt"', "must: >\n  held and\n  helt")
    ]
    first = model(norm("must: held")).split("\n").index("    must: held") + 1
    assert places == [f"{first}:20", f"{first}:21", f"{first + 2}:7"]


def test_a_fault_is_raised_anew_every_time() -> None:
    for _ in range(2):
        with pytest.raises(Fault):
            parse("present >=", "condition")


@pytest.mark.parametrize(
    ("start", "text", "help"),
    [
        ("condition", "all of the members", 'Did you mean "present >= members"?'),
        ("condition", "at least three members", 'Did you mean "present at least three"?'),
        ("condition", "present >= a third of the members", 'Did you mean "present >= one third of members"?'),
        ("condition", "two-thirds of members", 'Did you mean "present >= two thirds of members"?'),
        ("condition", "a majority of members", 'Did you mean "present > half of members"?'),
        ("carried", "two-thirds of the members", 'Did you mean "two thirds of members"?'),
        ("carried", "by a simple majority", 'Did you mean "majority"?'),
        ("carried", "majority of the votes cast", 'Did you mean "majority of voting"?'),
        ("carried", "unanimity", "Say of whom: all of voting, all of present or all of members."),
        ("carried", "half plus one", ""),
    ],
)
def test_the_words_of_documents_are_answered_with_those_of_the_language(
    start: Start, text: str, help: str
) -> None:
    """And nothing is added that the document does not say: of whom a majority is, for one."""
    with pytest.raises(Fault) as caught:
        parse(text, start)
    assert caught.value.help == help


def test_a_word_that_is_missing_is_named() -> None:
    with pytest.raises(Fault, match="expected members, present, seats or voting"):
        parse("two thirds of everyone", "carried")
