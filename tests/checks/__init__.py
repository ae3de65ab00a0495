"""Walls that are checked, not remembered."""
