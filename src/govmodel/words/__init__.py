"""Words: provisions, conditions and numbers as plain English. The one place that puts them so.

`Speaker` speaks of one constitution. `provisions` lists its blocks, `sentences` puts one of them into
words, `read_back` all of them; `by_clause` turns that round: what became of each clause.
"""

from govmodel.words.provisions import Provision, by_clause, provisions, read_back, sentences
from govmodel.words.speaking import Speaker

__all__ = ["Provision", "Speaker", "by_clause", "provisions", "read_back", "sentences"]
