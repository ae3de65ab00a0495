"""Migrations of the exports app."""
