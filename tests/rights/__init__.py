"""Who comes through which door: every route, verb and socket message, for every kind of caller."""
