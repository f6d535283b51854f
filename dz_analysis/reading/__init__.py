"""Bytes of a page to clean, structured text with a ledger and a map back to the page."""
