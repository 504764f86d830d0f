"""The solver's engine. z3 is imported here and nowhere else; `ask` is the only place that talks to it.

A check asks a named question of `smt.questions`; every question says in one sentence when it FAILS.
"""
