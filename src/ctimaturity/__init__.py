"""Score smart-city maturity questionnaires and publish a ranked index that can be trusted."""
