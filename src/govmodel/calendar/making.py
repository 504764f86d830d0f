"""Makes the table of bank holidays of the package that is installed: `python -m govmodel.calendar.making`."""

from __future__ import annotations

import json
from typing import Any

from govmodel.calendar.days import NATIONS
from govmodel.calendar.kept import TABLE
from govmodel.calendar.package import package_holidays, package_version

YEARS = range(1990, 2061)


def made() -> dict[str, Any]:
    """The table as the package that is installed has it: by nation and year, the days as month-day."""
    days = {
        nation: {
            str(year): " ".join(f"{day:%m-%d}" for day in sorted(package_holidays(year, nation)))
            for year in YEARS
        }
        for nation in NATIONS
    }
    return {"version": package_version(), "days": days}


if __name__ == "__main__":
    TABLE.write_text(json.dumps(made(), indent=1) + "\n", "utf-8")
