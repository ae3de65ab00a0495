"""The team stack without Docker: starts PostgreSQL, Redis, web processes and a worker, and stops them together."""
