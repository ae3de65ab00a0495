"""The engine: documents, records and operations, one write path, one log; not a word of journeys."""
