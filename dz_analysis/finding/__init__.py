"""Clean text to observations: numbers that measure something."""
