"""Stories of people and workspaces."""
