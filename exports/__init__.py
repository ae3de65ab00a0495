"""Files made from a map: one layout of primitives, and small writers beside it."""
