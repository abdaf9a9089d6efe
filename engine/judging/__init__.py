"""Is this answer right, and in which parts."""
