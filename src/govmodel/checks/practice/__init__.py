"""Practice: what a scenario makes of the rules. These checks ask nothing without a scenario."""
