"""What is wrong in a model, in the words that its author reads."""

from __future__ import annotations

import pytest
from loading_help import CLAUSES, HEAD, bad, good, model, norm, one, placed, problems

from govmodel.loading import load_text
from govmodel.model.constitution import ByReading, Plain, SetBy
from govmodel.model.expressions import Length

PAPERS = "must: papers at least 5 working days before meeting"


# the fifteen likeliest errors


def test_1_comma_in_a_sentence() -> None:
    index = 'clauses:\n  "1": {says: one, broadly}\n'
    assert (
        one(clauses=index)
        == 'comma: "broadly" was read as a key, because inside {…} a comma ends the value / '
        "Put the sentence in double quotes."
    )


@pytest.mark.parametrize("line", ['  "1": it says: no', '  "1": {says: it says: no}'])
def test_2_colon_in_a_sentence(line: str) -> None:
    (found,) = placed(model(clauses="clauses:\n" + line + "\n"))
    assert found.endswith('this sentence contains ": ", which YAML takes for a new key')
    column = line.index("it says") + 1
    assert f":{column}:" in found


def test_3_clause_mistyped() -> None:
    assert (
        one(norm(PAPERS).replace("'1'", '"4.14"'))
        == 'unknown-clause: clause "4.14" is not in the clause index; did you mean "4.4"? / '
        "The index has 4.1, 4.2, 4.4."
    )


def test_4_clause_unquoted() -> None:
    index = CLAUSES + "  6.10: x\n  6.2: y\n"
    loaded = good(norm(PAPERS).replace("'1'", "6.10"), clauses=index)
    (note,) = loaded.notes
    assert (note.code, note.level) == ("unquoted-number", "note")
    assert note.message == 'write clause "6.10" in quotes'
    assert (
        note.help
        == "govmodel reads it right, but other programs turn 6.10 into 6.1. 2 more such in this file."
    )
    assert loaded.norms[0].clauses == ("6.10",)


def test_5_name_mistyped() -> None:
    text = "routes:\n  - {who: scp, scrutinises: road-saftey, clause: '1'}\n"
    line = HEAD.split("\n").index('  road-safety: {name: Road Safety Group, external: yes, clause: "1"}') + 1
    assert (
        one(text) == 'unknown-name: scrutinises: nothing is called "road-saftey"; '
        f'did you mean the body "road-safety" (line {line})?'
    )


def test_6_attribute_mistyped() -> None:
    assert (
        one(norm("must: paper before meeting"))
        == 'unknown-attribute: a meeting has no attribute "paper"; did you mean "papers" '
        "(when the papers go out)? / To add one, declare it under situations: meeting."
    )


def test_7_uncited_clauses_are_no_business_of_the_loader() -> None:
    assert good().notes == ()


def test_8_set_aside_and_cited() -> None:
    index = 'clauses:\n  "1": one\n  "2": {says: two, is: aspiration}\n'
    text = model("routes:\n  - {who: scp, informs: public, clause: '2'}\n", clauses=index)
    line = text.split("\n").index("  - {who: scp, informs: public, clause: '2'}") + 1
    (found,) = placed(text)
    assert found.endswith(f"clause 2 is called an aspiration, but the route at line {line} rests on it")


def test_8_not_for_readings() -> None:
    assert problems(model(clauses='clauses: {"1": one}\n').replace('{"1": one}', '{"1": one}')) == []


def test_9_value_without_clause() -> None:
    found = one("norms:\n  - about: meeting of scp\n    must: held\n    when: exempt\n")
    assert found.startswith(
        "no-clause: which clause says this? Neither this norm nor anything around it has a clause"
    )


def test_9_once_for_a_block() -> None:
    found = bad(
        "instruments:\n  plan: {name: p, every: every year, steps: [{agreed_by: scp}, {sent_to: scp}]}\n"
    )
    assert len(found) == 1


def test_10_option_missing() -> None:
    rest = norm(
        "if_agreed_by: scp-chair\nmay: held\nlimit: {by_reading: vote-base, of-voting: yes, of-present: no}"
    )
    assert one(rest).startswith(
        'option-missing: vote-base has three options; what holds here under "of-members"?'
    )


def test_11_option_misspelt() -> None:
    rest = norm("must: {by_reading: minutes-clock, meetng: held, approval: held}")
    assert one(rest).startswith(
        'unknown-option: the reading minutes-clock has no option "meetng"; its options are meeting, approval'
    )


def test_11_reading_misspelt() -> None:
    rest = norm("must: {by_reading: minute-clock, meeting: held, approval: held}")
    assert 'no reading is called "minute-clock"; did you mean "minutes-clock" (line 4)?' in one(rest)


def test_12_two_forces() -> None:
    assert (
        one(norm("must: held\nmay: held"))
        == "two-forces: this norm says both must and may / Two rules need two blocks, each with its clause."
    )


def test_12_two_verbs() -> None:
    text = "routes:\n  - {who: scp, informs: public, advises: public, clause: '1'}\n"
    assert one(text).startswith("two-verbs: this route says both informs and advises")


def test_13_expression() -> None:
    assert 'Did you mean "papers at least 5 working days before meeting"?' in one(
        norm("must: papers 5 working days before meeting")
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "five times a year",
            '"five times a year" is not a known frequency; write "5 per year" or "every quarter"',
        ),
        ("quarterly", 'write "every quarter"'),
        ("bi-annually", "bears two meanings"),
        ("twice a month", 'write "2 per month"'),
        ("now and then", "is not a known frequency"),
        ("0 per year", "nothing happens 0 times"),
        ("every hour", "counts days or longer"),
    ],
)
def test_14_frequency_in_words(text: str, message: str) -> None:
    assert message in one(f"routes:\n  - {{who: scp, informs: public, every: {text}, clause: '1'}}\n")


def test_15_clause_twice() -> None:
    text = model(clauses=CLAUSES + '  "4.2": again\n')
    first = text.split("\n").index('  "4.2": b') + 1
    assert problems(text) == [
        'clause-twice: clause "4.2" stands here for the second time; the first is '
        f"at line {first} / If the document prints it twice, call them 4.2a and 4.2b."
    ]


def test_15_key_twice() -> None:
    assert "key-twice" in one(norm(PAPERS + "\nwho: scp\nwho: scp"))
    assert "key-twice" in one(norm("must_not: held\nmust-not: held"))


# what else is refused

BODY = '{name: b, clause: "1", '


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("offices: {}\nmatters: {}\n", "the heading"),
        ("normes: []\n", 'a model has no key "normes"; did you mean "norms"?'),
        (norm(PAPERS + "\nterms: 3 years"), 'a norm has no key "terms"'),
        (norm(PAPERS + "\nwho: [scp, scp-chair]"), "a list was found where one name is expected"),
        (norm(PAPERS + "\nwho: {a: b}"), "a block of keys was found where one name is expected"),
        (norm(PAPERS + "\nwho:"), "nothing stands after who"),
        (norm(PAPERS + "\nwho: funding"), 'is expected here, and "funding" is a matter'),
        (norm(PAPERS + "\noverrides: nothing-here"), 'overrides: nothing is called "nothing-here"'),
        (
            norm(PAPERS + "\notherwise: papres").replace(
                "norms:", "norms:\n  - {id: papers, about: meeting, must: held, clause: '1'}"
            ),
            'did you mean the norm "papers"',
        ),
        (norm("when: held"), "this norm neither commands, forbids nor allows anything"),
        (
            norm("must: held", "meting of scp"),
            'no situation is called "meting"; did you mean "meeting" (a meeting)?',
        ),
        (norm("must: held", "meeting of spc"), 'no body is called "spc"; did you mean "scp" (line '),
        (norm("must: held", "a meeting of scp"), "is no situation"),
        (norm("must: held", "[meeting of scp, disclosure]"), "has no attribute"),
        (
            norm("must: papers before meeting", "[meeting of scp, item of scp]"),
            "this means one thing of the meeting and another of the item",
        ),
        (norm("may: held\nwhen: exempt"), "does it forbid the rest?"),
        (norm("may: notice at least 2 days before meeting"), "this may has a bound"),
        (norm("must: held\nlimit: yes"), "limit belongs to a may"),
        (
            norm("must: asked in May", "disclosure"),
            "disclosure asked is given: nobody whom the text binds chooses it",
        ),
        (norm("must_not: quorate"), "meeting quorate is given"),
        (norm("must: held\nreading: {vote-base: of-none}"), 'has no option "of-none"'),
        (norm("must: held\nreading: vote-base"), "Write reading: {NAME: OPTION}."),
        (norm("must: held\nid: {by_reading: vote-base}"), "id cannot have by_reading"),
        (
            norm("must: held\nid: Big Rule"),
            'cannot be called "Big Rule" / A name has small letters, '
            'digits and hyphens, and begins with a letter: "big-rule".',
        ),
        (norm("must: {set_by: nobdy}"), 'set_by: nothing is called "nobdy"; did you mean "nobody"?'),
        (norm("must: held\nonly: true"), 'only cannot be "true"; did you mean "yes"? / It is yes or no.'),
        ("routes:\n  - {who: scp, clause: '1'}\n", "this route does not say what happens"),
        ("routes:\n  - {who: scp, informs: {some_of: [public]}, clause: '1'}\n", "{any_of: [names]}"),
        ("routes:\n  - {informs: public, clause: '1'}\n", "this route has no who"),
        ("routes: yes\n", "a sentence was found where the keys of a route are expected"),
        ("statements:\n  - {says: x, stated: minus one, listed: 7, clause: '1'}\n", "is no whole number"),
        (
            "where_silent: {equal_vote: lost}\n",
            'no built-in reading is called "equal-vote"; did you mean "equal-votes"?',
        ),
        ("where_silent: {equal_votes: lost}\n", 'equal-votes has no option "lost"'),
        ("instruments:\n  police: {name: p}\n", "has the name of the party at line"),
        ("instruments:\n  members: {name: p}\n", "is a word of the language"),
        ("instruments:\n  plan: {name: p, since: 2010-13, clause: '1'}\n", "there is no 2010-13"),
        ("instruments:\n  plan: {name: p, since: May, clause: '1'}\n", '"May" is no date'),
        ("landscape: Two boards\n", "has the title of a landscape and names no other model"),
        (
            "same: {names: [scp, road-safety], clause: '1'}\n",
            "same joins this model to others, and it names none",
        ),
        ("instruments:\n  Plan: {name: p}\n", 'the instrument cannot be called "Plan"'),
    ],
)
def test_refusals(text: str, message: str) -> None:
    found = bad(text)
    assert any(message in p for p in found), found
    if "offices: {}" not in text:
        assert len(found) == 1, found


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('govmodel: "1"', 'govmodel: "2"', "written for version"),
        ('govmodel: "1"\n', "", "does not say for which version"),
        ("document: {title: A Board}\n", "", "this model has no document: the document"),
        ("base: meeting", "base: metting", 'the base "metting" is no option; did you mean "meeting"?'),
        (
            "base: meeting\n",
            "base: meeting\n    only_with: {meting: {vote-base: of-voting}}\n",
            'has no option "meting"',
        ),
        (
            "others: {for_each: cooperating}",
            "others: {for_each: cooperating, party: police}",
            "both party and for_each",
        ),
        (
            "others: {for_each: cooperating}",
            "others: {role: votng}",
            'role cannot be "votng"; did you mean "voting"?',
        ),
        ("others: {for_each: cooperating}", "others: {seats: 5..2}", "5..2 goes downwards"),
        ("others: {for_each: cooperating}", "others: {seats: some}", "is no number of seats"),
        ("others: {for_each: cooperating}", "others: {votes: -1}", "is no whole number"),
        (
            "others: {for_each: cooperating}",
            "others: {ex_officio: road-safty.chair}",
            'did you mean "road-safety.chair"',
        ),
        (
            "meetings: [{kind: extraordinary}]",
            "caps: [{at_most: 1 vote}]",
            "a cap needs either each or together",
        ),
        (
            "meetings: [{kind: extraordinary}]",
            "caps: [{each: police, at_most: many votes}]",
            "is no number of votes",
        ),
        (
            "asked: {type: time, given: yes}",
            "asked: {type: time, given: yes, choice_of: public}",
            "both given and the choice",
        ),
        ("shared: {type: yes-no}", "not: {type: yes-no}", "the word has a meaning of its own"),
        (
            "shared: {type: yes-no}",
            "shared: {type: yes-no, values: [a, b]}",
            "only an attribute of type one-of has values",
        ),
        (
            "information is shared\n",
            "information is shared\n    part_of: disclosure\n",
            "goes round in a circle",
        ),
        ("police: {name: Police,", "police: {name: Police, part_of: police,", "goes round in a circle"),
        (
            "  disclosure:",
            "  meeting: {attributes: {held: {type: time}}}\n  disclosure:",
            "is built in as yes-no",
        ),
    ],
)
def test_refusals_in_the_head(old: str, new: str, message: str) -> None:
    assert old in HEAD
    found = problems(model().replace(old, new, 1))
    assert len(found) == 1, found
    assert message in found[0]


def test_no_index() -> None:
    assert any("this model has no clause index" in p for p in bad(clauses=""))


def test_every_problem_at_once_and_in_order() -> None:
    text = model(
        norm("must: helt") + "  - {about: meeting of spc, must: held, clause: '9'}\n",
        clauses=CLAUSES + "  x: {is: nothing}\n",
    )
    found = placed(text)
    assert len(found) == 5
    lines = [int(p.split(":")[0]) for p in found]
    assert lines == sorted(lines)


def test_terminal_codes_never_reach_a_message() -> None:
    assert all(c.isprintable() for p in problems('"\\u009b31m": x\n') for c in p if c != "\n")


# what is read


def test_clauses_and_gates_come_down() -> None:
    text = model().replace(
        "    meetings: [{kind: extraordinary}]\n",
        "    reading: {vote-base: [of-voting, of-present]}\n"
        "    meetings: "
        "[{kind: extraordinary, clause: '4.1', reading: {vote-base: of-present, minutes-clock: meeting}}]\n",
    )
    scp = load_text(text).bodies["scp"]
    assert scp.seats["police"].clauses == ("1",)
    assert scp.seats["police"].gate == (("vote-base", ("of-voting", "of-present")),)
    assert scp.meetings[0].clauses == ("4.1",)
    assert dict(scp.meetings[0].gate) == {"vote-base": ("of-present",), "minutes-clock": ("meeting",)}


def test_gates_that_never_hold() -> None:
    text = model().replace(
        "    meetings: [{kind: extraordinary}]\n",
        "    reading: {vote-base: of-voting}\n    meetings: "
        "[{kind: extraordinary, reading: {vote-base: of-present}}]\n",
    )
    (found,) = problems(text)
    assert "this can never stand" in found


def test_three_kinds_of_value() -> None:
    loaded = good(
        "routes:\n"
        "  - {who: scp, informs: public, within: 5 days, clause: '1'}\n"
        "  - "
        "{who: scp, informs: public, clause: '1', "
        "within: {by_reading: minutes-clock, approval: 3 days, meeting: 1 day}}\n"
        "  - {who: scp, informs: public, within: {set_by: scp-chair}, clause: '1'}\n"
    )
    plain, chosen, left = (route.within for route in loaded.routes)
    assert isinstance(plain, Plain)
    assert plain.value == Length(5, "day")
    assert isinstance(chosen, ByReading)
    assert dict(chosen.options) == {"meeting": Length(1, "day"), "approval": Length(3, "day")}
    assert isinstance(left, SetBy)
    assert left.who == "scp-chair"


def test_names_are_canonical_and_text_is_kept() -> None:
    loaded = good("routes:\n  - {who: road_safety, informs: [public, scp.chair], record: yes, clause: '1'}\n")
    route = loaded.routes[0]
    assert isinstance(route.who, Plain)
    assert route.who.value == ("road-safety",)
    assert route.whom == ("public", "scp.chair")
    assert isinstance(route.record, Plain)
    assert route.record.value == "yes"


def test_any_of_and_over() -> None:
    text = model("routes:\n  - {who: scp, informs: {any_of: [public, scp]}, clause: '1'}\n")
    text = text.replace(
        "Chairman, of: scp,", "Chairman, of: scp, chosen: {by: rotation, over: [police, [council, police]]},"
    )
    loaded = load_text(text)
    assert loaded.routes[0].any_of
    chosen = loaded.offices["scp-chair"].chosen
    assert chosen is not None
    assert chosen.over == (("police",), ("council", "police"))


def test_id_of_a_model() -> None:
    assert load_text(model(), "some/where.yaml").id == "where"
    assert load_text(model().replace("title: A Board", "title: A Board, id: board"), "x.yaml").id == "board"


def test_declared_attribute_of_a_built_in_situation() -> None:
    text = model(norm("must: tidy")).replace(
        "  disclosure:", "  meeting: {attributes: {tidy: {type: yes-no}}}\n  disclosure:"
    )
    assert len(load_text(text).norms) == 1
