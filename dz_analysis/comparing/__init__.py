"""Tables to districts side by side, and whether the numbers agree."""
