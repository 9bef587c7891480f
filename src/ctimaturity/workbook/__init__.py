"""Questionnaires as Excel workbooks: written, and read when they come back."""
