"""Indicator tables, comparisons and slogan statistics from Chinese local-government reports."""

__version__ = "0.1.0"
