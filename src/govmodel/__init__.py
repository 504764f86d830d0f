"""govmodel: the constitution of a partnership as a program that can be run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govmodel.loading import load as load
    from govmodel.study import check as check
    from govmodel.study import compare as compare
    from govmodel.study import fit as fit
    from govmodel.study import repair as repair
    from govmodel.study import show as show
    from govmodel.study import simulate as simulate
    from govmodel.study import sweep as sweep
    from govmodel.study import trace as trace

__all__ = ["check", "compare", "fit", "load", "repair", "show", "simulate", "sweep", "trace"]


def __getattr__(name: str) -> Any:
    """The public functions, imported when they are first used: `--help` needs none of them."""
    if name == "load":
        from govmodel.loading import load

        return load
    if name in ("check", "compare", "fit", "repair", "show", "simulate", "sweep", "trace"):
        import govmodel.study as study

        return getattr(study, name)
    raise AttributeError(f"module 'govmodel' has no attribute {name!r}")


def __dir__() -> list[str]:
    """What is there for others, and what Python itself looks for."""
    return [*(name for name in globals() if name.startswith("__")), *__all__]
