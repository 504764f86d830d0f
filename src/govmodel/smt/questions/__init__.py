"""Named questions. Each has one sentence that defines its answer: "FAILS iff …"."""
