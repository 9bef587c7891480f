"""Files, opened with care and written as a whole."""
