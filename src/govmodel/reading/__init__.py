"""From words to numbers: the only place where a constitution is interpreted.

`read` makes the Rulebook, in which every rule is guarded by the options under which it stands;
`under` takes one reading of it. `readings` enumerates the readings that a question depends on and
`minimal` says in the fewest words under which of them something holds. `resting` says on which clauses
something rests.
"""

from govmodel.reading.options import Readings, choosing, minimal, readings
from govmodel.reading.read import read
from govmodel.reading.resting import resting
from govmodel.reading.under import Reader, complete, under

__all__ = ["Reader", "Readings", "choosing", "complete", "minimal", "read", "readings", "resting", "under"]
