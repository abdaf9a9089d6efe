"""Pure rules of learning together and alone: no clock, no store, no network."""
