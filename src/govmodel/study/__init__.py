"""The use cases: what a person or a program asks of govmodel, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govmodel.study.checking import check as check
    from govmodel.study.comparing import compare as compare
    from govmodel.study.fitting import fit as fit
    from govmodel.study.repairing import repair as repair
    from govmodel.study.showing import show as show
    from govmodel.study.simulating import simulate as simulate
    from govmodel.study.sweeping import sweep as sweep
    from govmodel.study.tracing import trace as trace

__all__ = ["check", "compare", "fit", "repair", "show", "simulate", "sweep", "trace"]


def __getattr__(name: str) -> Any:
    """Each use case is imported when it is first used, and its engines with it."""
    if name == "check":
        from govmodel.study.checking import check

        return check
    if name == "compare":
        from govmodel.study.comparing import compare

        return compare
    if name == "fit":
        from govmodel.study.fitting import fit

        return fit
    if name == "repair":
        from govmodel.study.repairing import repair

        return repair
    if name == "show":
        from govmodel.study.showing import show

        return show
    if name == "simulate":
        from govmodel.study.simulating import simulate

        return simulate
    if name == "sweep":
        from govmodel.study.sweeping import sweep

        return sweep
    if name == "trace":
        from govmodel.study.tracing import trace

        return trace
    raise AttributeError(f"module 'govmodel.study' has no attribute {name!r}")
