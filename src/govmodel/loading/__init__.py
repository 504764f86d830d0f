"""Model files to Constitutions: every problem at once, each with its place. Texts to clauses beside them."""

from __future__ import annotations

from govmodel.loading.files import load, load_text

__all__ = ["load", "load_text"]
