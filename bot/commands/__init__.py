"""One file for each group of use cases: Call -> Reply."""
