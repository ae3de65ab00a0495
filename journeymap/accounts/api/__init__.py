"""REST of people and workspaces."""
