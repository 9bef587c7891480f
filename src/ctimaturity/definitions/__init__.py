"""Questionnaire files: read, merged, hashed, released."""
