"""The tables of `show`, one file each. Every cell is plain data, so that a data frame takes the rows."""

from govmodel.study.tables.bodies import bodies
from govmodel.study.tables.clocks import clocks
from govmodel.study.tables.readings import readings
from govmodel.study.tables.routes import routes
from govmodel.study.tables.seats import seats
from govmodel.study.tables.voting import coalitions, indices

__all__ = ["bodies", "clocks", "coalitions", "indices", "readings", "routes", "seats"]
