"""The bank holidays of the `holidays` package, which is imported when it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any


def package_holidays(year: int, nation: str) -> frozenset[date]:
    """The bank holidays of a calendar year in a nation of the United Kingdom."""
    # Without `expand` the holidays of other years stay out, and the set is exactly this year's.
    days: Iterable[date] = _united_kingdom()(subdiv=nation, years=year, expand=False)
    return frozenset(days)


def package_version() -> str:
    from holidays.version import __version__

    return str(__version__)


@cache
def _united_kingdom() -> Any:
    """The calendar of the United Kingdom, without its 250 neighbours: the package of countries imports them
    all, which takes longer than everything else here."""
    import holidays

    folder = Path(holidays.__file__).parent / "countries"
    spec = spec_from_file_location("govmodel_united_kingdom", folder / "united_kingdom.py")
    if spec is None or spec.loader is None:
        from holidays.countries.united_kingdom import UnitedKingdom

        return UnitedKingdom
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.UnitedKingdom
