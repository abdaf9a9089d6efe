"""What Nabla remembers: learners, exercises, attempts and hints, in one SQLite file."""
