"""Clean text to words and slogans, and the statistics said of them."""
