"""Journey maps: stages, steps, lanes, cards, touchpoints, emotions, pain points and opportunities."""
