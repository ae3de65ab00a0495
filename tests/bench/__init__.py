"""Measurements, one command each: ./run bench NAME prints a table and a line per goal; none can fail a check."""
