"""What the rules mean, in plain, slow, obvious Python: the judge of every engine.

`counting`: head counts and conditions over a gathering · `meeting`: quorum, presiding, votes ·
`cases`: norms over one case · `replay`: whether a witness is what it claims to be.
"""
