"""Meeting years, replications as arrays.

`randomness`: streams by key · `plan`: what the rules and the scenario make of the run, in arrays ·
`heads`: conditions over head counts, for many rooms at once · `meeting`: one meeting of all
replications · `run`: the clock · `estimates`: figures and intervals · `workers`: blocks over processes.
"""

from govmodel.sim.estimates import estimates
from govmodel.sim.plan import Plan, plan
from govmodel.sim.workers import Tallies, replay, simulate_all

__all__ = ["Plan", "Tallies", "estimates", "plan", "replay", "simulate_all"]
