"""Returned workbooks, read: where the answers stand, and what each of them says."""
