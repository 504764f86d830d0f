"""Questions about votes at one meeting: what silence does, without whom nothing is carried, whose vote
never decides."""

from __future__ import annotations

from collections.abc import Sequence

from govmodel.dataclass import replace
from govmodel.model.expressions import Condition, Threshold
from govmodel.model.rules import DecisionRule, Rules
from govmodel.model.verdict import Answer, Verdict
from govmodel.semantics.cells import Electorate, one_each
from govmodel.semantics.counting import NotCountable
from govmodel.semantics.meeting import TIES
from govmodel.smt.ask import EFFORT, Numbers, Session
from govmodel.smt.heads import renamed
from govmodel.smt.operators import some, times, total
from govmodel.smt.questions.answers import fewest_possible, numbered, possible
from govmodel.smt.questions.meetings import (
    _applies,
    _attendance,
    _carried,
    _chair,
    _quorate,
    _voiceless,
    _votes,
)


def against_by_silence(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    *,
    recused: bool,
    stays: bool = False,
    case: Condition | None = None,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    guess: int | None = None,
) -> Answer:
    """FAILS iff at some quorate meeting (in a case) some keep silent, and a proposal is lost that would be
    carried if the share were of the others only; `number`: the fewest silent. `recused`: they may not vote,
    and do not count towards the quorum; `stays`: they are in the room."""
    threshold = decision.carried
    if threshold is None or threshold.kind != "share":
        return Answer(Verdict.HOLDS, why="it is not carried by a share")
    base = threshold.base or rules.reading["base-of-a-majority"]
    left = ("entitled", "taking-part", *(() if stays else ("present",))) if recused else ()
    if base in ("voting", *left):
        return Answer(Verdict.HOLDS, why="who keeps silent is not counted")
    session = Session(_attendance(electorate, "p"), effort, beside=beside)
    mute = _voiceless(rules, electorate, decision)
    out = electorate.named(rules, threshold.without)
    session.add(f"(assert {_quorate(rules, electorate, beside)})")
    session.add(f"(assert {_applies(rules, electorate, case)})")
    session.add("(declare-const f Int)(declare-const r Int)(assert (and (>= f 1) (>= r 1)))")
    if recused:
        may = [i for i, c in enumerate(electorate.cells)
               if c.seat.role == "voting" and not c.caps and i not in mute]  # fmt: skip
        away = total(f"(- {electorate.full[i]} p{i})" for i in may)
        session.add(f"(assert (<= r {away}))(assert (<= f {_votes(electorate, 'p', mute)}))")
    else:
        session.add(f"(assert (<= (+ f r) {_votes(electorate, 'p', mute)}))")
    if base in ("members", "seats", "entitled"):
        whole = str(electorate.votes(electorate.less(electorate.full, out)))
    else:
        there = _votes(electorate, "p", out if base == "present" else mute)
        whole = f"(+ {there} r)" if recused else there
    session.add(f"(assert {_share(threshold, 'f', f'(- {whole} r)')})")
    session.add(f"(assert (not {_share(threshold, 'f', whole)}))")
    return fewest_possible(session, "r", electorate.votes(electorate.full), guess)


def _share(threshold: Threshold, favour: str, of: str) -> str:
    op = ">" if threshold.strict else ">="
    return f"({op} {times(threshold.share.denominator, favour)} {times(threshold.share.numerator, of)})"


def fewest_with_abstentions(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    *,
    case: Condition | None = None,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    guess: int | None = None,
) -> Answer:
    """FAILS iff something can be carried at a quorate meeting (in a case) where any number of those present
    abstain; `number`: the fewest in favour, before the second vote of whoever presides."""
    threshold = decision.carried
    if threshold is None:
        return Answer(Verdict.HOLDS, why="the text does not say how it is carried")
    session = Session(_attendance(electorate, "p"), effort, beside=beside)
    mute = _voiceless(rules, electorate, decision)
    part = _votes(electorate, "p", mute)
    session.add(f"(assert {_quorate(rules, electorate, beside)})")
    session.add(f"(assert {_applies(rules, electorate, case)})")
    session.add(
        f"(declare-const f Int)(declare-const a Int)(assert (and (>= f 1) (>= a 0) (<= (+ f a) {part})))"
    )
    base = threshold.base or rules.reading["base-of-a-majority"]

    def passes(favour: str, against: str, more: int) -> str:
        if base != "taking-part" or threshold.kind not in ("share", "all"):
            return _carried(rules, electorate, threshold, favour, against)
        of = f"(+ {part} {more})"
        enough = f"(>= {favour} (- {of} {threshold.number}))"
        return (
            f"(and (> {favour} 0) {_share(threshold, favour, of) if threshold.kind == 'share' else enough})"
        )

    def equal(favour: str, more: int) -> str:
        one_more = passes(f"(+ {favour} 1)", "a", more + 1)
        return f"(and (= {favour} a) {one_more})" if threshold.kind in TIES else "false"

    def counted(favour: str, more: int) -> str:
        by_text = equal(favour, more) if decision.equal_votes == "carried" else "false"
        return f"(or {passes(favour, 'a', more)} {by_text})"

    chair = _chair(electorate, mute)
    second = {"additional": counted("(+ f 1)", 1), "casting": equal("f", 0)}.get(extra_vote or "", "false")
    session.add(f"(assert (or {counted('f', 0)} (and {chair} {second})))")
    return fewest_possible(session, "f", electorate.votes(electorate.full), guess)


def carried_without(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    others: Sequence[int],
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
) -> Answer:
    """FAILS iff a matter can be carried at full attendance with no votes for it but those of the `others` (so
    many of each cell), while everybody else votes against. One of the others presides where one may."""
    threshold = decision.carried
    if threshold is None:
        return Answer(Verdict.HOLDS, why="the text does not say how it is carried")
    mute = _voiceless(rules, electorate, decision)
    text = _attendance(electorate, "p") + _attendance(electorate, "o", others)
    session = Session(text, effort, beside=beside)
    session.add("".join(f"(assert (= p{i} {n}))" for i, n in enumerate(electorate.full)))
    session.add("(declare-const f Int)(declare-const a Int)(assert (and (>= f 1) (>= a 0)))")
    session.add(f"(assert (<= f {_votes(electorate, 'o', mute, at_once=True)}))")
    session.add(f"(assert (= (+ f a) {_votes(electorate, 'p', mute, at_once=True)}))")

    def equal(favour: str, against: str) -> str:
        one_more = _carried(rules, electorate, threshold, f"(+ {favour} 1)", against)
        return f"(and (= {favour} {against}) {one_more})" if threshold.kind in TIES else "false"

    def counted(favour: str, against: str) -> str:
        by_text = equal(favour, against) if decision.equal_votes == "carried" else "false"
        return f"(or {_carried(rules, electorate, threshold, favour, against)} {by_text})"

    chairs = [i for i in electorate.chairs if i not in mute]
    presides = some(f"(> o{i} 0)" for i in chairs)
    any_chair = "true" if chairs else "false"
    if extra_vote == "additional":
        passes = (f"(ite {presides} {counted('(+ f 1)', 'a')} "
                  f"(ite {any_chair} {counted('f', '(+ a 1)')} {counted('f', 'a')}))")  # fmt: skip
    elif extra_vote == "casting":
        # a casting vote goes before what the text makes of equal votes
        by_text = "true" if decision.equal_votes == "carried" and not chairs else "false"
        tied = f"(and {equal('f', 'a')} (or {presides} {by_text}))"
        passes = f"(or {_carried(rules, electorate, threshold, 'f', 'a')} {tied})"
    else:
        passes = counted("f", "a")
    session.add(f"(assert {passes})")
    favour = electorate.votes(electorate.less(others, mute))
    against = electorate.votes(electorate.less(electorate.full, mute)) - favour
    example = {**numbered("p", electorate.full), **numbered("o", others), "f": favour, "a": against}
    return possible(session, example)


def ever_decides(
    rules: Rules,
    electorate: Electorate,
    decision: DecisionRule,
    extra_vote: str | None,
    players: Sequence[tuple[int, int]],
    member: int,
    chair: int | None,
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
    at: Sequence[int] | None = None,
) -> Answer:
    """FAILS iff at full attendance a vote of one `member` (a kind of `players`: how many, with how many votes
    each) can turn a proposal from lost to carried. `chair`: the kind of the one who presides. `at`: how many
    of the others of each kind are for it then, by a closed form."""
    threshold = decision.carried
    if threshold is None:
        return Answer(Verdict.HOLDS, why="the text does not say how it is carried")
    limits = [n - (k == member) for k, (n, _) in enumerate(players)]
    session = Session(_attendance_of(limits), effort, beside=beside)
    votes_in_all = sum(n * votes for n, votes in players)
    cast = total(times(votes, f"x{k}") for k, (_, votes) in enumerate(players))
    base = threshold.base or rules.reading["base-of-a-majority"]
    plain = replace(threshold, base="voting" if base in ("voting", "taking-part") else "members")

    def wins(favour: str, presider_for: str) -> str:
        against = f"(- {votes_in_all} {favour})"

        def carried(f: str, a: str) -> str:
            return _carried(rules, electorate, plain, f, a)

        def equal(f: str, a: str) -> str:
            return f"(and (= {f} {a}) {carried(f'(+ {f} 1)', a)})" if threshold.kind in TIES else "false"

        if extra_vote == "additional" and chair is not None:
            f, a = f"(+ {favour} (ite {presider_for} 1 0))", f"(+ {against} (ite {presider_for} 0 1))"
        else:
            f, a = favour, against
        by_text = "true" if decision.equal_votes == "carried" else "false"
        broken = presider_for if extra_vote == "casting" and chair is not None else by_text
        return f"(and (> {favour} 0) (or {carried(f, a)} (and {equal(f, a)} {broken})))"

    before = f"(> x{chair} 0)" if chair is not None else "false"
    after = "true" if chair == member else before
    session.add(f"(assert (not {wins(cast, before)}))")
    session.add(f"(assert {wins(f'(+ {cast} {players[member][1]})', after)})")
    return possible(session, numbered("x", at) if at is not None else None)


def _attendance_of(limits: Sequence[int]) -> str:
    return "".join(
        f"(declare-const x{k} Int)(assert (and (<= 0 x{k}) (<= x{k} {n})))" for k, n in enumerate(limits)
    )


def second_vote_over(
    rules: Rules,
    electorate: Electorate,
    own: Sequence[int],
    at_most: int,
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
) -> Answer:
    """FAILS iff at full attendance, where that is quorate, those of some parties (`own`: how many of each
    cell) who have `at_most` votes together cast more with a second vote of one of them who presides."""
    text = _attendance(electorate, "p") + _attendance(electorate, "q", own)
    session = Session(text, effort, beside=beside)
    session.add("".join(f"(assert (= p{i} {n}))" for i, n in enumerate(electorate.full)))
    session.add(f"(assert {_quorate(rules, electorate, beside)})")
    cast = total(times(c.votes, f"q{i}") for i, c in enumerate(electorate.cells))
    session.add(f"(declare-const v Int)(assert (and (<= v {cast}) (<= v {at_most})))")
    may = (i for i, c in enumerate(electorate.cells) if c.may_chair and c.votes <= at_most)
    chairs = some(f"(> q{i} 0)" for i in may)
    session.add(f"(assert {chairs})(assert (> (+ v 1) {at_most}))")
    example = {**numbered("p", electorate.full), **numbered("q", own), "v": at_most}
    return possible(session, example)


def no_show(
    rules: Rules,
    electorate: Electorate,
    ways: Sequence[tuple[DecisionRule, Condition | None]],
    *,
    effort: int = EFFORT,
    beside: Session | Numbers | None = None,
) -> Answer:
    """FAILS iff at some quorate meeting where all vote a matter is carried, and with one of those against it
    away, the meeting still quorate, it is not. `ways`: the rules of the matter, each with its case."""
    one_each(electorate)
    says = {_voiceless(rules, electorate, decision) for decision, _ in ways}
    if len(says) > 1:
        raise NotCountable("who has no vote depends on who is there")
    mute = says.pop() if says else frozenset[int]()
    session = Session(_attendance(electorate, "p") + _attendance(electorate, "q"), effort, beside=beside)
    pairs = [f"(- p{i} q{i})" for i in range(len(electorate.cells))]
    session.add("".join(f"(assert (and (<= 0 {gone}) (<= {gone} 1)))" for gone in pairs))
    session.add(f"(assert (= 1 {total(pairs)}))")
    session.add("".join(f"(assert (= p{i} q{i}))" for i in mute))
    quorate = _quorate(rules, electorate, beside)
    session.add(f"(assert {quorate})(assert {renamed(quorate, 'q')})")
    before, after = _votes(electorate, "p", mute), _votes(electorate, "q", mute)
    session.add(f"(assert (= {after} (- {before} 1)))")
    session.add(f"(declare-const f Int)(assert (and (>= f 1) (<= f {after})))")

    def carried(decision: DecisionRule, case: Condition | None) -> str:
        threshold = decision.carried
        if threshold is None:
            return "false"
        against = f"(- {before} f)"
        plain = _carried(rules, electorate, threshold, "f", against)
        more = _carried(rules, electorate, threshold, "(+ f 1)", against)
        text = threshold.kind in TIES and decision.equal_votes == "carried"
        tie = f"(and (= f {against}) {more})" if text else "false"
        return f"(and {_applies(rules, electorate, case)} (or {plain} {tie}))"

    found = some(carried(decision, case) for decision, case in ways)
    session.add(f"(assert {found})")
    instead = renamed(found, "q")
    session.add(f"(assert (not {instead}))")
    return possible(session)
