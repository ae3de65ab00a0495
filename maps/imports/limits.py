"""How much one import may bring; beyond it the answer is a sentence, not a slow server."""

MOST_BYTES = 2_000_000
MOST_LINES = 8_000
MOST_CELLS = 60_000
MOST_STEPS = 300
MOST_LANES = 200
MOST_CARDS = 10_000
MOST_PERSONAS = 50

TITLE_LIMIT = 200
TEXT_LIMIT = 10_000
