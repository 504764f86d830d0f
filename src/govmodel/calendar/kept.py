"""Bank holidays as one version of the `holidays` package has them, kept beside us (`making.py` writes them).

The package takes longer to import than most constitutions to check. What is kept is used only where exactly
the version is installed of which it was made, and only for the years that it has; else the package is asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("bank_holidays.json")


def kept_holidays(year: int, nation: str) -> frozenset[date] | None:
    """The bank holidays of a year in a nation; None: the package has to be asked."""
    table = _table()
    days = table["days"].get(nation, {}).get(str(year)) if table["version"] == installed() else None
    if days is None:
        return None
    return frozenset(date(year, int(day[:2]), int(day[3:])) for day in days.split())


@cache
def installed() -> str | None:
    """The version of the package that is installed, by the name of the folder that says so; None: that cannot
    be told without importing it."""
    spec = find_spec("holidays")
    if spec is None or spec.origin is None:
        return None
    folders = list(Path(spec.origin).parent.parent.glob("holidays-*.dist-info"))
    return folders[0].name.removeprefix("holidays-").removesuffix(".dist-info") if len(folders) == 1 else None


@cache
def _table() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads(TABLE.read_text("utf-8"))
    return found
