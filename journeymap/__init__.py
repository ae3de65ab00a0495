"""Journeymap: teams map the journey of the people they serve, live, in a browser."""

__version__ = "0.1.0"
