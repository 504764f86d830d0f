"""Whole small constitutions, drawn at random, and what is found in them by trying everything.

`dice`: where chance comes from (Hypothesis, or a seeded generator for bulk) · `meetings`: bodies with
seats, caps, quorums, thresholds and presiding · `situations`: norms over one small kind of case ·
`trying`: the answers by brute force, with the judge `govmodel.semantics` alone.
"""
