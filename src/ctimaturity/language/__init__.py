"""Words and numbers in Spanish and English."""
