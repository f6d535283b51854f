"""Tables to figures and tables for papers."""
