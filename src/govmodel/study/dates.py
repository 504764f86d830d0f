"""The days from which stories and figures start, held against what the calendar knows."""

from __future__ import annotations

from govmodel.calendar import FIRST_YEAR, LAST_YEAR
from govmodel.errors import InputError, Problem
from govmodel.model.constitution import Constitution
from govmodel.model.rules import Rulebook
from govmodel.study.naming import CALL


def known_days(rulebook: Rulebook, constitution: Constitution | None) -> None:
    """Raises InputError where bank holidays are not known around the start days. `constitution`: whose date
    they run from; None: the call gives another."""
    if FIRST_YEAR + 3 <= rulebook.first_day.year <= LAST_YEAR - 4:
        return
    document = constitution.document if constitution is not None else None
    date = document.date if document is not None else None
    why = (
        f"start days cannot run from {rulebook.first_day.isoformat()}: bank holidays are known for "
        f"{FIRST_YEAR} to {LAST_YEAR}, and three years are wanted around it"
    )
    help = "Correct it; or let `govmodel check` begin on another day, with --from." if date else ""
    raise InputError((Problem(date.mark if date else CALL, "date", why, help),))
