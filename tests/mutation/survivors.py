"""Why a slip is not found: each that survives has its reason here, or the check says itself that something
is not decided."""

from __future__ import annotations

WHY: dict[tuple[str, str], str] = {
    ("how a body decides is deleted", "rotating-chair"): (
        "a duty to seek agreement stays, and says how the board decides"
    ),
    ("a cap above all the votes that it is for", "rotating-chair"): (
        "the police may hold the chair and its casting vote, and the check leaves such caps alone"
    ),
    ("the quorum asks for one organisation by name", "scrutiny-committee"): (
        "the borough sends everybody who votes, and is no hostage-taker in a committee of its own"
    ),
    ("the body itself fills its seats, each year", "joining-and-leaving"): (
        "the quorum is a share of the members there are, and falls with them"
    ),
    ("the body itself fills its seats, each year", "tenants-panel"): (
        "the quorum is a share of the members there are, and falls with them"
    ),
    ("members may leave, one of whom the quorum names", "scrutiny-committee"): (
        "the borough sends everybody who votes, and without it there is no committee"
    ),
    ("members may leave, all of whom are needed", "scrutiny-committee"): (
        "the borough sends everybody who votes, and without it there is no committee"
    ),
    ("an organisation that the quorum names may be excluded", "scrutiny-committee"): (
        "the borough sends everybody who votes, and without it there is no committee"
    ),
    ("outsiders with the last word are only to resolve", "complaints"): (
        "the chair may still resolve it, and a chair who goes is replaced"
    ),
    ("a majority where many are there, and more where few are", "three-tiers"): (
        "of so few members a majority with all there has three quarters when one of the others stays away"
    ),
    ("a majority where many are there, and more where few are", "yearly-plan"): (
        "of so few members a majority with all there has three quarters when one of the others stays away"
    ),
    ("a majority where many are there, and more where few are", "chaired-by-office"): (
        "of the four with whom many are there a majority is three, who are all when the fourth stays away"
    ),
    ("the rule on equal votes is deleted", "elected-chair"): (
        "equal votes of the first round are settled by the second"
    ),
    ("nobody acts for an office", "substitutes"): (
        "no clause says that the co-ordinator is one person whom somebody chooses"
    ),
}
"""The slip and the text → why it is none there, or why it is not found."""
