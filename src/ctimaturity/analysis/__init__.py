"""Arithmetic on what was scored: progress between rounds."""
