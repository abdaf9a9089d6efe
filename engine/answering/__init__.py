"""What every topic is made of: its declaration, its answer, and how a function and a point are shown."""
