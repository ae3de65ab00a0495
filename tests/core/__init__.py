"""Stories of what every app builds on."""
