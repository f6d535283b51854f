"""Scope: whether a number is a result or a target, and how firmly it is put."""
