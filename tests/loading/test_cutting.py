"""A text is cut as its layout shows and as fine as the index has it, and no line of it is lost."""

from __future__ import annotations

import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loading_help import model

from govmodel.errors import InputError
from govmodel.loading import load_text
from govmodel.loading.patterns import PatternFault, Place, pattern, roman, titled, values
from govmodel.loading.prose import fingerprint, normal, operative, sentences, without_tags
from govmodel.loading.sharing import cut
from govmodel.loading.source import Source
from govmodel.model.constitution import Layout
from govmodel.model.cut import Cut


def layout(yaml: str) -> Layout | None:
    """The layout of a model that has this one."""
    if not yaml:
        return None
    block = textwrap.indent(textwrap.dedent(yaml).strip(), "    ")
    text = model().replace("document: {title: A Board}", f"document:\n  title: A Board\n  layout:\n{block}")
    document = load_text(text).document
    assert document is not None
    return document.layout


def cut_text(text: str, *index: str, yaml: str = "") -> Cut:
    return cut(Source("text.txt", textwrap.dedent(text).strip("\n")), layout(yaml), index)


def refs(text: str, *index: str, yaml: str = "") -> dict[str, tuple[int, ...]]:
    """The clauses of a text with their lines; nothing of it is unknown."""
    found = cut_text(text, *index, yaml=yaml)
    assert found.unknown == ()
    return {piece.ref: piece.lines for piece in found.pieces}


def words(text: str, *index: str, yaml: str = "") -> dict[str, str]:
    return {piece.ref: piece.text for piece in cut_text(text, *index, yaml=yaml).pieces}


# without a layout


def test_printed_numbers_as_printed() -> None:
    text = """
        A Board
        Constitution

        1. Meetings

        1.1. There are meetings.
        1.2 There are
        four a year.

        2. Votes
        - 2.1 Each has one.
        - 2.10 The chair has two.
        2.10.1 Or three.
    """
    assert refs(text) == {"1.1": (6,), "1.2": (7, 8), "2.1": (11,), "2.10": (12,), "2.10.1": (13,)}


def test_headings_are_left_out_and_say_why() -> None:
    found = cut_text("A Board\n\n1. Meetings\n\n1.1 There are some.\n\n-----\n")
    assert [(line.number, line.why) for line in found.left_out] == [
        (1, "heading"),
        (3, "heading"),
        (7, "no words"),
    ]


def test_a_numbered_heading_gives_its_number_to_the_text_below() -> None:
    text = """
        2. Aims

        We aim high:

        - (a) up
        - (b) higher

        3. Members

        - police
        - council
    """
    assert refs(text) == {"2": (3,), "2(a)": (5,), "2(b)": (6,), "3(i)": (10,), "3(ii)": (11,)}


def test_single_numbers_are_clauses_where_they_end_a_sentence() -> None:
    assert refs("1. There is a board.\n2. It meets.\n\n- 3. It votes.") == {"1": (1,), "2": (2,), "3": (4,)}


def test_marks_of_markdown() -> None:
    text = (
        "# The Board\n\n## 1. Meetings\n\n**1.1** There are *some*.\n\n### A heading that ends in a stop.\n"
    )
    assert words(text) == {"1.1": "There are *some*."}


def test_what_no_pattern_claims_is_unknown() -> None:
    found = cut_text(
        "This preamble has no number, and it ends a sentence.\nIt goes on.\n\n- a bullet\n\n1.1 A clause."
    )
    assert [line.number for line in found.unknown] == [1, 2, 4]
    assert [piece.ref for piece in found.pieces] == ["1.1"]


def test_text_under_a_heading_without_a_number_is_unknown() -> None:
    found = cut_text("1.1 A clause.\n\nVoting\n\nEverybody has one vote.\n\n1.2 Another.")
    assert [line.number for line in found.unknown] == [5]


# lists


def test_bullets_are_counted_among_marked_items() -> None:
    text = """
        3.1 These are:
         - 1. the first.
         - 2. the second.
         - the third, without its number.
         - 5. the fifth.
    """
    assert list(refs(text)) == ["3.1", "3.1(1)", "3.1(2)", "3.1(iii)", "3.1(5)"]


def test_a_list_goes_on_across_a_page_with_other_blanks() -> None:
    text = """
        2.1 It does this:
         - a) this
         - b) that

        - c) more
        - d) still more
    """
    assert list(refs(text)) == ["2.1", "2.1(a)", "2.1(b)", "2.1(c)", "2.1(d)"]
    text = """
        5.8 Any of these:
         - one
         - two

        - three
        - four
    """
    assert list(refs(text)) == ["5.8", "5.8(i)", "5.8(ii)", "5.8(iii)", "5.8(iv)"]


def test_an_item_that_leads_in_has_the_list_below() -> None:
    text = """
        3.4 They:
         - e) publish
        - f) share, that is:
         - agree
         - appoint
        - g) pool
    """
    assert list(refs(text)) == ["3.4", "3.4(e)", "3.4(f)", "3.4(f)(i)", "3.4(f)(ii)", "3.4(g)"]


def test_one_blank_is_an_accident_and_two_are_a_list() -> None:
    assert list(refs("3.1 The members are\n- a\n - b\n - c")) == ["3.1", "3.1(i)", "3.1(ii)", "3.1(iii)"]
    assert list(refs("3.1 The members are\n- a\n  - b\n  - c\n- d")) == [
        "3.1", "3.1(i)", "3.1(i)(i)", "3.1(i)(ii)", "3.1(ii)",
    ]  # fmt: skip


def test_i_after_h_is_a_letter_and_i_after_a_colon_a_number() -> None:
    letters = "\n".join(f"({letter}) something" for letter in "abcdefghijk")
    assert list(refs("2. Aims\n\n" + letters)) == [f"2({letter})" for letter in "abcdefghijk"]
    text = "2.1 Both:\n(a) one, that is:\n(i) this\n(ii) that\n(b) two"
    assert list(refs(text)) == ["2.1", "2.1(a)", "2.1(a)(i)", "2.1(a)(ii)", "2.1(b)"]


def test_a_paragraph_after_a_list_belongs_to_the_clause() -> None:
    text = """
        5.1 The chair goes round:

        - police
        - council

        When the chair is a councillor, so is the deputy.
    """
    assert refs(text) == {"5.1": (1, 6), "5.1(i)": (3,), "5.1(ii)": (4,)}
    assert refs(text, "5.1s1", "5.1s2", "5.1(i)") == {
        "5.1s1": (1,), "5.1(i)": (3,), "5.1(ii)": (4,), "5.1s2": (6,),
    }  # fmt: skip


def test_a_paragraph_farther_out_belongs_to_the_item() -> None:
    text = "5.1 These:\n\n- police\n\n  The police come first.\n\n- council"
    assert refs(text) == {"5.1": (1,), "5.1(i)": (3, 5), "5.1(ii)": (7,)}


def test_numbers_printed_twice_are_told_apart() -> None:
    text = "9.1 Once.\n\n9.1 Twice.\n\n9.2 These:\n- i) one\n- i) another\n- k) a third"
    assert list(refs(text)) == ["9.1a", "9.1b", "9.2", "9.2(i)a", "9.2(i)b", "9.2(k)"]


def test_rows_of_a_table_are_items() -> None:
    text = """
        4.1 The members are as follows;

        | Body | Seats |
        |--|--|
        | Police | 1 |
        | Council | 2 |

        | | |
        |---|---|
        | Fire | 1 |

        | Body | Seats |
        |---|---|
        | Total | 4 |
    """
    assert refs(text) == {"4.1": (1,), "4.1(i)": (5,), "4.1(ii)": (6,), "4.1(iii)": (10,), "4.1(iv)": (14,)}
    assert words(text)["4.1(ii)"] == "Council 2"


def test_a_page_that_begins_with_a_row_does_not_lose_it() -> None:
    text = "4.1 These:\n\n| Body | Seats |\n|--|--|\n| Police | 1 |\n\n| Council | 2 |\n|--|--|\n| Fire | 1 |"
    assert list(refs(text)) == ["4.1", "4.1(i)", "4.1(ii)", "4.1(iii)"]


def test_short_items_do_not_pass_for_headings() -> None:
    text = "2.1 The members are:\n\n1. Police\n2. Council\n\n3. Meetings\n\n3.1 There are some."
    assert refs(text) == {"2.1": (1,), "2.1(1)": (3,), "2.1(2)": (4,), "3.1": (8,)}
    text = "2.1 The members are:\n\n- 1. Police\n\n- 2. Council\n\n3. Meetings\n\n3.1 There are some."
    assert refs(text) == {"2.1": (1,), "2.1(1)": (3,), "2.1(2)": (5,), "3.1": (9,)}
    text = "2.1 The members are:\n\nPolice\n\nCouncil\nFire\n\n2.2 They meet.\n\nVoting\n\n2.3 They vote."
    assert refs(text) == {"2.1": (1, 3, 5, 6), "2.2": (8,), "2.3": (12,)}
    assert list(refs(text, "2.1", "2.1p2")) == ["2.1", "2.1p2", "2.1p3", "2.2", "2.3"]


def test_a_heading_after_a_short_list_shows_as_an_item_and_not_at_all_as_nothing() -> None:
    text = "2.1 The members are:\n\n1. Police\n\n2. Council\n\n3. Meetings\n\n3.1 There are some."
    assert list(refs(text)) == ["2.1", "2.1(1)", "2.1(2)", "2.1(3)", "3.1"]


def test_a_heading_right_above_its_list_is_one() -> None:
    assert refs("2. Aims\n- peace\n- quiet\n3. Means\n(a) talk") == {
        "2(i)": (2,),
        "2(ii)": (3,),
        "3(a)": (5,),
    }


def test_a_heading_that_is_a_broken_sentence_is_none() -> None:
    text = "1.1 One.\n\nThe board meets\nin town, and\nvotes there.\n\n2. The board may go\nelsewhere."
    assert refs(text) == {"1.1": (1, 3, 4, 5), "2": (7, 8)}


def test_what_goes_on_from_an_unknown_line_is_unknown() -> None:
    found = cut_text("1.1 One.\n\nVotes\n\nThis is unknown, and it\n\ngoes on after the page.")
    assert [line.number for line in found.unknown] == [5, 7]


def test_bullets_and_hyphens_of_word_processors() -> None:
    text = "1.1 Both:\n\uf0b7\tpolice\n\u2022\u00a0coun\u00adcil"
    assert list(refs(text)) == ["1.1", "1.1(i)", "1.1(ii)"]
    assert fingerprint(words(text)["1.1(ii)"]) == fingerprint("council")


# the layout


def test_headings_by_two_numbers() -> None:
    text = "3.1 Partners\n\nThe board expects them to:\n- work\n\n3.2 Members\n\nThey come."
    assert refs(text, yaml="headings: [1.1 Title]") == {"3.1": (3,), "3.1(i)": (4,), "3.2": (8,)}


def test_numbers_with_words() -> None:
    text = "Article 1 There is a board.\n\nArticle 2. It meets.\n\nSchedule A1 Its members."
    found = refs(text, yaml="numbers: [Article 1, Article 1., Schedule A1]")
    assert list(found) == ["Article 1", "Article 2", "Schedule A1"]


def test_parts_where_numbering_starts_again() -> None:
    text = """
        1. Introduction

        1.1 First.

        Executive: terms of reference

        1. Introduction

        1.1 First again.

        Code of conduct

        All keep to it.

        - 1. Respect**
        Members respect each other.
        - 2. Honesty**
        Members are honest.
    """
    yaml = """
        parts:
          C: 1. Introduction
          E: "Executive: terms of reference"
          Code/: Code of conduct
    """
    assert refs(text, yaml=yaml) == {
        "C1.1": (3,), "E1.1": (9,), "Code": (13,), "Code/1": (16,), "Code/2": (18,),
    }  # fmt: skip


def test_titles_instead_of_numbers() -> None:
    text = "Vision:\n\nA safe town.\n\nMembers of the Board\nPolice:\n• a chief\nCouncil\n\nMay 2010 v 7"
    yaml = """
        titles:
          Vision: "Vision:"
          Annex: Members of the Board
          Annex 2: A line that is not there
        headings: 1. Title
        left_out: [May 2011 v 8]
    """
    assert refs(text, "Vision", "Annex", yaml=yaml) == {"Vision": (3,), "Annex": (6, 7, 8)}
    assert cut_text(text, yaml=yaml).not_found == ("Annex 2",)


def test_footnotes_belong_to_the_clause_that_bears_their_mark() -> None:
    text = """
        1.1 A partnership* of *some* **weight**.

        1.2 It is statutory².

        ² By law.

        * Of two.
        Or three.

        goes on after the page.
    """
    assert refs(text, yaml="footnotes: ['*', ¹]") == {
        "1.1": (1,), "1.2": (3, 10), "1.1fn": (7, 8), "1.2fn": (5,),
    }  # fmt: skip
    assert words(text, yaml="footnotes: ['*', ¹]")["1.2"] == "It is statutory. goes on after the page."


def test_a_footnote_that_nobody_bears_is_none() -> None:
    found = cut_text("1.1 A clause.\n\n² A note.", yaml="footnotes: ¹")
    assert [(piece.ref, piece.lines) for piece in found.pieces] == [("1.1", (1, 3))]


def test_lines_of_the_page_are_left_out() -> None:
    text = "1.1 The board will\n\nPage 3 of 12\n\nmeet often.\nPage 4 of 12\nAnd long."
    assert refs(text, yaml="left_out: [Page 1 of 1]") == {"1.1": (1, 5, 7)}


def test_a_form_feed_ends_a_paragraph() -> None:
    found = refs("1.1 One.\n\fTwo stands on another page.\n\f1.2 Three.", "1.1", "1.1p2")
    assert found == {"1.1": (1,), "1.1p2": (2,), "1.2": (3,)}


@pytest.mark.parametrize(
    ("place", "written", "words"),
    [
        ("headings", "1.", "is no heading"),
        ("numbers", "1. Title", "is a heading"),
        ("numbers", "4.5", "has the number 4"),
        ("numbers", "-", "is a bullet"),
        ("items", "a", "is met in any sentence"),
        ("items", "bullet", "has nothing in it that counts"),
        ("footnotes", "1", "is no mark of footnotes"),
        ("numbers", "1" * 50, "longer than any mark"),
    ],
)
def test_patterns_that_cannot_be_used(place: Place, written: str, words: str) -> None:
    with pytest.raises(PatternFault, match=words) as told:
        pattern(written, place)
    assert told.value.help


def test_a_bad_pattern_is_told_with_its_place() -> None:
    with pytest.raises(InputError) as told:
        layout("numbers: [1.1, '4.5', 1. Title]")
    problems = [(p.mark.line, p.code, p.message) for p in told.value.problems if p.level == "error"]
    assert problems == [
        (5, "pattern", 'numbers: "4.5" has the number 4'),
        (5, "pattern", 'numbers: "1. Title" is a heading'),
    ]


def test_roman_numbers() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 99, 399, 400)] == [
        "i", "iv", "ix", "xiv", "xl", "xcix", "cccxcix", "400",
    ]  # fmt: skip
    assert all(values(["roman"], roman(n)) == {"roman": n} for n in range(1, 400))
    assert values(["letter", "roman"], "i") == {"letter": 9, "roman": 1}
    assert values(["letter", "roman"], "iiii") == {"letter": 87}


@pytest.mark.parametrize(
    ("line", "is_title"),
    [
        ("Meetings", True),
        ('Core members: the "authorities"', True),
        ("the meetings", False),
        ("There are meetings.", False),
        ("Meetings:", False),
        ("Meetings -", False),
        ("One two three four five six seven eight nine ten eleven twelve thirteen", False),
        ("…", False),
    ],
)
def test_titles(line: str, is_title: bool) -> None:
    assert titled(line) is is_title


# as fine as the index

SENTENCES = (
    "4.2 The members are listed. Each has one vote, e.g. on No. 5 of the list! Has the chair two? 3 say so."
)


def test_a_clause_cited_whole_covers_all_of_its_text() -> None:
    assert refs(SENTENCES, "4.2") == {"4.2": (1,)}
    assert refs("4.2 All of:\n- a\n- b\n\nAnd more.", "4.2") == {"4.2": (1, 2, 3, 5)}


def test_where_one_sentence_is_cited_all_are_wanted() -> None:
    assert list(refs(SENTENCES, "4.2s2")) == ["4.2s1", "4.2s2", "4.2s3", "4.2s4"]
    assert list(refs(SENTENCES, "4.2", "4.2s2")) == ["4.2", "4.2s2", "4.2s3", "4.2s4"]
    assert words(SENTENCES, "4.2s2")["4.2s2"] == "Each has one vote, e.g. on No. 5 of the list!"


def test_where_one_paragraph_is_cited_all_are_wanted() -> None:
    text = "1.1 One. Two.\n\nThree. Four.\n- five\n\nSix."
    assert list(refs(text, "1.1")) == ["1.1"]
    assert refs(text, "1.1", "1.1p2") == {"1.1": (1,), "1.1p2": (3, 4), "1.1p3": (6,)}
    assert refs(text, "1.1s1", "1.1s2", "1.1p2s1") == {
        "1.1s1": (1,), "1.1s2": (1,), "1.1p2s1": (3,), "1.1p2s2": (3, 4), "1.1p3": (6,),
    }  # fmt: skip


def test_where_one_item_is_cited_all_are_wanted() -> None:
    text = "2. Aims\n\n- high:\n - higher\n - highest\n- low"
    assert refs(text, "2(i)") == {"2(i)": (3, 4, 5), "2(ii)": (6,)}
    assert list(refs(text, "2(i)(i)")) == ["2(i)", "2(i)(i)", "2(i)(ii)", "2(ii)"]
    assert refs(text, "2") == {"2": (3, 4, 5, 6)}


def test_a_blank_before_a_paragraph_is_spelt_as_the_index_has_it() -> None:
    text = "Gifts\n\nBeware. Beware more.\n\nAsk.\n\nTell."
    yaml = "titles: {Code/Gifts: Gifts}"
    assert list(refs(text, "Code/Gifts", "Code/Giftsp2", yaml=yaml)) == [
        "Code/Gifts", "Code/Giftsp2", "Code/Gifts p3",
    ]  # fmt: skip
    assert "Code/Gifts p2" in refs(text, "Code/Gifts", "Code/Gifts p2", yaml=yaml)


def test_a_sentence_over_two_lines_has_both() -> None:
    assert refs("4.2 One goes\non. Two.\nThree.", "4.2s1") == {"4.2s1": (1, 2), "4.2s2": (2,), "4.2s3": (3,)}


# words


def test_the_fingerprint_is_of_words_alone() -> None:
    assert fingerprint("A “quorum” — of\n**Eight** ﬁne-members.") == fingerprint(
        "a quorum of eight fine members"
    )
    assert fingerprint("one") != fingerprint("two")
    assert len(fingerprint("")) == 16


def test_tags_are_no_words() -> None:
    found = words('1.1 <u>The</u> <ul style="list-style-type: none">board <https://example.org/x>')
    assert fingerprint(found["1.1"]) == fingerprint("The board https example org x")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("One. Two.", 2),
        ("One.", 1),
        ("", 0),
        ("It is i.e. This one, cf. That.", 1),
        ("See www.example.org. It helps.", 2),
        ("He said “no.” She said (yes.) They left", 3),
        ("In 4.5. below. below", 1),
        ("Dr. No chairs. p. 4 says so.", 1),
    ],
)
def test_sentences(text: str, number: int) -> None:
    assert len(sentences(text)) == number


def test_operative_words() -> None:
    assert operative("Members MUST come; they may not vote, and is it required? They are to go.") == (
        "must", "may not", "are to",
    )  # fmt: skip
    assert operative("Musty shallots, willing.") == ()


# any text

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "", "", "1. Aims", "1.1 One. Two.", "1.2 These:", "- a", " - b:", "   - c", "(a) x", "(i) y",
                "1. It is.", "- 2. It was.", "| a | b |", "|--|--|", "| 1 | 2 |", "goes on", "Begins anew.",
                "Page 3", "* note", "word* more", "¹ a note", "word¹ here", "Part two", "Annex", "# Title",
                "\f1.3 x", "b) z", "Heading", "<b>", "-----", "1.1", "(b)", "- ", "**bold**",
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=30,
)  # fmt: skip
EVERYTHING = layout(
    """
    headings: [1. Title, Title]
    numbers: ["1.1", 1.]
    items: ["-", (a), (i), a), 1.]
    footnotes: ["*", ¹]
    titles: {Annex: Annex}
    parts: {E: Part two}
    left_out: [Page 1]
    """
)


@settings(max_examples=150, deadline=None)
@given(
    lines=LINES, index=st.lists(st.sampled_from(["1.1", "1.1s2", "1.1p2", "1(i)", "1.2(i)", "1.2", "Annex"]))
)
@pytest.mark.parametrize("chosen", [None, EVERYTHING], ids=["default", "everything"])
def test_no_line_is_lost(chosen: Layout | None, lines: list[str], index: list[str]) -> None:
    """Every line with anything in it is in a clause, left out or unknown, and in one of them only."""
    source = Source("text.txt", "\n".join(lines))
    found = cut(source, chosen, index)
    within = {line for piece in found.pieces for line in piece.lines}
    out = [line.number for line in found.left_out]
    unknown = [line.number for line in found.unknown]
    there = {n for n in range(1, len(source.starts) + 1) if source.line(n).strip()}
    assert sorted([*within, *out, *unknown]) == sorted(there)
    assert len({piece.ref for piece in found.pieces}) == len(found.pieces)
    for piece in found.pieces:
        theirs = " ".join(normal(without_tags(source.line(n))) for n in piece.lines)
        assert all(word in theirs for word in normal(piece.text).split()), piece


@settings(max_examples=100, deadline=None)
@given(lines=LINES)
def test_finer_cuts_have_the_same_words(lines: list[str]) -> None:
    """However fine the index, the same words are in clauses."""
    source = Source("text.txt", "\n".join(lines))
    whole = cut(source, EVERYTHING, ["1.1", "1.2", "1", "E1.1"])
    fine = cut(source, EVERYTHING, ["1.1s2", "1.2(i)", "1p2s1", "E1.1p2"])
    assert sorted(w for p in whole.pieces for w in p.text.split()) == sorted(
        w for p in fine.pieces for w in p.text.split()
    )


@pytest.mark.parametrize(
    "text", ["1.1 x\n", "(i) x\n", "- a:\n", "|a|b|\n", "It is so. And\nso on. ", "a¹ *b <c ."]
)
def test_work_grows_with_the_text_and_no_faster(text: str) -> None:
    def calls(number: int) -> int:
        source = Source("text.txt", "1.1 One:\n\n" + text * number)
        heard = 0

        def hear(*_: object) -> None:
            nonlocal heard
            heard += 1

        sys.setprofile(hear)
        try:
            cut(source, EVERYTHING, ["1.1s1", "1.1p2"])
        finally:
            sys.setprofile(None)
        return heard

    calls(100)
    few, many = calls(1000), calls(4000)
    assert many < 5 * few, "four times the text"
