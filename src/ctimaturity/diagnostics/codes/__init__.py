"""The codes, a module a family of findings."""
