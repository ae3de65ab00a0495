"""Browser tests against real servers; a run of their own: STACK=embedded or STACK=team pytest tests/e2e."""
