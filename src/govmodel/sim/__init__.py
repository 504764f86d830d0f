"""Meeting years, replications as arrays.

`randomness`: streams by key · `planning`: what the rules and the scenario make of the run, with `holders`,
`ladders` and `calling`; `plan`: what comes of it, in arrays; `left_out`, `left_beside`: what is not run ·
`rooms`: who comes, with `turnover` · `heads`: conditions over head counts, for many rooms at once ·
`hearing`: votes on items, with `drawing` and `thresholds` · `body`: one body in a window of its meetings;
`agenda`: what it hears in one step; `called`: urgent business; `electing` and `officers`: offices that it
fills; `leaving`, `missing`, `absences`, `joining` and `changing`: who comes and goes · `owing` and `duties`:
what falls due at regular times · `passing`: items on their way to others ·
`telling`: records · `run`: the clock · `estimates`: figures and intervals · `workers`: blocks over
processes · without chance: `enacting`, one gathering; `following`, a case of norms; `walking`, an item on
its way.
"""

from govmodel.sim.estimates import duty_estimates, estimates
from govmodel.sim.plan import Plan
from govmodel.sim.planning import plan
from govmodel.sim.workers import Tallies, replay, simulate_all

__all__ = ["Plan", "Tallies", "duty_estimates", "estimates", "plan", "replay", "simulate_all"]
