"""What every other app builds on: ids, errors, requests, jobs; not a word of journeys."""
