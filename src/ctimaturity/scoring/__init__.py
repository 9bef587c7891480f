"""From answers to scores: plain and exact arithmetic."""
