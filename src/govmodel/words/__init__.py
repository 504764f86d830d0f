"""Words: provisions, conditions and numbers as plain English. The one place that puts them so.

`speaking.Speaker` speaks of one constitution. In `provisions` the function of that name lists its blocks,
`sentences` puts one of them into words, `read_back` all of them; `by_clause` turns that round: what became of
each clause. Each room is imported by itself: most checks want a word or two.
"""
