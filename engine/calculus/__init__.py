"""Pure mathematics shared by topics and exercises."""
