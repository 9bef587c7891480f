"""Perception surveys: forms out, exports in."""
