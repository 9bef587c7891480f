"""Entity lists, DIVIPOLA and what indicators are measured by."""
